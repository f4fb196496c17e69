// Plans that are unlike the demo's: by usage, paid once; and the billing day.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { launchBrowser } from './browser.mjs';
import { Client, LIVERY, LOGINS, startHost } from './host.mjs';
import { sellOddPlans } from './odd_plans.mjs';
import { signIn } from './people.mjs';
import { PLANS, amount, buy, newest, preview, submit } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

const LOCALES = { harbor: 'de-DE', northwind: 'es-US', lumen: 'ar-AE' };
const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
let host;
let browser;

before(async () => {
    host = await startHost({ beforeStart: sellOddPlans });
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await host?.stop();
});

const run = (...words) => execFileSync(LIVERY, [...words, ...host.words], { encoding: 'utf8', env, stdio: 'pipe' });
async function person(tenant) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: LOCALES[tenant], viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await signIn(host, tab, tenant, LOGINS[tenant]);
    return tab;
}
const inDays = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);
const offered = (tab) => tab.$$eval('main .actions a', (links) => links.map((link) => link.getAttribute('href').split('/').pop()));
const facts = (tab) => tab.$$eval('main .facts > div', (rows) => Object.fromEntries(rows.map((row) => [row.querySelector('dt').textContent, row.querySelector('dd').textContent])));

for (const tenant of Object.keys(PLANS)) {
    const [small, large] = PLANS[tenant];
    const word = (key, plugin = 'subscriptions') => say(plugin, LOCALES[tenant], key);

    test(`${tenant}: what is paid by usage, or once, says so and is not free`, async () => {
        const tab = await person(tenant);
        await tab.goto(host.url(tenant, '/shop'));
        assert.ok((await tab.textContent('main')).includes(word('offer.usage', 'orders')));
        await checkWords(tab);
        const used = await buy(host, tab, tenant, 'probe_usage');
        assert.ok((await tab.textContent('main')).includes(word('frequency.usage', 'orders')), 'the order');
        const once = await buy(host, tab, tenant, 'probe_once');
        assert.ok((await newest(host, tab, tenant)).total >= 49, 'paid once, at once');

        await tab.goto(used);
        await checkWords(tab);
        assert.equal((await facts(tab))[word('detail.unit_price')], word('price.usage'));
        assert.equal((await tab.textContent('.card-charge .figure')).trim(), word('detail.usage_alone'));
        assert.doesNotMatch(await tab.textContent('main'), /0[.,]00/);
        assert.ok(!(await tab.textContent('main')).includes(word('price.free')));
        await tab.goto(once);
        await checkWords(tab);
        assert.match((await facts(tab))[word('detail.unit_price')], /49[.,]00/);
        assert.equal((await tab.textContent('.card-charge .figure')).trim(), '—', 'nothing more is charged');
        assert.ok(!(await tab.textContent('main')).includes(word('price.free')));
        for (const path of ['/', '/subscriptions']) {
            await tab.goto(host.url(tenant, path));
            await checkWords(tab);
            assert.doesNotMatch((await tab.textContent('main')).replace(/\d+[.,]00\b/g, (sum) => sum), /(^|[^\d.,])0[.,]00/, path);
        }
        await tab.context().close();
    });

    test(`${tenant}: in an open pause only what was used is charged next`, async () => {
        const tab = await person(tenant);
        const metered = await buy(host, tab, tenant, 'probe_metered');
        await tab.goto(metered);
        assert.match(await tab.textContent('.card-charge .figure'), /20[.,]00/);
        assert.ok((await tab.textContent('.card-charge')).includes(word('detail.with_usage')));
        await preview(tab, metered, 'pause');
        await submit(tab);
        assert.equal((await tab.textContent('.card-charge .figure')).trim(), word('detail.usage_alone'));
        assert.doesNotMatch(await tab.textContent('.card-charge'), /0[.,]00/);
        await checkWords(tab);
        await tab.context().close();
    });

    test(`${tenant}: the billing day moves from the end of the period, with a short one before it, and the add-ons with it`, async () => {
        const tab = await person(tenant);
        const subscription = await buy(host, tab, tenant, small);
        await preview(tab, subscription, 'add-ons');
        await submit(tab);
        const addon = tab.url();
        assert.notEqual(addon, subscription);
        await tab.goto(`${subscription}/billing-day`);
        await checkWords(tab);
        const today = Number(await tab.inputValue('#day'));
        await submit(tab);
        assert.ok((await tab.textContent('.error-summary')).includes(word('error.nothing_changes', 'orders')));
        for (const wrong of ['0', '32', '1.5', 'first']) {
            await preview(tab, subscription, 'billing-day', { day: wrong });
            assert.equal(await tab.getAttribute('.error-summary a', 'href'), '#day', wrong);
            await checkWords(tab);
        }
        const other = today > 14 ? today - 10 : today + 10;
        assert.equal(await preview(tab, subscription, 'billing-day', { day: String(other) }), 0, 'nothing now');
        assert.ok((await tab.textContent('main .chosen')).includes(String(other)), 'what was chosen stands above the button');
        await checkWords(tab);
        const before = await newest(host, tab, tenant);
        await preview(tab, subscription, 'billing-day', { day: String(other) });
        await submit(tab);
        assert.equal(tab.url(), subscription);
        await checkWords(tab);
        assert.match((await facts(tab))[word('detail.billing_day')], new RegExp(`\\b${other}\\b`));
        assert.equal(await tab.locator('main .callout').count(), 1, 'when it begins to hold');
        const next = amount(await tab.textContent('.card-charge .figure'));
        assert.equal((await newest(host, tab, tenant)).number, before.number, 'nothing is charged by it');

        // The add-on is billed with it, and has no day of its own to move.
        await tab.goto(addon);
        assert.match((await facts(tab))[word('detail.billing_day')], new RegExp(`\\b${other}\\b`));
        assert.ok(!(await offered(tab)).includes('billing-day'));
        const withAddon = next + amount(await tab.textContent('.card-charge .figure'));

        // The end of the period comes: the short one is charged as it was shown, then whole ones.
        run('clock', '--tenant', tenant, 'advance', '31 days', '--quiet');
        const ours = [subscription, addon].map((url) => url.split('/').pop());
        const client = new Client(host, tenant);
        client.cookies = new Map((await tab.context().cookies()).map(({ name, value }) => [name, value]));
        const year = new Date().getFullYear();
        const { documents } = JSON.parse((await client.get(`/invoices/export?from=${year}-01-01&to=${year + 1}-12-31&format=json`)).text);
        const lines = documents.filter((one) => one.issued_on > inDays(1)).flatMap((one) => one.lines).filter((line) => ours.includes(line.subscription));
        assert.equal(lines.length, 2, JSON.stringify(lines));
        const sum = lines.reduce((all, line) => all + line.net.amount, 0);
        assert.equal(sum, Math.round(withAddon * 100), 'what was shown is what is charged');
        for (const { derivation } of lines) assert.ok(derivation.share.numerator < derivation.share.denominator, 'a short period');
        await tab.goto(subscription);
        assert.equal(await tab.locator('main .callout').count(), 0, 'it holds now');
        assert.match((await tab.locator('.card-charge > p').allTextContents()).join(' '), new RegExp(`\\b${other}\\b`), 'the next charge is on that day');
        await tab.context().close();
    });
}
