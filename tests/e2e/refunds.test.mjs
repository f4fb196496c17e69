// Money that is given back, in part and then whole: beside its payment, with a receipt of its own, by mail.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { LIVERY, LOGINS } from './host.mjs';
import { closeTill, openTill } from './open_till.mjs';
import { addCard, paperBehind, payNewest, providerOf, referenceOn, rowsOf, stateOf } from './paying.mjs';
import { stranger } from './people.mjs';
import { PLANS, amount, buy } from './shopping.mjs';
import { checkWords, say } from './words.mjs';

const RECEIPT = /RC-\d{4}-\d{6}/;
let host;
let browser;
let cards;
before(async () => { ({ host, browser, cards } = await openTill()); });
after(() => closeTill({ host, browser }));

const run = (verb, tenant, ...rest) => execFileSync(LIVERY, [verb, '--tenant', tenant, ...rest, ...host.words], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
// Of a payment and of all that went back of it.
async function movedOf(reference) {
    const { movements } = await (await fetch(`${providerOf(host)}/ledger`)).json();
    const { payment } = movements.find((one) => one.reference === reference);
    return movements.filter((one) => one.payment === payment).map((one) => `${one.kind} ${one.amount}`);
}
// The cells of a table that reach beyond the page.
const cutOff = (tab) => tab.locator('tbody th, tbody td').evaluateAll((cells) => cells.filter((cell) => {
    const { left, right } = cell.getBoundingClientRect();
    return left < 0 || right > document.documentElement.clientWidth;
}).map((cell) => cell.textContent));
const decimal = (minor) => (minor / 100).toFixed(2);

for (const [tenant, { locale }] of Object.entries(LOGINS)) {
    const words = (key) => say('payments', locale, key);

    test(`${tenant}: a part is given back, then the rest`, { timeout: 240000 }, async () => {
        const email = `robin@${tenant}.example`;
        const tab = await stranger(host, browser, tenant, email);
        await addCard(host, tab, tenant, cards.ok);
        await buy(host, tab, tenant, PLANS[tenant][0]);
        const { invoice, path } = await payNewest(host, tab, tenant, '4242');
        assert.equal(await stateOf(tab), words('payment_state.captured'));
        const paid = Math.round(amount(await tab.textContent('h1')) * 100);
        const reference = await referenceOn(tab);
        const seen = new Set([RECEIPT.exec(await tab.textContent('main a[href$="/receipt"]'))[0]]);
        const back = 'section[aria-labelledby=h-back]';

        for (const [i, [part, state]] of [[200, 'partly_refunded'], [paid - 200, 'refunded']].entries()) {
            const said = run('refund-payment', tenant, '--payment', path.split('/').pop(), '--amount', decimal(part), '--reason', 'Rain', '--credit-note', invoice.split('/').pop(), '--quiet');
            assert.match(said, /^ref_\w+ {2}refund succeeded/);
            await tab.goto(host.url(tenant, path));
            await checkWords(tab);
            assert.equal(await stateOf(tab), words(`payment_state.${state}`));
            assert.equal(await tab.locator('main a[href^="/payments/pay?"]').count(), 0, 'nobody is asked to pay it again');
            const rows = await tab.locator(`${back} dl > div`).allTextContents();
            assert.equal(rows.length, i + 1);
            assert.ok(rows.every((row) => row.includes(words('refund_kind.refund')) && row.includes(words('refund_state.succeeded'))), rows.join('\n'));
            assert.ok((await tab.locator(`${back} dd`).allTextContents()).some((text) => Math.round(amount(text) * 100) === -part), 'as much as was given back');
            const letter = await host.mailTo(email, { after: i, saying: words('mail.paid_back.text') });
            const number = letter.file.name.replace('.pdf', '');
            assert.match(number, RECEIPT);
            assert.ok(!seen.has(number), `${number} is a number of its own`);
            seen.add(number);
            assert.ok(letter.plain.includes(number), letter.plain);
            const paper = await paperBehind(host, tab, `${back} a:has-text("${number}")`);
            assert.ok(paper.includes(number), paper);
            const list = await rowsOf(host, tab, tenant, path);
            assert.equal(list.length, i + 2, list.join('\n'));
            assert.ok(list[0].includes(words(`payment_state.${state}`)), list[0]);
            assert.ok(list.some((row) => row.includes(words('refund_kind.refund')) && row.includes(number)), list.join('\n'));
            await tab.setViewportSize({ width: 320, height: 640 });
            assert.deepEqual(await cutOff(tab), [], 'on a phone nothing of it is cut off');
            await tab.setViewportSize({ width: 1280, height: 900 });
            await tab.goto(host.url(tenant, invoice));
            await checkWords(tab);
            assert.equal(await tab.locator('main a[href^="/payments/pay?"]').count(), 0, 'credited, so not owed again');
        }
        assert.deepEqual(await movedOf(reference), [`payment ${paid}`, 'refund 200', `refund ${paid - 200}`], 'each once, by the provider\'s books');
        await tab.goto(host.url(tenant, '/'));
        await checkWords(tab);
        assert.equal(await tab.locator(`main .agenda a[href="${invoice}"]`).count(), 0);
        assert.doesNotMatch(run('verify', tenant), /BAD/);
        await tab.context().close();
    });
}
