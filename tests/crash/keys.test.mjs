// A program pays, or gives back, by the API and the host dies: before anything was sent, with the answer of the provider, before the
// program's own answer is kept. It repeats its request, as a program does that heard nothing, and the provider's ledger says
// what was charged.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { play } from './behaviours.mjs';
import { ask, base58 } from './customer.mjs';
import { heal, judge } from './judge.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { Stage } from './stage.mjs';

// Where the process dies (sdk/include/livery/failpoint.h), and whether the attempt outlives it.
const POINTS = [['payment.beginning', 'nothing'], ['api.begun', 'begun'], ['payment.begun', 'begun'], ['gateway.sending', 'begun'], ['gateway.sent', 'charged'],
    ['payment.answered', 'charged'], ['payment.applying', 'charged'], ['payment.applied', 'booked'], ['api.finished', 'booked']];
const TENANT = 't0';
let stage, customer, card;

before(async () => {
    stage = await Stage.open({ tenants: 2 });
    [customer] = stage.customers;
    card = `pm_${base58(await keepMethod(stage.database, TENANT, customer.account, 'ok'))}`;
});
after(async () => { await stage?.close(); });

const headers = (key) => ({ Authorization: `Bearer ${stage.key}`, 'Content-Type': 'application/json', 'Idempotency-Key': key });
const pay = (invoice, key, amount = invoice.amount) => ask(stage.hosts[0].port, { tenant: TENANT, path: '/api/v1/payments/pay', method: 'POST', headers: headers(key),
    body: JSON.stringify({ account: `acc_${base58(customer.account)}`, invoices: [{ invoice: `inv_${base58(invoice.invoice)}`, amount: { amount, currency: 'EUR' } }], method: card }) });
const rows = (statement) => stage.database.sql(statement);
const paymentsOf = (invoice) => rows(`SELECT LOWER(HEX(id)), state, reference FROM payments_payment WHERE tenant_id = '${TENANT}' AND parts LIKE '%inv\\_${base58(invoice.invoice)}%' ORDER BY id`);
// What the provider took for any payment of the invoice.
async function charged(invoice) {
    const { movements } = await stage.providers[TENANT].ledger();
    const ours = new Set((await paymentsOf(invoice)).map(([, , reference]) => reference));
    return movements.filter((one) => one.kind === 'payment' && ours.has(one.reference)).map((one) => one.amount);
}
// Time passes until no claim of a dead process holds any more, here and at the provider's.
async function pass(seconds) {
    await stage.pass(seconds);
    await rows(`UPDATE core_api_first_answer SET claimed_until = claimed_until - INTERVAL ${seconds} SECOND WHERE claimed_until IS NOT NULL`);
}
async function die(point, act) {
    const [host] = stage.hosts;
    await stage.start(host, { point: `${point}=1` });
    const answer = await act();
    assert.equal(answer.status, 0, `${point}: the process was to die, and answered ${answer.text}`);
    await host.ended;
}

for (const [point, left] of POINTS) {
    test(`${point}: the same request once more charges once`, async () => {
        await stage.hosts[0].kill();
        const [invoice] = await mintInvoices(stage.database, TENANT, customer.account, 1);
        const key = `dies-at-${point}`;
        await die(point, () => pay(invoice, key));
        assert.equal((await paymentsOf(invoice)).length, left === 'nothing' ? 0 : 1);
        assert.equal((await charged(invoice)).length, left === 'charged' || left === 'booked' ? 1 : 0, 'before the repeat');
        await stage.start(stage.hosts[0]);
        if (left !== 'nothing') {
            // Another process may still be at it: nobody knows that it is dead.
            const early = await pay(invoice, key);
            assert.deepEqual([early.status, JSON.parse(early.text).code], [409, 'idempotency_key_in_use'], early.text);
            assert.ok(Number(early.headers['retry-after']) >= 1);
            const other = await pay(invoice, key, 100);
            assert.equal(JSON.parse(other.text).code, 'idempotency_key_reused');
            await pass(61);
        }
        const again = await pay(invoice, key);
        assert.equal(again.status, 201, again.text);
        const paid = JSON.parse(again.text);
        assert.deepEqual([paid.state, paid.processed.amount], ['captured', invoice.amount]);
        assert.deepEqual(await charged(invoice), [invoice.amount], 'the ledger');
        assert.deepEqual((await paymentsOf(invoice)).map(([id, state]) => [`pay_${base58(id)}`, state]), [[paid.id, 'captured']]);
        const kept = await pay(invoice, key);
        assert.deepEqual([kept.status, kept.text, kept.headers['idempotent-replayed']], [201, again.text, 'true']);
        await stage.hosts[0].kill();
    });
}

// Money that goes back the same way. What never left has failed: a refund is looked up by a repeat and never sent again.
const REFUND_POINTS = [['api.begun', 0], ['refund.begun', 0], ['gateway.sending', 0], ['gateway.sent', 1], ['refund.answered', 1], ['api.finished', 1]];
const back = (payment, key) => ask(stage.hosts[0].port, { tenant: TENANT, path: '/api/v1/refunds', method: 'POST', headers: headers(key),
    body: JSON.stringify({ payment, amount: { amount: 100, currency: 'EUR' }, reason: 'Rain' }) });
// What the provider gave back for any refund of the payment.
async function givenBack(payment) {
    const { movements } = await stage.providers[TENANT].ledger();
    const ours = new Set((await rows(`SELECT r.reference FROM payments_refund r JOIN payments_payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id WHERE p.reference = '${payment.reference}'`)).flat());
    return movements.filter((one) => one.kind === 'refund' && ours.has(one.reference)).map((one) => Math.abs(one.amount));
}

for (const [point, left] of REFUND_POINTS) {
    test(`${point} of a refund: the same request once more gives nothing back twice`, async () => {
        await stage.start(stage.hosts[0]);
        const [invoice] = await mintInvoices(stage.database, TENANT, customer.account, 1);
        const payment = JSON.parse((await pay(invoice, `paid-for-${point}`)).text);
        assert.equal(payment.state, 'captured');
        await stage.hosts[0].kill();
        const key = `back-dies-at-${point}`;
        await die(point, () => back(payment.id, key));
        const sent = Array.from({ length: left }, () => 100);
        assert.deepEqual(await givenBack(payment), sent, 'before the repeat');
        await stage.start(stage.hosts[0]);
        assert.equal(JSON.parse((await back(payment.id, key)).text).code, 'idempotency_key_in_use');
        await pass(61);
        const again = await back(payment.id, key);
        const told = JSON.parse(again.text);
        assert.deepEqual([again.status, told.state ?? told.code], left ? [201, 'succeeded'] : [502, 'refund_failed'], again.text);
        assert.deepEqual(await givenBack(payment), sent, 'the ledger');
        const kept = await back(payment.id, key);
        assert.deepEqual([kept.status, kept.text, kept.headers['idempotent-replayed']], [again.status, again.text, 'true']);
        if (!left) {
            const anew = await back(payment.id, `${key}-anew`);
            assert.deepEqual([anew.status, await givenBack(payment)], [201, [100]], anew.text);
        }
        await stage.hosts[0].kill();
    });
}

test('who never repeats is told by the janitor\'s books all the same', async () => {
    const [invoice] = await mintInvoices(stage.database, TENANT, customer.account, 1);
    await die('payment.answered', () => pay(invoice, 'never-again'));
    await heal(stage);
    assert.deepEqual((await paymentsOf(invoice)).map(([, state]) => state), ['captured']);
    // And who repeats after that gets what became of it.
    await stage.start(stage.hosts[0]);
    await pass(61);
    const late = await pay(invoice, 'never-again');
    assert.deepEqual([late.status, JSON.parse(late.text).state], [201, 'captured'], late.text);
    assert.deepEqual(await charged(invoice), [invoice.amount]);
    await stage.hosts[0].kill();
});

test('what the janitor found to be nothing is paid by a repeat, once', async () => {
    const [invoice] = await mintInvoices(stage.database, TENANT, customer.account, 1);
    await die('api.begun', () => pay(invoice, 'begun-only'));
    await heal(stage);
    assert.deepEqual((await paymentsOf(invoice)).map(([, state]) => state), ['failed']);
    await stage.start(stage.hosts[0]);
    await pass(61);
    const told = await pay(invoice, 'begun-only');
    assert.deepEqual([told.status, JSON.parse(told.text).code], [502, 'provider_failed'], told.text);
    const paid = await pay(invoice, 'begun-only');
    assert.deepEqual([paid.status, JSON.parse(paid.text).state], [201, 'captured'], paid.text);
    assert.deepEqual(await charged(invoice), [invoice.amount]);
    await stage.hosts[0].kill();
});

test('a provider that cannot be reached has taken nothing, and the same request pays when it is back', async () => {
    const [invoice] = await mintInvoices(stage.database, TENANT, customer.account, 1);
    await stage.start(stage.hosts[0]);
    await stage.providers[TENANT].program.kill();
    const told = await pay(invoice, 'out-of-reach');
    assert.deepEqual([told.status, JSON.parse(told.text).code, JSON.parse(told.text).payment.state], [502, 'provider_failed', 'failed'], told.text);
    await stage.providers[TENANT].program.start();
    const paid = await pay(invoice, 'out-of-reach');
    assert.deepEqual([paid.status, JSON.parse(paid.text).state], [201, 'captured'], paid.text);
    assert.deepEqual(await charged(invoice), [invoice.amount]);
    await stage.hosts[0].kill();
});

test('of the same request at two hosts at once one pays', async () => {
    await play(stage.providers[TENANT], [{ fault: 'slow_drip', on: 'POST /v1/payments', times: 1000, milliseconds: 600 }]);
    for (const host of stage.hosts) await stage.start(host);
    const [invoice] = await mintInvoices(stage.database, TENANT, customer.account, 1);
    const body = JSON.stringify({ account: `acc_${base58(customer.account)}`, invoices: [{ invoice: `inv_${base58(invoice.invoice)}` }], method: card });
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => ask(stage.hosts[i % 2].port, { tenant: TENANT, path: '/api/v1/payments/pay', method: 'POST', headers: headers('at-once'), body })));
    const statuses = answers.map((one) => one.status).sort();
    assert.deepEqual([statuses[0], ...new Set(statuses.slice(1))], [201, 409], statuses.join());
    for (const one of answers) if (one.status === 409) assert.equal(JSON.parse(one.text).code, 'idempotency_key_in_use', one.text);
    assert.deepEqual(await charged(invoice), [invoice.amount]);
    await play(stage.providers[TENANT]);
});

test('nothing is lost, doubled or unknown', async () => {
    for (const host of stage.hosts) await host.kill();
    await heal(stage);
    const { lost, doubled, unknown, charges } = await judge(stage);
    assert.deepEqual({ lost, doubled, unknown }, { lost: [], doubled: [], unknown: [] });
    assert.ok(charges >= POINTS.length + 3, `${charges}`);
});
