// What is owed, and what corrects it; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Client } from '../e2e/host.mjs';
import { Program } from './program.mjs';

const sum = (list, of) => list.reduce((total, one) => total + of(one).amount, 0);

export function corrections(world) {
    test('what is owed is charged, credited, corrected, void and written off, and the books follow', async () => {
        const { host, checker, programs } = world();
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

    test('a credit note says what it was used for, to programs and to its subscriber', async () => {
        const { host, programs } = world();
        const p = programs.harbor;
        const euro = (amount) => ({ amount, currency: 'EUR' });
        const person = new Client(host, 'harbor');
        await person.signIn();
        const [own] = JSON.parse((await person.get('/invoices/export?from=2020-01-01&to=2099-12-31&format=json')).text).documents;
        const charged = await p.call('POST', '/api/v1/invoices', { body: { account: own.account, currency: 'EUR', lines: [{ text: 'Montage', unit_price: '50' }] } });
        const invoice = charged.json;
        const note = (await p.call('POST', '/api/v1/credit-notes', { body: { invoice: invoice.id, amount: euro(1000) } })).json;
        assert.deepEqual([note.status, note.set_off], ['credited', [{ invoice: invoice.id, amount: euro(1000) }]]);
        assert.deepEqual((await p.get(`/api/v1/credit-notes/${note.id}`)).json, note);

        // Never paid, and nothing of it is due.
        const page = (await person.get(`/invoices/${note.id}`)).text;
        assert.match(page, /badge-credited/);
        assert.doesNotMatch(page, /badge-paid|>0[.,]00/);
        assert.match(page, new RegExp(`<a href="/invoices/${invoice.id}">[^<]*${invoice.number}</a></dt><dd class="amount">[^<]*10[.,]00`));
        // Nor in the list, where its row has nothing paid and nothing due.
        const [row] = (await person.get('/invoices?show=credit_notes')).text.split('<tr>').filter((one) => one.includes(note.number));
        assert.match(row, /badge-credited/);
        assert.doesNotMatch(row, /badge-paid|>0[.,]00/);
        // What its invoice came to, its rows say: 59.50 - 10.00.
        const invoiced = (await person.get(`/invoices/${invoice.id}`)).text;
        assert.match(invoiced, new RegExp(`<a href="/invoices/${note.id}">[^<]*${note.number}</a></dt><dd class="amount">[^<]*10[.,]00`));
        assert.match(invoiced, /class="sum">[^]*49[.,]50/);
        const bytes = (await person.get(`/invoices/${note.id}/pdf`)).bytes;
        assert.ok(bytes.length > 500);
        const table = (await person.get('/invoices/export?from=2020-01-01&to=2099-12-31&format=csv')).text.split('\r\n');
        assert.match(table[0], /,status$/);
        assert.ok(table.some((row) => row.includes(note.number) && row.endsWith(',credited')));

        // In the statement every row of a document names it, and leads to it.
        const day = note.issued_on;
        const statement = (await p.get(`/api/v1/accounts/${own.account}/statement?from=${day}&to=${day}`)).json;
        const entries = statement.currencies.flatMap((one) => one.entries);
        assert.deepEqual(entries.filter((one) => one.document === note.id).map((one) => one.number), [note.number]);
        assert.ok(entries.every((one) => (one.number === null) === (one.document === null)));
        const shown = (await person.get('/invoices/statement')).text;
        for (const one of [invoice, note]) assert.match(shown, new RegExp(`<a class="nowrap" href="/invoices/${one.id}">${one.number}</a>`));
    });
}
