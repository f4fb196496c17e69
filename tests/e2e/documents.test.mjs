// One document, five ways: on the screen, as PDF, CSV, UBL and CII, against the stored lines (the JSON export), in every language.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { Client, LOGINS, startHost } from './host.mjs';
import { signIn } from './people.mjs';
import { say } from './words.mjs';
import { PLANS, amount, buy, newest, preview, submit } from './shopping.mjs';

// The tenant's first language is that of its papers; lumen's prices include their tax here. `english` is lumen once more, as it is.
const SPEAK = { harbor: ['locales: [de-DE, en-IE]', 'de-DE'], northwind: ['locales: [es-US, en-US]', 'es-US'], lumen: ['locales: [ar-AE, en-GB]', 'ar-AE'], english: ['locales: [en-GB, ar-AE]', 'en-GB'] };
const model = (tenant) => tenant === 'english' ? 'lumen' : tenant;
const COUPONS = { harbor: 'WELCOME10', northwind: 'SWITCH25', lumen: 'STUDIO15' };
let host;
let browser;

before(async () => {
    host = await startHost({ beforeStart(data, words) {
        const folder = words[words.indexOf('--tenants') + 1];
        cpSync(join(folder, 'lumen'), join(folder, 'english'), { recursive: true });
        for (const [tenant, [locales]] of Object.entries(SPEAK)) {
            const file = (name) => join(folder, tenant, name);
            writeFileSync(file('tenant.yaml'), readFileSync(file('tenant.yaml'), 'utf8').replace(/^locales: .*$/m, locales).replace(/^hosts: .*$/m, `hosts: [${tenant}.localhost]`));
            if (tenant === 'lumen') writeFileSync(file('taxes.yaml'), readFileSync(file('taxes.yaml'), 'utf8').replace('\ntaxes:', '\nprices_include_tax: true\ntaxes:'));
        }
    } });
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await host?.stop();
});

const plain = (text) => text.replace(/[\u2066-\u2069\u202a-\u202e\u200e\u200f\u061c]/g, '').replace(/[\u00a0\u202f\s]+/g, ' ').trim();
// Every number that a line of text has, as hundredths of itself would be compared.
const numbers = (text) => (plain(text).replace(/\u2212/g, '-').match(/-?\s?\p{Sc}?\s?\d[\d.,]*\d|-?\p{Sc}?\d/gu) ?? []).map(amount);
const has = (text, value) => numbers(text).some((one) => Math.abs(Math.abs(one) - Math.abs(value)) < 1e-9);
const tags = (xml, name) => [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, 'g'))].map((found) => found[1]);
const blocks = (xml, name) => [...xml.matchAll(new RegExp(`<${name}>.*?</${name}>`, 'gs'))].map((found) => found[0]);
const money = ({ amount: minor }) => minor / 100;
const rowsOf = (csv) => csv.replace(/^\ufeff/, '').trim().split('\r\n').map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].slice(0, 17).map((cell) => cell[1].replace(/^"|"$/g, '').replaceAll('""', '"')));

// What is on the paper, line by line: each row of its table begins where its net amount stands.
function checkPaper(paper, stored, screen) {
    const text = paper.split('\n').map(plain);
    const whole = plain(paper);
    assert.ok(whole.includes(stored.number), 'the number');
    for (const day of screen.dates) assert.ok(numbersIn(whole, day), `${day} is on the paper`);
    let from = 0;
    stored.lines.forEach((line, i) => {
        const { unit_price, quantity } = line.derivation;
        const at = text.findIndex((row, index) => index >= from && has(row, money(line.net)) && has(row, Number(unit_price)) && has(row, Number(quantity)));
        assert.ok(at >= 0, `line ${i + 1} of ${stored.number}: ${quantity} × ${unit_price} = ${money(line.net)} in\n${text.slice(from).join('\n')}`);
        from = at + 1;
        const block = text.slice(at, at + 6).join(' ');
        for (const word of screen.lines[i].title.split(/[\s,:]+/).filter((part) => /^[\p{L}\d]{2,}$/u.test(part))) assert.ok(block.includes(word), `${word} of “${screen.lines[i].title}” in ${block}`);
        if (line.discount.amount !== 0) assert.ok(has(block, money(line.discount)), `the discount of line ${i + 1} in ${block}`);
    });
    const below = text.slice(from);
    const sum = (value, what) => assert.ok(below.some((row) => has(row, value)), `${what} ${value} of ${stored.number} in\n${below.join('\n')}`);
    sum(money(stored.net), 'net');
    for (const tax of screen.taxes) sum(tax, 'tax');
    sum(money(stored.total), 'total');
}
// A day is there when its numbers stand together, in whatever order the language has.
const numbersIn = (whole, day) => {
    const digits = day.match(/\d+/g);
    return whole.includes(day) || digits.every((part) => whole.includes(part));
};

function checkScreen(screen, stored) {
    assert.equal(screen.number, stored.number);
    assert.equal(screen.lines.length, stored.lines.length);
    stored.lines.forEach((line, i) => {
        const shown = screen.lines[i];
        assert.equal(amount(shown.net), money(line.net), `${stored.number}, net of line ${i + 1}`);
        const [quantity, price] = shown.product.split('×').map(amount);
        assert.equal(quantity, Number(line.derivation.quantity));
        assert.equal(price, Number(line.derivation.unit_price));
        assert.ok(shown.title.includes(line.text) && shown.title.includes(line.plan), `${shown.title} is ${line.text}, ${line.plan}`);
        if (line.discount.amount !== 0) assert.equal(Math.abs(amount(shown.discount)), money(line.discount));
    });
    assert.equal(screen.net, money(stored.net));
    assert.equal(Math.round(screen.taxes.reduce((all, one) => all + one, 0) * 100), stored.tax.amount);
    assert.equal(screen.total, money(stored.total));
}

function checkCsv(rows, stored) {
    const lines = rows.filter((row) => row[0] === stored.number);
    assert.equal(lines.length, stored.lines.length);
    stored.lines.forEach((line, i) => {
        const [, kind, date, due, currency, , text, plan, site, , , quantity, price, discount, net, tax, total] = lines[i];
        assert.deepEqual([kind, date, due, currency, text, plan, site], [stored.kind, stored.issued_on, stored.due_on, stored.currency, line.text, line.plan, line.site]);
        assert.deepEqual([quantity, price, discount, net, tax, total].map(Number), [Number(line.derivation.quantity), Number(line.derivation.unit_price), ...[line.discount, line.net, line.tax, line.total].map(money)]);
    });
}

// On a credit note what is given back is positive.
function checkXml(xml, stored, names) {
    const sign = stored.kind === 'credit_note' ? -1 : 1;
    const lines = blocks(xml, names.line);
    assert.equal(lines.length, stored.lines.length, `${names.line} of ${stored.number}`);
    stored.lines.forEach((line, i) => {
        const [net] = tags(lines[i], names.net);
        const [price] = tags(lines[i], names.price);
        const [quantity] = tags(lines[i], names.quantity);
        assert.equal(Number(net), sign * money(line.net), `${names.net} of line ${i + 1}`);
        assert.ok(Math.abs(Number(price) * Number(quantity) - Number(net)) < 0.005, `${quantity} × ${price} = ${net}`);
        assert.ok(lines[i].includes(line.text.replaceAll('&', '&amp;')), line.text);
    });
    const rest = lines.reduce((text, line) => text.replace(line, ''), xml);
    const one = (name, value) => assert.ok(tags(rest, name).some((found) => Number(found) === sign * money(value)), `${name} ${money(value)} in ${tags(rest, name)}`);
    one(names.without, stored.net);
    one(names.tax, stored.tax);
    one(names.with, stored.total);
    assert.ok(xml.includes(stored.number));
    if (sign > 0) assert.ok(rest.includes(stored.due_on) || rest.includes(stored.due_on.replaceAll('-', '')), 'the due date');
}
const UBL = (kind) => ({ line: kind === 'credit_note' ? 'cac:CreditNoteLine' : 'cac:InvoiceLine', net: 'cbc:LineExtensionAmount', price: 'cbc:PriceAmount',
    quantity: kind === 'credit_note' ? 'cbc:CreditedQuantity' : 'cbc:InvoicedQuantity', without: 'cbc:TaxExclusiveAmount', tax: 'cbc:TaxAmount', with: 'cbc:TaxInclusiveAmount' });
const CII = { line: 'ram:IncludedSupplyChainTradeLineItem', net: 'ram:LineTotalAmount', price: 'ram:ChargeAmount', quantity: 'ram:BilledQuantity',
    without: 'ram:TaxBasisTotalAmount', tax: 'ram:TaxTotalAmount', with: 'ram:GrandTotalAmount' };

async function readScreen(tab) {
    const rows = await tab.$$eval('main tbody tr', (all) => all.map((row) => {
        const [product, , net] = row.querySelectorAll('td');
        return { title: row.querySelector('th').firstChild.textContent, product: product.firstChild.textContent, discount: product.querySelector('.muted')?.textContent ?? '', net: net.textContent };
    }));
    const sums = await tab.$$eval('section[aria-labelledby=h-sum] dd', (all) => all.map((one) => one.textContent));
    const dates = await tab.$$eval('section[aria-labelledby=h-facts] dd', (all) => all.slice(0, 1).map((one) => one.textContent));
    const values = sums.map(amount);
    return { number: (await tab.textContent('h1')).trim(), lines: rows, dates: dates.map(plain), net: values[0], taxes: values.slice(1, -1), total: values.at(-1) };
}

// Documents that show everything there is, and some more.
function chosen(documents) {
    const line = (test) => documents.filter((one) => one.lines.some(test)).slice(-2);
    const picked = [documents.filter((one) => one.kind === 'credit_note').slice(-2), line((one) => one.corrects), line((one) => one.discount.amount !== 0), line((one) => one.taxes.length > 1),
        line((one) => one.site !== ''), line((one) => one.derivation.share.numerator < one.derivation.share.denominator), documents.slice(0, 2), documents.slice(-2)];
    return [...new Set(picked.flat())];
}

for (const [tenant, [, locale]] of Object.entries(SPEAK)) {
    test(`${tenant}: screen, paper, CSV and e-invoices say what is stored`, async (t) => {
        const context = await browser.newContext({ javaScriptEnabled: false, locale, viewport: { width: 1280, height: 900 } });
        const tab = await context.newPage();
        await signIn(host, tab, tenant, LOGINS[model(tenant)]);
        // With a coupon, with an add-on, with something given back.
        await tab.goto(host.url(tenant, `/shop/${PLANS[model(tenant)][0]}`));
        await tab.fill('#quantity', '3');
        await tab.fill('#coupon', COUPONS[model(tenant)]);
        await submit(tab);
        await submit(tab);
        const subscription = await buy(host, tab, tenant, PLANS[model(tenant)][1], 4);
        await preview(tab, subscription, 'add-ons');
        await submit(tab);
        await preview(tab, subscription, 'quantity', { quantity: '1' });
        await submit(tab);
        await preview(tab, subscription, 'quantity', { quantity: '2' });
        await submit(tab);
        await newest(host, tab, tenant);

        const client = new Client(host, tenant);
        client.cookies = new Map((await context.cookies()).map(({ name, value }) => [name, value]));
        const year = new Date().getFullYear();
        const range = `/invoices/export?from=${year - 1}-01-01&to=${year}-12-31`;
        const { documents } = JSON.parse((await client.get(`${range}&format=json`)).text);
        const rows = rowsOf((await client.get(`${range}&format=csv`)).text);
        assert.equal(documents.some((one) => one.lines.some((line) => line.derivation.tax_included)), tenant === 'lumen');
        const kinds = { notes: 0, repaired: 0, discounted: 0, several_taxes: 0, e_invoices: 0 };
        for (const stored of chosen(documents)) {
            await tab.goto(host.url(tenant, `/invoices/${stored.id}`));
            const screen = await readScreen(tab);
            checkScreen(screen, stored);
            checkCsv(rows, stored);
            const file = join(host.folder, 'paper.pdf');
            const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
            execFileSync('curl', ['-sf', '-o', file, '-H', `Host: ${tenant}.localhost:${host.port}`, '-H', `Cookie: ${cookie}`, `http://127.0.0.1:${host.port}/invoices/${stored.id}/pdf`]);
            const paper = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
            // Arabic letters are joined on paper, each in one of its forms.
            const speaks = locale.startsWith('ar') ? /\p{Script=Arabic}{3}/u.test(paper) : plain(paper).includes(say('invoices', locale, 'paper.bill_to'));
            assert.ok(speaks, `${stored.number} is in ${locale}`);
            checkPaper(paper, stored, screen);
            if (await tab.locator('a[href$="/ubl"]').count() > 0) {
                checkXml((await client.get(`/invoices/${stored.id}/ubl`)).text, stored, UBL(stored.kind));
                checkXml((await client.get(`/invoices/${stored.id}/cii`)).text, stored, CII);
                kinds.e_invoices++;
            }
            kinds.notes += stored.kind === 'credit_note';
            kinds.repaired += stored.lines.some((line) => line.corrects);
            kinds.discounted += stored.lines.some((line) => line.discount.amount !== 0);
            kinds.several_taxes += stored.lines.some((line) => line.taxes.length > 1);
        }
        t.diagnostic(JSON.stringify(kinds));
        assert.ok(kinds.notes > 0 && kinds.repaired > 0 && kinds.discounted > 0, JSON.stringify(kinds));
        assert.equal(kinds.e_invoices > 0, tenant !== 'northwind');
        assert.equal(kinds.several_taxes > 0, tenant === 'northwind');
        await context.close();
    });
}
