// What must not come in by the messages of providers: forged, stale, of somebody else. And what must come in once.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { ask, base58 } from './customer.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { randomFrom } from './random.mjs';
import { Stage } from './stage.mjs';

let stage, payments;
const now = () => Math.floor(Date.now() / 1000);
const signed = (body, { key = 'hook-key-of-t0', at = now() } = {}) => `t=${at},v1=${createHmac('sha256', key).update(`${at}.${body}`).digest('hex')}`;
const event = (id, reference = payments.t0) => JSON.stringify({ id, type: 'payment.paid', created: now(), data: { about: 'payment', id: '', reference } });
const tell = (body, signature, { tenant = 't0', instance = 'cards' } = {}) => ask(stage.hosts[0].port, { tenant, path: `/hooks/${instance}`, method: 'POST', body,
    headers: { 'Content-Type': 'application/json', ...(signature ? { 'Pelican-Signature': signature } : {}) } });
// All that messages could change, of both tenants.
async function everything() {
    const tables = ['payments_event', 'payments_payment', 'payments_refund', 'payments_case', 'payments_slot', 'payments_receipt', 'invoices_payment', 'ledger_posting'];
    const rows = [];
    for (const table of tables) rows.push(table, ...(await stage.database.sql(`CHECKSUM TABLE ${table}`)).flat());
    return rows.join(' ');
}

before(async () => {
    stage = await Stage.open({ tenants: 2 });
    await stage.start(stage.hosts[0]);
    payments = {};
    const [customer] = stage.customers;
    for (const tenant of stage.tenants) {
        const [invoice] = await mintInvoices(stage.database, tenant, customer.account, 1);
        const card = await keepMethod(stage.database, tenant, customer.account, 'ok');
        // It never tells by itself: each message here is one of ours.
        await stage.providers[tenant].control('/faults', { fault: 'never', on: 'webhook', times: 1000000 });
        assert.equal((await customer.pay({ ...invoice, method: `pm_${base58(card)}` })).status, 303);
        payments[tenant] = (await stage.database.sql(`SELECT reference FROM payments_payment WHERE tenant_id = '${tenant}' AND parts LIKE '%${base58(invoice.invoice)}%'`))[0][0];
    }
});
after(async () => { await stage?.close(); });

test('a message that is not the provider\'s, or not for us, or old, changes nothing', async () => {
    const before = await everything();
    const body = event('evt_forged');
    const refused = async (what, answer, status = 400) => assert.equal((await answer).status, status, what);
    await refused('no signature', tell(body));
    await refused('another key', tell(body, signed(body, { key: 'guessed' })));
    await refused('another tenant\'s key', tell(body, signed(body, { key: 'hook-key-of-t1' })));
    await refused('our own message, sent to another tenant', tell(body, signed(body), { tenant: 't1' }));
    await refused('more than five minutes old', tell(body, signed(body, { at: now() - 301 })));
    await refused('from a time to come', tell(body, signed(body, { at: now() + 330 })));
    await refused('signed, then changed', tell(event('evt_other'), signed(body)));
    await refused('the time was changed', tell(body, signed(body).replace(/t=\d+/, `t=${now() - 1}`)));
    await refused('an instance that there is not', tell(body, signed(body), { instance: 'other' }), 404);
    assert.equal(await everything(), before);
});

test('a message is kept once, however often it comes', async () => {
    const body = event('evt_once');
    const signature = signed(body);
    for (let i = 0; i < 3; i++) assert.equal((await tell(body, signature)).status, 200);
    assert.equal((await tell(body, signed(body))).status, 200);
    assert.deepEqual(await stage.database.sql(`SELECT tenant_id, event_id FROM payments_event WHERE event_id LIKE 'evt\\_once%'`), [['t0', 'evt_once']]);
});

test('a message about another tenant\'s payment moves nothing of either', async () => {
    // What the demo's own past has left to tell is looked at first.
    await stage.command('look-up-payments', '--tenant', 't0');
    const books = () => stage.database.sql('SELECT tenant_id, state, given_back FROM payments_payment ORDER BY tenant_id').then(JSON.stringify);
    const before = await books();
    const body = event('evt_foreign', payments.t1);
    assert.equal((await tell(body, signed(body))).status, 200);
    const { out } = await stage.command('look-up-payments', '--tenant', 't0');
    assert.match(out, /^\d+ messages/m);
    assert.equal(await books(), before);
    assert.deepEqual(await stage.database.sql('SELECT tenant_id, event_id FROM payments_event WHERE handled_at IS NULL'), [['t0', 'evt_foreign']]);
});

// All 720 are played by tests/payments; here some of them go the whole way, from the door on.
test('six messages end alike, in whatever order they come in', async () => {
    const random = randomFrom(720);
    const provider = stage.providers.t0;
    const customer = stage.customers[1];
    const card = `pm_${base58(await keepMethod(stage.database, 't0', customer.account, 'dispute_lost'))}`;
    const references = [];
    for (const invoice of await mintInvoices(stage.database, 't0', customer.account, 60)) {
        assert.equal((await customer.pay({ ...invoice, method: card })).status, 303);
        references.push((await stage.database.sql(`SELECT reference FROM payments_payment WHERE parts LIKE '%${base58(invoice.invoice)}%'`))[0][0]);
    }
    // By now it was disputed, and lost.
    for (let i = 0; i < 2; i++) await provider.control('/clock', { advance_seconds: 100 });
    const orders = new Set();
    for (const reference of references) {
        const messages = ['payment.processing', 'payment.paid', 'payment.paid', 'dispute.open', 'dispute.lost', 'payment.of_tomorrow'].map((type, i) => JSON.stringify({
            id: `evt_${reference}_${i === 2 ? 1 : i}`, type, created: now(), data: { about: type.split('.')[0], id: '', reference } }));
        const order = [];
        while (messages.length > 0) order.push(...messages.splice(random.below(messages.length), 1));
        orders.add(order.map((body) => JSON.parse(body).type).join(' '));
        for (const body of order) assert.equal((await tell(body, signed(body))).status, 200);
    }
    assert.ok(orders.size > 40, `${orders.size} orders`);
    const ends = () => stage.database.sql(`SELECT p.state, p.amount - p.given_back, COALESCE(p.receipt <> '', 0),
        (SELECT GROUP_CONCAT(r.kind, ' ', r.state, ' ', r.amount = p.amount ORDER BY r.id) FROM payments_refund r WHERE r.tenant_id = p.tenant_id AND r.payment_id = p.id),
        (SELECT GROUP_CONCAT(c.kind ORDER BY c.kind) FROM payments_case c WHERE c.tenant_id = p.tenant_id AND c.payment_id = p.id)
        FROM payments_payment p WHERE p.tenant_id = 't0' AND p.reference IN (${references.map((one) => `'${one}'`).join(', ')})`);
    for (let i = 0; i < 8; i++) await stage.commandAlone('t0', {}, 'look-up-payments', '--tenant', 't0');
    const [[waiting]] = await stage.database.sql(`SELECT COUNT(*) FROM payments_event WHERE tenant_id = 't0' AND handled_at IS NULL AND event_id LIKE 'evt\\_p-%'`);
    assert.equal(waiting, '0');
    const all = await ends();
    assert.equal(all.length, 60);
    for (const end of all) assert.deepEqual(end, ['captured', '0', '1', 'chargeback succeeded 1', 'dispute']);
});
