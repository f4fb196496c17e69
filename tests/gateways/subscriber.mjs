// Somebody who pays: from the portal's pages to the provider's and back, by plain forms and links, as a browser without
// scripts goes.
import assert from 'node:assert/strict';
import { base58 } from '../crash/customer.mjs';
import { mintInvoices } from '../crash/mint.mjs';

const plain = (html) => html.replace(/^[^]*<main/, '<main').replace(/<[^>]+>/g, ' ').replace(/&#39;/g, '\'').replace(/&amp;/g, '&').replace(/\s+/g, ' ').trim();
const section = (html, title) => new RegExp(`<section[^>]*aria-labelledby="${title}"[^]*?</section>`).exec(html)?.[0] ?? '';
const first = (html, pattern) => plain(pattern.exec(html)?.[1] ?? '');

export class Subscriber {
    // `field`: what the provider's page calls what is typed there.
    constructor(stage, tenant, { field, customer = stage.customers[0] }) { Object.assign(this, { stage, tenant, field, customer }); }
    get provider() { return this.stage.providers[this.tenant]; }
    async get(path) { return this.customer.take(await this.customer.send('GET', { tenant: this.tenant, path })); }
    async post(path, fields = {}) { return this.customer.take(await this.customer.send('POST', { tenant: this.tenant, path, fields })); }

    // The address of the provider's page, to which a form leads by way of a page of ours.
    async leave(answer) {
        assert.equal(answer.status, 303, plain(answer.text));
        const page = await this.get(answer.headers.location);
        assert.match(answer.headers.location, /\/go$/, plain(page.text));
        const [, url] = /^0; url=(.+)$/.exec(page.headers.refresh ?? '') ?? [];
        assert.ok(url?.startsWith(`http://127.0.0.1:${this.provider.port}/`), `leads to ${url}`);
        assert.ok(page.text.includes(`href="${url}"`), 'there is a link for who is not taken there');
        return url;
    }
    // On the provider's page: where it sends the browser next, or what it says.
    async type(url, fields) {
        const shown = await fetch(url);
        assert.equal(shown.status, 200, url);
        const answer = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
        return answer.status === 303 ? { to: answer.headers.get('location') } : { says: first(await answer.text(), /<p role="alert">(.*?)<\/p>/) };
    }
    // By the provider's link, to the page of ours at which it ends.
    async comeBack(url) {
        const { host, pathname, search } = new URL(url);
        assert.equal(host, `${this.tenant}.localhost:${this.stage.ports[0]}`);
        let [path, answer] = [`${pathname}${search}`, await this.get(`${pathname}${search}`)];
        for (let hops = 0; answer.status === 303 && hops < 3; hops += 1) {
            path = answer.headers.location;
            answer = await this.get(path);
        }
        assert.equal(answer.status, 200, path);
        return { path, text: answer.text };
    }

    async beginMethod() { return this.leave(await this.post('/payment-methods/add')); }
    // Its title as the list has it, and by what it is chosen.
    async addMethod({ typed, shown }) {
        const before = new Set((await this.methods()).map((one) => one.id));
        const { to, says } = await this.type(await this.beginMethod(), { [this.field]: typed });
        assert.ok(to, says);
        await this.provider.told();
        const back = await this.comeBack(to);
        assert.equal(new URL(back.path, 'http://portal').pathname, '/payment-methods');
        assert.ok(back.text.includes('The payment method is kept.'), plain(back.text));
        const added = (await this.methods()).filter((one) => !before.has(one.id));
        assert.deepEqual(added.map((one) => one.title), [shown]);
        return added[0].id;
    }
    async methods() {
        const { text } = await this.get('/payment-methods');
        return [...text.matchAll(/<li>.*?<\/li>/gs)].filter(([li]) => li.includes('/remove"')).map(([li]) => ({
            id: /\/payment-methods\/(pm_\w+)\/remove/.exec(li)[1], title: first(li, /<p class="strong">(.*?)<\/p>/), says: first(li, /<p class="muted">(?!Valid)(.*?)<\/p>/) }));
    }

    async invoice() { return (await mintInvoices(this.stage.database, this.tenant, this.customer.account, 1))[0]; }
    pay(invoice, more) { return this.customer.pay({ ...invoice, ...more }); }
    // Without a page of the provider's.
    async payAtOnce(invoice, method) {
        const answer = await this.pay(invoice, { method });
        assert.equal(answer.status, 303, plain(answer.text));
        return this.payment(answer.headers.location);
    }
    // The form behind "Pay another way", filled in and sent.
    async payAgain(payment, { method, amount }) {
        const { text } = await this.get(payment.again);
        const action = /<form[^>]*action="(\/payments\/pay\?[^"]+)"/.exec(text)[1].replace(/&amp;/g, '&');
        const [, invoice] = /name="(inv_\w+)"/.exec(text);
        const answer = await this.post(action, { [invoice]: (amount / 100).toFixed(2), method });
        assert.equal(answer.status, 303, plain(answer.text));
        return this.payment(answer.headers.location);
    }
    // What a payment's page says.
    async payment(path) {
        const { status, text } = await this.get(path);
        assert.equal(status, 200, path);
        return { path, id: /pay_\w+/.exec(path)[0], state: first(text, /class="badge[^"]*">(.*?)</), says: first(text, /<p class="callout[^"]*"[^>]*>(.*?)<\/p>/),
            reference: first(text, /<code>(.*?)<\/code>/), receipt: /href="(\/payments\/pay_\w+\/receipt)"/.exec(text)?.[1],
            again: /href="(\/payments\/pay\?again=[^"]+)"/.exec(text)?.[1], page: /href="(http[^"]+)"[^>]*>Go on to the payment page/.exec(text)?.[1],
            back: [...section(text, 'h-back').matchAll(/<dt>(.*?)<\/dt><dd[^>]*>(.*?)<\/dd>/gs)].map(([, what, amount]) => `${plain(what)} ${plain(amount)}`) };
    }
    // The invoice's state on its page, and what the books have of it.
    async stateOf({ invoice, amount }) {
        const { text } = await this.get(`/invoices/inv_${base58(invoice)}`);
        const [[paid, refunded]] = await this.stage.database.sql(`SELECT paid, refunded FROM invoices_document WHERE tenant_id = '${this.tenant}' AND id = x'${invoice}'`);
        return { says: first(text, /class="badge[^"]*">(.*?)</), open: amount - Number(paid) + Number(refunded) };
    }
    async lookUp() {
        const { code, out } = await this.stage.commandAlone(this.tenant, {}, 'look-up-payments', '--tenant', this.tenant);
        assert.equal(code, 0, out);
    }
    // What the provider has to tell comes in, and is looked up.
    async hear() {
        await this.provider.told();
        await this.lookUp();
    }
    async referenceOf({ invoice }) {
        const rows = await this.stage.database.sql(`SELECT reference FROM payments_payment WHERE tenant_id = '${this.tenant}' AND parts LIKE '%${base58(invoice)}%' ORDER BY id DESC`);
        return rows[0]?.[0];
    }
}
