// The card page of the sandbox provider, in a real browser without scripts: it is another company's page,
// and customers of every tenant see it.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { LIVERY, freePort } from './host.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser, shop, back, folder, child, origin;

before(async () => {
    folder = mkdtempSync('/tmp/provider-e2e-');
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    child = spawn(join(dirname(LIVERY), 'livery-sandbox-provider'), ['--port', String(port), '--data', folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    shop = createServer((request, response) => response.end(`<title>Shop</title>${request.url}`)).listen(0, '127.0.0.1');
    await new Promise((resolve) => shop.once('listening', resolve));
    back = `http://127.0.0.1:${shop.address().port}/back`;
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    shop?.close();
    child?.kill();
    rmSync(folder, { recursive: true, force: true });
});

let count = 0;
async function begin(locale) {
    const reference = `e2e-${++count}`;
    const response = await fetch(`${origin}/v1/payments`, {
        method: 'POST', headers: { Authorization: 'Bearer sandbox-api-key', 'Idempotency-Key': reference },
        body: JSON.stringify({ reference, amount: 4990, currency: 'EUR', return_url: back, locale }),
    });
    return { reference, page: (await response.json()).page };
}
const moved = async (reference) => (await (await fetch(`${origin}/ledger?reference=${reference}`)).json()).movements.map((one) => `${one.kind} ${one.amount}`);
const open = (options) => browser.newPage({ javaScriptEnabled: false, viewport: { width: 320, height: 700 }, ...options });

async function enter(tab, number) {
    await tab.fill('#number', number);
    await tab.fill('#expiry', '09/34');
    await tab.fill('#cvc', '123');
    await tab.fill('#name', 'Ada Byron');
    await tab.click('button[value=pay]');
}

test('a card pays, and the browser comes back to the shop', async () => {
    const tab = await open();
    const { reference, page } = await begin('en');
    await tab.goto(page);
    await enter(tab, '4242 4242 4242 4242');
    assert.match(tab.url(), new RegExp(`^${back}\\?id=pay_\\w+&state=paid$`));
    assert.deepEqual(await moved(reference), ['payment 4990']);
    await tab.close();
});

test('the bank asks, and no is no', async () => {
    const tab = await open();
    const { reference, page } = await begin('en');
    await tab.goto(page);
    const challenge = (await (await fetch(`${origin}/scenarios`)).json()).scenarios.find((one) => one.name === 'challenge');
    await enter(tab, challenge.card);
    assert.match(await tab.textContent('h1'), /Your bank asks/);
    await tab.click('button[value=refuse]');
    assert.match(tab.url(), /state=declined$/);
    assert.deepEqual(await moved(reference), []);
    await tab.close();
});

test('a mistake is named, and the number is not shown again', async () => {
    const tab = await open();
    const { page } = await begin('en');
    await tab.goto(page);
    await enter(tab, '4242 4242 4242 4241');
    assert.match(await tab.title(), /^Error: /);
    await tab.click('.summary a');
    assert.equal(await tab.inputValue('#number'), '');
    assert.equal(await tab.inputValue('#name'), 'Ada Byron');
    await tab.close();
});

// axe wants scripts; the page has none of its own.
for (const colorScheme of ['light', 'dark']) {
    for (const locale of ['en', 'de', 'es', 'ar']) {
        test(`the page can be used by everybody: ${locale}, ${colorScheme}`, async () => {
            const tab = await open({ javaScriptEnabled: true, bypassCSP: true, colorScheme });
            await tab.goto((await begin(locale)).page);
            for (const step of ['empty', 'wrong']) {
                if (step === 'wrong') await tab.click('button[value=pay]');
                await tab.click('summary');
                await tab.evaluate(axe);
                const { violations } = await tab.evaluate(() => globalThis.axe.run());
                assert.deepEqual(violations.map((one) => `${step} ${one.id}: ${one.nodes[0].html}`), []);
                const [seen, whole] = await tab.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
                assert.ok(whole <= seen, `${step}: ${whole} px in ${seen}`);
                if (process.env.SCREENSHOTS) await tab.screenshot({ path: join(process.env.SCREENSHOTS, `${locale}-${colorScheme}-${step}.png`), fullPage: true });
            }
            assert.equal(await tab.getAttribute('html', 'lang'), locale);
            await tab.close();
        });
    }
}
