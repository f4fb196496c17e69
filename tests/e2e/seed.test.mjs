// Demo data: the same every time, and never half of it.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { Client, LIVERY, LOGINS, SOURCE, startHost, sleep } from './host.mjs';

async function subscriptionsOf(host, tenant) {
    const client = new Client(host, tenant);
    await client.signIn();
    const page = (await client.get('/subscriptions')).text;
    return page.slice(page.indexOf('<tbody>'), page.indexOf('</tbody>'));
}

// Command lines of living processes that name the folder.
const processesOf = (folder) => readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((pid) => {
    try { return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' '); } catch { return ''; }
}).filter((words) => words.includes(folder));

test('the same data, ids included, on a fresh machine and after a start that was killed midway', async () => {
    const first = await startHost();
    const expected = await subscriptionsOf(first, 'harbor');
    assert.match(expected, /\/subscriptions\/sub_/);
    await first.stop();

    const second = await startHost({
        // kill -9 in the midst of the second tenant: the first one's data is committed.
        async beforeStart(data, words) {
            const child = spawn(LIVERY, ['demo', ...words], { cwd: SOURCE, env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' }, stdio: ['ignore', 'ignore', 'pipe'] });
            await new Promise((resolve) => {
                let said = '';
                child.stderr.on('data', (chunk) => { said += chunk; if (/Making demo data for lumen/.test(said)) resolve(); });
                child.on('exit', resolve);
            });
            child.kill('SIGKILL');
            await sleep(200);
        },
    });
    assert.match(second.log(), /cut off midway/);
    for (const tenant of Object.keys(LOGINS)) assert.match(await subscriptionsOf(second, tenant), /\/subscriptions\/sub_/);
    assert.equal(await subscriptionsOf(second, 'harbor'), expected);
    await second.stop();
    assert.deepEqual(processesOf(second.data), [], 'nothing is left running, not even of the killed start');
});
