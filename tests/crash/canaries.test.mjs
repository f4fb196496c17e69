// Secrets, and numbers of cards, put wherever anybody can put something: afterwards they stand in no log, no answer, no
// mail and no table; and no core of a process can be written.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Customer, ask, base58 } from './customer.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { childrenOf, freePort } from './processes.mjs';
import { PASSWORD, Stage } from './stage.mjs';

const CARD = '5105105105105100';
const TYPED = '5105 1051 0510 5100';
const AMEX = '371449635398431';
const SECRETS = ['api-key-of-t0', 'hook-key-of-t0', 'api-key-of-t1', 'hook-key-of-t1'];
// The host may leave cores, for all that its start allows, and has no right over other processes of its user: so that what it
// gives up is what it gave up by itself.
const ROOT = process.getuid() === 0;
const LOOSE = ['prlimit', ROOT ? '--core=unlimited:unlimited' : `--core=${/Max core file size +\S+ +(\S+)/.exec(readFileSync('/proc/self/limits', 'utf8'))[1]}:`,
    ...(ROOT ? ['setpriv', '--bounding-set', '-sys_ptrace', '--'] : [])];
const answers = [];
let stage, customer, double;

const send = async (method, path, { tenant = 't0', headers = {}, body = '' } = {}) => {
    const answer = await ask(stage.hosts[0].port, { tenant, path, method, headers, body });
    answers.push(JSON.stringify(answer.headers) + answer.text);
    return answer;
};
const post = (path, fields) => customer.send('POST', { tenant: 't0', path, fields }).then((answer) => { answers.push(answer.text); return answer; });

// A provider that repeats what it was sent, and what it should never have had.
function talkative(request, response) {
    response.writeHead(402, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error: {
        code: 'card_declined', message: `Card ${TYPED} of ${request.headers.authorization} was declined`, fields: { [AMEX]: CARD } } }));
}

before(async () => {
    const port = await freePort();
    double = createServer(talkative).listen(port, '127.0.0.1');
    stage = await Stage.open({ tenants: 2, logLevel: 'debug', providerOf: { t1: port } });
    [customer] = stage.customers;
    stage.hosts[0].under = LOOSE;
    await stage.start(stage.hosts[0]);
});
after(async () => {
    double?.close();
    await stage?.close();
});

const routes = () => JSON.parse(execFileSync(process.env.LIVERY, ['routes', '--json'], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' }, stdio: ['ignore', 'pipe', 'ignore'] }));

test('no page takes the number of a card, in whatever field', async () => {
    const pages = routes().filter((route) => route.method === 'POST' && !['api-key', 'proves-itself'].includes(route.access));
    assert.ok(pages.length > 30, `${pages.length} pages`);
    for (const [i, { path }] of pages.entries()) {
        const answer = await post(path.replace(/:\w+/g, 'x'), { [['email', 'name', 'reason', 'label', 'reference'][i % 5]]: [CARD, TYPED, `My card: ${AMEX}.`][i % 3] });
        assert.equal(answer.status, 422, path);
        assert.match(answer.text, /That looks like a card number/, path);
    }
});

test('the words are in the language of who reads them', async () => {
    for (const [language, words] of [['de', /sieht nach einer Kartennummer aus/], ['en', /looks like a card number/]]) {
        const answer = await send('POST', '/register', { headers: { 'Accept-Language': language, 'Content-Type': 'application/x-www-form-urlencoded' }, body: `name=${CARD}` });
        assert.equal(answer.status, 422);
        assert.match(answer.text, words);
    }
    for (const language of ['es', 'ar']) assert.match(readFileSync(join(process.env.LIVERY_SOURCE, `themes/default/locale/${language}.yaml`), 'utf8'), /\n {2}card_number:\n {4}title: ".+"\n {4}text: ".+"/);
});

test('no program\'s call takes one, in its body, its query or its path', async () => {
    const headers = { Authorization: `Bearer ${stage.key}`, 'Content-Type': 'application/json' };
    const calls = routes().filter((route) => route.access === 'api-key');
    assert.ok(calls.length > 30, `${calls.length} calls`);
    for (const { method, path } of calls) {
        const body = method === 'GET' ? '' : JSON.stringify({ note: [{ deep: TYPED }] });
        const answer = await send(method, `${path.replace(/:\w+/g, 'x')}${method === 'GET' ? `?account=${CARD}` : ''}`, { headers, body });
        assert.deepEqual([answer.status, JSON.parse(answer.text).code], [422, 'card_number'], `${method} ${path}`);
    }
    assert.equal((await send('GET', `/api/v1/payments/${CARD}`, { headers })).status, 422);
});

test('no header that is kept takes one', async () => {
    const headers = { Authorization: `Bearer ${stage.key}`, 'Content-Type': 'application/json', 'Idempotency-Key': CARD };
    const answer = await send('POST', '/api/v1/payments', { headers, body: '{}' });
    assert.deepEqual([answer.status, JSON.parse(answer.text).code], [422, 'card_number']);
    const other = new Customer(stage, 1, { 'User-Agent': `Mozilla/5.0 (${TYPED}; ${AMEX})` });
    await other.signIn('t0', 'customer1@crash.example', PASSWORD);
    const agents = await stage.database.sql(`SELECT user_agent FROM identity_session WHERE user_agent LIKE 'Mozilla/5.0 (%'`);
    assert.equal(agents.length, 1);
});

test('no page that is not there, or not theirs, repeats one of its address', async () => {
    for (const path of [`/nowhere/${CARD}`, `/payments/${CARD}`, `/nowhere?card=${CARD}`, `/payments?card=${CARD}`]) {
        await send('GET', path);
        const answer = await customer.send('GET', { tenant: 't0', path });
        assert.ok([200, 303, 404, 422].includes(answer.status), path);
        assert.ok(!answer.text.includes(CARD), path);
        answers.push(JSON.stringify(answer.headers) + answer.text);
    }
});

test('what is no card is taken: numbers of orders, phones, accounts', async () => {
    const headers = { Authorization: `Bearer ${stage.key}`, 'Content-Type': 'application/json' };
    const record = (reference) => send('POST', '/api/v1/payments', { headers, body: JSON.stringify({
        account: `acc_${base58(customer.account)}`, amount: { amount: 100, currency: 'EUR' }, reference }) });
    for (const reference of ['DE89370400440532013000', 'TRF-2026-11-28-000123', '+4915112345678', '1234567890123452', 'CH4562300762011623852'])
        assert.equal((await record(reference)).status, 201, reference);
});

test('a provider that repeats them, in answers or in messages, leaves none behind', async () => {
    const [invoice] = await mintInvoices(stage.database, 't1', customer.account, 1);
    const card = await keepMethod(stage.database, 't1', customer.account, 'ok');
    const paid = await customer.pay({ ...invoice, method: `pm_${base58(card)}` });
    assert.equal(paid.status, 303);
    const shown = await customer.send('GET', { tenant: 't1', path: paid.headers.location });
    assert.equal(shown.status, 200);
    answers.push(shown.text);
    assert.deepEqual(await stage.database.sql(`SELECT state FROM payments_payment WHERE tenant_id = 't1' AND parts LIKE '%${base58(invoice.invoice)}%'`), [['declined']]);
    const body = JSON.stringify({ id: 'evt_1', type: 'payment.paid', created: 1, data: { about: 'payment', id: 'pay_1', reference: 'p-1', card: CARD, key: SECRETS[0] } });
    const at = Math.floor(Date.now() / 1000);
    const signature = `t=${at},v1=${createHmac('sha256', 'hook-key-of-t0').update(`${at}.${body}`).digest('hex')}`;
    assert.equal((await send('POST', '/hooks/cards', { headers: { 'Pelican-Signature': signature }, body })).status, 200);
    assert.equal((await send('POST', '/hooks/cards', { headers: { 'Pelican-Signature': `t=1,v1=${CARD}` }, body: `${CARD} ${SECRETS[1]}` })).status, 400);
});

test('no command line takes one', async () => {
    const refused = await stage.command('refund-payment', '--tenant', 't0', '--payment', 'pay_x', '--amount', '1.00', '--reason', `Card ${TYPED}`);
    assert.equal(refused.code, 64);
    answers.push(refused.out);
    const checked = await stage.command('gateway', 'list', '--json');
    answers.push(checked.out);
});

// What another program of the same user is refused: nobody looks into what cannot be dumped.
function looksInto(pid) {
    const [program, ...words] = [...LOOSE, 'readlink', `/proc/${pid}/exe`];
    return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}

test('no process can leave a core', () => {
    const core = (pid) => /Max core file size +(\S+) +(\S+)/.exec(readFileSync(`/proc/${pid}/limits`, 'utf8')).slice(1).join(' ');
    // Started as the host was: a process that does nothing about it could leave one.
    const [program, ...words] = [...LOOSE, 'sleep', '60'];
    const careless = spawn(program, words, { stdio: 'ignore' });
    try {
        while (!/^sleep/.test(readFileSync(`/proc/${careless.pid}/comm`, 'utf8'))) spawnSync('sleep', ['0.05']);
        assert.notEqual(core(careless.pid).split(' ')[0], '0');
        assert.ok(looksInto(careless.pid));
    } finally {
        careless.kill();
    }
    const { pid } = stage.hosts[0].child;
    const helpers = childrenOf(pid, 'livery-plugin-host');
    assert.ok(helpers.length > 0);
    for (const one of [pid, ...helpers]) {
        assert.equal(core(one), '0 0');
        assert.ok(!looksInto(one), `${one} can be dumped`);
    }
});

function filesBelow(folder) {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? filesBelow(path) : entry.isFile() && statSync(path).size < 1 << 24 ? [path] : [];
    });
}

test('of all of that, nothing stands anywhere', async () => {
    const tables = await stage.database.sql(`SELECT table_name FROM information_schema.tables WHERE table_schema = 'livery'`);
    const places = new Map();
    for (const [table] of tables) places.set(table, JSON.stringify(await stage.database.sql(`SELECT * FROM ${table}`)));
    for (const [place, text] of [['what the hosts said', stage.logs()], ['answers', answers.join('\n')]]) places.set(place, text);
    for (const file of filesBelow(join(stage.folder, 'data0'))) places.set(file, readFileSync(file, 'latin1'));
    // The search itself can fail: what must be there is found.
    assert.match(places.get('identity_user'), /customer0@crash\.example/);
    assert.match(stage.logs(), /"reason":"the number of a card"/);
    for (const [place, text] of places)
        for (const canary of [CARD, TYPED, AMEX, ...SECRETS]) assert.ok(!text.includes(canary), `${canary} in ${place}`);
});
