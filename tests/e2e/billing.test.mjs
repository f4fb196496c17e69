// What a subscriber does with money in it, at every demo tenant, in its language, without JavaScript.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { Client, LOGINS, startHost } from './host.mjs';
import { signIn } from './people.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let host;
let browser;

before(async () => {
    host = await startHost();
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await host?.stop();
});

// Two plans of one product without a trial: what costs something at once, and can be changed.
const PLANS = {
    harbor: ['harbor_residence_fibre_500_per_flat', 'harbor_residence_fibre_1000_per_flat'],
    northwind: ['sip_trunk_10_channels', 'sip_trunk_25_channels'],
    lumen: ['lumen_archive_1_tb', 'lumen_archive_5_tb'],
};
// Who writes e-invoices.
const E_INVOICES = ['harbor', 'lumen'];

const amount = (text) => Number(text.replace(/[\u2066\u2069\u200e\u200f]/g, '').replace(/[^\d.,-]/g, '').replace(/[.,](?=\d{3}(\D|$))/g, '').replace(',', '.'));
const sumOf = async (tab) => amount(await tab.textContent('main .facts .sum dd'));
const submit = (tab) => tab.click('main form button.btn-primary');

async function newest(tab, tenant) {
    await tab.goto(host.url(tenant, '/invoices'));
    await tab.click('tbody tr:first-child th a');
    return sumOf(tab);
}


// Node's fetch sends its own Host header, so files are asked for with curl.
function get(tenant, cookies, path) {
    const out = join(host.folder, 'file');
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const head = execFileSync('curl', ['-s', '-D', '-', '-o', out, '-H', `Host: ${tenant}.localhost:${host.port}`, '-H', `Cookie: ${cookie}`, `http://127.0.0.1:${host.port}${path}`], { encoding: 'utf8' });
    return { head, status: Number(/ (\d{3}) /.exec(head)[1]), file: out, bytes: readFileSync(out) };
}

for (const [tenant, [small, large]] of Object.entries(PLANS)) {
    test(`${tenant}: buy, switch, add, read the invoice, cancel, take back`, async () => {
        const context = await browser.newContext({ javaScriptEnabled: false, locale: LOGINS[tenant].locale, viewport: { width: 1280, height: 900 } });
        const tab = await context.newPage();
        await signIn(host, tab, tenant, LOGINS[tenant]);

        // Buy: the price is shown before the order, and is what is charged.
        await tab.goto(host.url(tenant, '/shop'));
        await tab.click(`a[href="/shop/${small}"]`);
        await tab.fill('#quantity', '0');
        await submit(tab);
        assert.equal(await tab.getAttribute('.error-summary a', 'href'), '#quantity');
        await tab.fill('#quantity', '2');
        await tab.fill('#name', 'PO-4711');
        await submit(tab);
        const shown = await sumOf(tab);
        assert.ok(shown > 0);
        const token = await tab.inputValue('main form [name=token]');
        const fields = await tab.$$eval('main form input', (inputs) => inputs.map((input) => [input.name, input.value]));
        await submit(tab);
        assert.match(tab.url(), /\/orders\/ord_\w+$/);
        assert.match(await tab.textContent('main'), /PO-4711/);
        const order = tab.url();
        const subscription = new URL(await tab.getAttribute('tbody th a', 'href'), tab.url()).href;
        assert.equal(await newest(tab, tenant), shown, 'the invoice is what was shown');

        // The same confirmation once more changes nothing.
        const again = await context.request.post(host.url(tenant, `/shop/${small}`), { form: Object.fromEntries(fields), maxRedirects: 0, headers: { Origin: new URL(order).origin } }).catch((error) => error);
        if (again.status) assert.equal(again.headers().location, new URL(order).pathname, 'a second click finds the first order');

        // Switch: at once for more, with what is left of the old plan given back.
        await tab.goto(subscription + '/change');
        await tab.selectOption('#plan', large);
        await submit(tab);
        const change = await sumOf(tab);
        assert.ok(change > 0, 'the larger plan costs more');
        assert.ok(await tab.locator('main tbody tr').count() >= 2, 'what is given back stands beside what is charged');
        await submit(tab);
        assert.equal(tab.url(), subscription);
        assert.equal(await newest(tab, tenant), change, 'preview equals charge');
        await tab.goto(host.url(tenant, '/orders'));
        await tab.click('tbody tr:first-child th a');
        assert.equal(new URL(await tab.getAttribute('tbody th a', 'href'), tab.url()).href, subscription, 'the change is an order');

        // Add-on.
        await tab.goto(subscription + '/add-ons');
        await submit(tab);
        const addon = await sumOf(tab);
        await submit(tab);
        assert.equal(await newest(tab, tenant), addon);
        const invoice = new URL(tab.url()).pathname;
        const number = (await tab.textContent('h1')).trim();
        const lines = await tab.$$eval('tbody tr th', (cells) => cells.map((cell) => cell.firstChild.textContent.trim()));

        // Why this amount, and the document itself.
        await tab.click('tbody tr:first-child td a[href*="/lines/"]');
        assert.ok(await tab.locator('.why > div').count() >= 4, 'the amount is derived step by step');
        const cookies = await context.cookies();
        const pdf = get(tenant, cookies, `${invoice}/pdf`);
        assert.match(pdf.head, /content-type: application\/pdf/i);
        const text = execFileSync('pdftotext', ['-layout', pdf.file, '-'], { encoding: 'utf8' });
        assert.ok(text.includes(number), text);
        for (const line of lines) assert.ok(text.replace(/\s+/g, ' ').includes(line.split(',')[0]), `${line} in ${text}`);
        assert.ok(get(tenant, cookies, `${invoice}/pdf`).bytes.equals(pdf.bytes), 'the same bytes for ever');

        // Files of a range of dates.
        const year = new Date().getFullYear();
        const csv = get(tenant, cookies, `/invoices/export?from=${year}-01-01&to=${year}-12-31&format=csv`);
        assert.match(csv.head, /content-type: text\/csv/i);
        assert.ok(csv.bytes.toString().includes(number));
        const json = JSON.parse(get(tenant, cookies, `/invoices/export?from=${year}-01-01&to=${year}-12-31&format=json`).bytes.toString());
        const mine = json.documents.find((document) => document.number === number);
        assert.equal(mine.total.amount, Math.round(addon * 100), 'the export has the stored figures');
        assert.equal(mine.lines.reduce((sum, line) => sum + line.total.amount, 0), mine.total.amount);
        const wrong = get(tenant, cookies, '/invoices/export?from=yesterday&to=2026-01-01&format=csv');
        assert.equal(wrong.status, 422);
        assert.match(wrong.bytes.toString(), /href="#from"/);
        assert.match(wrong.bytes.toString(), /class="field field-bad"><label for="from">.*id="from-error".*<input id="from" aria-invalid="true" aria-describedby="from-error"/, 'the same words beside the field');
        const ubl = get(tenant, cookies, `${invoice}/ubl`);
        assert.equal(ubl.status, E_INVOICES.includes(tenant) ? 200 : 404);
        if (E_INVOICES.includes(tenant)) assert.match(ubl.bytes.toString(), new RegExp(`<cbc:ID>${number}</cbc:ID>`));

        // Cancel at the end of the term, and take it back.
        await tab.goto(subscription + '/cancel');
        await submit(tab);
        await submit(tab);
        assert.equal(tab.url(), subscription);
        assert.ok(await tab.locator('.badge-cancelling').count() > 0);
        assert.doesNotMatch(await tab.textContent('main'), /too_expensive/, 'the reason is told in words');
        assert.equal(await tab.locator(`a[href$="/change"]`).count(), 0, 'what is not possible is not offered');
        await tab.goto(subscription + '/keep');
        await submit(tab);
        await submit(tab);
        assert.equal(await tab.locator('.page-head .badge-cancelling').count(), 0);
        assert.ok(await tab.locator('.page-head .badge-active').count() > 0);

        // Somebody else's are not there.
        const other = new Client(host, tenant);
        await other.get('/register');
        for (const path of [new URL(subscription).pathname + '/cancel', new URL(order).pathname, invoice, `${invoice}/pdf`, `${invoice}/ubl`])
            assert.notEqual((await other.get(path)).status, 200, path);
        await context.close();
    });
}

test('what has expired, or is another\'s, is refused in words', async () => {
    const one = new Client(host, 'harbor');
    await one.signIn();
    const made_up = await one.get('/subscriptions/sub_1BoatSLRHtKNngkdXEeobR/cancel');
    assert.equal(made_up.status, 404);
    await one.get('/shop/harbor_residence_fibre_500_per_flat');
    const refused = await one.post('/shop/harbor_residence_fibre_500_per_flat', { quantity: '1', token: 'quo_1BoatSLRHtKNngkdXEeobR' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /name="token" value="quo_/, 'the new price is shown, with a token of its own');
    assert.equal((await one.post('/shop/no_such_plan', { quantity: '1' })).status, 404);
    assert.equal((await one.post('/shop/harbor_residence_fibre_500_per_flat', { quantity: '-3' })).status, 422);
    assert.equal((await one.post('/shop/harbor_residence_fibre_500_per_flat', { quantity: '1', coupon: 'NOPE' })).status, 422);
    const two = new Client(host, 'harbor');
    await two.signIn({ email: 'jonas@hafenkante.example', password: LOGINS.harbor.password });
    const theirs = /href="(\/invoices\/inv_\w+)"/.exec((await one.get('/invoices')).text)[1];
    assert.equal((await two.get(theirs)).status, 404, "another account's invoice is not there");
    assert.equal((await two.get(`${theirs}/pdf`)).status, 404);
    const agreed = /href="(\/subscriptions\/sub_\w+)"/.exec((await one.get('/subscriptions')).text)[1];
    for (const path of ['', '/change', '/cancel', '/pause', '/quantity'])
        assert.equal((await two.get(agreed + path)).status, 404, path);
    assert.equal((await two.post(agreed + '/cancel', { when: 'now', reason: 'other' })).status, 404);
});

test('the pages of billing have no barriers', async () => {
    for (const tenant of Object.keys(PLANS)) {
        const context = await browser.newContext({ locale: LOGINS[tenant].locale, viewport: { width: 1280, height: 900 }, bypassCSP: true });
        const tab = await context.newPage();
        await signIn(host, tab, tenant, LOGINS[tenant]);
        const check = async (what) => {
            await tab.evaluate(axe);
            const { violations } = await tab.evaluate(() => globalThis.axe.run());
            assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html.slice(0, 120))]), [], `${tenant} ${what}`);
            const wide = await tab.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= tab.viewportSize().width, `${tenant} ${what} is ${wide} wide`);
        };
        for (const width of [1280, 320]) {
            await tab.setViewportSize({ width, height: 800 });
            for (const path of ['/shop', `/shop/${PLANS[tenant][0]}`, '/orders', '/invoices', '/invoices/statement']) { await tab.goto(host.url(tenant, path)); await check(`${path} ${width}`); }
            await openQuote(tab, tenant);
            await check(`quote ${width}`);
            await tab.goto(host.url(tenant, '/invoices'));
            await tab.click('tbody tr:first-child th a');
            await check(`invoice ${width}`);
            await tab.click('tbody tr:first-child td a[href*="/lines/"]');
            await check(`why ${width}`);
            await tab.goto(host.url(tenant, '/orders'));
            await tab.click('tbody tr:first-child th a');
            await check(`order ${width}`);
        }
        await context.close();
    }
});

// A quote that nobody confirms.
async function openQuote(tab, tenant) {
    await tab.goto(host.url(tenant, `/shop/${PLANS[tenant][0]}`));
    await submit(tab);
}
