// The desk at the command line: each step of the console's, with its refusals.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, startHost } from './host.mjs';
import { inside, listStaff, livery } from './staff.mjs';

let host, client;
before(async () => { host = await startHost(); client = new Client(host, 'northwind'); await client.signIn(); });
after(async () => { await host?.stop(); });

const run = (name, ...words) => livery(host, name, '--tenant', 'northwind', ...words);
const json = (name, ...words) => JSON.parse(run(name, ...words, '--json'));
const refused = (code, pattern, name, ...words) => assert.throws(() => run(name, ...words), (error) => error.status === code && pattern.test(error.stdout + error.stderr), `${name} ${words.join(' ')}`);
const by = ['--by', 'J. Roe'];
const nowhere = `tck_${'1'.repeat(22)}`;
async function ask(subject) {
    await client.get('/tickets/new');
    const answer = await client.postPatiently('/tickets/new', { subject, category: 'question', body: `${subject}!` });
    return answer.headers.location.split('/').at(-1);
}

test('tickets are listed, changed, given and raised', async () => {
    await inside(host, 'northwind', 'rita@northwind.example', 'agent', 'Rita Desk');
    const [first, second] = [await ask('One'), await ask('Two')];
    const { account } = json('show-ticket', '--ticket', first);
    assert.deepEqual(json('list-tickets', '--account', account).map((one) => one.ticket), [second, first]);
    assert.deepEqual(json('list-tickets', '--unsolved').filter((one) => one.account === account).map((one) => one.ticket).sort(), [first, second].sort());
    assert.ok(json('list-tickets').some((one) => one.state === 'solved'), 'the demo brings some');
    assert.ok(!json('list-tickets', '--unsolved').some((one) => one.state === 'solved'));
    assert.deepEqual(json('list-tickets', '--account', `acc_${'1'.repeat(22)}`), []);
    assert.match(run('list-tickets', '--state', 'closed'), /There are none/);
    const agent = listStaff(host, 'northwind').find((one) => one.state === 'active');
    const changed = json('change-ticket', '--ticket', first, ...by, '--priority', 'low', '--assignee', agent.id, '--state', 'waiting_for_customer');
    assert.deepEqual([changed.priority, changed.assignee, changed.state], ['low', agent.id, 'waiting_for_customer']);
    assert.equal(json('change-ticket', '--ticket', first, ...by, '--assignee', 'nobody').assignee, null);
    refused(1, /priority: There is no such priority/, 'change-ticket', '--ticket', first, ...by, '--priority', 'soon');
    refused(1, /assignee: Nobody of this id/, 'change-ticket', '--ticket', first, ...by, '--assignee', `usr_${'1'.repeat(22)}`);
    refused(64, /--assignee/, 'change-ticket', '--ticket', first, ...by, '--assignee', 'J. Roe');
    refused(64, /--state/, 'change-ticket', '--ticket', first, ...by, '--state', 'done');
    refused(1, /no such account, ticket or agent/, 'change-ticket', '--ticket', nowhere, ...by, '--priority', 'low');
    assert.equal(json('escalate-ticket', '--ticket', second, ...by).priority, 'urgent');
    refused(1, /faster/, 'escalate-ticket', '--ticket', second, ...by);
});

test('agents are listed and changed, macros applied', async () => {
    const [agent] = json('list-agents');
    assert.match(run('list-agents'), new RegExp(`${agent.agent}  ${agent.email}  there`));
    const change = (...words) => json('change-agent', '--agent', agent.agent, ...by, ...words)[0];
    assert.deepEqual(change('--skills', 'billing', '--away'), { ...agent, skills: ['billing'], away: true });
    assert.deepEqual(change('--there', '--skills', ''), { ...agent, skills: [], away: false });
    refused(1, /skills: There is no such skill/, 'change-agent', '--agent', agent.agent, ...by, '--skills', 'magic');
    refused(1, /languages: The tenant does not speak/, 'change-agent', '--agent', agent.agent, ...by, '--languages', 'xx');
    refused(64, /--away or --there/, 'change-agent', '--agent', agent.agent, ...by, '--away', '--there');
    refused(1, /ticket or agent/, 'change-agent', '--agent', `usr_${'1'.repeat(22)}`, ...by, '--away');
    const ticket = await ask('By a macro');
    refused(1, /no such macro/, 'apply-macro', '--ticket', ticket, '--macro', 'none', ...by);
    refused(1, /ticket or agent/, 'apply-macro', '--ticket', nowhere, '--macro', 'mend', ...by);
    assert.equal(json('apply-macro', '--ticket', ticket, '--macro', 'mend', ...by).state, 'solved');
    assert.match((await client.get(`/tickets/${ticket}`)).text, /J\. Roe/);
});

test('files go out and come in; messages are split off, tickets merged, others told', async () => {
    const ticket = await ask('Papers');
    const paper = join(host.folder, 'offer.txt');
    writeFileSync(paper, 'Nothing for nothing.\n');
    json('answer-ticket', '--ticket', ticket, ...by, '--body', 'See the paper.', '--file', paper);
    json('answer-ticket', '--ticket', ticket, ...by, '--body', 'Ours.', '--note');
    const { messages } = json('show-ticket', '--ticket', ticket);
    const [{ attachment, name }] = messages[1].attachments;
    assert.equal(name, 'offer.txt');
    const saved = join(host.folder, 'saved.txt');
    run('save-ticket-file', '--ticket', ticket, '--attachment', attachment, '--file', saved);
    assert.equal(readFileSync(saved, 'utf8'), 'Nothing for nothing.\n');
    assert.match((await client.get(`/tickets/${ticket}`)).text, /offer\.txt/);
    refused(1, /no such file/, 'save-ticket-file', '--ticket', nowhere, '--attachment', attachment);
    refused(1, /file: This file cannot be read/, 'answer-ticket', '--ticket', ticket, ...by, '--body', 'x', '--file', join(host.folder, 'none'));
    writeFileSync(paper, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]));
    refused(1, /files: One of the files is damaged/, 'answer-ticket', '--ticket', ticket, ...by, '--body', 'x', '--file', paper);

    const part = json('split-ticket', '--ticket', ticket, '--messages', `${messages[1].message},${messages[2].message}`, '--subject', 'The paper', ...by);
    assert.deepEqual(json('show-ticket', '--ticket', part.ticket).messages.map((one) => one.body), ['See the paper.', 'Ours.']);
    refused(1, /messages: Choose at least one/, 'split-ticket', '--ticket', ticket, '--messages', messages[1].message, '--subject', 'x', ...by);
    refused(64, /--messages/, 'split-ticket', '--ticket', ticket, '--messages', 'all', '--subject', 'x', ...by);
    assert.equal(json('merge-ticket', '--ticket', part.ticket, '--into', ticket, ...by).ticket, ticket);
    assert.equal(json('show-ticket', '--ticket', ticket).messages.length, 3);
    refused(1, /faster/, 'merge-ticket', '--ticket', part.ticket, '--into', ticket, ...by);
    refused(1, /into: That is this ticket itself/, 'merge-ticket', '--ticket', ticket, '--into', ticket, ...by);

    assert.deepEqual(json('watch-ticket', '--ticket', ticket, '--email', 'wanda@else.example', ...by), ['wanda@else.example']);
    refused(1, /email: Enter/, 'watch-ticket', '--ticket', ticket, '--email', 'nobody', ...by);
    assert.deepEqual(json('watch-ticket', '--ticket', ticket, '--email', 'wanda@else.example', '--remove', ...by), []);
});

test('a line is disputed for a customer, and decided', async () => {
    const { documents } = JSON.parse((await client.get('/invoices/export?from=2020-01-01&to=2099-12-31&format=json')).text);
    const owed = documents.find((one) => one.kind === 'invoice' && one.balance.amount > 0);
    const line = owed.lines.find((one) => one.net.amount > 0);
    const words = ['--account', owed.account, '--category', 'invoice', '--subject', 'Not owed', '--body', 'Nobody came.', ...by, '--dispute'];
    refused(1, /dispute: It is about no line/, 'open-ticket', ...words, '--about', `invoice:${owed.id}`);
    const { ticket } = json('open-ticket', ...words, '--about', `invoice_line:${line.id}`);
    refused(1, /disputed already/, 'open-ticket', ...words, '--about', `invoice_line:${line.id}`);
    refused(1, /Decide what is disputed first/, 'change-ticket', '--ticket', ticket, ...by, '--state', 'solved');
    refused(64, /--right or --wrong/, 'decide-ticket', '--ticket', ticket, '--answer', 'x', ...by);
    refused(1, /no such account, ticket or agent/, 'decide-ticket', '--ticket', nowhere, '--right', '--answer', 'x', ...by);
    assert.equal(json('decide-ticket', '--ticket', ticket, '--right', '--answer', 'We have charged it twice.', ...by).state, 'solved');
    assert.match((await client.get(`/tickets/${ticket}`)).text, /We have charged it twice\./);
    const after = JSON.parse((await client.get('/invoices/export?from=2020-01-01&to=2099-12-31&format=json')).text).documents.find((one) => one.id === owed.id);
    assert.ok(after.balance.amount < owed.balance.amount, 'there is a credit note');
});
