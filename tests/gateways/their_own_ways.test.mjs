// What each of the providers does that others do not, in a running host: pages on which cards are refused, banks that ask,
// take their time, object or fail late, mandates that end.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { brokenInvariants, heal, judge } from '../crash/judge.mjs';
import { PROVIDERS, openStage } from './providers.mjs';
import { Subscriber } from './subscriber.mjs';

let stage;
before(async () => { stage = await openStage(); });
after(async () => { await stage?.close(); });

const payerOf = (name) => new Subscriber(stage, name, { field: PROVIDERS[name].field });
const WAITS = ['Waiting for you', 'Please finish it on the payment page.'];
const PENDING = ['Being processed', 'Your bank is working on it. We tell you when it is done.'];
const SOFT = ['Declined', 'Your bank has said no this time. You can try again another day, or pay another way now.'];
const HARD = ['Declined', 'This card or account cannot be charged any more. Please use another one.'];
const HELD = ['Taken back by the bank', 'Your bank has taken money back, so what it had paid for is owed again. If you have not paid that since, please pay another way, or ask your bank why.'];
const FAILED_LATE = ['Taken back by the bank', 'Your bank has taken the money back, so the invoice is open again. Please pay another way.'];
const said = ({ state, says }) => [state, says];

async function isPaid(payer, payment, invoice, more = []) {
    assert.deepEqual(said(payment), ['Paid', '']);
    assert.deepEqual(await payer.provider.moved(payment.reference), [`charge ${invoice.amount} EUR`, ...more]);
    assert.deepEqual(await payer.stateOf(invoice), { says: 'Paid', open: 0 });
}
// On to the provider's page: its address, and the payment's here.
async function begin(payer, invoice, more) {
    const answer = await payer.pay(invoice, more);
    return { url: await payer.leave(answer), path: answer.headers.location.replace(/\/go$/, '') };
}
async function payOnPage(payer, invoice, typed, more) {
    const { url, path } = await begin(payer, invoice, more);
    const { to, says } = await payer.type(url, { [payer.field]: typed });
    assert.ok(to, says);
    await payer.provider.told();
    assert.equal((await payer.comeBack(to)).path, path);
    return payer.payment(path);
}
// The provider's own object of a payment.
const objectOf = async (payer, kind, { reference }) => (await payer.provider.facts()).filter((fact) => fact.kind === kind)
    .map((fact) => fact.object).findLast((one) => (one.metadata?.reference ?? one.reference) === reference);
const casesOf = async (payer) => (await stage.commandAlone(payer.tenant, {}, 'payment-cases', '--tenant', payer.tenant)).out;

// `letsGo`: of a page that nobody has paid on. `opened`: Stripe's disputes come later, Adyen's with the card.
const CARDS = {
    stripe: { refused: '4000000000009995', asked: '4000002760003184', slow: '4000000000000077', disputed: '4242424242424242', neverBack: '4000000000005126', object: 'payment_intent',
        letsGo: true, opened: { status: 'needs_response' }, won: { status: 'won' } },
    adyen: { refused: '4000000000000012', asked: '4000000000000038', slow: '4000000000000101', disputed: '4000000000000085', neverBack: '4000000000000093', object: 'payment',
        won: { code: 'CHARGEBACK_REVERSED' } },
};

for (const [name, cards] of Object.entries(CARDS)) {
    const { good, other } = PROVIDERS[name];

    test(`${name}: who is refused on its page stays there, tries another card, and keeps it`, async () => {
        const payer = payerOf(name);
        const invoice = await payer.invoice();
        const { url, path } = await begin(payer, invoice, { keep: true });
        assert.match((await payer.type(url, { number: cards.refused })).says, /declined|refused/);
        await payer.hear();
        const waiting = await payer.payment(path);
        assert.deepEqual(said(waiting), WAITS);
        assert.equal(waiting.page, url, 'and who went away finds it again');
        const { to } = await payer.type(url, { number: good.typed });
        await payer.comeBack(to);
        await payer.hear();
        await isPaid(payer, await payer.payment(path), invoice);
        const [kept] = await payer.methods();
        assert.equal(kept.title, good.shown);
        const next = await payer.invoice();
        await isPaid(payer, await payer.payAtOnce(next, kept.id), next);
    });

    test(`${name}: a bank that asks is answered, or not`, async () => {
        const payer = payerOf(name);
        const card = await payer.addMethod({ typed: cards.asked, shown: `Visa, ends in ${cards.asked.slice(-4)}` });
        for (const [outcome, words] of [['pass', ['Paid', '']], ['fail', HARD]]) {
            const invoice = await payer.invoice();
            const { url, path } = await begin(payer, invoice, { method: card });
            const { to } = await payer.type(url, { outcome });
            await payer.comeBack(to);
            await payer.hear();
            const payment = await payer.payment(path);
            assert.deepEqual(said(payment), words);
            if (outcome === 'pass') await isPaid(payer, payment, invoice);
            else assert.deepEqual(await payer.provider.moved(payment.reference), []);
        }
        await payer.post(`/payment-methods/${card}/remove`);
    });

    test(`${name}: a bank that takes its time is told of, and believed when it is looked up`, async () => {
        const payer = payerOf(name);
        const invoice = await payer.invoice();
        const pending = await payOnPage(payer, invoice, cards.slow);
        assert.deepEqual(said(pending), PENDING);
        assert.equal((await payer.stateOf(invoice)).open, invoice.amount);
        const { id } = await objectOf(payer, cards.object, pending);
        await payer.provider.act('decide', { payment: id, succeeds: true });
        await payer.hear();
        await isPaid(payer, await payer.payment(pending.path), invoice);
    });

    test(`${name}: what a bank takes back after a dispute is owed again, and given back when it is won`, async () => {
        const payer = payerOf(name);
        const card = await payer.addMethod({ typed: cards.disputed, shown: `Visa, ends in ${cards.disputed.slice(-4)}` });
        const invoice = await payer.invoice();
        const paid = await payer.payAtOnce(invoice, card);
        assert.equal(paid.state, 'Paid');
        await payer.hear();
        const { id } = await objectOf(payer, cards.object, paid);
        if (cards.opened) await payer.provider.act('dispute', { payment: id, ...cards.opened });
        await payer.hear();
        const held = await payer.payment(paid.path);
        assert.deepEqual(said(held), HELD);
        assert.match(held.back.join(), /^Taken back by the bank .* · Done/);
        assert.equal((await payer.stateOf(invoice)).open, invoice.amount);
        assert.match(await casesOf(payer), new RegExp(`${held.id} +dispute `));
        await payer.provider.act('dispute', { payment: id, ...cards.won });
        await payer.hear();
        const won = await payer.payment(paid.path);
        await isPaid(payer, won, invoice, [`chargeback ${invoice.amount} EUR`, `chargeback_reversal ${invoice.amount} EUR`]);
        assert.match(won.back.at(-1), /^Given back by the bank .* · Done/);
        const { code, out } = await stage.commandAlone(name, {}, 'close-payment-case', '--tenant', name, '--payment', held.id, '--kind', 'dispute', '--by', 'Ada', '--reason', 'won');
        assert.equal(code, 0, out);
        await payer.post(`/payment-methods/${card}/remove`);
    });

    test(`${name}: what cannot be given back to a card is said so, and a person's case where it was booked`, async () => {
        const payer = payerOf(name);
        const invoice = await payer.invoice();
        const paid = await payOnPage(payer, invoice, cards.neverBack);
        const { out } = await stage.commandAlone(name, {}, 'refund-payment', '--tenant', name, '--payment', paid.id, '--amount', '5.00', '--reason', 'Rain');
        await payer.hear();
        // Stripe says at once that it is done, and later that it is not.
        if (name === 'stripe') assert.match(await casesOf(payer), new RegExp(`${paid.id} +refund_came_back `), out);
        else assert.match((await payer.payment(paid.path)).back.join(), /^Paid back .* · Did not work/, out);
    });

    test(`${name}: who changes his mind is let go of, or told that he must wait`, async () => {
        const payer = payerOf(name);
        const invoice = await payer.invoice();
        const { url, path } = await begin(payer, invoice);
        const answer = await payer.post(`${path}/cancel`, { again: 'yes' });
        if (cards.letsGo) {
            assert.equal(answer.status, 303);
            assert.match(answer.headers.location, /^\/payments\/pay\?again=pay_/);
            assert.match((await payer.get(answer.headers.location)).text, /<form[^>]*action="\/payments\/pay\?/);
        } else {
            assert.equal(answer.status, 409);
            assert.match(answer.text, /The provider did not let go of it, and it still waits\./);
            const waiting = await payer.payment(path);
            assert.deepEqual([said(waiting), waiting.page], [WAITS, url]);
            await payer.comeBack((await payer.type(url, { [payer.field]: good.typed })).to);
            await payer.hear();
            await isPaid(payer, await payer.payment(path), invoice);
        }
    });

    test(`${name}: a kept card that is removed is forgotten there, too`, async () => {
        const payer = payerOf(name);
        const card = await payer.addMethod(other);
        await payer.post(`/payment-methods/${card}/remove`);
        const kept = (await payer.provider.facts()).filter((fact) => ['payment_method', 'stored'].includes(fact.kind)).at(-1).object;
        assert.deepEqual(name === 'stripe' ? kept.customer : kept.there, name === 'stripe' ? null : false);
    });
}

test('adyen: a card whose webhook is later than its customer stands in the list when it has come', async () => {
    const payer = payerOf('adyen');
    const url = await payer.beginMethod();
    payer.provider.keepsBack = true;
    const { to } = await payer.type(url, { number: PROVIDERS.adyen.other.typed });
    await payer.comeBack(to);
    assert.equal((await payer.methods()).at(-1).says, 'Not finished yet');
    payer.provider.keepsBack = false;
    await payer.hear();
    const { title, says } = (await payer.methods()).at(-1);
    assert.deepEqual([title, says], [PROVIDERS.adyen.other.shown, '']);
    assert.deepEqual(await stage.database.sql(`SELECT reference FROM payments_event WHERE tenant_id = 'adyen' AND reference LIKE 's-%' AND handled_at IS NULL`), []);
});

test('stripe: what began on its page is found on its list, and a dispute of it is heard of', async () => {
    const payer = payerOf('stripe');
    const invoice = await payer.invoice();
    const paid = await payOnPage(payer, invoice, PROVIDERS.stripe.good.typed);
    await isPaid(payer, paid, invoice);
    const { id } = await objectOf(payer, 'payment_intent', paid);
    await payer.provider.act('dispute', { payment: id, status: 'needs_response' });
    await payer.hear();
    assert.deepEqual(said(await payer.payment(paid.path)), HELD);
    assert.equal((await payer.stateOf(invoice)).open, invoice.amount);
    assert.match(await casesOf(payer), new RegExp(`${paid.id} +dispute `));
    // A day is compared when it is over.
    await stage.passHere(86_400);
    const { code, out } = await stage.commandAlone('stripe', {}, 'compare-payments', '--tenant', 'stripe', '--from', new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
    assert.equal(code, 0, out);
    assert.doesNotMatch(await casesOf(payer), new RegExp(`missing_here.*${id}`));
});

const debit = async (payer, account) => {
    const method = await payer.addMethod({ typed: `44779900${account}`, shown: `BANK OF THE DOUBLE, ends in 00${account}` });
    const invoice = await payer.invoice();
    const begun = await payer.payAtOnce(invoice, method);
    assert.deepEqual(said(begun), PENDING);
    return { method, invoice, path: begun.path };
};
async function days(payer, count) {
    for (let day = 0; day < count; day += 1) await payer.provider.act('day');
    await payer.hear();
}

test('gocardless: who has no mandate is told to add one, since there is no page to pay on', async () => {
    const payer = new Subscriber(stage, 'gocardless', { field: PROVIDERS.gocardless.field, customer: stage.customers[1] });
    const invoice = await payer.invoice();
    const form = (await payer.get('/payments/pay')).text;
    assert.match(form, /Add a card or account first/);
    assert.doesNotMatch(form, /<button[^>]*>Pay/);
    assert.match(form, /href="\/payment-methods"/);
    const refused = await payer.pay(invoice);
    assert.match(refused.text, /Add a card or account first/);
    assert.equal(await payer.referenceOf(invoice), undefined, 'nothing was begun');
    // With one, it is the only way.
    await payer.addMethod(PROVIDERS.gocardless.good);
    const choice = (await payer.get('/payments/pay')).text;
    assert.doesNotMatch(choice, /<option value="new"|name="keep"/);
    assert.deepEqual(said(await payer.payAtOnce(invoice, (await payer.methods())[0].id)), PENDING);
});

test('gocardless: a debit that fails late is owed again, and another account pays', async () => {
    const payer = payerOf('gocardless');
    const { invoice, path } = await debit(payer, '33');
    await days(payer, 2);
    await isPaid(payer, await payer.payment(path), invoice);
    await days(payer, 1);
    const failed = await payer.payment(path);
    assert.deepEqual(said(failed), FAILED_LATE);
    assert.deepEqual(await payer.provider.moved(failed.reference), [`charge ${invoice.amount} EUR`, `failed_late ${invoice.amount} EUR`]);
    assert.equal((await payer.stateOf(invoice)).open, invoice.amount);
    assert.notEqual((await payer.stateOf(invoice)).says, 'Paid');
    const sound = await payer.addMethod(PROVIDERS.gocardless.good);
    const again = await payer.payAgain(failed, { method: sound, amount: invoice.amount });
    await days(payer, 2);
    await isPaid(payer, await payer.payment(again.path), invoice);
});

test('gocardless: a debit that its payer objects to is owed again', async () => {
    const payer = payerOf('gocardless');
    const { invoice, path } = await debit(payer, '44');
    await days(payer, 3);
    const held = await payer.payment(path);
    assert.deepEqual(said(held), HELD);
    assert.match(held.back.join(), /^Taken back by the bank .* · Done/);
    assert.equal((await payer.stateOf(invoice)).open, invoice.amount);
});

test('gocardless: under a mandate that its payer ended nothing is taken, and he is told so', async () => {
    const payer = payerOf('gocardless');
    const method = await payer.addMethod({ typed: '4477990700', shown: 'BANK OF THE DOUBLE, ends in 0700' });
    const { id } = (await payer.provider.facts()).filter((fact) => fact.kind === 'mandates').at(-1).object;
    await payer.provider.act('cancel', { mandate: id });
    await payer.hear();
    const refused = await payer.payAtOnce(await payer.invoice(), method);
    assert.deepEqual(said(refused), HARD);
    assert.deepEqual(await payer.provider.moved(refused.reference), []);
});

test('nothing is lost, doubled or unknown, and the books hold', async () => {
    // What is told of nothing that is known is given a day.
    await stage.passHere(90_000);
    await heal(stage);
    const { lost, doubled, unknown, charges } = await judge(stage);
    assert.deepEqual({ lost, doubled, unknown }, { lost: [], doubled: [], unknown: [] });
    assert.ok(charges >= 12, `${charges}`);
    assert.deepEqual(await brokenInvariants(stage), []);
});
