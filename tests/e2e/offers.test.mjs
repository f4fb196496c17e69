// What is offered for a subscription is what would be accepted, in every state that it can be in.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchBrowser } from './browser.mjs';
import { Client, LOGINS, startHost, sleep } from './host.mjs';
import { sellOddPlans } from './odd_plans.mjs';
import { signIn } from './people.mjs';
import { PLANS, buy, preview, submit } from './shopping.mjs';

const LOCALES = { harbor: 'de-DE', northwind: 'es-US', lumen: 'ar-AE' };
let host;
let browser;

before(async () => {
    host = await startHost({ beforeStart: sellOddPlans });
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    await host?.stop();
});

async function person(tenant) {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: LOCALES[tenant], viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await signIn(host, tab, tenant, LOGINS[tenant]);
    return tab;
}
const offered = (tab) => tab.$$eval('main .actions a', (links) => links.map((link) => link.getAttribute('href').split('/').pop()));

for (const tenant of Object.keys(PLANS)) {
    const [small, large] = PLANS[tenant];

    test(`${tenant}: what is offered is accepted, what is not is refused in words`, async () => {
        const tab = await person(tenant);
        const client = new Client(host, tenant);
        client.cookies = new Map((await tab.context().cookies()).map(({ name, value }) => [name, value]));
        const ACTIONS = ['change', 'add-ons', 'quantity', 'billing-day', 'pause', 'resume', 'cancel', 'keep', 'keep-plan'];
        const state = async (subscription, what, expected, tried = ACTIONS) => {
            await tab.goto(subscription);
            const can = await offered(tab);
            if (expected) assert.deepEqual(can, expected, what);
            const path = new URL(subscription).pathname;
            for (const action of tried) {
                const form = await client.get(`${path}/${action}`);
                const option = /<select id="plan".*?<option value="([^"]+)"/s.exec(form.text)?.[1] ?? large;
                const day = /id="day"[^>]*value="9"/.test(form.text) ? '8' : '9';
                // Each time that is offered; where none is, any.
                const whens = [.../<select id="when".*?<\/select>/s.exec(form.text)?.[0].matchAll(/<option value="([^"]+)"/g) ?? []].map((found) => found[1]);
                let answer;
                for (const when of whens.length > 0 ? whens : ['term']) {
                    answer = await client.postPatiently(`${path}/${action}`, { plan: option, quantity: '9', day, until: '', when, reason: 'other' });
                    assert.equal(answer.status, can.includes(action) ? 200 : 422, `${what}: ${action} ${when}`);
                }
                if (what === 'active' && action === 'quantity') assert.deepEqual(whens, ['now', 'term']);
                if (what === 'cancelling' && action === 'quantity') assert.deepEqual(whens, ['now'], 'nothing begins at its end');
                if (can.includes(action)) {
                    assert.equal(form.status, 200, `${what}: the form of ${action}`);
                    assert.match(answer.text, /name="token" value="quo_/, `${what}: ${action} has a price`);
                } else {
                    assert.equal(form.status, 422, `${what}: the form of ${action}`);
                    assert.match(answer.text, /class="error-summary"[^]*?<li><a href="#[\w-]+">[^<.]+[^<]*<\/a>/, `${what}: ${action}`);
                }
            }
            await sleep(4000);
        };
        const act = async (subscription, action, fields) => {
            await preview(tab, subscription, action, fields);
            await submit(tab);
            assert.equal(tab.url(), subscription, action);
        };
        const one = await buy(host, tab, tenant, large);
        await state(one, 'active', ['change', 'add-ons', 'quantity', 'billing-day', 'pause', 'cancel']);
        await act(one, 'change', { plan: small });
        await state(one, 'changing', ['keep-plan', 'change', 'add-ons', 'quantity', 'billing-day', 'pause', 'cancel']);
        await act(one, 'keep-plan');
        await act(one, 'pause');
        await state(one, 'paused', ['billing-day', 'resume', 'cancel']);
        await act(one, 'resume');
        // Until it ends it can be used as before, so more of it can be had; what would begin after the end cannot.
        await act(one, 'cancel', { when: 'term', reason: 'moving' });
        await state(one, 'cancelling');
        await act(one, 'keep');
        await act(one, 'cancel', { when: 'now', reason: 'moving' });
        await state(one, 'cancelled', []);
        await state(await buy(host, tab, tenant, 'probe_weekly'), 'weekly', undefined, ['billing-day', 'quantity']);
        assert.ok(!(await offered(tab)).includes('billing-day'), 'a week has no day of the month');
        await state(await buy(host, tab, tenant, 'probe_calendar'), 'by the calendar', undefined, ['billing-day', 'quantity']);
        assert.ok(!(await offered(tab)).includes('billing-day'), 'the calendar is nobody\'s own');
        const base = await buy(host, tab, tenant, small);
        await preview(tab, base, 'add-ons');
        await submit(tab);
        await state(tab.url(), 'an add-on', undefined, ['billing-day', 'quantity', 'pause', 'add-ons']);
        assert.deepEqual((await offered(tab)).filter((action) => ['pause', 'billing-day', 'add-ons'].includes(action)), [], 'it goes with its base');
        await tab.context().close();
    });
}
