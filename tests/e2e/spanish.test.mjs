// Somebody pays in Spanish, at a business whose first language is English: amounts are typed as people there do.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { startHost } from './host.mjs';
import { cardsOf, movedAt, payWith, stateOf } from './paying.mjs';
import { register } from './people.mjs';
import { PLANS, buy, newest } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

const TENANT = 'northwind';
const PERSON = { email: 'lucia@mole.example', password: 'seven-green-kites-fly' };
const words = (key) => say('payments', 'es-ES', key);
let host;
let browser;
let tab;
let cards;

before(async () => {
    host = await startHost({ beforeStart: (data, line) => {
        const file = join(line[line.indexOf('--tenants') + 1], TENANT, 'tenant.yaml');
        writeFileSync(file, readFileSync(file, 'utf8').replace(/^locales: .*$/m, 'locales: [en-US, es-ES]'));
    } });
    browser = await launchBrowser();
    tab = await (await browser.newContext({ javaScriptEnabled: false, locale: 'es-ES' })).newPage();
    cards = await cardsOf(host);
    await register(host, tab, TENANT, 'Lucía Ortega', PERSON);
});
after(async () => {
    await browser?.close();
    assert.equal(await host?.stop(), 0);
});

const referenceOn = async () => (await tab.textContent('main code')).trim();

test('a part of an invoice, typed with the marks of the language, is what is charged', async () => {
    await buy(host, tab, TENANT, PLANS[TENANT][0], 10);
    const invoice = await newest(host, tab, TENANT);
    assert.ok(invoice.total > 1234.5, `${invoice.total}`);
    for (const [typed, charged] of [['1.234,50', 123450], ['12,5', 1250]]) {
        await tab.goto(host.url(TENANT, invoice.path));
        await tab.click('main a[href^="/payments/pay"]');
        assert.match(await tab.inputValue('main form input[type=text]'), /^\d[\d.]*,\d\d$/, 'what is owed, as it is typed here');
        await tab.fill('main form input[type=text]', typed);
        await payWith(host, tab, '', cards.ok);
        await checkWords(tab);
        assert.equal(await stateOf(tab), words('payment_state.captured'));
        assert.deepEqual(await movedAt(host, await referenceOn()), [`payment ${charged}`], typed);
    }
});

test('an amount with the marks of another language is asked for again, and kept as it was typed', async () => {
    await newest(host, tab, TENANT);
    await tab.click('main a[href^="/payments/pay"]');
    await tab.fill('main form input[type=text]', '1,234.50');
    await tab.click('main form button.btn-primary');
    await checkWords(tab);
    assert.ok((await tab.textContent('.error-summary')).includes(words('error.amount')));
    assert.equal(await tab.inputValue('main form input[type=text]'), '1,234.50');
});

test('a debit that a bank decides on later is shown as on its way, and is booked when it says yes', async () => {
    await newest(host, tab, TENANT);
    await tab.click('main a[href^="/payments/pay"]');
    await tab.fill('main form input[type=text]', '3,00');
    await payWith(host, tab, '', cards.pending_paid);
    await checkWords(tab);
    assert.equal(await stateOf(tab), words('payment_state.pending'));
    assert.ok((await tab.textContent('main')).includes(words('next_step.pending')), 'what comes next');
    assert.equal(await tab.locator('main a[href$="/receipt"]').count(), 0, 'no receipt of what is not there yet');
    const page = tab.url();
    for (let i = 0; i < 60 && await stateOf(tab) !== words('payment_state.captured'); i++) {
        await tab.waitForTimeout(1000);
        await tab.goto(page);
    }
    assert.equal(await stateOf(tab), words('payment_state.captured'));
    assert.deepEqual(await movedAt(host, await referenceOn()), ['payment 300']);
    assert.equal(await tab.locator('main a[href$="/receipt"]').count(), 1);
});
