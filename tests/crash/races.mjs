// All ways at once to one invoice: its customer in two windows, the automatic payment, the staff with his card and with
// money by hand; at two hosts. However it goes, that invoice is paid once.
import { play } from './behaviours.mjs';
import { base58 } from './customer.mjs';
import { heal } from './judge.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { sleep } from './processes.mjs';
import { randomFrom } from './random.mjs';

export async function races(stage, wanted, seed, say) {
    const random = randomFrom(seed);
    const cards = {};
    await stage.database.sql('DELETE FROM payments_method; DELETE FROM payments_standing');
    for (const tenant of stage.tenants) {
        await play(stage.providers[tenant]);
        cards[tenant] = [];
        for (const customer of stage.customers) cards[tenant].push(`pm_${base58(await keepMethod(stage.database, tenant, customer.account, 'ok'))}`);
    }
    for (const host of stage.hosts) await stage.start(host);
    const won = { customer: 0, automatic: 0, staff: 0, by_hand: 0, nobody: 0 };
    let run = 0;
    const racer = async (customer) => {
        while (run < wanted) {
            run += 1;
            const tenant = random.pick(stage.tenants);
            const [invoice] = await mintInvoices(stage.database, tenant, customer.account, 1);
            await stage.database.sql(`DELETE FROM payments_standing WHERE tenant_id = '${tenant}' AND account_id = x'${customer.account}'`);
            const method = cards[tenant][customer.number];
            const [one, other] = random.below(2) ? stage.hosts : [...stage.hosts].reverse();
            // They set out within a moment of each other: a party with a longer way would else never be the first.
            const soon = () => sleep(random.below(40));
            await Promise.all([
                soon().then(() => customer.pay({ ...invoice, method, host: one })), soon().then(() => customer.pay({ ...invoice, method, host: other })),
                soon().then(() => customer.payAutomatically({ tenant, host: other })), soon().then(() => customer.recordByStaff({ ...invoice, host: one })),
                soon().then(() => customer.chargeByStaff({ ...invoice, host: other })),
            ]);
            const paid = await stage.database.sql(`SELECT IF(p.instance = '', 'by_hand', p.origin) FROM payments_payment p WHERE p.tenant_id = '${tenant}' AND p.state = 'captured'
                AND p.parts LIKE '%inv\\_${base58(invoice.invoice)}%' ORDER BY p.id`);
            won[paid[0]?.[0] ?? 'nobody'] += 1;
        }
    };
    await Promise.all(stage.customers.map(racer));
    for (const host of stage.hosts) await host.kill();
    await heal(stage);
    say(`${run} races; who got there first: ${JSON.stringify(won)}`);
    // A race that one party always wins is none.
    const wrong = run >= 100 && Math.min(won.customer, won.automatic, won.staff, won.by_hand) === 0 ? ['the parties never met: only some of them ever won'] : [];
    return { wrong, kills: 0 };
}
