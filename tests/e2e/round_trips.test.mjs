// What a page costs the database: counted by the host's own measurements, statement by statement.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, LOGINS, ask, freePort, startHost } from './host.mjs';
import { OTHERS } from './shopping.mjs';

let host;
let metricsPort;
before(async () => {
    metricsPort = await freePort();
    host = await startHost({ beforeStart: (data, words) => {
        const file = join(data, '..', 'livery.yaml');
        // What a day brings is counted elsewhere.
        writeFileSync(file, `metrics:\n  port: ${metricsPort}\njobs: off\n`);
        words.push('--config', file);
    } });
});
after(async () => { await host?.stop(); });

async function counts() {
    const { text } = await ask(metricsPort, { host: '127.0.0.1', path: '/metrics' });
    return new Map([...text.matchAll(/^livery_statement_seconds_count\{name="([^"]+)"\} (\d+)/gm)].map(([, name, count]) => [name, Number(count)]));
}
// The statements that `work` made, by name; mail is delivered beside it, in its own time, and so come messages of the
// provider.
async function statementsOf(work) {
    const before = await counts();
    const { status } = await work();
    assert.equal(status, 200);
    const made = [];
    for (const [name, count] of await counts()) {
        if (!name.startsWith('mail.') && name !== 'payments.add_event') made.push(...Array(count - (before.get(name) ?? 0)).fill(name));
    }
    return made;
}

test('a first view makes two round trips, a repeated one makes one', async () => {
    const client = new Client(host, 'northwind');
    // Not the one who has a note of an amount: it covers no time, and is asked for it each time.
    await client.signIn({ ...LOGINS.northwind, email: OTHERS.northwind });
    const list = () => client.get('/subscriptions');
    assert.deepEqual(await statementsOf(list), ['identity.find_session', 'subscriptions.agreements_of_account']);
    assert.deepEqual(await statementsOf(list), ['identity.find_session']);
    assert.deepEqual(await statementsOf(() => client.get('/')), ['identity.find_session', 'invoices.due_first', 'payments.methods_of', 'payments.standing_of', 'subscriptions.agreements_of_account'], 'one more for each that adds to the home page');
    assert.deepEqual(await statementsOf(() => client.get('/invoices')), ['identity.find_session', 'invoices.first_page']);
    assert.deepEqual(await statementsOf(() => new Client(host, 'northwind').get('/sign-in')), [], 'a page without a session asks for nothing');
});
