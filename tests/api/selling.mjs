// What programs sell and change; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Client, LOGINS } from '../e2e/host.mjs';
import { PLANS } from '../e2e/shopping.mjs';

const inDays = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);
const sum = (list, of) => list.reduce((total, one) => total + of(one).amount, 0);

export function selling(world) {
    test('an account is made, given an address, changed, and buys; the subscriber reads the same', async () => {
        const { programs } = world();
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
        const { host, programs } = world();
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
        const { programs } = world();
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
        const { host, programs } = world();
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
}
