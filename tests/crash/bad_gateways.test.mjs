// A gateway that is as bad as one can be, in a running host: whatever it does to a payment, the books say no more than is
// known, the page says it in words, others are served meanwhile, and the host lives on. bad_gateway.cpp is its file.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { base58 } from './customer.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { BAD_GATEWAY, childrenOf, sleep } from './processes.mjs';
import { Stage } from './stage.mjs';

// What a page of somebody else may take while a gateway hangs: less than that is waited for.
const IN_TIME = 4000;
const HANGS = 6000;
const WORDS = {
    captured: /Paid/,
    failed: /Not taken/,
    unknown: /Please do not pay again: your invoice waits until we know/,
    held: /a person looks at it\. Please do not pay again/,
    pending: /Your bank is working on it/,
};

// By the contract: what is no message is a fault of the gateway, worth what had left before it; a message that says something
// else than was asked is for a person; a word that nobody knows is no success.
const SAYS = [
    ['throw', 'failed'], ['throw_raw', 'failed'], ['throw_after_send', 'unknown'],
    ['bytes', 'failed'], ['bytes_after_send', 'unknown'], ['cut', 'failed'], ['cut_after_send', 'unknown'], ['list', 'failed'],
    ['word', 'failed'], ['word_after_send', 'unknown'], ['nothing', 'failed'], ['nothing_after_send', 'unknown'],
    ['other_code', 'failed'], ['other_code_after_send', 'unknown'], ['error_bytes', 'failed'], ['error_bytes_after_send', 'unknown'],
    ['huge', 'failed'], ['huge_after_send', 'unknown'], ['deep', 'failed'], ['deep_after_send', 'unknown'], ['no_id', 'failed'], ['no_amount', 'failed'],
    ['no_amount_after_send', 'unknown'], ['other_amount', 'held'], ['other_state', 'pending'], ['leak', 'captured'],
];
const BREAKS = [['crash', 'failed'], ['crash_after_send', 'unknown'], ['loop', 'failed'], ['loop_after_send', 'unknown'],
    ['kill', 'failed'], ['kill_after_send', 'unknown']];

let stage, customer, other, pid;

before(async () => {
    const bad = (isolation) => ({ gateway: 'bad', isolation, callLimit: HANGS });
    stage = await Stage.open({ tenants: 4, gateways: [BAD_GATEWAY], gatewayOf: { t0: bad('process'), t1: bad('none'), t2: bad('process-per-tenant') } });
    [customer, other] = stage.customers;
    await stage.start(stage.hosts[0]);
    pid = stage.hosts[0].child.pid;
});
after(async () => { await stage?.close(); });

async function pay(tenant, what) {
    const [invoice] = await mintInvoices(stage.database, tenant, customer.account, 1);
    const card = await keepMethod(stage.database, tenant, customer.account, what, { isDefault: false });
    const paid = await customer.pay({ ...invoice, method: `pm_${base58(card)}` });
    assert.equal(paid.status, 303, `${tenant} ${what}: ${paid.text.slice(0, 2000)}`);
    const shown = await customer.send('GET', { tenant, path: paid.headers.location });
    const rows = await stage.database.sql(`SELECT state FROM payments_payment WHERE tenant_id = '${tenant}' AND parts LIKE '%${base58(invoice.invoice)}%'`);
    const [[status]] = await stage.database.sql(`SELECT status FROM invoices_document WHERE tenant_id = '${tenant}' AND id = x'${invoice.invoice}'`);
    return { state: rows.flat().join(), status, page: shown };
}

// Somebody of another tenant, who reads pages as long as `work` goes on; `took`: how long each took.
async function whileOthersRead(work, took = []) {
    let over = false;
    const reading = (async () => {
        while (!over) {
            const begun = Date.now();
            const page = await other.send('GET', { tenant: 't3', path: '/payments' });
            took.push(Date.now() - begun);
            assert.equal(page.status, 200);
            await sleep(20);
        }
    })();
    const got = await work().finally(() => (over = true));
    await reading;
    const slowest = Math.max(...took);
    assert.ok(slowest < IN_TIME, `a page took ${slowest} ms`);
    assert.equal(stage.hosts[0].alive && stage.hosts[0].child.pid, pid, 'the host is another one');
    return got;
}

async function play(tenant, list) {
    for (const [what, state] of list) {
        const got = await whileOthersRead(() => pay(tenant, what));
        assert.equal(got.state, state, `${tenant} ${what}`);
        assert.equal(got.status === 'paid', state === 'captured', `${tenant} ${what}: the invoice is ${got.status}`);
        assert.equal(got.page.status, 200);
        assert.match(got.page.text, WORDS[state], `${tenant} ${what}`);
        // Nothing of its own words, and what went wrong with it stays with it: it is called again.
        assert.doesNotMatch(got.page.text, /as told|captured!|it says/);
        assert.equal((await pay(tenant, 'ok')).state, 'captured', `${tenant} after ${what}`);
    }
}

test('answers that are none, in a process of its own', () => play('t0', SAYS));
// Thirty-two mebibytes stay behind of each call, and it may have 128: before it has too little for the next one, another process
// takes its place.
test('a leak is ended before it costs a payment', async () => {
    const helpers = new Set();
    for (let call = 1; call <= 12; call += 1) {
        assert.equal((await whileOthersRead(() => pay('t0', 'leak'))).state, 'captured', `call ${call}`);
        for (const helper of childrenOf(pid, 'livery-plugin-host')) helpers.add(helper);
    }
    assert.ok(helpers.size > 1, `all was done by ${[...helpers].join()}`);
});

test('answers that are none, in the host', () => play('t1', SAYS));
test('what breaks its process', async () => {
    await play('t0', BREAKS);
    await play('t2', BREAKS);
});

test('what hangs in the host is given up, and its gateway with it', async () => {
    const gaveUp = await whileOthersRead(() => pay('t1', 'loop'));
    assert.equal(gaveUp.state, 'failed');
    assert.match(gaveUp.page.text, WORDS.failed);
    assert.equal((await pay('t1', 'ok')).state, 'failed', 'it is out of order');
    // Half a minute later one call may try.
    await sleep(31_000);
    assert.equal((await whileOthersRead(() => pay('t1', 'ok'))).state, 'captured');
    const sent = await whileOthersRead(() => pay('t1', 'hang_after_send'));
    assert.equal(sent.state, 'unknown');
    assert.match(sent.page.text, WORDS.unknown);
});

test('as many as may hang at once hold up nobody else', async () => {
    const got = await whileOthersRead(() => Promise.all(Array.from({ length: 8 }, () => pay('t2', 'hang'))));
    assert.deepEqual(new Set(got.map((one) => one.state)), new Set(['failed']));
});

// The nineteenth word of its `stat`, two of which are gone with the name.
const niceOf = (process) => Number(readFileSync(`/proc/${process}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[16]);

test('as many as may loop at once are weaker than the host, and keep no page from coming', async (t) => {
    const quiet = [];
    await whileOthersRead(() => sleep(31_000), quiet); // it was out of order
    const beside = [];
    let weakest = 0;
    const got = await whileOthersRead(async () => {
        const paying = Promise.all(Array.from({ length: 8 }, () => pay('t2', 'loop')));
        for (let looks = 0; looks < 40; looks += 1) {
            await sleep(100);
            const nices = childrenOf(pid, 'livery-plugin-host').map(niceOf);
            for (const nice of nices) assert.ok(nice >= Math.min(niceOf(pid) + 10, 19), `a helper is as strong as the host: ${nice}`);
            weakest = Math.max(weakest, ...nices);
        }
        return paying;
    }, beside);
    assert.equal(weakest, 19, 'what loops is the weakest of all');
    const [before, now] = [quiet, beside].map((took) => took.sort((a, b) => a - b)[Math.ceil(took.length * 0.99) - 1]);
    t.diagnostic(`p99 of another tenant's page: ${before} ms, beside eight loops ${now} ms`);
    assert.deepEqual(new Set(got.map((one) => one.state)), new Set(['failed']));
});

test('the books hold', async () => {
    const { code, out } = await stage.command('verify');
    assert.equal(code, 0, out);
    assert.equal(stage.hosts[0].alive && stage.hosts[0].child.pid, pid);
    assert.equal(stage.hosts[0].starts, 2, 'it was started once for the demo, and once for all of this');
});
