// What these tests write while hosts serve may deadlock with a host.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, sleep } from './processes.mjs';

let folder, database, other;

before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'livery-deadlock-'));
    database = new Database(folder);
    await database.start();
    await database.sql('CREATE TABLE t (id INT PRIMARY KEY, v INT NOT NULL) SELECT seq AS id, 0 AS v FROM seq_1_to_100');
    other = database.connect('inherit', '--database=livery');
    other.stdout.resume();
});
after(async () => {
    other?.stdin.end();
    await database?.stop();
    rmSync(folder, { recursive: true });
});

// The other one has changed more rows, so the database gives up ours. It wants row 2, that we hold, once we wait for its rows.
async function meet(ours) {
    other.stdin.write('START TRANSACTION; UPDATE t SET v = v + 1 WHERE id >= 50;\n');
    await sleep(300);
    const done = database.sql(ours).then(() => 'done', (error) => error.message);
    await sleep(300);
    other.stdin.write('UPDATE t SET v = v + 1 WHERE id = 2; COMMIT;\n');
    return done;
}

test('a transaction that the database gave up is asked for again as a whole', async () => {
    const ours = ['START TRANSACTION', 'UPDATE t SET v = v + 10 WHERE id = 2', 'UPDATE t SET v = v + 10 WHERE id = 60', 'COMMIT'].join(';\n');
    assert.equal(await meet(ours), 'done');
    assert.deepEqual(await database.sql('SELECT id, v FROM t WHERE id IN (2, 60, 61) ORDER BY id'), [['2', '11'], ['60', '11'], ['61', '1']]);
});

test('another refusal is told with its reason', async () => {
    await assert.rejects(database.sql('SELECT nothing FROM t'), /Unknown column 'nothing'.*SELECT nothing/s);
});
