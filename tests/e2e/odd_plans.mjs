// Plans that the demo does not sell, for hosts of their own: by usage, paid once, by the week, by the calendar.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveTestClock } from './host.mjs';

const PRODUCTS = { harbor: 'harbor_residence', northwind: 'sip_trunk', lumen: 'lumen_archive' };
const odd = (product) => `
  probe_usage: {product: ${product}, name: "Pay as you go", usage: [{meter: minutes, name: Minutes, unit_price: "0.10"}]}
  probe_once: {product: ${product}, name: "Set-up", one_time: "49.00"}
  probe_weekly: {product: ${product}, name: "By the week", frequency: week, recurring: "7.00"}
  probe_calendar: {product: ${product}, name: "By the calendar", align: calendar, recurring: "11.00"}
  probe_metered: {product: ${product}, name: "Metered", recurring: "20.00", usage: [{meter: minutes, name: Minutes, unit_price: "0.10"}]}`;

// For `startHost`: every tenant sells them, and its clock can be moved.
export function sellOddPlans(data, words) {
    for (const [tenant, product] of Object.entries(PRODUCTS)) {
        const folder = join(words[words.indexOf('--tenants') + 1], tenant);
        const file = join(folder, 'catalog.yaml');
        writeFileSync(file, readFileSync(file, 'utf8').replace('\nplans:', `\nplans:${odd(product)}`));
        giveTestClock(folder);
    }
}
