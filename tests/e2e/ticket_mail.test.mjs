// Tickets by mail, from both sides, over a real IMAP server and by a mail server's pipe.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, LIVERY, LOGINS, freePort, startHost } from './host.mjs';
import { headOf, mailOf, startMailBoxes } from './mail_boxes.mjs';
import { inside } from './staff.mjs';

const HELP = 'help@harbor.example';
const { email } = LOGINS.harbor;
let host, boxes, customer;
before(async () => {
    boxes = await startMailBoxes();
    host = await startHost({
        beforeStart(data) {
            const prepared = process.env.LIVERY_DEMO_DATA;
            if (prepared && existsSync(prepared)) execFileSync('cp', ['-a', prepared, data]);
            // Letters are counted: those of the rule that gives tickets to agents come in their own time.
            const desk = join(data, '..', 'tenants/harbor/service_desk.yaml');
            writeFileSync(desk, readFileSync(desk, 'utf8').replace('assign: load', 'assign: hand'));
            appendFileSync(desk,
                `mail: {address: ${HELP}, category: question, most_megabytes: 1, imap: {url: "imap://127.0.0.1:${boxes.port}", user: help, secret: mail_password}}\n`);
            mkdirSync(join(data, 'secrets/harbor'), { recursive: true });
            writeFileSync(join(data, 'secrets/harbor/mail_password'), boxes.password + '\n', { mode: 0o600 });
        },
    });
    customer = new Client(host, 'harbor');
    await customer.signIn();
});
after(async () => { await host?.stop(); await boxes?.stop(); });

const sql = (question) => host.sql(question).trim().split('\n').slice(1);
const talkOf = async (path) => (await customer.get(path)).text;
const times = (text, words) => text.split(words).length - 1;
async function open(subject) {
    await customer.get('/tickets/new');
    const path = (await customer.post('/tickets/new', { subject, category: 'question', body: 'Since Monday.' })).headers.location;
    const [number] = /T-\d{4}-\d{6}/.exec(await talkOf(path));
    const letter = await host.mailTo(email, { saying: number });
    return { path, number, letter, ...headOf(letter.raw) };
}
const tickets = () => Number(sql("SELECT COUNT(*) FROM service_desk_ticket WHERE tenant_id = 'harbor'")[0]);
const letters = () => Number(sql("SELECT COUNT(*) FROM mail_outbox WHERE tenant_id = 'harbor'")[0]);
async function fetched(...mails) {
    for (const mail of mails) boxes.deliver('help', mail);
    await boxes.emptied('help');
}

test('an answer to a letter stands in its ticket, without what it quotes, and once', async () => {
    const ticket = await open('It does not ring');
    assert.match(ticket.replyTo, /^help\+[a-z2-7]{26}\.[a-z2-7]{16}@harbor\.example$/);
    assert.match(ticket.id, /\.desk@harbor\.example$/);
    assert.equal(ticket.automatic, 'auto-generated');
    assert.match(ticket.letter.plain, /^##- .* -##/, 'the line above which the answer goes comes first');
    const answer = mailOf({ from: email.toUpperCase(), to: ticket.replyTo.toUpperCase(), references: ['x@other.example'],
        text: `Jetzt blinkt es <b>rot</b>.\r\n\r\nAm 30.11.26 um 09:12 schrieb Harbor <${HELP}>:\r\n> ##- Bitte antworten Sie oberhalb dieser Zeile -##\r\n> Ihre Anfrage ist da\r\n` });
    await fetched(answer, answer);
    const talk = await talkOf(ticket.path);
    assert.equal(times(talk, 'Jetzt blinkt es &lt;b&gt;rot&lt;/b&gt;.'), 1, 'the second delivery changed nothing');
    assert.doesNotMatch(talk, /schrieb Harbor|##-|Ihre Anfrage ist da/);
    assert.equal(boxes.inFolder('help', 'Processed'), 2);
    // By what it answers, where the address was lost.
    await fetched(mailOf({ from: email, to: HELP, references: [ticket.id], text: 'Und jetzt gruen.' }));
    assert.equal(times(await talkOf(ticket.path), 'Und jetzt gruen.'), 1);
});

test('an agent answers by mail in public, and nobody passes for one', async () => {
    const agent = await inside(host, 'harbor', 'mara@harbor.example', 'agent', 'Mara Desk');
    const ticket = await open('Who answers');
    const id = ticket.path.split('/').at(-1);
    const [mara] = sql("SELECT LOWER(HEX(id)) FROM identity_user WHERE tenant_id = 'harbor' AND email = 'mara@harbor.example'");
    const page = (await agent.get(`/console${ticket.path}`)).text;
    const option = [...page.matchAll(/value="(usr_\w+)"[^>]*>([^<]*)/g)].find(([, , name]) => /Mara/.test(name));
    assert.ok(option, `no agent ${mara} in the list`);
    assert.equal((await agent.post(`/console${ticket.path}/assign`, { agent: option[1] })).status, 303);
    await fetched(mailOf({ from: email, to: ticket.replyTo, text: 'Is somebody there?' }));
    const letter = await host.mailTo('mara@harbor.example', { saying: ticket.number });
    assert.match(letter.plain, /Is somebody there\?/, 'the words are in the letter');
    const toMara = headOf(letter.raw);
    assert.notEqual(toMara.replyTo, ticket.replyTo);
    // The customer knows their own address of the ticket, and the agent's name.
    await fetched(mailOf({ from: 'mara@harbor.example', to: ticket.replyTo, references: [ticket.id], text: 'You get it for nothing.' }));
    assert.doesNotMatch(await talkOf(ticket.path), /for nothing/);
    // Nor does the agent's address help somebody else.
    await fetched(mailOf({ from: 'tom@elsewhere.example', to: toMara.replyTo, references: [toMara.id], text: 'I am Mara.' }));
    assert.doesNotMatch(await talkOf(ticket.path), /I am Mara/);
    const before = host.mailsTo(email).filter((mail) => mail.plain.includes(ticket.number)).length;
    await fetched(mailOf({ from: 'mara@harbor.example', to: toMara.replyTo, text: 'Yes: please restart it.\r\n-- \r\nMara' }));
    assert.match(await talkOf(ticket.path), /Yes: please restart it\./);
    const answer = await host.mailTo(email, { after: before, saying: ticket.number });
    assert.match(answer.plain, /Yes: please restart it\./);
    const head = headOf(answer.raw);
    assert.ok(head.references.some((one) => ticket.letter.raw.includes(one) || one.endsWith('.desk@harbor.example')));
    assert.equal(head.replyTo, ticket.replyTo, 'one ticket, one address of the customer');
    assert.match(id, /^tck_/);
});

test('what programs and strangers write is dropped, and nobody hears of it', async () => {
    const ticket = await open('Out of office');
    const [count, written] = [tickets(), letters()];
    const lines = ['Auto-Submitted: auto-replied', 'Precedence: bulk', 'List-Id: <all.x.example>', 'X-Auto-Response-Suppress: All'];
    await fetched(...lines.map((line) => mailOf({ from: email, to: ticket.replyTo, headers: [line], text: `Away: ${line}` })),
        mailOf({ from: email, to: ticket.replyTo, text: 'Away: nobody' }).replace(/Return-Path: <[^>]+>/, 'Return-Path: <>'),
        mailOf({ from: 'tom@elsewhere.example', to: ticket.replyTo, references: [ticket.id], text: 'Away: a stranger' }),
        mailOf({ from: 'tom@elsewhere.example', to: HELP, text: 'Away: a stranger' }),
        'Subject: of nobody\r\n\r\nAway: no sender\r\n');
    assert.doesNotMatch(await talkOf(ticket.path), /Away:/);
    assert.equal(tickets(), count);
    assert.equal(letters(), written);
    assert.equal(boxes.inFolder('help', 'Failed'), 1, 'what is no mail of anybody holds up no other');
    assert.match(host.log(), /mail_in\.not_taken.*stranger/);
    assert.doesNotMatch(host.log(), /tom@elsewhere/, 'the log names no person');
});

test('a customer whom we know begins a ticket by mail; files that are not taken are named', async () => {
    const count = tickets();
    await fetched(mailOf({ from: email, to: HELP, subject: 'AW: =?UTF-8?Q?Das_Ger=C3=A4t?=',
        headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
        more: '--b\r\nContent-Type: text/html\r\n\r\n<p>It is <b>wet</b>.</p>\r\n--b\r\nContent-Type: image/png; name="rain.png"\r\n\r\nx\r\n--b--' }));
    assert.equal(tickets(), count + 1);
    const list = (await customer.get('/tickets')).text;
    const [, path] = /href="(\/tickets\/tck_\w+)"[^>]*>(?:<bdi>)?[^<]*Das Gerät/.exec(list) ?? [];
    assert.ok(path, 'under its subject, decoded');
    const talk = await talkOf(path);
    assert.match(talk, /It is wet\./);
    assert.match(talk, /rain\.png/);
});

test('the number of a card that somebody mails is kept nowhere', async () => {
    const card = '5105 1051 0510 5100';
    await fetched(mailOf({ from: email, to: HELP, subject: `Take ${card}`, headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
        more: `--b\r\nContent-Type: text/plain\r\n\r\nMy card: ${card}.\r\n--b\r\nContent-Type: text/plain; name="card.txt"\r\nContent-Disposition: attachment; filename="card.txt"\r\n\r\n${card}\r\n--b--` }));
    const [, path] = /href="(\/tickets\/tck_\w+)"[^>]*>(?:<bdi>)?Take/.exec((await customer.get('/tickets')).text) ?? [];
    assert.ok(path, 'it is a ticket all the same');
    const talk = await talkOf(path);
    assert.match(talk, /My card: [^<]*5100/);
    assert.match(talk, /card\.txt/, 'the file is named, and left out');
    for (const text of [talk, host.log(), host.sql('SELECT subject FROM service_desk_ticket'), host.sql('SELECT body FROM service_desk_message')]) assert.doesNotMatch(text, /5105/);
});

test('what is too large is sent back once, in the language of who sent it', async () => {
    const count = tickets();
    const large = mailOf({ from: email, to: HELP, id: 'large@mail.example', text: 'x'.repeat(1_100_000) });
    await fetched(large, large);
    const letter = await host.mailTo(email, { saying: 'zu groß' });
    assert.equal(headOf(letter.raw).automatic, 'auto-replied');
    assert.deepEqual(headOf(letter.raw).references, ['large@mail.example']);
    assert.equal(host.mailsTo(email).filter((mail) => mail.plain.includes('zu groß')).length, 1);
    assert.equal(tickets(), count);
});

test('a stranger\'s large mail is answered by nobody; of too many mails none is kept, and none is lost', async () => {
    const written = letters();
    await fetched(mailOf({ from: 'victim@elsewhere.example', to: HELP, text: 'x'.repeat(1_100_000) }));
    assert.equal(letters(), written, 'an address may be borrowed');
    const flood = [...Array(24).keys()].map((i) => mailOf({ from: 'many@elsewhere.example', to: HELP, text: `Mail ${i}` }));
    await fetched(...flood);
    assert.equal(sql("SELECT COUNT(*) FROM service_desk_mail WHERE tenant_id = 'harbor' AND person_key = UNHEX(SHA2('many@elsewhere.example', 256))")[0], '20');
    assert.equal(boxes.inFolder('help', 'Failed'), 5, 'four of them, and the one of nobody: an operator moves them back');
    assert.match(host.log(), /mail_in\.not_taken.*too_many/);
});

test('who watches writes, in whatever letters, and hears of all but their own; of what goes on they hear too', async () => {
    const ticket = await open('For two');
    await customer.get(ticket.path);
    await customer.postPatiently(`${ticket.path}/watchers`, { email: 'Eve@Watch.example' });
    const agent = await inside(host, 'harbor', 'otto@harbor.example', 'agent', 'Otto Desk');
    await agent.get(`/console${ticket.path}`);
    await agent.postPatiently(`/console${ticket.path}/reply`, { body: 'Both read this.' });
    const letter = await host.mailTo('Eve@Watch.example', { saying: 'Both read this.' });
    assert.match(letter.subject, new RegExp(ticket.number), 'the subject says which request');
    const before = host.mailsTo('Eve@Watch.example').length;
    await fetched(mailOf({ from: 'eve@watch.example', to: headOf(letter.raw).replyTo, text: 'And I say this.' }));
    assert.match(await talkOf(ticket.path), /And I say this\./);
    assert.match((await host.mailTo(email, { saying: 'And I say this.' })).plain, /And I say this\./);
    assert.equal(host.mailsTo('Eve@Watch.example').length, before, 'not of their own words');
    // Closed by time, as if it were: what they write goes on in a new one, of which all are told.
    host.sql(`UPDATE service_desk_ticket SET state = 'closed', is_unsolved = 0 WHERE number = '${ticket.number}' AND tenant_id = 'harbor'`);
    await fetched(mailOf({ from: 'eve@watch.example', to: headOf(letter.raw).replyTo, text: 'Once more.' }));
    const told = await host.mailTo(email, { saying: 'T-', after: 0 });
    assert.ok(told);
    const [next] = sql(`SELECT number FROM service_desk_ticket WHERE tenant_id = 'harbor' AND follows = (SELECT id FROM service_desk_ticket old WHERE old.tenant_id = 'harbor' AND old.number = '${ticket.number}')`);
    const [id] = sql(`SELECT LOWER(HEX(opened_by)) FROM service_desk_ticket WHERE tenant_id = 'harbor' AND number = '${next}'`);
    assert.notEqual(id, 'NULL', 'whose it was');
    assert.ok((await host.mailTo(email, { saying: next })).subject.includes(next));
    assert.equal(sql(`SELECT COUNT(*) FROM service_desk_watcher w JOIN service_desk_ticket t ON t.tenant_id = w.tenant_id AND t.id = w.ticket_id WHERE t.number = '${next}' AND t.tenant_id = 'harbor'`)[0], '1');
});

test('mails wait while the mailbox or we are away, and are not lost', async () => {
    const ticket = await open('Nothing is lost');
    boxes.deliver('help', mailOf({ from: email, to: ticket.replyTo, text: 'Said in the dark.' }));
    await host.killAndStartAgain();
    await boxes.emptied('help');
    assert.equal(times(await talkOf(ticket.path), 'Said in the dark.'), 1);
    await boxes.end();
    boxes.deliver('help', mailOf({ from: email, to: ticket.replyTo, text: 'Said to nobody.' }));
    await boxes.start();
    await boxes.emptied('help');
    assert.equal(times(await talkOf(ticket.path), 'Said to nobody.'), 1);
});

test('a mail server hands a mail over by a pipe, and understands the answer', async () => {
    const ticket = await open('By the pipe');
    const pipe = (mail, ...words) => spawnSync(LIVERY, ['mail-in', '--tenant', 'harbor', ...words], { input: mail, encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
    const answer = mailOf({ from: email, to: ticket.replyTo, text: 'Through the pipe.' });
    for (const again of [answer, answer]) assert.equal(pipe(again, ...host.words).status, 0);
    assert.equal(times(await talkOf(ticket.path), 'Through the pipe.'), 1);
    assert.equal(pipe(mailOf({ from: email, to: ticket.replyTo, headers: ['Auto-Submitted: auto-replied'] }), ...host.words).status, 0, 'dropped is done');
    assert.equal(pipe('no mail at all\r\n', ...host.words).status, 65);
    const file = join(host.folder, 'away.yaml');
    writeFileSync(file, `database: {host: 127.0.0.1, port: ${await freePort()}}\n`);
    assert.equal(pipe(answer, ...host.words, '--config', file).status, 75, 'no database: the mail server tries again');
    const other = spawnSync(LIVERY, ['mail-in', '--tenant', 'lumen', ...host.words], { input: answer, encoding: 'utf8' });
    assert.equal(other.status, 64, 'a desk that takes no mails');
});
