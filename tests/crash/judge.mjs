// What the providers' ledgers say was charged, against what the tenants' tables say. The ledger is right.
import { fromBase58 } from './customer.mjs';
import { sleep } from './processes.mjs';

const WITH_MONEY = new Set(['captured', 'partly_captured', 'partly_refunded', 'refunded']);
const OPEN = new Set(['created', 'requires_action', 'pending', 'authorised', 'unknown']);
// A debit that failed after it had succeeded, and one that its payer objected to.
const TAKEN_BACK = new Set(['failed_late', 'chargeback']);
const group = (rows, key) => {
    const map = new Map();
    for (const row of rows) (map.get(key(row)) ?? map.set(key(row), []).get(key(row))).push(row);
    return map;
};

async function tablesOf(stage, tenant) {
    const rows = (text, names) => stage.database.sql(text).then((all) => all.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]]))));
    return {
        payments: await rows(`SELECT LOWER(HEX(id)), state, reference, amount, instance, parts, origin, COALESCE(receipt, '') FROM payments_payment WHERE tenant_id = '${tenant}'`,
            ['id', 'state', 'reference', 'amount', 'instance', 'parts', 'origin', 'receipt']),
        refunds: await rows(`SELECT LOWER(HEX(payment_id)), state, reference, amount, kind FROM payments_refund WHERE tenant_id = '${tenant}'`,
            ['payment', 'state', 'reference', 'amount', 'kind']),
        cases: await rows(`SELECT LOWER(HEX(payment_id)), kind FROM payments_case WHERE tenant_id = '${tenant}' AND closed_at IS NULL`, ['payment', 'kind']),
        booked: await rows(`SELECT reference, amount FROM invoices_payment WHERE tenant_id = '${tenant}'`, ['reference', 'amount']),
        invoices: await rows(`SELECT LOWER(HEX(id)), net + tax FROM invoices_document WHERE tenant_id = '${tenant}' AND kind = 'invoice'`, ['id', 'gross']),
        differences: await rows(`SELECT reference, kind FROM payments_difference WHERE tenant_id = '${tenant}' AND closed_at IS NULL`, ['reference', 'kind']),
        events: await rows(`SELECT event_id FROM payments_event WHERE tenant_id = '${tenant}' AND handled_at IS NULL`, ['id']),
    };
}

const count = (verdict, kind) => (verdict.why[kind] = (verdict.why[kind] ?? 0) + 1);
// The invoice that a reference of ours was derived of: `p-<its id>-<attempt>`.
const leadOf = (reference) => `inv_${reference.split('-')[1]}`;

// A charge is lost when its tenant has not booked it, and no person is told of it; doubled when it is the second for
// what was owed once; unknown when nobody will ever ask again what became of it, or has not found out.
// What is booked and was never charged is lost to the tenant too.
function judgeTenant(tenant, movements, tables, verdict, cells) {
    const ours = new Map(tables.payments.map((payment) => [payment.reference, payment]));
    const cellOf = (reference) => JSON.parse(ours.get(reference)?.parts ?? '[]').map((part) => cells.get(fromBase58(part.invoice.slice(4)))).find(Boolean);
    const note = (kind, text) => verdict[kind].push(`${tenant}: ${text}${text.split(' ').map(cellOf).filter(Boolean).map((cell) => ` (${cell})`).join('')}`);
    const cased = new Set(tables.cases.map((one) => one.payment));
    const listed = new Set(tables.differences.filter((one) => one.kind === 'missing_here').map((one) => one.reference));
    const booked = group(tables.booked, (one) => one.reference);
    const charges = group(movements.filter((one) => one.kind === 'payment'), (one) => one.reference);
    const net = new Map();
    const cameBack = group(movements.filter((one) => TAKEN_BACK.has(one.kind)), (one) => one.reference);
    const elsewhere = new Set([...charges.keys()].filter((one) => ours.has(one)).flatMap((one) => JSON.parse(ours.get(one).parts).map((part) => part.invoice)));
    for (const [reference, list] of charges) {
        verdict.charges += list.length;
        if (list.length > 1) note('doubled', `${reference} was charged ${list.length} times`);
        const payment = ours.get(reference);
        if (!payment && listed.has(reference)) {
            verdict.listed += 1;
            count(verdict, 'missing_here');
            if (!elsewhere.has(leadOf(reference))) continue;
            note('doubled', `the invoice of ${reference} was charged once more`);
            continue;
        }
        if (!payment) { note('lost', `${reference} is not known here`); continue; }
        for (const part of JSON.parse(payment.parts)) {
            const id = fromBase58(part.invoice.slice(4));
            net.set(id, (net.get(id) ?? 0) + part.amount * list.length);
        }
        // What a bank took back is owed again and may be charged again.
        for (const { amount } of cameBack.get(reference) ?? []) {
            const id = fromBase58(JSON.parse(payment.parts)[0].invoice.slice(4));
            net.set(id, net.get(id) - Math.abs(amount));
        }
        if (payment.state === 'failed_late' && cameBack.has(reference)) continue;
        if (payment.state === 'held' && cased.has(payment.id)) {
            verdict.listed += 1;
            for (const one of tables.cases) if (one.payment === payment.id) count(verdict, one.kind);
            continue;
        }
        const amounts = (booked.get(reference) ?? []).map((one) => Number(one.amount));
        if (!WITH_MONEY.has(payment.state)) note('lost', `${reference} is ${payment.state} here`);
        else if (amounts.length !== 1 || amounts[0] !== list[0].amount) note('lost', `${reference} of ${list[0].amount} is booked as ${amounts.join(', ') || 'nothing'}`);
        else if (payment.receipt === '') note('lost', `${reference} has no receipt`);
    }
    for (const [reference, payment] of ours) {
        if (payment.instance !== '' && WITH_MONEY.has(payment.state) && !charges.has(reference)) note('lost', `${reference} is ${payment.state} and was never charged`);
        if (OPEN.has(payment.state) || (payment.state === 'held' && !cased.has(payment.id))) note('unknown', `${reference} is still ${payment.state}`);
    }
    judgeRefunds(movements, tables, note, net, ours);
    const gross = new Map(tables.invoices.map((one) => [one.id, Number(one.gross)]));
    for (const [invoice, amount] of net) if (amount > gross.get(invoice)) note('doubled', `invoice ${invoice} of ${gross.get(invoice)} was charged ${amount}`);
    judgeByHand(tables, note, charges, gross, cased);
    for (const event of tables.events) note('unknown', `message ${event.id} waits`);
}

// Ids tell what began first. What settled an invoice by hand leaves nothing to be charged; what was given up, and turned
// out to be taken after that, is a person's case.
function judgeByHand(tables, note, charges, gross, cased) {
    const settled = new Map();
    for (const payment of tables.payments) {
        if (payment.instance !== '' || !WITH_MONEY.has(payment.state)) continue;
        for (const part of JSON.parse(payment.parts)) if (part.amount >= gross.get(fromBase58(part.invoice.slice(4)))) settled.set(part.invoice, payment.id);
    }
    for (const payment of tables.payments) {
        if (payment.instance === '' || !charges.has(payment.reference) || cased.has(payment.id)) continue;
        for (const { invoice } of JSON.parse(payment.parts)) if (settled.get(invoice) < payment.id) note('doubled', `${invoice} came by hand and was charged by ${payment.reference} after that`);
    }
}

function judgeRefunds(movements, tables, note, net, ours) {
    const given = group(movements.filter((one) => one.kind === 'refund'), (one) => one.reference);
    const known = new Map(tables.refunds.map((refund) => [refund.reference, refund]));
    // What could not be given to its card is with the merchant again.
    const cameBack = new Set(movements.filter((one) => one.kind === 'refund_failure').map((one) => one.reference));
    for (const [reference, list] of given) {
        if (list.length > 1) note('doubled', `refund ${reference} was given ${list.length} times`);
        if (cameBack.has(reference) && known.get(reference)?.state === 'failed') continue;
        if (known.get(reference)?.state !== 'succeeded') note('lost', `refund ${reference} is ${known.get(reference)?.state ?? 'not known'} here`);
    }
    for (const [reference, refund] of known) {
        if (refund.kind === 'refund' && refund.state === 'succeeded' && !given.has(reference)) note('lost', `refund ${reference} was never given`);
        if (!['succeeded', 'failed'].includes(refund.state)) note('unknown', `refund ${reference} is still ${refund.state}`);
    }
    // What went back is owed again and may be charged again.
    const byId = new Map([...ours.values()].map((payment) => [payment.id, payment]));
    for (const refund of tables.refunds) {
        const [moved] = given.get(refund.reference) ?? [];
        const [part] = moved ? JSON.parse(byId.get(refund.payment).parts) : [];
        if (part) net.set(fromBase58(part.invoice.slice(4)), net.get(fromBase58(part.invoice.slice(4))) - Math.abs(moved.amount));
    }
}

export async function judge(stage) {
    const verdict = { charges: 0, listed: 0, why: {}, lost: [], doubled: [], unknown: [] };
    for (const tenant of stage.tenants) {
        const { movements } = await stage.providers[tenant].ledger();
        judgeTenant(tenant, movements, await tablesOf(stage, tenant), verdict, stage.cells);
    }
    return verdict;
}

// What is to be asked about now; what is open, whenever it is asked about; what was told and nobody has looked at.
async function waiting(stage) {
    const open = [...OPEN].map((state) => `'${state}'`).join(', ');
    const [[payments, refunds, ofPayments, ofRefunds, events]] = await stage.database.sql(`SELECT
        (SELECT COUNT(*) FROM payments_payment WHERE next_look_at <= UTC_TIMESTAMP(6)), (SELECT COUNT(*) FROM payments_refund WHERE next_look_at <= UTC_TIMESTAMP(6)),
        (SELECT COUNT(*) FROM payments_payment WHERE state IN (${open})), (SELECT COUNT(*) FROM payments_refund WHERE state NOT IN ('succeeded', 'failed')),
        (SELECT COUNT(*) FROM payments_event WHERE handled_at IS NULL)`);
    return { due: Number(payments) + Number(refunds), open: Number(ofPayments) + Number(ofRefunds), events: Number(events) };
}

// Providers tell once more what a dead host has not heard.
export const untold = async (stage) => Promise.all(Object.values(stage.providers).map((provider) => provider.untold()))
    .then((all) => all.reduce((sum, one) => sum + one, 0));

// Time passes and the host's own round, which begins as soon as a host does, looks at what is due; what providers tell
// meanwhile is the next round's. A page that nobody went to is given up by the provider after an hour, a bank decides
// after seconds. Some looks are to no avail and come again later: what a few rounds do not heal is not healed.
export async function heal(stage, { rounds = 10, host = stage.hosts[0] } = {}) {
    for (let round = 0; round < rounds; round++) {
        await host.kill();
        await stage.pass(7200);
        await stage.start(host, { jobs: 'on' });
        // What came after the round had begun is left to the next one.
        let left = await waiting(stage);
        for (let i = 0, still = 0, before = -1; i < 300 && left.due > 0 && still < 25; i++, left = await waiting(stage)) {
            still = left.due === before ? still + 1 : 0;
            before = left.due;
            await sleep(100);
        }
        for (let i = 0; i < 30 && (await untold(stage)) > 0; i++) await sleep(100);
        for (let i = 0; i < 40 && left.events > 0; i++, left = await waiting(stage)) await sleep(100);
        left = await waiting(stage);
        if (round > 0 && left.due + left.open + left.events === 0) break;
    }
    await host.kill();
    await stage.database.sql('DELETE FROM payments_standing');
}

// Whether the books hold; the words of what does not.
export async function brokenInvariants(stage) {
    const broken = [];
    const left = [...stage.tenants];
    const verify = async () => {
        for (let tenant = left.shift(); tenant; tenant = left.shift()) {
            const { out, code } = await stage.commandAlone(tenant, {}, 'verify', '--tenant', tenant);
            if (code !== 0) broken.push(...out.split('\n').filter((line) => line && !line.startsWith('ok ')).map((line) => `${tenant}: ${line}`));
        }
    };
    await Promise.all([verify(), verify(), verify()]);
    return broken;
}
