// What the conformance kit asks of Stripe's double (sdk/docs/gateway/double.md).

const declined = (token, code, reason, hardness, advice = '') => ({ token, code, reason, hardness, advice });

const CANNOT = {
    'CONF.sandbox_vs_live_mismatch_detected': 'one address of Stripe serves both sides, and the key says which: there are no two settings that could disagree',
    'SCA.return_cancelled_by_customer': 'who leaves Stripe\'s page may come back to it: the session stays open until it ends',
    'SCA.challenge_failed': 'after a failed challenge Stripe\'s page asks for another card: the payment has not ended',
    'TOKEN.consent_or_mandate_id_stored': 'Stripe keeps the consent itself: what is charged later names the customer and the card',
    'FLOW.authorisation_expiry_reported': 'Stripe cancels an authorisation that ran out, and says so with a payment that is cancelled',
};

export function certifyStripe(stripe, double) {
    const waits = new Map();  // sessions whose card the bank asks about
    return {
        about() {
            for (const id of ['cus-1', 'cus-2'])
                if (!double.find('customer', id)) stripe.put('customer', { id, object: 'customer', metadata: {}, created: stripe.now() });
            return {
                config: { base_url: 'http://127.0.0.1:{port}', api_key: 'stripe-key', hook_key: 'stripe-hook' },
                secrets: { 'stripe-key': 'sk_test_double', 'stripe-hook': 'whsec_test' },
                tokens: { ok: 'pm_card_visa', frictionless: 'pm_card_visa', insufficient_funds: 'pm_card_chargeDeclinedInsufficientFunds', pending_paid: 'pm_card_processing',
                    challenge_always: 'pm_card_authenticationRequired' },
                declines: [
                    declined('pm_card_chargeDeclined', 'generic_decline', 'do_not_honor', 'soft', 'contact_issuer'),
                    declined('pm_card_chargeDeclinedInsufficientFunds', 'insufficient_funds', 'insufficient_funds', 'soft'),
                    declined('pm_card_visa_chargeDeclinedLostCard', 'lost_card', 'lost_or_stolen', 'hard'),
                    declined('pm_card_visa_chargeDeclinedStolenCard', 'stolen_card', 'lost_or_stolen', 'hard'),
                    declined('pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_method', 'hard', 'update_details'),
                    declined('pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc', 'hard', 'update_details'),
                    declined('pm_card_chargeDeclinedProcessingError', 'processing_error', 'issuer_unavailable', 'soft', 'retry_after'),
                    declined('pm_card_visa_chargeDeclinedVelocityLimitExceeded', 'card_velocity_exceeded', 'limit_exceeded', 'soft'),
                    declined('pm_card_chargeDeclinedFraudulent', 'fraudulent', 'fraud_suspected', 'hard', 'other_method'),
                ],
                // https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
                largest_amount: 99_999_999,
                cannot: CANNOT,
            };
        },
        spoil(fault, body) {
            if (fault === 'wrong_amount' && 'amount' in body) body.amount += 1;
            if (fault === 'wrong_currency' && 'currency' in body) body.currency = 'usd';
            if (fault === 'unknown_state' && 'status' in body) body.status = 'word_of_tomorrow';
        },
        visit(page, what) {
            const session = page.split('/').pop();
            if (what === 'ok') stripe.pay(session, '4242424242424242');
            if (what === 'challenge' || what === 'challenge_fails') waits.set(session, what === 'challenge');
            if (what === 'confirm') stripe.pay(session, '4000000000003220', waits.get(session));
        },
        // What was in process is decided within an hour.
        passed() {
            for (const intent of double.all('payment_intent'))
                if (intent.status === 'processing' && intent.created + 3000 <= stripe.now()) double.acts.decide({ payment: intent.id, succeeds: true });
        },
    };
}
