import { test } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { document } from './program.mjs';

test('the OpenAPI document passes the strict rules of Redocly', () => {
    const folder = mkdtempSync('/tmp/livery-openapi-');
    writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document()));
    writeFileSync(join(folder, 'redocly.yaml'), 'extends: [recommended-strict]\ntelemetry: "off"\n');
    const lint = (file) => {
        try {
            return { code: 0, out: execFileSync(process.execPath, [join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, 'node_modules/@redocly/cli/bin/cli.js'), 'lint', file],
                { cwd: folder, encoding: 'utf8', stdio: 'pipe', env: { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } }) };
        } catch (error) { return { code: error.status, out: error.stdout + error.stderr }; }
    };
    const good = lint('openapi.json');
    assert.equal(good.code, 0, good.out);
    // The rules do look: without the names of its operations it fails.
    const bad = document();
    for (const methods of Object.values(bad.paths)) for (const one of Object.values(methods)) delete one.operationId;
    writeFileSync(join(folder, 'bad.json'), JSON.stringify(bad));
    assert.notEqual(lint('bad.json').code, 0);
});

test('files are declared by their types, and refused in JSON like anything else', () => {
    const doc = document();
    const types = (path) => Object.keys(doc.paths[path].get.responses['200'].content);
    for (const kind of ['invoices', 'credit-notes']) {
        assert.deepEqual(types(`/api/v1/${kind}/{id}/pdf`), ['application/pdf']);
        assert.deepEqual(types(`/api/v1/${kind}/{id}/ubl`), ['application/xml']);
        assert.deepEqual(types(`/api/v1/${kind}/{id}/cii`), ['application/xml']);
    }
    assert.deepEqual(types('/api/v1/accounts/{id}/documents/csv'), ['text/csv']);
    const pdf = doc.paths['/api/v1/invoices/{id}/pdf'].get;
    for (const status of [404, 409, 503]) assert.deepEqual(Object.keys(pdf.responses[status].content), ['application/problem+json'], status);
    const range = doc.paths['/api/v1/accounts/{id}/documents'].get.parameters;
    assert.deepEqual(range.filter((one) => one.required).map((one) => one.name), ['id', 'from', 'to']);
});

test('every operation has a scope, a tag and refusals', () => {
    const doc = document();
    const scopes = new Set();
    for (const [path, methods] of Object.entries(doc.paths)) {
        for (const [method, operation] of Object.entries(methods)) {
            scopes.add(/Scope: `([a-z]+:[a-z]+)`/.exec(operation.description)[1]);
            for (const status of ['401', '403', '404', '422', '429']) assert.ok(operation.responses[status], `${method} ${path} ${status}`);
        }
    }
    assert.deepEqual([...scopes].sort(), ['accounts:read', 'accounts:write', 'catalog:read', 'clock:read', 'clock:write', 'events:read', 'invoices:read', 'invoices:write', 'orders:read', 'orders:write', 'payments:read', 'payments:write', 'staff:read', 'staff:write', 'subscriptions:read', 'subscriptions:write', 'tickets:read', 'tickets:write']);
});
