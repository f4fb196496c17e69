// The people who work in the console; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';

export function staff(world) {
    test('staff is invited, changed and closed by a program, and never without an owner', async () => {
        const { host, programs } = world();
        const p = programs.harbor;
        const before = await p.all('/api/v1/staff', 1);
        assert.deepEqual(before.map((one) => one.roles), [['owner'], ['agent'], ['billing']], 'page by page, by the time they came');
        const [owner] = before;
        assert.deepEqual((await p.get(`/api/v1/staff/${owner.id}`)).json, owner);

        const body = { email: 'onno@harbor-wifi.example', name: 'Onno Wolters', roles: ['agent', 'billing'], language: 'en' };
        const made = await p.call('POST', '/api/v1/staff', { body });
        assert.equal(made.status, 201, made.text);
        const { id } = made.json;
        assert.deepEqual({ ...made.json, created_at: '' }, { id, email: body.email, name: body.name, state: 'invited', roles: ['agent', 'billing'], second_factor: false, created_at: '' });
        const letter = await host.mailTo(body.email);
        assert.match(letter.plain, /You are invited/, 'in the language that was asked for');
        const [link] = /http:\/\/harbor\.localhost:\d+\/console\/invitation\?token=[\w-]+/.exec(letter.plain);
        assert.ok(!made.text.includes(link.split('token=')[1]), 'the link goes to the person alone');

        const path = `/api/v1/staff/${id}`;
        const changed = await p.call('PATCH', path, { body: { roles: ['billing'], closed: true } });
        assert.deepEqual([changed.json.roles, changed.json.state], [['billing'], 'closed'], changed.text);
        assert.equal((await host.ask({ host: 'harbor.localhost', path: link.slice(link.indexOf('/console')) })).text.includes('type="password"'), false, 'a closed invitation opens nothing');
        assert.deepEqual((await p.call('PATCH', path, { body: { closed: false } })).json.state, 'invited');

        const refused = async (method, address, wrong, field, code) => {
            const response = await p.call(method, address, { body: wrong });
            assert.deepEqual([response.status, response.json.errors?.[0].field, response.json.errors?.[0].code], [422, field, code], response.text);
            assert.ok(response.json.errors[0].detail, response.text);
        };
        for (const [wrong, field, code] of [[{ ...body, email: 'nobody' }, 'email', 'email'], [{ ...body, email: owner.email }, 'email', 'email_taken'],
            [{ ...body, name: ' ' }, 'name', 'name'], [{ ...body, roles: ['boss'] }, 'roles', 'unknown_role'], [{ ...body, power: 1 }, 'power', 'unknown_member']])
            await refused('POST', '/api/v1/staff', wrong, field, code);
        await refused('PATCH', path, { roles: ['boss'] }, 'roles', 'unknown_role');
        for (const last of [{ roles: ['agent'] }, { closed: true }]) {
            const response = await p.call('PATCH', `/api/v1/staff/${owner.id}`, { body: last });
            assert.deepEqual([response.status, response.json.code], [409, 'last_owner'], response.text);
        }
        assert.deepEqual((await p.get(`/api/v1/staff/${owner.id}`)).json, owner, 'what was refused left nothing');

        for (const response of [await programs.lumen.get(path), await programs.lumen.call('PATCH', path, { body: { closed: true } }), await p.get(`/api/v1/staff/usr_${'1'.repeat(22)}`)])
            assert.deepEqual([response.status, response.json.code], [404, 'not_found']);
    });
}
