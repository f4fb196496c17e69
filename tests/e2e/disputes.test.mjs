// A chargeback that a bank opens, and its end: each stands beside its payment, and the invoice follows.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { LOGINS } from './host.mjs';
import { closeTill, openTill } from './open_till.mjs';
import { addCard, movedAt, passAtProvider, payNewest, referenceOn, rowsOf, untilStateIs } from './paying.mjs';
import { stranger } from './people.mjs';
import { PLANS, amount, buy } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

// What a bank does it does a minute later (providers/README.md).
const MINUTE = 60;
let host;
let browser;
let cards;
before(async () => { ({ host, browser, cards } = await openTill()); });
after(() => closeTill({ host, browser }));

for (const [tenant, { locale }] of Object.entries(LOGINS)) {
    const words = (key) => say('payments', locale, key);

    for (const end of ['won', 'lost']) {
        test(`${tenant}: a chargeback that is ${end}`, { timeout: 240000 }, async () => {
            const email = `robin-${end}@${tenant}.example`;
            const tab = await stranger(host, browser, tenant, email);
            const card = cards[`dispute_${end}`];
            await addCard(host, tab, tenant, card);
            await buy(host, tab, tenant, PLANS[tenant][0]);
            const { number, invoice, path } = await payNewest(host, tab, tenant, card.slice(-4));
            const reference = await referenceOn(tab);
            await untilStateIs(tab, words('payment_state.captured'));
            const paid = Math.round(amount(await tab.textContent('h1')) * 100);
            const isOpen = async (open, why) => {
                await tab.goto(host.url(tenant, invoice));
                await checkWords(tab);
                assert.equal(await tab.locator('main a[href^="/payments/pay?"]').count(), open ? 1 : 0, why);
                await tab.goto(host.url(tenant, '/'));
                await checkWords(tab);
                assert.equal(await tab.locator(`main .agenda a[href="${invoice}"]`).count(), open ? 1 : 0, `${why}, at home`);
            };
            await isOpen(false, 'it is paid');

            await passAtProvider(host, MINUTE);
            await tab.goto(host.url(tenant, path));
            await untilStateIs(tab, words('payment_state.failed_late'));
            await checkWords(tab);
            assert.equal((await tab.textContent('main .callout')).trim(), words('next_step.held_by_bank'), 'what to do next');
            assert.equal((await tab.textContent('main a[href^="/payments/pay?"]')).trim(), words('detail.pay_again'));
            const back = await tab.textContent('section[aria-labelledby=h-back]');
            assert.ok(back.includes(words('refund_kind.chargeback')) && back.includes(words('refund_state.succeeded')), back);
            assert.equal(Math.round(amount(await tab.textContent('section[aria-labelledby=h-back] dd')) * 100), -paid);
            const [first, second, ...others] = await rowsOf(host, tab, tenant, path);
            assert.ok(first.includes(words('payment_state.failed_late')) && first.includes(number), first);
            assert.ok(second.includes(words('refund_kind.chargeback')), second);
            assert.deepEqual(others, []);
            await isOpen(true, 'what the bank took is owed again');
            await host.mailTo(email, { saying: words('mail.came_back.text') });

            await passAtProvider(host, MINUTE);
            await tab.goto(host.url(tenant, path));
            if (end === 'won') await untilStateIs(tab, words('payment_state.captured'));
            const moved = [`payment ${paid}`, `chargeback ${paid}`, ...(end === 'won' ? [`chargeback_reversal ${paid}`] : [])];
            assert.deepEqual(await movedAt(host, reference), moved, 'by the provider\'s books');
            await checkWords(tab);
            const kinds = end === 'won' ? ['chargeback', 'reversal'] : ['chargeback'];
            const rows = await rowsOf(host, tab, tenant, path);
            assert.equal(rows.length, 1 + kinds.length, rows.join('\n'));
            for (const kind of kinds) assert.ok(rows.some((row) => row.includes(words(`refund_kind.${kind}`))), kind);
            await isOpen(end === 'lost', end === 'won' ? 'the bank has given it back' : 'it stays open');
            await tab.goto(host.url(tenant, path));
            assert.equal(await tab.locator('main a[href^="/payments/pay?"]').count(), end === 'won' ? 0 : 1);
            await tab.context().close();
        });
    }
}
