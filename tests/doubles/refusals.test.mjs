// Every double refuses what its provider's own description refuses, in the provider's own words, and books nothing.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeAdyen } from './adyen.mjs';
import { makeGoCardless } from './gocardless.mjs';
import { makeStripe } from './stripe.mjs';

const doubles = [];
after(() => {
    for (const { double, folder } of doubles) {
        double.server.close();
        double.server.closeAllConnections();
        double.ledger.close();
        rmSync(folder, { recursive: true });
    }
});

async function start(make) {
    const folder = mkdtempSync(join(tmpdir(), 'double-'));
    const double = make(folder);
    double.base = `http://127.0.0.1:${await double.listen(0)}`;
    doubles.push({ double, folder });
    const ask = async (method, path, { body, headers, raw } = {}) => {
        const answer = await fetch(double.base + path, { method, headers, body: raw ?? body, redirect: 'manual' });
        const text = await answer.text();
        return { status: answer.status, json: text && text[0] === '{' ? JSON.parse(text) : undefined };
    };
    return { double, ask };
}
const moved = (double) => double.ledger.facts.filter((fact) => fact.moved).length;

const stripe = await start(makeStripe);
const key = { authorization: 'Bearer sk_test_double', 'stripe-version': '2023-08-16' };
const form = (fields, headers = key) => ({ body: new URLSearchParams(fields).toString(), headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' } });
const CHARGE = { amount: '1234', currency: 'eur', payment_method: 'pm_card_visa', 'payment_method_types[]': 'card', confirm: 'true' };
const without = (fields, name) => Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name));
const SESSION = { mode: 'payment', success_url: 'https://shop.example/', 'line_items[0][quantity]': '1', 'line_items[0][price_data][currency]': 'eur', 'line_items[0][price_data][unit_amount]': '1234',
    'line_items[0][price_data][product_data][name]': 'x' };
const INTENTS = '/v1/payment_intents', SESSIONS = '/v1/checkout/sessions';

for (const [what, method, path, request, status, code, param] of [
    ['no key', 'POST', INTENTS, form(CHARGE, {}), 401],
    ['a key of another kind', 'POST', INTENTS, form(CHARGE, { authorization: 'Bearer pk_test_x' }), 401],
    ['a version that is not there', 'POST', INTENTS, form(CHARGE, { ...key, 'stripe-version': '1999-01-01' }), 400],
    ['JSON', 'POST', INTENTS, { body: '{"amount":1234}', headers: { ...key, 'content-type': 'application/json' } }, 400],
    ['a field that is not known', 'POST', INTENTS, form({ ...CHARGE, amuont: '1' }), 400, 'parameter_unknown', 'amuont'],
    ['no amount', 'POST', INTENTS, form(without(CHARGE, 'amount')), 400, 'parameter_missing', 'amount'],
    ['no currency', 'POST', INTENTS, form(without(CHARGE, 'currency')), 400, 'parameter_missing', 'currency'],
    ['an amount with a point', 'POST', INTENTS, form({ ...CHARGE, amount: '12.34' }), 400, 'parameter_invalid_integer', 'amount'],
    ['an amount in words', 'POST', INTENTS, form({ ...CHARGE, amount: 'ten' }), 400, 'parameter_invalid_integer', 'amount'],
    ['a negative amount', 'POST', INTENTS, form({ ...CHARGE, amount: '-5' }), 400, 'amount_too_small', 'amount'],
    ['too little', 'POST', INTENTS, form({ ...CHARGE, amount: '10' }), 400, 'amount_too_small', 'amount'],
    ['too much', 'POST', INTENTS, form({ ...CHARGE, amount: '100000000' }), 400, 'amount_too_large', 'amount'],
    ['a capture method that is not there', 'POST', INTENTS, form({ ...CHARGE, capture_method: 'later' }), 400, undefined, 'capture_method'],
    ['a flag that is none', 'POST', INTENTS, form({ ...CHARGE, confirm: 'yes' }), 400, undefined, 'confirm'],
    ['metadata that is a text', 'POST', INTENTS, form({ ...CHARGE, metadata: 'x' }), 400, undefined, 'metadata'],
    ['a method that is not there', 'POST', INTENTS, form({ ...CHARGE, payment_method: 'pm_nowhere' }), 400, 'resource_missing'],
    ['off session with a page to return to', 'POST', INTENTS, form({ ...CHARGE, off_session: 'true', return_url: 'https://x.example' }), 400, undefined, 'return_url'],
    ['no page to return to where one may be needed', 'POST', INTENTS, form(without(CHARGE, 'payment_method_types[]')), 400, undefined, 'return_url'],
    ['an intent that is not there', 'GET', `${INTENTS}/pi_nowhere`, { headers: key }, 404, 'resource_missing'],
    ['a capture of what is not there', 'POST', `${INTENTS}/pi_nowhere/capture`, form({ amount_to_capture: '1' }), 404, 'resource_missing'],
    ['a search that is none', 'GET', `${INTENTS}/search?query=everything`, { headers: key }, 400, undefined, 'query'],
    ['a search without a query', 'GET', `${INTENTS}/search`, { headers: key }, 400, 'parameter_missing', 'query'],
    ['a question with a word that is not known', 'GET', '/v1/refunds?colour=red', { headers: key }, 400, 'parameter_unknown', 'colour'],
    ['a page that is too long', 'GET', '/v1/refunds?limit=1000', { headers: key }, 400, undefined, 'limit'],
    ['a refund of what is not there', 'POST', '/v1/refunds', form({ payment_intent: 'pi_nowhere' }), 404, 'resource_missing'],
    ['a session without a page to return to', 'POST', SESSIONS, form(without(SESSION, 'success_url')), 400, 'parameter_missing', 'success_url'],
    ['a session of a mode that is not there', 'POST', SESSIONS, form({ ...SESSION, mode: 'gift' }), 400, undefined, 'mode'],
    ['a session of nothing', 'POST', SESSIONS, form({ mode: 'payment', success_url: 'https://shop.example/' }), 400, 'parameter_missing', 'line_items'],
    ['a setup with something to pay', 'POST', SESSIONS, form({ ...SESSION, mode: 'setup' }), 400, undefined, 'line_items'],
    ['a line without a name', 'POST', SESSIONS, form(without(SESSION, 'line_items[0][price_data][product_data][name]')), 400],
    ['a place that is not there', 'POST', '/v1/payment_intentions', form(CHARGE), 404],
]) {
    test(`Stripe refuses ${what}`, async () => {
        const before = moved(stripe.double);
        const { status: got, json } = await stripe.ask(method, path, request);
        assert.equal(got, status, JSON.stringify(json));
        if (code) assert.equal(json.error.code, code);
        if (param) assert.equal(json.error.param, param);
        assert.equal(moved(stripe.double), before);
    });
}

test('Stripe answers a repeat of a key with the first answer, and refuses another request under it', async () => {
    const keyed = (fields) => form(fields, { ...key, 'idempotency-key': 'one' });
    const first = await stripe.ask('POST', INTENTS, keyed(CHARGE));
    const again = await stripe.ask('POST', INTENTS, keyed(CHARGE));
    assert.equal(first.json.status, 'succeeded');
    assert.deepEqual(again.json, first.json);
    assert.equal(moved(stripe.double), 1);
    const other = await stripe.ask('POST', INTENTS, keyed({ ...CHARGE, amount: '9999' }));
    assert.equal(other.status, 400);
    assert.equal(other.json.error.type, 'idempotency_error');
    const more = await stripe.ask('POST', '/v1/refunds', form({ payment_intent: first.json.id, amount: '1235' }));
    assert.equal(more.status, 400);
    assert.equal(moved(stripe.double), 1);
});

test('Stripe lets nobody but the page itself end the intent of a session that is open', async () => {
    const { json: session } = await stripe.ask('POST', SESSIONS, form(SESSION));
    const shown = async () => (await stripe.ask('GET', `${SESSIONS}/${session.id}`, { headers: key })).json;
    assert.equal(session.payment_intent, null);
    assert.ok(stripe.double.acts.pay({ session: session.id, number: '4000000000000002' }).error);
    const { payment_intent: intent } = await shown();
    assert.equal((await stripe.ask('GET', `${INTENTS}/${intent}`, { headers: key })).json.status, 'requires_payment_method');
    const refused = await stripe.ask('POST', `${INTENTS}/${intent}/cancel`, form({}));
    assert.equal(refused.status, 400);
    assert.match(refused.json.error.message, /Expire the Checkout Session/);
    assert.ok(stripe.double.acts.pay({ session: session.id, number: '4242424242424242' }).to);
    assert.equal((await shown()).payment_intent, intent, 'one intent for all cards that are tried');
});

const adyen = await start(makeAdyen);
const apiKey = { 'x-api-key': 'test_api_key', 'content-type': 'application/json' };
const json = (value, headers = apiKey) => ({ body: JSON.stringify(value), headers });
const HOSTED = { merchantAccount: 'HarborMerchant', amount: { value: 1234, currency: 'EUR' }, reference: 'ref-1', returnUrl: 'https://shop.example/', mode: 'hosted' };
const PAY = { merchantAccount: 'HarborMerchant', amount: { value: 1234, currency: 'EUR' }, reference: 'ref-1', returnUrl: 'https://shop.example/', shopperReference: 'shopper-1',
    paymentMethod: { type: 'scheme', storedPaymentMethodId: 'NOWHERE' } };

for (const [what, method, path, request, status, code] of [
    ['no key', 'POST', '/v72/sessions', json(HOSTED, { 'content-type': 'application/json' }), 401, '000'],
    ['another key', 'POST', '/v72/sessions', json(HOSTED, { ...apiKey, 'x-api-key': 'x' }), 401, '000'],
    ['a form', 'POST', '/v72/sessions', { body: 'a=b', headers: { 'x-api-key': 'test_api_key', 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    ['half an object', 'POST', '/v72/sessions', { raw: '{"amount":', headers: apiKey }, 400, '702'],
    ['a list', 'POST', '/v72/sessions', json([]), 400, '702'],
    ['a field that is not known', 'POST', '/v72/sessions', json({ ...HOSTED, colour: 'red' }), 400, '702'],
    ['no merchant', 'POST', '/v72/sessions', json(without(HOSTED, 'merchantAccount')), 422, '14_030'],
    ['no amount', 'POST', '/v72/sessions', json(without(HOSTED, 'amount')), 422, '14_030'],
    ['no reference', 'POST', '/v72/sessions', json(without(HOSTED, 'reference')), 422, '14_030'],
    ['no page to return to', 'POST', '/v72/sessions', json(without(HOSTED, 'returnUrl')), 422, '14_030'],
    ['another merchant', 'POST', '/v72/sessions', json({ ...HOSTED, merchantAccount: 'Northwind' }), 403, '901'],
    ['an amount in decimals', 'POST', '/v72/sessions', json({ ...HOSTED, amount: { value: 12.34, currency: 'EUR' } }), 400, '702'],
    ['an amount as a text', 'POST', '/v72/sessions', json({ ...HOSTED, amount: { value: '1234', currency: 'EUR' } }), 400, '702'],
    ['an amount without a currency', 'POST', '/v72/sessions', json({ ...HOSTED, amount: { value: 1234 } }), 422, '14_030'],
    ['a currency in small letters', 'POST', '/v72/sessions', json({ ...HOSTED, amount: { value: 1234, currency: 'eur' } }), 422, '138'],
    ['a currency of four letters', 'POST', '/v72/sessions', json({ ...HOSTED, amount: { value: 1234, currency: 'EURO' } }), 400, '702'],
    ['a negative amount', 'POST', '/v72/sessions', json({ ...HOSTED, amount: { value: -1, currency: 'EUR' } }), 422, '137'],
    ['a mode that is not there', 'POST', '/v72/sessions', json({ ...HOSTED, mode: 'windowed' }), 400, '702'],
    ['a shopper of two letters', 'POST', '/v72/sessions', json({ ...HOSTED, shopperReference: 's1' }), 400, '702'],
    ['a card to be kept for nobody', 'POST', '/v72/sessions', json({ ...HOSTED, storePaymentMethodMode: 'enabled', recurringProcessingModel: 'CardOnFile' }), 422, '14_012'],
    ['a card to be kept for no purpose', 'POST', '/v72/sessions', json({ ...HOSTED, storePaymentMethodMode: 'enabled', shopperReference: 'shopper-1' }), 422, '14_0430'],
    ['a result that nobody gave', 'GET', '/v72/sessions/CSNOWHERE?sessionResult=x', { headers: apiKey }, 404],
    ['a kept card that is not there', 'POST', '/v72/payments', json(PAY), 422, '800'],
    ['a payment without a shopper', 'POST', '/v72/payments', json(without(PAY, 'shopperReference')), 422, '14_012'],
    ['a payment without a method', 'POST', '/v72/payments', json(without(PAY, 'paymentMethod')), 422, '14_030'],
    ['a recurring model that is not there', 'POST', '/v72/payments', json({ ...PAY, recurringProcessingModel: 'Sometimes' }), 400, '702'],
    ['details of nothing', 'POST', '/v72/payments/details', json({ details: { redirectResult: 'x' } }), 422, '14_0415'],
    ['a refund of what is not there', 'POST', '/v72/payments/NOWHERE/refunds', json({ merchantAccount: 'HarborMerchant', amount: { value: 1, currency: 'EUR' } }), 422, '167'],
    ['a refund of no amount', 'POST', '/v72/payments/NOWHERE/refunds', json({ merchantAccount: 'HarborMerchant' }), 422, '14_030'],
    ['the deletion of a card that is not there', 'DELETE', '/v72/storedPaymentMethods/NOWHERE?shopperReference=shopper-1&merchantAccount=HarborMerchant', { headers: apiKey }, 404, '800'],
    ['a place that is not there', 'POST', '/v72/payment', json(PAY), 404],
]) {
    test(`Adyen refuses ${what}`, async () => {
        const before = moved(adyen.double);
        const { status: got, json: answer } = await adyen.ask(method, path, request);
        assert.equal(got, status, JSON.stringify(answer));
        if (code) assert.equal(answer.errorCode, code);
        assert.equal(moved(adyen.double), before);
    });
}

const gocardless = await start(makeGoCardless);
const token = { authorization: 'Bearer sandbox_token', 'gocardless-version': '2015-07-06', 'content-type': 'application/json' };
const body = (kind, value, headers = token) => json({ [kind]: value }, headers);
const DEBIT = { amount: 1234, currency: 'EUR', links: { mandate: 'MDNOWHERE' } };

for (const [what, method, path, request, status, reason, field] of [
    ['no token', 'POST', '/payments', body('payments', DEBIT, { ...token, authorization: '' }), 401],
    ['a token that may only read', 'POST', '/payments', body('payments', DEBIT, { ...token, authorization: 'Bearer sandbox_readonly' }), 403, 'insufficient_permissions'],
    ['no version', 'POST', '/payments', body('payments', DEBIT, without(token, 'gocardless-version')), 400, 'version_not_found'],
    ['a form', 'POST', '/payments', { body: 'a=b', headers: { ...token, 'content-type': 'application/x-www-form-urlencoded' } }, 415],
    ['half an object', 'POST', '/payments', { raw: '{"payments":', headers: token }, 400],
    ['a list', 'POST', '/payments', json([], token), 400],
    ['another root', 'POST', '/payments', body('payment', DEBIT), 400, 'invalid_document_structure'],
    ['a field that is not known', 'POST', '/payments', body('payments', { ...DEBIT, colour: 'red' }), 422, undefined, 'colour'],
    ['no amount', 'POST', '/payments', body('payments', without(DEBIT, 'amount')), 422, undefined, 'amount'],
    ['no currency', 'POST', '/payments', body('payments', without(DEBIT, 'currency')), 422, undefined, 'currency'],
    ['no mandate', 'POST', '/payments', body('payments', without(DEBIT, 'links')), 422, undefined, 'links'],
    ['a link of another kind', 'POST', '/payments', body('payments', { ...DEBIT, links: { mandate: 'MD1', subscription: 'SB1' } }), 422, undefined, 'links.subscription'],
    ['an amount in decimals', 'POST', '/payments', body('payments', { ...DEBIT, amount: 12.34 }), 422, undefined, 'amount'],
    ['an amount as a text', 'POST', '/payments', body('payments', { ...DEBIT, amount: '1234' }), 422, undefined, 'amount'],
    ['nothing to pay', 'POST', '/payments', body('payments', { ...DEBIT, amount: 0 }), 422, undefined, 'amount'],
    ['a currency that it does not take', 'POST', '/payments', body('payments', { ...DEBIT, currency: 'JPY' }), 422, undefined, 'currency'],
    ['a mandate that is not there', 'POST', '/payments', body('payments', DEBIT), 422, undefined, 'links.mandate'],
    ['metadata that is no text', 'POST', '/payments', body('payments', { ...DEBIT, metadata: { reference: 1 } }), 422, undefined, 'metadata.reference'],
    ['a key that is too long', 'POST', '/payments', body('payments', DEBIT, { ...token, 'idempotency-key': 'k'.repeat(129) }), 422, undefined, 'Idempotency-Key'],
    ['a payment that is not there', 'GET', '/payments/PMNOWHERE', { headers: token }, 404, 'resource_not_found'],
    ['the end of a payment that is not there', 'POST', '/payments/PMNOWHERE/actions/cancel', json({}, token), 404, 'resource_not_found'],
    ['a refund of what is not there', 'POST', '/refunds', body('refunds', { amount: 1, total_amount_confirmation: 1, links: { payment: 'PMNOWHERE' } }), 422, undefined, 'links.payment'],
    ['a mandate in a currency that it does not take', 'POST', '/billing_requests', body('billing_requests', { mandate_request: { currency: 'JPY' } }), 422, undefined, 'mandate_request.currency'],
    ['pages of no request', 'POST', '/billing_request_flows', body('billing_request_flows', { links: { billing_request: 'BRQNOWHERE' } }), 422, undefined, 'links.billing_request'],
    ['pages in a language that it has not', 'POST', '/billing_request_flows', body('billing_request_flows', { language: 'ar', links: { billing_request: 'BRQ1' } }), 422, undefined, 'language'],
    ['a question with a word that is not known', 'GET', '/payments?colour=red', { headers: token }, 422, undefined, 'colour'],
    ['a page that is too long', 'GET', '/payments?limit=501', { headers: token }, 422, undefined, 'limit'],
    ['a place that is not there', 'POST', '/charges', json({}, token), 404],
]) {
    test(`GoCardless refuses ${what}`, async () => {
        const before = moved(gocardless.double);
        const { status: got, json: answer } = await gocardless.ask(method, path, request);
        assert.equal(got, status, JSON.stringify(answer));
        if (reason) assert.equal(answer.error.errors[0].reason, reason);
        if (field) assert.ok(answer.error.errors.some((one) => one.field === field), JSON.stringify(answer));
        assert.equal(moved(gocardless.double), before);
    });
}

// The published vector: the double signs as Adyen does.
test('Adyen signs as its published example says', async () => {
    const { createHmac } = await import('node:crypto');
    const signed = '7914073381342284::TestMerchant:TestPayment-1407325143704:1130:EUR:AUTHORISATION:true';
    const keyBytes = Buffer.from('44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056', 'hex');
    assert.equal(createHmac('sha256', keyBytes).update(signed).digest('base64'), 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=');
});

test('A double that was killed in the middle of a line goes on without it', async () => {
    const { appendFileSync, mkdtempSync: folderOf } = await import('node:fs');
    const folder = folderOf(join(tmpdir(), 'double-'));
    const first = makeStripe(folder);
    first.base = 'http://double';
    first.put('customer', { id: 'cus_1' });
    first.ledger.close();
    appendFileSync(join(folder, 'ledger.jsonl'), '{"at":1,"kind":"customer","object":{"id":"cus_2"');
    const again = makeStripe(folder);
    assert.deepEqual(again.all('customer'), [{ id: 'cus_1' }]);
    again.put('customer', { id: 'cus_3' });
    again.ledger.close();
    const third = makeStripe(folder);
    assert.deepEqual(third.all('customer').map((one) => one.id), ['cus_1', 'cus_3']);
    third.ledger.close();
    rmSync(folder, { recursive: true });
});
