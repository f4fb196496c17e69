// A provider that hangs keeps its own customers waiting, and nobody else.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { Client, startHost } from './host.mjs';

let host;
let provider;
before(async () => {
    host = await startHost();
    provider = Number(execFileSync('pgrep', ['-P', String(host.child.pid), '-f', 'livery-sandbox-provider'], { encoding: 'utf8' }));
});
after(async () => {
    process.kill(provider, 'SIGCONT');
    assert.equal(await host?.stop(), 0);
});

const signedIn = async (tenant) => {
    const client = new Client(host, tenant);
    await client.get('/sign-in');
    await client.signIn();
    await client.get('/payment-methods');
    return client;
};

test('pages of another business are served at once while twelve people wait for a provider', async () => {
    const waiting = await signedIn('lumen');
    const other = await signedIn('harbor');
    await other.get('/invoices');
    process.kill(provider, 'SIGSTOP');
    const csrf = waiting.csrf;
    const stuck = Array.from({ length: 12 }, () => waiting.post('/payment-methods/add', { csrf }));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const times = [];
    for (let round = 0; round < 4; round++) {
        await Promise.all(Array.from({ length: 16 }, async () => {
            const begun = Date.now();
            assert.equal((await other.get('/invoices')).status, 200);
            times.push(Date.now() - begun);
        }));
    }
    assert.ok(Math.max(...times) < 5000, `the slowest page took ${Math.max(...times)} ms`);
    process.kill(provider, 'SIGCONT');
    // Those that waited are served when it goes on, those beyond the places were told at once.
    const answers = await Promise.all(stuck);
    const statuses = answers.map((answer) => answer.status);
    assert.ok(statuses.includes(303), `${statuses}`);
    assert.ok(statuses.every((status) => [303, 422, 429, 503].includes(status)), `${statuses}`);
});
