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
        // The demo brings some of others.
        const { account } = (await p.get(`/api/v1/tickets/${first}`)).json;
        const ours = async (query) => (await p.all(`/api/v1/tickets${query}`, 1)).filter((found) => found.account === account);
        const listed = await ours('');
        assert.deepEqual(listed.map((one) => one.id), [second, first], 'page by page, what moved last first');
        const due = await ours('?unsolved=true');
        assert.deepEqual(due.map((one) => one.id), [first, second], 'what is due first');
        const path = `/api/v1/tickets/${first}`;
        const one = (await p.get(path)).json;
        assert.deepEqual([one.subject, one.state, one.queue, one.priority, one.about, one.merged_into], ['No light', 'new', 'care', 'high', null, null]);
        assert.ok(one.due_at > one.created_at);
        assert.deepEqual(await ours('?queue=billing'), []);
        assert.deepEqual((await p.get('/api/v1/tickets?queue=billing')).json.data.map((found) => found.state), ['solved'], 'the one of the demo');
        const ids = async (query) => (await ours(`?${query}`)).map((found) => found.id);
        assert.deepEqual([await ids(`account=${one.account}`), await ids(`account=${one.account}&state=solved`)], [[second, first], []]);
        assert.deepEqual(await ids(`account=${one.account}&assignee=nobody&unsolved=true`), [second, first]);
        assert.equal((await p.get('/api/v1/tickets?account=acc_1')).json.errors[0].field, 'account');

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
        const [member] = (await p.get('/api/v1/staff')).json.data;
        const give = (assignee) => p.call('PATCH', path, { body: { by: 'CRM', assignee } });
        assert.equal((await give(member.id)).json.assignee, member.id);
        assert.deepEqual([await ids(`assignee=${member.id}`), await ids('assignee=nobody')], [[first], [second]]);
        assert.equal((await give(null)).json.assignee, null);
        for (const nobody of [`usr_${'1'.repeat(22)}`, (await programs.lumen.get('/api/v1/staff')).json.data[0].id]) assert.equal((await give(nobody)).json.errors[0].field, 'assignee');
        const raised = await p.call('POST', `${path}/escalate`, { body: { by: 'CRM' } });
        assert.deepEqual([raised.json.priority, raised.json.escalated_at === null], ['urgent', false], raised.text);
        assert.equal((await p.call('POST', `${path}/escalate`, { body: { by: 'CRM' } })).status, 409, 'once');

        const watch = (way, email) => p.call('POST', `${path}/watchers${way}`, { body: { by: 'CRM', email } });
        assert.deepEqual((await watch('', 'wanda@else.example')).json.data, [{ email: 'wanda@else.example' }]);
        assert.equal((await watch('', 'nobody')).json.errors[0].field, 'email');
        assert.deepEqual((await p.get(`${path}/watchers`)).json.data.length, 1);
        assert.deepEqual((await watch('/remove', 'wanda@else.example')).json.data, []);
        assert.equal((await watch('/remove', 'wanda@else.example')).status, 404);
        assert.equal((await p.get(path)).json.rating, null);
        const split = (messages) => p.call('POST', `${path}/split`, { body: { by: 'CRM', subject: 'The note', messages } });
        assert.equal((await split([])).status, 422);
        assert.equal((await split([talk[1].id])).json.errors[0].field, 'messages', 'its customer sees the new one, and a note is not for them');
        const part = await split([talk[1].id, talk[2].id]);
        assert.deepEqual([part.json.follows, part.json.subject], [first, 'The note'], part.text);
        assert.deepEqual((await p.get(`/api/v1/tickets/${part.json.id}/messages`)).json.data.map((message) => message.id), [talk[1].id, talk[2].id]);
        const wish = { account: one.account, subject: 'By telephone', category: 'question', body: 'They called.', by: 'Telephone', about: { kind: 'invoice', id: (await p.get(`/api/v1/invoices?account=${one.account}`)).json.data[0].id } };
        const opened = await p.call('POST', '/api/v1/tickets', { body: wish });
        assert.deepEqual([opened.status, opened.json.about], [201, wish.about], opened.text);
        for (const [wrong, field] of [[{ account: `acc_${'1'.repeat(22)}` }, 'account'], [{ category: 'nothing' }, 'category'], [{ about: { kind: 'invoice', id: `inv_${'1'.repeat(22)}` } }, 'about']]) {
            const refused = await p.call('POST', '/api/v1/tickets', { body: { ...wish, ...wrong } });
            assert.deepEqual([refused.status, refused.json.errors?.[0].field], [422, field], refused.text);
        }
        const picture = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
        const sent = await p.call('POST', `/api/v1/tickets/${opened.json.id}/messages`, { body: { body: 'With a paper.', by: 'CRM', attachments: [{ name: 'note.pdf', content: picture.toString('base64') }] } });
        assert.equal(sent.status, 200, sent.text);
        const [file] = (await p.get(`/api/v1/tickets/${opened.json.id}/messages`)).json.data.at(-1).attachments;
        const kept = await p.get(`/api/v1/tickets/${opened.json.id}/attachments/${file.id}`);
        assert.deepEqual([kept.status, file.name], [200, 'note.pdf'], kept.text);
        assert.equal((await programs.lumen.get(`/api/v1/tickets/${opened.json.id}/attachments/${file.id}`)).status, 404);
        for (const [way, body, field] of [['PATCH', { by: 'CRM', queue: 'nowhere' }, 'queue'], ['PATCH', { by: 'CRM', state: 'closed' }, 'state']]) {
            const refused = await p.call(way, path, { body });
            assert.deepEqual([refused.status, refused.json.errors?.[0].field], [422, field], refused.text);
        }
        const merge = (into) => p.call('POST', `/api/v1/tickets/${second}/merge`, { body: { by: 'CRM', into } });
        assert.deepEqual([(await merge(second)).status, (await merge(`tck_${'1'.repeat(22)}`)).status], [422, 422]);
        const merged = await merge(first);
        assert.deepEqual([merged.status, merged.json.id], [200, first], merged.text);
        assert.deepEqual([(await p.get(`/api/v1/tickets/${second}`)).json.merged_into, (await p.get(`${path}/messages`)).json.data.length], [first, 2]);
        assert.equal((await merge(first)).status, 409, 'it goes on there already');
        assert.equal((await p.call('PATCH', path, { body: { by: 'CRM', state: 'solved' } })).json.state, 'solved');
        const events = await p.all('/api/v1/events', 2);
        const of = (id) => events.filter((event) => event.about === id).map((event) => [event.name, event.facts.by]);
        assert.deepEqual(of(first), [['ticket.created', 'customer'], ['ticket.replied', 'staff'], ['ticket.solved', 'staff']], 'a note is none');
        assert.deepEqual([of(second), of(part.json.id)], [[['ticket.created', 'customer']], [['ticket.created', 'staff']]]);
        assert.deepEqual(events.map((event) => event.number), events.map((_, i) => i + 1), 'without gaps');
        const last = events.at(-1).number;
        assert.deepEqual((await p.get(`/api/v1/events?after=${last}`)).json.data, []);
        await ask('And one more');
        assert.deepEqual((await p.get(`/api/v1/events?after=${last}`)).json.data.map((event) => [event.number, event.name, event.facts.state]), [[last + 1, 'ticket.created', 'new']]);
        assert.equal((await p.get('/api/v1/events?after=x')).status, 422);
        assert.deepEqual((await programs.lumen.get('/api/v1/events')).json.data.filter((event) => event.about === first), []);
        for (const address of [path, `${path}/messages`, `${path}/watchers`]) assert.equal((await programs.lumen.get(address)).status, 404);
        for (const [way, address, body] of [['PATCH', path, { by: 'x', state: 'open' }], ['POST', `${path}/messages`, { by: 'x', body: 'x' }], ['POST', `${path}/escalate`, { by: 'x' }]])
            assert.equal((await programs.lumen.call(way, address, { body })).status, 404, address);
    });
    test('the desk and its agents are read and changed by a program, and macros applied', async () => {
        const { host, programs } = world();
        const p = programs.harbor;
        const desk = (await p.get('/api/v1/ticket-desk')).json;
        assert.deepEqual(desk.queues, [{ id: 'billing', label: 'Buchhaltung' }, { id: 'care', label: 'Kundendienst' }]);
        assert.deepEqual(desk.categories.find((one) => one.id === 'trouble'), { id: 'trouble', label: 'Etwas funktioniert nicht', queue: 'care', priority: 'high' });
        assert.deepEqual([desk.macros.map((one) => one.id), desk.skills.map((one) => one.id)], [['ask', 'hand_on', 'mend'], ['billing', 'technical']]);
        const agents = async () => (await p.get('/api/v1/ticket-agents')).json.data;
        const [agent] = await agents();
        assert.deepEqual([agent.skills, agent.away], [[], false]);
        const path = `/api/v1/ticket-agents/${agent.id}`;
        const change = (body) => p.call('PATCH', path, { body: { by: 'Rota', ...body } });
        const changed = await change({ skills: ['billing'], languages: ['de', 'en'], away: true });
        assert.deepEqual([changed.json.skills, changed.json.languages, changed.json.away], [['billing'], ['de', 'en'], true], changed.text);
        assert.deepEqual((await agents()).find((one) => one.id === agent.id), changed.json);
        assert.deepEqual((await change({ away: false })).json, { ...changed.json, away: false }, 'what is not there stays');
        for (const [body, field] of [[{ skills: ['magic'] }, 'skills'], [{ languages: ['xx'] }, 'languages']]) assert.equal((await change(body)).json.errors[0].field, field);
        for (const answer of [await programs.lumen.call('PATCH', path, { body: { by: 'x', away: true } }), await p.call('PATCH', `/api/v1/ticket-agents/usr_${'1'.repeat(22)}`, { body: { by: 'x', away: true } })]) assert.equal(answer.status, 404);
        assert.equal((await change({ skills: [] })).json.skills.length, 0);

        const { account } = (await p.get('/api/v1/subscriptions')).json.data[0];
        const { json: ticket } = await p.call('POST', '/api/v1/tickets', { body: { account, subject: 'A macro', category: 'trouble', body: 'Dark.', by: 'CRM' } });
        const apply = (macro) => p.call('POST', `/api/v1/tickets/${ticket.id}/macro`, { body: { by: 'Robo', macro } });
        assert.equal((await apply('none')).json.errors[0].field, 'macro');
        assert.equal((await apply('mend')).json.state, 'solved');
        const { name } = (await p.get(`/api/v1/accounts/${account}`)).json;
        const said = (await p.get(`/api/v1/tickets/${ticket.id}/messages`)).json.data.at(-1).body;
        assert.ok(said.includes(name) && said.includes('Robo'), said);
        assert.equal((await programs.lumen.call('POST', `/api/v1/tickets/${ticket.id}/macro`, { body: { by: 'x', macro: 'mend' } })).status, 404);
        assert.match(host.sql("SELECT action FROM audit_entry WHERE tenant_id = 'harbor' AND action LIKE 'agent.%'"), /agent\.changed/);
    });

    test('a program writes down what a customer disputes, and decides it', async () => {
        const { programs } = world();
        const p = programs.harbor;
        const { account } = (await p.get('/api/v1/subscriptions')).json.data[0];
        const charged = await p.call('POST', '/api/v1/invoices', { body: { account, currency: 'EUR', lines: [{ text: 'Visit', unit_price: '80' }, { text: 'Cable', unit_price: '10' }] } });
        assert.equal(charged.status, 201, charged.text);
        const [visit, cable] = charged.json.lines;
        const balance = async () => (await p.get(`/api/v1/invoices/${charged.json.id}`)).json.balance.amount;
        const owed = await balance();
        const paper = { name: 'proof.txt', content: Buffer.from('Nobody came.').toString('base64') };
        const wish = (line, more = {}) => ({ account, subject: 'Not owed', category: 'invoice', body: 'Nobody came.', by: 'Telephone', about: { kind: 'invoice_line', id: line.id }, dispute: true, ...more });
        const open = (body) => p.call('POST', '/api/v1/tickets', { body });
        const opened = await open(wish(visit, { attachments: [paper] }));
        assert.equal(opened.status, 201, opened.text);
        const path = `/api/v1/tickets/${opened.json.id}`;
        const amount = visit.net.amount + visit.tax.amount;
        assert.deepEqual((await p.get(path)).json.dispute, { amount: { amount, currency: 'EUR' }, outcome: 'undecided' });
        assert.equal((await p.get(`${path}/messages`)).json.data[0].attachments[0].name, 'proof.txt');
        assert.equal((await open(wish(visit))).status, 409, 'once');
        for (const [wrong, field] of [[{ about: { kind: 'invoice', id: charged.json.id } }, 'dispute'], [{ about: { kind: 'invoice_line', id: `ivl_${'1'.repeat(22)}` } }, 'about'], [{ attachments: [{ name: 'x.txt', content: '***' }] }, 'attachments']])
            assert.equal((await open(wish(cable, wrong))).json.errors?.[0].field, field);
        assert.equal((await p.call('PATCH', path, { body: { by: 'CRM', state: 'solved' } })).status, 409, 'undecided, it is not over');

        const decide = (of, body) => p.call('POST', `/api/v1/tickets/${of}/decision`, { body: { by: 'CRM', answer: 'We have looked.', ...body } });
        assert.equal((await decide(opened.json.id, { customer_is_right: true, answer: ' ' })).json.errors[0].field, 'answer');
        assert.equal((await programs.lumen.call('POST', `${path}/decision`, { body: { by: 'x', answer: 'x', customer_is_right: true } })).status, 404);
        const right = await decide(opened.json.id, { customer_is_right: true });
        assert.deepEqual([right.status, right.json.state], [200, 'solved'], right.text);
        assert.equal((await p.get(path)).json.dispute.outcome, 'right');
        assert.equal(await balance(), owed - amount, 'there is a credit note');
        assert.equal((await decide(opened.json.id, { customer_is_right: true })).status, 409, 'once');
        const other = (await open(wish(cable))).json;
        assert.equal((await decide(other.id, { customer_is_right: false })).json.state, 'solved');
        assert.deepEqual([(await p.get(`/api/v1/tickets/${other.id}`)).json.dispute.outcome, await balance()], ['wrong', owed - amount], 'it is owed');
    });
}
