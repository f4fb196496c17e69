// A price that was shown is good for fifteen minutes and for nothing else; and who owes something cannot have more.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { LIVERY, LOGINS, giveTestClock, startHost, sleep } from './host.mjs';
import { signIn } from './people.mjs';
import { PLANS, buy, newest, preview, submit, sumOf, tokenOn } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

const LOCALES = { harbor: 'de-DE', northwind: 'es-US', lumen: 'ar-AE' };
const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
let host;
let browser;

before(async () => {
    host = await startHost({ beforeStart(data, words) {
        const tenants = words[words.indexOf('--tenants') + 1];
        for (const tenant of Object.keys(LOCALES)) giveTestClock(join(tenants, tenant));
    } });
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await host?.stop();
});

const run = (...words) => execFileSync(LIVERY, [...words, ...host.words], { encoding: 'utf8', env, stdio: 'pipe' });
const civil = (tenant) => JSON.parse(run('clock', '--tenant', tenant, 'show', '--json')).civil;
// Moves the tenant's test clock; days bring what they bring.
function later(tenant, seconds) {
    const now = civil(tenant);
    const to = new Date(Date.parse(`${now.length === 10 ? `${now}T00:00:00` : now}Z`) + seconds * 1000).toISOString().slice(0, 19);
    run('clock', '--tenant', tenant, 'advance', '--to', to, '--quiet');
}
// To the next day's morning: a quarter of an hour later it is still the same day, whenever this runs.
function untilMorning(tenant) {
    const day = new Date(Date.parse(`${civil(tenant).slice(0, 10)}T00:00:00Z`) + 86400e3).toISOString().slice(0, 10);
    run('clock', '--tenant', tenant, 'advance', '--to', `${day}T09:00:00`, '--quiet');
}
async function person(tenant) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: LOCALES[tenant], viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await signIn(host, tab, tenant, LOGINS[tenant]);
    return tab;
}
const text = (tenant, key) => say('orders', LOCALES[tenant], key);
const count = (tenant, table) => Number(host.sql(`SELECT COUNT(*) FROM ${table} WHERE tenant_id = '${tenant}'`).split('\n')[1]);
const books = (tenant) => ['orders_order', 'invoices_document', 'subscriptions_agreement', 'ledger_entry'].map((table) => count(tenant, table));
const soundBooks = (tenant) => assert.doesNotMatch(run('verify', '--tenant', tenant), /BAD/);

for (const [tenant, [small]] of Object.entries(PLANS)) {
    test(`${tenant}: after fifteen minutes a price is shown anew, and nothing has happened`, async () => {
        untilMorning(tenant);
        const tab = await person(tenant);
        const subscription = await buy(host, tab, tenant, small, 2);
        const shown = await preview(tab, subscription, 'quantity', { quantity: '3' });
        const token = await tokenOn(tab);
        const lines = await tab.locator('main tbody tr').allTextContents();
        const before = books(tenant);
        later(tenant, 16 * 60);
        await submit(tab);
        assert.ok((await tab.textContent('.error-summary')).includes(text(tenant, 'error.preview_expired')));
        assert.match(await tab.title(), /^\S+: /, 'the title says that something is wrong');
        assert.notEqual(await tokenOn(tab), token, 'a fresh promise');
        assert.deepEqual(await tab.locator('main tbody tr').allTextContents(), lines, 'its lines, the same as nothing changed meanwhile');
        assert.deepEqual(books(tenant), before, 'nothing has happened');
        await checkWords(tab);
        // The fresh one holds: to the last second of fifteen minutes.
        later(tenant, 15 * 60);
        await submit(tab);
        assert.equal(tab.url(), subscription);
        assert.equal((await newest(host, tab, tenant)).total, shown);
        soundBooks(tenant);
        await tab.context().close();
    });
}

test('a price that changed between its page and the confirmation is shown anew', async () => {
    const tenant = 'harbor';
    const tab = await person(tenant);
    const file = join(host.folder, 'tenants', tenant, 'catalog.yaml');
    const catalog = readFileSync(file, 'utf8');
    const sold = (price) => catalog.replace('\nplans:\n', `\nplans:\n  harbor_residence_probe:\n    product: harbor_residence\n    name: "Probe"\n    recurring: "${price}"\n`);
    const reloaded = async (yaml) => {
        const times = () => host.log().split('"reload.done"').length;
        const before = times();
        writeFileSync(file, yaml);
        host.child.kill('SIGHUP');
        for (let i = 0; i < 200 && times() === before; i++) await sleep(50);
        assert.notEqual(times(), before, host.log().slice(-2000));
    };
    await reloaded(sold('10.00'));
    await tab.goto(host.url(tenant, '/shop/harbor_residence_probe'));
    await tab.fill('#quantity', '3');
    await submit(tab);
    const shown = await sumOf(tab);
    const token = await tokenOn(tab);
    const before = books(tenant);
    await reloaded(sold('11.50'));
    await submit(tab);
    assert.ok((await tab.textContent('.error-summary')).includes(text(tenant, 'error.price_changed')));
    assert.notEqual(await tokenOn(tab), token);
    const now = await sumOf(tab);
    assert.ok(Math.abs(now - shown * 1.15) < 0.011, `${shown} became ${now}`);
    assert.match(await tab.textContent('main tbody'), /11,50/, 'the new line');
    assert.deepEqual(books(tenant), before, 'nothing has happened');
    await checkWords(tab);
    await submit(tab);
    assert.match(tab.url(), /\/orders\/ord_/);
    assert.equal((await newest(host, tab, tenant)).total, now, 'the new price is charged');
    soundBooks(tenant);
    await tab.context().close();
});

for (const [tenant, [small, large]] of Object.entries(PLANS)) {
    test(`${tenant}: while something is past due, nothing that costs more, in words; the rest goes on`, async () => {
        const tab = await person(tenant);
        const subscription = await buy(host, tab, tenant, small, 2);
        later(tenant, 34 * 86400);
        await tab.goto(host.url(tenant, '/invoices'));
        assert.ok(await tab.locator('.badge-overdue').count() > 0, 'what nobody paid is overdue');
        const before = books(tenant);
        for (const [action, fields] of [['quantity', { quantity: '3' }], ['change', { plan: large }], ['add-ons', {}]]) {
            await preview(tab, subscription, action, fields);
            assert.ok((await tab.textContent('.error-summary')).includes(text(tenant, 'error.past_due')), action);
            await checkWords(tab);
        }
        await tab.goto(host.url(tenant, `/shop/${small}`));
        await submit(tab);
        assert.ok((await tab.textContent('.error-summary')).includes(text(tenant, 'error.past_due')));
        assert.deepEqual(books(tenant), before, 'nothing has happened');
        // What costs no more is not held back: who owes may leave, and stay after all.
        await preview(tab, subscription, 'cancel', { when: 'term', reason: 'too_expensive' });
        await submit(tab);
        assert.equal(tab.url(), subscription);
        assert.ok(await tab.locator('.page-head .badge-cancelling').count() > 0);
        await preview(tab, subscription, 'keep');
        await submit(tab);
        assert.ok(await tab.locator('.page-head .badge-active').count() > 0);
        soundBooks(tenant);
        await tab.context().close();
    });
}
