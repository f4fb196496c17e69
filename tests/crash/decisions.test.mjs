// What no machine can tell, a person says at the command line: what became of a payment or of a refund that nobody heard of
// for two weeks, what a provider's list has and the books have not, that a case is seen to, until when somebody pays. Each is
// said once: the same again changes nothing and says so.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { play } from './behaviours.mjs';
import { base58 } from './customer.mjs';
import { brokenInvariants, judge } from './judge.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { sleep } from './processes.mjs';
import { Stage } from './stage.mjs';

const DAY = 86_400;
const BY = ['--by', 'J. Roe', '--reason', 'Seen there'];
const MANY = 1_000_000;
const DECIDED = 'Refused: It is decided already';
const GONE = 'Refused: It is not there any more';
// Of receipts only how many there are: a host that serves notes there whom it has written to.
const TABLES = ['payments_payment', 'payments_refund', 'payments_case', 'payments_slot', 'payments_difference', 'payments_promise', 'payments_standing',
    'invoices_payment', 'invoices_document', 'ledger_entry', 'ledger_posting', 'audit_entry'];
let stage, customers;

before(async () => {
    stage = await Stage.open({ tenants: 2 });
    ({ customers } = stage);
});
after(async () => { await stage?.close(); });

const rows = (statement) => stage.database.sql(statement);
const run = (tenant, verb, ...words) => stage.commandAlone(tenant, {}, verb, '--tenant', tenant, ...words);
async function done(tenant, verb, ...words) {
    const { code, told, out } = await run(tenant, verb, ...words);
    assert.equal(code, 0, `${verb}: ${out}`);
    return told;
}
const json = async (...words) => JSON.parse(await done(...words, '--json'));
// Said once more, to a person or (`--json`) to a program: nothing moves, and why is said.
async function changesNothing(why, ...words) {
    const books = async () => [...await rows(`CHECKSUM TABLE ${TABLES.join(', ')}`), ...await rows('SELECT COUNT(*) FROM payments_receipt')].join();
    const before = await books();
    const { code, told, out } = await run(...words);
    assert.deepEqual([code, words.includes('--json') ? JSON.parse(told) : told], [1, words.includes('--json') ? { error: why } : why], out);
    assert.equal(await books(), before);
}
const casesOf = (payment) => rows(`SELECT kind, closed_at IS NULL, decided_by, answer FROM payments_case WHERE payment_id = x'${payment}' ORDER BY kind`);
const openCases = async (tenant, payment) => (await json(tenant, 'payment-cases')).filter((one) => one.payment === payment);
const statusOf = async ({ tenant, invoice }) => (await rows(`SELECT status, paid - refunded FROM invoices_document WHERE tenant_id = '${tenant}' AND id = x'${invoice}'`))[0];
const charged = async (tenant, reference) => (await stage.providers[tenant].control(`/ledger?reference=${reference}`)).movements;
const named = async (tenant, payment) => (await json(tenant, 'list-payments')).find((one) => one.payment === payment);

// One invoice that its customer pays at the host, and what came of it.
async function pay(tenant, customer, { token = 'ok', faults = [] } = {}) {
    await play(stage.providers[tenant], [{ fault: 'never', on: 'webhook', times: MANY }, ...faults]);
    const [invoice] = await mintInvoices(stage.database, tenant, customer.account, 1);
    const card = await keepMethod(stage.database, tenant, customer.account, token, { isDefault: false });
    assert.equal((await customer.pay({ ...invoice, method: `pm_${base58(card)}` })).status, 303);
    return { ...invoice, ...await paymentOf(invoice) };
}
async function paymentOf(invoice) {
    const [[hex, state, reference]] = await rows(`SELECT LOWER(HEX(id)), state, reference FROM payments_payment WHERE tenant_id = '${invoice.tenant}'
        AND parts LIKE '%inv\\_${base58(invoice.invoice)}%' ORDER BY id DESC LIMIT 1`);
    return { hex, state, reference, payment: `pay_${base58(hex)}` };
}
// Two weeks in which a provider tells nothing about what it is asked: whatever is open is a person's then.
async function twoWeeksOfSilence(tenant, what) {
    const faults = ['never', 'error_before_commit'].map((fault, i) => ({ fault, on: i ? `GET /v1/${what}` : 'webhook', times: MANY }));
    await play(stage.providers[tenant], faults);
    await stage.pass(15 * DAY);
    const told = await done(tenant, 'look-up-payments');
    await play(stage.providers[tenant], faults.slice(0, 1));
    return told;
}

test('a difference is booked for an account, or accepted, by name and once', async () => {
    const [customer] = customers;
    const [invoice] = await mintInvoices(stage.database, 't1', customer.account, 1);
    // A till of the same merchant takes money that nobody here began.
    for (const [reference, amount] of [['till-1', invoice.amount], ['till-2', 777]]) {
        const answer = await fetch(`http://127.0.0.1:${stage.providers.t1.port}/v1/payments`, { method: 'POST', body: JSON.stringify({ reference, amount, currency: 'EUR', method: 'tok_ok' }),
            headers: { Authorization: 'Bearer api-key-of-t1', 'Content-Type': 'application/json', 'Idempotency-Key': `key-of-${reference}` } });
        assert.equal(answer.status, 201, await answer.text());
    }
    await sleep(1100);
    const compare = () => done('t1', 'compare-payments', '--from', new Date(Date.now() - DAY * 1000).toISOString().slice(0, 10));
    assert.match(await compare(), /2 listed, 0 matched, 2 new differences\npayment-cases says what to do with them\.$/);
    const found = await json('t1', 'payment-cases');
    const [till1, till2] = ['till-1', 'till-2'].map((reference) => found.find((one) => one.reference === reference));
    for (const one of [till1, till2]) assert.deepEqual([one.kind, one.about, one.here, one.payment], ['missing_here', 'payment', 'nothing', null]);
    assert.equal(till2.there, '7.77 EUR');

    const account = `acc_${base58(customer.account)}`;
    const book = ['t1', 'decide-difference', '--difference', till1.difference, '--book-for', account, ...BY];
    assert.equal(await done(...book), `${till1.difference} is closed`);
    const booked = (await json('t1', 'list-payments', '--account', account)).find((one) => one.provider_id === till1.provider_id);
    assert.deepEqual([booked.state, booked.amount, booked.origin], ['captured', till1.there, 'staff']);
    assert.match(booked.receipt, /^RC-\d{4}-\d{6}$/);
    assert.deepEqual(await statusOf(invoice), ['paid', String(invoice.amount)]);
    await changesNothing(GONE, ...book);

    const accept = ['t1', 'decide-difference', '--difference', till2.difference, '--accept', ...BY];
    assert.deepEqual(await json(...accept), { message: `${till2.difference} is closed` });
    assert.ok(!(await json('t1', 'list-payments')).some((one) => one.provider_id === till2.provider_id), 'accepted is not booked');
    await changesNothing(GONE, ...accept, '--json');
    assert.deepEqual(await rows(`SELECT reference, closed_by, answer FROM payments_difference WHERE closed_at IS NOT NULL ORDER BY reference`),
        [['till-1', 'J. Roe', 'Seen there'], ['till-2', 'J. Roe', 'Seen there']]);
    assert.deepEqual(await rows(`SELECT action, detail FROM audit_entry WHERE action LIKE 'difference%' ORDER BY action`),
        [['difference.accepted', 'J. Roe: Seen there'], ['difference.booked', 'J. Roe: Seen there']]);
    assert.equal(await done('t1', 'payment-cases'), 'Nothing waits for a person.');
    assert.match(await compare(), /2 listed, 1 matched, 0 new differences$/);
});

test('what is promised is not taken before its day is over', async () => {
    const [, promises, pays] = customers;
    const dueOf = {};
    for (const { account } of [promises, pays]) {
        await keepMethod(stage.database, 't1', account, 'ok');
        assert.equal(await done('t1', 'automatic-payment', '--account', `acc_${base58(account)}`, '--on'), 'What falls due is taken by itself.');
        [dueOf[account]] = await mintInvoices(stage.database, 't1', account, 1);
    }
    const account = `acc_${base58(promises.account)}`;
    const day = new Date(Date.now() + 5 * DAY * 1000).toISOString().slice(0, 10);
    const promise = ['t1', 'promise-payment', '--account', account, '--pays-by', day, '--by', 'J. Roe'];
    assert.equal(await done(...promise), 'Nothing happens to it until that day is over.');
    assert.equal((await json('t1', 'payment-standing', '--account', account)).pays_by, day);
    assert.match(await done('t1', 'payment-standing', '--account', account), new RegExp(`^clear\nIt has promised to pay by ${day}\n`));
    assert.deepEqual(await rows(`SELECT LOWER(HEX(invoice_id)), pays_by, made_by FROM payments_promise WHERE tenant_id = 't1'`),
        [[dueOf[promises.account].invoice, day, 'staff: J. Roe']]);
    await changesNothing('Refused: You have promised to pay this already. Please pay it now, or write to us', ...promise, '--json');
    const { code, out } = await stage.commandAlone('t1', {}, 'jobs', 'run', '--tenant', 't1');
    assert.equal(code, 0, out);
    assert.deepEqual(await statusOf(dueOf[promises.account]), ['open', '0'], 'it was promised');
    assert.deepEqual(await statusOf(dueOf[pays.account]), ['paid', String(dueOf[pays.account].amount)], 'nobody promised it');
    const nobody = await run('t1', 'promise-payment', '--account', `acc_${base58(pays.account)}`, '--pays-by', day, '--by', 'J. Roe', '--json');
    assert.deepEqual([nobody.code, JSON.parse(nobody.told)], [1, { error: 'Refused: Nothing is due that you could promise to pay' }]);
});

test('a payment that was given up is taken or not, as a person says', async () => {
    await stage.start(stage.hosts[0]);
    const dark = { fault: 'error_before_commit', on: 'GET /v1/payments', times: MANY };
    const taken = await pay('t0', customers[0], { faults: [{ fault: 'reset_after_commit', on: 'POST /v1/payments' }, dark] });
    const lost = await pay('t0', customers[1], { faults: [{ fault: 'reset_before_commit', on: 'POST /v1/payments' }, dark] });
    const held = await pay('t0', customers[2], { faults: [{ fault: 'wrong_amount', on: 'POST /v1/payments' }, dark] });
    assert.deepEqual([taken.state, lost.state, held.state], ['unknown', 'unknown', 'held']);
    const decide = (one, ...words) => ['t0', 'decide-payment', '--payment', one.payment, ...words, ...BY];
    assert.equal(await twoWeeksOfSilence('t0', 'payments'), '0 messages, 2 payments (0 resolved), 0 refunds, 0 methods');
    for (const [one, kind] of [[taken, 'unresolved'], [lost, 'unresolved'], [held, 'other_amount']]) {
        assert.deepEqual((await openCases('t0', one.payment)).map((found) => [found.kind, /decide-payment/.test(found.advice)]), [[kind, true]]);
        await changesNothing('Refused: Nobody knows yet what became of its money: decide the payment, which closes the case',
            't0', 'close-payment-case', '--payment', one.payment, '--kind', kind, ...BY);
    }

    await changesNothing('Refused: provider_id: Its id at the provider: nothing that was taken is without one', ...decide(taken, '--taken'));
    const [there] = await charged('t0', taken.reference);
    const taking = decide(taken, '--taken', '--provider-id', there.payment);
    assert.equal(await done(...taking), `${taken.payment} is captured`);
    const { state, provider_id: id, receipt } = await named('t0', taken.payment);
    assert.deepEqual([state, id], ['captured', there.payment]);
    assert.match(receipt, /^RC-\d{4}-\d{6}$/);
    assert.deepEqual(await statusOf(taken), ['paid', String(taken.amount)]);
    assert.deepEqual(await casesOf(taken.hex), [['unresolved', '0', 'J. Roe', 'Seen there']]);
    await changesNothing(DECIDED, ...taking);
    await changesNothing(DECIDED, ...decide(taken, '--not-taken'), '--json');

    assert.deepEqual(await json(...decide(lost, '--not-taken')), { message: `${lost.payment} is failed` });
    assert.deepEqual([await statusOf(lost), await casesOf(lost.hex)], [['open', '0'], [['unresolved', '0', 'J. Roe', 'Seen there']]]);
    await changesNothing(DECIDED, ...decide(lost, '--not-taken'));
    assert.deepEqual(await charged('t0', lost.reference), []);
    const method = `pm_${base58(await keepMethod(stage.database, 't0', customers[1].account, 'ok', { isDefault: false }))}`;
    assert.equal((await customers[1].pay({ ...lost, method })).status, 303);
    assert.deepEqual([await statusOf(lost), (await paymentOf(lost)).state], [['paid', String(lost.amount)], 'captured'], 'whose invoice is free again');

    assert.equal(await done(...decide(held, '--taken')), `${held.payment} is captured`);
    assert.deepEqual([await statusOf(held), await casesOf(held.hex)], [['paid', String(held.amount)], [['other_amount', '0', 'J. Roe', 'Seen there']]]);
    assert.equal(await done('t0', 'payment-cases'), 'Nothing waits for a person.');
    assert.deepEqual(await rows(`SELECT detail, COUNT(*) FROM audit_entry WHERE tenant_id = 't0' AND action = 'payment.decided' GROUP BY detail`), [['J. Roe: Seen there', '3']]);
});

test('a refund that was given up went back or did not, as a person says', async () => {
    const give = async (one) => (await done('t0', 'refund-payment', '--payment', one.payment, '--amount', (one.amount / 100).toFixed(2), '--reason', 'Rain')).split('  ');
    const refunds = [];
    for (const [i, fault] of ['reset_after_commit', 'reset_before_commit'].entries()) {
        const paid = await pay('t0', customers[i + 3]);
        await play(stage.providers.t0, [{ fault: 'never', on: 'webhook', times: MANY }, { fault, on: 'POST /v1/refunds' }, { fault: 'error_before_commit', on: 'GET /v1/refunds', times: MANY }]);
        const [refund, became] = await give(paid);
        assert.equal(became, 'refund unknown');
        refunds.push({ ...paid, refund });
    }
    const [went, stayed] = refunds;
    const decide = (one, word) => ['t0', 'decide-refund', '--refund', one.refund, word, ...BY];
    const stateOf = async (one) => (await json('t0', 'list-refunds')).find(({ refund }) => refund === one.refund);
    assert.equal(await twoWeeksOfSilence('t0', 'refunds'), '0 messages, 0 payments (0 resolved), 2 refunds, 0 methods');
    for (const one of refunds) {
        assert.deepEqual((await openCases('t0', one.payment)).map(({ kind, refund }) => [kind, refund]), [['refund_unresolved', one.refund]]);
        await changesNothing('Refused: Nobody knows yet what became of its money: decide the payment, which closes the case',
            't0', 'close-payment-case', '--payment', one.payment, '--kind', 'refund_unresolved', '--refund', one.refund, ...BY);
    }

    assert.equal(await done(...decide(went, '--went-back')), `${went.refund} is succeeded`);
    assert.match((await stateOf(went)).receipt, /^RC-\d{4}-\d{6}$/);
    assert.deepEqual([(await named('t0', went.payment)).state, (await statusOf(went))[0]], ['refunded', 'open'], 'it is owed again');
    assert.deepEqual(await casesOf(went.hex), [['refund_unresolved', '0', 'J. Roe', 'Seen there']]);
    await changesNothing(DECIDED, ...decide(went, '--went-back'));

    assert.deepEqual(await json(...decide(stayed, '--not')), { message: `${stayed.refund} is failed` });
    assert.deepEqual([(await named('t0', stayed.payment)).state, await statusOf(stayed), (await stateOf(stayed)).receipt], ['captured', ['paid', String(stayed.amount)], '']);
    await changesNothing(DECIDED, ...decide(stayed, '--not'), '--json');
    await play(stage.providers.t0);
    assert.equal((await give(stayed))[1], 'refund succeeded', 'it can be given once more');
    assert.equal((await named('t0', stayed.payment)).state, 'refunded');
    await changesNothing(DECIDED, ...decide(went, '--went-back'));
});

test('a refund that the payer\'s bank sent back is his again, to be given back another way', async () => {
    const paid = await pay('t1', customers[3]);
    const [refund] = (await done('t1', 'refund-payment', '--payment', paid.payment, '--amount', '2.00', '--reason', 'Rain')).split('  ');
    assert.equal((await named('t1', paid.payment)).state, 'partly_refunded');
    const not = ['t1', 'decide-refund', '--refund', refund, '--not', ...BY];
    assert.equal(await done(...not), `${refund} is failed`);
    assert.deepEqual([(await named('t1', paid.payment)).state, await statusOf(paid)], ['captured', ['paid', String(paid.amount)]]);
    await changesNothing(DECIDED, ...not);
});

test('a case that somebody has seen to is closed, by name and once', async () => {
    const paid = await pay('t1', customers[4], { token: 'dispute_lost' });
    await play(stage.providers.t1);
    await stage.pass(300);
    const told = () => rows(`SELECT COUNT(*) FROM payments_event WHERE tenant_id = 't1' AND about = 'dispute'`).then(([[count]]) => Number(count));
    for (let i = 0; i < 100 && (await told()) < 2; i++) await sleep(100);
    await done('t1', 'look-up-payments');
    assert.deepEqual((await openCases('t1', paid.payment)).map(({ kind }) => kind), ['dispute']);
    const close = (kind) => ['t1', 'close-payment-case', '--payment', paid.payment, '--kind', kind, ...BY];
    await changesNothing(GONE, ...close('unresolved'));
    const before = await named('t1', paid.payment);
    assert.equal(await done(...close('dispute')), `dispute of ${paid.payment} is closed`);
    assert.deepEqual(await casesOf(paid.hex), [['dispute', '0', 'J. Roe', 'Seen there']]);
    assert.deepEqual([await named('t1', paid.payment), await openCases('t1', paid.payment)], [before, []], 'nothing else has happened');
    assert.deepEqual(await rows(`SELECT detail FROM audit_entry WHERE action = 'payment.case_closed'`), [['dispute: J. Roe: Seen there']]);
    await changesNothing(GONE, ...close('dispute'));
    await changesNothing(GONE, ...close('dispute'), '--json');
});

test('nothing is lost, doubled or unknown, and the books hold', async () => {
    await stage.hosts[0].kill();
    // What the provider told when it was let.
    for (const tenant of stage.tenants) await done(tenant, 'look-up-payments');
    const { lost, doubled, unknown, charges } = await judge(Object.assign(Object.create(stage), { tenants: ['t0'] }));
    assert.deepEqual({ lost, doubled, unknown }, { lost: [], doubled: [], unknown: [] });
    assert.equal(charges, 5);
    assert.deepEqual(await brokenInvariants(stage), []);
});
