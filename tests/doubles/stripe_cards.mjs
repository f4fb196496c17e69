// Stripe's test cards.
// Number of the card, brand, and what happens to it: the words of Stripe's pages on testing.
export const CARDS = {
    pm_card_visa: ['4242424242424242', 'visa'],
    pm_card_mastercard: ['5555555555554444', 'mastercard'],
    pm_card_amex: ['378282246310005', 'amex'],
    pm_card_chargeDeclined: ['4000000000000002', 'visa', { decline: 'generic_decline' }],
    pm_card_chargeDeclinedInsufficientFunds: ['4000000000009995', 'visa', { decline: 'insufficient_funds' }],
    pm_card_visa_chargeDeclinedLostCard: ['4000000000009987', 'visa', { decline: 'lost_card' }],
    pm_card_visa_chargeDeclinedStolenCard: ['4000000000009979', 'visa', { decline: 'stolen_card' }],
    pm_card_chargeDeclinedExpiredCard: ['4000000000000069', 'visa', { code: 'expired_card' }],
    pm_card_chargeDeclinedIncorrectCvc: ['4000000000000127', 'visa', { code: 'incorrect_cvc' }],
    pm_card_chargeDeclinedProcessingError: ['4000000000000119', 'visa', { code: 'processing_error' }],
    pm_card_visa_chargeDeclinedVelocityLimitExceeded: ['4000000000006975', 'visa', { decline: 'card_velocity_exceeded' }],
    pm_card_chargeDeclinedFraudulent: ['4100000000000019', 'visa', { decline: 'fraudulent' }],
    pm_card_threeDSecure2Required: ['4000000000003220', 'visa', { challenge: true }],
    pm_card_authenticationRequired: ['4000002760003184', 'visa', { challenge: true }],
    pm_card_chargeCustomerFail: ['4000000000000341', 'visa', { decline: 'generic_decline', is_kept: true }],
    pm_card_createDispute: ['4000000000000259', 'visa', { dispute: true }],
    pm_card_pendingRefund: ['4000000000007726', 'visa', { refund: 'pending' }],
    pm_card_refundFail: ['4000000000005126', 'visa', { refund: 'failed' }],
    pm_card_processing: ['4000000000000077', 'visa', { processing: true }],
};
export const byNumber = (number) => Object.entries(CARDS).find(([, card]) => card[0] === number);
