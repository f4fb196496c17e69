// A double of Stripe's payments API, version 2023-08-16: requests are checked against Stripe's own description, objects
// look as in its fixtures. Test cards are Stripe's (`pm_card_visa`, 4242 4242 4242 4242, …).
import { Answer, Double, hmac, id, page, runDouble } from './double.mjs';
import { CARDS, byNumber } from './stripe_cards.mjs';
import { certifyStripe } from './stripe_certify.mjs';
import { closeDispute, dispute, openDispute, tellOfDispute } from './stripe_disputes.mjs';
import { VERSION, failed, invalid, missing, read } from './stripe_requests.mjs';

class Stripe {
    constructor(double) { this.double = double; }
    get(kind, key, what = kind) {
        const found = this.double.find(kind, key);
        if (!found) throw missing(what, key);
        return found;
    }
    put(kind, object, fact) { return this.double.put(kind, object, fact); }
    now() { return this.double.now(); }

    // What a list would be with `expand`.
    expanded(object, expand = []) {
        const copy = structuredClone(object);
        for (const path of expand) {
            const [first, ...rest] = path.split('.');
            const value = copy[first];
            if (Array.isArray(value)) copy[first] = value.map((one) => this.expanded(one, [rest.join('.')]));
            else if (value) copy[first] = this.expanded(typeof value === 'string' ? this.any(value) : value, rest.length ? [rest.join('.')] : []);
        }
        return copy;
    }
    any(key) {
        const kinds = { pi: 'payment_intent', ch: 'charge', cs: 'session', seti: 'setup_intent', pm: 'payment_method', cus: 'customer', re: 'refund', dp: 'dispute' };
        return this.get(kinds[key.split('_')[0]], key);
    }

    // The card of a token: one of Stripe's test tokens, or one that was kept for a customer.
    card(token, customer) {
        if (CARDS[token]) return { id: id('pm_'), test: token, customer: customer ?? null };
        const kept = this.double.find('payment_method', token);
        if (!kept) throw invalid(`No such PaymentMethod: '${token}'`, { code: 'resource_missing', param: 'payment_method' });
        if (!kept.customer) throw invalid('The provided PaymentMethod was previously used or detached.', { code: 'payment_method_unexpected_state' });
        if (kept.customer !== customer)
            throw invalid(`The customer does not have a payment method with the ID ${token}.`, { code: 'resource_missing', param: 'payment_method' });
        return kept;
    }
    details(card) {
        const [number, brand] = CARDS[card.test];
        return { brand, last4: number.slice(-4), exp_month: 8, exp_year: 2031, network_transaction_id: `nt${number.slice(-6)}` };
    }
    keep(card, customer) {
        const kept = { id: card.id, object: 'payment_method', type: 'card', card: { ...this.details(card), exp_year: new Date(this.now() * 1000).getUTCFullYear() + 2 }, customer, test: card.test, created: this.now(), metadata: {} };
        return this.put('payment_method', kept);
    }

    intent({ amount, currency, customer = null, capture_method = 'automatic', metadata = {}, setup_future_usage = null }) {
        if (amount < 50) throw invalid('Amount must be at least 50 cents', { code: 'amount_too_small', param: 'amount' });
        if (amount > 99999999) throw invalid('Amount must be no more than 999,999.99', { code: 'amount_too_large', param: 'amount' });
        return { id: id('pi_'), object: 'payment_intent', amount, amount_received: 0, amount_capturable: 0, currency, customer, capture_method, metadata,
            setup_future_usage, status: 'requires_payment_method', last_payment_error: null, next_action: null, latest_charge: null, payment_method: null, created: this.now() };
    }
    // Confirms: the way that the card goes. Returns the error of a decline.
    confirm(intent, card, { off_session = false, return_url } = {}) {
        const [, , usual = {}] = CARDS[card.test];
        const over = card.card && Date.UTC(card.card.exp_year, card.card.exp_month) / 1000 <= this.now();
        const fate = over ? { code: 'expired_card' } : usual;
        intent.payment_method = card.id;
        if (fate.decline || fate.code) return this.declined(intent, card, fate);
        if (fate.challenge && off_session) return this.declined(intent, card, { decline: 'authentication_required', code: 'authentication_required' });
        if (fate.challenge) {
            intent.status = 'requires_action';
            intent.waits = { test: card.test, card: card.id, return_url };
            intent.next_action = { type: 'redirect_to_url', redirect_to_url: { return_url: return_url ?? null, url: `${this.double.base}/3ds/${intent.id}` } };
            return null;
        }
        this.authorised(intent, card, fate);
        return null;
    }
    declined(intent, card, fate) {
        const error = { type: 'card_error', code: fate.code ?? 'card_declined', message: 'Your card was declined.', ...(fate.decline && { decline_code: fate.decline }) };
        intent.last_payment_error = error;
        intent.status = 'requires_payment_method';
        return error;
    }
    authorised(intent, card, fate) {
        const charge = { id: id('ch_'), object: 'charge', amount: intent.amount, amount_captured: 0, amount_refunded: 0, currency: intent.currency, customer: intent.customer,
            captured: false, disputed: false, payment_intent: intent.id, payment_method: card.id, metadata: intent.metadata, status: 'succeeded',
            payment_method_details: { type: 'card', card: this.details(card) }, fate, created: this.now() };
        intent.latest_charge = charge.id;
        intent.next_action = null;
        intent.last_payment_error = null;
        if (fate.processing) intent.status = 'processing';
        else if (intent.capture_method === 'manual') Object.assign(intent, { status: 'requires_capture', amount_capturable: intent.amount });
        else this.captured(intent, charge, intent.amount);
        this.put('charge', charge);
    }
    captured(intent, charge, amount) {
        Object.assign(intent, { status: 'succeeded', amount_received: amount, amount_capturable: 0 });
        Object.assign(charge, { captured: true, amount_captured: amount, disputed: Boolean(charge.fate.dispute) });
        this.balance('charge', charge.id, amount, Math.round(amount * 0.014) + 25, intent.currency);
        this.double.moved('charge', { reference: intent.metadata.reference, payment: intent.id, amount, currency: intent.currency, fee: Math.round(amount * 0.014) + 25 });
        if (charge.fate.dispute) openDispute(this, intent, charge, amount);
    }
    balance(type, source, amount, fee, currency, reporting_category = type) {
        this.put('balance', { id: id('txn_'), object: 'balance_transaction', type, reporting_category, source, amount, fee, net: amount - fee, currency, created: this.now(), status: 'pending' });
    }
    event(type, object) {
        const event = { id: id('evt_'), object: 'event', api_version: VERSION, created: this.now(), type, data: { object: structuredClone(object) }, livemode: false };
        this.put('event', event);
        this.double.tell(event);
    }
    told(intent) {
        const word = { succeeded: 'succeeded', requires_capture: 'amount_capturable_updated', processing: 'processing', canceled: 'canceled', requires_payment_method: 'payment_failed', requires_action: 'requires_action' }[intent.status];
        this.event(`payment_intent.${word}`, intent);
        if (intent.status === 'succeeded') tellOfDispute(this, intent.id);
    }

    // POST /v1/payment_intents
    createIntent(p) {
        const intent = this.intent(p);
        const card = p.payment_method && this.card(p.payment_method, p.customer);
        if (!p.confirm) return new Answer(200, this.put('payment_intent', intent));
        if (!card) throw invalid('You cannot confirm this PaymentIntent because it\'s missing a payment method.', { code: 'payment_intent_unexpected_state' });
        if (p.off_session && p.return_url) throw invalid('You cannot set `return_url` together with `off_session`.', { param: 'return_url' });
        if (!p.payment_method_types && !p.return_url) throw invalid('A `return_url` must be specified.', { param: 'return_url' });
        const error = this.confirm(intent, card, p);
        this.put('payment_intent', intent);
        this.told(intent);
        const seen = this.expanded(intent, p.expand);
        return error ? new Answer(402, { error: { ...error, payment_intent: seen } }) : new Answer(200, seen);
    }
    capture(key, p) {
        const intent = structuredClone(this.get('payment_intent', key));
        if (intent.status !== 'requires_capture') throw this.wrongState(intent);
        const amount = p.amount_to_capture ?? intent.amount;
        if (amount > intent.amount || amount < 1) throw invalid('The amount to capture is greater than what is left of the authorisation.', { code: 'amount_too_large', param: 'amount_to_capture' });
        const charge = structuredClone(this.get('charge', intent.latest_charge));
        this.captured(intent, charge, amount);
        this.put('charge', charge);
        this.put('payment_intent', intent);
        this.told(intent);
        return new Answer(200, this.expanded(intent, p.expand));
    }
    cancel(key) {
        const intent = structuredClone(this.get('payment_intent', key));
        if (this.double.all('session').some((one) => one.payment_intent === key && this.session(one.id).status !== 'complete'))
            throw invalid('You cannot cancel the PaymentIntent for a Checkout Session. Expire the Checkout Session instead.');
        if (['succeeded', 'canceled', 'processing'].includes(intent.status)) throw this.wrongState(intent);
        Object.assign(intent, { status: 'canceled', amount_capturable: 0 });
        this.put('payment_intent', intent);
        this.told(intent);
        return new Answer(200, intent);
    }
    wrongState(intent) {
        return invalid(`This PaymentIntent's status is ${intent.status}.`, { code: 'payment_intent_unexpected_state', payment_intent: intent });
    }

    refund(p) {
        const intent = this.get('payment_intent', p.payment_intent ?? '');
        const charge = intent.latest_charge && structuredClone(this.get('charge', intent.latest_charge));
        if (!charge?.captured) throw invalid('This PaymentIntent does not have a successful charge to refund.', { code: 'payment_intent_unexpected_state' });
        const left = charge.amount_captured - charge.amount_refunded;
        const amount = p.amount ?? left;
        if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
        if (charge.disputed) throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
        if (amount > left || amount < 1) throw invalid(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, { param: 'amount' });
        const status = charge.fate.refund === 'pending' ? 'pending' : 'succeeded';
        const refund = { id: id('re_'), object: 'refund', amount, currency: charge.currency, charge: charge.id, payment_intent: intent.id, metadata: p.metadata || {}, status, created: this.now() };
        charge.amount_refunded += amount;
        this.put('charge', charge);
        this.put('refund', refund);
        this.balance('refund', refund.id, -amount, 0, charge.currency);
        this.double.moved('refund', { reference: refund.metadata.reference, refund: refund.id, payment: intent.id, amount, currency: charge.currency });
        this.event('charge.refunded', charge);
        if (charge.fate.refund === 'failed') setTimeout(() => this.failRefund(refund.id), 50).unref();
        return new Answer(200, refund);
    }
    failRefund(key) {
        const refund = { ...this.get('refund', key), status: 'failed', failure_reason: 'expired_or_canceled_card' };
        const charge = structuredClone(this.get('charge', refund.charge));
        charge.amount_refunded -= refund.amount;
        this.put('charge', charge);
        this.put('refund', refund);
        this.balance('refund_failure', refund.id, refund.amount, 0, refund.currency);
        this.double.moved('refund_failure', { reference: refund.metadata.reference, refund: key, amount: refund.amount, currency: refund.currency });
        this.event('refund.updated', refund);
    }

    createSession(p) {
        const mode = p.mode ?? 'payment';
        if (mode === 'payment' && !(p.line_items?.length > 0)) throw invalid('You must provide `line_items`.', { code: 'parameter_missing', param: 'line_items' });
        if (p.line_items?.some((line) => !line.price && !line.price_data?.product && !line.price_data?.product_data))
            throw invalid('You must specify either `product` or `product_data` when creating a price.', { code: 'parameter_missing', param: 'line_items[0][price_data][product_data]' });
        if (mode === 'setup' && p.line_items) throw invalid('You can not pass `line_items` in `setup` mode.', { param: 'line_items' });
        if (mode === 'setup' && p.payment_intent_data) throw invalid('You can not pass `payment_intent_data` in `setup` mode.', { param: 'payment_intent_data' });
        if (mode === 'payment' && p.setup_intent_data) throw invalid('You can not pass `setup_intent_data` in `payment` mode.', { param: 'setup_intent_data' });
        if (p.customer && p.customer_creation) throw invalid('You may only specify one of these parameters: customer, customer_creation.', { param: 'customer' });
        if (p.customer) this.get('customer', p.customer);
        for (const url of [p.success_url, p.cancel_url]) if (url && !/^https?:\/\//.test(url)) throw invalid('Not a valid URL', { code: 'url_invalid', param: 'success_url' });
        const total = mode === 'payment' ? p.line_items.reduce((sum, line) => sum + line.price_data.unit_amount * (line.quantity ?? 1), 0) : null;
        const currency = mode === 'payment' ? p.line_items[0].price_data.currency : null;
        if (total !== null && total < 50) throw invalid('The Checkout Session\'s total amount due must add up to at least 50 cents.', { code: 'amount_too_small' });
        const session = { id: id('cs_test_', 40), object: 'checkout.session', mode, status: 'open', payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid', amount_total: total, currency,
            customer: p.customer ?? null, client_reference_id: p.client_reference_id ?? null, metadata: p.metadata ?? {}, payment_intent: null, setup_intent: null, created: this.now(),
            expires_at: this.now() + 86400, success_url: p.success_url, cancel_url: p.cancel_url, asked: { intent: p.payment_intent_data, setup: p.setup_intent_data, customer: p.customer_creation } };
        session.url = `${this.double.base}/c/pay/${session.id}`;
        return new Answer(200, this.put('session', session));
    }
    session(key) {
        const session = this.get('session', key);
        if (session.status === 'open' && session.expires_at <= this.now()) return this.put('session', { ...session, status: 'expired', url: null });
        return session;
    }
    expire(key) {
        const session = this.session(key);
        if (session.status !== 'open') throw invalid('Only Checkout Sessions with a status in ["open"] can be expired.');
        const ended = this.put('session', { ...session, status: 'expired', url: null });
        this.event('checkout.session.expired', ended);
        return new Answer(200, ended);
    }
    // What the customer does on the page: a card, and whether he passes 3-D Secure.
    pay(key, number, passes = true) {
        const session = structuredClone(this.session(key));
        if (session.status !== 'open') return { error: 'This page has ended.' };
        const found = byNumber(number.replace(/\s/g, ''));
        if (!found) return { error: 'Your card number is invalid.' };
        const card = { id: id('pm_'), test: found[0] };
        const fate = found[1][2] ?? {};
        const refused = (fate.decline || fate.code) && !(fate.is_kept && session.mode === 'setup');
        const failed = fate.challenge && !passes ? 'We are unable to authenticate your payment method.' : refused ? 'Your card was declined.' : '';
        if (session.mode === 'setup') return failed ? { error: failed } : this.setUp(session, card);
        const wants = session.asked.intent ?? {};
        if (!session.customer && session.asked.customer === 'always')
            session.customer = this.put('customer', { id: id('cus_', 14), object: 'customer', metadata: {}, created: this.now() }).id;
        // One for all cards that are tried: it stays with the session from the first one on.
        const intent = session.payment_intent
            ? structuredClone(this.get('payment_intent', session.payment_intent))
            : this.intent({ amount: session.amount_total, currency: session.currency, customer: session.customer, capture_method: wants.capture_method, metadata: wants.metadata,
                setup_future_usage: wants.setup_future_usage });
        if (failed) {
            this.declined(intent, card, fate.challenge ? { code: 'payment_intent_authentication_failure' } : fate);
            this.put('payment_intent', intent);
            this.put('session', { ...session, payment_intent: intent.id });
            this.told(intent);
            return { error: failed };
        }
        this.authorised(intent, card, { ...fate, challenge: false });
        intent.payment_method = card.id;
        if (session.customer && intent.setup_future_usage) this.keep(card, session.customer);
        this.put('payment_intent', intent);
        Object.assign(session, { status: 'complete', payment_status: 'paid', payment_intent: intent.id, url: null });
        this.put('session', session);
        this.told(intent);
        this.event('checkout.session.completed', session);
        return { to: session.success_url };
    }
    setUp(session, card) {
        this.keep(card, session.customer);
        const intent = this.put('setup_intent', { id: id('seti_'), object: 'setup_intent', status: 'succeeded', customer: session.customer, payment_method: card.id,
            metadata: session.asked.setup?.metadata ?? {}, created: this.now(), usage: 'off_session' });
        Object.assign(session, { status: 'complete', setup_intent: intent.id, url: null });
        this.put('session', session);
        this.event('setup_intent.succeeded', intent);
        this.event('checkout.session.completed', session);
        return { to: session.success_url };
    }
    challenge(key, passes) {
        const intent = structuredClone(this.get('payment_intent', key));
        if (intent.status !== 'requires_action') return intent.waits?.return_url ?? '';
        const waits = intent.waits;
        if (passes) this.authorised(intent, { id: waits.card, test: waits.test }, {});
        else {
            intent.next_action = null;
            this.declined(intent, {}, { code: 'payment_intent_authentication_failure' });
        }
        this.put('payment_intent', intent);
        this.told(intent);
        return waits.return_url;
    }

    detach(key) {
        const kept = this.get('payment_method', key, 'PaymentMethod');
        if (!kept.customer) throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.', { code: 'resource_missing' });
        const gone = this.put('payment_method', { ...kept, customer: null });
        this.event('payment_method.detached', gone);
        return new Answer(200, gone);
    }

    search({ query, expand }) {
        const found = /^metadata\['reference'\]:'([^']*)'$/.exec(query ?? '');
        if (!found) throw invalid('We were unable to parse your search query.', { param: 'query' });
        const data = this.double.all('payment_intent').filter((one) => one.metadata.reference === found[1] && one.created + this.double.lag <= this.now());
        return new Answer(200, this.expanded({ object: 'search_result', url: '/v1/payment_intents/search', has_more: false, data }, expand));
    }
    list(kind, p, fits) {
        const { limit = 10, starting_after, created = {} } = p;
        if (limit < 1 || limit > 100) throw invalid('Invalid limit', { param: 'limit' });
        const newest = this.double.all(kind).filter((one) => (fits ? fits(one) : true) && one.created >= (created.gte ?? 0) && one.created < (created.lt ?? Infinity)).reverse();
        const from = starting_after ? newest.findIndex((one) => one.id === starting_after) + 1 : 0;
        if (starting_after && from === 0) throw missing(kind, starting_after);
        const data = newest.slice(from, from + limit);
        return new Answer(200, this.expanded({ object: 'list', data, has_more: from + limit < newest.length }, p.expand));
    }
}

const number = (inner) => page('Pay', `${inner ? `<p role="alert">${inner}</p>` : ''}<form method="post"><p><label>Card number<br><input name="number" inputmode="numeric" autocomplete="cc-number" required></label></p>
<p><button>Pay</button></p></form>`);

export function makeStripe(folder, { hookKey = 'whsec_test' } = {}) {
    let stripe;
    const get = (path, handle) => ['GET', new RegExp(`^${path}$`), (asked) => handle(asked.params, read(asked))];
    // Only what began to be done is kept under a key: a request that is wrong may be mended.
    const post = (path, handle) => ['POST', new RegExp(`^${path}$`), (asked) => {
        const values = read(asked);
        const run = () => {
            try {
                return handle(asked.params, values);
            } catch (thrown) {
                if (thrown instanceof Answer) return thrown;
                throw thrown;
            }
        };
        return stripe.double.once(asked.headers['idempotency-key'], `${asked.path}?${asked.body}`, {
            work: run,
            used: () => failed(400, 'idempotency_error', 'Keys for idempotent requests can only be used with the same parameters they were first used with.'),
            busy: () => failed(409, 'invalid_request_error', 'There is currently another in-progress request using this Idempotent Key.', { code: 'idempotency_key_in_use' }),
        });
    }];
    const ok = (object) => new Answer(200, object);
    const double = new Double({
        folder,
        refusal: (status, message) => failed(status, status === 500 ? 'api_error' : 'invalid_request_error', message),
        sign: (body, at) => ({ 'stripe-signature': `t=${at},v1=${hmac(hookKey, `${at}.${body}`)}` }),
        routes: [
            post('/v1/customers', (_, p) => ok(stripe.put('customer', { id: id('cus_', 14), object: 'customer', email: p.email ?? null, name: p.name ?? null, metadata: p.metadata ?? {}, created: stripe.now() }))),
            get('/v1/customers/([^/]+)', ([key]) => ok(stripe.get('customer', key))),
            post('/v1/checkout/sessions', (_, p) => stripe.createSession(p)),
            get('/v1/checkout/sessions', (_, p) => stripe.list('session', p, (one) => !p.payment_intent || one.payment_intent === p.payment_intent)),
            get('/v1/checkout/sessions/([^/]+)', ([key], p) => ok(stripe.expanded(stripe.session(key), p.expand))),
            post('/v1/checkout/sessions/([^/]+)/expire', ([key]) => stripe.expire(key)),
            get('/v1/payment_intents/search', (_, p) => stripe.search(p)),
            post('/v1/payment_intents', (_, p) => stripe.createIntent(p)),
            get('/v1/payment_intents/([^/]+)', ([key], p) => ok(stripe.expanded(stripe.get('payment_intent', key), p.expand))),
            post('/v1/payment_intents/([^/]+)/capture', ([key], p) => stripe.capture(key, p)),
            post('/v1/payment_intents/([^/]+)/cancel', ([key]) => stripe.cancel(key)),
            post('/v1/refunds', (_, p) => stripe.refund(p)),
            get('/v1/refunds', (_, p) => stripe.list('refund', p, (one) => !p.payment_intent || one.payment_intent === p.payment_intent)),
            get('/v1/refunds/([^/]+)', ([key]) => ok(stripe.get('refund', key))),
            post('/v1/payment_methods/([^/]+)/detach', ([key]) => stripe.detach(key)),
            get('/v1/disputes', (_, p) => stripe.list('dispute', p, (one) => !p.payment_intent || one.payment_intent === p.payment_intent)),
            get('/v1/balance_transactions', (_, p) => stripe.list('balance', p)),
            ['GET', /^\/c\/pay\/([^/]+)$/, () => new Answer(200, number(''))],
            ['POST', /^\/c\/pay\/([^/]+)$/, ({ params, body }) => {
                const done = stripe.pay(params[0], new URLSearchParams(body).get('number') ?? '');
                return done.error ? new Answer(402, number(done.error)) : new Answer(303, 'Paid', { location: done.to });
            }],
            ['GET', /^\/3ds\/([^/]+)$/, () => new Answer(200, page('Confirm this payment', '<form method="post"><button name="outcome" value="pass">Confirm</button> <button name="outcome" value="fail">Refuse</button></form>'))],
            ['POST', /^\/3ds\/([^/]+)$/, ({ params, body }) => new Answer(303, 'Done', { location: stripe.challenge(params[0], new URLSearchParams(body).get('outcome') === 'pass') })],
        ],
    });
    stripe = new Stripe(double);
    double.certify = certifyStripe(stripe, double);
    double.acts = {
        pay: ({ session, number: card, passes }) => stripe.pay(session, card, passes),
        challenge: ({ payment, passes }) => ({ to: stripe.challenge(payment, passes) }),
        decide: ({ payment, succeeds }) => {
            const intent = structuredClone(stripe.get('payment_intent', payment));
            const charge = structuredClone(stripe.get('charge', intent.latest_charge));
            if (succeeds) stripe.captured(intent, charge, intent.amount);
            else stripe.declined(intent, {}, { decline: 'generic_decline' });
            stripe.put('charge', charge);
            stripe.put('payment_intent', intent);
            stripe.told(intent);
        },
        dispute: ({ payment, status }) => (status === 'needs_response' ? dispute(stripe, payment) : closeDispute(stripe, payment, status)),
    };
    return double;
}

await runDouble(import.meta.url, makeStripe);
