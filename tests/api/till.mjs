// What a customer of a tenant and its program do to pay.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { LOGINS } from '../e2e/host.mjs';
import { cardsOf, providerOf } from '../e2e/paying.mjs';
import { say } from '../e2e/words.mjs';

export const TENANTS = {
    harbor: { currency: 'EUR', address: { line1: 'Kai 6', postal_code: '24103', city: 'Kiel', country: 'DE' } },
    northwind: { currency: 'USD', address: { line1: '1 Main St', postal_code: '60606', city: 'Chicago', region: 'IL', country: 'US' } },
    lumen: { currency: 'GBP', address: { line1: '2 Mill Lane', postal_code: 'CB2 1RX', city: 'Cambridge', country: 'GB' } },
};
export const NOBODY = '1'.repeat(22);

export class Till {
    constructor({ host, checker, programs }, tenant) {
        Object.assign(this, { host, checker, tenant, p: programs[tenant], language: LOGINS[tenant].locale, currency: TENANTS[tenant].currency });
    }
    async open(name = 'Zahler') {
        this.account = (await this.ask('POST', '/accounts', { name, customer_class: 'consumer', address: TENANTS[this.tenant].address })).json.id;
        return this;
    }
    ask(method, path, body, key = randomUUID()) {
        return this.p.call(method, `/api/v1${path}`, { body, headers: { 'Accept-Language': this.language, ...(key ? { 'Idempotency-Key': key } : {}) } });
    }
    get(path) { return this.ask('GET', path, undefined, null); }
    async charge(price = '100') {
        const made = await this.ask('POST', '/invoices', { account: this.account, currency: this.currency, lines: [{ text: 'Termin', unit_price: price }] });
        assert.equal(made.status, 201, made.text);
        return made.json;
    }
    pay(body, key) { return this.ask('POST', '/payments/pay', { account: this.account, ...body }, key); }
    one(invoice, method, key) { return this.pay({ invoices: [{ invoice: invoice.id }], method }, key); }
    async balance(invoice) { return (await this.get(`/invoices/${invoice.id}`)).json.balance.amount; }
    money(amount) { return { amount, currency: this.currency }; }
    // The customer's browser at the provider's page.
    async type(url, fields) {
        const answer = await fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ expiry: '09/34', cvc: '123', name: 'Ada Byron', ...fields }) });
        assert.ok(answer.status < 400, `${answer.status} ${await answer.text()}`);
        return answer.headers.get('location');
    }
    // As the provider says when it is asked, and as everybody reads it from then on.
    async asked(path, state) {
        const answer = await this.ask('POST', `${path}/look-up`);
        assert.deepEqual([answer.status, answer.json.state], [200, state], answer.text);
        assert.deepEqual((await this.get(path)).json, answer.json);
        return answer.json;
    }
    async addCard(number) {
        const begun = await this.ask('POST', '/payment-methods', { account: this.account });
        assert.equal(begun.status, 201, begun.text);
        await this.type(begun.json.next_action.url, { number, action: 'pay' });
        return this.asked(`/payment-methods/${begun.json.id}`, 'active');
    }
    // A kept card with which the provider plays a scenario of its own.
    async keep(scenario) {
        const card = await this.addCard((await cardsOf(this.host)).ok);
        this.host.sql(`UPDATE payments_method SET details = JSON_SET(details, '$.token', 'tok_${scenario}') WHERE tenant_id = '${this.tenant}' AND is_default = 1
            AND account_id = (SELECT account_id FROM payments_method WHERE tenant_id = '${this.tenant}' ORDER BY id DESC LIMIT 1) ORDER BY id DESC LIMIT 1`);
        return card.id;
    }
    words(key) { return say('payments', this.language, key); }
    // As the problem of an answer says it, in the language that was asked for.
    problem(answer, status, code) {
        assert.deepEqual([answer.status, answer.json.status, answer.json.code], [status, status, code], answer.text);
        assert.equal(answer.headers['content-type'], 'application/problem+json');
        assert.equal(answer.json.detail, this.words(`error.${code}`));
        return answer.json;
    }
    async fault(fault, on = 'POST /v1/payments', more = {}) {
        const made = await fetch(`${providerOf(this.host)}/faults`, { method: 'POST', body: JSON.stringify({ fault, on, times: 1, ...more }) });
        assert.ok(made.ok, await made.text());
    }
    async noFaults() { await fetch(`${providerOf(this.host)}/faults`, { method: 'DELETE' }); }
}
