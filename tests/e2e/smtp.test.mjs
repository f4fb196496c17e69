// Mail over real SMTP: what is committed is sent, also when the mail server was away.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { Client, SOURCE, freePort, startHost, sleep } from './host.mjs';

let host, server;
const mails = [];
before(async () => {
    const port = await freePort();
    server = spawn('python3', ['-W', 'ignore', join(SOURCE, 'tests/e2e/smtp_server.py'), String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => {
        let said = '';
        server.stdout.on('data', (chunk) => {
            said += chunk;
            for (let end; (end = said.indexOf('\n')) >= 0; said = said.slice(end + 1)) {
                if (said.startsWith('ready')) resolve(); else mails.push(JSON.parse(said.slice(0, end)));
            }
        });
    });
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
