// A provider that takes the money and whose answer is lost: nobody pays twice, and what it did is found out.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { LOGINS } from './host.mjs';
import { closeTill, openTill } from './open_till.mjs';
import { addCard, fault, movedAt, noFaults, paperBehind, payWith, referenceOn, rowsOf, stateOf, untilStateIs } from './paying.mjs';
import { visitor } from './people.mjs';
import { PLANS, buy, newest } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

let host;
let browser;
let cards;
before(async () => { ({ host, browser, cards } = await openTill()); });
after(() => closeTill({ host, browser }));

for (const [tenant, { locale, email }] of Object.entries(LOGINS)) {
    const words = (key) => say('payments', locale, key);

    test(`${tenant}: an answer that is lost is looked for, and meanwhile nothing is paid again`, { timeout: 240000 }, async () => {
        const tab = await visitor(host, browser, tenant);
        await addCard(host, tab, tenant, cards.ok);
        await buy(host, tab, tenant, PLANS[tenant][0]);
        const { number, path: invoice, total } = await newest(host, tab, tenant);
        // The same form in two windows, both filled in before anything is sent.
        await tab.click('main a[href^="/payments/pay?"]');
        const beside = await tab.context().newPage();
        await beside.goto(tab.url());
        // It does not tell us by itself either: we ask.
        await fault(host, 'never', 'webhook');
        await fault(host, 'reset_after_commit', 'POST /v1/payments');
        await payWith(host, tab, '4242');
        await checkWords(tab);
        const path = new URL(tab.url()).pathname;
        const reference = await referenceOn(tab);
        assert.equal(await stateOf(tab), words('payment_state.unknown'));
        assert.equal((await tab.textContent('main .callout')).trim(), words('next_step.unknown'), 'not known, not to be paid again');
        assert.equal(await tab.locator('main a[href$="/receipt"], main a[href^="/payments/pay"], main form').count(), 0);

        await beside.click('main form button.btn-primary');
        await checkWords(beside);
        assert.ok((await beside.textContent('.error-summary')).includes(words('error.under_way')), 'the form beside takes nothing');
        await beside.goto(host.url(tenant, invoice));
        assert.ok((await checkWords(beside)).includes(say('invoices', locale, 'detail.being_paid')));
        assert.equal(await beside.locator('main a[href^="/payments/pay?"]').count(), 0);
        assert.equal(await beside.locator(`main a[href="${path}"]`).count(), 1);
        await beside.goto(host.url(tenant, `/payments/pay?invoice=${invoice.split('/').pop()}`));
        await checkWords(beside);
        assert.equal(await beside.locator('main form button').count(), 0, 'nor does a new one');
        assert.equal(await beside.locator(`main a[href="${path}"]`).count(), 1);
        const [row] = await rowsOf(host, beside, tenant, path);
        assert.ok(row.includes(words('payment_state.unknown')) && row.includes(number), row);
        assert.doesNotMatch(row, /RC-/);
        await beside.goto(host.url(tenant, '/'));
        await checkWords(beside);
        assert.equal(await beside.locator('main a[href^="/payments/pay"]').count(), 0, 'nothing at home either');

        await noFaults(host);
        await fault(host, 'never', 'webhook');
        await untilStateIs(tab, words('payment_state.captured'));
        await noFaults(host);
        await checkWords(tab);
        assert.deepEqual(await movedAt(host, reference), [`payment ${Math.round(total * 100)}`], 'once, by the provider\'s books');
        const receipt = /RC-\d{4}-\d{6}/.exec(await tab.textContent('main a[href$="/receipt"]'))[0];
        assert.ok((await paperBehind(host, tab, 'main a[href$="/receipt"]')).includes(receipt));
        assert.equal((await host.mailTo(email, { saying: receipt })).file.name, `${receipt}.pdf`);
        await tab.goto(host.url(tenant, invoice));
        assert.equal(await tab.locator('main a[href^="/payments/pay"]').count(), 0, 'nothing is left to pay');
        assert.deepEqual((await rowsOf(host, tab, tenant, path)).length, 1);
        await tab.context().close();
    });
}
