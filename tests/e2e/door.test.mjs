// What somebody may try from outside, and how the host behaves when it is reloaded and stopped.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, LOGINS, startHost, sleep } from './host.mjs';

let host;
before(async () => { host = await startHost(); });
after(async () => { await host?.stop(); });

// A reload reads and checks every file: seconds under sanitizers, beside two other tests.
const until = async (holds) => {
    for (let i = 0; i < 600; i++) {
        if (await holds()) return true;
        await sleep(50);
    }
    return false;
};

test('a session of one tenant is nothing at another', async () => {
    const ann = new Client(host, 'harbor');
    await ann.signIn();
    assert.equal((await ann.get('/subscriptions')).status, 200);
    const stranger = new Client(host, 'lumen');
    stranger.cookies = new Map(ann.cookies);
    assert.equal((await stranger.get('/subscriptions')).status, 303);
});

test('another account\'s, another tenant\'s and a made-up id are the same 404', async () => {
    const greta = new Client(host, 'harbor');
    await greta.signIn();
    const jonas = new Client(host, 'harbor');
    await jonas.signIn({ email: 'jonas@hafenkante.example', password: LOGINS.harbor.password });
    const dana = new Client(host, 'northwind');
    await dana.signIn();
    const firstOf = (response) => /\/subscriptions\/sub_\w+/.exec(response.text)[0];
    const own = firstOf(await greta.get('/subscriptions'));
    assert.equal((await greta.get(own)).status, 200);
    const blind = (response) => response.text.replace(/<code>[^<]*<\/code>/g, '').replaceAll(/name="return_to" value="[^"]*"/g, '');
    const madeUp = await greta.get('/subscriptions/sub_1111111111111111111111');
    for (const path of [firstOf(await jonas.get('/subscriptions')), firstOf(await dana.get('/subscriptions')), '/subscriptions/sub_x', '/subscriptions/1']) {
        const answer = await greta.get(path);
        assert.equal(answer.status, 404, path);
        assert.equal(blind(answer), blind(madeUp), path);
    }
});

test('a change needs this session\'s token and this host\'s origin', async () => {
    const client = new Client(host, 'harbor');
    await client.signIn();
    await client.get('/profile/preferences');
    const fields = { name: 'Greta L', language: 'de-DE', time_zone: 'Europe/Berlin', scheme: 'auto' };
    assert.equal((await client.post('/profile/preferences', { ...fields, csrf: '' })).status, 403);
    const forged = client.csrf.replace(/^./, (first) => first === '-' ? '_' : '-');
    assert.equal((await client.post('/profile/preferences', { ...fields, csrf: forged })).status, 403);
    assert.equal((await client.post('/profile/preferences', fields, { Origin: 'https://evil.example' })).status, 403);
    assert.equal((await client.post('/profile/preferences', fields, { Origin: '' })).status, 403);
    const stale = client.csrf;
    assert.equal((await client.post('/profile/preferences', fields)).status, 303);
    await client.post('/sign-out');
    await client.signIn();
    assert.equal((await client.post('/profile/preferences', { ...fields, csrf: stale })).status, 403, 'a token of an ended session');
});

test('a signed-out session is dead at once, and its pages with it', async () => {
    const client = new Client(host, 'harbor');
    await client.signIn();
    await client.get('/subscriptions');
    const cookies = new Map(client.cookies);
    await client.post('/sign-out');
    client.cookies = cookies;
    assert.equal((await client.get('/subscriptions')).status, 303);
});

test('forged and odd cookies are no session and no failure', async () => {
    for (const cookie of ['session=', 'session=%00', 'session=' + 'A'.repeat(43), "session=' OR 1=1 --", 'notice=accounts:password.wrong; form=<script>', 'locale=../../x; scheme=<b>']) {
        const answer = await host.ask({ path: '/sign-in', headers: { Cookie: cookie } });
        assert.equal(answer.status, 200, cookie);
        assert.doesNotMatch(answer.text, /<script>|<b>|class="notice/);
    }
});

test('bad requests get a clean 4xx', async () => {
    const status = async (options) => (await host.ask(options)).status;
    assert.equal(await status({ host: 'nowhere.example' }), 404);
    assert.equal(await status({ path: '/subscriptions/%2e%2e/%2e%2e/etc/passwd' }), 400);
    assert.equal(await status({ path: '/sign-in?x=%ff' }), 400);
    assert.equal(await status({ path: '/static/../host.key' }), 400);
    assert.equal(await status({ path: '/sign-in', method: 'DELETE' }), 405);
    assert.equal(await status({ path: '/' + 'a'.repeat(20000) }), 414);
    assert.equal(await status({ path: '/sign-in', method: 'POST', body: 'x'.repeat(2 << 20), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }), 413);
    const many = await status({ path: '/sign-in', method: 'POST', body: 'a=1&'.repeat(5000), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });
    assert.equal(many, 400);
    for (const path of ['/nope', '/subscriptions/%00']) assert.doesNotMatch((await host.ask({ path })).text, /nginx|pistache|livery|exception|stack/i, path);
});

test('pages carry the security headers and name nobody', async () => {
    const { headers, text } = await host.ask({ path: '/sign-in' });
    assert.match(headers['content-security-policy'], /default-src 'none'/);
    assert.doesNotMatch(headers['content-security-policy'], /unsafe/);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cache-control'], 'no-store');
    assert.doesNotMatch(text + JSON.stringify(headers), /livery/i);
    assert.match(headers['set-cookie'].join(), /HttpOnly; SameSite=Lax/);
    assert.doesNotMatch(text, /<script|style="/);
});

test('an open redirect is not to be had', async () => {
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
        const client = new Client(host, 'northwind');
        await client.get('/sign-in');
        const answer = await client.post('/sign-in?next=' + encodeURIComponent(next), { ...LOGINS.northwind, next });
        assert.equal(answer.headers.location, '/', next);
    }
});

test('too many sign-ins from one address are slowed down', async () => {
    let refused = 0;
    const client = new Client(host, 'lumen');
    await client.get('/sign-in');
    for (let i = 0; i < 24; i++) refused += (await client.post('/sign-in', { email: `n${i}@x.example`, password: 'not the password' })).status === 429 ? 1 : 0;
    assert.ok(refused >= 2, `${refused} refused`);
});

test('a reload shows the change; a broken file keeps the old and says why', async () => {
    const file = join(host.folder, 'tenants/harbor/tenant.yaml');
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, good.replace('name: Harbor Wi-Fi', 'name: Hafen WLAN'));
    host.child.kill('SIGHUP');
    assert.ok(await until(async () => (await host.ask({ path: '/sign-in' })).text.includes('Hafen WLAN')));
    writeFileSync(file, good + 'colour: red\n');
    host.child.kill('SIGHUP');
    assert.ok(await until(() => host.log().includes('colour: unknown key')));
    assert.ok((await host.ask({ path: '/sign-in' })).text.includes('Hafen WLAN'));
    writeFileSync(file, good);
    host.child.kill('SIGHUP');
    assert.ok(await until(async () => (await host.ask({ path: '/sign-in' })).text.includes('Harbor Wi-Fi')));
});

test('SIGTERM ends it in order', async () => {
    assert.equal(await host.stop(), 0);
    assert.match(host.log(), /"event":"stopped"/);
    host = undefined;
});
