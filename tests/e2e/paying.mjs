// What subscribers do to pay, shared by the journeys and the pictures. Everything without scripts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// Test cards of the provider that the demo brings (providers/README.md).
export async function cardsOf(host) {
    const { scenarios } = await (await fetch(`${providerOf(host)}/scenarios`)).json();
    return Object.fromEntries(scenarios.filter((one) => one.card).map((one) => [one.name, one.card]));
}
export const providerOf = (host) => readFileSync(join(host.data, 'provider', 'address'), 'utf8').trim();
// What moved there, by the provider's own ledger: the judge of what was charged.
export const movedAt = async (host, reference) => (await (await fetch(`${providerOf(host)}/ledger?reference=${reference}`)).json()).movements.map((one) => `${one.kind} ${one.amount}`);

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
