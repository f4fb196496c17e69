// What must not come in by the messages of providers: forged, stale, of somebody else. And what must come in once.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { ask, base58 } from './customer.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { Stage } from './stage.mjs';

let stage, payments;
const now = () => Math.floor(Date.now() / 1000);
const signed = (body, { key = 'hook-key-of-t0', at = now() } = {}) => `t=${at},v1=${createHmac('sha256', key).update(`${at}.${body}`).digest('hex')}`;
const event = (id, reference = payments.t0) => JSON.stringify({ id, type: 'payment.paid', created: now(), data: { about: 'payment', id: '', reference } });
const tell = (body, signature, { tenant = 't0', instance = 'cards' } = {}) => ask(stage.hosts[0].port, { tenant, path: `/hooks/${instance}`, method: 'POST', body,
    headers: { 'Content-Type': 'application/json', ...(signature ? { 'Pelican-Signature': signature } : {}) } });
// All that messages could change, of both tenants. Who a receipt names is written with its letter, which may go meanwhile.
async function everything() {
    const tables = ['payments_event', 'payments_payment', 'payments_refund', 'payments_case', 'payments_slot', 'invoices_payment', 'ledger_posting'];
    const rows = [await stage.database.sql('SELECT tenant_id, number, account_id, payment_id, refund_id, made_at, amount, currency FROM payments_receipt ORDER BY tenant_id, number')];
    for (const table of tables) rows.push(await stage.database.sql(`CHECKSUM TABLE ${table}`));
    return JSON.stringify(rows);
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
