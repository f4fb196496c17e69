// A ticket from both sides: asked for in the portal, answered in the console, solved and opened again.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { inspectorOf } from './accessibility.mjs';
import { launchBrowser } from './browser.mjs';
import { Client, LOGINS, startHost } from './host.mjs';
import { visitor } from './people.mjs';
import { LANGUAGE, here, inside, invite, join, submit, tabOf } from './staff.mjs';

const PRIORITY_LOW = { northwind: /Priority: Low/, harbor: /Dringlichkeit: Niedrig/, lumen: /Prioridad: Baja|الأولوية: منخفضة/ };
let host, browser;
before(async () => { host = await startHost(); browser = await launchBrowser(); });
after(async () => { await browser?.close(); await host?.stop(); });

for (const tenant of Object.keys(LANGUAGE)) {
    test(`${tenant}: asked, answered, solved and opened again (JavaScript off)`, async () => {
        const customer = await visitor(host, browser, tenant);
        await customer.goto(host.url(tenant, '/tickets'));
        assert.equal(await customer.locator('.empty').count(), 1, 'nothing was asked yet');
        await customer.goto(host.url(tenant, '/tickets/new'));
        await customer.fill('#subject', 'It does <b>not</b> ring');
        await submit(customer);
        assert.equal(await customer.locator('.error-summary li').count(), 2, 'what it is about, and the words');
        assert.equal(await customer.inputValue('#subject'), 'It does <b>not</b> ring', 'what was typed is kept');
        await customer.selectOption('#category', 'trouble');
        assert.deepEqual(await customer.locator('#priority option').evaluateAll((all) => all.map((one) => one.value)), ['', 'low', 'normal', 'high'], 'what is urgent is for the staff to say');
        await customer.selectOption('#priority', 'low');
        await customer.fill('#body', 'Since Monday.\nThe light is <i>red</i>.');
        await submit(customer);
        const path = new URL(customer.url()).pathname;
        assert.match(path, /^\/tickets\/tck_\w+$/);
        assert.match(await customer.textContent('.talk'), /The light is <i>red<\/i>\./, 'typed markup is text');
        assert.match(await customer.textContent('.eyebrow'), PRIORITY_LOW[tenant]);
        const [number] = /T-\d{4}-\d{6}/.exec(await customer.textContent('main'));
        assert.ok((await host.mailTo(LOGINS[tenant].email, { saying: number })).plain.includes(path), 'and a letter leads to it');

        const agent = await tabOf(browser, tenant);
        await join(agent, here(host, tenant, invite(host, tenant, `desk@${tenant}.example`, 'agent', 'Dora Desk')), `desk@${tenant}.example`);
        await agent.click('.work-lists a[href="/console/tickets"]');
        await agent.click(`tbody tr:has-text("${number}") th a`);
        const console_ = new URL(agent.url()).pathname;
        assert.match(await agent.textContent('main'), new RegExp(number));
        assert.equal(await agent.inputValue('#priority'), 'low', 'and not the category\'s');
        await agent.selectOption('#agent', { label: 'Dora Desk' });
        await agent.click('form[action$="/assign"] button');
        await agent.fill('#body', 'Only for us: the line was cut.');
        await agent.click('button[name=note]');
        await customer.goto(host.url(tenant, path));
        assert.doesNotMatch(await customer.textContent('main'), /Only for us/, 'a note is the staff\'s own');
        await agent.fill('#body', 'Please restart it.');
        await agent.selectOption('#state', 'waiting_for_customer');
        await agent.click('form[action$="/reply"] button.btn-primary');
        assert.ok((await host.mailTo(LOGINS[tenant].email, { after: 1, saying: number })).plain.includes(path));
        await customer.goto(host.url(tenant, path));
        assert.match(await customer.textContent('.talk'), /Please restart it\./);
        assert.equal(await customer.locator('.badge-paused').count(), 1, 'it waits for the customer');
        await customer.fill('#body', 'It rings again.');
        await submit(customer);
        assert.ok((await host.mailTo(`desk@${tenant}.example`, { saying: number })).plain.includes(console_), 'whose it is learns of the answer');
        await customer.click(`form[action="${path}/solve"] button`);
        assert.equal(await customer.locator('.badge-active').count(), 1);
        await customer.click(`form[action="${path}/reopen"] button`);
        assert.equal(await customer.locator('.badge-open').count(), 1);
    });
}

test('another account\'s ticket, and another tenant\'s, are not there', async () => {
    const [first, second] = ['northwind', 'northwind'].map((tenant) => new Client(host, tenant));
    await first.signIn();
    await first.get('/tickets/new');
    for (const priority of ['urgent', 'none']) {
        const refused = await first.postPatiently('/tickets/new', { subject: 'Mine', category: 'question', priority, body: 'alone' });
        assert.deepEqual([refused.status, /href="#priority"/.test(refused.text)], [422, true], 'what is not offered');
    }
    const opened = await first.postPatiently('/tickets/new', { subject: 'Mine', category: 'question', body: 'alone' });
    const path = opened.headers.location;
    await second.signIn({ email: 'tom@beckersteel.example', password: LOGINS.northwind.password });
    const plain = (answer) => answer.text.replace(/<code>[0-9a-f]{32}<\/code>/, '').replaceAll(/value="[^"]*"/g, '');
    const nowhere = await second.get(`/tickets/tck_${'1'.repeat(22)}`);
    const theirs = await second.get(path);
    assert.deepEqual([theirs.status, nowhere.status], [404, 404]);
    assert.equal(plain(theirs).replaceAll(path, ''), plain(nowhere).replaceAll(`/tickets/tck_${'1'.repeat(22)}`, ''));
    for (const way of ['reply', 'solve', 'reopen']) {
        await second.get('/tickets');
        assert.equal((await second.post(`${path}/${way}`, { body: 'x' })).status, 404, way);
    }
    const agent = await inside(host, 'harbor', 'far@harbor.example', 'agent');
    assert.equal((await agent.get(`/console${path}`)).status, 404);
    const clerk = await inside(host, 'northwind', 'near@northwind.example', 'agent');
    assert.equal((await clerk.get(`/console${path}`)).status, 200);
    await second.get('/tickets/new');
    const strange = (await second.post('/tickets/new', { subject: 'Theirs', category: 'question', body: 'alone, too' })).headers.location;
    const [into] = /T-\d{4}-\d{6}/.exec((await clerk.get(`/console${strange}`)).text);
    await clerk.get(`/console${path}`);
    assert.equal((await clerk.post(`/console${path}/merge`, { into })).status, 422, 'one would read the other\'s words');
    assert.ok(!(await second.get(strange)).text.includes('alone</p>'));
});

test('the pages of both sides: no accessibility violation, nothing wider than a phone', async () => {
    const tab = await tabOf(browser, 'lumen', { javaScriptEnabled: true, bypassCSP: true, colorScheme: 'dark' });
    const inspect = inspectorOf(tab);
    await join(tab, here(host, 'lumen', invite(host, 'lumen', 'axe@lumen.example', 'agent', 'Alex Roe')), 'axe@lumen.example');
    for (const path of ['/console', '/console/tickets', '/console/tickets?state=closed', '/console/tickets/bulk', '/console/tickets/agents']) { await tab.goto(host.url('lumen', path)); await inspect(path); }
    await tab.goto(host.url('lumen', '/console/tickets'));
    await tab.click('tbody tr:first-child th a');
    await inspect('a ticket in the console');
});
