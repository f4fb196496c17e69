// Money that a bank takes days for: said as long as it is not there, and open again where the bank takes it back.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { LIVERY, LOGINS, giveTestClock } from './host.mjs';
import { closeTill, openTill } from './open_till.mjs';
import { addCard, fault, movedAt, noFaults, paperBehind, passAtProvider, payNewest, payWith, referenceOn, rowsOf, stateOf, toBankAccount, untilStateIs } from './paying.mjs';
import { stranger, visitor } from './people.mjs';
import { PLANS, buy } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

// Each tenant's first step of dunning, in days (its tenant.yaml).
const WARNS_AFTER = { harbor: 10, northwind: 7, lumen: 14 };
let host;
let browser;
let cards;
before(async () => {
    ({ host, browser, cards } = await openTill({ beforeStart(data, line) {
        for (const tenant of Object.keys(LOGINS)) giveTestClock(join(line[line.indexOf('--tenants') + 1], tenant));
    } }));
});
after(() => closeTill({ host, browser }));

const days = (tenant, count) => execFileSync(LIVERY, ['clock', '--tenant', tenant, 'advance', `${count}days`, '--quiet', ...host.words],
    { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
const valueOf = (statement) => host.sql(statement).split('\n')[1];

for (const [tenant, { locale, email }] of Object.entries(LOGINS)) {
    const words = (key) => say('payments', locale, key);

    test(`${tenant}: a debit on its way is said to be, asks nobody to pay again, and has its receipt once it is there`, { timeout: 240000 }, async () => {
        const tab = await visitor(host, browser, tenant);
        const main = async (path) => { await tab.goto(host.url(tenant, path)); return checkWords(tab); };
        await addCard(host, tab, tenant, cards.pending_paid);
        await buy(host, tab, tenant, PLANS[tenant][0]);
        // The bank decides after five seconds: we are not told before all of this was seen.
        await fault(host, 'late', 'webhook');
        const letters = host.mailsTo(email).length;
        const { number, invoice, path } = await payNewest(host, tab, tenant, cards.pending_paid.slice(-4));
        await checkWords(tab);
        const reference = await referenceOn(tab);
        assert.equal(await stateOf(tab), words('payment_state.pending'));
        assert.equal((await tab.textContent('main .callout')).trim(), words('next_step.pending'), 'what happens next');
        assert.equal(await tab.locator('main a[href$="/receipt"], main a[href^="/payments/pay"], main form').count(), 0, 'no receipt, and nothing to do');
        const [row, ...others] = await rowsOf(host, tab, tenant, path);
        assert.ok(row.includes(words('payment_state.pending')) && row.includes(number), row);
        assert.doesNotMatch(row, /RC-/);
        assert.deepEqual(others, []);
        assert.ok((await main(invoice)).includes(say('invoices', locale, 'detail.being_paid')));
        assert.equal(await tab.locator('main a[href^="/payments/pay?"]').count(), 0, 'it is not asked for again');
        assert.equal(await tab.locator(`main a[href="${path}"]`).count(), 1, 'and leads to the payment');
        assert.ok((await main(`/payments/pay?invoice=${invoice.split('/').pop()}`)).includes(words('pay.nothing_more')));
        assert.equal(await tab.locator(`main a[href="${path}"]`).count(), 1);
        assert.equal(await tab.locator('main form button').count(), 0);
        await main('/');
        assert.equal(await tab.locator('main a[href^="/payments/pay"]').count(), 0, 'nothing at home either');
        assert.equal(host.mailsTo(email).length, letters, 'nobody is thanked for what is not there');

        await passAtProvider(host, 5);
        await noFaults(host);
        await tab.goto(host.url(tenant, path));
        await untilStateIs(tab, words('payment_state.captured'));
        assert.equal(await tab.locator('main .callout').count(), 0);
        const receipt = /RC-\d{4}-\d{6}/.exec(await tab.textContent('main a[href$="/receipt"]'))[0];
        assert.ok((await paperBehind(host, tab, 'main a[href$="/receipt"]')).includes(receipt));
        assert.equal((await host.mailTo(email, { saying: receipt })).file.name, `${receipt}.pdf`);
        assert.equal((await movedAt(host, reference)).length, 1, 'once, by the provider\'s books');
        assert.ok((await rowsOf(host, tab, tenant, path))[0].includes(receipt));
        assert.ok(!(await main(invoice)).includes(say('invoices', locale, 'detail.being_paid')));
        assert.equal(await tab.locator('main a[href^="/payments/pay"]').count(), 0, 'it is paid');
        await main('/');
        assert.equal(await tab.locator(`main .agenda a[href="${invoice}"]`).count(), 0);
        await tab.context().close();
    });

    test(`${tenant}: a debit that its bank takes back opens the invoice again, which is dunned from that day`, { timeout: 240000 }, async () => {
        const email = `robin@${tenant}.example`;
        const tab = await stranger(host, browser, tenant, email);
        const main = async (path) => { await tab.goto(host.url(tenant, path)); return checkWords(tab); };
        await addCard(host, tab, tenant, cards.ok_mastercard);
        toBankAccount(host, tenant, '4444', 'debit_returned');
        assert.ok((await main('/payment-methods')).includes(words('method.bank_account')), 'kept, without a number');
        await buy(host, tab, tenant, PLANS[tenant][0]);
        const { number, invoice, path } = await payNewest(host, tab, tenant, words('method.bank_account'));
        await untilStateIs(tab, words('payment_state.captured'));
        const due = Number(valueOf(`SELECT DATEDIFF(due_on, issued_at) FROM invoices_document WHERE tenant_id = '${tenant}' AND number = '${number}'`));
        days(tenant, due + 3);
        await passAtProvider(host, 60);

        await tab.goto(host.url(tenant, path));
        await untilStateIs(tab, words('payment_state.failed_late'));
        await checkWords(tab);
        assert.equal((await tab.textContent('main .callout')).trim(), words('next_step.failed_late'));
        assert.equal((await tab.textContent('main a[href^="/payments/pay?"]')).trim(), words('detail.pay_again'), 'what to do next');
        assert.ok((await rowsOf(host, tab, tenant, path))[0].includes(words('payment_state.failed_late')));
        await host.mailTo(email, { saying: words('mail.came_back.text') });
        await main(invoice);
        assert.equal(await tab.locator('main a[href^="/payments/pay?"]').count(), 1, 'it is open again');
        await main('/');
        assert.equal(await tab.locator(`main .agenda a[href="${invoice}"]`).count(), 1, 'and ahead, at home');

        days(tenant, WARNS_AFTER[tenant] - 1);
        assert.ok(!(await main('/payments')).includes(words('standing.warned')), 'its old due day does not count');
        days(tenant, 1);
        assert.ok((await main('/payments')).includes(words('standing.warned')), 'that of the bank does');
        assert.ok((await main('/')).includes(words('standing.pay_now')));

        await tab.goto(host.url(tenant, path));
        await tab.click('main a[href^="/payments/pay?"]');
        await payWith(host, tab, '', cards.ok);
        assert.equal(await stateOf(tab), words('payment_state.captured'));
        await main(invoice);
        assert.equal(await tab.locator('main a[href^="/payments/pay"]').count(), 0, 'paid another way');
        assert.ok(!(await main('/payments')).includes(words('standing.warned')));
        await tab.context().close();
    });
}
