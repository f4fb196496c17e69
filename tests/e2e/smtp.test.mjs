// Mail over real SMTP: what is committed is sent, also when the mail server was away.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { base58 } from '../crash/customer.mjs';
import { Client, LIVERY, LOGINS, freePort, partsOf, startHost, sleep } from './host.mjs';
import { startMailServer } from './mail_server.mjs';

let host, server, port;
const mails = [];
const startServer = async () => { server = await startMailServer(port, mails); };
before(async () => {
    port = await freePort();
    await startServer();
    host = await startHost({
        async beforeStart(data, words) {
            const file = join(data, '..', 'livery.yaml');
            // No letters about what is overdue among those that are counted here.
            writeFileSync(file, `smtp: {url: "smtp://127.0.0.1:${port}", tls: none}\njobs: off\n`);
            words.push('--config', file);
        },
    });
});
after(async () => { await host?.stop(); server?.kill(); });

test('a link to confirm an address comes over SMTP, branded, in both forms', async () => {
    const client = new Client(host, 'northwind');
    await client.get('/register');
    await client.post('/register', { name: 'Nora Ünal', email: 'nora@x.example', password: 'many small words' });
    for (let i = 0; i < 100 && mails.length === 0; i++) await sleep(100);
    assert.equal(mails.length, 1);
    const [mail] = mails;
    assert.deepEqual(mail.to, ['nora@x.example']);
    const [raw, ...parts] = mail.data.split(/\r?\n--[^\r\n]+\r?\n/);
    const head = raw.replace(/=\?UTF-8\?B\?([^?]+)\?=/g, (_, text) => Buffer.from(text, 'base64').toString());  // RFC 2047
    assert.match(head, /^Subject: Confirm your address for Northwind Voice\r?$/m);
    assert.match(head, /^From: "?Northwind Voice"? <[^>]+@northwind-voice\.example>\r?$/m);
    assert.match(head, /^Content-Type: multipart\/alternative/m);
    const bodies = parts.slice(0, 2).map((part) => Buffer.from(part.split(/\r?\n\r?\n/)[1], 'base64').toString());
    assert.match(bodies[0], /http:\/\/northwind\.localhost:\d+\/verify-email\?token=[\w-]+/);
    assert.match(bodies[1], /<a href="http:\/\/northwind\.localhost:\d+\/verify-email\?token=[\w-]+"/);
    assert.match(bodies[1], /Nora Ünal/);
    assert.doesNotMatch(mail.data + bodies.join(), /livery/i);
    const link = /http:\S+verify-email\S+/.exec(bodies[0])[0];
    assert.match((await client.get(new URL(link).pathname + new URL(link).search)).text, /Your address is confirmed/);
});

test('a server that puts mail off is asked again, and one mail is sent', { timeout: 120000 }, async () => {
    const before = mails.length;
    const client = new Client(host, 'northwind');
    await client.get('/register');
    await client.post('/register', { name: 'Dee Ferr', email: 'defer@x.example', password: 'many small words' });
    for (let i = 0; i < 1000 && mails.length === before; i++) await sleep(100);
    assert.equal(mails.length, before + 1);
    assert.deepEqual(mails[before].to, ['defer@x.example']);
});

// The letters to an address that bring a file.
const withFiles = (address) => mails.filter((mail) => mail.to.includes(address)).map((mail) => ({ ...partsOf(mail.data), id: /^Message-ID: (.+)\r?$/m.exec(mail.data)[1] })).filter((mail) => mail.file);
const textOf = (pdf) => execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
const command = (verb, ...rest) => execFileSync(LIVERY, [verb, '--tenant', 'northwind', ...rest, '--quiet', ...host.words], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
async function untilThereAre(count, address) {
    for (let i = 0; i < 1200 && withFiles(address).length < count; i++) await sleep(100);
    return withFiles(address);
}

test('the receipts of a payment and of a refund go with their letters, once each, though the host is killed meanwhile', { timeout: 300000 }, async () => {
    const { email } = LOGINS.northwind;
    const [, id] = host.sql(`SELECT LOWER(HEX(subject_id)) FROM identity_user WHERE tenant_id = 'northwind' AND email = '${email}'`).split('\n');
    server.kill();
    const paid = command('record-payment', '--account', `acc_${base58(id)}`, '--amount', '5.00', '--reference', 'TRF-77');
    const [, payment, receipt] = /^(pay_\w+)\s+(RC-\d{4}-\d{6})/.exec(paid);
    for (let i = 0; i < 100 && !host.log().includes('mail.not_sent'); i++) await sleep(100);
    assert.ok(host.log().includes('mail.not_sent'), 'the host tried, and nobody was there');
    assert.equal(withFiles(email).length, 0);
    await host.killAndStartAgain(startServer);
    const [first] = await untilThereAre(1, email);
    assert.equal(first.file.name, `${receipt}.pdf`);
    assert.equal(first.file.type, 'application/pdf');
    assert.match(first.plain, new RegExp(`/payments/${payment}`));
    const paper = textOf(first.file.bytes);
    for (const word of [receipt, '5.00', 'TRF-77', 'Northwind Voice']) assert.ok(paper.includes(word), `${word} is on ${paper}`);
    command('refund-payment', '--payment', payment, '--amount', '2.00', '--reason', 'Rain');
    const [, back, ...more] = await untilThereAre(2, email);
    assert.deepEqual(more, []);
    const number = back.file.name.replace('.pdf', '');
    assert.notEqual(number, receipt);
    const refunded = textOf(back.file.bytes);
    for (const word of [number, '2.00']) assert.ok(refunded.includes(word), `${word} is on ${refunded}`);
    // What was sent is not sent again by whoever starts later: it says so, or its time would come.
    const [, waiting] = host.sql(`SELECT COUNT(*) FROM mail_outbox WHERE to_address = '${email}' AND sent_at IS NULL`).split('\n');
    assert.equal(waiting, '0');
    await host.killAndStartAgain();
    await sleep(3000);
    assert.equal(withFiles(email).length, 2);
    assert.equal(new Set(withFiles(email).map((mail) => mail.id)).size, 2);
});
