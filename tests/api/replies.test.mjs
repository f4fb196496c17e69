// Programs against a running host with demo data: three tenants, every operation, what is refused.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { giveTestClock, startHost } from '../e2e/host.mjs';
import { corrections } from './corrections.mjs';
import { downloads } from './downloads.mjs';
import { drafts } from './drafts.mjs';
import { givingBack } from './giving_back.mjs';
import { later } from './later.mjs';
import { paying } from './paying.mjs';
import { payingOnline } from './paying_online.mjs';
import { people } from './people.mjs';
import { Checker, Program, document, run } from './program.mjs';
import { reading } from './reading.mjs';
import { refusals } from './refusals.mjs';
import { selling } from './selling.mjs';
import { staff } from './staff.mjs';
import { tickets } from './tickets.mjs';

const ALL = 'accounts:read,accounts:write,catalog:read,clock:read,clock:write,events:read,invoices:read,invoices:write,orders:read,orders:write,payments:read,payments:write,staff:read,staff:write,subscriptions:read,subscriptions:write,tickets:read,tickets:write';
const TENANTS = ['harbor', 'northwind', 'lumen'];
let host, checker;
const programs = {};

before(async () => {
    host = await startHost({ beforeStart: prepare });
    checker = new Checker(document());
    for (const tenant of TENANTS) programs[tenant] = new Program(host, checker, tenant, ALL);
});
// A test clock at lumen, which writes no e-invoices; northwind is told to, though its taxes have no place in them.
function prepare(data, words) {
    const file = (tenant) => join(words[words.indexOf('--tenants') + 1], tenant, 'tenant.yaml');
    const edit = (tenant, from, to) => {
        const text = readFileSync(file(tenant), 'utf8');
        assert.ok(text.includes(from));
        writeFileSync(file(tenant), text.replace(from, to));
    };
    edit('lumen', 'e_invoice: en16931', 'e_invoice: none');
    edit('northwind', '\n  invoices:\n', '\n  invoices:\n    e_invoice: en16931\n');
    giveTestClock(dirname(file('lumen')));
}
after(async () => { assert.equal(await host?.stop(), 0); });

reading(() => ({ host, checker, programs }));
selling(() => ({ host, checker, programs }));
corrections(() => ({ host, checker, programs }));
drafts(() => ({ host, checker, programs }));
paying(() => ({ host, checker, programs }));
givingBack(() => ({ host, checker, programs }));
// Its providers are out of order afterwards.
payingOnline(() => ({ host, checker, programs }));
refusals(() => ({ host, checker, programs }));

test('a test clock is moved, and what the days bring is done; a real one is not', async () => {
    const p = programs.lumen;
    const before = (await p.get('/api/v1/clock')).json;
    assert.deepEqual([before.sandbox, before.stands, before.time_zone], [true, false, 'Europe/London']);
    const invoices = (await p.all('/api/v1/invoices', 100)).length;
    const moved = await p.call('POST', '/api/v1/clock/advance', { body: { by: '2 months' } });
    assert.equal(moved.status, 200, moved.text);
    assert.ok(Date.parse(moved.json.now) - Date.parse(before.now) > 58 * 86400e3);
    assert.ok((await p.all('/api/v1/invoices', 100)).length > invoices);
    // It stands, for programs and for people.
    const now = (await p.get('/api/v1/clock')).json;
    assert.deepEqual(now, moved.json);
    const again = await p.call('POST', '/api/v1/clock/advance', { body: { to: now.civil } });
    assert.deepEqual([again.status, again.json], [200, now]);
    for (const [body, field] of [[{ to: '2020-01-01' }, 'to'], [{ to: 'soon' }, 'to'], [{ by: 'a while' }, 'by'], [{}, 'to'], [{ to: now.civil, by: 'month' }, 'to']]) {
        const refused = await p.call('POST', '/api/v1/clock/advance', { body });
        assert.deepEqual([refused.status, refused.json.errors[0].field], [422, field], refused.text);
    }
    const live = await programs.harbor.call('POST', '/api/v1/clock/advance', { body: { by: 'month' } });
    assert.deepEqual([live.status, live.json.code], [409, 'clock_no_sandbox']);
    assert.equal((await programs.harbor.get('/api/v1/clock')).json.sandbox, false);
});

downloads(() => ({ host, checker, programs }));
people(() => ({ host, checker, programs }));
staff(() => ({ host, programs }));
tickets(() => ({ host, programs }));
later(() => ({ host, programs }));

test('too many at once are told to wait', async () => {
    const hasty = new Program(host, checker, 'northwind', 'catalog:read');
    const answers = [];
    // What the key has no scope for counts as well, and is the cheapest to answer: a slow machine must be fast enough to be too fast.
    for (let i = 0; i < 80 && !answers.some((one) => one.status === 429); i++) answers.push(...await Promise.all(Array.from({ length: 50 }, () => hasty.raw('GET', '/api/v1/accounts'))));
    const refused = answers.filter((one) => one.status === 429);
    assert.ok(refused.length > 0, 'nobody was told to wait');
    assert.equal(refused[0].headers['retry-after'], '1');
    assert.equal(refused[0].json.code, 'too_many_requests');
    assert.equal((await hasty.get('/api/v1/catalog')).status, 200);
});

test('the document is served to everybody, and is the one that the command prints', async () => {
    const served = await host.ask({ host: 'harbor.localhost', path: '/api/v1/openapi.json' });
    assert.deepEqual([served.status, served.headers['content-type'], JSON.parse(served.text)], [200, 'application/json', document()]);
});

test('keys: what the commands say', () => {
    const list = JSON.parse(run(['api-key', 'list', '--tenant', 'harbor', '--json', ...host.words]));
    assert.ok(list.some((one) => one.id === programs.harbor.id && one.revoked_at === null));
    assert.ok(list.some((one) => one.revoked_at !== null));
    assert.ok(!JSON.stringify(list).includes(programs.harbor.key.slice('lvk_'.length + 23)), 'the secret is nowhere');
    assert.throws(() => run(['api-key', 'create', '--tenant', 'harbor', '--name', 'x', '--scopes', 'everything', ...host.words]), (error) => error.status === 64 && /accounts:read/.test(error.stderr));
    assert.throws(() => run(['api-key', 'revoke', programs.lumen.id, '--tenant', 'harbor', ...host.words]), (error) => error.status === 1);
});

test('the books hold, and every operation was called', () => {
    assert.match(run(['verify', ...host.words]), /ok/);
    assert.deepEqual(checker.never(), []);
});
