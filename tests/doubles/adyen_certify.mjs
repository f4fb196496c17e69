// What the conformance kit asks of Adyen's double (sdk/docs/gateway/double.md).

const DECIDED = 3000;  // seconds, of what is in process
const HELD = 28 * 86400;  // an authorisation of a card
const CANNOT = {
    'SCA.return_cancelled_by_customer': 'who leaves Adyen\'s page may come back to it: the session stays open until it ends',
    'SCA.challenge_failed': 'after a failed challenge Adyen\'s page asks for another card: the payment has not ended',
    'FLOW.lookup_unknown_id': 'Adyen answers no question about a payment: what it has not told is pending, never "not found"',
    'HOOK.event_says_paid_but_lookup_says_no': 'what Adyen tells under its signature is all that anybody can know: there is no second word to ask for',
};

const declined = (token, code, reason, hardness, advice = '') => ({ token, code, reason, hardness, advice });

export function certifyAdyen(adyen, double) {
    const waits = new Map();  // sessions whose card the bank asks about
    const about = () => {
        const customers = {};
        // A card that somebody has kept, good for as long as any test.
        const kept = (number) => {
            const { id, shopperReference } = adyen.keepNumber(number, `shopper-${number}`, 2099);
            customers[id] = shopperReference;
            return id;
        };
        return {
            config: { base_url: 'http://127.0.0.1:{port}/v72', merchant_account: 'HarborMerchant', api_key: 'adyen-key', hook_key: 'adyen-hook' },
            live_config: { base_url: 'http://127.0.0.1:{port}/live/v72', merchant_account: 'HarborMerchant', api_key: 'adyen-live-key', hook_key: 'adyen-hook' },
            secrets: { 'adyen-key': 'test_api_key', 'adyen-live-key': 'live_api_key', 'adyen-hook': double.hookKey },
            tokens: { ok: kept('4111111145551142'), frictionless: kept('5555341244441115'), insufficient_funds: kept('4000000000000012'), pending_paid: kept('4000000000000101'),
                pending_declined: kept('4000000000000119'), challenge_always: kept('4000000000000038'), debit_returned: kept('4000000000000077'), debit_disputed: kept('4000000000000085') },
            declines: [
                declined(kept('4000000000000012'), '12', 'insufficient_funds', 'soft'),
                declined(kept('4000000000000006'), '6', 'expired_method', 'hard', 'update_details'),
                declined(kept('4000000000000020'), '20', 'fraud_suspected', 'hard'),
                declined(kept('4000000000000127'), '26', 'mandate_revoked', 'hard', 'do_not_retry'),
                declined(kept('4000000000000002'), '2', 'do_not_honor', 'soft', 'contact_issuer'),
                declined(kept('5555555555550021'), '2', 'do_not_honor', 'hard', 'do_not_retry'),
            ],
            customers,
            odd_event: { live: 'false', notificationItems: [{ NotificationRequestItem: { additionalData: {}, eventCode: 'WEATHER_FINE', eventDate: '2026-01-01T00:00:00Z', merchantAccountCode: 'HarborMerchant',
                merchantReference: 'none', pspReference: 'ODD0000000000001', amount: { currency: 'EUR', value: 0 }, success: 'true', reason: '' } }] },
            batches: true,
            largest_amount: Number.MAX_SAFE_INTEGER,
            cannot: CANNOT,
        };
    };
    double.keysOfSides = { test: 'test_api_key', live: 'live_api_key' };
    return {
        about,
        spoil(fault, body) {
            if (fault === 'wrong_amount' && body.amount) body.amount.value += 1;
            if (fault === 'wrong_currency' && body.amount) body.amount.currency = 'USD';
            if (fault === 'unknown_state' && 'resultCode' in body) body.resultCode = 'WordOfTomorrow';
        },
        visit(page, what) {
            const session = page.split('/').pop();
            if (what === 'ok') adyen.pay(session, '4111111145551142');
            if (what === 'challenge') waits.set(session, true);
            if (what === 'confirm') adyen.pay(session, '4000000000000038', waits.get(session));
        },
        passed() {
            for (const { id, status, created } of double.all('payment')) {
                if (status === 'pending' && created + DECIDED <= double.now()) adyen.decideByCard(id);
                if (status === 'authorised' && created + HELD <= double.now()) adyen.expire(id);
            }
        },
    };
}
