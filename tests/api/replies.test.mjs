// Programs against a running host with demo data: three tenants, every operation, what is refused.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHost, Client, LOGINS } from '../e2e/host.mjs';
import { PLANS } from '../e2e/shopping.mjs';
import { downloads } from './downloads.mjs';
import { later } from './later.mjs';
import { people } from './people.mjs';
import { Checker, Program, document, run } from './program.mjs';

const ALL = 'accounts:read,accounts:write,catalog:read,clock:read,clock:write,invoices:read,invoices:write,orders:read,orders:write,subscriptions:read,subscriptions:write';
const TENANTS = ['harbor', 'northwind', 'lumen'];
let host, checker;
const programs = {};

before(async () => {
    host = await startHost({ beforeStart: prepare });
    checker = new Checker(document());
    for (const tenant of TENANTS) programs[tenant] = new Program(host, checker, tenant, ALL);
});
// A test clock at lumen, which writes no e-invoices; northwind is told to, though its taxes have no place in them.
function prepare(data, words) {
    const file = (tenant) => join(words[words.indexOf('--tenants') + 1], tenant, 'tenant.yaml');
    const edit = (tenant, from, to) => {
        const text = readFileSync(file(tenant), 'utf8');
        assert.ok(text.includes(from));
        writeFileSync(file(tenant), text.replace(from, to));
    };
    edit('lumen', 'e_invoice: en16931', 'e_invoice: none');
    edit('northwind', '\n  invoices:\n', '\n  invoices:\n    e_invoice: en16931\n');
    appendFileSync(file('lumen'), '\nmode: sandbox\n');
}
after(async () => { assert.equal(await host?.stop(), 0); });

const inDays = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);
const sum = (list, of) => list.reduce((total, one) => total + of(one).amount, 0);

for (const tenant of TENANTS) {
    test(`${tenant}: accounts, catalog, subscriptions, orders and invoices are read, page by page`, async () => {
        const p = programs[tenant];
        const accounts = await p.all('/api/v1/accounts');
        assert.ok(accounts.length >= 2);
        assert.equal(new Set(accounts.map((one) => one.id)).size, accounts.length, 'a row twice');
        assert.deepEqual((await p.all('/api/v1/accounts', 100)), accounts, 'the size of pages changes nothing');
        const account = (await p.get(`/api/v1/accounts/${accounts[0].id}`)).json;
        assert.equal(account.name, accounts[0].name);

        const catalog = (await p.get('/api/v1/catalog')).json;
        const plans = new Set(catalog.plans.map((plan) => plan.id));
        for (const subscription of await p.all('/api/v1/subscriptions')) {
            assert.ok(plans.has(subscription.plan), subscription.plan);
            assert.deepEqual((await p.get(`/api/v1/subscriptions/${subscription.id}`)).json, subscription);
        }
        for (const order of (await p.all('/api/v1/orders')).slice(0, 5)) {
            assert.equal(order.total.amount, order.subtotal.amount + order.tax.amount);
            assert.equal(sum(order.lines, (line) => line.amount) + sum(order.lines, (line) => line.once?.amount ?? { amount: 0 }), order.subtotal.amount);
            assert.deepEqual((await p.get(`/api/v1/orders/${order.id}`)).json, order);
        }
        const invoices = await p.all('/api/v1/invoices', 50);
        assert.ok(invoices.length > 12);
        for (const listed of invoices.slice(0, 5)) {
            const invoice = (await p.get(`/api/v1/invoices/${listed.id}`)).json;
            const { lines, ...rest } = invoice;
            assert.deepEqual(rest, listed);
            assert.equal(sum(lines, (line) => line.net), invoice.net.amount);
            assert.equal(sum(lines, (line) => line.tax), invoice.tax.amount);
            assert.ok(lines.every((line) => line.derivation.rounding === 'half_up'));
        }
        const theirs = await p.all(`/api/v1/invoices?account=${invoices[0].account}`, 50);
        assert.ok(theirs.length > 0 && theirs.length < invoices.length);
        assert.ok(theirs.every((one) => one.account === invoices[0].account));
        for (const note of (await p.all('/api/v1/credit-notes')).slice(0, 2)) {
            assert.equal((await p.get(`/api/v1/credit-notes/${note.id}`)).json.kind, 'credit_note');
            assert.equal((await p.get(`/api/v1/invoices/${note.id}`)).status, 404);
        }
    });
}

test('an account is made, given an address, changed, and buys; the subscriber reads the same', async () => {
    const p = programs.harbor;
    const made = await p.call('POST', '/api/v1/accounts', { body: { name: 'Pension Nordlicht', customer_class: 'consumer',
        address: { line1: 'Deichweg 4', postal_code: '25980', city: 'Sylt', country: 'DE' } } });
    assert.equal(made.status, 201, made.text);
    const account = made.json.id;
    const changed = await p.call('PATCH', `/api/v1/accounts/${account}`, { body: { name: 'Pension Nordlicht GmbH' } });
    assert.equal(changed.json.name, 'Pension Nordlicht GmbH');
    const placed = await p.call('POST', `/api/v1/accounts/${account}/addresses`, { body: { label: 'Nebenhaus', line1: 'Deichweg 6', postal_code: '25980', city: 'Sylt', country: 'DE' } });
    assert.deepEqual(placed.json.addresses.map((one) => one.line1), ['Deichweg 4', 'Deichweg 6']);

    const again = await p.call('POST', `/api/v1/accounts/${account}/addresses`, { body: { label: 'nebenhaus', line1: 'Deichweg 8', postal_code: '25980', city: 'Sylt', country: 'DE' } });
    assert.equal(again.status, 422, again.text);
    assert.match(again.text, /label/);

    const sold = (await p.all('/api/v1/subscriptions', 100)).find((one) => one.state === 'active' && !one.base && one.currency === 'EUR' && one.next_charge);
    const purchase = { account, plan: sold.plan, name: 'von der API' };
    const quote = await p.call('POST', '/api/v1/subscriptions/preview', { body: purchase });
    assert.equal(quote.status, 200, quote.text);
    assert.equal((await p.all(`/api/v1/orders?account=${account}`)).length, 0, 'a preview keeps nothing');
    // Another plan than was shown: refused, and nothing is left of it.
    const other = await p.call('POST', '/api/v1/subscriptions', { body: { ...purchase, quantity: '2', quote: quote.json.quote } });
    assert.deepEqual([other.status, other.json.code], [409, 'preview_expired']);
    const bought = await p.call('POST', '/api/v1/subscriptions', { body: { ...purchase, quote: quote.json.quote } });
    assert.equal(bought.status, 201, bought.text);
    const order = (await p.get(`/api/v1/orders/${bought.json.order}`)).json;
    assert.deepEqual(order.created_by, { kind: 'api', login: 'test' });
    assert.equal(order.name, 'von der API');
    const invoices = await p.all(`/api/v1/invoices?account=${account}`);
    assert.equal(sum(invoices, (one) => one.total), sum(quote.json.documents, (one) => one.total), 'charged is what was shown');

    const path = `/api/v1/subscriptions/${bought.json.subscription}/changes`;
    const paused = await p.call('POST', path, { body: { account, change: 'pause' } });
    assert.equal(paused.status, 200, paused.text);
    assert.equal((await p.get(`/api/v1/subscriptions/${bought.json.subscription}`)).json.state, 'paused');
    assert.equal((await p.call('POST', path, { body: { account, change: 'resume' } })).status, 200);
    const ending = await p.call('POST', `${path}/preview`, { body: { account, change: 'cancel', when: 'term_end', reason: 'moving' } });
    assert.equal(ending.status, 200, ending.text);
    assert.equal((await p.call('POST', path, { body: { account, change: 'cancel', when: 'term_end', reason: 'moving', quote: ending.json.quote } })).status, 200);
    assert.equal((await p.get(`/api/v1/subscriptions/${bought.json.subscription}`)).json.state, 'cancelling');
    assert.equal((await p.call('POST', path, { body: { account, change: 'withdraw_cancel' } })).status, 200);
    const back = (await p.get(`/api/v1/subscriptions/${bought.json.subscription}`)).json;
    assert.deepEqual([back.state, back.ends_at], [sold.state, null]);
    // It is fulfilled, so its name stands.
    const late = await p.call('PATCH', `/api/v1/orders/${bought.json.order}`, { body: { name: 'zu spät' } });
    assert.deepEqual([late.status, late.json.code], [409, 'order_not_waiting']);
});

test('an order that waits is named, and the subscriber sees it', async () => {
    const p = programs.harbor;
    const person = new Client(host, 'harbor');
    await person.signIn();
    const old = /\/orders\/(ord_[A-Za-z0-9]+)/.exec((await person.get('/orders')).text)[1];
    const { account } = (await p.get(`/api/v1/orders/${old}`)).json;
    const placed = await p.call('POST', '/api/v1/subscriptions', { body: { account, plan: PLANS.harbor[0], begins_on: inDays(30) } });
    assert.deepEqual([placed.status, placed.json.subscription], [201, null], placed.text);
    const id = placed.json.order;
    const named = await p.call('PATCH', `/api/v1/orders/${id}`, { body: { name: 'PO 4711' } });
    assert.deepEqual([named.status, named.json.name], [200, 'PO 4711']);
    assert.match((await person.get('/orders')).text, /PO 4711/);
    const long = await p.call('PATCH', `/api/v1/orders/${id}`, { body: { name: 'x'.repeat(161) } });
    assert.deepEqual([long.status, long.json.errors[0].field], [422, 'name']);
    assert.equal((await p.call('POST', `/api/v1/orders/${id}/cancel`)).json.status, 'cancelled');
});

test('a plan changes on the day that a program names, for what was shown', async () => {
    const p = programs.harbor;
    const [small, large] = PLANS.harbor;
    const account = (await p.call('POST', '/api/v1/accounts', { body: { name: 'On a day', address: { line1: 'Deichweg 1', postal_code: '25980', city: 'Sylt', country: 'DE' } } })).json.id;
    const bought = await p.call('POST', '/api/v1/subscriptions', { body: { account, plan: small } });
    assert.equal(bought.status, 201, bought.text);
    const own = `/api/v1/subscriptions/${bought.json.subscription}`;
    const wish = { account, change: 'plan', plan: large, on: inDays(9) };
    for (const [on, why] of [[inDays(-1), 'yesterday'], [inDays(3000), 'in eight years'], ['2026-02-31', 'no day']]) {
        const refused = await p.call('POST', `${own}/changes`, { body: { ...wish, on } });
        assert.deepEqual([refused.status, refused.json.errors[0].field], [422, 'on'], why);
    }
    const shown = await p.call('POST', `${own}/changes/preview`, { body: wish });
    assert.equal(shown.status, 200, shown.text);
    assert.deepEqual(shown.json.documents, [], 'nothing is charged before that day');
    assert.equal(shown.json.effective_at.slice(0, 10), wish.on);
    const otherDay = await p.call('POST', `${own}/changes`, { body: { ...wish, on: inDays(10), quote: shown.json.quote } });
    assert.deepEqual([otherDay.status, otherDay.json.code], [409, 'preview_expired']);
    const changed = await p.call('POST', `${own}/changes`, { body: { ...wish, quote: shown.json.quote } });
    assert.equal(changed.status, 200, changed.text);
    const waiting = (await p.get(own)).json;
    assert.equal(waiting.plan, small, 'it waits');
    assert.deepEqual(waiting.choices.map((one) => [one.plan, one.from.slice(0, 10)]).at(-1), [large, wish.on]);
});

test('what a program changes, a subscriber sees at once', async () => {
    const p = programs.northwind;
    const login = LOGINS.northwind;
    const person = new Client(host, 'northwind');
    assert.equal((await person.signIn(login)).status, 303);
    const page = await person.get('/subscriptions');
    // What the demo's people have, and in which state, depends on the day.
    const shownIds = new Set([...page.text.matchAll(/\/subscriptions\/(sub_[A-Za-z0-9]+)/g)].map((found) => found[1]));
    const base = (await p.all('/api/v1/subscriptions', 100)).find((one) => shownIds.has(one.id) && !one.base && ['active', 'trial'].includes(one.state));
    assert.ok(base, 'nothing of theirs is active');
    const done = await p.call('POST', `/api/v1/subscriptions/${base.id}/changes`, { body: { account: base.account, change: 'cancel', when: 'term_end', reason: 'other' } });
    assert.equal(done.status, 200, done.text);
    const shown = await person.get(`/subscriptions/${base.id}`);
    assert.match(shown.text, /badge-cancelling/);
    assert.equal((await p.call('POST', `/api/v1/subscriptions/${base.id}/changes`, { body: { account: base.account, change: 'withdraw_cancel' } })).status, 200);
});

test('what is owed is charged, credited, corrected, void and written off, and the books follow', async () => {
    const p = programs.harbor;
    const euro = (amount) => ({ amount, currency: 'EUR' });
    const made = await p.call('POST', '/api/v1/accounts', { body: { name: 'Fischhalle', customer_class: 'consumer', address: { line1: 'Kai 3', postal_code: '24103', city: 'Kiel', country: 'DE' } } });
    const account = made.json.id;
    const charge = async (...lines) => {
        const invoice = await p.call('POST', '/api/v1/invoices', { body: { account, currency: 'EUR', lines } });
        assert.equal(invoice.status, 201, invoice.text);
        return invoice.json;
    };
    const read = async (invoice) => (await p.get(`/api/v1/invoices/${invoice.id}`)).json;
    const invoice = await charge({ text: 'Vor-Ort-Termin', unit_price: '80.00' }, { text: 'Kabel', unit_price: '1.255', quantity: '10' });
    assert.deepEqual([invoice.net.amount, invoice.tax.amount, invoice.total.amount, invoice.balance.amount], [9255, 1758, 11013, 11013]);
    assert.deepEqual(invoice.lines.map((line) => [line.text, line.net.amount, line.tax.amount]), [['Vor-Ort-Termin', 8000, 1520], ['Kabel', 1255, 238]]);
    assert.deepEqual(await read(invoice), invoice);

    const note = await p.call('POST', '/api/v1/credit-notes', { body: { invoice: invoice.id, line: invoice.lines[0].id, amount: euro(2000) } });
    assert.equal(note.status, 201, note.text);
    assert.deepEqual([note.json.kind, note.json.corrects, note.json.total.amount], ['credit_note', invoice.id, -2380]);
    assert.deepEqual((await read(invoice)).balance, euro(11013 - 2380), 'it settles what is owed first');
    const part = await p.call('POST', '/api/v1/credit-notes', { body: { invoice: invoice.id, amount: euro(1000) } });
    assert.deepEqual([part.status, part.json.total.amount], [201, -1000]);
    const rest = await p.call('POST', `/api/v1/invoices/${invoice.id}/void`);
    assert.deepEqual([rest.status, rest.json.status, rest.json.balance.amount], [200, 'void', 0]);
    const notes = await p.all(`/api/v1/credit-notes?account=${account}`);
    assert.equal(sum(notes, (one) => one.total), -11013, 'all of it, to the cent');

    const credit = await p.call('POST', `/api/v1/accounts/${account}/credits`, { body: { amount: euro(500), text: 'Kulanz' } });
    assert.deepEqual([credit.status, credit.json.total.amount, credit.json.lines[0].text], [201, -500, 'Kulanz']);
    const second = await charge({ text: 'Umbau', unit_price: '100' });
    assert.deepEqual([second.total.amount, second.balance.amount], [11900, 11400], 'the credit is used at once');
    const lost = await p.call('POST', `/api/v1/invoices/${second.id}/write-off`);
    assert.deepEqual([lost.status, lost.json.status, lost.json.balance.amount, lost.json.written_off.amount], [200, 'written_off', 0, 11400]);

    const refused = async (path, body, status, code, field) => {
        const response = await p.call('POST', path, body ? { body } : {});
        assert.deepEqual([response.status, field ? response.json.errors?.[0].code : response.json.code], [status, code], response.text);
        if (field) assert.equal(response.json.errors[0].field, field);
    };
    const third = await charge({ text: 'Test', unit_price: '10' });
    const line = third.lines[0].id;
    const before = await p.all(`/api/v1/credit-notes?account=${account}`);
    await refused('/api/v1/credit-notes', { invoice: third.id, amount: euro(1191) }, 422, 'more_than_left', 'amount');
    await refused('/api/v1/credit-notes', { invoice: third.id, line, amount: euro(1001) }, 422, 'more_than_left', 'amount');
    await refused('/api/v1/credit-notes', { invoice: third.id, line, amount: euro(0) }, 422, 'amount', 'amount');
    await refused('/api/v1/credit-notes', { invoice: third.id, amount: euro(-5) }, 422, 'amount', 'amount');
    await refused('/api/v1/credit-notes', { invoice: third.id, line, amount: { amount: 100, currency: 'USD' } }, 422, 'currency', 'amount');
    await refused('/api/v1/credit-notes', { invoice: third.id, amount: { amount: 100, currency: 'USD' } }, 422, 'currency', 'amount');
    await refused('/api/v1/credit-notes', { invoice: third.id, line }, 422, 'missing', 'amount');
    await refused('/api/v1/credit-notes', { invoice: third.id, line: invoice.lines[0].id, amount: euro(100) }, 422, 'no_such_line', 'line');
    await refused('/api/v1/credit-notes', { invoice: third.id, amount: euro(100), refund: euro(100) }, 422, 'more_than_paid', 'refund');
    await refused('/api/v1/credit-notes', { invoice: second.id }, 409, 'not_an_open_invoice');
    await refused(`/api/v1/invoices/${invoice.id}/void`, null, 409, 'already_void');
    await refused(`/api/v1/invoices/${invoice.id}/write-off`, null, 409, 'not_owed');
    await refused('/api/v1/invoices', { account, currency: 'EUR', lines: [{ text: 'x', unit_price: '-1' }] }, 422, 'amount', 'unit_price');
    await refused('/api/v1/invoices', { account, currency: 'EUR', lines: [{ text: 'x', unit_price: '1', quantity: '0' }] }, 422, 'quantity', 'quantity');
    await refused('/api/v1/invoices', { account, currency: 'EUR', lines: [{ text: 'x', unit_price: '1' }], coupon: 'NOPE' }, 422, 'no_such_coupon', 'coupon');
    for (const [wrong, code, field] of [[{ tax_class: 'standrad' }, 'no_such_tax_class', 'tax_class'], [{ site: 'Nirgendwo' }, 'no_such_site', 'site'], [{ unit_price: '1000001' }, 'amount', 'unit_price'], [{ quantity: '100001' }, 'quantity', 'quantity']])
        await refused('/api/v1/invoices', { account, currency: 'EUR', lines: [{ text: 'x', unit_price: '1', ...wrong }] }, 422, code, field);
    for (const wrong of [0, 1e12 + 1, 9e18]) await refused(`/api/v1/accounts/${account}/credits`, { amount: euro(wrong), text: 'x' }, 422, 'amount', 'amount');
    const nobody = `acc_${'1'.repeat(22)}`;
    await refused('/api/v1/invoices', { account: nobody, currency: 'EUR', lines: [{ text: 'x', unit_price: '1' }] }, 404, 'not_found');
    await refused(`/api/v1/accounts/${nobody}/credits`, { amount: euro(1), text: 'x' }, 404, 'not_found');
    for (const path of [`/api/v1/invoices/${third.id}/void`, `/api/v1/invoices/${third.id}/write-off`])
        assert.equal((await programs.lumen.call('POST', path)).status, 404);
    assert.equal((await programs.lumen.call('POST', '/api/v1/credit-notes', { body: { invoice: third.id } })).status, 404);
    assert.deepEqual(await p.all(`/api/v1/credit-notes?account=${account}`), before, 'what was refused left nothing');
    assert.deepEqual(await read(third), third);
    const reader = new Program(host, checker, 'harbor', 'invoices:read');
    assert.equal((await reader.call('POST', `/api/v1/invoices/${third.id}/void`)).json.code, 'missing_scope');
});

test('a repeat with the same Idempotency-Key does nothing and gets the first answer', async () => {
    const p = programs.lumen;
    const headers = { 'Idempotency-Key': 'order 1'.replace(' ', '-') };
    const body = { name: 'Once Ltd' };
    const count = async () => (await p.all('/api/v1/accounts', 100)).filter((one) => one.name === 'Once Ltd').length;
    const first = await p.call('POST', '/api/v1/accounts', { body, headers });
    assert.equal(first.status, 201);
    assert.equal(first.headers['idempotent-replayed'], undefined);
    const again = await p.call('POST', '/api/v1/accounts', { body, headers });
    assert.deepEqual([again.status, again.text, again.headers['idempotent-replayed']], [201, first.text, 'true']);
    assert.equal(await count(), 1);
    const other = await p.call('POST', '/api/v1/accounts', { body: { name: 'Twice Ltd' }, headers });
    assert.deepEqual([other.status, other.json.code], [422, 'idempotency_key_reused']);
    // Another key of the tenant's may use the same word.
    const second = new Program(host, checker, 'lumen', 'accounts:write,accounts:read');
    assert.equal((await second.call('POST', '/api/v1/accounts', { body, headers })).headers['idempotent-replayed'], undefined);
    assert.equal(await count(), 2);
    // Ten at once: one does it.
    const key = { 'Idempotency-Key': 'at-once' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => p.call('POST', '/api/v1/accounts', { body: { name: 'Race Ltd' }, headers: key })));
    assert.deepEqual([...new Set(answers.map((one) => one.text))].length, 1);
    assert.equal((await p.all('/api/v1/accounts', 100)).filter((one) => one.name === 'Race Ltd').length, 1);
    // What was refused is not kept: put right, it is done.
    const wrong = { 'Idempotency-Key': 'put-right' };
    assert.equal((await p.call('POST', '/api/v1/accounts', { body: { name: '' }, headers: wrong })).status, 422);
    assert.equal((await p.call('POST', '/api/v1/accounts', { body: { name: 'Right Ltd' }, headers: wrong })).status, 201);
    const bad = await p.call('POST', '/api/v1/accounts', { body, headers: { 'Idempotency-Key': 'x'.repeat(256) } });
    assert.deepEqual([bad.status, bad.json.code], [422, 'malformed_idempotency_key']);
});

test('who has no valid key, or not the scope, or is another tenant, gets nothing', async () => {
    const p = programs.harbor;
    for (const key of ['', 'nonsense', `${p.key}x`, p.key.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')), programs.lumen.key]) {
        const response = await p.raw('GET', '/api/v1/accounts', { key });
        assert.deepEqual([response.status, response.json.code, response.headers['www-authenticate']], [401, 'unauthenticated', 'Bearer']);
    }
    const reader = new Program(host, checker, 'harbor', 'catalog:read');
    const refused = await reader.get('/api/v1/invoices');
    assert.deepEqual([refused.status, refused.json.code], [403, 'missing_scope']);
    assert.match(refused.json.detail, /invoices:read/);
    run(['api-key', 'revoke', reader.id, '--tenant', 'harbor', ...host.words]);
    assert.equal((await reader.raw('GET', '/api/v1/catalog')).status, 401);
    // "Not yours" is "not there", for every kind of id.
    const foreign = programs.lumen;
    for (const kind of ['accounts', 'subscriptions', 'orders', 'invoices']) {
        const [mine] = (await p.get(`/api/v1/${kind}?limit=1`)).json.data;
        const theirs = await foreign.get(`/api/v1/${kind}/${mine.id}`);
        const nobody = await foreign.get(`/api/v1/${kind}/${mine.id.slice(0, 4)}${'1'.repeat(22)}`);
        const broken = await foreign.get(`/api/v1/${kind}/nonsense`);
        for (const response of [theirs, nobody, broken])
            assert.deepEqual([response.status, response.json.code, response.json.detail], [404, 'not_found', nobody.json.detail]);
    }
    // A session opens nothing here, and a key no page.
    const person = new Client(host, 'harbor');
    await person.signIn();
    assert.equal((await person.get('/api/v1/accounts')).status, 401);
    assert.equal((await p.raw('GET', '/invoices')).status, 303);
});

test('another account of the same tenant cannot be charged for a subscription', async () => {
    const p = programs.harbor;
    const [mine] = (await p.all('/api/v1/subscriptions', 100)).filter((one) => one.state === 'active');
    const stranger = (await p.all('/api/v1/accounts', 100)).find((one) => one.id !== mine.account).id;
    const response = await p.call('POST', `/api/v1/subscriptions/${mine.id}/changes`, { body: { account: stranger, change: 'cancel', when: 'now' } });
    assert.deepEqual([response.status, response.json.code], [404, 'not_found']);
    assert.deepEqual((await p.get(`/api/v1/subscriptions/${mine.id}`)).json, mine);
});

test('what is wrong with a request is said field by field, and nothing is done', async () => {
    const p = programs.harbor;
    const refused = async (method, path, options, status, code, field) => {
        const response = await p.call(method, path, options);
        assert.deepEqual([response.status, response.json?.code], [status, code], response.text);
        assert.equal(response.headers['cache-control'], 'no-store');
        if (field) assert.ok(response.json.errors.some((one) => one.field === field && one.detail), response.text);
    };
    const count = (await p.all('/api/v1/accounts', 100)).length;
    await refused('POST', '/api/v1/accounts', { body: {} }, 422, 'invalid', 'name');
    await refused('POST', '/api/v1/accounts', { body: { name: 7 } }, 422, 'invalid', 'name');
    await refused('POST', '/api/v1/accounts', { body: { name: 'a', colour: 'red' } }, 422, 'invalid', 'colour');
    await refused('POST', '/api/v1/accounts', { body: { name: 'a', address: { line1: 'x', postal_code: '1', city: 'y', country: 'X1' } } }, 422, 'invalid', 'country');
    await refused('POST', '/api/v1/accounts', { body: '{"name": ' }, 400, 'malformed');
    await refused('POST', '/api/v1/accounts', { body: '['.repeat(1 << 19) }, 400, 'malformed');
    await refused('POST', '/api/v1/accounts', { body: `{"name": ${'{"a":'.repeat(1 << 17)}` }, 400, 'malformed');
    await refused('POST', '/api/v1/accounts', { body: '[]' }, 422, 'invalid');
    await refused('POST', '/api/v1/accounts', { body: 'null' }, 422, 'invalid');
    await refused('POST', '/api/v1/accounts', { body: 'name=a', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }, 415, 'not_json');
    await refused('GET', '/api/v1/invoices?limit=0', {}, 422, 'invalid', 'limit');
    await refused('GET', '/api/v1/invoices?limit=101', {}, 422, 'invalid', 'limit');
    await refused('GET', '/api/v1/invoices?after=zzz', {}, 422, 'invalid', 'after');
    await refused('GET', '/api/v1/invoices?acount=1', {}, 422, 'invalid', 'acount');
    await refused('GET', '/api/v1/invoices?account=sub_1', {}, 422, 'invalid', 'account');
    await refused('DELETE', '/api/v1/accounts', {}, 405, 'method_not_allowed');
    await refused('GET', '/api/v1/nothing', {}, 404, 'not_found');
    await refused('GET', '/api/nothing', {}, 404, 'not_found');
    await refused('POST', '/api/v1/accounts', { body: JSON.stringify({ name: 'x'.repeat(30 << 20) }) }, 413, 'too_large');
    await refused('GET', '/api/v1/accounts', { headers: { 'X-Long': 'y'.repeat(9000) } }, 431, 'headers_too_large');
    // Of an address that is too long the front knows no more than that.
    assert.equal((await host.ask({ path: `/api/v1/accounts?x=${'y'.repeat(9000)}` })).status, 414);
    const [account] = await p.all('/api/v1/accounts', 100);
    const purchase = { account: account.id, plan: 'no-such-plan' };
    for (const [body, field] of [[{ ...purchase, quantity: '0' }, 'quantity'], [{ ...purchase, quantity: '-3' }, 'quantity'], [{ ...purchase, currency: 'XXX' }, 'currency']])
        await refused('POST', '/api/v1/subscriptions', { body }, 422, 'invalid', field);
    const foreign = await p.call('POST', '/api/v1/subscriptions', { body: purchase });
    assert.ok([409, 422].includes(foreign.status), foreign.text);
    await refused('POST', '/api/v1/subscriptions', { body: { ...purchase, account: `acc_${'1'.repeat(22)}` } }, 404, 'not_found');
    const [subscription] = (await p.all('/api/v1/subscriptions', 100)).filter((one) => one.state === 'active');
    const path = `/api/v1/subscriptions/${subscription.id}/changes`;
    await refused('POST', path, { body: { account: subscription.account, change: 'plan' } }, 422, 'invalid', 'plan');
    await refused('POST', path, { body: { account: subscription.account, change: 'cancel' } }, 422, 'invalid', 'when');
    await refused('POST', path, { body: { account: subscription.account, change: 'explode' } }, 422, 'invalid', 'change');
    await refused('POST', path, { body: { account: subscription.account, change: 'pause', from: '2026-02-31T00:00:00' } }, 422, 'invalid', 'from');
    assert.equal((await p.all('/api/v1/accounts', 100)).length, count);
});

test('a test clock is moved, and what the days bring is done; a real one is not', async () => {
    const p = programs.lumen;
    const before = (await p.get('/api/v1/clock')).json;
    assert.deepEqual([before.sandbox, before.stands, before.time_zone], [true, false, 'Europe/London']);
    const invoices = (await p.all('/api/v1/invoices', 100)).length;
    const moved = await p.call('POST', '/api/v1/clock/advance', { body: { by: '2 months' } });
    assert.equal(moved.status, 200, moved.text);
    assert.ok(Date.parse(moved.json.now) - Date.parse(before.now) > 58 * 86400e3);
    assert.ok((await p.all('/api/v1/invoices', 100)).length > invoices);
    // It stands, for programs and for people.
    const now = (await p.get('/api/v1/clock')).json;
    assert.deepEqual(now, moved.json);
    const again = await p.call('POST', '/api/v1/clock/advance', { body: { to: now.civil } });
    assert.deepEqual([again.status, again.json], [200, now]);
    for (const [body, field] of [[{ to: '2020-01-01' }, 'to'], [{ to: 'soon' }, 'to'], [{ by: 'a while' }, 'by'], [{}, 'to'], [{ to: now.civil, by: 'month' }, 'to']]) {
        const refused = await p.call('POST', '/api/v1/clock/advance', { body });
        assert.deepEqual([refused.status, refused.json.errors[0].field], [422, field], refused.text);
    }
    const live = await programs.harbor.call('POST', '/api/v1/clock/advance', { body: { by: 'month' } });
    assert.deepEqual([live.status, live.json.code], [409, 'clock_no_sandbox']);
    assert.equal((await programs.harbor.get('/api/v1/clock')).json.sandbox, false);
});

downloads(() => ({ host, checker, programs }));
people(() => ({ host, checker, programs }));
later(() => ({ host, programs }));

test('too many at once are told to wait', async () => {
    const hasty = new Program(host, checker, 'northwind', 'catalog:read');
    const answers = [];
    // What the key has no scope for counts as well, and is the cheapest to answer: a slow machine must be fast enough to be too fast.
    for (let i = 0; i < 80 && !answers.some((one) => one.status === 429); i++) answers.push(...await Promise.all(Array.from({ length: 50 }, () => hasty.raw('GET', '/api/v1/accounts'))));
    const refused = answers.filter((one) => one.status === 429);
    assert.ok(refused.length > 0, 'nobody was told to wait');
    assert.equal(refused[0].headers['retry-after'], '1');
    assert.equal(refused[0].json.code, 'too_many_requests');
    assert.equal((await hasty.get('/api/v1/catalog')).status, 200);
});

test('the document is served to everybody, and is the one that the command prints', async () => {
    const served = await host.ask({ host: 'harbor.localhost', path: '/api/v1/openapi.json' });
    assert.deepEqual([served.status, served.headers['content-type'], JSON.parse(served.text)], [200, 'application/json', document()]);
});

test('keys: what the commands say', () => {
    const list = JSON.parse(run(['api-key', 'list', '--tenant', 'harbor', '--json', ...host.words]));
    assert.ok(list.some((one) => one.id === programs.harbor.id && one.revoked_at === null));
    assert.ok(list.some((one) => one.revoked_at !== null));
    assert.ok(!JSON.stringify(list).includes(programs.harbor.key.slice('lvk_'.length + 23)), 'the secret is nowhere');
    assert.throws(() => run(['api-key', 'create', '--tenant', 'harbor', '--name', 'x', '--scopes', 'everything', ...host.words]), (error) => error.status === 64 && /accounts:read/.test(error.stderr));
    assert.throws(() => run(['api-key', 'revoke', programs.lumen.id, '--tenant', 'harbor', ...host.words]), (error) => error.status === 1);
});

test('the books hold, and every operation was called', () => {
    assert.match(run(['verify', ...host.words]), /ok/);
    assert.deepEqual(checker.never(), []);
});
