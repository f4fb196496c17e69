// Disputes at Stripe's double. One has no metadata of the payment's: it names the charge and the intent, and nothing of ours.
const of = (stripe, payment) => stripe.double.all('dispute').find((one) => one.payment_intent === payment);

// The money is with the bank from then on, and so is what Stripe asks for it.
export function openDispute(stripe, intent, charge, amount) {
    const dispute = stripe.put('dispute', { id: `dp_${charge.id.slice(3)}`, object: 'dispute', amount, currency: intent.currency, charge: charge.id, payment_intent: intent.id, reason: 'fraudulent', metadata: {},
        is_charge_refundable: false, livemode: false, status: 'needs_response', created: stripe.now() });
    stripe.balance('adjustment', dispute.id, -amount, 1500, intent.currency, 'dispute');
    stripe.double.moved('chargeback', { reference: intent.metadata.reference, dispute: dispute.id, payment: intent.id, amount, currency: intent.currency });
}

export function tellOfDispute(stripe, payment) {
    const dispute = of(stripe, payment);
    if (!dispute) return;
    stripe.event('charge.dispute.created', dispute);
    stripe.event('charge.dispute.funds_withdrawn', dispute);
}

// One that comes long after the payment.
export function dispute(stripe, payment) {
    const intent = stripe.get('payment_intent', payment);
    const charge = stripe.put('charge', { ...stripe.get('charge', intent.latest_charge), disputed: true });
    openDispute(stripe, intent, charge, charge.amount_captured);
    tellOfDispute(stripe, payment);
}

export function closeDispute(stripe, payment, status) {
    const closed = stripe.put('dispute', { ...of(stripe, payment), status });
    const { reference } = stripe.get('payment_intent', payment).metadata;
    if (status === 'won') {
        stripe.balance('adjustment', closed.id, closed.amount, 0, closed.currency, 'dispute_reversal');
        stripe.double.moved('chargeback_reversal', { reference, dispute: closed.id, payment, amount: closed.amount, currency: closed.currency });
    }
    stripe.event('charge.dispute.closed', closed);
    if (status === 'won') stripe.event('charge.dispute.funds_reinstated', closed);
}
