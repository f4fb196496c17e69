// Paying at a provider by programs, in the language of each tenant; registered by replies.test.mjs, on its host. What was
// charged is read in the provider's own ledger.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { cardsOf, movedAt, providerOf } from '../e2e/paying.mjs';
import { childrenOf } from '../crash/processes.mjs';
import { say } from '../e2e/words.mjs';
import { Program, run, saved } from './program.mjs';
import { NOBODY, TENANTS, Till } from './till.mjs';

export function payingOnline(world) {
    const till = (tenant) => new Till(world(), tenant).open();

    for (const tenant of Object.keys(TENANTS)) {
        test(`${tenant}: a card is added at the provider, pays once whoever asks again, and has a receipt`, async () => {
            const t = await till(tenant);
            const cards = await cardsOf(t.host);
            const begun = await t.ask('POST', '/payment-methods', { account: t.account, email: 'ada@example.org' }, 'add-1');
            assert.equal(begun.status, 201, begun.text);
            assert.deepEqual([begun.json.state, begun.json.next_action.type], ['begun', 'redirect']);
            assert.ok(begun.json.next_action.url.startsWith(`${providerOf(t.host)}/pay/`), begun.text);
            assert.ok(begun.json.next_action.return_url.startsWith(t.host.url(tenant, '/payment-methods/return/')), begun.text);
            assert.equal((await t.ask('POST', '/payment-methods', { account: t.account, email: 'ada@example.org' }, 'add-1')).text, begun.text, 'a repeat begins no second one');
            const back = await t.type(begun.json.next_action.url, { number: cards.ok, action: 'pay' });
            assert.ok(back.startsWith(begun.json.next_action.return_url), back);
            const first = await t.asked(`/payment-methods/${begun.json.id}`, 'active');
            assert.deepEqual([first.last4, first.brand, first.is_default, first.next_action], ['4242', 'visa', true, null]);
            const second = await t.addCard(cards.ok_mastercard);
            const list = async () => (await t.get(`/payment-methods?account=${t.account}`)).json.data.map((one) => [one.last4, one.is_default]);
            assert.deepEqual(await list(), [['4242', true], ['4444', false]]);
            assert.equal((await t.ask('POST', `/payment-methods/${second.id}/default`)).json.is_default, true);
            assert.deepEqual(await list(), [['4242', false], ['4444', true]]);

            const [one, other] = [await t.charge('100'), await t.charge('50')];
            const total = one.total.amount + other.total.amount;
            const order = { invoices: [{ invoice: one.id }, { invoice: other.id, amount: t.money(1000) }], method: first.id };
            const paid = await t.pay(order, 'pay-1');
            assert.equal(paid.status, 201, paid.text);
            assert.deepEqual([paid.json.state, paid.json.method, paid.json.processed], ['captured', first.id, t.money(one.total.amount + 1000)]);
            assert.deepEqual([await t.balance(one), await t.balance(other)], [0, other.total.amount - 1000]);
            const again = await t.pay(order, 'pay-1');
            assert.deepEqual([again.status, again.text, again.headers['idempotent-replayed']], [201, paid.text, 'true']);
            assert.equal((await t.pay({ amount: t.money(1) }, 'pay-1')).json.code, 'idempotency_key_reused');
            assert.deepEqual(await movedAt(t.host, paid.json.reference), [`payment ${one.total.amount + 1000}`], 'once, by the provider\'s books');
            // So much for the oldest, then all that is left.
            const part = await t.pay({ amount: t.money(200), method: first.id });
            assert.deepEqual(part.json.parts, [{ invoice: other.id, amount: t.money(200) }]);
            const rest = await t.pay({ method: second.id });
            assert.deepEqual([rest.json.state, rest.json.amount, await t.balance(other)], ['captured', t.money(total - one.total.amount - 1200), 0]);
            t.problem(await t.pay({ method: second.id }), 409, 'nothing_owed');

            const pdf = await t.get(`/payments/${paid.json.id}/receipt`);
            assert.deepEqual([pdf.status, pdf.headers['content-disposition']], [200, saved(`${paid.json.receipt}.pdf`)]);
            run(['refund-payment', '--tenant', tenant, '--payment', paid.json.id, '--amount', '5', '--reason', 'Rain', ...t.host.words]);
            const [refund] = (await t.get(`/refunds?account=${t.account}`)).json.data;
            assert.deepEqual([refund.payment, refund.kind, refund.state, refund.amount, refund.reason], [paid.json.id, 'refund', 'succeeded', t.money(500), 'Rain']);
            assert.equal((await t.get(`/refunds/${refund.id}/receipt`)).headers['content-disposition'], saved(`${refund.receipt}.pdf`));
            assert.deepEqual((await t.get(`/payments/${paid.json.id}`)).json.refunds, [refund]);

            const gone = await t.ask('DELETE', `/payment-methods/${second.id}`);
            assert.deepEqual([gone.status, gone.json.state], [200, 'removed']);
            assert.deepEqual(await list(), [['4242', true]]);
            assert.equal((await t.get(`/payment-methods/${second.id}`)).status, 404);
            assert.equal((await t.pay({ method: second.id })).status, 404);
        });

        test(`${tenant}: what became of a payment is said by its status, as case PA-10 has it, and what to do by its words`, async () => {
            const t = await till(tenant);
            const card = await t.keep('ok');
            const play = async (scenario) => { await t.host.sql(`UPDATE payments_method SET details = JSON_SET(details, '$.token', 'tok_${scenario}') WHERE tenant_id = '${tenant}' ORDER BY id DESC LIMIT 1`); };
            // PROCESSED and PENDING.
            assert.equal((await t.one(await t.charge(), card)).status, 201);
            await play('pending_paid');
            const pending = await t.one(await t.charge(), card);
            assert.deepEqual([pending.status, pending.json.state], [201, 'pending']);
            // ERROR: the bank said no.
            const invoice = await t.charge();
            for (const [scenario, code, kind] of [['insufficient_funds', 'declined_soft', 'soft'], ['stolen_card', 'declined_hard', 'hard']]) {
                await play(scenario);
                const key = randomUUID();
                const answer = await t.one(invoice, card, key);
                const problem = t.problem(answer, 402, code);
                assert.deepEqual([problem.decline.class, problem.payment.state, problem.payment.decline], [kind, 'declined', problem.decline]);
                assert.equal(typeof problem.decline.advice, 'string');
                assert.equal((await t.one(invoice, card, key)).text, answer.text, 'that is the answer for good');
                assert.deepEqual(await movedAt(t.host, problem.payment.reference), []);
            }
            // CANCELED: the provider did nothing. A repeat begins again.
            await play('ok');
            const key = randomUUID();
            await t.fault('rate_limited');
            const refused = await t.one(invoice, card, key);
            const failed = t.problem(refused, 502, 'provider_failed');
            assert.deepEqual([failed.payment.state, refused.headers['retry-after']], ['failed', '2'], refused.text);
            const retried = await t.one(invoice, card, key);
            assert.deepEqual([retried.status, retried.json.state], [201, 'captured'], retried.text);
            assert.notEqual(retried.json.id, failed.payment.id);
            assert.deepEqual([await movedAt(t.host, failed.payment.reference), await movedAt(t.host, retried.json.reference)], [[], [`payment ${invoice.total.amount}`]]);
            // UNDEFINED: charged, and nobody heard of it. A repeat asks, and charges nothing.
            const last = await t.charge();
            const open = randomUUID();
            await t.fault('reset_after_commit');
            const unknown = await t.one(last, card, open);
            const problem = t.problem(unknown, 503, 'payment_unknown');
            assert.deepEqual([problem.payment.state, unknown.headers['retry-after']], ['unknown', '5']);
            t.problem(await t.one(last, card), 409, 'under_way');
            const known = await t.one(last, card, open);
            assert.deepEqual([known.status, known.json.state, known.json.id], [201, 'captured', problem.payment.id], known.text);
            assert.deepEqual(await movedAt(t.host, known.json.reference), [`payment ${last.total.amount}`]);
        });

        test(`${tenant}: a new card pays on the provider's page, or is let go; one payment at a time`, async () => {
            const t = await till(tenant);
            const cards = await cardsOf(t.host);
            const invoice = await t.charge();
            const begun = await t.pay({ invoices: [{ invoice: invoice.id }] });
            assert.deepEqual([begun.status, begun.json.state], [201, 'requires_action'], begun.text);
            assert.ok(begun.json.next_action.return_url.startsWith(t.host.url(tenant, '/payments/return/')));
            const shown = (await t.get(`/payments/${begun.json.id}`)).json;
            assert.deepEqual(shown.next_action, { type: 'redirect', method: 'GET', url: begun.json.next_action.url });
            t.problem(await t.pay({ invoices: [{ invoice: invoice.id }] }), 409, 'under_way');
            const cancelled = await t.ask('POST', `/payments/${begun.json.id}/cancel`);
            assert.deepEqual([cancelled.status, cancelled.json.state, cancelled.json.next_action], [200, 'cancelled', null], cancelled.text);
            assert.equal((await t.ask('POST', `/payments/${begun.json.id}/cancel`)).json.state, 'cancelled', 'once more changes nothing');

            const methods = async () => (await t.get(`/payment-methods?account=${t.account}`)).json.data.map((one) => one.last4);
            assert.deepEqual(await methods(), []);
            const again = await t.pay({ invoices: [{ invoice: invoice.id }], keep_method: true });
            await t.type(again.json.next_action.url, { number: cards.challenge, action: 'pay' });
            await t.type(again.json.next_action.url, { action: 'confirm' });
            const paid = await t.asked(`/payments/${again.json.id}`, 'captured');
            assert.deepEqual([paid.processed, await t.balance(invoice)], [t.money(invoice.total.amount), 0]);
            assert.deepEqual(await methods(), [cards.challenge.replaceAll(' ', '').slice(-4)], 'kept, since that was wanted');
            t.problem(await t.ask('POST', `/payments/${again.json.id}/cancel`), 409, 'not_waiting');
        });

        test(`${tenant}: staff takes it on the card that is charged first, and it says whose doing that was`, async () => {
            const t = await till(tenant);
            const invoice = await t.charge();
            const take = () => t.pay({ origin: 'staff', invoices: [{ invoice: invoice.id }] });
            t.problem(await take(), 409, 'no_method');
            const card = await t.addCard((await cardsOf(t.host)).ok);
            const taken = await take();
            assert.deepEqual([taken.status, taken.json.origin, taken.json.method, taken.json.state, await t.balance(invoice)], [201, 'staff', card.id, 'captured', 0], taken.text);
            const mine = await t.one(await t.charge(), card.id);
            assert.equal(mine.json.origin, 'customer');
            t.host.sql(`UPDATE payments_method SET details = JSON_SET(details, '$.expiry_year', 2020) WHERE tenant_id = '${tenant}' AND account_id = (SELECT account_id FROM payments_payment WHERE tenant_id = '${tenant}' ORDER BY id DESC LIMIT 1)`);
            assert.equal((await t.get(`/payment-methods/${card.id}`)).json.state, 'expired', 'as its owner sees it');
        });

        test(`${tenant}: a bank that is reached by a form gets its fields from whoever asked`, async () => {
            const t = await till(tenant);
            const card = await t.keep('challenge_by_post');
            const invoice = await t.charge();
            const begun = await t.one(invoice, card, 'by-form');
            assert.deepEqual([begun.status, begun.json.state, begun.json.next_action.method], [201, 'requires_action', 'POST'], begun.text);
            const { url, fields } = begun.json.next_action;
            assert.deepEqual(Object.keys(fields).sort(), ['MD', 'PaReq', 'TermUrl']);
            assert.deepEqual((await t.get(`/payments/${begun.json.id}`)).json.next_action, { type: 'redirect', method: 'POST', url, fields });
            const page = new URL(await t.type(url, fields), url).href;
            await t.type(page, { action: 'confirm' });
            assert.equal((await t.asked(`/payments/${begun.json.id}`, 'captured')).next_action, null);
            assert.equal((await t.one(invoice, card, 'by-form')).text, begun.text, 'a repeat is told the same');
        });

        test(`${tenant}: automatic payment takes what is due, also of whoever had promised to pay later`, async () => {
            const t = await till(tenant);
            const path = `/accounts/${t.account}/automatic-payment`;
            assert.deepEqual((await t.get(path)).json, { account: t.account, on: false, tries: 0, next_try: null });
            const standing = async () => (await t.get(`/accounts/${t.account}/payment-standing`)).json;
            const clear = { account: t.account, state: 'clear', step: null, pays_by: null, pays_automatically: false, tries: 0, next_try: null };
            assert.deepEqual(await standing(), clear);
            t.problem(await t.ask('PUT', path, { on: true }), 409, 'no_method');
            t.problem(await t.ask('POST', `/accounts/${t.account}/payment-promise`, { pays_by: today(t, 3) }), 409, 'nothing_due');
            const invoice = await t.charge();
            t.host.sql(`UPDATE invoices_document SET due_on = due_on - INTERVAL 90 DAY WHERE tenant_id = '${tenant}' AND number = '${invoice.number}'`);
            assert.equal((await t.ask('POST', `/accounts/${t.account}/payment-promise`, { pays_by: '2020-02-02' })).json.errors[0].field, 'pays_by');
            const promised = await t.ask('POST', `/accounts/${t.account}/payment-promise`, { pays_by: today(t, 3) });
            assert.deepEqual([promised.status, promised.json], [201, { pays_by: today(t, 3) }], promised.text);
            t.problem(await t.ask('POST', `/accounts/${t.account}/payment-promise`, { pays_by: today(t, 4) }), 409, 'promised');
            assert.deepEqual(await standing(), { ...clear, pays_by: today(t, 3) });

            const card = await t.addCard((await cardsOf(t.host)).ok);
            const on = await t.ask('PUT', path, { on: true });
            assert.deepEqual([on.status, on.json.on], [200, true], on.text);
            const [payment] = (await t.get(`/payments?account=${t.account}`)).json.data;
            assert.deepEqual([payment.origin, payment.state, payment.method, await t.balance(invoice)], ['automatic', 'captured', card.id, 0]);
            t.problem(await t.ask('DELETE', `/payment-methods/${card.id}`), 409, 'last_method');
            assert.equal((await t.ask('PUT', path, { on: false })).json.on, false);
            assert.equal((await t.ask('DELETE', `/payment-methods/${card.id}`)).json.state, 'removed');
        });
    }

    test('what is not the caller\'s is not there, whatever it is asked by', async () => {
        const [mine, theirs] = [await till('harbor'), await till('lumen')];
        const stranger = await new Till(world(), 'harbor').open('Nachbar');
        const cards = await cardsOf(mine.host);
        const [card, foreign] = [await mine.addCard(cards.ok), await theirs.addCard(cards.ok)];
        const invoice = await mine.charge();
        const waiting = (await mine.pay({ amount: mine.money(100) })).json;
        const same = [];
        for (const id of [waiting.id, `pay_${NOBODY}`, 'nonsense']) {
            same.push(await theirs.get(`/payments/${id}`), await theirs.get(`/payments/${id}/receipt`), await theirs.ask('POST', `/payments/${id}/cancel`));
        }
        for (const id of [card.id, `pm_${NOBODY}`, 'nonsense'])
            same.push(await theirs.get(`/payment-methods/${id}`), await theirs.ask('POST', `/payment-methods/${id}/default`), await theirs.ask('DELETE', `/payment-methods/${id}`));
        for (const id of [mine.account, `acc_${NOBODY}`])
            same.push(await theirs.get(`/payment-methods?account=${id}`), await theirs.ask('POST', '/payment-methods', { account: id }), await theirs.get(`/accounts/${id}/automatic-payment`), await theirs.get(`/accounts/${id}/payment-standing`),
                await theirs.ask('PUT', `/accounts/${id}/automatic-payment`, { on: false }), await theirs.ask('POST', `/accounts/${id}/payment-promise`, { pays_by: '2030-01-01' }),
                await theirs.ask('POST', '/payments/pay', { account: id, amount: theirs.money(100) }));
        same.push(await theirs.get(`/refunds/ref_${NOBODY}/receipt`), await mine.get(`/payments/${waiting.id}/receipt`));
        // The card of another account of the same tenant, and of another tenant.
        await stranger.charge();
        for (const method of [card.id, foreign.id, `pm_${NOBODY}`]) same.push(await stranger.pay({ method }));
        for (const answer of same) assert.deepEqual([answer.status, answer.json.code], [404, 'not_found'], answer.text);
        assert.equal((await mine.get(`/payment-methods/${card.id}`)).json.state, 'active');
        assert.equal((await mine.get(`/payments/${waiting.id}`)).json.state, 'requires_action');
        // An invoice of somebody else is as little owed here as one that there is not.
        const refused = [];
        for (const id of [invoice.id, (await theirs.charge()).id, `inv_${NOBODY}`]) refused.push(await stranger.pay({ invoices: [{ invoice: id }] }));
        for (const answer of refused) assert.deepEqual([answer.status, answer.json.errors[0].code, answer.json.errors[0].field], [422, 'not_owed', 'invoices'], answer.text);
        assert.deepEqual((await stranger.get(`/payments?account=${stranger.account}`)).json.data, []);
    });

    test('a key that may read payments moves no money; without an Idempotency-Key nobody does', async () => {
        const t = await till('harbor');
        const invoice = await t.charge();
        const reader = new Program(t.host, t.checker, 'harbor', 'payments:read');
        const calls = [['POST', '/payments/pay', { account: t.account, amount: t.money(100) }], ['POST', `/payments/pay_${NOBODY}/cancel`], ['POST', '/payment-methods', { account: t.account }],
            ['DELETE', `/payment-methods/pm_${NOBODY}`], ['PUT', `/accounts/${t.account}/automatic-payment`, { on: false }]];
        for (const [method, path, body] of calls) {
            const answer = await reader.call(method, `/api/v1${path}`, { body, headers: { 'Idempotency-Key': 'x' } });
            assert.deepEqual([answer.status, answer.json.code], [403, 'missing_scope'], path);
            const bare = await t.ask(method, path, body, null);
            assert.deepEqual([bare.status, bare.json.code], [422, 'missing_idempotency_key'], path);
        }
        for (const path of ['/payments', '/refunds', `/payment-methods?account=${t.account}`]) assert.equal((await reader.get(`/api/v1${path}`)).status, 200);
        const blind = new Program(t.host, t.checker, 'harbor', 'accounts:read');
        for (const path of ['/payments', '/refunds', `/payment-methods?account=${t.account}`]) assert.equal((await blind.get(`/api/v1${path}`)).status, 403);
        for (const [body, code, field] of [[{ amount: t.money(0) }, 'amount', 'amount'], [{ amount: t.money(10_000_000) }, 'more_than_owed', 'amount'],
            [{ invoices: [{ invoice: invoice.id, amount: t.money(10_000_000) }] }, 'more_than_owed', 'amount'],
            [{ amount: t.money(1), invoices: [{ invoice: invoice.id }] }, 'amount_or_invoices', 'amount'], [{ amount: { amount: 1, currency: 'XXQ' } }, 'currency', 'amount'],
            [{ invoices: [{ invoice: invoice.id }, { invoice: invoice.id }] }, undefined, undefined]]) {
            const answer = await t.pay(body);
            assert.equal(answer.status, 422, answer.text);
            if (code) assert.deepEqual([answer.json.errors[0].code, answer.json.errors[0].field], [code, field], answer.text);
        }
        assert.equal(await t.balance(invoice), invoice.total.amount);
    });

    test('the commands do the same, and say what came of it', async () => {
        const t = await till('harbor');
        const cli = (...words) => run([...words, '--tenant', 'harbor', ...t.host.words]).trim();
        const refused = (why, ...words) => assert.throws(() => cli(...words), (error) => error.status === 1 && error.stdout.includes(say('payments', t.language, `error.${why}`)));
        const of = ['--account', t.account];
        refused('nothing_owed', 'pay-invoices', ...of);
        const invoice = await t.charge();
        refused('no_method', 'pay-invoices', ...of);
        const [id, url] = cli('add-payment-method', ...of).split(/\s+/);
        await t.type(url, { number: (await cardsOf(t.host)).ok, action: 'pay' });
        await t.asked(`/payment-methods/${id}`, 'active');
        assert.match(cli('list-payment-methods', ...of), new RegExp(`^${id}  active +visa 4242  2034-\\d\\d  charged first$`));
        const paid = JSON.parse(cli('pay-invoices', ...of, '--invoice', invoice.id, '--amount', '1.00', '--json'));
        assert.deepEqual([paid.state, paid.amount, await t.balance(invoice)], ['captured', '1.00 EUR', invoice.total.amount - 100]);
        assert.deepEqual(await movedAt(t.host, paid.reference), ['payment 100']);
        assert.ok(cli('list-payments', ...of).startsWith(`${paid.payment}  captured`));
        assert.equal(cli('list-refunds', ...of), 'There are none.');
        const waiting = (await t.pay({ invoices: [{ invoice: invoice.id }] })).json;
        refused('under_way', 'pay-invoices', ...of);
        assert.equal(cli('cancel-payment', '--payment', waiting.id), `${waiting.id} is cancelled`);
        assert.match(cli('automatic-payment', ...of, '--on'), /by itself/);
        refused('last_method', 'remove-payment-method', ...of, '--method', id);
        cli('automatic-payment', ...of, '--off');
        assert.match(cli('default-payment-method', ...of, '--method', id), /charged first/);
        assert.match(cli('remove-payment-method', ...of, '--method', id), /removed/);
        assert.equal(cli('list-payment-methods', ...of), 'There are none.');
    });

    test('a provider that fails again and again is left alone for a while, and it is said for how long', async () => {
        const t = await till('northwind');
        // Its helper dies in the middle of a call, five times on end: what looks up meanwhile and works begins the count anew,
        // and the house looks every quarter of a minute.
        let last;
        for (let i = 0; i < 20 && last !== 'provider_rests'; i++) {
            await t.fault('hang_before_commit', 'POST /v1/setups', { milliseconds: 1500 });
            const call = t.ask('POST', '/payment-methods', { account: t.account });
            await new Promise((resolve) => setTimeout(resolve, 400));
            for (const helper of childrenOf(t.host.child.pid, 'livery-plugin-host')) process.kill(helper, 'SIGKILL');
            last = (await call).json.code;
            // On a busy machine the helper may die before the call has left: that one failed, and nobody has to ask.
            assert.ok(['method_unknown', 'method_failed', 'provider_rests'].includes(last), last);
        }
        await t.noFaults();
        const answer = await t.ask('POST', '/payment-methods', { account: t.account });
        t.problem(answer, 503, 'provider_rests');
        assert.equal(answer.headers['retry-after'], '30');
        const invoice = await t.charge();
        const rested = await t.pay({ invoices: [{ invoice: invoice.id }] });
        assert.equal(t.problem(rested, 503, 'provider_rests').payment.state, 'failed');
        assert.equal(rested.headers['retry-after'], '30');
    });
}

// A day that comes, on the tenant's own calendar.
function today(t, later) {
    const now = t.host.now?.(t.tenant) ?? Date.now();
    return new Date(now + later * 86400e3).toISOString().slice(0, 10);
}
