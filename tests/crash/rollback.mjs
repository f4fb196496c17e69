// The database is set back to a copy that was taken while customers paid: it has forgotten what was committed since, and
// the providers have not. Some of what it forgot is paid once more: the derived keys are the same, so nobody is
// charged again. The rest stands on the providers' lists only: the daily reconciliation names it to a person. Half of the
// tenants have compared that day before the copy is taken, so theirs does not look again: there somebody asks for it.
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

// The last day that is over, for those who compare by hand.
const lastDay = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

const inParallel = (acts, each) => Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let act = acts.shift(); act; act = acts.shift()) await each(act);
}));
const commits = (database) => database.sql("SHOW GLOBAL STATUS LIKE 'Handler_commit'").then(([[, count]]) => Number(count));
const charged = async (stage) => new Set((await Promise.all(stage.tenants.map(async (tenant) => {
    const { movements } = await stage.providers[tenant].ledger();
    return movements.filter((one) => one.kind === 'payment').map((one) => `${tenant} ${one.reference}`);
}))).flat());
const listedFor = async (stage, tenants) => Number((await stage.database.sql(`SELECT COUNT(*) FROM payments_difference
    WHERE kind = 'missing_here' AND closed_at IS NULL AND tenant_id IN ('${tenants.join("', '")}')`))[0][0]);
const known = async (stage) => new Set((await stage.database.sql('SELECT tenant_id, reference FROM payments_payment')).map(([tenant, reference]) => `${tenant} ${reference}`));

// The day's jobs, as they run at night; the words of those that ended otherwise than well.
async function runJobs(stage, tenants) {
    const wrong = [];
    await inParallel([...tenants], async (tenant) => {
        const { code, out } = await stage.commandAlone(tenant, {}, 'jobs', 'run', '--tenant', tenant);
        if (code !== 0) wrong.push(`${tenant}: the day's jobs ended with ${code}: ${out}`);
    });
    return wrong;
}

// What an operator does who set a database back that had compared its day.
async function compareByHand(stage, tenants) {
    const wrong = [];
    if (await listedFor(stage, tenants) > 0) wrong.push('what was compared was compared again by itself');
    await inParallel([...tenants], async (tenant) => {
        const { code, out } = await stage.commandAlone(tenant, {}, 'compare-payments', '--tenant', tenant, '--from', lastDay());
        if (code !== 0) wrong.push(`${tenant}: comparing again ended with ${code}: ${out}`);
    });
    if (await listedFor(stage, tenants) === 0) wrong.push('comparing again listed nothing');
    return wrong;
}

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
    const compared = stage.tenants.filter((_, i) => i % 2 === seed % 2);
    const wrong = await runJobs(stage, compared);
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
    wrong.push(...await runJobs(stage, stage.tenants), ...await compareByHand(stage, compared));
    // What providers tell of a payment that is not known is given a day: it may be known yet.
    await heal(stage, { rounds: 3 });
    await stage.pass(90_000);
    await heal(stage);
    const listed = await listedFor(stage, stage.tenants);
    say(`paid once more: ${back} of them are attached again, ${fresh} invoices were charged that were not yet; ${listed} are listed for a person, ${await listedFor(stage, compared)} of them by hand`);
    // A run that forgot nothing, or brings nothing back, shows nothing.
    if (forgotten === 0 || lost.length === 0 || back === 0 || listed === 0) wrong.push('nothing was forgotten, or nothing came back');
    return { wrong, kills: 1 };
}
