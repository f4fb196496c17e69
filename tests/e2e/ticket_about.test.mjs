// What a request is about, from the five pages that offer help; and a line of an invoice that is disputed.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { inspectorOf } from './accessibility.mjs';
import { launchBrowser } from './browser.mjs';
import { Client, LOGINS, sleep, startHost } from './host.mjs';
import { visitor } from './people.mjs';
import { LANGUAGE, here, inside, invite, join, livery, submit, tabOf } from './staff.mjs';

let host, browser;
before(async () => { host = await startHost(); browser = await launchBrowser(); });
after(async () => { await browser?.close(); await host?.stop(); });

const OTHER = { northwind: { email: 'tom@beckersteel.example', password: LOGINS.northwind.password } };

// The first thing of a list of the portal, as its address.
async function firstOf(client, list, pattern) {
    const found = pattern.exec((await client.get(list)).text);
    assert.ok(found, `${list} of ${client.tenant} lists one`);
    return found[0];
}
async function things(client) {
    const invoice = await firstOf(client, '/invoices', /\/invoices\/inv_\w+/);
    return {
        subscription: await firstOf(client, '/subscriptions', /\/subscriptions\/sub_\w+/),
        order: await firstOf(client, '/orders', /\/orders\/ord_\w+/),
        invoice,
        invoice_line: await firstOf(client, invoice, /\/invoices\/inv_\w+\/lines\/ivl_\w+/),
        payment: await firstOf(client, '/payments', /\/payments\/pay_\w+/),
    };
}
const idOf = (path) => path.split('/').at(-1);
const CATEGORY = { subscription: 'contract', order: 'contract', invoice: 'invoice', invoice_line: 'invoice', payment: 'invoice' };

// An invoice of which something is owed, with a line; by the invoice file that the portal exports.
async function documentsOf(client) {
    return JSON.parse((await client.get('/invoices/export?from=2020-01-01&to=2099-12-31&format=json')).text).documents;
}
async function owed(client) {
    const found = (await documentsOf(client)).find((one) => one.kind === 'invoice' && one.balance.amount > 0);
    assert.ok(found, `${client.tenant} has an open invoice`);
    return found;
}
const balanceOf = async (client, id) => (await documentsOf(client)).find((one) => one.id === id).balance.amount;
const objections = (tenant) => JSON.parse(livery(host, 'payment-cases', '--tenant', tenant, '--json')).filter((one) => one.objection);

for (const tenant of Object.keys(LANGUAGE)) {
    test(`${tenant}: each page's link fills the form in, and the ticket leads back (JavaScript off)`, async () => {
        const client = new Client(host, tenant);
        await client.signIn();
        const tab = await visitor(host, browser, tenant);
        for (const [kind, path] of Object.entries(await things(client))) {
            await tab.goto(host.url(tenant, path));
            await tab.click('section[aria-labelledby=h-help] p a');
            const about = `${kind}:${idOf(path)}`;
            assert.equal(new URL(tab.url()).search, `?about=${about}`, kind);
            assert.equal(await tab.inputValue('#category'), CATEGORY[kind], `${kind} chooses what it is about`);
            assert.equal(await tab.getAttribute('.crumbs a', 'href'), path);
            const label = (await tab.textContent('.crumbs a')).trim();
            assert.ok(label.length > 5 && (await tab.textContent('.lead')).includes(label), `${kind} is named: ${label}`);
            await submit(tab);
            assert.equal(await tab.locator('.error-summary li').count(), 2, `${kind}: subject and words`);
            assert.equal(await tab.getAttribute('.crumbs a', 'href'), path, 'what it is about is kept through errors');
            assert.equal(await tab.inputValue('#category'), CATEGORY[kind]);
            await tab.fill('#subject', `About my ${kind}`);
            await tab.fill('#body', 'Please look at it.');
            await submit(tab);
            const ticket = new URL(tab.url()).pathname;
            assert.match(ticket, /^\/tickets\/tck_\w+$/, kind);
            assert.equal((await tab.textContent(`main a[href="${path}"]`)).trim(), label);
            await tab.click(`main a[href="${path}"]`);
            assert.equal(await tab.locator(`section[aria-labelledby=h-help] a[href="${ticket}"]`).count(), 1, `${kind} lists what was asked about it`);
            await sleep(1100);  // forms are admitted one a second
        }
    });
}

test('what is another account\'s, or nowhere, is no page to ask about', async () => {
    const [ann, tom] = [new Client(host, 'northwind'), new Client(host, 'northwind')];
    await ann.signIn();
    await tom.signIn(OTHER.northwind);
    const plain = (answer, text) => answer.text.replaceAll(text, '').replace(/<code>[0-9a-f]{32}<\/code>/, '').replaceAll(/value="[^"]*"/g, '');
    const theirs = await things(ann);
    for (const [kind, path] of Object.entries(theirs)) {
        const id = idOf(path);
        const nowhere = `${id.slice(0, 4)}${'1'.repeat(22)}`;
        for (const dispute of kind === 'invoice_line' ? ['', '&dispute=1'] : ['']) {
            const own = await ann.get(`/tickets/new?about=${kind}:${id}`);
            assert.equal(own.status, 200, kind);
            const [foreign, none] = [await tom.get(`/tickets/new?about=${kind}:${id}${dispute}`), await tom.get(`/tickets/new?about=${kind}:${nowhere}${dispute}`)];
            assert.deepEqual([foreign.status, none.status], [404, 404], kind);
            assert.equal(plain(foreign, id), plain(none, nowhere), `${kind}: one answer`);
            await tom.get('/tickets/new');
            const posted = await tom.postPatiently(`/tickets/new?about=${kind}:${id}${dispute}`, { subject: 'Not mine', category: 'invoice', body: 'x' });
            assert.equal(posted.status, 404, `${kind} is not to be asked about either`);
        }
    }
    for (const wrong of ['invoice', 'invoice:', `order:${idOf(theirs.invoice)}`, `castle:${idOf(theirs.invoice)}`, 'invoice:inv_<b>'])
        assert.equal((await ann.get(`/tickets/new?about=${encodeURIComponent(wrong)}`)).status, 404, wrong);
});

for (const tenant of Object.keys(LANGUAGE)) {
    test(`${tenant}: a line is disputed and decided both ways in the console (JavaScript off)`, async () => {
        const client = new Client(host, tenant);
        await client.signIn();
        const invoice = await owed(client);
        const before = invoice.balance.amount;
        const line = `/invoices/${invoice.id}/lines/${invoice.lines.find((one) => one.net.amount > 0).id}`;
        const tab = await visitor(host, browser, tenant);
        const agent = await tabOf(browser, tenant);
        await join(agent, here(host, tenant, invite(host, tenant, `decides@${tenant}.example`, 'billing', 'Mona Money')), `decides@${tenant}.example`);
        const dispute = async () => {
            await tab.goto(host.url(tenant, line));
            await tab.click('a[href*="dispute=1"]');
            assert.ok((await tab.inputValue('#subject')).length > 0, 'it says what is wrong');
            assert.equal(await tab.inputValue('#category'), 'invoice');
            await tab.fill('#body', 'We never got this.');
            await submit(tab);
            return new URL(tab.url()).pathname;
        };
        const decide = async (ticket, decision, words) => {
            await agent.goto(host.url(tenant, `/console${ticket}`));
            assert.equal(await agent.locator('#state option[value=solved]').count(), 0, 'it cannot be solved without a decision');
            await agent.click(`button[name=decision][value=${decision}]`);
            assert.equal(await agent.locator('#answer-error').count(), 1, 'nor without words');
            await agent.fill('#answer', words);
            await agent.click(`button[name=decision][value=${decision}]`);
            assert.equal(await agent.locator('.badge-active').count(), 1, 'it is solved');
            assert.equal(await agent.locator('button[name=decision]').count(), 0);
        };

        const first = await dispute();
        assert.equal(objections(tenant).length, 1, 'payments knows of it');
        assert.equal(await balanceOf(client, invoice.id), before, 'it is still owed');
        const again = await tab.goto(host.url(tenant, `/tickets/new?about=invoice_line:${idOf(line)}&dispute=1`));
        assert.equal(again.status(), 422);
        assert.equal(await tab.locator('main form button.btn-primary').count(), 0, 'what is disputed is not disputed twice');
        await decide(first, 'wrong', 'It was delivered on the first.');
        assert.equal(objections(tenant).length, 0);
        assert.equal(await balanceOf(client, invoice.id), before);
        await tab.goto(host.url(tenant, first));
        assert.match(await tab.textContent('.talk'), /It was delivered on the first\./);
        await sleep(2200);

        const second = await dispute();
        await decide(second, 'right', 'You are right.');
        const notes = (await documentsOf(client)).filter((one) => one.corrects === invoice.id && one.kind === 'credit_note');
        assert.equal(notes.length, 1, 'there is a credit note');
        const left = await balanceOf(client, invoice.id);
        assert.equal(left, before + notes[0].total.amount, 'the balance is less by it');
        assert.ok(left < before);
        await tab.goto(host.url(tenant, `/invoices/${invoice.id}`));
        assert.equal(await tab.locator(`main a[href="/invoices/${notes[0].id}"]`).count() > 0, true, 'the invoice shows it');
        assert.doesNotThrow(() => livery(host, 'verify', '--tenant', tenant));
    });
}

test('a customer withdraws; where objections are decided the ticket follows; who may not decide cannot', async () => {
    const tenant = 'northwind';
    const client = new Client(host, tenant);
    await client.signIn();
    const invoice = await owed(client);
    const line = invoice.lines.findLast((one) => one.net.amount > 0).id;
    const open = async () => {
        await client.get(`/tickets/new?about=invoice_line:${line}&dispute=1`);
        const opened = await client.postPatiently(`/tickets/new?about=invoice_line:${line}&dispute=1`, { subject: 'Not owed', category: 'invoice', body: 'No.' });
        assert.equal(opened.status, 303, opened.text);
        return opened.headers.location;
    };
    const first = await open();
    assert.match((await client.get(first)).text, /If you withdraw, the amount is owed again\./, 'it says before what comes of it');
    await client.postPatiently(`${first}/solve`);
    assert.match((await client.get(first)).text, /and withdrew that: it is owed\./);
    assert.equal(objections(tenant).length, 0);

    const second = await open();
    const agent = await inside(host, tenant, 'reads@northwind.example', 'agent');
    const page = await agent.get(`/console${second}`);
    assert.doesNotMatch(page.text, /name="decision"/, 'an agent decides no money');
    assert.equal((await agent.post(`/console${second}/decide`, { decision: 'right', answer: 'Yes.' })).status, 403);
    await agent.get(`/console${second}`);
    await agent.postPatiently(`/console${second}/move`, { state: 'solved' });
    assert.match((await agent.get(`/console${second}`)).text, /badge-open/, 'nor solves it past the decision');
    livery(host, 'decide-objection', '--tenant', tenant, '--objection', objections(tenant)[0].objection, '--wrong', '--by', 'J. Roe', '--reason', 'secret reason');
    const told = (await client.get(second)).text;
    assert.match(told, /is owed as invoiced\./);
    assert.doesNotMatch(told, /secret reason/, 'what staff say to each other stays there');
    assert.match(told, /badge-active/);
});

test('a program and the command line write down what a customer asks', async () => {
    const tenant = 'northwind';
    const client = new Client(host, tenant);
    await client.signIn();
    const invoice = (await documentsOf(client))[0];
    const words = (...more) => livery(host, 'open-ticket', '--tenant', tenant, '--account', invoice.account, '--category', 'invoice', '--subject', 'By telephone', '--body', 'Called at nine.', '--by', 'J. Roe', '--json', ...more);
    const opened = JSON.parse(words('--about', `invoice:${invoice.id}`));
    assert.equal(opened.about, `invoice:${invoice.id}`);
    assert.throws(() => words('--about', `invoice:inv_${'1'.repeat(22)}`), (error) => error.status === 1 && /no such thing/.test(error.stdout));
    assert.match((await client.get(`/tickets/${opened.ticket}`)).text, /Called at nine\./, 'it is the customer\'s');
    assert.ok((await host.mailTo(LOGINS[tenant].email, { saying: opened.number })).plain.includes(opened.ticket), 'who is told');
    assert.ok(JSON.parse(livery(host, 'list-tickets', '--tenant', tenant, '--state', 'new', '--json')).some((one) => one.ticket === opened.ticket));
    livery(host, 'answer-ticket', '--tenant', tenant, '--ticket', opened.ticket, '--by', 'J. Roe', '--body', 'Seen to.', '--state', 'solved');
    const shown = JSON.parse(livery(host, 'show-ticket', '--tenant', tenant, '--ticket', opened.ticket, '--json'));
    assert.deepEqual([shown.state, shown.messages.at(-1).body, shown.messages.at(-1).author], ['solved', 'Seen to.', 'J. Roe']);

    const { key } = JSON.parse(livery(host, 'api-key', 'create', '--tenant', tenant, '--name', 'crm', '--scopes', 'tickets:read,tickets:write', '--json'));
    const call = async (body, idempotency) => {
        const answer = await host.ask({ host: `${tenant}.localhost`, path: '/api/v1/tickets', method: 'POST', body: JSON.stringify(body),
            headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', 'Idempotency-Key': idempotency } });
        return { status: answer.status, json: JSON.parse(answer.text) };
    };
    const wish = { account: invoice.account, subject: 'From the CRM', category: 'invoice', body: 'Please.', by: 'CRM', priority: 'high', about: { kind: 'invoice', id: invoice.id } };
    const first = await call(wish, 'one');
    assert.equal(first.status, 201, JSON.stringify(first.json));
    assert.deepEqual([first.json.about, first.json.priority], [wish.about, 'high']);
    assert.equal((await call(wish, 'one')).json.id, first.json.id, 'a repeat is the first answer');
    for (const wrong of [{ about: { kind: 'invoice', id: `inv_${'1'.repeat(22)}` } }, { about: { kind: 'order', id: invoice.id } }, { account: `acc_${'1'.repeat(22)}` }, { category: 'castle' }])
        assert.equal((await call({ ...wish, ...wrong }, JSON.stringify(wrong).slice(0, 60).replace(/\W/g, ''))).status, 422, JSON.stringify(wrong));
});

test('the pages: no accessibility violation, nothing wider than a phone', async () => {
    const client = new Client(host, 'harbor');
    await client.signIn();
    const tab = await visitor(host, browser, 'harbor');
    const context = await browser.newContext({ bypassCSP: true, locale: 'de-DE', colorScheme: 'dark', storageState: await tab.context().storageState() });
    const page = await context.newPage();
    const inspect = inspectorOf(page);
    const of = await things(client);
    const line = (await owed(client)).lines.find((one) => one.net.amount > 0).id;
    for (const path of [...Object.values(of), `/tickets/new?about=invoice:${idOf(of.invoice)}`, `/tickets/new?about=invoice_line:${line}&dispute=1`]) {
        await page.goto(host.url('harbor', path));
        await inspect(path);
    }
});
