// What subscribers do to pay, shared by the journeys and the pictures. Everything without scripts.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sleep } from './host.mjs';
import { newest } from './shopping.mjs';

// Test cards of the provider that the demo brings (providers/README.md).
export async function cardsOf(host) {
    const { scenarios } = await (await fetch(`${providerOf(host)}/scenarios`)).json();
    return Object.fromEntries(scenarios.filter((one) => one.card).map((one) => [one.name, one.card]));
}
export const providerOf = (host) => readFileSync(join(host.data, 'provider', 'address'), 'utf8').trim();
// What moved there, by the provider's own ledger: the judge of what was charged.
export const movedAt = async (host, reference) => (await (await fetch(`${providerOf(host)}/ledger?reference=${reference}`)).json()).movements.map((one) => `${one.kind} ${one.amount}`);

// The provider's own switches: what is to go wrong there, and its clock.
async function control(host, path, body, method = 'POST') {
    const answer = await fetch(`${providerOf(host)}${path}`, { method, body: body && JSON.stringify(body) });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
}
export const fault = (host, name, on, times = 1000) => control(host, '/faults', { fault: name, on, times });
export const noFaults = (host) => control(host, '/faults', undefined, 'DELETE');
export const passAtProvider = (host, seconds) => control(host, '/clock', { advance_seconds: seconds });

// On the provider's page, to which the browser has gone by itself.
export async function enterCard(host, tab, number, expiry = '09/34') {
    await tab.waitForURL((url) => url.href.startsWith(`${providerOf(host)}/pay/`));
    await tab.fill('#number', number);
    await tab.fill('#expiry', expiry);
    await tab.fill('#cvc', '123');
    await tab.fill('#name', 'Ada Byron');
    await tab.click('button[value=pay]');
}
export async function addCard(host, tab, tenant, number, expiry) {
    await tab.goto(host.url(tenant, '/payment-methods'));
    await tab.click('form[action="/payment-methods/add"] button');
    await enterCard(host, tab, number, expiry);
    await tab.waitForURL(host.url(tenant, '/payment-methods'));
}
// Chooses what to pay with: a kept method by the end of its number, or another one on the provider's page.
export async function payWith(host, tab, last4, number) {
    const choice = tab.locator('select#method');
    if (await choice.count() > 0) {
        const labels = await choice.locator('option').allTextContents();
        const at = last4 ? labels.findIndex((label) => label.includes(last4)) : labels.length - 1;
        assert.ok(at >= 0, `${last4} among ${labels}`);
        await choice.selectOption({ index: at });
    }
    await tab.click('main form button.btn-primary');
    if (number) await enterCard(host, tab, number);
    await tab.waitForURL(/\/payments\/[a-z]+_\w+$/);
}
export const stateOf = async (tab) => (await tab.textContent('.page-head .badge')).trim();
// Of the payment that is shown: by what the provider knows it.
export const referenceOn = async (tab) => (await tab.textContent('main code')).trim();
// Pays the newest invoice whole, with a method that is kept. Where the payment and its invoice are shown.
export async function payNewest(host, tab, tenant, last4) {
    const { number, path } = await newest(host, tab, tenant);
    await tab.click('main a[href^="/payments/pay?"]');
    await payWith(host, tab, last4);
    return { number, invoice: path, path: new URL(tab.url()).pathname };
}
// A PDF that a page of the portal leads to, as text.
export async function paperBehind(host, tab, link) {
    const url = new URL(await tab.locator(link).first().getAttribute('href'), tab.url());
    const cookie = (await tab.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const pdf = await host.ask({ host: url.hostname, path: url.pathname, headers: { Cookie: cookie } });
    assert.equal(pdf.headers['content-type'], 'application/pdf');
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf.bytes, encoding: 'utf8' });
}
// The row of a payment in the list, and those of what went back of it: all lead to it.
export async function rowsOf(host, tab, tenant, payment) {
    await tab.goto(host.url(tenant, '/payments'));
    return tab.locator(`tbody tr:has(a[href="${payment}"])`).allTextContents();
}
// What the provider tells us is on the page a moment later: the host's own round looks every fifteen seconds.
export async function untilStateIs(tab, wanted) {
    for (let i = 0; i < 90 && await stateOf(tab) !== wanted; i++) { await sleep(500); await tab.reload(); }
    assert.equal(await stateOf(tab), wanted);
}
// A kept card becomes a bank account with which the provider plays a scenario: its page takes cards only.
export function toBankAccount(host, tenant, last4, scenario) {
    host.sql(`UPDATE payments_method SET expires_on = NULL, details = JSON_SET(details, '$.token', 'tok_${scenario}', '$.kind', 'bank_debit', '$.brand', '', '$.last4', '',
        '$.expiry_month', 0, '$.expiry_year', 0) WHERE tenant_id = '${tenant}' AND state = 'active' AND JSON_VALUE(details, '$.last4') = '${last4}' ORDER BY id DESC LIMIT 1`);
}
