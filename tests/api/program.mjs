// A program of a tenant: calls with its key, checks every answer against the published document.
import Ajv from 'ajv/dist/2020.js';
import { execFileSync } from 'node:child_process';
import { LIVERY } from '../e2e/host.mjs';

const quiet = { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } };
export const run = (words) => execFileSync(LIVERY, words, quiet);
export const document = () => JSON.parse(run(['routes', '--openapi']));

// By method and the template of its path.
function operationsOf(doc) {
    return Object.entries(doc.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({
        operation, method: method.toUpperCase(), fits: new RegExp(`^${path.replace(/\{[^}]+\}/g, '[^/]+')}$`) })));
}

// A file is what its type says, for the one who asked alone, and has a name to be kept by.
const BEGINS = { 'application/pdf': /^%PDF-1\.\d/, 'application/xml': /^<\?xml version="1\.0" encoding="UTF-8"\?>/, 'text/csv': /^\ufeff?[a-z_]+,/ };
function checkFile(type, call, response) {
    if (BEGINS[type] && !BEGINS[type].test(response.text)) throw new Error(`${call}: that is no ${type}: ${response.text.slice(0, 80)}`);
    if (!/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%-]+$/.test(response.headers['content-disposition'])) throw new Error(`${call}: ${response.headers['content-disposition']}`);
    if (response.headers['cache-control'] !== 'no-store') throw new Error(`${call}: ${response.headers['cache-control']}`);
}

// How it is said under which name a file is to be kept.
export const saved = (name) => `attachment; filename="${name}"; filename*=UTF-8''${name}`;

export class Checker {
    constructor(doc) {
        this.operations = operationsOf(doc);
        this.called = new Set();
        this.ajv = new Ajv({ strict: false, validateFormats: false });
        this.ajv.addSchema({ $id: 'doc', components: doc.components });
    }
    check(method, path, response) {
        const found = this.operations.find((one) => one.method === method && one.fits.test(path.split('?')[0]));
        if (!found) return;
        // What the front refuses belongs to no operation.
        const declared = found.operation.responses[response.status] ?? ([408, 413, 431].includes(response.status) && found.operation.responses[401]);
        if (!declared) throw new Error(`${method} ${path}: ${response.status} is not declared: ${response.text}`);
        const sent = response.headers['content-type'] ?? '';
        const [type, media] = Object.entries(declared.content).find(([one]) => one === sent.split(';')[0]) ?? [];
        if (!media) throw new Error(`${method} ${path}: ${sent} instead of ${Object.keys(declared.content)}`);
        if (media.schema.$ref) this.fits(media.schema.$ref, method, path, response);
        else checkFile(type, `${method} ${path}`, response);
        if (response.status < 300) this.called.add(found.operation.operationId);
    }
    fits(ref, method, path, response) {
        const fits = this.ajv.compile({ $ref: `doc#/components/schemas/${ref.split('/').at(-1)}` });
        if (response.headers['content-type'].includes(';')) throw new Error(`${method} ${path}: JSON has no parameters`);
        if (!fits(JSON.parse(response.text))) throw new Error(`${method} ${path}: ${JSON.stringify(fits.errors[0])} in ${response.text.slice(0, 2000)}`);
    }
    never() { return this.operations.map((one) => one.operation.operationId).filter((id) => !this.called.has(id)); }
}

export class Program {
    constructor(host, checker, tenant, scopes) {
        Object.assign(this, { host, checker, tenant });
        const made = JSON.parse(run(['api-key', 'create', '--tenant', tenant, '--name', 'test', '--scopes', scopes, '--json', ...host.words]));
        this.key = made.key;
        this.id = made.id;
    }
    // As it comes; `body` is sent as JSON unless it is a text.
    async raw(method, path, { body, headers = {}, key = this.key } = {}) {
        const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
        const response = await this.host.ask({ host: `${this.tenant}.localhost`, method, path, body: text, headers: {
            ...(key ? { Authorization: `Bearer ${key}` } : {}), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers } });
        this.checker.check(method, path, response);
        return { ...response, json: /json/.test(response.headers['content-type'] ?? '') ? JSON.parse(response.text) : undefined };
    }
    // Waits as told when there were too many.
    async call(method, path, options = {}) {
        for (;;) {
            const response = await this.raw(method, path, options);
            if (response.status !== 429) return response;
            await new Promise((resolve) => setTimeout(resolve, 1000 * Number(response.headers['retry-after'])));
        }
    }
    get(path) { return this.call('GET', path); }
    // Every row of a list, page by page.
    async all(path, limit = 7) {
        const rows = [];
        for (let next = ''; next !== null;) {
            const page = await this.get(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${next && `&after=${next}`}`);
            if (page.status !== 200) throw new Error(page.text);
            rows.push(...page.json.data);
            next = page.json.next;
        }
        return rows;
    }
}
