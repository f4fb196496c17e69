// A year of three tenants on their test clocks, and what a killed move leaves.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, LIVERY, LOGINS, giveTestClock, startHost, sleep } from './host.mjs';

const TENANTS = Object.keys(LOGINS);
const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
let host;
const run = (...words) => execFileSync(LIVERY, [...words, ...host.words], { encoding: 'utf8', env, stdio: 'pipe' });
const clock = (tenant, ...words) => run('clock', '--tenant', tenant, ...words);
const shown = (tenant) => JSON.parse(clock(tenant, 'show', '--json'));
const fails = (code, says, ...words) => assert.throws(() => run(...words), (error) => {
    assert.equal(error.status, code, error.stderr);
    assert.match(error.stderr, says);
    return true;
});
before(async () => {
    host = await startHost({ beforeStart(data, words) {
        const tenants = words[words.indexOf('--tenants') + 1];
        for (const tenant of TENANTS) giveTestClock(join(tenants, tenant));
        // Nobody pays in this year: with what the demo suspends, nothing would be left to invoice.
        const file = join(tenants, 'lumen', 'tenant.yaml');
        writeFileSync(file, readFileSync(file, 'utf8').replace(', action: block', ''));
    } });
});
after(async () => { assert.equal(await host?.stop(), 0); });

test('a clock is shown, and refuses what it cannot do', () => {
    assert.match(clock('harbor', 'show'), /^20\d\d-\d\d-\d\dT.* Europe\/Berlin \(test, runs clock\)/);
    fails(64, /only goes forward/, 'clock', '--tenant', 'harbor', 'advance', '--to', '2020-01-01');
    fails(64, /neither a length/, 'clock', '--tenant', 'harbor', 'advance', 'soon');
    fails(64, /one of them/, 'clock', '--tenant', 'harbor', 'advance');
    fails(1, /no tenant `nobody`/, 'clock', '--tenant', 'nobody', 'show');
});

test('a year passes day by day: every month is invoiced, once, and pages show the time', async (t) => {
    for (const tenant of TENANTS) {
        const from = Date.parse(shown(tenant).now);
        const begun = Date.now();
        clock(tenant, 'advance', '12months', '--quiet');
        t.diagnostic(`${tenant}: a year in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
        const now = shown(tenant);
        assert.equal(now.clock, 'test, stands');
        assert.ok(Math.abs(Date.parse(now.now) - from - 365 * 86400e3) < 2 * 86400e3, now.now);
        const months = host.sql(`SELECT COUNT(DISTINCT DATE_FORMAT(issued_at, '%Y-%m')) FROM invoices_document WHERE tenant_id = '${tenant}' AND issued_at >= '${new Date(from).toISOString().slice(0, 10)}'`).split('\n')[1];
        assert.ok(Number(months) >= 12, `${tenant}: ${months} months have invoices`);
        const runs = JSON.parse(run('jobs', 'list', '--tenant', tenant, '--most', '5000', '--json'));
        const billing = runs.filter((one) => one.job === 'billing');
        assert.ok(billing.length >= 365, `${billing.length} days were billed`);
        assert.ok(runs.every((one) => one.state === 'done' && one.tries === 1), JSON.stringify(runs.find((one) => one.state !== 'done')));
        assert.match(run('bill', '--tenant', tenant, '--json'), /"invoices":0,"credit_notes":0/);
    }
    assert.doesNotMatch(run('verify'), /BAD/);
    // A subscriber's newest invoice is of next year, and is overdue where nobody paid.
    const person = new Client(host, 'northwind');
    await person.signIn();
    const year = new Date(shown('northwind').now).getUTCFullYear();
    assert.match((await person.get('/invoices')).text, new RegExp(`${year}`));
});

test('a move that is killed is finished by the next one, and the books are the same', async () => {
    const from = shown('harbor').now;
    const target = new Date(Date.parse(from) + 62 * 86400e3).toISOString().slice(0, 10);
    const child = spawn(LIVERY, ['clock', '--tenant', 'harbor', 'advance', '--to', target, ...host.words], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    await new Promise((resolve) => { let days = 0; child.stderr.on('data', (text) => { days += String(text).split('\n').length - 1; if (days > 20) resolve(); }); child.on('exit', resolve); });
    child.kill('SIGKILL');
    await sleep(100);
    const halfway = Date.parse(shown('harbor').now);
    assert.ok(halfway > Date.parse(from) && halfway < Date.parse(target), 'it was killed on the way');
    fails(1, /Somebody is moving/, 'clock', '--tenant', 'harbor', 'advance', '1day');
    // As if the ten minutes of its lease were over.
    host.sql('UPDATE core_test_clock SET leased_until = UTC_TIMESTAMP(6)');
    host.sql('UPDATE core_job_run SET leased_until = UTC_TIMESTAMP(6)');
    clock('harbor', 'advance', '1day', '--quiet');
    assert.equal(shown('harbor').civil.slice(0, 10), target);
    assert.match(run('bill', '--tenant', 'harbor', '--json'), /"invoices":0,"credit_notes":0/);
    assert.doesNotMatch(run('verify', '--tenant', 'harbor'), /BAD/);
});
