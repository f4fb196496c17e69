// The database is set back to a copy that was taken while customers paid: it has forgotten what was committed since, and
// the providers have not. Some of what it forgot is paid once more: the derived keys are the same, so nobody is
// charged again. The rest stands on the providers' lists only: the daily reconciliation names it to a person.
import { BEHAVIOURS, play } from './behaviours.mjs';
import { base58 } from './customer.mjs';
import { heal } from './judge.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { sleep } from './processes.mjs';
import { randomFrom } from './random.mjs';
import { join } from 'node:path';

const AT_ONCE = 6;
// By the customer's number: who pays by himself; who pays once more after the database forgot, and what of it.
const PAYS_ITSELF = new Set([2, 3]);
const AGAIN = new Map([[0, 1], [2, 1], [4, 0.5]]);

const inParallel = (acts, each) => Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let act = acts.shift(); act; act = acts.shift()) await each(act);
}));
const commits = (database) => database.sql("SHOW GLOBAL STATUS LIKE 'Handler_commit'").then(([[, count]]) => Number(count));
const charged = async (stage) => new Set((await Promise.all(stage.tenants.map(async (tenant) => {
    const { movements } = await stage.providers[tenant].ledger();
    return movements.filter((one) => one.kind === 'payment').map((one) => `${tenant} ${one.reference}`);
}))).flat());
const known = async (stage) => new Set((await stage.database.sql('SELECT tenant_id, reference FROM payments_payment')).map(([tenant, reference]) => `${tenant} ${reference}`));

export async function rollback(stage, seed, say) {
    const random = randomFrom(seed);
    const [host] = stage.hosts;
    const cards = {};
    for (const [i, tenant] of stage.tenants.entries()) {
        const behaviour = BEHAVIOURS[i % BEHAVIOURS.length];
        await play(stage.providers[tenant], behaviour.faults);
        cards[tenant] = [];
        for (const customer of stage.customers) cards[tenant].push(`pm_${base58(await keepMethod(stage.database, tenant, customer.account, behaviour.token))}`);
    }
    const acts = [];
    for (const tenant of stage.tenants)
        for (const customer of stage.customers) for (let i = 0; i < 2; i++) acts.push({ customer, ...(await mintInvoices(stage.database, tenant, customer.account, 1))[0] });
    acts.sort(() => random.below(3) - 1);
    const pay = async ({ customer, tenant, invoice, amount }, part = 1) => {
        const of = `WHERE tenant_id = '${tenant}' AND account_id = x'${customer.account}'`;
        if (PAYS_ITSELF.has(customer.number)) stage.database.attempt(`DELETE FROM payments_standing ${of}`);
        return PAYS_ITSELF.has(customer.number) ? customer.payAutomatically({ tenant })
            : customer.pay({ tenant, invoice, amount: Math.floor(amount * part), method: cards[tenant][customer.number] });
    };
    await stage.start(host);
    const copy = join(stage.folder, 'copy');
    const waiting = [...acts];
    let before = 0;
    let copied = null;
    await inParallel(waiting, async (act) => {
        if (!copied && waiting.length < acts.length * 0.7) copied = stage.database.copyTo(copy).then(async () => { before = await commits(stage.database); });
        await pay(act);
    });
    await copied;
    // Of these not even the invoices are remembered.
    for (const tenant of stage.tenants) await pay({ customer: stage.customers[1], ...(await mintInvoices(stage.database, tenant, stage.customers[1].account, 1))[0] });
    // A bank that takes its time has decided.
    await sleep(6000);
    const forgotten = await commits(stage.database) - before;
    const old = await known(stage);
    await host.kill();
    await stage.database.setBackTo(copy);
    const there = await charged(stage);
    const kept = await known(stage);
    const lost = [...there].filter((one) => old.has(one) && !kept.has(one));
    say(`the database forgot ${forgotten} commits, and with them ${lost.length} of ${there.size} charges`);
    for (const tenant of stage.tenants) await play(stage.providers[tenant]);
    await stage.start(host);
    await inParallel(acts.filter(({ customer }) => AGAIN.has(customer.number)), (act) => pay(act, AGAIN.get(act.customer.number)));
    await host.kill();
    const fresh = [...await charged(stage)].filter((one) => !there.has(one)).length;
    const attached = await known(stage);
    const back = lost.filter((one) => attached.has(one)).length;
    const wrong = [];
    for (const tenant of stage.tenants) {
        const { code, out } = await stage.commandAlone(tenant, {}, 'jobs', 'run', '--tenant', tenant);
        if (code !== 0) wrong.push(`${tenant}: the day's jobs ended with ${code}: ${out}`);
    }
    // What providers tell of a payment that is not known is given a day: it may be known yet.
    await heal(stage, { rounds: 3 });
    await stage.pass(90_000);
    await heal(stage);
    const [[listed]] = await stage.database.sql(`SELECT COUNT(*) FROM payments_difference WHERE kind = 'missing_here' AND closed_at IS NULL`);
    say(`paid once more: ${back} of them are attached again, ${fresh} invoices were charged that were not yet; ${listed} are listed for a person`);
    // A run that forgot nothing, or brings nothing back, shows nothing.
    if (forgotten === 0 || lost.length === 0 || back === 0 || Number(listed) === 0) wrong.push('nothing was forgotten, or nothing came back');
    return { wrong, kills: 1 };
}
