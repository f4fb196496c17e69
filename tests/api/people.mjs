// The contacts and addresses of an account; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Client } from '../e2e/host.mjs';
import { Program } from './program.mjs';

export function people(world) {
    test('contacts are added, changed and removed, and the subscriber sees each at once', async () => {
        const { host, checker, programs } = world();
        const p = programs.harbor;
        const person = new Client(host, 'harbor');
        await person.signIn();
        const profile = async () => (await person.get('/profile')).text;
        const [invoice] = JSON.parse((await person.get(`/invoices/export?from=2020-01-01&to=2099-12-31&format=json`)).text).documents;
        const path = `/api/v1/accounts/${invoice.account}/contacts`;
        const before = await p.all(path, 1);
        assert.ok(before.some((one) => one.role === 'owner'), 'who registered is one');
        await profile();

        const made = await p.call('POST', path, { body: { name: 'Ida Tamm', email: 'ida@seeblick.example', role: 'billing' } });
        assert.equal(made.status, 201, made.text);
        const { id } = made.json;
        assert.deepEqual(made.json, { id, name: 'Ida Tamm', email: 'ida@seeblick.example', role: 'billing' });
        assert.match(await profile(), /ida@seeblick\.example/);
        assert.deepEqual(await p.all(path, 1), [made.json, ...before], 'the newest first, page by page');
        const changed = await p.call('PATCH', `${path}/${id}`, { body: { role: 'technical', name: 'Ida Tamm-Wulf' } });
        assert.deepEqual([changed.status, changed.json], [200, { ...made.json, role: 'technical', name: 'Ida Tamm-Wulf' }]);
        assert.deepEqual((await p.get(`${path}/${id}`)).json, changed.json);
        assert.match(await profile(), /Ida Tamm-Wulf/);

        const refused = async (method, address, body, field, code) => {
            const response = await p.call(method, address, { body });
            assert.deepEqual([response.status, response.json.errors?.[0].field], [422, field], response.text);
            assert.ok(response.json.errors[0].code === code && response.json.errors[0].detail, response.text);
        };
        const whole = { name: 'A', email: 'a@b.example', role: 'viewer' };
        for (const [body, field, code] of [[{ ...whole, name: '' }, 'name', 'name'], [{ ...whole, email: 'nobody' }, 'email', 'email'], [{ ...whole, role: 'boss' }, 'role', 'no_such_word'],
            [{ ...whole, login: 'a' }, 'login', 'unknown_member'], [{ email: 'a@b.example', role: 'viewer' }, 'name', 'missing'], [{ ...whole, name: 'a\u0007b' }, 'name', 'too_long']])
            await refused('POST', path, body, field, code);
        await refused('PATCH', `${path}/${id}`, { email: 'a b@c' }, 'email', 'email');
        // Characters are counted, whatever they take in bytes.
        for (const letter of ['ع', '王']) {
            const longest = await p.call('PATCH', `${path}/${id}`, { body: { name: letter.repeat(120) } });
            assert.deepEqual([longest.status, longest.json.name], [200, letter.repeat(120)], longest.text);
            assert.match(await profile(), new RegExp(`${letter}{120}`));
            const longer = await p.call('PATCH', `${path}/${id}`, { body: { name: letter.repeat(121) } });
            assert.deepEqual([longer.status, longer.json.errors?.[0].field], [422, 'name'], longer.text);
        }
        assert.equal((await p.call('PATCH', `${path}/${id}`, { body: { name: changed.json.name } })).status, 200);
        assert.deepEqual((await p.get(`${path}/${id}`)).json, changed.json, 'what was refused left nothing');

        // Only by its own account, and only with the right to it.
        const others = (await p.all('/api/v1/accounts', 100)).find((one) => one.id !== invoice.account).id;
        for (const [method, options] of [['GET', {}], ['PATCH', { body: { name: 'x' } }], ['DELETE', {}]]) {
            for (const response of [await p.call(method, `/api/v1/accounts/${others}/contacts/${id}`, options), await programs.lumen.call(method, `${path}/${id}`, options), await p.call(method, `${path}/con_${'1'.repeat(22)}`, options)])
                assert.deepEqual([response.status, response.json.code], [404, 'not_found']);
        }
        assert.equal((await programs.lumen.get(path)).status, 404);
        assert.equal((await programs.lumen.call('POST', path, { body: whole })).status, 404);
        const reader = new Program(host, checker, 'harbor', 'accounts:read');
        assert.equal((await reader.call('DELETE', `${path}/${id}`)).json.code, 'missing_scope');
        assert.equal((await reader.get(`${path}/${id}`)).status, 200);

        const gone = await p.call('DELETE', `${path}/${id}`);
        assert.deepEqual([gone.status, gone.json], [200, changed.json]);
        assert.equal((await p.get(`${path}/${id}`)).status, 404);
        assert.equal((await p.call('DELETE', `${path}/${id}`)).status, 404);
        assert.doesNotMatch(await profile(), /Ida Tamm/);
        assert.deepEqual(await p.all(path), before);
    });

    test('an address is changed and removed; what was issued keeps what it says', async () => {
        const { programs } = world();
        const p = programs.harbor;
        const made = await p.call('POST', '/api/v1/accounts', { body: { name: 'Speicher 7', customer_class: 'consumer', address: { line1: 'Kai 7', postal_code: '24103', city: 'Kiel', country: 'DE' } } });
        const account = made.json.id;
        const charge = async () => (await p.call('POST', '/api/v1/invoices', { body: { account, currency: 'EUR', lines: [{ text: 'Termin', unit_price: '100' }] } })).json;
        const german = await charge();
        assert.equal(german.tax.amount, 1900);
        const path = `/api/v1/accounts/${account}/addresses`;
        const [first] = made.json.addresses;
        const moved = await p.call('PATCH', `${path}/${first.id}`, { body: { line1: 'Rampe 2', label: 'Speicher' } });
        assert.deepEqual([moved.status, moved.json.addresses], [200, [{ ...first, line1: 'Rampe 2', label: 'Speicher' }]]);
        const second = (await p.call('POST', path, { body: { label: 'Büro', line1: 'Hof 1', postal_code: '24103', city: 'Kiel', country: 'DE' } })).json.addresses[1];
        const taken = await p.call('PATCH', `${path}/${second.id}`, { body: { label: 'speicher' } });
        assert.deepEqual([taken.status, taken.json.errors[0].field, taken.json.errors[0].code], [422, 'label', 'label_taken']);
        const empty = await p.call('PATCH', `${path}/${second.id}`, { body: { city: '' } });
        assert.deepEqual([empty.status, empty.json.errors[0].field], [422, 'city']);
        const others = (await p.all('/api/v1/accounts', 100)).find((one) => one.id !== account).id;
        for (const [method, options] of [['PATCH', { body: { city: 'Kiel' } }], ['DELETE', {}]]) {
            for (const response of [await p.call(method, `/api/v1/accounts/${others}/addresses/${first.id}`, options), await programs.lumen.call(method, `${path}/${first.id}`, options)])
                assert.deepEqual([response.status, response.json.code], [404, 'not_found']);
        }
        const left = await p.call('DELETE', `${path}/${second.id}`);
        assert.deepEqual([left.status, left.json.addresses.map((one) => one.line1)], [200, ['Rampe 2']]);
        assert.equal((await p.call('DELETE', `${path}/${second.id}`)).status, 404);
        const only = await p.call('DELETE', `${path}/${first.id}`);
        assert.deepEqual([only.status, only.json.code], [409, 'only_address'], only.text);
        assert.match(only.json.detail, /einzige Adresse/);
        assert.deepEqual((await p.get(`/api/v1/accounts/${account}`)).json.addresses, left.json.addresses);
        assert.deepEqual((await p.get(`/api/v1/invoices/${german.id}`)).json, german);
    });
}
