// A card that runs out: told by mail, over real SMTP, and where it is kept; once it is over it is charged no more.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIVERY, LOGINS, freePort, giveTestClock, partsOf, sleep } from './host.mjs';
import { startMailServer } from './mail_server.mjs';
import { closeTill, openTill } from './open_till.mjs';
import { addCard } from './paying.mjs';
import { visitor } from './people.mjs';
import { checkWords, say } from './words.mjs';

const mails = [];
let server;
let host;
let browser;
let cards;
before(async () => {
    const port = await freePort();
    server = await startMailServer(port, mails);
    ({ host, browser, cards } = await openTill({ beforeStart(data, line) {
        const file = join(data, '..', 'livery.yaml');
        writeFileSync(file, `smtp: {url: "smtp://127.0.0.1:${port}", tls: none}\n`);
        line.push('--config', file);
        for (const tenant of Object.keys(LOGINS)) giveTestClock(join(line[line.indexOf('--tenants') + 1], tenant));
    } }));
});
after(() => closeTill({ host, browser }).finally(() => server?.kill()));

const clock = (tenant, ...rest) => execFileSync(LIVERY, ['clock', '--tenant', tenant, ...rest, ...host.words], { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
const days = (tenant, count) => clock(tenant, 'advance', `${count}days`, '--quiet');
// The first day after a month's end, more than thirty days ahead: what is good until then is not told of yet.
function endOfCard(tenant) {
    const today = Date.parse(`${JSON.parse(clock(tenant, 'show', '--json')).civil.slice(0, 10)}T00:00:00Z`);
    for (let month = 1; ; month++) {
        const over = Date.UTC(new Date(today).getUTCFullYear(), new Date(today).getUTCMonth() + month, 1);
        const left = Math.round((over - today) / 86400e3);
        if (left > 31) return { left, expiry: new Date(over - 86400e3).toISOString().replace(/^\d\d(\d\d)-(\d\d).*/, '$2/$1') };
    }
}
// They are in the language of the account, whatever the browser speaks.
const LETTERS = { harbor: 'de-DE', northwind: 'en-US', lumen: 'en-GB' };
// The letters about it, as the mail server has them.
const lettersTo = (tenant) => mails.filter((mail) => mail.to.includes(LOGINS[tenant].email)).map((mail) => partsOf(mail.data))
    .filter((mail) => mail.plain.includes(say('payments', LETTERS[tenant], 'mail.expires.text')));

for (const [tenant, { locale }] of Object.entries(LOGINS)) {
    const words = (key) => say('payments', locale, key);

    test(`${tenant}: a card that expires is told of thirty and seven days before, and is not charged first afterwards`, { timeout: 240000 }, async () => {
        const tab = await visitor(host, browser, tenant);
        const { left, expiry } = endOfCard(tenant);
        await addCard(host, tab, tenant, cards.ok_mastercard, expiry);
        await addCard(host, tab, tenant, cards.ok);
        await tab.click('li:has-text("4242") form[action$="/default"] button');
        const card = async (digits = '4444') => {
            await tab.goto(host.url(tenant, '/payment-methods'));
            await checkWords(tab);
            return tab.textContent(`li:has-text("${digits}")`);
        };
        const told = async (count, why) => {
            for (let i = 0; i < 100 && lettersTo(tenant).length < count; i++) await sleep(100);
            assert.equal(lettersTo(tenant).length, count, why);
        };
        days(tenant, left - 31);
        assert.ok(!(await card()).includes(words('method_state.expires_soon')));
        await told(0, 'not before');
        days(tenant, 1);
        assert.ok((await card()).includes(words('method_state.expires_soon')), 'thirty days before');
        assert.ok(!(await card('4242')).includes(words('method_state.expires_soon')), 'the other one is good for years');
        await told(1, 'and a letter');
        const [letter] = lettersTo(tenant);
        assert.match(letter.plain, /4444/, 'which names it');
        assert.match(letter.html, new RegExp(`<a href="http://${tenant}\\.localhost:\\d+/payment-methods"`), 'and leads to where another one is added');
        days(tenant, 23);
        await told(2, 'seven days before');

        // In a window that was opened while it was good.
        const stale = await tab.context().newPage();
        await stale.goto(host.url(tenant, '/payment-methods'));
        days(tenant, 7);
        const over = await card();
        assert.ok(over.includes(words('method_state.expired')), over);
        assert.ok(!over.includes(words('methods.default')));
        assert.equal(await tab.locator('li:has-text("4444") form[action$="/default"]').count(), 0, 'nobody is offered to charge it first');
        await stale.click('li:has-text("4444") form[action$="/default"] button');
        await checkWords(stale);
        assert.ok((await stale.textContent('.error-summary')).includes(words('error.not_active')), 'and it is refused in words');
        assert.ok((await card('4242')).includes(words('methods.default')), 'the other one is charged first as before');
        await tab.goto(host.url(tenant, '/payments/pay'));
        assert.ok(!(await tab.textContent('main')).includes('4444'), 'nor is it offered to pay with');
        await told(2, 'no letter about what is over');
        await tab.context().close();
    });
}
