// Where the people of a business work: invited, let in by two steps, allowed what their roles allow.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { launchBrowser } from './browser.mjs';
import { Client, LOGINS, startHost } from './host.mjs';
import { LANGUAGE, PASSWORD, here, inside, invite, join, listStaff, submit, tabOf } from './staff.mjs';

let host, browser;
before(async () => { host = await startHost(); browser = await launchBrowser(); });
after(async () => { await browser?.close(); await host?.stop(); });

const heading = (tab) => tab.textContent('h1');

for (const tenant of Object.keys(LANGUAGE)) {
    test(`${tenant}: the first one is invited at the command line, invites others, and stays an owner (JavaScript off)`, async () => {
        const printed = invite(host, tenant, `nils@${tenant}.example`, 'owner', 'Nils Ahrens');
        const link = here(host, tenant, printed);
        const letter = await host.mailTo(`nils@${tenant}.example`);
        assert.ok(letter.plain.includes(printed), 'the link that was printed went by mail too');
        assert.doesNotMatch(letter.raw + letter.plain + letter.html, /livery/i, 'nothing names the platform');
        const owner = await tabOf(browser, tenant);
        await owner.goto(host.url(tenant, '/console/staff'));
        assert.match(owner.url(), /\/console\/sign-in\?next=\/console\/staff$/, 'nothing is open to strangers');
        await owner.goto(link);
        assert.match(await owner.textContent('main'), /Nils Ahrens/);
        await owner.fill('#password', 'short');
        await submit(owner);
        assert.equal(await owner.locator('.error-summary a[href="#password"]').count(), 1);
        await join(owner, link, `nils@${tenant}.example`, async (page) => {
            if (page !== 'set-up') return;
            assert.match(owner.url(), /\/console\/sign-in\/set-up$/);
            await owner.goto(host.url(tenant, '/console/staff'));
            assert.match(owner.url(), /\/console\/sign-in\/set-up$/, 'nothing is open before the second step is set up');
            await owner.fill('#code', '000000');
            await submit(owner);
            assert.equal(await owner.locator('#code-error').count(), 1);
        });
        assert.equal(new URL(owner.url()).pathname, '/console');
        assert.match(await heading(owner), /Nils Ahrens/);
        await owner.goto(link);
        assert.equal(await owner.locator('#password').count(), 0, 'an invitation works once');

        // The same person is nobody in the portal, and a subscriber is nobody here.
        const subscriber = new Client(host, tenant);
        await subscriber.get('/sign-in');
        assert.equal((await subscriber.post('/sign-in', { email: `nils@${tenant}.example`, password: PASSWORD })).status, 422);
        await subscriber.get('/console/sign-in');
        assert.equal((await subscriber.post('/console/sign-in', LOGINS[tenant])).status, 422);

        await owner.goto(host.url(tenant, '/console/staff'));
        const everybody = await owner.locator('tbody tr').count();
        await owner.click('main a.btn-primary');
        await owner.fill('#name', 'Ada <i>Quist</i>');
        await owner.fill('#email', `ada@${tenant}.example`);
        await submit(owner);
        assert.equal(await owner.locator('.error-summary li').count(), 1, 'somebody without a role could do nothing');
        assert.equal(await owner.inputValue('#name'), 'Ada <i>Quist</i>', 'what was typed is kept');
        await owner.check('#role_agent');
        await submit(owner);
        assert.equal(await heading(owner), 'Ada <i>Quist</i>', 'typed markup is text');
        const page = new URL(owner.url()).pathname;
        const mail = await host.mailTo(`ada@${tenant}.example`);
        const [adasLink] = /http:\S+\/console\/invitation\S+/.exec(mail.plain);
        await owner.goto(host.url(tenant, '/console/staff?state=invited'));
        assert.equal(await owner.locator('tbody tr').count(), 1);
        await owner.goto(host.url(tenant, '/console/staff?q=ADA%20%3C'));
        assert.equal(await owner.locator('tbody tr').count(), 1, 'found by the name');
        await owner.goto(host.url(tenant, '/console/staff?q=nobody-of-this-name'));
        assert.equal(await owner.locator('tbody tr').count(), 0);
        assert.ok(await owner.locator('.empty').count() > 0);
        await owner.goto(host.url(tenant, '/console/staff?sort=-email'));
        const addresses = await owner.locator('tbody tr td:nth-child(2)').allTextContents();
        assert.equal(addresses.length, everybody + 1);
        assert.deepEqual(addresses, [...addresses].sort().reverse());

        const ada = await tabOf(browser, tenant);
        await join(ada, adasLink, `ada@${tenant}.example`);
        await ada.goto(host.url(tenant, '/console/staff'));
        assert.equal(await ada.locator('tbody tr').count(), everybody + 1, 'an agent sees who works here');
        assert.equal(await ada.locator('main a[href="/console/staff/invite"]').count(), 0, 'and is offered no more');
        const refused = await ada.goto(host.url(tenant, '/console/staff/invite'));
        assert.equal(refused.status(), 403);
        assert.equal(await ada.locator('.console-side a[href="/console/staff"]').count(), 1, 'the way back is there');

        await owner.goto(host.url(tenant, page + '/roles'));
        await owner.check('#role_billing');
        await owner.uncheck('#role_agent');
        await submit(owner);
        assert.equal(await owner.locator('.notice').count(), 1);
        assert.equal(await owner.locator('.role').count(), 1);
        await owner.click(`form[action="${page}/close"] button`);
        await ada.goto(host.url(tenant, '/console'));
        assert.match(ada.url(), /\/console\/sign-in$/, 'closed means signed out at once');
        await owner.click(`form[action="${page}/reopen"] button`);
        assert.equal(await owner.locator(`form[action="${page}/close"]`).count(), 1);
    });
}

test('a tenant keeps one owner, whoever asks', async () => {
    const client = await inside(host, 'lumen', 'owner@lumen.example', 'owner', 'Only Owner');
    const list = listStaff(host, 'lumen');
    const own = list.find((one) => one.email === 'owner@lumen.example');
    for (const { id } of list.filter((one) => one.id !== own.id && one.roles.includes('owner'))) {
        await client.get(`/console/staff/${id}`);
        assert.equal((await client.post(`/console/staff/${id}/close`)).status, 303);
    }
    await client.get(`/console/staff/${own.id}/roles`);
    const last = await client.post(`/console/staff/${own.id}/roles`, { role_agent: '1' });
    assert.equal(last.status, 422);
    assert.match(last.text, /href="#role_/, 'and says why');
    await client.get(`/console/staff/${own.id}`);
    await client.post(`/console/staff/${own.id}/close`);
    assert.equal(listStaff(host, 'lumen').find((one) => one.id === own.id).state, 'active');
});
