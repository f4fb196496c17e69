// A double of GoCardless's API (version 2015-07-06). GoCardless publishes no description of requests; what is known of a
// body is what its documentation says, written down below, and its answers look as its fixtures do.
import { Answer, Double, hmac, id, page, runDouble, spec } from './double.mjs';
import { certifyGoCardless } from './gocardless_certify.mjs';
import { check, readForm } from './schema.mjs';

const fixtures = spec('gocardless-fixtures');

const text = { type: 'string', maxLength: 500 };
const metadata = { type: 'object', additionalProperties: { type: 'string', maxLength: 500 } };
const money = { type: 'integer' };
const currency = { type: 'string', enum: ['AUD', 'CAD', 'DKK', 'EUR', 'GBP', 'NZD', 'SEK', 'USD'] };
const strict = (properties, required = []) => ({ type: 'object', properties, required, additionalProperties: false });
const links = (...names) => strict(Object.fromEntries(names.map((name) => [name, text])), names);

const BODIES = {
    payments: strict({ amount: money, currency, charge_date: text, description: text, metadata, reference: { type: 'string', maxLength: 140 },
        retry_if_possible: { type: 'boolean' }, app_fee: money, links: links('mandate') }, ['amount', 'currency', 'links']),
    refunds: strict({ amount: money, total_amount_confirmation: money, metadata, reference: text, links: links('payment') }, ['amount', 'links']),
    billing_requests: strict({ mandate_request: strict({ currency, scheme: text, description: text, metadata, verify: text }, ['currency']), metadata,
        links: strict({ customer: text, creditor: text, customer_bank_account: text }) }),
    billing_request_flows: strict({ redirect_uri: text, exit_uri: text, language: { type: 'string', enum: ['da', 'de', 'en', 'es', 'fr', 'it', 'nb', 'nl', 'pt', 'sl', 'sv'] },
        prefilled_customer: { type: 'object', additionalProperties: { type: 'string' } }, auto_fulfil: { type: 'boolean' }, links: links('billing_request') }, ['links']),
};
const QUERIES = {
    payments: ['after', 'before', 'limit', 'mandate', 'customer', 'status', 'created_at'],
    refunds: ['after', 'before', 'limit', 'payment', 'mandate', 'created_at'],
    events: ['after', 'before', 'limit', 'payment', 'mandate', 'action', 'resource_type', 'created_at'],
    creditors: ['after', 'before', 'limit'],
};

const error = (status, type, message, errors = [{ message }]) =>
    new Answer(status, { error: { message, errors, type, code: status, request_id: id('', 12), documentation_url: 'https://developer.gocardless.com/' } });
// As the fixtures write it, with its own links.
const conflict = (key) => {
    const { error: known } = structuredClone(fixtures.idempotent_creation_conflict_invalid_state_error);
    known.errors[0].links.conflicting_resource_id = key;
    return new Answer(409, { error: known });
};
const invalid = (...fields) => error(422, 'validation_failed', 'Validation failed', fields.map(([field, message]) => ({ field, message })));
const state = (reason, message) => error(422, 'invalid_state', message, [{ reason, message }]);
const missing = () => error(404, 'invalid_api_usage', 'Resource not found', [{ reason: 'resource_not_found', message: 'Resource not found' }]);

// Accounts that a customer types on the page, by their last two digits.
const ACCOUNTS = { '00': {}, '11': { fails: 'insufficient_funds' }, '22': { fails: 'bank_account_closed' }, '33': { late: 'insufficient_funds' }, '44': { back: true },
    '55': { refund: 'failed' }, '66': { fails: 'mandate_cancelled' }, '77': { fails: 'authorisation_disputed' } };

function authorised({ headers }) {
    const token = /^Bearer (sandbox_[A-Za-z0-9_]+)$/.exec(headers.authorization ?? '')?.[1];
    if (!token) throw new Answer(401, fixtures.unauthorized.error ? fixtures.unauthorized : { error: { code: 401, type: 'invalid_api_usage', message: 'Unauthorized', errors: [{ reason: 'access_token_not_found', message: 'Unauthorized' }] } });
    if (token === 'sandbox_readonly') throw new Answer(403, fixtures.permission_error);
    if (headers['gocardless-version'] !== '2015-07-06') throw error(400, 'invalid_api_usage', 'Version header missing or not known', [{ reason: 'version_not_found', message: 'Version not found' }]);
}

function bodyOf(asked, kind) {
    if (!(asked.headers['content-type'] ?? '').startsWith('application/json')) throw error(415, 'invalid_api_usage', 'Unsupported content type');
    let given;
    try {
        given = JSON.parse(asked.body);
    } catch {
        throw new Answer(400, fixtures.invalid_api_usage_error);
    }
    if (given === null || typeof given !== 'object' || Array.isArray(given)) throw new Answer(400, fixtures.invalid_api_usage_error);
    if (!kind) return given;
    if (Object.keys(given).join() !== kind) throw error(400, 'invalid_api_usage', 'Invalid document structure', [{ reason: 'invalid_document_structure', message: `Root must be ${kind}` }]);
    const { value, wrong } = check(given[kind], BODIES[kind]);
    if (wrong.length) throw invalid(...wrong.map(({ path, what }) => [path.replace(/[\[\]]+/g, '.').replace(/\.$/, ''), { missing: "can't be blank", unknown: 'is not allowed', integer: 'must be an integer', enum: 'is not included in the list' }[what] ?? `is not a valid ${what}`]));
    return value;
}

class GoCardless {
    constructor(double) { this.double = double; }
    get(kind, key) {
        const found = this.double.find(kind, key);
        if (!found) throw missing();
        return found;
    }
    put(kind, object) { return this.double.put(kind, object); }
    time() { return new Date(this.double.now() * 1000).toISOString(); }

    // What happens is an event, and events are what is told.
    happens(kind, object, action, cause, more = {}) {
        const single = kind.slice(0, -1);
        const event = { id: id('EV', 12), created_at: this.time(), resource_type: kind, action, links: { [single]: object.id }, metadata: {}, resource_metadata: object.metadata ?? {},
            details: { origin: cause ? 'bank' : 'gocardless', cause: cause ?? `${single}_${action}`, description: `${single} ${action}`, ...more } };
        this.put('events', event);
        this.double.tell({ events: [event], meta: { webhook_id: id('WB', 12) } });
    }
    change(payment, status, action, cause, more) {
        const changed = this.put('payments', { ...payment, status });
        this.happens('payments', changed, action ?? status, cause, more);
        return changed;
    }

    createPayment(p) {
        if (p.amount < 1) throw invalid(['amount', 'must be greater than 0']);
        const mandate = this.double.find('mandates', p.links.mandate);
        if (!mandate) throw invalid(['links.mandate', 'Mandate not found']);
        if (mandate.status === 'cancelled') throw state('mandate_is_inactive', 'Mandate is cancelled');
        const account = this.get('customer_bank_accounts', mandate.links.customer_bank_account);
        if (account.currency !== p.currency) throw invalid(['currency', 'must match the currency of the mandate']);
        const payment = this.put('payments', { id: id('PM', 12), created_at: this.time(), charge_date: this.time().slice(0, 10), amount: p.amount, description: p.description ?? null,
            currency: p.currency, status: 'pending_submission', amount_refunded: 0, reference: p.reference ?? null, metadata: p.metadata ?? {}, fx: { fx_currency: p.currency, fx_amount: null, exchange_rate: null },
            retry_if_possible: p.retry_if_possible ?? false, links: { mandate: mandate.id, creditor: 'CR123' } });
        this.happens('payments', payment, 'created');
        return payment;
    }
    fate(payment) { return ACCOUNTS[this.get('customer_bank_accounts', this.get('mandates', payment.links.mandate).links.customer_bank_account).account_number_ending.slice(-2)] ?? {}; }
    // The bank's next day: what was made is sent, what was sent is decided, and later some of it comes back.
    nextDay() {
        for (const payment of this.double.all('payments')) {
            const fate = this.fate(payment);
            if (payment.status === 'pending_submission') this.change(payment, 'submitted');
            else if (payment.status === 'submitted') this.decide(payment, fate);
            else if (payment.status === 'confirmed') this.after(payment, fate);
        }
        for (const refund of this.double.all('refunds')) {
            if (refund.status !== 'submitted') continue;
            const failed = this.fate(this.get('payments', refund.links.payment)).refund === 'failed';
            this.happens('refunds', this.put('refunds', { ...refund, status: failed ? 'failed' : 'paid' }), failed ? 'failed' : 'paid');
            if (failed) this.giveFree(refund);
        }
    }
    decide(payment, fate) {
        if (fate.fails) return this.change(payment, 'failed', 'failed', fate.fails, { reason_code: 'AM04', scheme: 'sepa_core' });
        this.double.moved('charge', { reference: payment.metadata.reference, payment: payment.id, amount: payment.amount, currency: payment.currency });
        return this.change(payment, 'confirmed');
    }
    after(payment, fate) {
        const back = { reference: payment.metadata.reference, payment: payment.id, amount: payment.amount, currency: payment.currency };
        if (fate.late) {
            this.double.moved('failed_late', back);
            return this.change(payment, 'failed', 'late_failure_settled', fate.late, { reason_code: 'AM04', scheme: 'sepa_core' });
        }
        if (fate.back) {
            this.double.moved('chargeback', back);
            return this.change(payment, 'charged_back', 'charged_back', 'authorisation_disputed');
        }
        return this.change(payment, 'paid_out');
    }
    cancelPayment(key) {
        const payment = this.get('payments', key);
        if (payment.status !== 'pending_submission') throw state('cancellation_failed', 'Payment is not cancellable: it has been submitted');
        return this.change(payment, 'cancelled');
    }

    createRefund(p) {
        const payment = this.double.find('payments', p.links.payment);
        if (!payment) throw invalid(['links.payment', 'Payment not found']);
        if (!['confirmed', 'paid_out'].includes(payment.status)) throw state('refund_payment_invalid_state', 'Payment cannot be refunded in its state');
        if (p.amount < 1) throw invalid(['amount', 'must be greater than 0']);
        if (p.amount + payment.amount_refunded > payment.amount) throw state('available_refund_amount_insufficient', 'More than is left of the payment');
        if (p.total_amount_confirmation === undefined) throw invalid(['total_amount_confirmation', "can't be blank"]);
        if (p.total_amount_confirmation !== p.amount + payment.amount_refunded) throw state('total_amount_confirmation_invalid', 'Total amount confirmation is wrong');
        this.put('payments', { ...payment, amount_refunded: payment.amount_refunded + p.amount });
        const refund = this.put('refunds', { id: id('RF', 12), created_at: this.time(), amount: p.amount, currency: payment.currency, status: 'submitted', reference: p.reference ?? null,
            metadata: p.metadata ?? {}, fx: {}, links: { payment: payment.id, mandate: payment.links.mandate } });
        this.double.moved('refund', { reference: refund.metadata.reference, refund: refund.id, payment: payment.id, amount: refund.amount, currency: refund.currency });
        this.happens('refunds', refund, 'created');
        return refund;
    }
    giveFree(refund) {
        const payment = this.get('payments', refund.links.payment);
        this.put('payments', { ...payment, amount_refunded: payment.amount_refunded - refund.amount });
        this.double.moved('refund_failure', { reference: refund.metadata.reference, refund: refund.id, amount: refund.amount, currency: refund.currency });
    }

    createRequest(p) {
        return this.put('billing_requests', { id: id('BRQ', 12), created_at: this.time(), status: 'pending', mandate_request: { ...p.mandate_request }, metadata: p.metadata ?? {}, links: { creditor: 'CR123', ...p.links } });
    }
    createFlow(p) {
        const request = this.double.find('billing_requests', p.links.billing_request);
        if (!request) throw invalid(['links.billing_request', 'Billing request not found']);
        const flow = { id: id('BRF', 12), created_at: this.time(), redirect_uri: p.redirect_uri ?? null, exit_uri: p.exit_uri ?? null, auto_fulfil: p.auto_fulfil ?? true, links: { billing_request: request.id } };
        flow.authorisation_url = `${this.double.base}/flow/${flow.id}`;
        return this.put('billing_request_flows', flow);
    }
    // What the customer does on the pages: an account number, or he goes away.
    authorise(flow, account) {
        const { redirect_uri, links: made } = this.get('billing_request_flows', flow);
        const request = this.get('billing_requests', made.billing_request);
        if (request.status !== 'pending') return redirect_uri;
        const digits = account.replace(/\s/g, '');
        if (!/^[0-9]{6,}$/.test(digits) || !(digits.slice(-2) in ACCOUNTS)) return null;
        const wants = request.mandate_request.currency;
        const customer = this.put('customers', { id: id('CU', 12), created_at: this.time(), metadata: {} });
        const bank = this.put('customer_bank_accounts', { id: id('BA', 12), created_at: this.time(), account_number_ending: digits.slice(-4), account_holder_name: 'A customer', bank_name: 'BANK OF THE DOUBLE',
            currency: wants, country_code: 'DE', enabled: true, metadata: {}, links: { customer: customer.id } });
        const mandate = this.put('mandates', { id: id('MD', 12), created_at: this.time(), reference: id('', 10).toUpperCase(), scheme: wants === 'GBP' ? 'bacs' : 'sepa_core', status: 'pending_submission',
            metadata: request.metadata, links: { customer: customer.id, customer_bank_account: bank.id, creditor: 'CR123' } });
        this.put('billing_requests', { ...request, status: 'fulfilled', links: { ...request.links, customer: customer.id, customer_bank_account: bank.id, mandate_request_mandate: mandate.id } });
        this.happens('mandates', mandate, 'created');
        this.happens('billing_requests', request, 'fulfilled');
        return redirect_uri;
    }
    cancelMandate(key) {
        const mandate = this.get('mandates', key);
        if (mandate.status === 'cancelled') throw state('cancellation_failed', 'Mandate is not cancellable: it is cancelled');
        const ended = this.put('mandates', { ...mandate, status: 'cancelled' });
        this.happens('mandates', ended, 'cancelled');
        return ended;
    }

    list(kind, query) {
        const p = readForm(query);
        const wrong = Object.keys(p).filter((name) => !QUERIES[kind].includes(name));
        if (wrong.length) throw invalid(...wrong.map((name) => [name, 'is not allowed']));
        const limit = Number(p.limit ?? 50);
        if (!(limit >= 1 && limit <= 500)) throw invalid(['limit', 'must be between 1 and 500']);
        const since = (name, fits) => p.created_at?.[name] === undefined || fits(p.created_at[name]);
        const all = this.double.all(kind).filter((one) => (!p.payment || one.links.payment === p.payment) && (!p.mandate || one.links.mandate === p.mandate) && (!p.action || one.action === p.action) &&
            (!p.resource_type || one.resource_type === p.resource_type) && since('gte', (time) => one.created_at >= time) && since('lt', (time) => one.created_at < time)).reverse();
        const from = p.after ? all.findIndex((one) => one.id === p.after) + 1 : 0;
        const part = all.slice(from, from + limit);
        const more = from + limit < all.length;
        return new Answer(200, { [kind]: part, meta: { cursors: { before: null, after: more ? part.at(-1).id : null }, limit } });
    }
}

const form = (wrong) => page('Set up a direct debit', `${wrong ? '<p role="alert">That is no account that we know.</p>' : ''}<form method="post"><p><label>Account number<br><input name="account" inputmode="numeric" required></label></p><p><button>Confirm</button></p></form>`);

export function makeGoCardless(folder, { hookKey = 'hook-secret' } = {}) {
    let gc;
    const get = (path, kind) => ['GET', new RegExp(`^/${path}/([^/]+)$`), (asked) => { authorised(asked); return new Answer(200, { [kind]: gc.get(kind, asked.params[0]) }); }];
    const list = (kind) => ['GET', new RegExp(`^/${kind}$`), (asked) => { authorised(asked); return gc.list(kind, asked.query); }];
    // A key that has made something is answered with what it made, whatever the body says now.
    const create = (kind, make) => ['POST', new RegExp(`^/${kind}$`), (asked) => {
        authorised(asked);
        const key = asked.headers['idempotency-key'];
        if (key !== undefined && key.length > 128) throw invalid(['Idempotency-Key', 'is too long']);
        const kept = (found) => conflict(found.made);
        return gc.double.once(key && `${kind}:${key}`, kind, {
            work: () => { const made = make(bodyOf(asked, kind)); return Object.assign(new Answer(201, { [kind]: made }), { made: made.id }); },
            conflict: kept, used: kept, busy: () => error(409, 'invalid_state', 'A request with this key is being done'),
        });
    }];
    const act = (kind, action, work) => ['POST', new RegExp(`^/${kind}/([^/]+)/actions/${action}$`), (asked) => { authorised(asked); return new Answer(200, { [kind]: work(asked.params[0]) }); }];
    const double = new Double({
        folder,
        refusal: (status, message) => error(status, status === 500 ? 'gocardless' : 'invalid_api_usage', message),
        sign: (body) => ({ 'webhook-signature': hmac(hookKey, body) }),
        routes: [
            create('payments', (p) => gc.createPayment(p)), list('payments'), get('payments', 'payments'), act('payments', 'cancel', (key) => gc.cancelPayment(key)),
            create('refunds', (p) => gc.createRefund(p)), list('refunds'), get('refunds', 'refunds'),
            create('billing_requests', (p) => gc.createRequest(p)), get('billing_requests', 'billing_requests'), create('billing_request_flows', (p) => gc.createFlow(p)),
            get('mandates', 'mandates'), act('mandates', 'cancel', (key) => gc.cancelMandate(key)), get('customer_bank_accounts', 'customer_bank_accounts'), list('events'),
            ['GET', /^\/creditors$/, (asked) => { authorised(asked); return new Answer(200, { creditors: [{ id: 'CR123' }], meta: { cursors: { before: null, after: null }, limit: 50 } }); }],
            ['GET', /^\/flow\/([^/]+)$/, () => new Answer(200, form(false))],
            ['POST', /^\/flow\/([^/]+)$/, ({ params, body }) => {
                const to = gc.authorise(params[0], new URLSearchParams(body).get('account') ?? '');
                return to ? new Answer(303, 'Done', { location: to }) : new Answer(422, form(true));
            }],
        ],
    });
    gc = new GoCardless(double);
    double.certify = certifyGoCardless(gc, double);
    double.acts = {
        pay: ({ flow, account }) => ({ to: gc.authorise(flow, account) }),
        day: () => gc.nextDay(),
        cancel: ({ mandate }) => gc.cancelMandate(mandate),
    };
    return double;
}

await runDouble(import.meta.url, makeGoCardless);
