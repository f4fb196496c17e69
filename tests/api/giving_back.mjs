// Money that programs give back, and what they say, by name, of what waits for a person; registered by replies.test.mjs, on its
// host. What went back is read in the provider's own ledger.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cardsOf, movedAt } from '../e2e/paying.mjs';
import { Program, run } from './program.mjs';
import { NOBODY, TENANTS, Till } from './till.mjs';

const SAID = { by: 'J. Roe', reason: 'Seen at the provider' };

export function givingBack(world) {
    const till = (tenant) => new Till(world(), tenant).open();
    // An account with a card, and an invoice that is paid with it.
    async function paid(tenant) {
        const t = await till(tenant);
        const card = await t.addCard((await cardsOf(t.host)).ok);
        const invoice = await t.charge();
        const payment = await t.one(invoice, card.id);
        assert.deepEqual([payment.status, payment.json.state], [201, 'captured'], payment.text);
        const back = (amount, more = {}, key = randomUUID()) => t.ask('POST', '/refunds', { payment: payment.json.id, amount: t.money(amount), reason: 'Rain', ...more }, key);
        return { t, card, invoice, payment: payment.json, back };
    }
    // What went back of it, by the provider's own books.
    const wentBack = async (t, payment) => {
        const rows = t.host.sql(`SELECT r.reference FROM payments_refund r JOIN payments_payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id WHERE p.reference = '${payment.reference}' ORDER BY r.id`);
        return (await Promise.all(rows.trim().split('\n').slice(1).map((reference) => movedAt(t.host, reference)))).flat();
    };
    const caseOf = async (t, payment) => (await t.p.all('/api/v1/payment-cases', 1)).filter((one) => one.payment === payment.id);

    const noted = (t, action) => t.host.sql(`SELECT detail FROM audit_entry WHERE tenant_id = '${t.tenant}' AND action = '${action}'`).split('\n');

    for (const tenant of Object.keys(TENANTS)) {
        test(`${tenant}: a part goes back once whoever asks again, with a credit note or owed again`, async () => {
            const { t, invoice, payment, back } = await paid(tenant);
            const total = invoice.total.amount;
            const part = await back(500, {}, 'back-1');
            assert.equal(part.status, 201, part.text);
            assert.deepEqual([part.json.payment, part.json.account, part.json.kind, part.json.state, part.json.amount, part.json.reason, part.json.credit_note_on],
                [payment.id, t.account, 'refund', 'succeeded', t.money(500), 'Rain', null]);
            assert.match(part.json.receipt, /^RC-\d{4}-\d{6}$/);
            const again = await back(500, {}, 'back-1');
            assert.deepEqual([again.status, again.text, again.headers['idempotent-replayed']], [201, part.text, 'true']);
            assert.equal((await back(501, {}, 'back-1')).json.code, 'idempotency_key_reused');
            assert.deepEqual((await t.get(`/refunds/${part.json.id}`)).json, part.json);
            assert.equal(await t.balance(invoice), 500, 'it is owed again');

            const noted = await back(700, { credit_note_on: invoice.id });
            assert.deepEqual([noted.status, noted.json.credit_note_on, await t.balance(invoice)], [201, invoice.id, 500], noted.text);
            assert.deepEqual([await movedAt(t.host, payment.reference), await wentBack(t, payment)], [[`payment ${total}`], ['refund 500', 'refund 700']]);
            assert.deepEqual((await t.get(`/payments/${payment.id}`)).json.refunds.map((one) => one.id).sort(), [part.json.id, noted.json.id].sort());
            // What is left, and not a cent more.
            for (const [amount, code, field, more] of [[total - 1199, 'more_than_paid', 'amount'], [0, 'amount', 'amount'], [-5, 'amount', 'amount'], [total - 1200, 'not_found', 'credit_note_on', { credit_note_on: `inv_${NOBODY}` }]]) {
                const refused = await back(amount, more);
                assert.deepEqual([refused.status, refused.json.errors?.[0].code, refused.json.errors?.[0].field], [422, code, field], refused.text);
            }
            assert.equal((await back(total - 1200)).json.state, 'succeeded');
            assert.equal((await t.get(`/payments/${payment.id}`)).json.state, 'refunded');
        });
    }

    test('what nobody heard of is looked up by a repeat, and goes back once', async () => {
        const { t, payment, back } = await paid('harbor');
        await t.fault('reset_after_commit', 'POST /v1/refunds');
        const unknown = await back(300, {}, 'back-2');
        assert.deepEqual([t.problem(unknown, 503, 'refund_unknown').refund.state, unknown.headers['retry-after']], ['unknown', '5']);
        const known = await back(300, {}, 'back-2');
        assert.deepEqual([known.status, known.json.state, known.json.id], [201, 'succeeded', unknown.json.refund.id], known.text);
        assert.deepEqual(await wentBack(t, payment), ['refund 300']);
        // Whoever does not repeat it may ask by its name.
        await t.fault('reset_after_commit', 'POST /v1/refunds');
        const other = (await back(200)).json.refund;
        assert.equal((await t.asked(`/refunds/${other.id}`, 'succeeded')).amount.amount, 200);
        // One that the provider refuses is told, and nothing went back.
        await t.fault('rate_limited', 'POST /v1/refunds');
        const refused = await back(100, {}, 'back-3');
        assert.equal(t.problem(refused, 502, 'refund_failed').refund.state, 'failed');
        const retried = await back(100, {}, 'back-3');
        assert.deepEqual([retried.status, retried.json.state], [201, 'succeeded'], retried.text);
        assert.notEqual(retried.json.id, refused.json.refund.id);
        assert.deepEqual(await wentBack(t, payment), ['refund 300', 'refund 200', 'refund 100']);
    });

    test('money by hand goes back in the books alone', async () => {
        const t = await till('northwind');
        const invoice = await t.charge();
        const written = await t.ask('POST', '/payments', { account: t.account, amount: t.money(invoice.total.amount), reference: `CHK-${t.account.slice(-6)}` });
        assert.equal(written.status, 201, written.text);
        const back = await t.ask('POST', '/refunds', { payment: written.json.id, amount: t.money(100), reason: 'Too much' });
        assert.deepEqual([back.status, back.json.state, await t.balance(invoice)], [201, 'succeeded', 100], back.text);
    });

    test('what a bank took back is owed again, and what it gave again pays it', async () => {
        const t = await till('northwind');
        const invoice = await t.charge();
        const whole = t.money(invoice.total.amount);
        const written = await t.ask('POST', '/payments', { account: t.account, amount: whole, reference: `CHK-${t.account.slice(-6)}` });
        const note = (kind, amount) => t.ask('POST', `/payments/${written.json.id}/${kind}`, { amount, reason: 'Letter of the bank' });
        assert.equal((await note('reversals', whole)).status, 422, 'nothing was taken back');
        const gone = await note('chargebacks', whole);
        assert.deepEqual([gone.status, gone.json.kind, gone.json.state, await t.balance(invoice)], [201, 'chargeback', 'succeeded', whole.amount], gone.text);
        assert.equal((await note('chargebacks', t.money(1))).status, 422, 'no more than was paid');
        const again = await note('reversals', t.money(whole.amount - 100));
        assert.deepEqual([again.status, again.json.kind, await t.balance(invoice)], [201, 'reversal', 100], again.text);
    });

    test('a person says, by name, what became of a payment, and the books follow', async () => {
        const t = await till('harbor');
        const card = await t.addCard((await cardsOf(t.host)).ok);
        const invoice = await t.charge();
        await t.fault('wrong_amount');
        const held = t.problem(await t.one(invoice, card.id), 502, 'payment_held').payment;
        const [open] = await caseOf(t, held);
        assert.deepEqual([open.kind, open.refund], ['other_amount', null]);
        assert.match(open.advice, /decide/i);
        const decide = (body) => t.ask('POST', `/payments/${held.id}/decision`, body);
        assert.equal((await t.ask('POST', `/payment-cases/${open.id}/close`, SAID)).json.code, 'decide_first');
        for (const [body, field] of [[{ was_taken: true, ...SAID, by: '' }, 'by'], [{ was_taken: true, by: 'J. Roe' }, undefined], [{ was_taken: true, ...SAID, amount: { amount: -1, currency: 'EUR' } }, 'amount']]) {
            const refused = await decide(body);
            assert.equal(refused.status, 422, refused.text);
            if (field) assert.ok(JSON.stringify(refused.json.errors).includes(field), refused.text);
        }
        assert.equal(await t.balance(invoice), invoice.total.amount, 'nothing of that was half done');
        const decided = await decide({ was_taken: true, amount: invoice.total, ...SAID });
        assert.deepEqual([decided.status, decided.json.state, decided.json.processed, await t.balance(invoice)], [200, 'captured', invoice.total, 0], decided.text);
        assert.deepEqual(await caseOf(t, held), []);
        assert.ok(noted(t, 'payment.decided').includes('J. Roe: Seen at the provider'));
        const again = await decide({ was_taken: false, ...SAID });
        assert.deepEqual([again.status, again.json.code], [409, 'decided'], again.text);
    });

    test('and of a refund', async () => {
        const { t, invoice, payment, back } = await paid('lumen');
        await t.fault('reset_after_commit', 'POST /v1/refunds');
        const unknown = (await back(400)).json.refund;
        const decided = await t.ask('POST', `/refunds/${unknown.id}/decision`, { went_back: true, ...SAID });
        assert.deepEqual([decided.status, decided.json.state, await t.balance(invoice)], [200, 'succeeded', 400], decided.text);
        assert.deepEqual((await t.get(`/payments/${payment.id}`)).json.refunds, [decided.json]);
        const again = await t.ask('POST', `/refunds/${unknown.id}/decision`, { went_back: true, ...SAID });
        assert.deepEqual([again.status, again.json.code], [409, 'decided'], again.text);
        assert.ok(noted(t, 'refund.decided').includes('J. Roe: Seen at the provider'), 'who, and why');
    });

    test('the command notes a long reason, and refuses one that would not be kept whole', async () => {
        const { t, payment } = await paid('harbor');
        const give = (reason) => run(['refund-payment', '--tenant', 'harbor', '--payment', payment.id, '--amount', '1', '--reason', reason, ...t.host.words]);
        assert.throws(() => give('ä'.repeat(201)), (error) => error.status === 1 && error.stdout.includes(t.words('error.too_long')));
        assert.match(give('ä'.repeat(150)), /^ref_\w+ {2}refund succeeded/);
        assert.deepEqual(await wentBack(t, payment), ['refund 100']);
    });

    test('a case that is seen to is closed once', async () => {
        const { t, payment } = await paid('harbor');
        const other = await paid('harbor');
        for (const [one, at] of [[payment, '2026-01-02 03:04:05.000006'], [other.payment, '2026-01-02 03:04:05.000007']])
            t.host.sql(`INSERT INTO payments_case (tenant_id, payment_id, kind, refund_id, opened_at, answer) SELECT tenant_id, id, 'dispute', '', '${at}', '' FROM payments_payment WHERE reference = '${one.reference}'`);
        const [open] = await caseOf(t, payment);
        assert.deepEqual([open.kind, open.opened_at], ['dispute', '2026-01-02T03:04:05.000006Z']);
        const first = await t.get('/payment-cases?limit=1');
        assert.ok(first.json.next, 'another page is said');
        const close = (id, p = t) => p.ask('POST', `/payment-cases/${id}/close`, SAID);
        const closed = await close(open.id);
        assert.deepEqual([closed.status, closed.json], [200, open], closed.text);
        assert.deepEqual([await caseOf(t, payment), (await caseOf(t, other.payment)).length], [[], 1]);
        const stranger = await till('lumen');
        const [left] = await caseOf(t, other.payment);
        // One of another time is another one, as one that was opened again since; and names are written as they are.
        const [seconds, , ...rest] = left.id.split('.');
        for (const answer of [await close(open.id), await close(left.id, stranger), await close('nonsense'), await close(`1.2.pay_${NOBODY}.dispute.`), await close([seconds, '999999', ...rest].join('.')), await close(left.id.replace('dispute', 'DISPUTE'))])
            assert.deepEqual([answer.status, answer.json.code], [404, 'not_found'], answer.text);
        assert.equal((await caseOf(t, other.payment)).length, 1);
    });

    test('a difference to a provider\'s list is accepted, or booked for whose money it is', async () => {
        const t = await till('northwind');
        const invoice = await t.charge();
        const [one, other] = ['11'.repeat(16), '12'.repeat(16)];
        for (const id of [one, other])
            t.host.sql(`INSERT INTO payments_difference (tenant_id, id, instance, kind, about, provider_id, reference, there, there_currency, found_at, closed_by, answer)
                VALUES ('northwind', x'${id}', 'cards', 'missing_here', 'payment', 'prov-${id.slice(0, 4)}', '', 1500, 'USD', '2026-01-02 03:04:05', '', '')`);
        const mine = async () => (await t.get('/payment-differences')).json.data.filter((row) => row.provider_id.startsWith('prov-'));
        const [first, second] = await mine();
        assert.deepEqual([first.kind, first.about, first.here, first.there, first.payment], ['missing_here', 'payment', null, t.money(1500), null]);
        const decide = (row, more = {}, p = t) => p.ask('POST', `/payment-differences/${row.id}/decision`, { ...SAID, ...more });
        const stranger = await till('lumen');
        assert.equal((await decide(first, {}, stranger)).status, 404);
        const booked = await decide(first, { book_for: t.account });
        assert.deepEqual([booked.status, booked.json], [200, first], booked.text);
        assert.equal(await t.balance(invoice), invoice.total.amount - 1500);
        assert.equal((await decide(second)).status, 200);
        assert.deepEqual([await mine(), await t.balance(invoice)], [[], invoice.total.amount - 1500]);
        assert.equal((await decide(second)).status, 404, 'once');
    });

    test('what is another tenant\'s is not there, and a key that may read gives nothing back', async () => {
        const { t, payment, back } = await paid('harbor');
        const refund = (await back(100)).json;
        const theirs = await till('northwind');
        const reader = new Program(t.host, world().checker, 'harbor', 'payments:read');
        const calls = [['POST', '/refunds', { payment: payment.id, amount: t.money(100), reason: 'Rain' }], ['POST', `/refunds/${refund.id}/look-up`], ['POST', `/refunds/${refund.id}/decision`, { went_back: false, ...SAID }],
            ['POST', `/payments/${payment.id}/decision`, { was_taken: false, ...SAID }]];
        for (const [method, path, body] of calls) {
            const answer = await theirs.ask(method, path, body);
            assert.deepEqual([answer.status, answer.json.code], [404, 'not_found'], `${path} ${answer.text}`);
            const forbidden = await reader.call(method, `/api/v1${path}`, { body, headers: { 'Idempotency-Key': 'x' } });
            assert.deepEqual([forbidden.status, forbidden.json.code], [403, 'missing_scope'], path);
        }
        assert.equal((await theirs.get(`/refunds/${refund.id}`)).status, 404);
        for (const path of ['/payment-cases', '/payment-differences', `/refunds/${refund.id}`]) assert.equal((await reader.get(`/api/v1${path}`)).status, 200, path);
        assert.deepEqual(await wentBack(t, payment), ['refund 100']);
    });
}
