// Paying in a browser without JavaScript, at every demo tenant in its language: the card goes to the provider's own
// page, and what was charged is read in the provider's books.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Client, LOGINS } from './host.mjs';
import { closeTill, openTill } from './open_till.mjs';
import { addCard, enterCard, movedAt, paperBehind, payWith, providerOf, referenceOn, stateOf } from './paying.mjs';
import { visitor as visitorOf } from './people.mjs';
import { OTHERS, PLANS, amount, buy, newest } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

let host;
let browser;
let cards;
before(async () => { ({ host, browser, cards } = await openTill()); });
after(() => closeTill({ host, browser }));

const visitor = (tenant, email) => visitorOf(host, browser, tenant, email);
const minor = (text) => Math.round(Math.abs(amount(text)) * 100);

for (const [tenant, { locale, email }] of Object.entries(LOGINS)) {
    const words = (key) => say('payments', locale, key);

    test(`${tenant}: add a card, pay an invoice with it, get the receipt`, async () => {
        const tab = await visitor(tenant);
        await addCard(host, tab, tenant, cards.ok);
        await checkWords(tab);
        const kept = await tab.textContent('main');
        assert.match(kept, /4242/, 'the end of the number');
        assert.ok(kept.includes(words('methods.default')), 'the first one is charged first');
        assert.ok((await tab.textContent('body')).includes(words('notice.method_added')));

        await buy(host, tab, tenant, PLANS[tenant][0]);
        const invoice = await newest(host, tab, tenant);
        await tab.click('main a[href^="/payments/pay"]');
        const asked = minor(await tab.inputValue('main form input[type=text]'));
        await payWith(host, tab, '4242');
        await checkWords(tab);
        assert.equal(await stateOf(tab), words('payment_state.captured'));
        assert.equal(minor(await tab.textContent('h1')), asked);
        assert.deepEqual(await movedAt(host, await referenceOn(tab)), [`payment ${asked}`], 'once, by the provider\'s books');

        const receipt = /RC-\d{4}-\d{6}/.exec(await tab.textContent('main a[href$="/receipt"]'))[0];
        assert.ok((await paperBehind(host, tab, 'main a[href$="/receipt"]')).includes(receipt), 'its number is on it');
        assert.equal((await host.mailTo(email, { saying: receipt })).file.name, `${receipt}.pdf`, 'and it goes by mail');

        await tab.goto(host.url(tenant, invoice.path));
        assert.equal(await tab.locator('main a[href^="/payments/pay"]').count(), 0, 'nothing is left to pay');
        await tab.goto(host.url(tenant, '/payments'));
        assert.ok((await tab.textContent('tbody tr:first-child')).includes(words('payment_state.captured')));
        await tab.context().close();
    });

    test(`${tenant}: the bank asks; a card is refused and another one pays`, async () => {
        const tab = await visitor(tenant);
        await buy(host, tab, tenant, PLANS[tenant][0]);
        await newest(host, tab, tenant);
        await tab.click('main a[href^="/payments/pay"]');
        await tab.fill('main form input[type=text]', '1.00');
        await payWith(host, tab, '', cards.insufficient_funds);
        await checkWords(tab);
        assert.equal(await stateOf(tab), words('payment_state.declined'));
        assert.ok((await tab.textContent('main')).includes(words('next_step.soft')), 'what to do next');
        assert.deepEqual(await movedAt(host, await referenceOn(tab)), []);

        await newest(host, tab, tenant);
        await tab.click('main a[href^="/payments/pay"]');
        await tab.fill('main form input[type=text]', '1.00');
        const choice = tab.locator('select#method');
        await choice.selectOption({ index: await choice.locator('option').count() - 1 });
        await tab.click('main form button.btn-primary');
        await enterCard(host, tab, cards.challenge);
        await tab.click('button[value=confirm]');
        await tab.waitForURL(/\/payments\/[a-z]+_\w+$/);
        assert.equal(await stateOf(tab), words('payment_state.captured'), 'the bank asked, and was told yes');
        assert.deepEqual(await movedAt(host, await referenceOn(tab)), ['payment 100']);

        // What is left, together with everything else that is open, in one charge.
        await tab.goto(host.url(tenant, '/payments/pay'));
        await payWith(host, tab, '4242');
        assert.equal(await stateOf(tab), words('payment_state.captured'));
        const all = minor(await tab.textContent('h1'));
        assert.deepEqual(await movedAt(host, await referenceOn(tab)), [`payment ${all}`]);
        await tab.goto(host.url(tenant, '/payments/pay'));
        await checkWords(tab);
        assert.ok((await tab.textContent('main')).includes(words('pay.nothing')));
        assert.equal(await tab.locator('main form button.btn-primary').count(), 0);
        await tab.context().close();
    });

    test(`${tenant}: a bank that is reached by a form only`, async () => {
        const tab = await visitor(tenant, OTHERS[tenant]);
        await tab.goto(host.url(tenant, '/payment-methods'));
        await tab.click('form[action="/payment-methods/add"] button');
        await enterCard(host, tab, cards.challenge_by_post);
        await tab.click('button[value=confirm]');
        await tab.waitForURL(host.url(tenant, '/payment-methods'));
        await buy(host, tab, tenant, PLANS[tenant][0]);
        await newest(host, tab, tenant);
        await tab.click('main a[href^="/payments/pay"]');
        await tab.fill('main form input[type=text]', '1.00');
        const choice = tab.locator('select#method');
        const labels = await choice.locator('option').allTextContents();
        await choice.selectOption({ index: labels.findIndex((label) => label.includes(cards.challenge_by_post.slice(-4))) });
        await tab.click('main form button.btn-primary');
        await tab.waitForURL(/\/payments\/[a-z]+_\w+\/go$/);
        await checkWords(tab);
        // The header lets the form go to this bank (one of TLS: and on from there); nothing but our own host elsewhere.
        const formsOf = async () => /form-action ([^;]*)/.exec((await (await tab.reload()).allHeaders())['content-security-policy'])[1];
        assert.equal(await formsOf(), `'self' ${providerOf(host)}`);
        const way = tab.url();
        const page = await tab.getAttribute('main form', 'action');
        assert.equal((await fetch(page)).status, 405, 'a link leads nowhere');
        await tab.goto(way.replace(/\/go$/, ''));
        assert.equal(await formsOf(), "'self'");
        await tab.click(`main a[href="${new URL(way).pathname}"]`);
        await tab.click('main form button.btn-primary');
        await tab.waitForURL((url) => url.href.startsWith(`${providerOf(host)}/pay/`));
        await tab.click('button[value=confirm]');
        await tab.waitForURL(/\/payments\/[a-z]+_\w+$/);
        assert.equal(await stateOf(tab), words('payment_state.captured'));
        assert.deepEqual(await movedAt(host, await referenceOn(tab)), ['payment 100']);
        // Others do not begin with a card that is asked for each time.
        await tab.goto(host.url(tenant, '/payment-methods'));
        await tab.click(`li:has-text("${cards.challenge_by_post.slice(-4)}") form[action$="/remove"] button`);
        await tab.context().close();
    });

    test(`${tenant}: what is typed wrong is said where it is, and nothing is charged`, async () => {
        const tab = await visitor(tenant, OTHERS[tenant]);
        await buy(host, tab, tenant, PLANS[tenant][0]);
        await newest(host, tab, tenant);
        const invoice = tab.url();
        await tab.click('main a[href^="/payments/pay"]');
        for (const [typed, wrong] of [['no money', 'error.amount'], ['-3', 'error.amount'], ['999999', 'error.more_than_owed'], ['', 'error.choose_invoices']]) {
            await tab.fill('main form input[type=text]', typed);
            await tab.click('main form button.btn-primary');
            await checkWords(tab);
            assert.ok((await tab.textContent('.error-summary')).includes(words(wrong)), `${typed}: ${wrong}`);
            assert.equal(await tab.inputValue('main form input[type=text]'), typed, 'what was typed is kept');
        }
        // Back from the provider's page without having paid.
        await tab.fill('main form input[type=text]', '1.00');
        await tab.click('main form button.btn-primary');
        await tab.waitForURL(/127\.0\.0\.1/);
        // In another window the invoice leads to the payment that waits, and asks for no second one.
        const beside = await tab.context().newPage();
        await beside.goto(invoice);
        assert.equal(await beside.locator('main a[href^="/payments/pay?"]').count(), 0);
        await beside.click('main a[href^="/payments/pay_"]');
        await checkWords(beside);
        assert.equal(await stateOf(beside), words('payment_state.requires_action'));
        await beside.close();
        await tab.click('button[value=cancel]');
        await tab.waitForURL(/\/payments\/[a-z]+_\w+$/);
        assert.equal(await stateOf(tab), words('payment_state.cancelled'));
        assert.deepEqual(await movedAt(host, await referenceOn(tab)), []);
        // Somebody else's payment is not there.
        const other = new Client(host, tenant);
        await other.signIn();
        assert.equal((await other.get(new URL(tab.url()).pathname)).status, 404);
        assert.equal((await other.get(`${new URL(tab.url()).pathname}/go`)).status, 404);
        await tab.context().close();
    });

    test(`${tenant}: automatic payment keeps its last card`, async () => {
        const tab = await visitor(tenant);
        await tab.goto(host.url(tenant, '/payment-methods'));
        assert.equal(await tab.locator('nav a[aria-current=page]').first().getAttribute('href'), '/payments', 'it is told where one is');
        await tab.click('form[action="/payment-methods/automatic"] button');
        assert.ok((await tab.textContent('body')).includes(words('notice.automatic_on')));
        await tab.click('form[action$="/remove"] button');
        assert.ok((await tab.textContent('main')).includes(words('error.last_method')), 'in words');
        await addCard(host, tab, tenant, cards.ok_mastercard);
        await tab.click('li:has-text("4444") form[action$="/default"] button');
        assert.ok((await tab.textContent('li:has-text("4444")')).includes(words('methods.default')));
        await tab.click('li:has-text("4242") form[action$="/remove"] button');
        assert.ok((await tab.textContent('body')).includes(words('notice.method_removed')));
        assert.equal(await tab.locator('li:has-text("4242")').count(), 0);
        await checkWords(tab);
        await tab.context().close();
    });

    test(`${tenant}: the card that pays is kept for the next time, for whoever wants that`, async () => {
        const tab = await visitor(tenant, OTHERS[tenant]);
        await buy(host, tab, tenant, PLANS[tenant][0]);
        for (const keep of [false, true]) {
            await newest(host, tab, tenant);
            await tab.click('main a[href^="/payments/pay"]');
            await tab.fill('main form input[type=text]', '1.00');
            assert.equal(await tab.isChecked('#keep'), false, 'nobody is taken at his word for what he did not say');
            if (keep) await tab.check('#keep');
            await payWith(host, tab, '', cards.ok);
            assert.equal(await stateOf(tab), words('payment_state.captured'));
            await tab.goto(host.url(tenant, '/payment-methods'));
            await checkWords(tab);
            assert.equal((await tab.textContent('main')).includes('4242'), keep);
        }
        await newest(host, tab, tenant);
        await tab.click('main a[href^="/payments/pay"]');
        await checkWords(tab);
        await tab.fill('main form input[type=text]', '1.00');
        await payWith(host, tab, '4242');
        assert.equal(await stateOf(tab), words('payment_state.captured'), 'no number was typed');
        assert.deepEqual(await movedAt(host, await referenceOn(tab)), ['payment 100']);
        await tab.context().close();
    });
}
