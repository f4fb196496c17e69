// What programs read, page by page; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';

const sum = (list, of) => list.reduce((total, one) => total + of(one).amount, 0);

export function reading(world) {
    for (const tenant of ['harbor', 'northwind', 'lumen']) {
        test(`${tenant}: accounts, catalog, subscriptions, orders and invoices are read, page by page`, async () => {
            const { programs } = world();
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
                const { lines, set_off, ...rest } = invoice;
                assert.deepEqual(rest, listed);
                assert.deepEqual(set_off, [], 'only a credit note is set off');
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
}
