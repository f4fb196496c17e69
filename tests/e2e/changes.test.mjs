// What subscribers change about what they have, at every demo tenant, in three languages, without JavaScript.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { launchBrowser } from './browser.mjs';
import { Client, LIVERY, LOGINS, startHost, sleep } from './host.mjs';
import { signIn } from './people.mjs';
import { OTHERS, PLANS, buy, newest, preview, submit, sumOf, tokenOn } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

// The language of each journey.
const LOCALES = { harbor: 'de-DE', northwind: 'es-US', lumen: 'ar-AE' };
const CHANGES = ['change', 'add-ons', 'quantity', 'billing-day', 'pause', 'resume', 'cancel', 'keep', 'keep-plan'];
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

async function person(tenant, login = LOGINS[tenant]) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: LOCALES[tenant], viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await signIn(host, tab, tenant, login);
    return tab;
}
// The day of the month in a date of any of the languages.
const dayIn = (text) => /\d{1,2}/.exec(text.replace(/\d{4}/, ''))[0];
// A day on the tenant's own calendar: in the evening of Chicago it is tomorrow elsewhere.
const ZONES = { harbor: 'Europe/Berlin', lumen: 'Europe/London', northwind: 'America/Chicago' };
const inDays = (tenant, days) => new Intl.DateTimeFormat('sv-SE', { timeZone: ZONES[tenant] }).format(new Date(Date.now() + days * 86400e3));
const offered = (tab) => tab.$$eval('main .actions a', (links) => links.map((link) => link.getAttribute('href').split('/').pop()));
const badge = (tab) => tab.getAttribute('.page-head .badge', 'class').then((names) => /badge-(\w+)/.exec(names)[1]);
// The callouts of a subscription: what lies ahead.
const notices = (tab) => tab.$$eval('main .callout', (all) => all.map((one) => one.textContent.trim()));

for (const tenant of Object.keys(PLANS)) {
    const [small, large] = PLANS[tenant];
    const said = Object.fromEntries(['nothing_changes', 'not_now'].map((key) => [key, say('orders', LOCALES[tenant], `error.${key}`)]));

    test(`${tenant}: more and fewer of it cost what was shown`, async () => {
        const tab = await person(tenant);
        const subscription = await buy(host, tab, tenant, large, 2);
        await tab.goto(`${subscription}/quantity`);
        assert.equal(await tab.inputValue('#quantity'), '2', 'the form begins with what is');
        await checkWords(tab);
        await submit(tab);
        assert.ok((await tab.textContent('.error-summary')).includes(said.nothing_changes));
        for (const wrong of ['0', '-1', '1.5', 'many', '100001']) {
            await preview(tab, subscription, 'quantity', { quantity: wrong });
            assert.equal(await tab.getAttribute('.error-summary a', 'href'), '#quantity', wrong);
            assert.equal(await tab.inputValue('#quantity'), wrong, 'what was typed is kept');
            await checkWords(tab);
        }

        const more = await preview(tab, subscription, 'quantity', { quantity: '5' });
        assert.ok(more > 0, 'more costs something');
        await checkWords(tab);
        await submit(tab);
        assert.equal(tab.url(), subscription);
        assert.match(await tab.textContent('.notice-ok'), /\S/);
        await checkWords(tab);
        assert.equal((await newest(host, tab, tenant)).total, more, 'preview equals charge');

        // Of two changes within one second only the later one is history.
        await sleep(1000);
        const fewer = await preview(tab, subscription, 'quantity', { quantity: '1' });
        assert.ok(fewer < 0, 'fewer gives back');
        await checkWords(tab);
        await submit(tab);
        const note = await newest(host, tab, tenant);
        assert.equal(note.total, fewer, 'preview equals what is given back');
        await checkWords(tab);
        await tab.goto(subscription);
        assert.match(await tab.textContent('main .timeline'), /5.*2|1.*5/s, 'the history has each quantity');
        await tab.context().close();
    });

    test(`${tenant}: fewer from the next term on: nothing now, it waits, and is taken back`, async () => {
        const tab = await person(tenant);
        const subscription = await buy(host, tab, tenant, large, 3);
        const before = await newest(host, tab, tenant);
        await tab.goto(`${subscription}/quantity`);
        assert.deepEqual(await tab.$$eval('#when option', (all) => all.map((one) => one.value)), ['now', 'term']);
        const offer = await tab.textContent('#when option[value=term]');
        await checkWords(tab);

        // Refused beside its field; what was typed and chosen is kept.
        await preview(tab, subscription, 'quantity', { quantity: '0', when: 'term' });
        assert.equal(await tab.getAttribute('.error-summary a', 'href'), '#quantity');
        assert.deepEqual([await tab.inputValue('#quantity'), await tab.inputValue('#when')], ['0', 'term']);
        await tab.$eval('#when', (select) => { select.options[0].value = 'whenever'; select.selectedIndex = 0; });
        await tab.fill('#quantity', '1');
        await submit(tab);
        assert.equal(await tab.getAttribute('.error-summary a', 'href'), '#when');
        assert.ok((await tab.textContent('.error-summary')).includes(say('orders', LOCALES[tenant], 'error.when')));
        await checkWords(tab);
        await preview(tab, subscription, 'quantity', { quantity: '3', when: 'term' });
        assert.ok((await tab.textContent('.error-summary')).includes(said.nothing_changes));

        // The price page: nothing now, the day, what was chosen.
        const wait = async () => {
            assert.equal(await preview(tab, subscription, 'quantity', { quantity: '1', when: 'term' }), 0, 'nothing now');
            const day = dayIn(await tab.textContent('.page-head .muted'));
            assert.match(offer.replace(/\d{4}/, ''), new RegExp(`\\b${day}\\b`), 'the form and the price name one day');
            assert.ok((await tab.textContent('main')).includes(offer.trim()), 'what was chosen is said');
            await checkWords(tab);
            await submit(tab);
            assert.equal(tab.url(), subscription);
            assert.ok((await tab.textContent('.notice-ok')).includes(say('orders', LOCALES[tenant], 'notice.quantity')));
            const ahead = await notices(tab);
            assert.equal(ahead.length, 1, 'the change lies ahead');
            const words = say('subscriptions', LOCALES[tenant], 'notice.quantity_changes').replace('{quantity}', '1');
            assert.ok(words.split('{date}').every((part) => ahead[0].includes(part)), `${ahead[0]} says that the quantity changes, and no more`);
            assert.equal((await offered(tab))[0], 'keep-plan', 'below it is how it is taken back');
            assert.match(ahead[0].replace(/\d{4}/, ''), new RegExp(`\\b${day}\\b`), 'on the day that was shown');
            await checkWords(tab);
            assert.equal((await newest(host, tab, tenant)).number, before.number, 'nothing is charged by it');
        };
        await wait();
        await tab.goto(subscription);
        assert.ok((await offered(tab)).includes('keep-plan'));
        assert.equal(await preview(tab, subscription, 'keep-plan'), 0);
        await checkWords(tab);
        await submit(tab);
        assert.deepEqual(await notices(tab), []);
        assert.ok((await tab.textContent('.notice-ok')).includes(say('orders', LOCALES[tenant], 'notice.keep-plan')));
        assert.ok(!(await offered(tab)).includes('keep-plan'));
        await tab.goto(`${subscription}/quantity`);
        assert.equal(await tab.inputValue('#quantity'), '3', 'it is as it was');

        // Once more, and this promise is good for this alone: now is another wish.
        await preview(tab, subscription, 'quantity', { quantity: '1', when: 'term' });
        const client = new Client(host, tenant);
        client.cookies = new Map((await tab.context().cookies()).map(({ name, value }) => [name, value]));
        await client.get(`${new URL(subscription).pathname}/quantity`);
        const other = await client.post(`${new URL(subscription).pathname}/quantity`, { quantity: '1', when: 'now', token: await tokenOn(tab) }, { 'Accept-Language': LOCALES[tenant] });
        assert.equal(other.status, 422, 'not made');
        assert.ok(other.text.includes(say('orders', LOCALES[tenant], 'error.preview_expired')), 'shown with its own price');
        await tab.goto(subscription);
        assert.deepEqual(await notices(tab), []);
        await wait();
        await tab.context().close();
    });

    test(`${tenant}: a pause, open and with an end, and going on`, async () => {
        const tab = await person(tenant);
        const subscription = await buy(host, tab, tenant, large);
        const before = await newest(host, tab, tenant);

        // Open: nothing is given back until it is known how long it was.
        await preview(tab, subscription, 'pause');
        assert.equal(await tab.locator('main table').count(), 0);
        await checkWords(tab);
        await submit(tab);
        assert.equal(await badge(tab), 'paused');
        assert.deepEqual(await offered(tab), ['billing-day', 'resume', 'cancel'], 'nothing else goes while it is paused');
        await checkWords(tab);
        for (const action of ['quantity', 'change', 'add-ons', 'pause']) {
            await tab.goto(`${subscription}/${action}`);
            assert.ok((await tab.textContent('.error-summary')).includes(said.not_now), action);
            assert.equal(await tab.locator('main form input:not([type=hidden])').count(), 0, `${action} asks for nothing that is refused anyway`);
            await checkWords(tab);
        }
        assert.equal((await newest(host, tab, tenant)).number, before.number, 'an open pause charges nothing');
        await preview(tab, subscription, 'resume');
        await checkWords(tab);
        await submit(tab);
        assert.equal(await badge(tab), 'active');

        // With an end: what it gives back is known at once.
        for (const wrong of [inDays(tenant, -1), inDays(tenant, 0)]) {
            await preview(tab, subscription, 'pause', { until: wrong });
            assert.equal(await tab.getAttribute('.error-summary a', 'href'), '#until', wrong);
            await checkWords(tab);
        }
        const back = await preview(tab, subscription, 'pause', { until: inDays(tenant, 12) });
        assert.ok(back < 0, 'the days of the pause are given back');
        await submit(tab);
        assert.equal(await badge(tab), 'paused');
        assert.equal((await notices(tab)).length, 1, 'it says from when to when');
        await checkWords(tab);
        assert.equal((await newest(host, tab, tenant)).total, back, 'preview equals what is given back');

        // Going on early charges what was given back.
        const again = await preview(tab, subscription, 'resume');
        // A tax by the unit (northwind's 911 surcharge) is due for a line, however short.
        if (tenant !== 'northwind') assert.equal(again, -back, 'the same days at the same price');
        await submit(tab);
        assert.equal(await badge(tab), 'active');
        assert.equal((await newest(host, tab, tenant)).total, again, 'preview equals charge');
        await tab.context().close();
    });

    test(`${tenant}: a cheaper plan comes with the next term, and can be taken back; so can an end`, async () => {
        const tab = await person(tenant);
        const subscription = await buy(host, tab, tenant, large);
        const before = await newest(host, tab, tenant);
        await tab.goto(`${subscription}/change`);
        const option = await tab.textContent(`#plan option[value="${small}"]`);
        assert.equal(await preview(tab, subscription, 'change', { plan: small }), 0, 'nothing now');
        const day = /\d{1,2}/.exec((await tab.textContent('.page-head .muted')).replace(/\d{4}/, ''))[0];
        assert.match(option.replace(/\d{4}/, ''), new RegExp(`\\b${day}\\b`), 'the form and the price name one day');
        await checkWords(tab);
        await submit(tab);
        assert.equal(tab.url(), subscription);
        assert.equal(await badge(tab), 'active');
        assert.equal((await notices(tab)).length, 1, 'the change lies ahead');
        const [ahead] = await notices(tab);
        assert.match(ahead.replace(/\d{4}/, ''), new RegExp(`\\b${day}\\b`), 'on the day that was shown');
        const smallName = option.split(':')[0].trim();
        assert.ok(ahead.includes(smallName), `${ahead} names ${smallName}`);
        await checkWords(tab);
        assert.ok((await offered(tab)).includes('keep-plan'));
        assert.equal((await newest(host, tab, tenant)).number, before.number, 'nothing is charged by it');

        assert.equal(await preview(tab, subscription, 'keep-plan'), 0);
        await checkWords(tab);
        await submit(tab);
        assert.deepEqual(await notices(tab), []);
        assert.ok(!(await offered(tab)).includes('keep-plan'));
        await tab.goto(`${subscription}/keep-plan`);
        assert.ok((await tab.textContent('.error-summary')).includes(said.not_now));

        // An end that lies ahead: with its day, and taken back.
        await preview(tab, subscription, 'cancel', { when: 'term', reason: 'missing' });
        await checkWords(tab);
        await submit(tab);
        assert.equal(await badge(tab), 'cancelling');
        assert.match((await notices(tab))[0].replace(/\d{4}/, ''), new RegExp(`\\b${day}\\b`));
        await checkWords(tab);
        await preview(tab, subscription, 'keep');
        await checkWords(tab);
        await submit(tab);
        assert.equal(await badge(tab), 'active');
        assert.deepEqual(await notices(tab), []);
        assert.equal((await newest(host, tab, tenant)).number, before.number, 'coming and going cost nothing');
        await tab.context().close();
    });

    test(`${tenant}: two browsers at once: one change is made, the other is told and shown the new price`, async () => {
        const tabs = [await person(tenant), await person(tenant)];
        const subscription = await buy(host, tabs[0], tenant, small, 2);
        for (const [one, two] of [[['quantity', { quantity: '3' }], ['quantity', { quantity: '4' }]], [['quantity', { quantity: '7' }], ['quantity', { quantity: '7' }]],
            [['change', { plan: large }], ['quantity', { quantity: '2' }]]]) {
            const shown = [await preview(tabs[0], subscription, ...one), await preview(tabs[1], subscription, ...two)];
            const tokens = [await tokenOn(tabs[0]), await tokenOn(tabs[1])];
            const before = orders(tenant);
            await Promise.all(tabs.map((tab) => submit(tab)));
            const made = tabs.findIndex((tab) => tab.url() === subscription);
            const other = tabs[1 - made];
            assert.ok(made >= 0, 'one of them is made');
            assert.notEqual(other.url(), subscription, 'the other is not');
            assert.equal(orders(tenant), before + 1, 'one order');
            const told = await other.textContent('.error-summary');
            await checkWords(other);
            if (JSON.stringify(one) === JSON.stringify(two)) {
                assert.ok(told.includes(said.nothing_changes));
            } else {
                assert.notEqual(await tokenOn(other), tokens[1 - made], 'a promise of its own');
                assert.notEqual(await sumOf(other), shown[1 - made], 'the price is another one now');
            }
            const charged = await newest(host, tabs[made], tenant);
            assert.equal(charged.total, shown[made], 'what was confirmed is what is charged');
        }
        const verified = JSON.stringify(verify());
        assert.doesNotMatch(verified, /BAD/, verified);
        for (const tab of tabs) await tab.context().close();
    });

    test(`${tenant}: one confirmation sent twice is one order`, async () => {
        const tab = await person(tenant);
        await tab.goto(host.url(tenant, `/shop/${small}`));
        await submit(tab);
        const shown = await sumOf(tab);
        const fields = Object.fromEntries(await tab.$$eval('main form input', (inputs) => inputs.map((input) => [input.name, input.value])));
        const before = orders(tenant);
        const client = new Client(host, tenant);
        client.cookies = new Map((await tab.context().cookies()).map(({ name, value }) => [name, value]));
        const answers = await Promise.all([1, 2, 3].map(() => client.send('POST', `/shop/${small}`, fields)));
        assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303]);
        assert.equal(new Set(answers.map(({ headers }) => headers.location)).size, 1, 'all find the same order');
        assert.equal(orders(tenant), before + 1);
        assert.equal((await newest(host, tab, tenant)).total, shown, 'charged once');
        await tab.context().close();
    });

    test(`${tenant}: another account's subscription is not there on any page of changes`, async () => {
        const tab = await person(tenant);
        const path = new URL(await buy(host, tab, tenant, small)).pathname;
        await preview(tab, host.url(tenant, path), 'quantity', { quantity: '2' });
        const token = await tokenOn(tab);
        const other = new Client(host, tenant);
        await other.signIn({ email: OTHERS[tenant], password: LOGINS[tenant].password });
        await other.get('/profile/preferences');
        for (const action of CHANGES) {
            assert.equal((await other.get(`${path}/${action}`)).status, 404, `GET ${action}`);
            const fields = { plan: large, quantity: '2', day: '27', until: '', when: 'now', reason: 'other' };
            assert.equal((await other.postPatiently(`${path}/${action}`, fields)).status, 404, `POST ${action}`);
            assert.equal((await other.postPatiently(`${path}/${action}`, { ...fields, token })).status, 404, `POST ${action} with the owner's token`);
        }
        await tab.goto(host.url(tenant, path));
        assert.equal(await badge(tab), 'active', 'nothing happened to it');
        await tab.context().close();
    });
}

// How many there are: the list of them goes on over pages.
const orders = (tenant) => Number(host.sql(`SELECT COUNT(*) FROM orders_order WHERE tenant_id = '${tenant}'`).split('\n')[1]);
const verify = () => execFileSync(LIVERY, ['verify', ...host.words], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
