// With a certificate: TLS, HTTP/2, cookies that nobody else can set, and plain HTTP that only leads there.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { LIVERY, LOGINS, SOURCE, freePort, sleep } from './host.mjs';

let folder, port, plain, child;
const curl = (url, ...words) => execFileSync('curl', ['-sk', '--max-time', '20', '-D', '-', '--resolve', `harbor.localhost:${port}:127.0.0.1`,
    '--resolve', `harbor.localhost:${plain}:127.0.0.1`, ...words, url], { encoding: 'utf8' });
const https = (path) => `https://harbor.localhost:${port}${path}`;

before(async () => {
    folder = mkdtempSync('/tmp/livery-tls-');
    chmodSync(folder, 0o755);
    [port, plain] = [await freePort(), await freePort()];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=harbor.localhost',
        '-addext', 'subjectAltName=DNS:harbor.localhost', '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')], { stdio: 'ignore' });
    writeFileSync(join(folder, 'livery.yaml'), `listen: {port: ${port}, certificate: ${folder}/cert.pem, key: ${folder}/key.pem, redirect_port: ${plain}}
data_dir: ${folder}/data\ntenants_dir: ${SOURCE}/tenants\nthemes_dir: ${SOURCE}/themes\n`);
    child = spawn(LIVERY, ['demo', '--config', join(folder, 'livery.yaml'), '--quiet'], { env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '', exited = false;
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('exit', () => (exited = true));
    for (let i = 0; ; i++) {
        if (exited || i > 600) throw new Error('the host did not start:\n' + said);
        try { if (curl(https('/readyz')).includes(' 200')) break; } catch { /* not yet */ }
        await sleep(100);
    }
});
after(async () => {
    if (child?.exitCode === null) { const ended = new Promise((resolve) => child.on('exit', resolve)); child.kill('SIGTERM'); await ended; }
    rmSync(folder, { recursive: true, force: true });
});

test('HTTP/2 over TLS, with headers that keep it so and name nobody', () => {
    const answer = curl(https('/sign-in'), '--http2');
    assert.match(answer, /^HTTP\/2 200/);
    assert.equal(answer.match(/^strict-transport-security: max-age=31536000\r$/gim)?.length, 1);
    assert.match(answer, /^set-cookie: __Host-form=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure\r$/im);
    assert.doesNotMatch(answer, /^server:|nginx|livery/im);
    assert.match(curl(https('/sign-in'), '--http1.1'), /^HTTP\/1\.1 200/);
    const css = /href="(\/static\/base[^"]+)"/.exec(answer)[1];
    assert.match(curl(https(css), '--http2'), /^HTTP\/2 200[^]*strict-transport-security/i);
});

test('nothing older than TLS 1.2', () => {
    assert.throws(() => curl(https('/sign-in'), '--tls-max', '1.1'));
    assert.match(curl(https('/sign-in'), '--tls-max', '1.2'), / 200/);
});

test('plain HTTP leads to the same page, and never answers itself', () => {
    const answer = curl(`http://harbor.localhost:${plain}/sign-in?next=/profile`);
    assert.match(answer, /^HTTP\/1\.1 308/);
    assert.match(answer, new RegExp(`^location: https://harbor.localhost:${port}/sign-in\\?next=/profile\\r$`, 'im'));
    assert.doesNotMatch(answer, /set-cookie/i);
});

test('a browser signs in, and its session cookie is for this host and TLS only', async () => {
    const browser = await launchBrowser();
    try {
        const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: 'de-DE' });
        const tab = await context.newPage();
        await tab.goto(https('/sign-in'));
        await tab.fill('#email', LOGINS.harbor.email);
        await tab.fill('#password', LOGINS.harbor.password);
        await tab.click('main button[type=submit]');
        await tab.waitForURL(https('/'));
        const cookie = (await context.cookies()).find(({ name }) => name === '__Host-session');
        assert.deepEqual({ secure: cookie.secure, httpOnly: cookie.httpOnly, sameSite: cookie.sameSite, path: cookie.path },
            { secure: true, httpOnly: true, sameSite: 'Lax', path: '/' });
        await tab.goto(https('/profile'));
        assert.equal(tab.url(), https('/profile'));
    } finally {
        await browser.close();
    }
});
