// Drafts: written, lowered, made final, thrown away; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Program, run } from './program.mjs';

const euro = (amount) => ({ amount, currency: 'EUR' });

export function drafts(world) {
    const customer = async (p) => {
        const made = await p.call('POST', '/api/v1/accounts', { body: { name: 'Entwurf GmbH', customer_class: 'consumer', address: { line1: 'Kai 5', postal_code: '24103', city: 'Kiel', country: 'DE' } } });
        assert.equal(made.status, 201, made.text);
        return made.json.id;
    };
    const write = async (p, account, ...prices) => {
        const made = await p.call('POST', '/api/v1/drafts', { body: { account, currency: 'EUR', lines: prices.map((unit_price) => ({ text: 'Termin', unit_price })) } });
        assert.equal(made.status, 201, made.text);
        return made.json;
    };

    test('a draft is written, lowered both ways, and becomes the invoice that it shows', async () => {
        const { programs } = world();
        const p = programs.harbor;
        const account = await customer(p);
        const draft = await write(p, account, '100', '50');
        assert.deepEqual([draft.status, draft.net.amount, draft.tax.amount, draft.total.amount], ['draft', 15000, 2850, 17850]);
        assert.deepEqual((await p.get(`/api/v1/drafts/${draft.id}`)).json, draft);
        const { lines, ...listed } = draft;
        assert.deepEqual(await p.all(`/api/v1/drafts?account=${account}`, 1), [listed]);
        assert.ok((await p.all('/api/v1/drafts', 2)).some((one) => one.id === draft.id), 'of the whole tenant, too');
        assert.deepEqual(await p.all(`/api/v1/invoices?account=${account}`), [], 'nobody owes it');
        assert.equal((await p.get(`/api/v1/invoices/${draft.id}`)).status, 404);

        const granted = await p.call('POST', `/api/v1/drafts/${draft.id}/credit`, { body: { amount: euro(2000) } });
        assert.deepEqual([granted.status, granted.json.net.amount, granted.json.tax.amount], [200, 13000, 2850], 'a granted amount leaves the taxes');
        const reduced = await p.call('POST', `/api/v1/drafts/${draft.id}/credit`, { body: { amount: euro(3000), as: 'reduction' } });
        assert.deepEqual([reduced.status, reduced.json.net.amount, reduced.json.tax.amount], [200, 10000, 2280], 'a lower price lowers them');
        assert.deepEqual(reduced.json.lines.map((line) => line.discount.amount), [2000, 1000, 0]);

        const headers = { 'Idempotency-Key': 'final-once' };
        const final = await p.call('POST', `/api/v1/drafts/${draft.id}/finalize`, { headers });
        assert.deepEqual([final.status, final.json.id, final.json.kind, final.json.status, final.json.total.amount, final.json.balance.amount], [200, draft.id, 'invoice', 'open', 12280, 12280]);
        assert.match(final.json.number, /^INV-\d{4}-\d{6}$/);
        const again = await p.call('POST', `/api/v1/drafts/${draft.id}/finalize`, { headers });
        assert.deepEqual([again.text, again.headers['idempotent-replayed']], [final.text, 'true']);
        assert.deepEqual((await p.get(`/api/v1/invoices/${draft.id}`)).json, final.json);
        for (const response of [await p.get(`/api/v1/drafts/${draft.id}`), await p.call('POST', `/api/v1/drafts/${draft.id}/finalize`), await p.call('POST', `/api/v1/drafts/${draft.id}/credit`, { body: { amount: euro(1) } }), await p.call('DELETE', `/api/v1/drafts/${draft.id}`)])
            assert.deepEqual([response.status, response.json.code], [404, 'not_found'], 'it is no draft any more');
    });

    test('more credit than a draft comes to makes it a credit note; thrown away it leaves nothing', async () => {
        const { programs } = world();
        const p = programs.harbor;
        const account = await customer(p);
        const draft = await write(p, account, '10');
        assert.equal((await p.call('POST', `/api/v1/drafts/${draft.id}/credit`, { body: { amount: euro(2000) } })).status, 200);
        const note = await p.call('POST', `/api/v1/drafts/${draft.id}/finalize`);
        assert.deepEqual([note.json.kind, note.json.total.amount, note.json.account_credit.amount, note.json.status], ['credit_note', -810, 810, 'credited']);
        const other = await write(p, account, '10');
        const gone = await p.call('DELETE', `/api/v1/drafts/${other.id}`);
        assert.deepEqual([gone.status, gone.json], [200, other]);
        assert.deepEqual(await p.all(`/api/v1/drafts?account=${account}`), []);
        assert.equal((await p.all(`/api/v1/invoices?account=${account}`)).length, 0);
    });

    test('made final and thrown away at once it is one of both', async () => {
        const p = world().programs.harbor;
        const account = await customer(p);
        for (let round = 0; round < 12; round++) {
            const draft = await write(p, account, '10');
            const path = `/api/v1/drafts/${draft.id}`;
            const [final, gone] = await Promise.all([p.call('POST', `${path}/finalize`), p.call('DELETE', path)]);
            assert.deepEqual([final.status, gone.status].filter((status) => status === 200), [200], `${final.text} ${gone.text}`);
            assert.ok([404, 409].includes(final.status === 200 ? gone.status : final.status));
            const invoice = await p.get(`/api/v1/invoices/${draft.id}`);
            assert.deepEqual([invoice.status, invoice.json.status], final.status === 200 ? [200, 'open'] : [404, 404]);
        }
        assert.deepEqual(await p.all(`/api/v1/credit-notes?account=${account}`), []);
    });

    test('what is wrong with a draft is said, and nothing is done', async () => {
        const { host, checker, programs } = world();
        const p = programs.harbor;
        const account = await customer(p);
        const draft = await write(p, account, '10');
        const refused = async (path, body, status, code, field) => {
            const response = await p.call('POST', path, { body });
            assert.deepEqual([response.status, field ? response.json.errors?.[0].code : response.json.code], [status, code], response.text);
            if (field) assert.equal(response.json.errors[0].field, field);
            assert.doesNotMatch(response.text, /error\./, 'in words');
        };
        const credit = `/api/v1/drafts/${draft.id}/credit`;
        await refused(credit, { amount: euro(0) }, 422, 'amount', 'amount');
        await refused(credit, { amount: { amount: 100, currency: 'USD' } }, 422, 'amount', 'amount');
        await refused(credit, { amount: euro(1001), as: 'reduction' }, 422, 'more_than_left', 'amount');
        await refused(credit, { amount: euro(1), as: 'gift' }, 422, 'no_such_word', 'as');
        await refused('/api/v1/drafts', { account, currency: 'EUR', lines: [] }, 422, 'invalid', 'lines');
        await refused('/api/v1/drafts', { account, currency: 'EUR', lines: [{ text: 'x', unit_price: '1', tax_class: 'standrad' }] }, 422, 'no_such_tax_class', 'tax_class');
        await refused('/api/v1/drafts', { account: `acc_${'1'.repeat(22)}`, currency: 'EUR', lines: [{ text: 'x', unit_price: '1' }] }, 404, 'not_found');
        assert.deepEqual((await p.get(`/api/v1/drafts/${draft.id}`)).json, draft);
        const reader = new Program(host, checker, 'harbor', 'invoices:read');
        assert.equal((await reader.get(`/api/v1/drafts/${draft.id}`)).status, 200);
        for (const [method, path] of [['POST', '/finalize'], ['DELETE', '']])
            assert.equal((await reader.call(method, `/api/v1/drafts/${draft.id}${path}`)).json.code, 'missing_scope');
        for (const [method, path] of [['GET', ''], ['POST', '/finalize'], ['DELETE', '']])
            assert.equal((await programs.lumen.call(method, `/api/v1/drafts/${draft.id}${path}`)).status, 404);
    });

    test('staff find drafts, lower them and make them final by commands', async () => {
        const { host, programs } = world();
        const p = programs.harbor;
        const account = await customer(p);
        const draft = await write(p, account, '40');
        const words = ['--tenant', 'harbor', ...host.words];
        assert.ok(JSON.parse(run(['drafts', '--json', ...words])).some((one) => one.id === draft.id && one.total.amount === 4760));
        assert.match(run(['drafts', ...words]), new RegExp(`${draft.id}  ${account}.*47\\.60 EUR`));
        assert.equal(JSON.parse(run(['credit-draft', '--draft', draft.id, '--amount', '7.60', '--json', ...words])).total.amount, 4000);
        const final = run(['finalize-draft', '--draft', draft.id, ...words]);
        assert.match(final, /^INV-\d{4}-\d{6}: 40\.00 EUR\n$/);
        assert.deepEqual((await p.get(`/api/v1/invoices/${draft.id}`)).json.number, final.split(':')[0]);
        assert.throws(() => run(['finalize-draft', '--draft', draft.id, ...words]), (error) => error.status === 1 && /no such draft/.test(error.stdout));
    });
}
