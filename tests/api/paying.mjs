// Money that came another way, written down by a program; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';

export function paying(world) {
    test('money by hand settles what is owed, once, and has a receipt', async () => {
        const { programs } = world();
        const p = programs.harbor;
        const euro = (amount) => ({ amount, currency: 'EUR' });
        const account = (await p.call('POST', '/api/v1/accounts', { body: { name: 'Kranhaus', customer_class: 'consumer', address: { line1: 'Kai 4', postal_code: '24103', city: 'Kiel', country: 'DE' } } })).json.id;
        const invoice = (await p.call('POST', '/api/v1/invoices', { body: { account, currency: 'EUR', lines: [{ text: 'Ortstermin', unit_price: '100' }] } })).json;
        const balance = async () => (await p.get(`/api/v1/invoices/${invoice.id}`)).json.balance.amount;
        const pay = (body) => p.call('POST', '/api/v1/payments', { body: { account, ...body } });

        const part = await pay({ amount: euro(1900), reference: 'TRF-77', invoice: invoice.id });
        assert.equal(part.status, 201, part.text);
        assert.deepEqual([part.json.state, part.json.processed, part.json.parts], ['captured', euro(1900), [{ invoice: invoice.id, amount: euro(1900) }]]);
        assert.match(part.json.receipt, /^RC-\d{4}-\d{6}$/);
        assert.equal(await balance(), 10000);
        const again = await pay({ amount: euro(1900), reference: 'TRF-77' });
        assert.deepEqual([again.status, await balance()], [409, 10000], 'the same transfer twice');
        for (const wrong of [{ amount: euro(0), reference: 'x' }, { amount: euro(-5), reference: 'x' }, { amount: euro(5), reference: 'two words' }])
            assert.equal((await pay(wrong)).status, 422, JSON.stringify(wrong));

        const rest = await pay({ amount: euro(12000), reference: 'TRF-78' });
        assert.deepEqual([rest.status, await balance()], [201, 0], 'the oldest first, the rest is credit');
        assert.deepEqual((await p.get(`/api/v1/payments/${rest.json.id}`)).json, rest.json);
        const list = await p.all(`/api/v1/payments?account=${account}`, 1);
        assert.deepEqual(list.map((one) => one.id), [rest.json.id, part.json.id], 'the newest first');
        assert.equal((await programs.northwind.get(`/api/v1/payments/${rest.json.id}`)).status, 404);
    });
}
