// What the doubles of all providers share.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const spec = (name) =>
    JSON.parse(gunzipSync(readFileSync(new URL(`./specs/${name}.json.gz`, import.meta.url))).toString());

export const id = (prefix, length = 24) =>
    prefix + randomBytes(32).toString('base64').replace(/[^A-Za-z0-9]/g, '').slice(0, length);

export const hmac = (key, text, encoding = 'hex') => createHmac('sha256', key).update(text).digest(encoding);

// An answer that ends a request, thrown or returned.
export class Answer extends Error {
    constructor(status, body, headers = {}) {
        super(String(status));
        Object.assign(this, { status, body, headers });
    }
}

// A file of facts that only grows; a line that a killed process left unfinished never was.
class Ledger {
    constructor(folder) {
        mkdirSync(folder, { recursive: true });
        this.file = openSync(join(folder, 'ledger.jsonl'), 'a+');
        const text = readFileSync(this.file, 'utf8');
        const whole = text.slice(0, text.lastIndexOf('\n') + 1);
        ftruncateSync(this.file, Buffer.byteLength(whole));
        this.facts = whole.split('\n').filter(Boolean).map((line) => JSON.parse(line));
    }
    append(fact) {
        this.facts.push(fact);
        writeSync(this.file, JSON.stringify(fact) + '\n');
        fsyncSync(this.file);
    }
    close() { closeSync(this.file); }
}

export class Double {
    // `routes`: [method, /pattern/, handler(context)]; `sign(body, seconds)` gives a webhook's headers.
    constructor({ folder, routes, sign, refusal }) {
        this.ledger = new Ledger(folder);
        this.kinds = {};  // kind to id to object
        this.keys = {};   // what was answered under a key
        this.ahead = 0;
        this.busy = new Set();
        this.queue = [];
        Object.assign(this, { routes, sign, refusal, hook: '', lag: 0, untold: 0, fault: '' });
        for (const fact of this.ledger.facts) this.#apply(fact);
        this.server = createServer((incoming, outgoing) => this.#serve(incoming, outgoing));
    }
    now() { return Math.floor(Date.now() / 1000) + this.ahead; }
    all(kind) { return Object.values(this.kinds[kind] ?? {}); }
    find(kind, key) { return this.kinds[kind]?.[key]; }
    // What is so from now on: kept before it is answered.
    put(kind, object, fact = {}) { this.#keep({ at: this.now(), kind, object: structuredClone(object), ...fact }); return object; }
    moved(what, fields) { this.#keep({ at: this.now(), moved: what, ...fields }); }
    #keep(fact) { this.ledger.append(fact); this.#apply(fact); }
    #apply(fact) {
        if (fact.kind) (this.kinds[fact.kind] ??= {})[fact.object.id] = fact.object;
        if (fact.key) this.keys[fact.key.id] = fact.key;
        if (fact.ahead) this.ahead = fact.ahead;
        if (fact.hook !== undefined) this.hook = fact.hook;
    }
    listen(port) {
        return new Promise((done) => this.server.listen(port, '127.0.0.1', () => done(this.server.address().port)));
    }

    async #serve(incoming, outgoing) {
        const chunks = [];
        for await (const chunk of incoming) chunks.push(chunk);
        const url = new URL(incoming.url, 'http://double');
        const asked = { method: incoming.method, path: url.pathname, query: url.searchParams, search: url.search,
            headers: incoming.headers, body: Buffer.concat(chunks).toString() };
        let answer;
        try {
            if (asked.path.startsWith('/live/')) this.#enterLive(asked);
            answer = asked.path.startsWith('/test/') ? this.#test(asked) : await this.#route(asked);
        } catch (thrown) {
            if (!(thrown instanceof Answer)) console.error(thrown);
            answer = thrown instanceof Answer ? thrown : this.refusal(500, String(thrown));
        }
        const fault = this.#faultOf(url, incoming.method);
        // It was done, and nobody will ever be told so by this answer.
        if (fault === 'withheld') return;
        if (fault) answer = this.#spoilt(fault, answer);
        // Told before it is answered; whoever does not listen is not waited for.
        for (let patience = 0; fault === 'webhook_first' && this.untold > 0 && patience < 100; patience += 1)
            await new Promise((done) => { setTimeout(done, 10); });
        const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
        const type = typeof answer.body === 'string' ? 'text/html; charset=utf-8' : 'application/json';
        outgoing.writeHead(answer.status, { 'content-type': type, ...answer.headers });
        outgoing.end(answer.status === 204 ? undefined : text);
    }
    // The live side is the same house behind another address, with a key of its own.
    #enterLive(asked) {
        const { test, live } = this.keysOfSides ?? {};
        const shown = Object.entries(asked.headers).find(([, value]) => live && value.includes(live));
        asked.path = asked.path.slice('/live'.length);
        for (const [name, value] of Object.entries(asked.headers)) asked.headers[name] = String(value).replaceAll(test, 'key-of-tests');
        if (shown) asked.headers[shown[0]] = shown[1].replaceAll(live, test);
    }
    // What the kit asked for meets the next answer that changes something.
    #faultOf(url, method) {
        if (!this.fault || method === 'GET' || url.pathname.startsWith('/test/')) return '';
        const { fault } = this;
        this.fault = '';
        return fault;
    }
    #spoilt(fault, answer) {
        if (fault === 'error_in_success') return new Answer(200, { error: { code: 'internal' } });
        if (answer.status >= 300 || !this.certify) return answer;
        const body = structuredClone(answer.body);
        this.certify.spoil(fault, body);
        return Object.assign(new Answer(answer.status, body), { headers: answer.headers });
    }
    async #route(asked) {
        for (const [method, pattern, handle] of this.routes) {
            const found = method === asked.method && pattern.exec(asked.path);
            if (found) return handle({ ...asked, params: found.slice(1).map(decodeURIComponent), double: this });
        }
        return this.refusal(404, `Unrecognized request URL (${asked.method}: ${asked.path})`);
    }
    // The tests' own doors.
    #test({ method, path, body }) {
        const given = body ? JSON.parse(body) : {};
        if (path === '/test/ledger') return new Answer(200, { facts: this.ledger.facts });
        if (path === '/test/clock') { this.#keep({ at: this.now(), ahead: this.ahead + given.advance }); this.certify?.passed?.(); return new Answer(200, { now: this.now() }); }
        if (path === '/test/hooks') { this.#keep({ at: this.now(), hook: given.url }); return new Answer(200, {}); }
        if (path === '/test/break') { this.fault = given.fault; return new Answer(200, {}); }
        if (path === '/test/told') return new Answer(200, { untold: this.untold });
        if (path === '/test/about') return new Answer(200, this.certify.about());
        if (path === '/test/visit') { this.certify.visit(given.page, given.what, given.fields); return new Answer(200, {}); }
        if (path === '/test/movements') return new Answer(200, { movements: this.movements(given.reference) });
        if (path === '/test/lag') { this.lag = given.seconds; return new Answer(200, {}); }
        const act = this.acts?.[path.slice('/test/'.length)];
        if (!act || method !== 'POST') return new Answer(404, {});
        return new Answer(200, act(given) ?? {});
    }

    // As the conformance kit reads a ledger (sdk/docs/gateway/double.md).
    movements(reference) {
        const kinds = { charge: 'payment', failed_late: 'chargeback', refund_failure: 'refund_failure' };
        return this.ledger.facts.filter((fact) => fact.moved && fact.reference === reference).map(({ moved, currency, amount, fee = 0 }) =>
            ({ kind: kinds[moved] ?? moved, currency: currency.toUpperCase(), amount, fee }));
    }

    // Runs `work` once for a key. `conflict(kept)`: what the provider says to a key that was used, or
    // nothing: then a repeat gets the first answer. `same`: what makes two requests the same one.
    once(key, same, { work, conflict, used, busy }) {
        if (!key) return work();
        const fingerprint = createHash('sha256').update(same).digest('hex');
        const kept = this.keys[key];
        if (kept && kept.fingerprint !== fingerprint) return used(kept);
        if (kept) return conflict ? conflict(kept) : new Answer(kept.status, kept.body, { 'idempotent-replayed': 'true' });
        if (this.busy.has(key)) return busy();
        this.busy.add(key);
        try {
            const answer = work();
            if (answer.kept !== false)
                this.#keep({ at: this.now(), key: { id: key, fingerprint, status: answer.status, body: answer.body, made: answer.made } });
            return answer;
        } finally {
            this.busy.delete(key);
        }
    }

    // Signed by the clock on the wall: that of tests goes far ahead, and receivers look at theirs.
    // At once, and again after a second, two, four …, as long as the program runs. `then`: once it is taken.
    tell(body, { wait = 1000, then = () => {} } = {}) {
        if (!this.hook) { then(); return; }
        if (wait === 1000) this.untold += 1;
        const text = JSON.stringify(body);
        const sent = request(this.hook, { method: 'POST', headers: { 'content-type': 'application/json', ...this.sign(text, Math.floor(Date.now() / 1000)) } }, (answer) => {
            answer.resume();
            if (answer.statusCode >= 300) return again();
            then();
            this.untold -= 1;
            return undefined;
        });
        const again = () => setTimeout(() => this.tell(body, { wait: wait * 2, then }), wait).unref();
        sent.on('error', again);
        sent.end(text);
    }
}

// A page of a provider: plain, complete without scripts.
export const page = (title, inner) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title}</title>
<body style="font: 16px/1.5 sans-serif; max-width: 24rem; margin: 4rem auto; padding: 0 1rem"><h1>${title}</h1>${inner}</body></html>`;

// Runs a double as a program, when `module` is the one that was started.
export async function runDouble(module, make) {
    if (process.argv[1] !== fileURLToPath(module)) return;
    const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '0' },
        hook: { type: 'string', default: '' }, alone: { type: 'boolean', default: false } } });
    if (!values.data) throw new Error('--data FOLDER is missing');
    const double = make(values.data);
    if (values.hook) double.hook = values.hook;
    const port = await double.listen(Number(values.port));
    double.base = `http://127.0.0.1:${port}`;
    console.log(`listening on ${port}`);
    // Whoever started it holds its standard input, unless it is alone.
    if (!values.alone) process.stdin.on('end', () => process.exit(0)).resume();
    process.on('SIGTERM', () => process.exit(0));
}
