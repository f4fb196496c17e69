// What has no place in the standard, and what waits for its tax: told in words, at the place where somebody looks for it.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { Client, LIVERY, LOGINS, startHost, sleep } from './host.mjs';
import { register, signIn } from './people.mjs';
import { PLANS, buy, newest, preview, submit } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
let host;
let browser;

before(async () => {
    host = await startHost();
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await host?.stop();
});

const run = (...words) => execFileSync(LIVERY, [...words, ...host.words], { encoding: 'utf8', env, stdio: 'pipe' });
async function person(tenant, locale, login = LOGINS[tenant]) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale, acceptDownloads: true, viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await signIn(host, tab, tenant, login);
    return tab;
}
async function change(tenant, name, from, to) {
    const file = join(host.folder, 'tenants', tenant, name);
    const text = readFileSync(file, 'utf8');
    assert.ok(text.includes(from), `${name} has ${from}`);
    const times = () => host.log().split('"reload.done"').length;
    const before = times();
    writeFileSync(file, text.replace(from, to));
    host.child.kill('SIGHUP');
    for (let i = 0; i < 200 && times() === before; i++) await sleep(50);
    assert.notEqual(times(), before, host.log().slice(-2000));
}

for (const [tenant, locale, country] of [['harbor', 'de-DE', 'DE'], ['lumen', 'ar-AE', 'GB']]) {
    test(`${tenant}: an export of e-invoices leaves out what cannot be one, and says which and why`, async () => {
        const tab = await person(tenant, locale);
        const word = (key) => say('invoices', locale, key);
        await change(tenant, 'taxes.yaml', 'taxes:\n', `taxes:\n  - {code: LEVY, name: Levy, rate: "1", places: [{country: ${country}}]}\n`);
        await buy(host, tab, tenant, PLANS[tenant][0]);
        const odd = await newest(host, tab, tenant);
        // Its own page says why there is none, instead of links that lead nowhere.
        assert.equal(await tab.locator('a[href$="/ubl"], a[href$="/cii"]').count(), 0);
        assert.ok((await tab.textContent('.card-charge')).includes(word('error.e_invoice_taxes')));
        await checkWords(tab);
        const direct = await tab.goto(host.url(tenant, `${odd.path}/ubl`));
        assert.equal(direct.status(), 422);
        assert.ok((await tab.textContent('.error-summary')).includes(word('error.e_invoice_taxes')));
        assert.equal((await tab.textContent('h1')).trim(), odd.number, 'on the page of the document');
        await checkWords(tab);

        // A range of them: first the message, then the others with a list of what is missing.
        const year = new Date().getFullYear();
        await tab.goto(host.url(tenant, '/invoices'));
        await tab.fill('#from', `${year - 1}-01-01`);
        await tab.fill('#to', `${year}-12-31`);
        await tab.selectOption('#format', 'ubl');
        await tab.click('form[action="/invoices/export"] button');
        const told = await tab.textContent('section[aria-labelledby=h-left-out]');
        assert.ok(told.includes(odd.number) && told.includes(word('error.e_invoice_taxes')), told);
        const left_out = await tab.$$eval('section[aria-labelledby=h-left-out] li', (all) => all.map((one) => [one.querySelector('a').textContent, one.querySelector('p').textContent]));
        for (const [number, why] of left_out) assert.ok(number === odd.number || why.includes('BR-S-09'), `${number}: ${why}`);
        await checkWords(tab);
        const [download] = await Promise.all([tab.waitForEvent('download'), tab.click('section[aria-labelledby=h-left-out] .btn-primary')]);
        const zip = await download.path();
        const names = execFileSync('python3', ['-m', 'zipfile', '-l', zip], { encoding: 'utf8' });
        assert.ok(!names.includes(`${odd.number}.xml`));
        assert.match(names, /left-out\.txt/);
        const left = execFileSync('python3', ['-c', 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("left-out.txt"))', zip], { encoding: 'utf8' });
        assert.deepEqual(left.trim().split('\r\n'), left_out.map(([number, why]) => `${number}: ${why}`));
        assert.ok(left.includes(`${odd.number}: ${word('error.e_invoice_taxes')}`));
        const client = new Client(host, tenant);
        await client.signIn();
        const { documents } = JSON.parse((await client.get(`/invoices/export?from=${year - 1}-01-01&to=${year}-12-31&format=json`)).text);
        assert.ok(documents.length > 10);
        assert.equal(names.match(/\.xml/g).length, documents.length - left_out.length, 'all others are in it');
        assert.equal(await tab.inputValue('#to'), `${year}-12-31`, 'what was asked for stays');
        await change(tenant, 'taxes.yaml', '  - {code: LEVY', '  # {code: LEVY');
        await tab.context().close();
    });
}

test('what waits for its tax stands beside the invoices, and says what that means and what comes next', async () => {
    const tenant = 'harbor';
    const login = { email: 'aoife@pier.example', password: 'seven-green-kites-fly' };
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'de-DE', viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await register(host, tab, tenant, 'Aoife Pier', login);
    await tab.goto(host.url(tenant, '/profile/addresses/new'));
    for (const [field, value] of Object.entries({ line1: '3 City Quay', postal_code: 'D02 F854', city: 'Dublin' })) await tab.fill(`#${field}`, value);
    await tab.selectOption('#country', 'IE');
    await submit(tab);
    const subscription = await buy(host, tab, tenant, PLANS[tenant][1]);
    await preview(tab, subscription, 'pause', { until: new Date(Date.now() + 12 * 86400e3).toISOString().slice(0, 10) });
    await submit(tab);

    // A VAT id that nobody has checked yet decides about the tax of a buyer in another country: nothing is guessed.
    const key = JSON.parse(run('api-key', 'create', '--tenant', tenant, '--name', 'test', '--scopes', 'accounts:read,accounts:write', '--json')).key;
    const api = async (method, path, body = '') => JSON.parse((await host.ask({ method, path: `/api/v1/accounts${path}`, body: body && JSON.stringify(body), headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' } })).text);
    const account = (await api('GET', '')).data.find((one) => one.name === 'Aoife Pier').id;
    assert.equal((await api('PATCH', `/${account}`, { vat_id: 'IE1234567T', customer_class: 'business' })).vat_id, 'IE1234567T');
    await tab.goto(host.url(tenant, `/shop/${PLANS[tenant][0]}`));
    await submit(tab);
    assert.ok((await tab.textContent('.error-summary')).includes(say('orders', 'de-DE', 'error.vat_id_unchecked')), 'what is new has to wait');
    await checkWords(tab);
    await preview(tab, subscription, 'resume');
    assert.ok((await tab.textContent('main')).includes(say('orders', 'de-DE', 'quote.taxes_pending')), 'what goes on does not');
    await checkWords(tab);
    await submit(tab);
    assert.equal(tab.url(), subscription);
    const word = (key) => say('invoices', 'de-DE', key);

    await tab.goto(host.url(tenant, '/invoices'));
    assert.ok((await tab.textContent('section[aria-labelledby=h-pending]')).includes(word('pending.title')));
    await checkWords(tab);
    await tab.click('section[aria-labelledby=h-pending] a');
    const page = tab.url();
    const text = await checkWords(tab);
    assert.ok(text.includes(word('pending.text')) && text.includes(word('pending.next_text')));
    assert.match(await tab.textContent('tbody'), /34,90/, 'with what is on it');
    assert.match(host.log(), /"template.shown".*invoice_pending/, 'and was rendered in every theme and language');
    for (const file of ['/pdf', '/ubl', '/cii']) assert.equal((await tab.goto(page + file)).status(), 404, 'no file of what is not final');
    await tab.goto(subscription);
    assert.equal(await tab.getAttribute('main .items a[href^="/invoices/"]', 'href'), new URL(page).pathname, 'the subscription leads to it');
    await checkWords(tab);
    const other = await person(tenant, 'de-DE');
    assert.equal((await other.goto(page)).status(), 404, 'it is nobody else\'s');
    await other.context().close();

    // The tax is known, the next run finishes the document: the same address is the invoice.
    await api('PATCH', `/${account}`, { vat_id: '', customer_class: 'consumer' });
    run('bill', '--tenant', tenant);
    await tab.goto(page);
    assert.match(await tab.textContent('h1'), /INV-/);
    await tab.goto(host.url(tenant, '/invoices'));
    assert.equal(await tab.locator('section[aria-labelledby=h-pending]').count(), 0);
    assert.doesNotMatch(run('verify', '--tenant', tenant), /BAD/);
    await tab.context().close();
});
