// What the staff do with tickets beside answering them: who gets them, words that are kept ready, several steps at once, what time does.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Client, giveTestClock, sleep, startHost } from './host.mjs';
import { inside, listStaff, livery } from './staff.mjs';

let host, lead;
before(async () => {
    host = await startHost({ beforeStart: (data, words) => giveTestClock(join(words[words.indexOf('--tenants') + 1], 'lumen')) });
    lead = await inside(host, 'lumen', 'lead@lumen.example', 'agent', 'Lea Lead');
});
after(async () => { await host?.stop(); });

const asked = async (customer, subject, category = 'question') => {
    await customer.get('/tickets/new');
    const answer = await customer.postPatiently('/tickets/new', { subject, category, body: `About: ${subject}` });
    assert.equal(answer.status, 303, answer.text);
    return answer.headers.location;
};
const customerOf = async (tenant = 'lumen') => { const customer = new Client(host, tenant); await customer.signIn(); return customer; };
const page = async (path) => { const answer = await lead.get(`/console${path}`); assert.equal(answer.status, 200, path); return answer.text; };
const number = (text) => /T-\d{4}-\d{6}/.exec(text)[0];
const until = async (what, look) => { for (let i = 0; i < 60; ++i) { const seen = await look(); if (seen) return seen; await sleep(500); } throw new Error(`never: ${what}`); };

test('a new ticket is given to whoever has the skills, and to nobody else', async () => {
    const customer = await customerOf();
    const path = await asked(customer, 'The line is dead', 'trouble');
    await sleep(7000);
    assert.ok(!(await page(path)).includes('Lea Lead</dd>'), 'nobody has the skill yet');
    const id = listStaff(host, 'lumen').find((one) => one.email === 'lead@lumen.example').id;
    assert.match(await page('/tickets/agents'), /Lea Lead/);
    await page(`/tickets/agents/${id}`);
    assert.equal((await lead.post(`/console/tickets/agents/${id}`, { skill_technical: '1', language_ar: '1', language_en: '1' })).status, 303);
    await until('given', async () => (await page(path)).includes('Lea Lead</dd>'));
    assert.ok((await host.mailTo('lead@lumen.example', { saying: number(await page(path)) })).plain.includes(`/console${path}`), 'and learns of it');
    await page(`/tickets/agents/${id}`);
    await lead.post(`/console/tickets/agents/${id}`, { skill_technical: '1', away: '1' });
    const later = await asked(customer, 'Dead again', 'trouble');
    await sleep(7000);
    assert.ok(!(await page(later)).includes('Lea Lead</dd>'), 'who is away gets none');
    assert.equal((await lead.get(`/console/tickets/agents/usr_${'1'.repeat(22)}`)).status, 404);
});

test('canned replies, and a warning when somebody wrote meanwhile', async () => {
    const customer = await customerOf();
    const path = await asked(customer, 'How do I {agent}?');
    const before = await page(path);
    const seen = /name="seen" value="(\w+)"/.exec(before)[1];
    const inserted = await lead.post(`/console${path}/reply`, { body: 'Typed already', canned: 'solved', insert: '1', seen, state: 'open' });
    assert.equal(inserted.status, 200);
    assert.match(inserted.text, /Typed already\s+[^<]*Lea Lead/, 'what was typed stays, and the name is in');
    assert.equal((await lead.post(`/console${path}/reply`, { body: 'x', canned: 'nowhere', insert: '1', seen })).status, 404);
    await customer.get(path);
    await customer.post(`${path}/reply`, { body: 'One more thing.' });
    const refused = await lead.post(`/console${path}/reply`, { body: 'My careful answer', seen, state: 'open' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /My careful answer/);
    assert.ok(!(await customer.get(path)).text.includes('My careful answer'), 'not sent');
    const now = /name="seen" value="(\w+)"/.exec(refused.text)[1];
    assert.equal((await lead.post(`/console${path}/reply`, { body: 'My careful answer', seen: now, state: 'open' })).status, 303);
    assert.match((await customer.get(path)).text, /My careful answer/);
    const other = await inside(host, 'lumen', 'second@lumen.example', 'agent', 'Sam Second');
    assert.match((await other.get(`/console${path}`)).text, /Lea Lead[^<]*<\/p>/, 'who else has it open');
});

test('macros, priority and queue, escalation, and what is not possible', async () => {
    const customer = await customerOf();
    const path = await asked(customer, 'Which plan?');
    await page(path);
    assert.equal((await lead.post(`/console${path}/macro`, { macro: 'ask' })).status, 303);
    const after = await page(path);
    assert.match(after, /badge-paused/, 'it waits for the customer');
    assert.ok(after.includes('Lea Lead</dd>'), 'taken');
    assert.match((await customer.get(path)).text, /Lea Lead/, 'the words are sent');
    assert.equal((await lead.post(`/console${path}/macro`, { macro: 'nowhere' })).status, 404);
    assert.equal((await lead.post(`/console${path}/change`, { queue: 'billing', category: 'question', priority: 'low' })).status, 303);
    assert.match(await page(path), /<option value="billing" selected>/);
    for (const wrong of [{ queue: 'nowhere' }, { priority: 'soon' }, { category: 'x' }]) assert.equal((await lead.post(`/console${path}/change`, wrong)).status, 404);
    assert.equal((await lead.post(`/console${path}/escalate`, {})).status, 303);
    assert.match(await page(path), /badge-overdue[\s\S]*<option value="urgent" selected>/);
    await lead.post(`/console${path}/escalate`, {});
    assert.equal((await lead.get(`/console${path}`)).text.match(/badge-overdue/g).length, 1);
});

test('two tickets of one customer become one, those of two never', async () => {
    const customer = await customerOf();
    const [first, second] = [await asked(customer, 'First'), await asked(customer, 'Second')];
    const into = number(await page(first));
    const strange = await lead.post(`/console${second}/merge`, { into: 'T-1999-000001' });
    assert.equal(strange.status, 422);
    assert.equal((await lead.post(`/console${second}/merge`, { into: number(await page(second)) })).status, 422, 'into itself');
    const merged = await lead.post(`/console${second}/merge`, { into });
    assert.deepEqual([merged.status, merged.headers.location], [303, `/console${first}`]);
    const talk = (await customer.get(first)).text;
    assert.match(talk, /About: First[\s\S]*About: Second/);
    const led = await customer.get(second);
    assert.deepEqual([led.status, led.headers.location], [303, first], 'the old address leads there');
    assert.equal((await lead.get(`/console${second}`)).headers.location, `/console${first}`);
    await customer.get('/tickets');
    assert.equal((await customer.post(`${second}/reply`, { body: 'Still here?' })).headers.location, first, 'words to the old one go to the new one');
    assert.match((await customer.get(first)).text, /Still here\?/);
    assert.ok(!(await customer.get('/tickets')).text.includes(second));
});

test('some messages become a ticket of their own', async () => {
    const customer = await customerOf();
    const path = await asked(customer, 'Two things');
    await customer.get(path);
    await customer.postPatiently(`${path}/reply`, { body: 'And my invoice is wrong.' });
    const form = await page(`${path}/split`);
    const [first, second] = [...form.matchAll(/name="message" type="checkbox" value="(msg_\w+)"/g)].map((match) => match[1]);
    assert.ok(first && second);
    const send = (fields) => lead.send('POST', `/console${path}/split`, [['csrf', lead.csrf], ...fields]);
    for (const wrong of [[['subject', 'x']], [['subject', 'x'], ['message', first], ['message', second]], [['subject', ''], ['message', second]], [['subject', 'x'], ['message', `msg_${'1'.repeat(22)}`]]])
        assert.equal((await send(wrong)).status, 422);
    const split = await send([['subject', 'The invoice'], ['message', second]]);
    assert.equal(split.status, 303, split.text);
    const part = split.headers.location.replace('/console', '');
    assert.match((await customer.get(part)).text, /The invoice[\s\S]*And my invoice is wrong\./);
    assert.ok(!(await customer.get(path)).text.includes('And my invoice is wrong.'));
    assert.match(await page(part), new RegExp(`href="/console${path}"`));
});

test('somebody else is told, and the customer says how it went', async () => {
    const customer = await customerOf();
    const path = await asked(customer, 'Watched');
    await customer.get(path);
    const refused = await customer.postPatiently(`${path}/watchers`, { email: 'nobody' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /value="nobody"/, 'what was typed is kept');
    await customer.postPatiently(`${path}/watchers`, { email: 'Wanda@else.example' });
    assert.match((await customer.get(path)).text, /Wanda@else\.example/);
    await page(path);
    await lead.postPatiently(`/console${path}/reply`, { body: 'For both of you.', state: 'open' });
    assert.ok((await host.mailTo('Wanda@else.example')).plain.includes(path));
    await customer.get(path);
    assert.equal((await customer.postPatiently(`${path}/rate`, { rating: '5' })).headers.location, path, 'only what is solved');
    assert.ok(!(await page(path)).includes('Great'), 'nothing is kept');
    await page(path);
    await lead.postPatiently(`/console${path}/macro`, { macro: 'mend' });
    const asking = (await customer.get(path)).text;
    assert.equal(asking.match(/type="radio" name="rating"|name="rating" type="radio"/g).length, 5);
    for (const rating of ['', '0', '6', '55']) assert.equal((await customer.postPatiently(`${path}/rate`, { rating })).status, 422, rating);
    assert.equal((await customer.postPatiently(`${path}/rate`, { rating: '2', comment: 'It took <long>' })).status, 303);
    assert.match(await page(path), /It took &lt;long&gt;/);
    await customer.get(path);
    await customer.postPatiently(`${path}/watchers/remove`, { email: 'wanda@ELSE.example' });
    assert.ok(!(await customer.get(path)).text.includes('Wanda@else'));
    assert.equal((await customer.postPatiently(`${path}/watchers/remove`, { email: 'wanda@else.example' })).status, 404);
    const other = new Client(host, 'lumen');
    await other.signIn();
    await other.get('/tickets');
    for (const way of ['watchers', 'watchers/remove', 'rate']) assert.equal((await other.postPatiently(`/tickets/tck_${'1'.repeat(22)}/${way}`, { email: 'x@y.example', rating: '1' })).status, 404, way);
});

test('one step for several: shown first, then done, each by itself', async () => {
    const customer = await customerOf();
    const paths = [await asked(customer, 'Bulk one'), await asked(customer, 'Bulk two')];
    const ids = paths.map((path) => path.split('/').at(-1));
    const list = (await lead.get('/console/tickets/bulk')).text;
    for (const id of ids) assert.ok(list.includes(`value="${id}"`));
    const send = (fields) => lead.send('POST', '/console/tickets/bulk', [['csrf', lead.csrf], ...(Array.isArray(fields) ? fields : Object.entries(fields))]);
    assert.equal((await send({ step: 'queue:billing' })).status, 422, 'none is chosen');
    assert.equal((await send({ ticket: ids[0], step: '' })).status, 422);
    const shown = await send([...ids.map((id) => ['ticket', id]), ['ticket', 'tck_x'], ['step', 'queue:billing']]);
    assert.equal(shown.status, 200);
    assert.equal(shown.text.match(/type="hidden" name="ticket"/g).length, 2);
    assert.match(await page(paths[0]), /<option value="care" selected>/, 'nothing is done yet');
    const done = await send([...ids.map((id) => ['ticket', id]), ['step', 'queue:billing'], ['confirm', '1']]);
    assert.equal(done.status, 200);
    for (const path of paths) assert.match(await page(path), /<option value="billing" selected>/);
    const solved = await send([['ticket', ids[0]], ['step', 'state:solved'], ['confirm', '1']]);
    assert.equal(solved.status, 200);
    assert.match((await customer.get(paths[0])).text, /badge-active/);
});

test('time: what is about to be missed is raised, what was solved long ago is closed, later words are a new ticket', async () => {
    const customer = await customerOf();
    const left = await asked(customer, 'Nobody answers');
    const done = await asked(customer, 'Thanks');
    await customer.get(done);
    await customer.post(`${done}/solve`, {});
    livery(host, 'clock', '--tenant', 'lumen', 'advance', '8days', '--quiet');
    await until('raised', async () => /badge-overdue/.test(await page(left)));
    await until('closed', async () => /badge-void/.test(await page(done)));
    await customer.get(done);
    const anew = await customer.post(`${done}/reply`, { body: 'It came back.' });
    assert.match(anew.headers.location, /^\/tickets\/tck_/);
    assert.notEqual(anew.headers.location, done);
    assert.match(await page(anew.headers.location), new RegExp(`href="/console${done}"`), 'linked to the earlier one');
});
