// What the console keeps from whom, a login that was lost, and how its pages look to everybody.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { inspectorOf } from './accessibility.mjs';
import { launchBrowser } from './browser.mjs';
import { Client, LOGINS, startHost } from './host.mjs';
import { here, inside, invite, join, listStaff, tabOf } from './staff.mjs';

let host, browser;
before(async () => { host = await startHost(); browser = await launchBrowser(); });
after(async () => { await browser?.close(); await host?.stop(); });


test('nobody hands out more than they have, and nobody is reached from elsewhere', async () => {
    const agent = await inside(host, 'harbor', 'agent@harbor.example', 'agent');
    const list = listStaff(host, 'harbor');
    const own = list.find((one) => one.email === 'agent@harbor.example');
    const owner = list.find((one) => one.roles.includes('owner'));
    for (const [path, fields] of [[`/console/staff/${own.id}/roles`, { role_owner: '1' }], [`/console/staff/${owner.id}/close`, {}], [`/console/staff/${owner.id}/remove-second-factor`, {}],
        ['/console/staff/invite', { name: 'X', email: 'x@harbor.example', role_owner: '1' }]]) {
        await agent.get('/console/staff');
        assert.equal((await agent.post(path, fields)).status, 403, path);
    }
    assert.deepEqual(listStaff(host, 'harbor'), list, 'nothing was changed');
    assert.doesNotMatch((await agent.get(`/console/staff/${owner.id}`)).text, /id="h-log"/, 'what a login did is not everybody\'s to read');
    const chief = await inside(host, 'harbor', 'chief@harbor.example', 'owner');
    const [foreign] = listStaff(host, 'northwind');
    const plain = (answer) => answer.text.replace(/<code>[0-9a-f]{32}<\/code>/, '').replaceAll(/value="[^"]*"/g, '');
    const nowhere = await chief.get(`/console/staff/usr_${'1'.repeat(22)}`);
    const theirs = await chief.get(`/console/staff/${foreign.id}`);
    assert.deepEqual([nowhere.status, theirs.status], [404, 404]);
    assert.equal(plain(theirs).replaceAll(foreign.id, ''), plain(nowhere).replaceAll(`usr_${'1'.repeat(22)}`, ''), '"not yours" is "not there"');
    await chief.get('/console/staff');
    assert.equal((await chief.post(`/console/staff/${foreign.id}/close`)).status, 404);
    // One browser, both doors: neither cookie is taken for the other.
    const token = chief.cookies.get('staff_session');
    await chief.signIn();
    assert.equal((await chief.get('/')).status, 200);
    assert.equal((await chief.get('/console')).status, 200);
    assert.equal(chief.cookies.get('staff_session'), token);
    const swapped = new Client(host, 'harbor');
    swapped.cookies.set('session', token);
    assert.equal((await swapped.get('/profile')).headers.location, '/sign-in?next=/profile', 'a session of the console opens nothing of the portal');
    swapped.cookies.set('staff_session', chief.cookies.get('session'));
    assert.equal((await swapped.get('/console')).headers.location, '/console/sign-in');
    const elsewhere = new Client(host, 'northwind');
    elsewhere.cookies.set('staff_session', token);
    assert.equal((await elsewhere.get('/console')).headers.location, '/console/sign-in', 'nor of another tenant');
    const shown = await chief.get(`/console/staff/${own.id}`);
    assert.match(shown.text.replace(/<[^>]+>/g, ' '), /agent@harbor\.example/);
    // A stolen session must not set up a phone of its own.
    const self = listStaff(host, 'harbor').find((one) => one.email === 'chief@harbor.example');
    await chief.post(`/console/staff/${self.id}/remove-second-factor`);
    assert.equal(listStaff(host, 'harbor').find((one) => one.id === self.id).second_factor, true);
});

test('a lost phone, a lost password, and what a login did', async () => {
    const chief = await inside(host, 'northwind', 'chief@northwind.example', 'owner', 'Carol Chief');
    const lost = await inside(host, 'northwind', 'lost@northwind.example', 'billing', 'Lou Lost');
    const { id } = listStaff(host, 'northwind').find((one) => one.email === 'lost@northwind.example');
    await chief.get(`/console/staff/${id}`);
    assert.equal((await chief.post(`/console/staff/${id}/remove-second-factor`)).status, 303);
    assert.equal((await lost.get('/console')).headers.location, '/console/sign-in');
    assert.match((await host.mailTo('lost@northwind.example', { saying: 'set it up anew' })).plain, /tell them at once/);
    await lost.get('/console/forgot-password');
    await lost.post('/console/forgot-password', { email: 'lost@northwind.example' });
    const [reset] = /\/console\/reset-password\?token=[\w-]+/.exec((await host.mailTo('lost@northwind.example', { saying: 'reset-password' })).plain);
    await lost.get(reset);
    assert.equal((await lost.post(reset, { password: 'eleven-tin-whistles' })).headers.location, '/console/sign-in');
    await lost.get('/console/sign-in?next=/console/profile');
    assert.equal((await lost.post('/console/sign-in?next=/console/profile', { email: 'lost@northwind.example', password: 'eleven-tin-whistles' })).headers.location, '/console/sign-in/set-up?next=/console/profile');
    await host.ask({ host: 'northwind.localhost', path: '/console/forgot-password' });
    const stranger = new Client(host, 'northwind');
    await stranger.get('/console/forgot-password');
    assert.equal((await stranger.post('/console/forgot-password', { email: LOGINS.northwind.email })).status, 200);
    assert.match((await host.mailTo(LOGINS.northwind.email, { saying: 'nobody of the staff' })).plain, /nothing/, 'a subscriber is told by mail alone');
    const activity = (await chief.get('/console/profile/activity')).text.replace(/<[^>]+>/g, ' ');
    assert.match(activity, /Let somebody set up the second step anew/);
    assert.doesNotMatch(activity, /audit\./);
    // The console's own two-step page renews codes, and cannot be turned off.
    assert.equal((await chief.get('/console/profile/two-step')).status, 200);
    assert.equal((await chief.get('/console/profile/two-step/turn-off')).status, 404);
});

for (const [tenant, colorScheme] of [['harbor', 'light'], ['northwind', 'dark'], ['lumen', 'dark']]) {
    test(`${tenant} in ${colorScheme}: no accessibility violation, nothing wider than a phone`, async () => {
        const tab = await tabOf(browser, tenant, { javaScriptEnabled: true, bypassCSP: true, colorScheme });
        const inspect = inspectorOf(tab);
        await join(tab, here(host, tenant, invite(host, tenant, `axe@${tenant}.example`, 'owner', 'Alex Roe')), `axe@${tenant}.example`, inspect);
        for (const path of ['/console', '/console/staff', '/console/staff?q=zzz', '/console/staff/invite', '/console/profile', '/console/profile/two-step', '/console/profile/password', '/console/profile/activity', '/console/no-such-page']) {
            await tab.goto(host.url(tenant, path));
            await inspect(path);
        }
        await tab.goto(host.url(tenant, '/console/staff'));
        await tab.click('tbody th a');
        await inspect('member');
        await tab.goto(tab.url() + '/roles');
        await inspect('roles');
    });
}
