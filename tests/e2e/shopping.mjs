// What subscribers do with what they have, shared by the journeys: buy, look, change, read what it costs.
import assert from 'node:assert/strict';

// A sum as it is printed, in any of our languages, as a number.
export const amount = (text) => Number(text.replace(/[\u2066-\u2069\u200e\u200f\u061c]/g, '').replace(/\u2212/g, '-').replace(/[^\d.,-]/g, '').replace(/[.,](?=\d{3}(\D|$))/g, '').replace(',', '.'));
export const sumOf = async (tab) => amount(await tab.textContent('main .facts .sum dd'));
export const submit = (tab) => tab.click('main form button.btn-primary');

// Two plans of one product without a trial: what costs something at once, and can be changed.
export const PLANS = {
    harbor: ['harbor_residence_fibre_500_per_flat', 'harbor_residence_fibre_1000_per_flat'],
    northwind: ['sip_trunk_10_channels', 'sip_trunk_25_channels'],
    lumen: ['lumen_archive_1_tb', 'lumen_archive_5_tb'],
};
// Somebody else of each tenant; the password is the tenant's own.
export const OTHERS = { harbor: 'jonas@hafenkante.example', northwind: 'marcus@reedlogistics.example', lumen: 'omar@dunegraphics.example' };

// The newest document: its number, address and sum.
export async function newest(host, tab, tenant) {
    await tab.goto(host.url(tenant, '/invoices'));
    await tab.click('tbody tr:first-child th a');
    return { number: (await tab.textContent('h1')).trim(), path: new URL(tab.url()).pathname, total: await sumOf(tab) };
}

// Buys a plan and returns the address of the subscription.
export async function buy(host, tab, tenant, plan, quantity = 1) {
    await tab.goto(host.url(tenant, `/shop/${plan}`));
    await tab.fill('#quantity', String(quantity));
    await submit(tab);
    await submit(tab);
    assert.match(tab.url(), /\/orders\/ord_\w+$/);
    return new URL(await tab.getAttribute('tbody th a', 'href'), tab.url()).href;
}

// Opens the form of a change, fills it in and asks for the price. Returns the sum that is shown, 0 for none.
export async function preview(tab, subscription, action, fields = {}) {
    await tab.goto(`${subscription}/${action}`);
    for (const [name, value] of Object.entries(fields)) {
        if (await tab.locator(`select#${name}`).count() > 0) await tab.selectOption(`#${name}`, value);
        else await tab.fill(`#${name}`, value);
    }
    await submit(tab);
    return await tab.locator('main .facts .sum dd').count() > 0 ? sumOf(tab) : 0;
}
export const tokenOn = (tab) => tab.inputValue('main form [name=token]');
