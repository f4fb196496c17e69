// What a subscriber says about himself, and where billing says it again.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchBrowser } from './browser.mjs';
import { LOGINS, startHost } from './host.mjs';
import { signIn } from './people.mjs';
import { PLANS, buy, newest, submit } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

const LOCALES = { harbor: 'de-DE', northwind: 'es-US', lumen: 'ar-AE' };
// Somebody whose account is called as the person.
const PRIVATE = { harbor: 'jonas@hafenkante.example', northwind: 'priya@blueprairie.example', lumen: 'bea@lowearchitects.example' };
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
async function person(tenant, email = LOGINS[tenant].email) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: LOCALES[tenant], viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await signIn(host, tab, tenant, { email, password: LOGINS[tenant].password });
    return tab;
}

for (const tenant of Object.keys(LOCALES)) {
    test(`${tenant}: two addresses do not get one name`, async () => {
        const tab = await person(tenant);
        await tab.goto(host.url(tenant, '/profile'));
        const labels = async () => {
            await tab.goto(host.url(tenant, '/profile'));
            return tab.$$eval('a[href^="/profile/addresses/adr_"]', (links) => links.map((link) => link.getAttribute('href')));
        };
        const before = await labels();
        assert.ok(before.length >= 2);
        await tab.goto(host.url(tenant, before[0]));
        const taken = await tab.inputValue('#label');
        const fill = async (label) => {
            await tab.fill('#label', label);
            await tab.fill('#line1', 'Elm Row 9');
            await tab.fill('#postal_code', '12345');
            await tab.fill('#city', 'Elmham');
            await submit(tab);
        };
        for (const label of [taken, taken.toUpperCase()]) {
            await tab.goto(host.url(tenant, '/profile/addresses/new'));
            await fill(label);
            assert.equal(await tab.getAttribute('.error-summary a', 'href'), '#label', label);
            assert.ok((await tab.textContent('.error-summary')).includes(say('accounts', LOCALES[tenant], 'error.label_taken')));
            assert.equal(await tab.inputValue('#line1'), 'Elm Row 9', 'what was typed is kept');
            await checkWords(tab);
        }
        assert.deepEqual(await labels(), before, 'nothing was added');
        // Neither by calling another one so; its own name it may keep, and several may have none.
        await tab.goto(host.url(tenant, before[1]));
        await tab.fill('#label', taken);
        await submit(tab);
        assert.equal(await tab.getAttribute('.error-summary a', 'href'), '#label');
        await tab.goto(host.url(tenant, before[0]));
        await submit(tab);
        assert.equal(new URL(tab.url()).pathname, '/profile');
        for (const label of ['', '', 'Elm']) {
            await tab.goto(host.url(tenant, '/profile/addresses/new'));
            await fill(label);
            assert.equal(new URL(tab.url()).pathname, '/profile', label);
        }
        assert.equal((await labels()).length, before.length + 3);
        await tab.context().close();
    });

    test(`${tenant}: the only address stays`, async () => {
        const tab = await person(tenant, PRIVATE[tenant]);
        const addresses = async () => {
            await tab.goto(host.url(tenant, '/profile'));
            return tab.$$eval('a[href^="/profile/addresses/adr_"]', (links) => links.map((link) => link.getAttribute('href')));
        };
        await tab.goto(host.url(tenant, '/profile/addresses/new'));
        for (const [field, text] of Object.entries({ line1: 'Elm Row 9', postal_code: '12345', city: 'Elmham' })) await tab.fill(`#${field}`, text);
        await submit(tab);
        const all = await addresses();
        assert.ok(all.length >= 2);
        for (const gone of all.slice(1)) {
            await tab.goto(host.url(tenant, gone));
            await tab.click('.remove button');
        }
        assert.deepEqual(await addresses(), [all[0]]);
        await tab.goto(host.url(tenant, all[0]));
        const line = await tab.inputValue('#line1');
        await tab.click('.remove button');
        assert.ok((await tab.textContent('main')).includes(say('accounts', LOCALES[tenant], 'error.only_address')));
        assert.equal(await tab.inputValue('#line1'), line, 'on its form');
        await checkWords(tab);
        assert.deepEqual(await addresses(), [all[0]]);
        await tab.context().close();
    });

    test(`${tenant}: who is called otherwise gets invoices in the new name; a company keeps its own`, async () => {
        const rename = async (tab, name) => {
            await tab.goto(host.url(tenant, '/profile/preferences'));
            await tab.fill('#name', name);
            await submit(tab);
            assert.equal(new URL(tab.url()).pathname, '/profile');
        };
        const billedTo = async (tab) => {
            await buy(host, tab, tenant, PLANS[tenant][0]);
            await newest(host, tab, tenant);
            return tab.textContent('section[aria-labelledby=h-facts]');
        };
        const one = await person(tenant, PRIVATE[tenant]);
        await one.goto(host.url(tenant, '/profile/preferences'));
        const old = await one.inputValue('#name');
        await newest(host, one, tenant);
        const earlier = one.url();
        assert.ok((await one.textContent('section[aria-labelledby=h-facts]')).includes(old));
        await rename(one, 'Robin Sommer-Castellanos');
        assert.ok((await billedTo(one)).includes('Robin Sommer-Castellanos'));
        await one.goto(earlier);
        assert.ok((await one.textContent('section[aria-labelledby=h-facts]')).includes(old), 'a final invoice stays as it was');
        await one.context().close();
        const company = await person(tenant);
        const firm = { harbor: 'Hotel Seeblick GmbH', northwind: 'Lakeside Dental', lumen: 'Clarke & Co' }[tenant];
        await rename(company, 'Alex Winter');
        const text = await billedTo(company);
        assert.ok(text.includes(firm) && !text.includes('Alex Winter'), text);
        await company.context().close();
    });
}
