// Who does not pay: told before, warned, suspended, and clear again at once when he pays; and what staff do meanwhile at the
// command line.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base58 } from '../crash/customer.mjs';
import { launchBrowser } from './browser.mjs';
import { LIVERY, giveTestClock, sleep, startHost } from './host.mjs';
import { cardsOf, payWith } from './paying.mjs';
import { register } from './people.mjs';
import { PLANS, buy, newest, preview, submit } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

const TENANT = 'lumen';
const PERSON = { email: 'robin@mole.example', password: 'seven-green-kites-fly' };
const words = (key) => say('payments', 'en-GB', key);
let host;
let browser;
let tab;
let account;
let subscription;
let invoice;

// A command line of the product: what it says, and its exit code.
function run(verb, ...rest) {
    const done = spawnSync(LIVERY, [verb, '--tenant', TENANT, ...rest, '--quiet', ...host.words], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
    return { code: done.status, out: done.stdout.trim(), why: done.stdout + done.stderr };
}
function done(verb, ...rest) {
    const { code, out, why } = run(verb, ...rest);
    assert.equal(code, 0, `${verb}: ${why}`);
    return out;
}
const json = (verb, ...rest) => JSON.parse(done(verb, ...rest, '--json'));
const days = (count) => done('clock', 'advance', `${count}days`);
const standing = () => json('payment-standing', '--account', account);
const mainOf = async (path) => { await tab.goto(host.url(TENANT, path)); return tab.textContent('main'); };
async function written(subject) {
    for (let i = 0; i < 50; i++) {
        if (host.mailsTo(PERSON.email).some((mail) => mail.subject === subject)) return;
        await sleep(100);
    }
    assert.fail(`no letter: ${subject}, but ${host.mailsTo(PERSON.email).map((mail) => mail.subject)}`);
}

before(async () => {
    host = await startHost({ beforeStart: (data, line) => {
        // A letter three days before the day, a warning after 14, a suspension after 45 (its tenant.yaml).
        giveTestClock(join(line[line.indexOf('--tenants') + 1], TENANT));
    } });
    browser = await launchBrowser();
    tab = await (await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB' })).newPage();
    await register(host, tab, TENANT, 'Robin Sommer', PERSON);
    const [, id] = host.sql(`SELECT LOWER(HEX(subject_id)) FROM identity_user WHERE tenant_id = '${TENANT}' AND email = '${PERSON.email}'`).split('\n');
    account = `acc_${base58(id)}`;
});
after(async () => {
    await browser?.close();
    assert.equal(await host?.stop(), 0);
});

test('told before, warned, suspended: the pages say so, and the subscription waits', async () => {
    subscription = await buy(host, tab, TENANT, PLANS[TENANT][0]);
    invoice = await newest(host, tab, TENANT);
    assert.equal(standing().state, 'clear');
    days(11);
    await written('An invoice of Lumen Studio falls due soon');
    days(17);
    await written('Please pay what is overdue at Lumen Studio');
    assert.ok((await mainOf('/payments')).includes(words('standing.warned')));
    assert.ok((await mainOf('/')).includes(words('standing.pay_now')));
    assert.equal(standing().step, 'warning');
});

test('a promise is kept as it was typed, noted, and said', async () => {
    const civil = json('clock', 'show').civil.slice(0, 10);
    const inDays = (count) => new Date(Date.parse(`${civil}T00:00:00Z`) + count * 86400e3).toISOString().slice(0, 10);
    for (const typed of [inDays(-1), inDays(31)]) {
        await mainOf('/payments/promise');
        await tab.fill('#pays_by', typed);
        await submit(tab);
        assert.ok((await tab.textContent('.error-summary')).includes(words('error.pays_by')));
        assert.equal(await tab.inputValue('#pays_by'), typed, 'what was typed is kept');
    }
    await tab.fill('#pays_by', inDays(2));
    await submit(tab);
    assert.ok((await tab.textContent('body')).includes(words('notice.promised')));
    assert.ok((await mainOf('/')).includes(words('standing.promised')));
    assert.equal(standing().pays_by, inDays(2));
    await mainOf('/payments/promise');
    await tab.fill('#pays_by', inDays(3));
    await submit(tab);
    await checkWords(tab);
    assert.ok((await tab.textContent('.error-summary')).includes(words('error.promised')), 'once');
    assert.equal(await tab.inputValue('#pays_by'), inDays(3));
});

test('suspended: nothing is bought, changed or resumed until it is paid; leaving is possible', async () => {
    days(31);
    await written('What you have at Lumen Studio is suspended');
    assert.ok((await mainOf('/payments')).includes(words('standing.blocked')));
    assert.equal(standing().state, 'blocked');
    await mainOf('/');
    const charge = await tab.textContent('.card-charge');
    assert.ok(charge.includes(say('accounts', 'en-GB', 'home.no_new_charge')), `who owes is not told that there is nothing to pay: ${charge}`);
    assert.ok(!charge.includes(say('accounts', 'en-GB', 'home.no_charge')), charge);
    await tab.goto(subscription);
    assert.equal(await tab.locator('.badge-paused').count(), 1, 'what it has is suspended');
    const refusal = say('orders', 'en-GB', 'error.account_blocked');
    const refused = async (what) => {
        await checkWords(tab);
        assert.ok((await tab.textContent('.error-summary')).includes(refusal), what);
        assert.equal(await tab.textContent('main .form-links a[href="/payments/pay"]'), say('orders', 'en-GB', 'pay_due'), 'the way out');
    };
    await preview(tab, subscription, 'resume');
    await refused('resume');
    await tab.goto(host.url(TENANT, `/shop/${PLANS[TENANT][0]}`));
    await submit(tab);
    await refused('buy');
    await preview(tab, subscription, 'cancel', { when: 'now', reason: 'too_expensive' });
    assert.equal(await tab.locator('.error-summary').count(), 0, 'who owes may leave');
    await tab.goto(subscription);
    assert.equal(await tab.locator('.badge-paused').count(), 1, 'nothing has happened');
});

test('a new invoice may be promised though the old promise was not kept', async () => {
    const promise = (...rest) => run('promise-payment', '--account', account, '--by', 'J. Roe', ...rest);
    const day = new Date(Date.parse(`${json('clock', 'show').civil.slice(0, 10)}T00:00:00Z`) + 86400e3).toISOString().slice(0, 10);
    const noted = promise('--pays-by', day);
    assert.equal(noted.code, 0, noted.why);
    assert.ok(promise('--pays-by', day).out.includes(words('error.promised')));
    days(1);
    assert.equal(standing().state, 'blocked', 'which the old one keeps');
    days(1);
});

test('staff note a promise, an objection and its end', async () => {
    const refused = run('promise-payment', '--account', account, '--pays-by', '2020-01-01', '--by', 'J. Roe');
    assert.equal(refused.code, 1);
    assert.ok(refused.out.includes(words('error.pays_by')), `in words: ${refused.out}`);
    assert.equal(standing().pays_by, '');
    const path = invoice.path.split('/').pop();
    const objection = done('object-invoice', '--account', account, '--invoice', path, '--amount', '1.00', '--reason', 'Never delivered');
    assert.match(objection, /^obj_/);
    assert.ok(json('payment-cases').some((one) => one.objection === objection && one.reason === 'Never delivered'));
    assert.ok(done('decide-objection', '--objection', objection, '--wrong', '--by', 'J. Roe', '--reason', 'Seen').includes('is closed'));
    assert.equal(run('decide-objection', '--objection', objection, '--wrong', '--by', 'J. Roe', '--reason', 'Seen').code, 1, 'once');
    assert.ok(!json('payment-cases').some((one) => one.objection === objection));
});

test('who pays is clear at once, and what was suspended goes on', async () => {
    const cards = await cardsOf(host);
    await tab.goto(host.url(TENANT, '/payments/pay'));
    await payWith(host, tab, null, cards.ok);
    assert.equal(standing().state, 'clear');
    const page = await mainOf('/payments');
    for (const key of ['standing.warned', 'standing.blocked']) assert.ok(!page.includes(words(key)), key);
    assert.ok(!(await mainOf('/')).includes(words('standing.pay_now')));
    await tab.goto(subscription);
    assert.equal(await tab.locator('.badge-paused').count(), 0, 'it goes on');
});

test('money by hand, given back, and what a bank does: commands that say what they did, and why not', async () => {
    days(31);
    const next = await newest(host, tab, TENANT);
    const path = next.path.split('/').pop();
    assert.equal(run('record-payment', '--account', account, '--amount', 'much', '--reference', 'TRF-1').code, 64);
    const recorded = done('record-payment', '--account', account, '--amount', '5.00', '--reference', 'TRF-1', '--invoice', path);
    assert.match(recorded, /^pay_\w+ {2}RC-\d{4}-\d{6}$/);
    const again = run('record-payment', '--account', account, '--amount', '5.00', '--reference', 'TRF-1', '--invoice', path);
    assert.equal(again.code, 1);
    assert.ok(again.out.includes(words('error.payment_known')), again.out);
    const [payment] = recorded.split(' ');
    const file = join(host.folder, 'receipt.pdf');
    const receipt = () => {
        assert.equal(done('payment-receipt', '--payment', payment, '--file', file), file);
        return spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }).stdout;
    };
    const paper = receipt();
    for (const word of [recorded.split(' ').pop(), 'Lumen Studio Ltd', '18 Rivington Street', 'GB293814726', 'Company number 08413377', 'billing@lumen-studio.example', 'Robin Sommer']) assert.ok(paper.includes(word), `${word} is on ${paper}`);
    // The business moves and is called otherwise: what was printed stays as it was.
    const settings = join(host.folder, 'tenants', TENANT, 'tenant.yaml');
    const before = readFileSync(settings, 'utf8');
    writeFileSync(settings, before.replace(/^name: .*$/m, 'name: Lumière').replace('Lumen Studio Ltd', 'Lumière SA').replace('18 Rivington Street', '1 Rue Neuve'));
    assert.equal(receipt(), paper);
    writeFileSync(settings, before);
    assert.equal(run('payment-receipt', '--payment', 'pay_none', '--file', file).code, 1);
    assert.equal(run('payment-receipt').code, 64);
    assert.ok((await mainOf('/payments')).includes(words('origin.by_hand')));
    assert.match(done('refund-payment', '--payment', payment, '--amount', '2.00', '--reason', 'Rain'), /^ref_\w+ {2}refund succeeded$/);
    await written('Lumen Studio has paid you back');
    assert.match(done('refund-payment', '--payment', payment, '--amount', '1.00', '--reason', 'bank', '--chargeback'), /chargeback succeeded$/);
    await written('A payment to Lumen Studio was taken back');
    const noted = done('refund-payment', '--payment', payment, '--amount', '0.50', '--reason', 'Rain', '--credit-note', path);
    assert.match(noted, /^ref_\w+ {2}refund succeeded$/);
    assert.ok((await mainOf('/invoices?show=credit_notes')).includes('0.50'), 'a credit note says what was given back');
    const rows = await mainOf('/payments');
    for (const key of ['refund_kind.refund', 'refund_kind.chargeback']) assert.ok(rows.includes(words(key)), key);
    const more = run('refund-payment', '--payment', payment, '--amount', '4.00', '--reason', 'Rain');
    assert.ok(more.out.includes(words('error.more_than_paid')), more.out);
    const decided = run('decide-payment', '--payment', payment, '--taken', '--by', 'J. Roe', '--reason', 'Seen');
    assert.ok(decided.out.includes(words('error.decided')), decided.out);
    const closed = run('close-payment-case', '--payment', payment, '--kind', 'dispute', '--by', 'J. Roe', '--reason', 'Answered');
    assert.ok(closed.out.includes(words('error.not_found')), closed.out);
    const refund = json('list-refunds').find((one) => one.payment === payment && one.kind === 'chargeback');
    const late = run('decide-refund', '--refund', refund.refund, '--went-back', '--by', 'J. Roe', '--reason', 'Seen');
    assert.ok(late.out.includes(words('error.decided')), late.out);
    assert.equal(run('decide-difference', '--difference', 'dif_none', '--accept', '--by', 'J. Roe', '--reason', 'x').code, 64);
    assert.doesNotMatch(done('verify'), /BAD/);
});
