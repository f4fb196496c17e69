// Six messages about one payment, in each of their 720 orders, each order of a payment of its own, at the door of a host
// that serves: all end in one state, the payment and what its bank took back booked once. What is forged, stale, told again or of somebody else changes nothing.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { ask } from './customer.mjs';
import { mintInvoices, moveToFreshAccounts } from './mint.mjs';
import { Stage } from './stage.mjs';

const TYPES = ['payment.awaiting_customer', 'payment.processing', 'payment.authorised', 'payment.paid', 'dispute.open', 'dispute.lost'];
// Half of the orders belong to each tenant: the first looks after every message, the other when it has all six.
const TENANTS = ['t0', 't1'];
const AT_ONCE = 12;
let stage;
let payments;

function orders(rest = [0, 1, 2, 3, 4, 5]) {
    return rest.length === 0 ? [[]] : rest.flatMap((one) => orders(rest.filter((other) => other !== one)).map((order) => [one, ...order]));
}
async function each(list, work) {
    const left = list.values();
    await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (const one of left) await work(one); }));
}
const now = () => Math.floor(Date.now() / 1000);
const signed = (body, tenant, at = now()) => `t=${at},v1=${createHmac('sha256', `hook-key-of-${tenant}`).update(`${at}.${body}`).digest('hex')}`;
const bodyOf = (payment, event, id = `evt_${payment.number}_${event}`) => JSON.stringify({ id, type: TYPES[event], created: now(),
    data: { about: TYPES[event].split('.')[0], id: '', reference: payment.reference } });
async function tell(tenant, body, signature, status = 200) {
    const answer = await ask(stage.hosts[0].port, { tenant, path: '/hooks/cards', method: 'POST', body, headers: { 'Content-Type': 'application/json', 'Pelican-Signature': signature } });
    assert.equal(answer.status, status, `${tenant}: ${body}: ${answer.text}`);
}
// A turn ends after 20 seconds, whatever is left for the next one.
async function lookUp(tenant) {
    const waiting = async () => Number((await stage.database.sql(`SELECT COUNT(*) FROM payments_event WHERE tenant_id = '${tenant}' AND handled_at IS NULL`))[0]);
    for (let [left, before] = [await waiting(), Infinity]; left > 0 && left < before; [left, before] = [await waiting(), left]) {
        const { code, out } = await stage.commandAlone(tenant, {}, 'look-up-payments', '--tenant', tenant);
        assert.equal(code, 0, out);
    }
}
// All that messages could change, of both tenants.
async function everything() {
    const tables = ['payments_event', 'payments_payment', 'payments_refund', 'payments_case', 'payments_slot', 'payments_receipt', 'invoices_payment', 'invoices_document', 'ledger_entry', 'ledger_posting'];
    const rows = [];
    for (const table of tables) rows.push(table, ...(await stage.database.sql(`CHECKSUM TABLE ${table}`)).flat());
    return rows.join(' ');
}

// On the provider's page, with a card whose owner disputes it: two minutes later the bank has decided against us.
async function enterCard(payment, card) {
    const answer = await fetch(payment.page, { method: 'POST', redirect: 'manual', headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ number: card, expiry: '09/34', cvc: '123', name: 'Ada Byron', action: 'pay' }) });
    assert.equal(answer.status, 303, payment.page);
}
async function begin() {
    const { database, customers } = stage;
    const wanted = orders().map((order, number) => ({ number, order, tenant: TENANTS[number % 2] }));
    const perAccount = 8;
    for (let from = 0; from < wanted.length; from += customers.length * TENANTS.length * perAccount) {
        // An account that owes hundreds of invoices is slow: its payments wait for each other.
        await moveToFreshAccounts(database, TENANTS, customers);
        const batch = wanted.slice(from, from + customers.length * TENANTS.length * perAccount);
        for (const tenant of TENANTS) {
            const own = batch.filter((one) => one.tenant === tenant);
            for (const customer of customers) {
                const some = own.splice(0, perAccount);
                const invoices = await mintInvoices(database, tenant, customer.account, some.length);
                some.forEach((one, i) => Object.assign(one, invoices[i], { customer }));
            }
        }
        await each(batch, async (one) => assert.equal((await one.customer.pay(one)).status, 303));
    }
    const begun = await database.sql(`SELECT LOWER(HEX(lead_id)), reference, JSON_VALUE(details, '$.action_url') FROM payments_payment WHERE state = 'requires_action'`);
    const byInvoice = new Map(begun.map(([invoice, reference, page]) => [invoice, { reference, page }]));
    for (const one of wanted) Object.assign(one, byInvoice.get(one.invoice));
    assert.ok(wanted.every((one) => one.page), `${begun.length} have a page`);
    return wanted;
}
const cardOf = async (tenant) => (await stage.providers[tenant].control('/scenarios')).scenarios.find((one) => one.name === 'dispute_lost').card;

before(async () => {
    // No call is given up on, however many are made at once.
    const callLimit = 20000;
    stage = await Stage.open({ tenants: TENANTS.length, gatewayOf: Object.fromEntries(TENANTS.map((tenant) => [tenant, { callLimit }])) });
    await stage.start(stage.hosts[0]);
    // It never tells by itself: each message here is one of ours.
    for (const tenant of TENANTS) await stage.providers[tenant].control('/faults', { fault: 'never', on: 'webhook', times: 1000000 });
    payments = await begin();
});
after(async () => { await stage?.close(); });

test('all 720 orders of six messages end in one state, and each payment is booked once', async () => {
    const card = await cardOf('t0');
    for (let turn = 0; turn < TYPES.length; turn++) {
        // The provider goes on meanwhile: the first message finds half of them unpaid; then the dispute opens, and is lost.
        if (turn < 2) await each(payments.filter((one) => (one.number >> 1) % 2 === turn), (one) => enterCard(one, card));
        if (turn === 2 || turn === 4) for (const tenant of TENANTS) await stage.providers[tenant].control('/clock', { advance_seconds: 61 });
        await each(payments, (one) => { const body = bodyOf(one, one.order[turn]); return tell(one.tenant, body, signed(body, one.tenant)); });
        await lookUp('t0');
    }
    await lookUp('t1');
    const of = (what, count) => TENANTS.map((tenant) => [tenant, ...what, String(count)]);
    const [own, half] = [`lead_id IN (${payments.map((one) => `x'${one.invoice}'`).join(', ')})`, payments.length / 2];
    const { sql } = stage.database;
    const ask = (statement) => sql.call(stage.database, statement);
    assert.deepEqual(await ask(`SELECT tenant_id, state, processed - amount, given_back - amount, receipt IS NOT NULL, COUNT(*) FROM payments_payment WHERE ${own} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1`), of(['captured', '0', '0', '1'], half));
    assert.deepEqual(await ask(`SELECT p.tenant_id, COUNT(DISTINCT p.id), COUNT(r.number) FROM payments_payment p JOIN payments_receipt r ON r.tenant_id = p.tenant_id AND r.payment_id = p.id WHERE ${own} GROUP BY 1 ORDER BY 1`), of([String(half)], half));
    assert.deepEqual(await ask(`SELECT p.tenant_id, COUNT(DISTINCT p.id), COUNT(*) FROM payments_payment p JOIN invoices_payment i ON i.tenant_id = p.tenant_id AND i.account_id = p.account_id AND i.reference = p.reference AND i.amount = p.amount WHERE ${own} GROUP BY 1 ORDER BY 1`), of([String(half)], half));
    assert.deepEqual(await ask(`SELECT d.tenant_id, d.status, d.paid - d.net - d.tax, d.refunded - d.paid, COUNT(*) FROM invoices_document d JOIN payments_payment p ON p.tenant_id = d.tenant_id AND p.lead_id = d.id WHERE ${own} GROUP BY 1, 2, 3, 4 ORDER BY 1`), of(['open', '0', '0'], half));
    assert.deepEqual(await ask(`SELECT r.tenant_id, r.kind, r.state, r.amount - p.amount, COUNT(DISTINCT p.id), COUNT(*) FROM payments_refund r JOIN payments_payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id WHERE ${own} GROUP BY 1, 2, 3, 4 ORDER BY 1`), of(['chargeback', 'succeeded', '0', String(half)], half));
    assert.deepEqual(await ask(`SELECT c.tenant_id, c.kind, c.closed_at IS NULL, COUNT(*) FROM payments_case c JOIN payments_payment p ON p.tenant_id = c.tenant_id AND p.id = c.payment_id WHERE ${own} GROUP BY 1, 2, 3 ORDER BY 1`), of(['dispute', '1'], half));
    assert.deepEqual(await ask(`SELECT tenant_id, handled_at IS NOT NULL, COUNT(*) FROM payments_event WHERE event_id LIKE 'evt\\_%\\_%' AND reference IN (${payments.map((one) => `'${one.reference}'`).join(', ')}) GROUP BY 1, 2 ORDER BY 1`), of(['1'], half * TYPES.length));
    for (const tenant of TENANTS) {
        const { out } = await stage.commandAlone(tenant, {}, 'verify', '--tenant', tenant);
        assert.doesNotMatch(out, /BAD/);
    }
});

test('what is forged, stale, told again or of another tenant changes nothing', async () => {
    const before = await everything();
    await each(payments, async (one) => {
        const other = TENANTS.find((tenant) => tenant !== one.tenant);
        const fresh = bodyOf(one, one.order[0], `evt_new_${one.number}`);
        const again = bodyOf(one, one.order[5]);
        await tell(one.tenant, fresh, signed(fresh, other), 400);
        await tell(one.tenant, fresh, signed(fresh, one.tenant, now() - 301), 400);
        await tell(one.tenant, fresh, signed(again, one.tenant), 400);
        await tell(other, fresh, signed(fresh, one.tenant), 400);
        await tell(one.tenant, again, signed(again, one.tenant));
    });
    for (const tenant of TENANTS) await lookUp(tenant);
    assert.equal(await everything(), before);
});
