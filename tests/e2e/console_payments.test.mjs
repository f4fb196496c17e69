// What waits for a person about money: staff see it in the console and decide it there, by their own name.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { inspectorOf } from './accessibility.mjs';
import { Client, sleep } from './host.mjs';
import { closeTill, openTill } from './open_till.mjs';
import { addCard, fault, payNewest } from './paying.mjs';
import { visitor } from './people.mjs';
import { PLANS, buy } from './shopping.mjs';
import { LANGUAGE, here, inside, invite, join, livery, submit, tabOf } from './staff.mjs';

let host, browser, cards;
before(async () => {
    ({ host, browser, cards } = await openTill());
    for (const tenant of Object.keys(LANGUAGE)) await wrongAmount(tenant);
    await wrongAmount('harbor');
});
after(() => closeTill({ host, browser }));

const waiting = (tenant) => JSON.parse(livery(host, 'payment-cases', '--tenant', tenant, '--json'));
const cases = (tenant) => waiting(tenant).filter((one) => one.payment);
const CASE = /^\/console\/payments\/cases\/[\w.:-]+$/;

// A provider that names another amount than was asked for: nobody but a person can say what was taken.
async function wrongAmount(tenant) {
    const before = cases(tenant).length;
    const tab = await visitor(host, browser, tenant);
    await addCard(host, tab, tenant, cards.ok);
    await buy(host, tab, tenant, PLANS[tenant][0]);
    await fault(host, 'wrong_amount', 'POST /v1/payments', 1);
    await payNewest(host, tab, tenant, cards.ok.slice(-4));
    for (let i = 0; cases(tenant).length === before; i++) {
        assert.ok(i < 100, 'the payment became a case');
        await sleep(200);
    }
    await tab.context().close();
}

// An open invoice of the tenant's demo subscriber, of which one unit is objected to.
async function objection(tenant) {
    const subscriber = new Client(host, tenant);
    await subscriber.signIn();
    const { documents } = JSON.parse((await subscriber.get('/invoices/export?from=2020-01-01&to=2099-12-31&format=json')).text);
    for (const one of documents.filter((document) => document.kind === 'invoice' && document.balance.amount > 100)) {
        const id = livery(host, 'object-invoice', '--tenant', tenant, '--account', one.account, '--invoice', one.id, '--amount', '1.00', '--reason', 'Never <b>delivered</b>').trim();
        return { subscriber, id, invoice: one };
    }
    throw new Error(`${tenant} has no open invoice: ${JSON.stringify(documents[0])}`);
}

for (const tenant of Object.keys(LANGUAGE)) {
    test(`${tenant}: a case is seen to and an objection decided, in the browser (JavaScript off)`, async () => {
        const { id, invoice } = await objection(tenant);
        const before = cases(tenant);
        assert.ok(before.length > 0);
        const tab = await tabOf(browser, tenant);
        await join(tab, here(host, tenant, invite(host, tenant, `money@${tenant}.example`, 'billing', 'Mona Money')), `money@${tenant}.example`);
        assert.equal(await tab.locator('.work-lists a[href="/console/payments"]').count(), 1, 'home says what waits');
        await tab.click('.work-lists a[href="/console/payments"]');
        const listed = await tab.locator('tbody tr').count();
        assert.equal(listed, Math.min(before.length, 50));
        await tab.click('tbody tr:first-child th a');
        const page = new URL(tab.url()).pathname;
        assert.match(page, CASE);
        await tab.goto(host.url(tenant, `${page}/close`));
        await submit(tab);
        assert.equal(await tab.locator('.error-summary a[href="#reason"]').count(), 1, 'nobody closes a case without a reason');
        await tab.fill('#reason', 'Seen');
        await submit(tab);
        assert.ok(await tab.locator('.error-summary').count() > 0, 'nor one whose money nobody knows of');
        await tab.goto(host.url(tenant, page));
        await tab.click('main a.btn-primary');
        await tab.fill('#reason', 'Seen, and <i>told</i>');
        await submit(tab);
        assert.equal(await tab.locator('.error-summary a[href="#was_taken"]').count(), 1);
        assert.equal(await tab.inputValue('#reason'), 'Seen, and <i>told</i>', 'what was typed is kept');
        await tab.selectOption('#was_taken', 'yes');
        await submit(tab);
        assert.equal(new URL(tab.url()).pathname, '/console/payments');
        assert.equal(await tab.locator('.notice').count(), 1);
        assert.equal(cases(tenant).length, before.length - 1);
        await tab.goto(host.url(tenant, page));
        assert.match(await tab.textContent('main'), /Mona Money/, 'by whom');
        assert.match(await tab.textContent('main'), /Seen, and <i>told<\/i>/, 'typed markup is text');
        assert.equal(await tab.locator('main a.btn').count(), 0, 'nothing more to decide');
        await tab.goto(host.url(tenant, `${page}/decide`));
        assert.equal(new URL(tab.url()).pathname, page, 'a page that was left open leads to what was decided');

        await tab.goto(host.url(tenant, '/console/payments/objections'));
        await tab.click('tbody tr:first-child th a');
        assert.match(await tab.textContent('main'), /Never <b>delivered<\/b>/);
        assert.ok((await tab.textContent('main')).includes(invoice.number));
        await tab.click('main a.btn-primary');
        await submit(tab);
        assert.ok(await tab.locator('.error-summary').count() > 0);
        await tab.selectOption('#decision', 'right');
        await tab.fill('#reason', 'It never came');
        await submit(tab);
        assert.equal(new URL(tab.url()).pathname, '/console/payments/objections');
        assert.ok(!waiting(tenant).some((one) => one.objection === id), 'it is decided');
        await tab.goto(host.url(tenant, '/console/profile/activity'));
        const activity = await tab.textContent('main');
        assert.doesNotMatch(activity, /audit\./, 'every action has its words');
        assert.match(livery(host, 'verify', '--tenant', tenant), /ok/, 'the books hold');
    });
}

test('an agent reads and decides nothing; what is another tenant\'s is not there', async () => {
    const agent = await inside(host, 'harbor', 'reads@harbor.example', 'agent');
    const list = await agent.get('/console/payments');
    assert.equal(list.status, 200);
    const [, page] = /href="(\/console\/payments\/cases\/[^"]+)"/.exec(list.text);
    const shown = await agent.get(page);
    assert.equal(shown.status, 200);
    assert.doesNotMatch(shown.text, /\/close"|\/decide"/);
    for (const way of ['close', 'decide']) {
        assert.equal((await agent.get(`${page}/${way}`)).status, 403);
        await agent.get(page);
        assert.equal((await agent.post(`${page}/${way}`, { reason: 'x', was_taken: 'no' })).status, 403);
    }
    const other = await inside(host, 'northwind', 'other@northwind.example', 'billing');
    assert.equal((await other.get(page)).status, 404);
    await other.get('/console/payments');
    assert.equal((await other.post(`${page}/close`, { reason: 'x' })).status, 404);
    assert.equal((await other.get('/console/payments/cases/nonsense')).status, 404);
    const csv = await agent.get('/console/payments?format=csv');
    assert.match(csv.headers['content-type'], /^text\/csv/);
    assert.equal(csv.text.trim().split('\r\n').length, cases('harbor').length + 1, 'a row for each, and the header');
});

test('lists, a case and its forms: no accessibility violation, nothing wider than a phone', async () => {
    const tab = await tabOf(browser, 'lumen', { javaScriptEnabled: true, bypassCSP: true, colorScheme: 'dark' });
    const inspect = inspectorOf(tab);
    await wrongAmount('lumen');
    await objection('lumen');
    await join(tab, here(host, 'lumen', invite(host, 'lumen', 'axe@lumen.example', 'billing', 'Alex Roe')), 'axe@lumen.example');
    await inspect('home');
    for (const list of ['/console/payments', '/console/payments/objections']) {
        await tab.goto(host.url('lumen', list));
        await inspect(list);
        await tab.click('tbody tr:first-child th a');
        await inspect(`${list}: the first`);
        const page = new URL(tab.url()).pathname;
        for (const way of ['close', 'decide']) {
            const answer = await tab.goto(host.url('lumen', `${page}/${way}`));
            if (answer.status() === 200) await inspect(`${list}: ${way}`);
        }
    }
});
