// What programs take away as files, beside what the portal hands out; registered by replies.test.mjs, on its host.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Client, LOGINS } from '../e2e/host.mjs';
import { Program, saved } from './program.mjs';

const TODAY = new Date();
const FROM = `${TODAY.getFullYear() - 1}-01-01`;
const TO = `${TODAY.getFullYear() + 1}-12-31`;
const sum = (list) => list.reduce((total, one) => total + one.amount.amount, 0);

// The person's own documents: what the portal's export of all years names.
async function ownDocuments(host, tenant) {
    const person = new Client(host, tenant);
    await person.signIn(LOGINS[tenant]);
    const text = (await person.get(`/invoices/export?from=${FROM}&to=${TO}&format=json`)).text;
    return { person, documents: JSON.parse(text).documents };
}
const pathOf = (document) => `/api/v1/${document.kind === 'credit_note' ? 'credit-notes' : 'invoices'}/${document.id}`;

export function downloads(world) {
    for (const tenant of ['harbor', 'northwind', 'lumen']) {
        test(`${tenant}: the files of a document are the portal's, byte by byte`, async () => {
            const { host, programs } = world();
            const p = programs[tenant];
            const { person, documents } = await ownDocuments(host, tenant);
            const notes = documents.filter((one) => one.kind === 'credit_note').slice(-1);
            const chosen = [...documents.filter((one) => one.kind === 'invoice').slice(-2), ...notes];
            assert.ok(chosen.length > 1);
            for (const document of chosen) {
                const own = pathOf(document);
                for (const [file, type, suffix] of [['pdf', 'application/pdf', '.pdf'], ['ubl', 'application/xml; charset=utf-8', '.ubl.xml'], ['cii', 'application/xml; charset=utf-8', '.cii.xml']]) {
                    const mine = await p.get(`${own}/${file}`);
                    const theirs = await person.get(`/invoices/${document.id}/${file}`);
                    if (theirs.status !== 200) {
                        // Why not is told by whether anybody here writes e-invoices, and by the document.
                        assert.equal(theirs.status, mine.status === 409 ? 422 : 404, `${document.number} ${file}`);
                        assert.equal(mine.headers['content-type'], 'application/problem+json');
                        continue;
                    }
                    assert.equal(mine.status, 200, mine.text);
                    assert.equal(mine.headers['content-type'], type);
                    assert.equal(mine.headers['content-disposition'], saved(`${document.number}${suffix}`));
                    assert.ok(mine.bytes.equals(theirs.bytes), `${document.number} ${file}: other bytes than on the portal`);
                    assert.ok(mine.bytes.length > 500);
                }
                // By the address of the other kind it is not there, nor for who has no right, nor for another tenant.
                const other = own.includes('credit-notes') ? own.replace('credit-notes', 'invoices') : own.replace('invoices', 'credit-notes');
                const stranger = programs[tenant === 'lumen' ? 'harbor' : 'lumen'];
                for (const response of [await p.get(`${other}/pdf`), await stranger.get(`${own}/pdf`), await p.get(`${own.slice(0, -3)}111/pdf`), await p.get('/api/v1/invoices/nonsense/pdf')])
                    assert.deepEqual([response.status, response.json.code], [404, 'not_found'], response.text);
            }
        });

        test(`${tenant}: the documents of some days, as JSON and as a table, are the portal's`, async () => {
            const { host, programs } = world();
            const p = programs[tenant];
            const { person, documents } = await ownDocuments(host, tenant);
            const account = documents[0].account;
            const range = `from=${FROM}&to=${TO}`;
            const mine = await p.get(`/api/v1/accounts/${account}/documents?${range}`);
            assert.equal(mine.status, 200, mine.text);
            assert.deepEqual(mine.json, { documents });
            const table = await p.get(`/api/v1/accounts/${account}/documents/csv?${range}`);
            assert.equal(table.headers['content-type'], 'text/csv; charset=utf-8');
            assert.ok(table.bytes.equals((await person.get(`/invoices/export?${range}&format=csv`)).bytes), 'other bytes than on the portal');
            // One day holds what was issued on it, both ends included.
            const day = documents.at(-1).issued_on;
            const ofDay = (await p.get(`/api/v1/accounts/${account}/documents?from=${day}&to=${day}`)).json.documents;
            assert.deepEqual(ofDay, documents.filter((one) => one.issued_on === day));

            const statement = await p.get(`/api/v1/accounts/${account}/statement?${range}`);
            assert.equal(statement.status, 200, statement.text);
            for (const one of statement.json.currencies) {
                assert.equal(one.closing.amount, one.opening.amount + sum(one.entries));
                const issued = one.entries.filter((entry) => entry.fact === 'issued').map((entry) => entry.document).sort();
                const ids = documents.filter((document) => document.currency === one.currency && document.total.amount !== 0).map((document) => document.id).sort();
                assert.deepEqual(issued, ids, 'every document was booked, and nothing else');
            }
            // Cut in two, the first part ends where the second begins.
            const cut = documents[Math.floor(documents.length / 2)].issued_on;
            const [before, after] = [await p.get(`/api/v1/accounts/${account}/statement?from=${FROM}&to=${cut}`), await p.get(`/api/v1/accounts/${account}/statement?from=${nextDay(cut)}&to=${TO}`)];
            assert.deepEqual(after.json.currencies[0].opening, before.json.currencies[0].closing);
            assert.deepEqual(after.json.currencies[0].closing, statement.json.currencies[0].closing);
        });
    }

    test('what has no e-invoice says why, as the portal does', async () => {
        const { host, programs } = world();
        // It was told to write them: its taxes have no place in the standard.
        const { person, documents } = await ownDocuments(host, 'northwind');
        const several = documents.find((one) => one.lines.some((line) => line.taxes.length > 1));
        for (const file of ['ubl', 'cii']) {
            const response = await programs.northwind.get(`${pathOf(several)}/${file}`);
            assert.deepEqual([response.status, response.json.code], [409, 'e_invoice_taxes'], response.text);
            assert.match(response.json.detail, /EN 16931/);
            assert.equal((await person.get(`/invoices/${several.id}/${file}`)).status, 422);
        }
        assert.equal((await programs.northwind.get(`${pathOf(several)}/pdf`)).status, 200);
    });

    test('what is wrong with some days is said by name', async () => {
        const { host, checker, programs } = world();
        const p = programs.harbor;
        const [account] = (await p.get('/api/v1/accounts?limit=1')).json.data;
        for (const what of ['documents', 'documents/csv', 'statement']) {
            const path = `/api/v1/accounts/${account.id}/${what}`;
            for (const [query, code, field] of [['', 'missing', 'from'], ['?from=2026-01-01', 'missing', 'to'], ['?from=2026-02-31&to=2026-03-01', 'date', 'from'], ['?from=2026-01-01&to=soon', 'date', 'to'],
                ['?from=2026-01-02&to=2026-01-01', 'date_order', 'to'], ['?from=2026-01-01&to=2026-01-01&format=pdf', 'unknown_parameter', 'format']]) {
                const response = await p.get(path + query);
                assert.deepEqual([response.status, response.json.errors?.[0].code, response.json.errors?.[0].field], [422, code, field], response.text);
            }
            const days = '?from=2026-01-01&to=2026-01-01';
            for (const response of [await programs.lumen.get(path + days), await p.get(`/api/v1/accounts/acc_${'1'.repeat(22)}/${what}${days}`)])
                assert.deepEqual([response.status, response.json.code], [404, 'not_found']);
            const clerk = new Program(host, checker, 'harbor', 'accounts:read');
            assert.equal((await clerk.get(path + days)).json.code, 'missing_scope');
        }
    });
}

function nextDay(day) { return new Date(Date.parse(day) + 86400e3).toISOString().slice(0, 10); }
