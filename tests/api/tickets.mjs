// Tickets for a program of the tenant's own; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Client } from '../e2e/host.mjs';

export function tickets(world) {
    test('tickets are read, answered, changed, raised and merged by a program', async () => {
        const { host, programs } = world();
        const p = programs.harbor;
        const customer = new Client(host, 'harbor');
        await customer.signIn();
        const ask = async (subject) => {
            await customer.get('/tickets/new');
            const answer = await customer.postPatiently('/tickets/new', { subject, category: 'trouble', body: `${subject}!` });
            assert.equal(answer.status, 303, answer.text);
            return answer.headers.location.split('/').at(-1);
        };
        const [first, second] = [await ask('No light'), await ask('Still no light')];
        const listed = await p.all('/api/v1/tickets', 1);
        assert.deepEqual(listed.map((one) => one.id), [second, first], 'page by page, what moved last first');
        const due = await p.all('/api/v1/tickets?unsolved=true', 1);
        assert.deepEqual(due.map((one) => one.id), [first, second], 'what is due first');
        const path = `/api/v1/tickets/${first}`;
        const one = (await p.get(path)).json;
        assert.deepEqual([one.subject, one.state, one.queue, one.priority, one.about, one.merged_into], ['No light', 'new', 'care', 'high', null, null]);
        assert.ok(one.due_at > one.created_at);
        assert.deepEqual((await p.get('/api/v1/tickets?queue=billing')).json.data, []);

        const note = await p.call('POST', `${path}/messages`, { body: { body: 'The line is cut.', by: 'CRM', note: true } });
        assert.deepEqual([note.status, note.json.state], [200, 'new'], note.text);
        const answered = await p.call('POST', `${path}/messages`, { body: { body: 'Please restart it.', by: 'CRM', state: 'waiting_for_customer' } });
        assert.deepEqual([answered.status, answered.json.state], [200, 'waiting_for_customer'], answered.text);
        const talk = (await p.get(`${path}/messages`)).json.data;
        assert.deepEqual(talk.map((message) => [message.by, message.public, message.body]),
            [['customer', true, 'No light!'], ['staff', false, 'The line is cut.'], ['staff', true, 'Please restart it.']]);
        assert.ok(!(await customer.get(`/tickets/${first}`)).text.includes('The line is cut.'));

        const changed = await p.call('PATCH', path, { body: { by: 'CRM', priority: 'low', queue: 'billing', category: 'question', state: 'open' } });
        assert.deepEqual([changed.json.priority, changed.json.queue, changed.json.category, changed.json.state], ['low', 'billing', 'question', 'open'], changed.text);
        const raised = await p.call('POST', `${path}/escalate`, { body: { by: 'CRM' } });
        assert.deepEqual([raised.json.priority, raised.json.escalated_at === null], ['urgent', false], raised.text);
        assert.equal((await p.call('POST', `${path}/escalate`, { body: { by: 'CRM' } })).status, 409, 'once');

        for (const [way, body, field] of [['PATCH', { by: 'CRM', queue: 'nowhere' }, 'queue'], ['PATCH', { by: 'CRM', state: 'closed' }, 'state']]) {
            const refused = await p.call(way, path, { body });
            assert.deepEqual([refused.status, refused.json.errors?.[0].field], [422, field], refused.text);
        }
        const merge = (into) => p.call('POST', `/api/v1/tickets/${second}/merge`, { body: { by: 'CRM', into } });
        assert.deepEqual([(await merge(second)).status, (await merge(`tck_${'1'.repeat(22)}`)).status], [422, 422]);
        const merged = await merge(first);
        assert.deepEqual([merged.status, merged.json.id], [200, first], merged.text);
        assert.deepEqual([(await p.get(`/api/v1/tickets/${second}`)).json.merged_into, (await p.get(`${path}/messages`)).json.data.length], [first, 4]);
        assert.equal((await merge(first)).status, 409, 'it goes on there already');
        for (const address of [path, `${path}/messages`]) assert.equal((await programs.lumen.get(address)).status, 404);
        for (const [way, address, body] of [['PATCH', path, { by: 'x', state: 'open' }], ['POST', `${path}/messages`, { by: 'x', body: 'x' }], ['POST', `${path}/escalate`, { by: 'x' }]])
            assert.equal((await programs.lumen.call(way, address, { body })).status, 404, address);
    });
}
