// Files of tickets: sent in the portal and from the console, saved by whom they belong to, and refused with a word why.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join as pathOf } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { Checker, Program, document, saved } from '../api/program.mjs';
import { inspectorOf } from './accessibility.mjs';
import { launchBrowser } from './browser.mjs';
import { Client, LOGINS, sleep, startHost } from './host.mjs';
import { signIn, visitor } from './people.mjs';
import { LANGUAGE, here, inside, invite, join, submit, tabOf } from './staff.mjs';

let host, browser;
before(async () => { host = await startHost(); browser = await launchBrowser(); });
after(async () => { await browser?.close(); await host?.stop(); });

const big = (number) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(number >>> 0); return bytes; };
const chunk = (kind, data) => { const body = Buffer.concat([Buffer.from(kind), data]); return Buffer.concat([big(data.length), body, big(crc32?.(body) ?? 0)]); };
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])), chunk('IDAT', deflateSync(Buffer.from([0, 0]))), chunk('IEND', Buffer.alloc(0))]);
const PAGE = Buffer.concat([PNG, Buffer.from('<html><script>alert(1)</script>')]);
const file = (name, bytes) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
const filesOf = (tenant) => { const folder = pathOf(host.data, 'attachments', tenant); return existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => /[0-9a-f]{64}/.test(name)) : []; };
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

// A form with files, as a browser sends it.
async function send(client, path, fields, files, csrf = client.csrf) {
    const part = (head, bytes) => Buffer.concat([Buffer.from(`--BB\r\nContent-Disposition: form-data; ${head}\r\n\r\n`), Buffer.from(bytes), Buffer.from('\r\n')]);
    const body = Buffer.concat([...Object.entries({ csrf, ...fields }).map(([name, text]) => part(`name="${name}"`, text)),
        ...files.map(([name, bytes]) => part(`name="files"; filename="${name}"\r\nContent-Type: text/html`, bytes)), Buffer.from('--BB--\r\n')]);
    for (;;) {
        const response = await host.ask({ host: `${client.tenant}.localhost`, path, method: 'POST', body, headers: {
            Cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; '), Origin: `http://${client.tenant}.localhost:${host.port}`, 'Content-Type': 'multipart/form-data; boundary=BB' } });
        if (response.status !== 429) return response;
        await sleep(3000);
    }
}
const opened = async (client, files, words = 'See the files.') => {
    const response = await send(client, '/tickets/new', { subject: 'With files', category: 'question', body: words }, files);
    assert.equal(response.status, 303, response.text.slice(0, 2000));
    return response.headers.location;
};
const hrefsIn = (text) => [...text.matchAll(/href="([^"]*\/attachments\/[^"]+)"/g)].map((match) => match[1]);
const plain = (answer, path) => answer.text.replace(/<code>[0-9a-f]{32}<\/code>/, '').replaceAll(/value="[^"]*"/g, '').replaceAll(path, '');
const headersOf = ({ date, 'x-request-id': id, 'set-cookie': cookie, ...rest }) => rest;

for (const tenant of Object.keys(LANGUAGE)) {
    test(`${tenant}: a picture and a text go along, and are saved on both sides (JavaScript off)`, async () => {
        const customer = await visitor(host, browser, tenant);
        await customer.goto(host.url(tenant, '/tickets/new'));
        const hint = await customer.textContent('#files-hint');
        await customer.fill('#subject', 'It looks <b>like this</b>');
        await customer.fill('#body', 'See the picture.');
        await customer.setInputFiles('#files', [file('../shot.exe', PNG)]);
        await submit(customer);
        assert.equal(await customer.locator('.error-summary li').count(), 1, 'what it is about is missing');
        assert.equal(await customer.inputValue('#subject'), 'It looks <b>like this</b>');
        assert.notEqual(await customer.textContent('#files-hint'), hint, 'that the files must be chosen again is said beside them');
        await customer.selectOption('#category', 'trouble');
        await customer.setInputFiles('#files', [file('photo.png', PAGE)]);
        await submit(customer);
        assert.equal(await customer.inputValue('#body'), 'See the picture.', 'what was typed is kept');
        assert.equal(await customer.locator('#files-error').count(), 1, 'a picture that is a page is refused');
        assert.equal(await customer.getAttribute('.error-summary a', 'href'), '#files');
        await customer.setInputFiles('#files', [file('Müll/../shot.exe', PNG), file('Notiz \u202etxt.html', 'Grüße')]);
        await submit(customer);
        const path = new URL(customer.url()).pathname;
        assert.match(path, /^\/tickets\/tck_\w+$/);
        assert.deepEqual(await customer.locator('.files a').allTextContents(), ['shot.exe.png', 'Notiz txt.html.txt']);
        const saving = customer.waitForEvent('download');
        await customer.locator('.files a').first().click();
        assert.ok(readFileSync(await (await saving).path()).equals(PNG), 'byte by byte');
        assert.equal((await saving).suggestedFilename(), 'shot.exe.png');

        const agent = await tabOf(browser, tenant);
        await join(agent, here(host, tenant, invite(host, tenant, `files@${tenant}.example`, 'agent', 'Fay Files')), `files@${tenant}.example`);
        await agent.goto(host.url(tenant, `/console${path}`));
        const theirs = agent.waitForEvent('download');
        await agent.locator('.files a').nth(1).click();
        assert.equal(readFileSync(await (await theirs).path(), 'utf8'), 'Grüße');
        await agent.fill('#body', '');
        await agent.setInputFiles('#files', [file('a.txt', 'x')]);
        await agent.click('form[action$="/reply"] button.btn-primary');
        assert.equal(await agent.locator('#body-error').count(), 1, 'a file alone says nothing');
        await agent.fill('#body', 'This helps.');
        await agent.setInputFiles('#files', [file('help.txt', 'Press the button.')]);
        await agent.click('form[action$="/reply"] button.btn-primary');
        await customer.goto(host.url(tenant, path));
        assert.match(await customer.textContent('.talk'), /help\.txt/);
        await customer.fill('#body', 'It does not.');
        await customer.setInputFiles('#files', [file('again.png', PNG)]);
        await submit(customer);
        assert.equal(await customer.locator('.files a').count(), 4);
        assert.ok(filesOf(tenant).includes(pathOf(hashOf(PNG).slice(0, 2), hashOf(PNG))), 'under its hash');
        assert.equal(filesOf(tenant).filter((name) => name.endsWith(hashOf(PNG))).length, 1, 'the same content is one file');
    });
}

test('a file is saved, never shown, guessed at or kept in a cache', async () => {
    const client = new Client(host, 'northwind');
    await client.signIn();
    await client.get('/tickets/new');
    const path = await opened(client, [['Ü x.png', PNG], ['notes.html', 'words']]);
    const [picture, text] = hrefsIn((await client.get(path)).text);
    const answer = await client.get(picture);
    assert.equal(answer.status, 200);
    assert.ok(answer.bytes.equals(PNG));
    const head = Object.fromEntries(['content-type', 'content-disposition', 'x-content-type-options', 'content-security-policy', 'cache-control', 'content-length'].map((name) => [name, answer.headers[name]]));
    assert.deepEqual(head, { 'content-type': 'image/png', 'content-disposition': `attachment; filename="__x.png"; filename*=UTF-8''%C3%9C%20x.png`, 'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox", 'cache-control': 'private, no-store', 'content-length': String(PNG.length) });
    const words = await client.get(text);
    assert.deepEqual([words.text, words.headers['content-type']], ['words', 'text/plain; charset=utf-8']);
    assert.equal((await host.ask({ host: 'northwind.localhost', path: picture })).status, 303, 'who is not signed in is sent to do so');
});

test('what is another\'s, a note\'s or another tenant\'s is not there, byte for byte', async () => {
    const owner = new Client(host, 'northwind');
    await owner.signIn();
    await owner.get('/tickets/new');
    const path = await opened(owner, [['mine.txt', 'for me alone']]);
    const [mine] = hrefsIn((await owner.get(path)).text);
    const clerk = await inside(host, 'northwind', 'notes@northwind.example', 'agent');
    await clerk.get(`/console${path}`);
    assert.equal((await send(clerk, `/console${path}/reply`, { body: 'Ours', note: '1' }, [['note.txt', 'for us alone']])).status, 303);
    const ours = hrefsIn((await clerk.get(`/console${path}`)).text);
    assert.equal(ours.length, 2);
    const note = ours[1].replace('/console', '');
    assert.equal((await clerk.get(ours[1])).text, 'for us alone');
    assert.equal((await owner.get(mine)).text, 'for me alone');
    assert.equal(hrefsIn((await owner.get(path)).text).length, 1, 'a note\'s file is not listed');

    const neighbour = new Client(host, 'northwind');
    await neighbour.signIn({ email: 'tom@beckersteel.example', password: LOGINS.northwind.password });
    await neighbour.get('/tickets/new');
    const own = await opened(neighbour, [['other.txt', 'x']]);
    const [otherFile] = hrefsIn((await neighbour.get(own)).text);
    const far = new Client(host, 'harbor');
    await far.signIn();
    const nowhereIn = (ticket) => `${ticket}/attachments/att_${'1'.repeat(22)}`;
    const same = async (client, there, nowhere) => {
        const [a, b] = [await client.get(there), await client.get(nowhere)];
        assert.deepEqual([a.status, b.status], [404, 404], there);
        assert.equal(plain(a, there), plain(b, nowhere));
        assert.deepEqual({ ...headersOf(a.headers), 'content-length': 0 }, { ...headersOf(b.headers), 'content-length': 0 });
    };
    await same(neighbour, mine, nowhereIn(path));
    await same(neighbour, mine.replace(path, own), nowhereIn(own));  // in a ticket of one's own
    await same(owner, note, nowhereIn(path));
    await same(owner, mine.replace(/att_\w+/, /att_\w+/.exec(otherFile)[0]), nowhereIn(path));
    await same(far, mine, nowhereIn(path));
    const agent = await inside(host, 'harbor', 'elsewhere@harbor.example', 'agent');
    await same(agent, `/console${mine}`, `/console${nowhereIn(path)}`);
    await same(clerk, `/console${mine.replace(path, own)}`, `/console${nowhereIn(own)}`);
    assert.equal((await owner.get(mine.replace('att_', 'tck_'))).status, 404);
    // Nor does the front hand it out.
    const stored = `attachments/northwind/${hashOf('for me alone').slice(0, 2)}/${hashOf('for me alone')}`;
    assert.ok(existsSync(pathOf(host.data, stored)));
    for (const way of [`/${stored}`, `/static/../${stored}`, `/static/%2e%2e/${stored}`]) assert.ok((await owner.get(way)).status >= 400, way);
});

test('how many and how large is limited: five of ten megabytes come through, and only where files are taken', async () => {
    const client = new Client(host, 'lumen');
    await client.signIn();
    await client.get('/tickets/new');
    const large = Array.from({ length: 5 }, (_, i) => [`${i}.txt`, Buffer.alloc(10_000_000, String(i))]);
    const path = await opened(client, large);
    const hrefs = hrefsIn((await client.get(path)).text);
    assert.equal(hrefs.length, 5);
    assert.ok((await client.get(hrefs[4])).bytes.equals(large[4][1]));
    const before = filesOf('lumen').length;
    const refused = async (files, words) => {
        const answer = await send(client, `${path}/reply`, { body: 'What I <b>typed</b>' }, files);
        assert.equal(answer.status, 422);
        assert.match(answer.text, /What I &lt;b&gt;typed&lt;\/b&gt;<\/textarea>/, 'the words are kept');
        assert.match(answer.text, /id="files-error"/, words);
    };
    await refused([['a.txt', Buffer.alloc(10_000_001, 'x')]], 'too large');
    await refused(Array.from({ length: 6 }, (_, i) => [`${i}.txt`, `n${i}`]), 'too many');
    await refused([['a.txt', 'good'], ['b.txt', '']], 'an empty one');
    assert.equal(filesOf('lumen').length, before, 'nothing of it was kept');
    assert.equal((await send(client, `${path}/reply`, { body: 'x' }, [['a.txt', Buffer.alloc(68_000_000, 'x')]])).status, 413);
    for (const way of [`${path}/solve`, '/profile/name']) assert.equal((await send(client, way, {}, [['a.txt', Buffer.alloc(1_100_000, 'x')]])).status, 413, way);
});

test('a full disk: it is said, the words stay, nothing is sent; with room it goes through', async () => {
    const client = new Client(host, 'harbor');
    await client.signIn();
    await client.get('/tickets/new');
    const count = async () => (await client.get('/tickets')).text.split('/tickets/tck_').length;
    const before = await count();
    await client.get('/tickets/new');
    const folder = pathOf(host.data, 'attachments', 'harbor');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    // A disk of its own, where that is allowed; else no folder at all: the same way through the code.
    let mounted = true;
    try { execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'pipe' }); } catch { mounted = false; rmSync(folder, { recursive: true }); writeFileSync(folder, ''); }
    const form = { subject: 'No <b>room</b>', category: 'question', body: 'These are my words' };
    try {
        const answer = await send(client, '/tickets/new', form, [['a.txt', Buffer.alloc(300_000, 'x')]]);
        assert.equal(answer.status, 422);
        assert.match(answer.text, /id="files-error"/);
        assert.match(answer.text, /value="No &lt;b&gt;room&lt;\/b&gt;"/);
        assert.match(answer.text, /These are my words<\/textarea>/);
        assert.equal(await count(), before, 'no ticket without its file');
        if (mounted) assert.deepEqual(readdirSync(folder, { recursive: true }).filter((name) => name.length > 2), [], 'nor a half file');
        assert.match(host.log(), /attachment\.not_kept/, 'the operator is told');
        assert.equal((await send(client, '/tickets/new', form, [])).status, 303, 'without files it goes through');
    } finally {
        if (mounted) execFileSync('umount', [folder]);
        else rmSync(folder);
    }
    await client.get('/tickets/new');
    await opened(client, [['a.txt', Buffer.alloc(300_000, 'x')]]);
});

test('a scanner that does not answer lets nothing through; one that does finds EICAR', async (t) => {
    const settings = pathOf(host.folder, 'tenants', 'lumen', 'service_desk.yaml');
    const written = readFileSync(settings, 'utf8');
    const own = mkdtempSync('/tmp/livery-clamd-');
    const reload = async (text) => {
        writeFileSync(settings, text);
        const times = host.log().split('reload.done').length;
        host.child.kill('SIGHUP');
        while (host.log().split('reload.done').length === times) await sleep(50);
    };
    await reload(`${written}attachments: {clamd: ${own}/clamd.ctl}\n`);
    const client = new Client(host, 'lumen');
    await client.signIn();
    await client.get('/tickets/new');
    const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-${'ANTIVIRUS-TEST-FILE'}!$H+H*`;
    const form = { subject: 'Scanned', category: 'question', body: 'Kept words' };
    let clamd;
    try {
        const unchecked = await send(client, '/tickets/new', form, [['a.txt', 'harmless']]);
        assert.equal(unchecked.status, 422);
        assert.match(unchecked.text, /Kept words<\/textarea>/);
        assert.match(host.log(), /attachment\.unchecked/);
        if (!existsSync('/usr/sbin/clamd')) return t.skip('no clamd on this machine: what it finds is left to the unit tests');
        mkdirSync(pathOf(own, 'database'));
        writeFileSync(pathOf(own, 'database', 'eicar.hdb'), '44d88612fea8a8f36de82e1278abb02f:68:Eicar-Test\n');
        writeFileSync(pathOf(own, 'clamd.conf'), `LocalSocket ${own}/clamd.ctl\nDatabaseDirectory ${own}/database\nForeground yes\nUser root\n`);
        clamd = spawn('/usr/sbin/clamd', [`--config-file=${own}/clamd.conf`], { stdio: 'ignore' });
        while (!existsSync(pathOf(own, 'clamd.ctl'))) await sleep(100);
        const stored = filesOf('lumen').length;
        const infected = await send(client, '/tickets/new', form, [['eicar.txt', eicar]]);
        assert.equal(infected.status, 422);
        assert.match(infected.text, /Kept words<\/textarea>/);
        assert.match(host.log(), /attachment\.infected/);
        assert.equal(filesOf('lumen').length, stored);
        await opened(client, [['a.txt', 'harmless']]);
    } finally {
        clamd?.kill('SIGKILL');
        await reload(written);
        rmSync(own, { recursive: true, force: true });
    }
});

test('a program reads the files of messages, and sends some', async () => {
    const checker = new Checker(document());
    const [p, stranger] = ['northwind', 'harbor'].map((tenant) => new Program(host, checker, tenant, 'tickets:read,tickets:write'));
    const client = new Client(host, 'northwind');
    await client.signIn();
    await client.get('/tickets/new');
    const path = await opened(client, [['mine.png', PNG]]);
    const api = `/api/v1${path}`;
    const answer = { body: 'From the CRM', by: 'CRM', attachments: [{ name: '../plan.exe', content: Buffer.from('a plan').toString('base64') }] };
    assert.equal((await p.call('POST', `${api}/messages`, { body: answer })).status, 200);
    const messages = (await p.get(`${api}/messages`)).json.data;
    assert.deepEqual(messages.map((one) => one.attachments.map(({ id, ...rest }) => rest)), [[{ name: 'mine.png', type: 'image/png', size: PNG.length }], [{ name: 'plan.exe.txt', type: 'text/plain', size: 6 }]]);
    const [mine, plan] = messages.map((one) => `${api}/attachments/${one.attachments[0].id}`);
    const got = await p.get(mine);
    assert.ok(got.bytes.equals(PNG));
    assert.deepEqual([got.headers['content-type'], got.headers['content-disposition'], got.headers['x-content-type-options']], ['image/png', saved('mine.png'), 'nosniff']);
    assert.equal((await p.get(plan)).text, 'a plan');
    assert.equal((await client.get(hrefsIn((await client.get(path)).text)[1])).text, 'a plan', 'the customer has it');
    for (const [way, who] of [[mine, stranger], [`${api}/attachments/att_${'1'.repeat(22)}`, p], [`${api}/attachments/nonsense`, p]]) {
        const nothing = await who.get(way);
        assert.deepEqual([nothing.status, nothing.json.code], [404, 'not_found'], way);
    }
    for (const [content, code] of [['***', 'file_base64'], ['', 'file_empty'], [Buffer.from('<html>').toString('base64'), 'file_kind']]) {
        const wrong = await p.call('POST', `${api}/messages`, { body: { ...answer, attachments: [{ name: 'a', content }] } });
        assert.deepEqual([wrong.status, wrong.json.errors[0].field, wrong.json.errors[0].code], [422, 'attachments', code]);
    }
    assert.equal((await p.get(`${api}/messages`)).json.data.length, 2, 'nothing was said without its file');
});

test('what nobody names is swept after a day; what is named stays', async () => {
    const client = new Client(host, 'northwind');
    await client.signIn();
    await client.get('/tickets/new');
    const [href] = hrefsIn((await client.get(await opened(client, [['kept.txt', 'named']]))).text);
    assert.equal((await send(client, '/tickets/new', { subject: '' }, [['no.txt', 'refused']])).status, 422);
    await opened(client, [['lost.txt', 'named by nobody'], ['late.txt', 'young']]);
    // As a process that is killed before its transaction leaves them.
    host.sql("DELETE FROM service_desk_attachment WHERE tenant_id = 'northwind' AND name IN ('lost.txt', 'late.txt')");
    const stored = (words) => pathOf(host.data, 'attachments', 'northwind', hashOf(words).slice(0, 2), hashOf(words));
    assert.ok(!existsSync(stored('refused')), 'a form that is refused writes nothing');
    for (const words of ['named', 'named by nobody', 'young']) assert.ok(existsSync(stored(words)), words);
    const yesterday = Date.now() / 1000 - 25 * 3600;
    for (const words of ['named', 'named by nobody']) utimesSync(stored(words), yesterday, yesterday);
    host.sql("UPDATE core_job_turn SET due_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE tenant_id = 'northwind' AND plugin = 'service_desk' AND job = 'attachments'");
    await host.killAndStartAgain();  // which looks at what is due
    for (let i = 0; i < 600 && existsSync(stored('named by nobody')); i++) await sleep(100);
    assert.deepEqual(['named', 'named by nobody', 'young'].map((words) => existsSync(stored(words))), [true, false, true]);
    assert.equal((await client.get(href)).text, 'named');
});

test('forms with files: no accessibility violation, nothing wider than a phone', async () => {
    const tab = await tabOf(browser, 'lumen', { javaScriptEnabled: true, bypassCSP: true, colorScheme: 'dark' });
    const inspect = inspectorOf(tab);
    await signIn(host, tab, 'lumen', LOGINS.lumen);
    await tab.goto(host.url('lumen', '/tickets/new'));
    await inspect('a new ticket');
    await tab.setInputFiles('#files', [file('page.png', PAGE)]);
    await submit(tab);
    await inspect('a new ticket whose file is refused');
    await tab.fill('#subject', 'Wide');
    await tab.selectOption('#category', 'question');
    await tab.fill('#body', 'With a long name');
    await tab.setInputFiles('#files', [file(`${'long'.repeat(30)}.png`, PNG)]);
    await submit(tab);
    await inspect('a ticket with a file');
    await tab.fill('#body', 'x');
    await tab.setInputFiles('#files', [file('page.png', PAGE)]);
    await submit(tab);
    await inspect('an answer whose file is refused');
});
