// What a provider may do with a payment: one behaviour for each tenant of the matrix. `token` is the kept card that is
// charged; `faults` of the provider go with it (providers/README.md). `needsCustomer`: what is left open of it for a person or
// for who pays lets no automatic payment of that account be tried again.
const POST = 'POST /v1/payments';
const MANY = 1_000_000;
const fault = (name, on = POST, more = {}) => ({ fault: name, on, times: MANY, ...more });

export const BEHAVIOURS = [
    { name: 'ok', token: 'ok' },
    { name: 'decline', token: 'insufficient_funds' },
    { name: '500 after success', token: 'ok', faults: [fault('error_after_commit')] },
    { name: 'reset after success', token: 'ok', faults: [fault('reset_after_commit')] },
    { name: 'hang', token: 'ok', faults: [fault('hang_after_commit', POST, { milliseconds: 4000 })] },
    { name: 'slow', token: 'ok', faults: [fault('slow_drip', POST, { milliseconds: 600 })] },
    { name: 'pending', token: 'pending_paid' },
    { name: 'webhook twice', token: 'ok', faults: [fault('twice', 'webhook')] },
    { name: 'webhook first', token: 'ok', faults: [fault('webhook_first')] },
    { name: 'webhook never', token: 'ok', faults: [fault('never', 'webhook')], neverTells: true },
    { name: 'wrong amount', token: 'ok', faults: [fault('wrong_amount')], needsCustomer: true },
    { name: '429', token: 'ok', faults: [fault('rate_limited', POST, { times: 1 })], turnsAway: true },
    { name: '3-DS abandoned', token: 'challenge_always', waitsForCustomer: true, needsCustomer: true },
];

// The same, of what goes back: the payment itself went well.
export const ofRefund = (behaviour) => ({
    token: { insufficient_funds: 'refund_fails', pending_paid: 'refund_pending', challenge_always: 'frictionless' }[behaviour.token] ?? behaviour.token,
    faults: (behaviour.faults ?? []).map((one) => (one.on === POST ? { ...one, on: 'POST /v1/refunds' } : one)),
});

export async function play(provider, faults = []) {
    await provider.control('/faults', undefined, 'DELETE');
    for (const one of faults) await provider.control('/faults', one);
}

// How often its faults are still to hit.
export const toCome = async (provider) => (await provider.control('/faults')).faults.reduce((sum, one) => sum + one.times, 0);
