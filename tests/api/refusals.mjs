// Who gets nothing, and why; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Client } from '../e2e/host.mjs';
import { Program, run } from './program.mjs';

export function refusals(world) {
    test('a repeat with the same Idempotency-Key does nothing and gets the first answer', async () => {
        const { host, checker, programs } = world();
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
        const { host, checker, programs } = world();
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
        const { programs } = world();
        const p = programs.harbor;
        const [mine] = (await p.all('/api/v1/subscriptions', 100)).filter((one) => one.state === 'active');
        const stranger = (await p.all('/api/v1/accounts', 100)).find((one) => one.id !== mine.account).id;
        const response = await p.call('POST', `/api/v1/subscriptions/${mine.id}/changes`, { body: { account: stranger, change: 'cancel', when: 'now' } });
        assert.deepEqual([response.status, response.json.code], [404, 'not_found']);
        assert.deepEqual((await p.get(`/api/v1/subscriptions/${mine.id}`)).json, mine);
    });

    test('what is wrong with a request is said field by field, and nothing is done', async () => {
        const { host, programs } = world();
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
}
