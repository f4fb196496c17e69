// Secrets, and numbers of cards, put wherever anybody can put something: afterwards they stand in no log, no answer, no
// mail and no table; and no core of a process can be written.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Customer, ask, base58 } from './customer.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { childrenOf, freePort } from './processes.mjs';
import { PASSWORD, Stage } from './stage.mjs';

const CARD = '5105105105105100';
const TYPED = '5105 1051 0510 5100';
const AMEX = '371449635398431';
// As an address has it.
const ESCAPED = [encodeURIComponent(TYPED), TYPED.replaceAll(' ', '+')];
const SECRETS = ['api-key-of-t0', 'hook-key-of-t0', 'api-key-of-t1', 'hook-key-of-t1', 'whsec-of-t0', 'sk-of-t0', 'token-of-t0', 'endpoint-of-t0', 'checkout-of-t0', 'password-of-nobody'];
const HEX_KEY = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
const CANARIES = [CARD, TYPED, AMEX, ...ESCAPED, ...SECRETS, HEX_KEY];
// Beside the sandbox's: each has another way to say that a message is its own.
const OTHERS = { stripe: { config: { api_key: 'stripe_key', hook_key: 'stripe_hook' }, secrets: { stripe_key: 'sk-of-t0', stripe_hook: 'whsec-of-t0' } },
    gocardless: { config: { base_url: 'https://api-sandbox.gocardless.com', access_token: 'gocardless_token', hook_key: 'gocardless_hook' }, secrets: { gocardless_token: 'token-of-t0', gocardless_hook: 'endpoint-of-t0' } },
    adyen: { config: { base_url: 'https://checkout-test.adyen.com/v72', merchant_account: 'CrashECOM', api_key: 'adyen_key', hook_key: 'adyen_hook' }, secrets: { adyen_key: 'checkout-of-t0', adyen_hook: HEX_KEY } } };
// The host may leave cores, for all that its start allows, and has no right over other processes of its user: so that what it
// gives up is what it gave up by itself.
const ROOT = process.getuid() === 0;
const LOOSE = ['prlimit', ROOT ? '--core=unlimited:unlimited' : `--core=${/Max core file size +\S+ +(\S+)/.exec(readFileSync('/proc/self/limits', 'utf8'))[1]}:`,
    ...(ROOT ? ['setpriv', '--bounding-set', '-sys_ptrace', '--'] : [])];
const answers = [];
// Where somebody reads again what he has typed into the address himself (ADR 0021): in no other place.
const SHOWN_AGAIN = ['200 /console/reset-password?token', '200 /invoices?from', '200 /invoices?to', '200 /reset-password?token', '422 /invoices/export?from', '422 /invoices/export?to'];
// What stands in a tenant's file, and what of another shape somebody wrote instead.
const TYPED_INTO_FILES = [['name: Crash t0', `name: [Crash, ${CARD}`], ['name: Crash t0', `name: {of: "${TYPED}"}`], ['theme: default', `theme: [${AMEX}]`], ['hosts: [t0.localhost]', `hosts: ${CARD}`],
    ['accounts: {country: DE}', `accounts: {country: "${CARD}"}`], ['isolation: process', `isolation: &card ${CARD}`], ['api_key: api_key', 'api_key: ["api-key-of-t0"]'],
    ['currency: EUR', `currency: ${CARD}`], ['mode: sandbox', `mode: "${TYPED}"`], ['time_zone: Europe/Berlin', `time_zone: "${AMEX}"`], ['parallel: 16', `parallel: "${CARD}"`], ['gateway: sandbox', `gateway: "${CARD}"`]];
let stage, customer, double;

const send = async (method, path, { tenant = 't0', headers = {}, body = '' } = {}) => {
    const answer = await ask(stage.hosts[0].port, { tenant, path, method, headers, body });
    answers.push(JSON.stringify(answer.headers) + answer.text);
    return answer;
};
const holds = (text) => CANARIES.filter((canary) => text.includes(canary));
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
    addGateways('t0');
    stage.hosts[0].under = LOOSE;
    await stage.start(stage.hosts[0]);
});
after(async () => {
    double?.close();
    await stage?.close();
});

function addGateways(tenant) {
    const file = join(stage.folder, 'tenants', tenant, 'tenant.yaml');
    const added = Object.entries(OTHERS).map(([id, { config }]) => `  - {id: ${id}, gateway: ${id}, config: ${JSON.stringify(config)}}\n`);
    writeFileSync(file, readFileSync(file, 'utf8') + added.join(''));
    for (const [name, value] of Object.values(OTHERS).flatMap(({ secrets }) => Object.entries(secrets)))
        writeFileSync(join(stage.folder, 'secrets', tenant, name), value, { mode: 0o600 });
}

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

// What the plugins' pages read of an address.
const queries = () => [...new Set(filesBelow(join(process.env.LIVERY_SOURCE, 'plugins')).filter((file) => /\/web\/\w+\.cpp$/.test(file))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/\bQuery\("(\w+)"\)/g)].map(([, name]) => name)))];

test('a page that is read hands on nothing of its address, but to the field that it was typed into', async () => {
    const names = queries();
    const pages = routes().filter((route) => route.method === 'GET' && route.access !== 'api-key');
    assert.ok(names.length > 10 && pages.length > 25, `${names.length} parameters of ${pages.length} pages`);
    const shown = new Set();
    const look = async (what, address) => {
        for (const answer of [await customer.send('GET', { tenant: 't0', path: address }), await ask(stage.hosts[0].port, { tenant: 't0', path: address })]) {
            assert.ok(answer.status >= 200 && answer.status < 500, `${address}: ${answer.status}`);
            const text = JSON.stringify(answer.headers) + answer.text;
            if (holds(text).length > 0) shown.add(`${answer.status} ${what}`);
            else answers.push(text);
        }
    };
    for (const { path } of pages) {
        for (const [i, name] of names.entries()) await look(`${path}?${name}`, `${path.replace(/:\w+/g, 'x')}?${name}=${encodeURIComponent(['', '/', ''][i % 3] + [CARD, TYPED, AMEX][i % 3])}`);
        if (path.includes(':')) await look(path, path.replace(/:\w+/g, CARD));
    }
    assert.deepEqual([...shown].sort(), SHOWN_AGAIN);
});

test('no call that reads takes one, in whatever it can be asked for', async () => {
    const document = JSON.parse(execFileSync(process.env.LIVERY, ['routes', '--openapi'], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' }, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26 }));
    const headers = { Authorization: `Bearer ${stage.key}` };
    let asked = 0;
    for (const [path, { get }] of Object.entries(document.paths)) {
        for (const one of get?.parameters ?? []) {
            const { name, in: place } = one.$ref ? document.components.parameters[one.$ref.split('/').at(-1)] : one;
            if (!['path', 'query'].includes(place)) continue;
            const address = path.replace(/\{(\w+)\}/g, (_, other) => (place === 'path' && other === name ? CARD : 'x')) + (place === 'query' ? `?${name}=${encodeURIComponent([TYPED, AMEX][asked % 2])}` : '');
            const answer = await send('GET', address, { headers });
            assert.deepEqual([answer.status, JSON.parse(answer.text).code], [422, 'card_number'], address);
            asked += 1;
        }
    }
    assert.ok(asked > 30, `${asked} parameters`);
});

test('nothing that comes in parts takes one in a field, or keeps one of a file', async () => {
    const part = (name, text, file) => `--BB\r\nContent-Disposition: form-data; name="${name}"${file ? `; filename="${file}"\r\nContent-Type: text/csv` : ''}\r\n\r\n${text}\r\n`;
    const origin = `http://t0.localhost:${stage.hosts[0].port}`;
    const form = { Origin: origin, Cookie: [...customer.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const program = { Authorization: `Bearer ${stage.key}` };
    const upload = (path, headers, parts, type = 'multipart/form-data; boundary=BB') => send('POST', path, { headers: { ...headers, 'Content-Type': type }, body: `${parts.join('')}--BB--\r\n` });
    const typed = await upload('/payments/promise', form, [part('csrf', customer.csrf), part('pays_by', TYPED)]);
    assert.equal(typed.status, 422);
    assert.match(typed.text, /That looks like a card number/);
    const sent = await upload('/payments/promise', form, [part('csrf', customer.csrf), part('statement', `amount\n${CARD}\n${TYPED}\n`, `${AMEX}.csv`)]);
    assert.equal(sent.status, 422, 'no day was given');
    assert.doesNotMatch(sent.text, /That looks like a card number/);
    for (const type of ['multipart/form-data', `multipart/form-data; boundary=${CARD}`, `multipart/form-data; boundary="${TYPED}`])
        assert.equal((await upload('/payments/promise', form, [part('pays_by', CARD)], type)).status, 400, type);
    const called = await upload('/api/v1/payments', program, [part('reference', AMEX)]);
    assert.deepEqual([called.status, JSON.parse(called.text).code], [422, 'card_number']);
    const uploaded = await upload('/api/v1/payments', program, [part('statement', CARD, `${AMEX}.csv`)]);
    assert.deepEqual([uploaded.status, JSON.parse(uploaded.text).code], [415, 'not_json']);
});

test('no header is repeated, nor kept', async () => {
    const headers = { Referer: `http://t0.localhost/${CARD}?card=${AMEX}`, 'Accept-Language': `${CARD}, de-${AMEX};q=0.5`, Accept: CARD, traceparent: `00-${CARD}${CARD}-${AMEX}0-01`,
        'User-Agent': TYPED, 'X-Forwarded-For': CARD, 'If-None-Match': `"${CARD}"`, Range: `bytes=${CARD}-`, 'X-Anything': SECRETS[0],
        Cookie: `session=${CARD}; notice=payments:notice.${CARD}; locale=${AMEX}; scheme=${CARD}; form=${CARD}; other=${CARD}` };
    const urlencoded = { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' };
    for (const path of ['/', '/sign-in', '/nowhere', '/payments', '/assets/nothing.css']) assert.ok((await send('GET', path, { headers })).status < 500, path);
    assert.equal((await send('POST', '/register', { headers: urlencoded, body: 'name=Ada' })).status, 403);
    assert.equal((await send('POST', '/register', { headers: { ...urlencoded, Origin: `http://${CARD}.example` }, body: 'name=Ada' })).status, 403);
    assert.equal((await send('GET', '/api/v1/payments', { headers: { ...headers, Authorization: `Bearer ${CARD}` } })).status, 401);
    assert.equal((await send('GET', '/api/v1/payments', { headers: { ...headers, Authorization: `Bearer ${stage.key}` } })).status, 200);
    assert.equal((await send('POST', '/hooks/cards', { headers: { ...headers, 'Pelican-Signature': CARD }, body: '{}' })).status, 400);
});

const macOf = (key, text, form = 'hex') => createHmac('sha256', key).update(text).digest(form);
const DELIVERIES = {
    stripe: () => {
        const body = JSON.stringify({ id: 'evt_canary', type: 'charge.failed', note: SECRETS[0], data: { object: { object: 'charge', id: 'ch_1', payment_intent: 'pi_1', metadata: { reference: TYPED }, number: CARD } } });
        const at = Math.floor(Date.now() / 1000);
        return { body, headers: { 'Stripe-Signature': `t=${at},v1=${macOf('whsec-of-t0', `${at}.${body}`)}` }, accepted: 200 };
    },
    gocardless: () => {
        const body = JSON.stringify({ events: [{ id: 'EV1', resource_type: 'payments', action: 'failed', links: { payment: 'PM1' }, details: { description: `${CARD} ${SECRETS[0]}` }, metadata: { card: AMEX } }] });
        return { body, headers: { 'Webhook-Signature': macOf('endpoint-of-t0', body) }, accepted: 204 };
    },
    adyen: () => {
        const item = { pspReference: 'PSP1', originalReference: '', merchantAccountCode: 'CrashECOM', merchantReference: 'p-1', amount: { value: 100, currency: 'EUR' }, eventCode: 'AUTHORISATION', success: 'false', reason: 'Refused' };
        const text = [item.pspReference, '', item.merchantAccountCode, item.merchantReference, 100, 'EUR', item.eventCode, item.success].join(':');
        item.additionalData = { cardSummary: '5100', cardHolderName: AMEX, 'metadata.note': `${CARD} ${TYPED} ${SECRETS[0]}`, hmacSignature: macOf(Buffer.from(HEX_KEY, 'hex'), text, 'base64') };
        return { body: JSON.stringify({ live: 'false', notificationItems: [{ NotificationRequestItem: item }] }), headers: {}, accepted: 202 };
    },
};
test('no provider\'s message leaves one behind, whoever\'s it is, taken or refused', async () => {
    for (const [instance, delivery] of Object.entries(DELIVERIES)) {
        const { body, headers, accepted } = delivery();
        const json = { 'Content-Type': 'application/json', 'X-Card': CARD, ...headers };
        assert.equal((await send('POST', `/hooks/${instance}`, { headers: json, body })).status, accepted, instance);
        const forged = Object.fromEntries(Object.keys(headers).map((name) => [name, `t=1,v1=${CARD},${SECRETS[0]}`]));
        assert.equal((await send('POST', `/hooks/${instance}`, { headers: { ...json, ...forged }, body: body.replace(/hmacSignature":"[^"]+/, `hmacSignature":"${CARD}`) })).status, 400, instance);
        assert.equal((await send('POST', `/hooks/${instance}?card=${CARD}`, { headers: json, body: `${CARD} {"${TYPED}":` })).status, 400, instance);
    }
    assert.equal((await send('POST', `/hooks/${CARD}`, { body: CARD })).status, 404);
    const kept = await stage.database.sql(`SELECT instance, event_id FROM payments_event WHERE instance <> 'cards' ORDER BY instance`);
    assert.deepEqual(kept.map(([instance]) => instance), Object.keys(DELIVERIES).sort());
});

test('no command takes one in any of its words, and none says what it was', async () => {
    const ids = ['--payment', 'pay_x', '--account', 'acc_x', '--by', 'J. Roe'];
    const calls = [['refund-payment', ...ids.slice(0, 2), '--amount', '1.00', '--reason', AMEX], ['refund-payment', ...ids.slice(0, 2), '--amount', CARD, '--reason', 'x'], ['promise-payment', ...ids.slice(2, 4), '--pays-by', '2026-01-01', '--by', TYPED],
        ['decide-payment', ...ids.slice(0, 2), '--taken', '--by', 'J. Roe', '--reason', `Card ${CARD}`], ['decide-payment', ...ids.slice(0, 2), '--taken', '--provider-id', CARD, '--by', 'J. Roe', '--reason', 'x'], ['decide-refund', '--refund', AMEX, '--not', '--by', 'x', '--reason', 'x'],
        ['close-payment-case', ...ids.slice(0, 2), '--kind', CARD, '--by', 'x', '--reason', 'x'], ['decide-difference', '--difference', 'dif_x', '--accept', '--by', CARD, '--reason', 'x'], ['record-payment', ...ids.slice(2, 4), '--amount', '1.00', '--reference', CARD],
        ['object-invoice', ...ids.slice(2, 4), '--invoice', 'inv_x', '--amount', '1.00', '--reason', TYPED], ['user', 'show', AMEX], ['api-key', 'create', '--name', CARD, '--scopes', 'payments:read'], [CARD], ['list-payments', `--${CARD}`]];
    for (const call of calls) {
        const { code, out } = await stage.command(...call, '--tenant', 't0');
        assert.deepEqual([code, out], [64, 'What looks like the number of a bank card is taken nowhere.\n'], call.join(' '));
    }
});

// A file that somebody else keeps, and a variable: what is wrong with them is said without what they hold.
test('what is wrong with a secret is said without it', async () => {
    const config = stage.config(0, 'off').replace(/\.yaml$/, '-elsewhere.yaml');
    writeFileSync(config, readFileSync(stage.config(0, 'off'), 'utf8').replace(/^database: .*$/m, `database: {socket: ${stage.database.socket}, user: nobody, password_env: CANARY_PASSWORD, name: livery}`));
    const kept = await stage.run(config, { CANARY_PASSWORD: 'password-of-nobody' }, ['list-payments', '--tenant', 't0']);
    assert.equal(kept.code, 75, kept.out);  // a mail server's pipe must try again
    assert.match(kept.out, /1045|denied/);
    const file = join(stage.folder, 'secrets/t0/stripe_key');
    for (const [text, mode, why] of [['sk-of-t0\nsk-of-t0\n', 0o600, /stripe_key holds more than one line of text/], ['sk-of-t0', 0o644, /stripe_key can be read by others/]]) {
        writeFileSync(file, text);
        spawnSync('chmod', [mode.toString(8), file]);
        const { code, out } = await stage.command('validate');
        answers.push(out);
        assert.equal(code, 1, out);
        assert.match(out, why);
    }
    writeFileSync(file, 'sk-of-t0');
    spawnSync('chmod', ['600', file]);
    const fine = await stage.command('validate');
    assert.deepEqual([fine.code, fine.told], [0, 'Everything is in order.']);
    answers.push(kept.out, fine.out);
});

test('what is wrong with the shape of a file is said without what stands there', async () => {
    const typed = join(stage.folder, 'typed');
    cpSync(join(stage.folder, 'tenants'), typed, { recursive: true });
    const file = join(typed, 't0/tenant.yaml');
    const before = readFileSync(file, 'utf8');
    for (const [from, to] of TYPED_INTO_FILES) {
        assert.ok(before.includes(from), from);
        writeFileSync(file, before.replace(from, to));
        for (const words of [['validate'], ['validate', '--json'], ['tenant', 'list']]) {
            const { code, out } = await stage.run(stage.config(0, 'off', typed), {}, words);
            assert.equal(code, 1, `${to}: ${out}`);
            assert.match(out, /tenant\.yaml/, to);
            assert.deepEqual(holds(out), [], `${to}: ${out}`);
        }
    }
});

// What another program of the same user is refused: nobody looks into what cannot be dumped.
function looksInto(pid) {
    const [program, ...words] = [...LOOSE, 'readlink', `/proc/${pid}/exe`];
    return spawnSync(program, words, { stdio: 'ignore' }).status === 0;
}

test('no process can leave a core', async () => {
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
    // Started by the first document, and kept.
    const [{ invoice }] = await mintInvoices(stage.database, 't0', customer.account, 1);
    const document = await customer.send('GET', { tenant: 't0', path: `/invoices/inv_${base58(invoice)}/pdf` });
    assert.equal(document.headers['content-type'], 'application/pdf', document.text);
    const setters = childrenOf(pid, 'livery-pdf');
    assert.equal(setters.length, 1);
    for (const one of [pid, ...helpers, ...setters]) {
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
        assert.deepEqual(holds(text), [], place);
});
