// Tickets by mail over real servers all the way: letters leave by SMTP (Exim), answers come by SMTP, and are fetched by
// IMAP (Dovecot) or handed over by Exim's pipe, as the README of the desk writes it.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, LIVERY, LOGINS, SOURCE, freePort, partsOf, sleep, startHost } from './host.mjs';
import { headOf, mailOf, startMailBoxes } from './mail_boxes.mjs';
import { startMailTransfer } from './mail_transfer.mjs';

const HELP = 'help@harbor.example';
const { email } = LOGINS.harbor;
const [greta, domain] = email.split('@');
let host, boxes, exim, customer;
const change = (file, from, to) => { const text = readFileSync(file, 'utf8'); assert.ok(text.includes(from), from); writeFileSync(file, text.replace(from, to)); };
before(async () => {
    boxes = await startMailBoxes();
    exim = await startMailTransfer(boxes, [HELP, email]);
    host = await startHost({
        beforeStart(data, words) {
            const prepared = process.env.LIVERY_DEMO_DATA;
            if (prepared && existsSync(prepared)) execFileSync('cp', ['-a', prepared, data]);
            const harbor = join(data, '..', 'tenants/harbor');
            // What comes back of a letter comes to the desk.
            change(join(harbor, 'tenant.yaml'), 'from: service@harbor-wifi.example', `from: ${HELP}`);
            // Letters are counted: those of the rule that gives tickets to agents come in their own time.
            change(join(harbor, 'service_desk.yaml'), 'assign: load', 'assign: hand');
            appendFileSync(join(harbor, 'service_desk.yaml'),
                `mail: {address: ${HELP}, category: question, most_megabytes: 1, imap: {url: "imap://127.0.0.1:${boxes.port}", user: help, secret: mail_password}}\n`);
            mkdirSync(join(data, 'secrets/harbor'), { recursive: true });
            writeFileSync(join(data, 'secrets/harbor/mail_password'), boxes.password + '\n', { mode: 0o600 });
            const file = join(data, '..', 'livery.yaml');
            writeFileSync(file, `smtp: {url: "smtp://127.0.0.1:${exim.port}", tls: none}\n`);
            words.push('--config', file);
        },
        // Exim hands nothing to a program of root's; as in any installation, the host and `mail-in` are of one user.
        as: process.getuid() === 0 ? boxes.owner : undefined,
    });
    customer = new Client(host, 'harbor');
    await customer.signIn();
});
after(async () => { await host?.stop(); await exim?.stop(); await boxes?.stop(); });

const LARGE = ('x'.repeat(75) + '\r\n').repeat(15_000);
const counted = (table, more = '') => Number(host.sql(`SELECT COUNT(*) FROM ${table} WHERE tenant_id = 'harbor' ${more}`).trim().split('\n')[1]);
const talkOf = async (path) => (await customer.get(path)).text;
const times = (text, words) => text.split(words).length - 1;
async function until(holds, what) {
    for (let i = 0; i < 300; i++) { const found = await holds(); if (found) return found; await sleep(100); }
    throw new Error(`${what} did not happen; the mail server says:\n${exim.log().slice(-3000)}`);
}
// The customer's mails, as their program shows them.
const inboxOf = (user, saying) => boxes.read(user).map((raw) => ({ raw, ...headOf(raw), ...(/multipart\/alternative/.test(raw) ? partsOf(raw) : { plain: raw }) })).filter((mail) => mail.plain.includes(saying));
const returnPathOf = (raw) => /^Return-path: <(.*)>\r?$/m.exec(raw)?.[1];
async function open(subject) {
    await customer.get('/tickets/new');
    const path = (await customer.post('/tickets/new', { subject, category: 'question', body: 'Since Monday.' })).headers.location;
    const [number] = /T-\d{4}-\d{6}/.exec(await talkOf(path));
    const [letter] = await until(() => { const found = inboxOf(greta, number); return found.length > 0 && found; }, `a letter about ${number}`);
    return { path, number, letter, ...headOf(letter.raw) };
}
// Sent by a mail program, which leaves the return path to the servers.
const send = (mail, to, from = email) => exim.send(mail.replace(/^Return-Path: .*\r\n/, ''), { from, to });
const taken = () => boxes.inFolder('help', 'Processed');
async function fetched(count, done) {
    const before = taken();
    await done();
    await until(() => taken() >= before + count, `${count} mails fetched`);
    assert.equal(taken(), before + count);
    assert.equal(boxes.inFolder('help', 'Failed'), 0);
}
// Until all letters are out, and wherever they lead.
const settled = () => until(() => counted('mail_outbox', 'AND sent_at IS NULL') === 0 && exim.waiting() === 0, 'an end of the letters');

test('a letter goes out by SMTP, and its answer comes back into the ticket', async () => {
    const ticket = await open('The whole circle');
    assert.equal(returnPathOf(ticket.letter.raw), HELP, 'what cannot be delivered comes to the desk');
    assert.match(ticket.letter.raw, new RegExp(`^Received: from .*\\r?\\n.*with esmtp \\(Exim[\\s\\S]*?for ${email};`, 'm'));
    assert.match(ticket.replyTo, /^help\+[a-z2-7]{26}\.[a-z2-7]{16}@harbor\.example$/);
    await fetched(1, () => send(mailOf({ from: email, to: ticket.replyTo, references: [ticket.id], text: `Es geht wieder.\r\n\r\n> ${ticket.letter.plain.split('\n')[0]}\r\n> zitiert` }), ticket.replyTo));
    assert.equal(times(await talkOf(ticket.path), 'Es geht wieder.'), 1);
    assert.doesNotMatch(await talkOf(ticket.path), /zitiert/);
    // By the address alone, which only the envelope names: a blind copy, from a program that changes its case.
    await fetched(1, () => send(mailOf({ from: email, to: 'somebody@else.example', text: 'Doch nicht.' }), ticket.replyTo.toUpperCase()));
    assert.equal(times(await talkOf(ticket.path), 'Doch nicht.'), 1);
});

test('what is too large comes back once, from nobody', async () => {
    const count = counted('service_desk_ticket');
    const large = mailOf({ from: email, to: HELP, text: LARGE });
    await fetched(2, () => { for (const again of [large, large]) send(again, HELP); });
    await settled();
    const bounces = await until(() => { const found = inboxOf(greta, 'zu groß'); return found.length > 0 && found; }, 'a bounce');
    assert.equal(bounces.length, 1);
    assert.equal(returnPathOf(bounces[0].raw), '');
    assert.equal(bounces[0].automatic, 'auto-replied');
    assert.deepEqual(bounces[0].references, headOf(large).id ? [headOf(large).id] : []);
    assert.equal(counted('service_desk_ticket'), count);
});

test('a letter that comes back from the mail server says nothing in the ticket, and nobody answers it', async () => {
    const ticket = await open('A watcher who is not');
    assert.equal((await customer.postPatiently(`${ticket.path}/watchers`, { email: `nobody@${domain}` })).status, 303);
    await talkOf(ticket.path);
    await fetched(1, () => customer.postPatiently(`${ticket.path}/reply`, { body: 'For everybody.' }));
    await settled();
    const [tickets, messages, letters] = [counted('service_desk_ticket'), counted('service_desk_message'), counted('mail_outbox')];
    const returned = boxes.read('help', 'Processed').at(-1);
    assert.match(returned, new RegExp(`^X-Failed-Recipients: nobody@${domain}`, 'm'));
    assert.equal(returnPathOf(returned), '');
    assert.match(host.log(), new RegExp(`mail_in\\.not_taken.*automatic.*${/^Message-Id: <(.+)>/mi.exec(returned)[1].replaceAll('.', '\\.')}`));
    assert.equal(times(await talkOf(ticket.path), 'For everybody.'), 1);
    assert.doesNotMatch(await talkOf(ticket.path), /Mail Delivery System|could not be delivered/);
    // One that says of itself only where it comes from: of the customer, to the ticket, and from nobody.
    await fetched(1, () => send(mailOf({ from: email, to: ticket.replyTo, references: [ticket.id], id: 'nobody@mail.example', text: 'Away until Monday.' }), ticket.replyTo, ''));
    assert.match(host.log(), /mail_in\.not_taken.*bounce.*nobody@mail\.example/);
    await settled();
    assert.deepEqual([counted('service_desk_ticket'), counted('service_desk_message'), counted('mail_outbox')], [tickets, messages, letters]);
    assert.equal(boxes.waiting('help'), 0);
});

// As the README writes it; only what lies where is of this test.
function readmeSays(more = '') {
    const section = readFileSync(join(SOURCE, 'plugins/service_desk/README.md'), 'utf8').split("### By a mail server's pipe")[1];
    const [routers, transports] = [...section.matchAll(/^```\n([\s\S]*?)^```/gm)].map(([, block]) => block);
    const swap = (text, from, to) => { assert.ok(text.includes(from), from); return text.replace(from, to); };
    return { routers, transports: [['/usr/bin/livery', program()], ['/etc/livery/livery.yaml', config()], ['user = livery', `user = ${boxes.owner.uid}\n  group = ${boxes.owner.gid}`]].reduce((text, [from, to]) => swap(text, from, to), transports) + more };
}
const program = () => join(host.folder, 'livery');
const config = () => join(host.folder, 'pipe.yaml');
const runs = (script) => writeFileSync(program(), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
const works = () => runs(`ASAN_OPTIONS=detect_leaks=0 exec '${LIVERY}' "$@"`);
const configure = (more = '') => writeFileSync(config(), `data_dir: ${host.data}\ntenants_dir: ${join(host.folder, 'tenants')}\nthemes_dir: ${join(SOURCE, 'themes')}\n${more}`);
let using;
const usePipe = () => (using ??= (works(), configure(), exim.changeTo(readmeSays())));
const piped = () => times(exim.log(), 'T=livery_desk\n');
async function handedOver(done) {
    const before = piped();
    await done();
    await until(() => piped() > before, 'a mail handed over');
    assert.equal(piped(), before + 1);
}

test('Exim hands a mail over by the pipe of the README', async () => {
    await usePipe();
    const ticket = await open('By the pipe');
    const [byBox, failed] = [taken(), inboxOf(greta, 'could not be delivered').length];
    const answer = mailOf({ from: email, to: ticket.replyTo, references: [ticket.id], text: 'Through Exim.' });
    for (const again of [answer, answer]) await handedOver(() => send(again, ticket.replyTo));
    assert.equal(times(await talkOf(ticket.path), 'Through Exim.'), 1, 'the second delivery changed nothing');
    await handedOver(() => send(mailOf({ from: email, to: 'somebody@else.example', text: 'A blind copy.' }), ticket.replyTo));
    assert.equal(times(await talkOf(ticket.path), 'A blind copy.'), 1, 'by the envelope alone');
    await handedOver(() => send(mailOf({ from: email, to: ticket.replyTo, text: 'Away: nobody.' }), ticket.replyTo, ''));
    assert.doesNotMatch(await talkOf(ticket.path), /Away: nobody/, 'the return path is handed over');
    const count = counted('service_desk_ticket');
    await handedOver(() => send(mailOf({ from: email, to: HELP, subject: 'A new one', text: 'By mail.' }), HELP));
    assert.equal(counted('service_desk_ticket'), count + 1);
    await settled();
    await handedOver(() => send(mailOf({ from: email, to: HELP, id: 'piped@mail.example', text: LARGE }), HELP));
    await until(() => inboxOf(greta, 'zu groß').some((mail) => mail.references.includes('piped@mail.example')), 'a bounce of what came by the pipe');
    // What nobody could read, ever, goes back at once: here, of two authors.
    send(mailOf({ from: email, to: HELP, id: 'two@mail.example' }).replace(/^From: .*/m, `From: ${email}, tom@elsewhere.example`), HELP);
    await until(() => inboxOf(greta, 'could not be delivered').some((mail) => mail.references.includes('two@mail.example')), 'an answer of Exim');
    await settled();
    assert.equal(taken(), byBox, 'nothing went through the mailbox');
    assert.equal(inboxOf(greta, 'could not be delivered').length, failed + 1, 'nothing else came back');
    assert.doesNotMatch(exim.routeOf(`help@${domain}`), /livery_desk/, 'the desk of one domain is not that of another');
});

test('Exim keeps a mail while the database is away, and when mail-in is killed, slow, missing or not set up', async () => {
    await usePipe();
    const ticket = await open('Nothing is lost');
    const failed = inboxOf(greta, 'could not be delivered').length;
    const away = {
        'database away': { returned: /returned 75 /, before: async () => configure(`database: {host: 127.0.0.1, port: ${await freePort()}}\n`), after: () => configure() },
        'wrong file': { returned: /returned 1\b/, before: () => configure('nonsense: 1\n'), after: () => configure() },
        'no desk': { returned: /returned 64 /, before: () => runs('exit 64'), after: works },
        killed: { returned: /signal 9/, before: () => runs('kill -9 $$'), after: works },
        slow: { returned: /timed out/, before: () => { runs('exec sleep 60'); return exim.changeTo(readmeSays('  timeout = 1s\n')); }, after: () => { works(); return exim.changeTo(readmeSays()); } },
        missing: { returned: /127|No such file/, before: () => execFileSync('rm', [program()]), after: works },
    };
    for (const [what, { returned, before, after }] of Object.entries(away)) {
        const said = exim.log().length;
        await before();
        send(mailOf({ from: email, to: ticket.replyTo, references: [ticket.id], text: `Said while ${what}.` }), ticket.replyTo);
        await until(() => returned.test(exim.log().slice(said)), what);
        exim.tryAgain();
        assert.equal(exim.waiting(), 1, `${what}: it is in the queue`);
        assert.doesNotMatch(await talkOf(ticket.path), new RegExp(`Said while ${what}`));
        await after();
        await handedOver(() => exim.tryAgain());
        assert.equal(exim.waiting(), 0);
        assert.equal(times(await talkOf(ticket.path), `Said while ${what}.`), 1);
    }
    await settled();
    assert.equal(inboxOf(greta, 'could not be delivered').length, failed, 'the customer hears of none of it');
});

test('a mail that comes by the pipe while the host is away is in its ticket, and the host starts all the same', async () => {
    await usePipe();
    const ticket = await open('Started again');
    // With the database that it found nobody at, for longer than the host needs to get there.
    runs(`{ cat; sleep 5; } | ASAN_OPTIONS=detect_leaks=0 '${LIVERY}' "$@"`);
    const holder = () => readFileSync(join(host.data, 'database/livery.lock'), 'utf8');
    const before = holder();
    await handedOver(() => host.killAndStartAgain(async () => {
        send(mailOf({ from: email, to: ticket.replyTo, references: [ticket.id], text: 'Said to a closed door.' }), ticket.replyTo);
        await until(() => holder() !== before, 'a database for mail-in alone');
    }));
    works();
    assert.equal(Number(holder()), host.child.pid);
    assert.equal(times(await talkOf(ticket.path), 'Said to a closed door.'), 1);
});
