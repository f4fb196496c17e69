// What the conformance kit asks of GoCardless's double (sdk/docs/gateway/double.md).

const DAY = 86400;
const LATER = 'a bank debit is decided days later: there is nothing to authorise, and no customer at his bank';
const NO_REFERENCE = 'GoCardless finds nothing by a reference of ours: a repeat under the same key tells what it made';

// A mandate on the account whose last two digits say what becomes of its payments.
function mandateOn(gc, account) {
    const request = gc.createRequest({ mandate_request: { currency: 'EUR' }, metadata: {} });
    const flow = gc.createFlow({ redirect_uri: 'https://shop.example/back', links: { billing_request: request.id } });
    gc.authorise(flow.id, account);
    return gc.get('billing_requests', request.id).links.mandate_request_mandate;
}

export function certifyGoCardless(gc, double) {
    let spent = 0;  // seconds of a day that has not passed whole
    let before = 0;
    return {
        about() {
            const tokens = { ok: mandateOn(gc, '10000000'), insufficient_funds: mandateOn(gc, '10000011'), pending_paid: mandateOn(gc, '10000000'),
                pending_declined: mandateOn(gc, '10000011'), debit_returned: mandateOn(gc, '10000033') };
            return {
                config: { base_url: 'http://127.0.0.1:{port}', access_token: 'gocardless-token', hook_key: 'gocardless-hook' },
                secrets: { 'gocardless-token': 'sandbox_double', 'gocardless-hook': 'hook-secret' },
                tokens,
                cannot: { 'SCA.frictionless_no_action': LATER, 'IDEM.concurrent_same_key_one_charge': NO_REFERENCE },
                batches: true,
                mandates: true,
            };
        },
        spoil(fault, body) {
            const object = body.payments ?? body.refunds;
            if (!object) return;
            if (fault === 'wrong_amount') object.amount += 1;
            if (fault === 'wrong_currency') object.currency = 'USD';
            if (fault === 'unknown_state') object.status = 'word_of_tomorrow';
        },
        visit(page, what) {
            if (what === 'revoke') gc.cancelMandate(page);
            if (what === 'ok') gc.authorise(page.split('/').pop(), '10000000');
        },
        passed() {
            spent += double.ahead - before;
            before = double.ahead;
            for (; spent >= DAY; spent -= DAY) gc.nextDay();
        },
    };
}
