// Automatic payment over the test clock: tried again on the days of the plan, written to, and paid by another card.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { LIVERY, LOGINS, giveTestClock, sleep, startHost } from './host.mjs';
import { addCard, cardsOf, movedAt, stateOf } from './paying.mjs';
import { register } from './people.mjs';
import { PLANS, buy, newest } from './shopping.mjs';
import { say } from './words.mjs';

// Somebody who owes nothing yet; harbor tries again after 1, 8, 4 and 7 days (its tenant.yaml).
const PERSON = { email: 'robin@mole.example', password: 'seven-green-kites-fly' };
const words = (key) => say('payments', LOGINS.harbor.locale, key);
let host;
let browser;
let tab;
const days = (count) => execFileSync(LIVERY, ['clock', '--tenant', 'harbor', 'advance', `${count}days`, '--quiet', ...host.words], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
const letters = (subject) => host.mailsTo(PERSON.email).filter((mail) => mail.subject.startsWith(subject)).length;
// A letter leaves a moment after what it is about.
async function written(subject, total) {
    for (let i = 0; i < 50 && letters(subject) < total; i++) await sleep(100);
    assert.equal(letters(subject), total, 'a letter for each');
}
const automatic = async () => {
    await tab.goto(host.url('harbor', '/payments'));
    return (await tab.locator('tbody tr').allTextContents()).filter((row) => row.includes(words('origin.automatic')));
};

before(async () => {
    host = await startHost({ beforeStart: (data, line) => giveTestClock(join(line[line.indexOf('--tenants') + 1], 'harbor')) });
    browser = await launchBrowser();
    tab = await (await browser.newContext({ javaScriptEnabled: false, locale: LOGINS.harbor.locale })).newPage();
    await register(host, tab, 'harbor', 'Robin Sommer', PERSON);
});
after(async () => {
    await browser?.close();
    assert.equal(await host?.stop(), 0);
});

test('a card that its bank refuses later is tried five times, and the person is told each time', async () => {
    const cards = await cardsOf(host);
    await addCard(host, tab, 'harbor', cards.declined_later);
    await tab.click('form[action="/payment-methods/automatic"] button');
    await buy(host, tab, 'harbor', PLANS.harbor[0]);
    const invoice = await newest(host, tab, 'harbor');
    assert.deepEqual(await automatic(), [], 'not before it is due');
    const subject = words('mail.refused_soft.subject');
    const due = host.sql(`SELECT DATEDIFF(due_on, issued_at) FROM invoices_document WHERE tenant_id = 'harbor' AND number = '${invoice.number}'`).split('\n')[1];
    days(Number(due) - 1);
    assert.deepEqual(await automatic(), [], 'not the day before it is due');
    days(1);
    assert.equal((await automatic()).length, 1, 'on the day it is due');
    // Then 1, 8, 4 and 7 days after the try before.
    for (const [wait, total] of [[1, 2], [7, 2], [1, 3], [4, 4], [7, 5]]) {
        days(wait);
        const rows = await automatic();
        assert.equal(rows.filter((row) => row.includes(words('payment_state.declined'))).length, total, `${wait} days later`);
        assert.equal(rows.length, total);
        await written(subject, total);
    }
    const [last] = host.mailsTo(PERSON.email).filter((mail) => mail.subject.endsWith('wurde nicht eingezogen'));
    assert.ok(last.plain.includes(words('mail.refused_last.text')), 'the last one says that no more is tried');
    assert.ok(!last.plain.includes(words('mail.next_try')));
    const soft = host.mailsTo(PERSON.email).filter((mail) => mail.subject.endsWith('hat nicht geklappt'));
    assert.equal(soft.length, 4);
    assert.ok(soft.every((mail) => mail.plain.includes(words('mail.next_try'))), 'the others say when');
    await tab.click(`tbody a[href^="/payments/"]:has-text("${words('origin.automatic')}")`);
    assert.equal(await stateOf(tab), words('payment_state.declined'));
    assert.ok((await tab.textContent('main')).includes(words('next_step.soft')));
    assert.ok(letters(words('mail.warning.subject')) + letters(words('mail.reminder.subject')) > 0, 'and reminded');

    // Another card, charged first from now on: the next month's day pays all that is due.
    await addCard(host, tab, 'harbor', cards.ok);
    await tab.click('li:has-text("4242") form[action$="/default"] button');
    days(45);
    const paid = (await automatic()).filter((row) => row.includes(words('payment_state.captured')));
    assert.ok(paid.length > 0, 'the good card paid');
    await tab.goto(host.url('harbor', invoice.path));
    assert.equal(await tab.locator('main a[href^="/payments/pay"]').count(), 0, 'the old invoice with it');
    await tab.goto(host.url('harbor', '/payments'));
    await tab.click(`tbody tr:has-text("${words('payment_state.captured')}") a`);
    const moved = await movedAt(host, (await tab.textContent('main code')).trim());
    assert.equal(moved.length, 1, `charged once: ${moved}`);
    assert.doesNotMatch(execFileSync(LIVERY, ['verify', '--tenant', 'harbor', ...host.words], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } }), /BAD/);
});

test('a card that expires soon: a letter and its page say so, in time, and once it is over', async () => {
    const cards = await cardsOf(host);
    const now = JSON.parse(execFileSync(LIVERY, ['clock', '--tenant', 'harbor', 'show', '--json', ...host.words], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } })).civil.slice(0, 10);
    // It is good until the end of the month after the next one: 30 days before that a letter says so.
    const [year, month] = now.split('-').map(Number);
    const over = new Date(Date.UTC(year, month + 2, 1));
    const good = new Date(over.getTime() - 86400e3);
    await addCard(host, tab, 'harbor', cards.ok_mastercard, `${String(good.getUTCMonth() + 1).padStart(2, '0')}/${String(good.getUTCFullYear()).slice(2)}`);
    const card = async () => {
        await tab.goto(host.url('harbor', '/payment-methods'));
        return tab.textContent('li:has-text("4444")');
    };
    // Among what comes next, at home.
    const atHome = async () => {
        await tab.goto(host.url('harbor', '/'));
        return (await tab.locator('main .agenda a[href="/payment-methods"]').allTextContents()).join();
    };
    assert.ok(!(await card()).includes(words('method_state.expires_soon')));
    assert.equal(await atHome(), '');
    const subject = words('mail.expires.subject');
    const until = (date) => Math.round((date.getTime() - Date.parse(`${now}T00:00:00Z`)) / 86400e3);
    days(until(good) - 31);
    assert.equal(letters(subject), 0);
    days(3);
    await written(subject, 1);
    assert.ok((await card()).includes(words('method_state.expires_soon')));
    assert.match(await atHome(), /4444/);
    days(32);
    assert.ok((await card()).includes(words('method_state.expired')));
    assert.equal(await atHome(), '', 'another one is charged');
});
