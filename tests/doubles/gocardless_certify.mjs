// What the conformance kit asks of GoCardless's double (sdk/docs/gateway/double.md).

const DAY = 86400;
const MANDATE = 'the mandate is the consent: no bank asks the customer when a debit is collected';
const CANNOT = {
    'SCA.frictionless_no_action': MANDATE,
    'SCA.off_session_sca_required': MANDATE,
    'RECON.fee_and_net_reported': 'GoCardless takes its fees from payouts: of a payment it names none',
    'RECON.dispute_opened_won_lost': 'what a payer\'s bank took back is not disputed; FLOW.late_failure_after_success shows that it is seen',
};

const declined = (token, code, reason, hardness, advice = '') => ({ token, code, reason, hardness, advice });

export function certifyGoCardless(gc, double) {
    let days = 0;  // that have passed at the bank
    const lookFor = (key) => double.find('mandates', key) ?? double.all('mandates').find((one) => one.reference === key);
    double.keysOfSides = { test: 'sandbox_double', live: 'live_double' };
    return {
        about() {
            // A mandate on the account whose last two digits say what becomes of its payments.
            const on = (digits) => {
                const request = gc.createRequest({ mandate_request: { currency: 'EUR' } });
                gc.authorise(gc.createFlow({ links: { billing_request: request.id } }).id, `447799${digits}`);
                return gc.get('billing_requests', request.id).links.mandate_request_mandate;
            };
            return {
                config: { base_url: 'http://127.0.0.1:{port}', access_token: 'gocardless-token', hook_key: 'gocardless-hook' },
                live_config: { base_url: 'http://127.0.0.1:{port}/live', access_token: 'gocardless-live-token', hook_key: 'gocardless-hook' },
                secrets: { 'gocardless-token': 'sandbox_double', 'gocardless-live-token': 'live_double', 'gocardless-hook': 'hook-secret' },
                tokens: { ok: on('00'), insufficient_funds: on('11'), pending_paid: on('00'), pending_declined: on('11'), debit_returned: on('33'), debit_disputed: on('44') },
                declines: [
                    declined(on('11'), 'insufficient_funds', 'insufficient_funds', 'soft'),
                    declined(on('22'), 'bank_account_closed', 'account_closed', 'hard', 'update_details'),
                    declined(on('66'), 'mandate_cancelled', 'mandate_revoked', 'hard'),
                    declined(on('77'), 'authorisation_disputed', 'debit_disputed', 'hard', 'do_not_retry'),
                ],
                odd_event: { events: [{ id: 'EV_ODD', created_at: gc.time(), resource_type: 'weather', action: 'fine', links: {}, details: {} }], meta: { webhook_id: 'WB_ODD' } },
                batches: true,
                mandates: true,
                largest_amount: Number.MAX_SAFE_INTEGER,
                cannot: CANNOT,
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
            if (what === 'revoke') gc.cancelMandate(lookFor(page).id);
            if (what === 'ok') gc.authorise(page.split('/').pop(), '44779900');
        },
        passed() {
            for (; (days + 1) * DAY <= double.ahead; days += 1) gc.nextDay();
        },
    };
}
