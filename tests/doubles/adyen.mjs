// A double of Adyen's Checkout API, version 72: requests are checked against Adyen's own description; what becomes of a
// payment is told by webhooks, each item signed. Test cards are Adyen's.
import { randomInt } from 'node:crypto';
import { Answer, Double, hmac, id, page, runDouble, spec } from './double.mjs';
import { certifyAdyen } from './adyen_certify.mjs';
import { check, deref } from './schema.mjs';

const document = spec('adyen-checkout-v72');
const MERCHANT = 'HarborMerchant';
const KEY = 'test_api_key';

// Number, brand, and what happens: refusal codes of Adyen's page on refusal reasons.
const CARDS = [
    ['4111111145551142', 'visa'], ['5555341244441115', 'mc'],
    ['4000000000000012', 'visa', { refusal: ['12', 'Not enough balance'] }],
    ['4000000000000006', 'visa', { refusal: ['6', 'Expired Card'] }],
    ['4000000000000020', 'visa', { refusal: ['20', 'FRAUD'] }],
    ['4000000000000002', 'visa', { refusal: ['2', 'Refused'] }],
    ['4000000000000127', 'visa', { refusal: ['26', 'Revocation Of Auth'] }],
    ['5555555555550021', 'mc', { refusal: ['2', 'Refused'], advice: '21' }],
    ['4000000000000038', 'visa', { challenge: true }],
    ['4000000000000077', 'visa', { capture_fails: true }],
    ['4000000000000085', 'visa', { chargeback: true }],
    ['4000000000000093', 'visa', { refund_fails: true }],
    ['4000000000000101', 'visa', { pending: true }],
    ['4000000000000119', 'visa', { pending: true, fails: true }],
    ['4000000000000135', 'visa', { refusal: ['12', 'Not enough balance'], is_kept: true }],
];
// Its issuer takes it for later, and refuses what is charged then.
const isKept = ({ amount }, fate) => fate.is_kept && amount.value === 0;
const find = (number) => CARDS.find((card) => card[0] === number.replace(/\s/g, ''));

const refuse = (status, errorCode, message, errorType) => new Answer(status, { status, errorCode, message, errorType });
const invalid = (message, code = '702') => refuse(code === '702' ? 400 : 422, code, message, 'validation');

// 16 letters and digits, as the newer ones are, and 16 digits, as the older: every other one. Of those, every other is
// right by Luhn's check digit and begins as a card's number does. `chosen` is what a test wants to be next.
let drawn = 0;
const chosen = [];
function psp() {
    if (chosen.length) return chosen.shift();
    drawn += 1;
    if (drawn % 2) return id('', 16).toUpperCase();
    const digits = (count) => Array.from({ length: count }, () => randomInt(10)).join('');
    return drawn % 4 ? `8${digits(15)}` : withCheckDigit(`4${digits(14)}`);
}
function withCheckDigit(digits) {
    const sum = [...digits].reverse().reduce((total, digit, at) => total + [0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit] * (at % 2 === 0) + Number(digit) * (at % 2), 0);
    return `${digits}${(10 - (sum % 10)) % 10}`;
}

const pattern = (path) => new RegExp(`^/v72${path.replace(/\{[^}]+\}/g, '([^/]+)')}$`);

function authorised({ headers }) {
    if (headers['x-api-key'] !== KEY) throw refuse(401, '000', 'HTTP Status Response - Unauthorized', 'security');
}

// The body as the description has it.
function read(asked, path, method) {
    authorised(asked);
    if (!(asked.headers['content-type'] ?? '').startsWith('application/json')) throw refuse(415, '702', 'Unsupported content type', 'validation');
    let given;
    try {
        given = JSON.parse(asked.body);
    } catch (error) {
        throw invalid(String(error.message));
    }
    const { content } = deref(document.paths[path][method].requestBody, document);
    const { value, wrong } = check(given, content['application/json'].schema, { document });
    if (wrong.length) {
        const { path: where, what } = wrong[0];
        if (what === 'missing') throw invalid(`Required field '${where}' is not provided.`, '14_030');
        throw invalid(`Structure of the request contains an invalid value: ${where} (${what})`);
    }
    // What passed as one of several kinds is taken as it was sent.
    const whole = { ...given, ...value };
    if ('merchantAccount' in whole && whole.merchantAccount !== MERCHANT) throw refuse(403, '901', 'Invalid Merchant Account', 'security');
    if (whole.amount && !/^[A-Z]{3}$/.test(whole.amount.currency)) throw invalid('Invalid currency', '138');
    if (whole.amount && whole.amount.value < 0) throw invalid('Invalid amount specified', '137');
    return whole;
}

class Adyen {
    constructor(double) { this.double = double; }
    get(kind, key, status = 422) {
        const found = this.double.find(kind, key);
        if (!found) throw refuse(status, '167', 'Original pspReference required for this operation', 'validation');
        return found;
    }
    put(kind, object) { return this.double.put(kind, object); }

    tell(eventCode, fields, then) {
        const item = { additionalData: {}, eventCode, eventDate: new Date(this.double.now() * 1000).toISOString(), merchantAccountCode: MERCHANT, success: 'true', reason: '', ...fields };
        const text = [item.pspReference, item.originalReference ?? '', item.merchantAccountCode, item.merchantReference, item.amount.value, item.amount.currency, item.eventCode, item.success].join(':');
        item.additionalData = { ...item.additionalData, hmacSignature: hmac(Buffer.from(this.double.hookKey, 'hex'), text, 'base64') };
        this.put('event', { id: `${item.pspReference}:${eventCode}`, item });
        this.double.tell({ live: 'false', notificationItems: [{ NotificationRequestItem: item }] }, { then });
    }

    // A card that is known goes its way: the answer of /payments, and what is told.
    go(payment, card, { kept } = {}) {
        const [number, brand, fate = {}] = card;
        const common = { pspReference: payment.id, merchantReference: payment.reference, amount: payment.amount };
        const more = { cardSummary: number.slice(-4), paymentMethod: brand, ...(kept && { 'tokenization.storedPaymentMethodId': kept.id, 'tokenization.shopperReference': kept.shopperReference }) };
        if (fate.refusal && !isKept(payment, fate)) {
            this.put('payment', { ...payment, status: 'refused' });
            this.tell('AUTHORISATION', { ...common, additionalData: more, paymentMethod: brand, success: 'false', reason: fate.refusal[1] });
            return { ...common, resultCode: 'Refused', refusalReasonCode: fate.refusal[0], refusalReason: fate.refusal[1], additionalData: { refusalReasonRaw: `${fate.refusal[0]} : raw`, ...(fate.advice && { merchantAdviceCode: fate.advice }) } };
        }
        if (fate.pending && !payment.decided) {
            this.put('payment', { ...payment, status: 'pending', number });
            this.tell('PENDING', { ...common, paymentMethod: brand });
            return { ...common, resultCode: 'Pending' };
        }
        const authorised = this.put('payment', { ...payment, status: payment.manual ? 'authorised' : 'captured', captured: 0, refunded: 0, number });
        this.tell('AUTHORISATION', { ...common, additionalData: more, paymentMethod: brand });
        if (!payment.manual) this.captured(authorised, payment.amount.value, fate);
        return { ...common, resultCode: 'Authorised', additionalData: more, paymentMethod: { brand, type: 'scheme' } };
    }
    // Without a word where it is automatic, as Adyen's is by default.
    captured(payment, value, fate, told) {
        if (payment.amount.value === 0) return;
        this.put('payment', { ...payment, status: 'captured', captured: value });
        this.double.moved('charge', { reference: payment.reference, payment: payment.id, amount: value, currency: payment.amount.currency });
        const about = { originalReference: payment.id, merchantReference: payment.reference, amount: { ...payment.amount, value }, paymentMethod: 'visa' };
        if (told) this.tell('CAPTURE', { ...about, pspReference: told });
        if (fate.capture_fails) {
            this.put('payment', { ...payment, status: 'failed_late', captured: 0 });
            this.double.moved('failed_late', { reference: payment.reference, payment: payment.id, amount: value, currency: payment.amount.currency });
            this.tell('CAPTURE_FAILED', { ...about, pspReference: psp(), reason: 'Capture failed' });
        }
        if (fate.chargeback) {
            this.double.moved('chargeback', { reference: payment.reference, payment: payment.id, amount: value, currency: payment.amount.currency });
            this.tell('CHARGEBACK', { ...about, pspReference: psp(), reason: 'Fraud' });
        }
    }
    // What follows a chargeback names what the merchant calls the payment, as Adyen's published examples have it.
    dispute(key, code) {
        const payment = this.get('payment', key);
        const kind = { CHARGEBACK_REVERSED: 'chargeback_reversal', SECOND_CHARGEBACK: 'chargeback' }[code];
        if (kind) this.double.moved(kind, { reference: payment.reference, payment: key, amount: payment.captured, currency: payment.amount.currency });
        this.tell(code, { merchantReference: payment.reference, amount: { ...payment.amount, value: payment.captured }, pspReference: psp() });
    }
    keepNumber(number, shopperReference, expiryYear) {
        return this.put('stored', { ...this.keep(find(number), shopperReference), expiryYear: String(expiryYear) });
    }
    keep(card, shopperReference) {
        if (!shopperReference) throw invalid('shopperReference is required to store a payment method', '14_012');
        return this.put('stored', { id: psp(), shopperReference, type: 'scheme', brand: card[1], lastFour: card[0].slice(-4), expiryMonth: '03', expiryYear: String(new Date(this.double.now() * 1000).getUTCFullYear() + 4), holderName: 'A customer', networkTxReference: `nt${card[0].slice(-6)}`, number: card[0], there: true });
    }
    newPayment(p, more = {}) {
        return { id: psp(), reference: p.reference, amount: p.amount, manual: p.additionalData?.manualCapture === 'true', created: this.double.now(), ...more };
    }

    sessions(p) {
        if (p.mode === 'hosted' && !/^https?:\/\//.test(p.returnUrl)) throw invalid('Invalid return URL', '14_031');
        const keeps = p.storePaymentMethodMode === 'enabled';
        if (keeps && !p.shopperReference) throw invalid('shopperReference is missing', '14_012');
        if (keeps && !p.recurringProcessingModel) throw invalid('recurringProcessingModel is missing', '14_0430');
        if (p.amount.value === 0 && !keeps) throw invalid('Invalid amount specified', '137');
        const session = { id: id('CS', 16).toUpperCase(), ...p, expiresAt: new Date((this.double.now() + 3600) * 1000).toISOString(), status: 'active', keeps };
        if (p.mode === 'hosted') session.url = `${this.double.base}/hosted/${session.id}`;
        this.put('session', session);
        const { status, keeps: _, ...shown } = session;
        return new Answer(201, { ...shown, sessionData: 'Ab02b4c0!double' });
    }
    // What the customer does on the hosted page.
    pay(key, number, passes = true) {
        const session = this.get('session', key);
        if (session.status !== 'active') return { error: 'This page has ended.' };
        const card = find(number);
        if (!card) return { error: 'That is no card number.' };
        if (card[2]?.challenge && !passes) return { error: 'Your bank did not confirm it.' };
        if (card[2]?.refusal && !isKept(session, card[2])) {
            this.go(this.newPayment(session, { session: key }), card);
            return { error: 'Your card was refused.' };
        }
        const kept = session.keeps ? this.keep(card, session.shopperReference) : undefined;
        const payment = this.newPayment(session, { session: key });
        const result = this.go(payment, card, { kept });
        this.put('session', { ...session, status: 'completed', payments: [{ pspReference: payment.id, resultCode: result.resultCode, amount: session.amount }] });
        const to = new URL(session.returnUrl);
        to.searchParams.set('sessionId', key);
        to.searchParams.set('sessionResult', `result-${key}`);
        return { to: to.href };
    }
    sessionResult(key, given) {
        const session = this.double.find('session', key);
        if (!session) throw refuse(404, '14_0422', 'Session not found', 'validation');
        if (given !== `result-${key}`) throw invalid('Invalid session result', '14_0432');
        return new Answer(200, { id: key, reference: session.reference, status: session.status, ...(session.payments && { payments: session.payments }) });
    }

    payments(p) {
        if (p.paymentMethod?.type !== 'scheme' || !p.paymentMethod.storedPaymentMethodId) throw invalid('Card numbers are not taken here', '14_002');
        if (!p.shopperReference) throw invalid('shopperReference is missing', '14_012');
        const stored = this.double.find('stored', p.paymentMethod.storedPaymentMethodId);
        if (!stored?.there || stored.shopperReference !== p.shopperReference) throw invalid('PaymentDetail not found', '800');
        if (p.amount.value === 0) throw invalid('Invalid amount specified', '137');
        const over = Date.UTC(Number(stored.expiryYear), Number(stored.expiryMonth)) / 1000 <= this.double.now();
        const known = find(stored.number);
        const card = over ? [known[0], known[1], { refusal: ['6', 'Expired Card'] }] : known;
        const payment = this.newPayment(p);
        if (!card[2]?.challenge) return new Answer(200, this.go(payment, card));
        if (p.shopperInteraction === 'ContAuth' && p.recurringProcessingModel !== 'CardOnFile') {
            this.put('payment', { ...payment, status: 'refused' });
            this.tell('AUTHORISATION', { pspReference: payment.id, merchantReference: payment.reference, amount: payment.amount, paymentMethod: card[1], success: 'false', reason: 'Authentication required' });
            return new Answer(200, { pspReference: payment.id, merchantReference: payment.reference, amount: payment.amount, resultCode: 'Refused', refusalReasonCode: '38', refusalReason: 'Authentication required' });
        }
        this.put('payment', { ...payment, status: 'waits', number: card[0], returnUrl: p.returnUrl });
        return new Answer(200, { resultCode: 'RedirectShopper', merchantReference: payment.reference, amount: payment.amount,
            action: { type: 'redirect', method: 'GET', paymentMethodType: 'scheme', url: `${this.double.base}/3ds/${payment.id}` } });
    }
    details(p) {
        const [, key, outcome] = /^(.+)!(pass|fail)$/.exec(p.details?.redirectResult ?? '') ?? [];
        const payment = key && this.double.find('payment', key);
        if (!payment) throw invalid('Invalid redirectResult', '14_0415');
        if (payment.status !== 'waits') return new Answer(200, { pspReference: key, merchantReference: payment.reference, amount: payment.amount, resultCode: payment.status === 'refused' ? 'Refused' : 'Authorised' });
        const { number, returnUrl, ...rest } = payment;
        const card = find(number);
        return new Answer(200, this.go(rest, outcome === 'pass' ? [card[0], card[1]] : [card[0], card[1], { refusal: ['11', '3D Not Authenticated'] }]));
    }
    decide(key, succeeds) {
        const { number, ...payment } = this.get('payment', key);
        const card = find(number);
        this.go({ ...payment, decided: true }, succeeds ? [card[0], card[1]] : [card[0], card[1], { refusal: ['2', 'Refused'] }]);
    }

    decideByCard(key) { this.decide(key, !find(this.get('payment', key).number)[2].fails); }
    // Nobody captured it in time.
    expire(key) {
        const payment = this.get('payment', key);
        this.put('payment', { ...payment, status: 'expired' });
        this.tell('EXPIRE', { originalReference: key, pspReference: psp(), merchantReference: payment.reference, amount: payment.amount });
    }

    // A modification: taken now, told later, of what the payment has come to by then.
    modify(key, p, work) {
        this.get('payment', key);
        const own = psp();
        this.double.untold += 1;
        setTimeout(() => {
            work(this.get('payment', key), own);
            this.double.untold -= 1;
        }, 20).unref();
        return new Answer(201, { merchantAccount: MERCHANT, paymentPspReference: key, pspReference: own, reference: p.reference, status: 'received', ...(p.amount && { amount: p.amount }) });
    }
    capture(key, p) {
        return this.modify(key, p, (payment, own) => {
            const card = find(payment.number);
            if (payment.status === 'authorised' && p.amount.value <= payment.amount.value) return this.captured(payment, p.amount.value, card[2] ?? {}, own);
            return this.tell('CAPTURE', { originalReference: key, pspReference: own, merchantReference: p.reference, amount: p.amount, success: 'false', reason: 'Insufficient balance on payment' });
        });
    }
    cancel(key, p) {
        return this.modify(key, p, (payment, own) => {
            const may = payment.status === 'authorised';
            if (may) this.put('payment', { ...payment, status: 'cancelled' });
            this.tell('CANCELLATION', { originalReference: key, pspReference: own, merchantReference: p.reference ?? payment.reference, amount: payment.amount, success: String(may), reason: may ? '' : 'Transaction has been captured' });
        });
    }
    refund(key, p) {
        return this.modify(key, p, (payment, own) => {
            const may = payment.status === 'captured' && payment.refunded + p.amount.value <= payment.captured && p.amount.currency === payment.amount.currency;
            const about = { originalReference: key, pspReference: own, merchantReference: p.reference, amount: p.amount };
            if (!may) return this.tell('REFUND', { ...about, success: 'false', reason: 'Insufficient balance on payment' });
            this.put('payment', { ...payment, refunded: payment.refunded + p.amount.value });
            this.double.moved('refund', { reference: p.reference, refund: own, payment: key, amount: p.amount.value, currency: p.amount.currency });
            if (!find(payment.number)[2]?.refund_fails) return this.tell('REFUND', about);
            this.double.moved('refund_failure', { reference: p.reference, refund: own, amount: p.amount.value, currency: p.amount.currency });
            // Days lie between the two.
            return this.tell('REFUND', about, () => this.tell('REFUND_FAILED', { ...about, reason: 'Refund failed' }));
        });
    }

    stored(query) {
        const shopper = query.get('shopperReference');
        if (query.get('merchantAccount') !== MERCHANT) throw refuse(403, '901', 'Invalid Merchant Account', 'security');
        const list = this.double.all('stored').filter((one) => one.there && one.shopperReference === shopper).map(({ number, there, ...shown }) => shown);
        return new Answer(200, { merchantAccount: MERCHANT, shopperReference: shopper, storedPaymentMethods: list });
    }
    forget(key, query) {
        const found = this.double.find('stored', key);
        if (!found?.there || found.shopperReference !== query.get('shopperReference')) throw refuse(404, '800', 'PaymentDetail not found', 'validation');
        this.put('stored', { ...found, there: false });
        return new Answer(204, {});
    }
}

const form = (wrong) => page('Pay by card', `${wrong ? `<p role="alert">${wrong}</p>` : ''}<form method="post"><p><label>Card number<br><input name="number" inputmode="numeric" autocomplete="cc-number" required></label></p><p><button>Pay</button></p></form>`);

export function makeAdyen(folder, { hookKey = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056' } = {}) {
    let adyen;
    const post = (path, handle) => ['POST', pattern(path), (asked) => {
        const values = read(asked, path, 'post');
        const run = () => {
            try {
                return handle(asked.params, values);
            } catch (thrown) {
                if (thrown instanceof Answer) return Object.assign(thrown, { kept: false });
                throw thrown;
            }
        };
        const again = () => refuse(422, '704', 'request already processed or in progress', 'validation');
        return adyen.double.once(asked.headers['idempotency-key'], `${asked.path}?${asked.body}`, { work: run, used: again, busy: again });
    }];
    const double = new Double({
        folder,
        refusal: (status, message) => refuse(status, status === 500 ? '905' : '702', message, status === 500 ? 'internal' : 'validation'),
        sign: () => ({}),
        routes: [
            post('/sessions', (_, p) => adyen.sessions(p)),
            ['GET', pattern('/sessions/{sessionId}'), (asked) => { authorised(asked); return adyen.sessionResult(asked.params[0], asked.query.get('sessionResult')); }],
            post('/payments/details', (_, p) => adyen.details(p)),
            post('/payments', (_, p) => adyen.payments(p)),
            post('/payments/{paymentPspReference}/captures', ([key], p) => adyen.capture(key, p)),
            post('/payments/{paymentPspReference}/cancels', ([key], p) => adyen.cancel(key, p)),
            post('/payments/{paymentPspReference}/refunds', ([key], p) => adyen.refund(key, p)),
            ['GET', pattern('/storedPaymentMethods'), (asked) => { authorised(asked); return adyen.stored(asked.query); }],
            ['DELETE', pattern('/storedPaymentMethods/{storedPaymentMethodId}'), (asked) => { authorised(asked); return adyen.forget(asked.params[0], asked.query); }],
            ['GET', /^\/hosted\/([^/]+)$/, () => new Answer(200, form(''))],
            ['POST', /^\/hosted\/([^/]+)$/, ({ params, body }) => {
                const done = adyen.pay(params[0], new URLSearchParams(body).get('number') ?? '');
                return done.error ? new Answer(402, form(done.error)) : new Answer(303, 'Paid', { location: done.to });
            }],
            ['GET', /^\/3ds\/([^/]+)$/, () => new Answer(200, page('Confirm this payment', '<form method="post"><button name="outcome" value="pass">Confirm</button> <button name="outcome" value="fail">Refuse</button></form>'))],
            ['POST', /^\/3ds\/([^/]+)$/, ({ params, body }) => {
                const to = new URL(adyen.get('payment', params[0]).returnUrl);
                to.searchParams.set('redirectResult', `${params[0]}!${new URLSearchParams(body).get('outcome') === 'pass' ? 'pass' : 'fail'}`);
                return new Answer(303, 'Done', { location: to.href });
            }],
        ],
    });
    double.hookKey = hookKey;
    adyen = new Adyen(double);
    double.certify = certifyAdyen(adyen, double);
    double.acts = {
        pay: ({ session, number, passes }) => adyen.pay(session, number, passes),
        challenge: ({ payment, passes }) => ({ redirectResult: `${payment}!${passes ? 'pass' : 'fail'}` }),
        decide: ({ payment, succeeds }) => adyen.decide(payment, succeeds),
        choose: ({ id: next }) => { chosen.push(next); },
        dispute: ({ payment, code }) => adyen.dispute(payment, code),
    };
    return double;
}

await runDouble(import.meta.url, makeAdyen);
