// What begins or ends on a later day; registered by replies.test.mjs, on its host, where lumen has a test clock that stands.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { PLANS } from '../e2e/shopping.mjs';

const plus = (day, days) => new Date(Date.parse(day) + days * 86400e3).toISOString().slice(0, 10);

export function later(world) {
    const customer = async (p, tenant) => {
        const made = await p.call('POST', '/api/v1/accounts', { body: { name: 'Later Ltd', customer_class: 'consumer', address: tenant === 'lumen'
            ? { line1: '1 Mill Lane', postal_code: 'CB2 1RX', city: 'Cambridge', country: 'GB' } : { line1: 'Kai 9', postal_code: '24103', city: 'Kiel', country: 'DE' } } });
        assert.equal(made.status, 201, made.text);
        return made.json.id;
    };

    test('a purchase for a later day waits, charges nothing, and begins on that day', async () => {
        const { programs } = world();
        const p = programs.lumen;
        const today = (await p.get('/api/v1/clock')).json.civil.slice(0, 10);
        const account = await customer(p, 'lumen');
        const purchase = { account, plan: PLANS.lumen[0], quantity: '2', name: 'PO 12', begins_on: plus(today, 10) };
        const quote = await p.call('POST', '/api/v1/subscriptions/preview', { body: purchase });
        assert.equal(quote.status, 200, quote.text);
        assert.deepEqual([quote.json.documents, quote.json.effective_at.slice(0, 10)], [[], purchase.begins_on]);
        assert.ok(quote.json.planned.total.amount > 0);
        assert.equal((await p.get(`/api/v1/orders?account=${account}`)).json.data.length, 0, 'a preview keeps nothing');
        const otherDay = await p.call('POST', '/api/v1/subscriptions', { body: { ...purchase, begins_on: plus(today, 11), quote: quote.json.quote } });
        assert.deepEqual([otherDay.status, otherDay.json.code], [409, 'preview_expired']);

        const placed = await p.call('POST', '/api/v1/subscriptions', { body: { ...purchase, quote: quote.json.quote } });
        assert.equal(placed.status, 201, placed.text);
        assert.equal(placed.json.subscription, null);
        const order = async () => (await p.get(`/api/v1/orders/${placed.json.order}`)).json;
        const waiting = await order();
        assert.deepEqual([waiting.status, waiting.billing_active_at.slice(0, 10), waiting.lines[0].activated_at], ['pending_billing', purchase.begins_on, null]);
        assert.deepEqual([waiting.subtotal, waiting.tax, waiting.total], [quote.json.planned.subtotal, quote.json.planned.tax, quote.json.planned.total]);
        const mine = async (kind) => (await p.get(`/api/v1/${kind}?account=${account}`)).json.data;
        assert.deepEqual([await mine('invoices'), await mine('subscriptions')], [[], []]);

        await p.call('POST', '/api/v1/clock/advance', { body: { to: plus(today, 9) + 'T23:00:00' } });
        assert.deepEqual([(await order()).status, await mine('invoices')], ['pending_billing', []], 'not a day early');
        await p.call('POST', '/api/v1/clock/advance', { body: { to: plus(today, 10) + 'T12:00:00' } });
        const begun = await order();
        assert.equal(begun.status, 'billing_active');
        const [subscription] = await mine('subscriptions');
        assert.equal(begun.lines[0].subscription, subscription.id);
        assert.deepEqual([subscription.started_at.slice(0, 10), subscription.state, subscription.quantity], [purchase.begins_on, 'active', '2']);
        const invoices = await mine('invoices');
        assert.deepEqual(invoices.map((one) => [one.issued_on, one.total]), [[purchase.begins_on, quote.json.planned.total]], 'what was planned is charged, on that day');
        const late = await p.call('POST', `/api/v1/orders/${placed.json.order}/cancel`);
        assert.deepEqual([late.status, late.json.code], [409, 'order_not_waiting']);
    });

    test('what waits is taken back; what cannot begin on its day keeps nothing else from beginning', async () => {
        const { programs } = world();
        const p = programs.lumen;
        const today = (await p.get('/api/v1/clock')).json.civil.slice(0, 10);
        const account = await customer(p, 'lumen');
        const buy = async (body) => {
            const done = await p.call('POST', '/api/v1/subscriptions', { body: { account, ...body } });
            assert.equal(done.status, 201, done.text);
            return done.json;
        };
        const ground = await buy({ plan: PLANS.lumen[0] });
        assert.ok(ground.subscription, 'from today on');
        const orphan = await buy({ plan: await addonOf(p), base: ground.subscription, begins_on: plus(today, 3) });
        const taken = await buy({ plan: PLANS.lumen[0], begins_on: plus(today, 3) });
        const stays = await buy({ plan: PLANS.lumen[1], begins_on: plus(today, 3) });
        const gone = await p.call('POST', `/api/v1/orders/${taken.order}/cancel`);
        assert.deepEqual([gone.status, gone.json.status], [200, 'cancelled'], gone.text);
        const twice = await p.call('POST', `/api/v1/orders/${taken.order}/cancel`);
        assert.deepEqual([twice.status, twice.json.code, twice.json.detail], [409, 'order_cancelled', 'It has been cancelled'], twice.text);
        assert.equal((await programs.harbor.call('POST', `/api/v1/orders/${stays.order}/cancel`)).status, 404);
        const ended = await p.call('POST', `/api/v1/subscriptions/${ground.subscription}/changes`, { body: { account, change: 'cancel', when: 'now' } });
        assert.equal(ended.status, 200, ended.text);
        await p.call('POST', '/api/v1/clock/advance', { body: { to: plus(today, 5) } });
        const status = async ({ order }) => (await p.get(`/api/v1/orders/${order}`)).json.status;
        assert.deepEqual([await status(orphan), await status(taken), await status(stays)], ['pending_billing', 'cancelled', 'billing_active']);
        assert.equal((await p.call('POST', `/api/v1/orders/${orphan.order}/cancel`)).json.status, 'cancelled');
    });

    test('an add-on ends with its base, also on a page without it, and a page is one query', async () => {
        const { host, programs } = world();
        const p = programs.lumen;
        const account = await customer(p, 'lumen');
        const buy = async (body) => (await p.call('POST', '/api/v1/subscriptions', { body: { account, ...body } })).json.subscription;
        const base = await buy({ plan: PLANS.lumen[0] });
        for (let i = 0; i < 6; i++) assert.ok(await buy({ plan: await addonOf(p), base }));
        const ended = await p.call('POST', `/api/v1/subscriptions/${base}/changes`, { body: { account, change: 'cancel', when: 'term_end', reason: 'moving' } });
        assert.equal(ended.status, 200, ended.text);
        const list = await p.all(`/api/v1/subscriptions?account=${account}`, 1);
        const { ends_at } = list.find((one) => one.id === base);
        const addons = list.filter((one) => one.base === base);
        assert.equal(addons.length, 6);
        for (const addon of addons) {
            assert.deepEqual([addon.state, addon.ends_at, addon.end_reason], ['cancelling', ends_at, 'base_ended']);
            assert.deepEqual((await p.get(`/api/v1/subscriptions/${addon.id}`)).json, addon);
        }
        // Others work beside us: the fewest of some tries are ours.
        const executed = () => Number(/Com_stmt_execute\s+(\d+)/.exec(host.sql("SHOW GLOBAL STATUS LIKE 'Com_stmt_execute'"))[1]);
        const statements = async (limit) => {
            const counts = [];
            for (let i = 0; i < 8; i++) {
                const before = executed();
                assert.equal((await p.get(`/api/v1/subscriptions?account=${account}&limit=${limit}`)).json.data.length, limit);
                counts.push(executed() - before);
            }
            return Math.min(...counts);
        };
        assert.equal(await statements(6), await statements(1));
    });

    test('days that cannot be are refused by the field', async () => {
        const { programs } = world();
        const p = programs.harbor;
        const today = (await p.get('/api/v1/clock')).json.civil.slice(0, 10);
        const account = await customer(p, 'harbor');
        const purchase = { account, plan: PLANS.harbor[0] };
        const refused = async (body, field, code) => {
            for (const path of ['/api/v1/subscriptions/preview', '/api/v1/subscriptions']) {
                const response = await p.call('POST', path, { body: { ...purchase, ...body } });
                assert.deepEqual([response.status, response.json.errors?.[0].field, response.json.errors?.[0].code], [422, field, code], response.text);
            }
        };
        await refused({ begins_on: plus(today, -1) }, 'begins_on', 'date_past');
        await refused({ begins_on: '0001-01-01' }, 'begins_on', 'date_past');
        await refused({ begins_on: plus(today, 732) }, 'begins_on', 'date_too_far');
        await refused({ begins_on: '9999-12-31' }, 'begins_on', 'date_too_far');
        await refused({ begins_on: '2027-02-29' }, 'begins_on', 'date');
        for (const wrong of ['soon', '2027-13-01', '2027-1-1', '2027-01-01T00:00:00']) await refused({ begins_on: wrong }, 'begins_on', 'malformed');
        await refused({ begins_on: plus(today, 5), coupon: 'WELCOME10' }, 'coupon', 'coupon_later');
        // What will stand in the way on that day is told when it is ordered.
        await refused({ begins_on: plus(today, 5), plan: 'no_such' }, 'plan', 'no_such_plan');
        await refused({ begins_on: plus(today, 5), currency: 'JPY' }, 'plan', 'not_in_this_currency');
        assert.equal((await p.get(`/api/v1/orders?account=${account}`)).json.data.length, 0);

        const now = await p.call('POST', '/api/v1/subscriptions', { body: { ...purchase, begins_on: today } });
        assert.ok(now.json.subscription, 'today is now');
        const path = `/api/v1/subscriptions/${now.json.subscription}/changes`;
        const change = (body) => p.call('POST', path, { body: { account, change: 'cancel', reason: 'moving', ...body } });
        for (const [body, field, code] of [[{ on: plus(today, -1) }, 'on', 'date_before_start'], [{ on: plus(today, 20), when: 'now' }, 'on', 'when_or_on'], [{ on: '2027-02-29' }, 'on', 'date'], [{}, 'when', 'missing'], [{ on: plus(today, 732) }, 'on', 'date_too_far'], [{ on: '9999-12-31' }, 'on', 'date_too_far']]) {
            const response = await change(body);
            assert.deepEqual([response.status, response.json.errors?.[0].field, response.json.errors?.[0].code], [422, field, code], response.text);
        }
        const old = (await p.all('/api/v1/subscriptions', 100)).find((one) => one.state === 'active' && one.started_at.slice(0, 10) < plus(today, -2));
        const past = await p.call('POST', `/api/v1/subscriptions/${old.id}/changes`, { body: { account: old.account, change: 'cancel', on: plus(today, -1) } });
        assert.deepEqual([past.status, past.json.errors?.[0].code], [422, 'date_past'], past.text);

        const quote = await p.call('POST', `${path}/preview`, { body: { account, change: 'cancel', on: plus(today, 20) } });
        assert.deepEqual([quote.status, quote.json.effective_at.slice(0, 10), quote.json.documents, quote.json.planned], [200, plus(today, 20), [], null], quote.text);
        const other = await change({ on: plus(today, 21), quote: quote.json.quote });
        assert.deepEqual([other.status, other.json.code], [409, 'preview_expired']);
        assert.equal((await change({ on: plus(today, 20) })).status, 200);
        const ending = (await p.get(`/api/v1/subscriptions/${now.json.subscription}`)).json;
        assert.deepEqual([ending.state, ending.ends_at.slice(0, 10), ending.end_reason], ['cancelling', plus(today, 20), 'moving']);
    });
}

// An add-on to what PLANS.lumen are of.
async function addonOf(p) {
    const { plans, products } = (await p.get('/api/v1/catalog')).json;
    const { product } = plans.find((one) => one.id === PLANS.lumen[0]);
    const addon = products.find((one) => one.addon_to.includes(product));
    return plans.find((one) => one.product === addon.id).id;
}
