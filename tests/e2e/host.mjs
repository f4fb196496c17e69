// Starts a real host (embedded database, front, three tenants with demo data) for the journeys.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, cpSync, chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { freePort } from '../ports/free_port.mjs';

export { freePort };

export const LIVERY = process.env.LIVERY;
export const SOURCE = process.env.LIVERY_SOURCE;

// One request, nothing followed, any Host header: what a browser would not let us send.
export function ask(port, { host = 'harbor.localhost', path = '/', method = 'GET', headers = {}, body = '' } = {}) {
    return new Promise((resolve, reject) => {
        const request = http.request({ host: '127.0.0.1', port, path, method, agent: false,
            headers: { Host: `${host}:${port}`, 'Content-Length': Buffer.byteLength(body), ...headers } }, (response) => {
            const chunks = [];
            response.on('data', (chunk) => chunks.push(chunk));
            response.on('end', () => {
                const bytes = Buffer.concat(chunks);
                resolve({ status: response.statusCode, headers: response.headers, bytes, text: bytes.toString() });
            });
        });
        request.on('error', reject);
        request.end(body);
    });
}

// The two forms of a letter, and the file that goes with it.
export function partsOf(mime) {
    const parts = mime.split(/\r?\n--[^\r\n]+\r?\n/).slice(1).map((part) => {
        const [head, body = ''] = part.split(/\r?\n\r?\n/);
        return { head, type: /^Content-Type: ([\w/]+)/mi.exec(head)?.[1], bytes: Buffer.from(body, 'base64') };
    });
    const of = (type) => parts.find((part) => part.type === type);
    const file = parts.find((part) => /^Content-Disposition: attachment/mi.test(part.head));
    return { plain: of('text/plain').bytes.toString(), html: of('text/html').bytes.toString(),
        file: file && { name: /filename="([^"]+)"/.exec(file.head)[1], type: file.type, bytes: file.bytes } };
}

// The demo tenant becomes one whose clock can be moved.
export function giveTestClock(tenantFolder) {
    const file = join(tenantFolder, 'tenant.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^mode: demo.*$/m, 'mode: sandbox'));
}

// `beforeStart(data, words)` may do something to the data folder first; `words` are the command line's. `as: {uid, gid}`
// is who runs it, and owns all of it: only root may choose.
export async function startHost({ beforeStart, as } = {}) {
    const folder = mkdtempSync('/tmp/livery-e2e-');
    chmodSync(folder, 0o755);
    cpSync(join(SOURCE, 'tenants'), join(folder, 'tenants'), { recursive: true });
    const port = await freePort();
    const data = join(folder, 'data');
    const log = [];
    const words = ['--port', String(port), '--data', data, '--tenants', join(folder, 'tenants'), '--themes', join(SOURCE, 'themes')];
    // Seeded once for all journeys that begin as the demo does (prepare.mjs).
    const prepared = process.env.LIVERY_DEMO_DATA;
    if (!beforeStart && prepared && existsSync(prepared)) execFileSync('cp', ['-a', prepared, data]);
    await beforeStart?.(data, words);
    if (as) execFileSync('chown', ['-R', `${as.uid}:${as.gid}`, folder]);
    let child;
    let ended;
    async function start() {
        child = spawn(LIVERY, ['demo', ...words],
            { env: { ...process.env, LIVERY_STRICT_TEMPLATES: '1', ASAN_OPTIONS: 'detect_leaks=0' }, stdio: ['ignore', 'ignore', 'pipe'], ...as });
        child.stderr.on('data', (chunk) => log.push(String(chunk)));
        ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
        let exited = false;
        ended.then(() => (exited = true));
        for (;;) {
            if (exited) throw new Error('the host did not start:\n' + log.join('').slice(-4000));
            const ready = await ask(port, { path: '/readyz' }).catch(() => null);
            if (ready?.status === 200) break;
            await sleep(100);
        }
    }
    await start();
    const letters = new Map();  // by id: what was sent does not change
    const cli = (...words) => execFileSync(LIVERY, [...words, '--data', data], { encoding: 'utf8', env: { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' } });
    return {
        port, folder, data, get child() { return child; }, words: words.slice(2), log: () => log.join(''),
        url: (tenant, path = '/') => `http://${tenant}.localhost:${port}${path}`,
        ask: (options) => ask(port, options),
        // For what no use case can bring about.
        sql: (statement) => execFileSync('mariadb', [`--socket=${join(data, 'database', 'db.sock')}`, '--user=root', 'livery', '-e', statement], { encoding: 'utf8' }),
        // All spooled mails to an address, oldest first, decoded.
        mailsTo(address) {
            return JSON.parse(cli('mail', '--json')).filter((mail) => mail.to.includes(address)).map(({ id, subject }) => {
                if (!letters.has(id)) letters.set(id, cli('mail', id));
                const { plain } = partsOf(letters.get(id));
                if (/\{\w+\}/.test(subject + plain)) throw new Error(`a letter shows a placeholder: ${subject}\n${plain}`);
                return { subject, raw: letters.get(id), ...partsOf(letters.get(id)) };
            });
        },
        // The newest of those that say it; waits until there are more than `after`. Mail goes out by and by: what a
        // letter says tells it from one that is still under way, their number does not.
        async mailTo(address, { after = 0, saying = '' } = {}) {
            for (let i = 0; i < 200; i++) {
                const mails = this.mailsTo(address).filter((mail) => mail.plain.includes(saying));
                if (mails.length > after) return mails.at(-1);
                await sleep(100);
            }
            throw new Error(`no mail to ${address}${saying && ` that says "${saying}"`}`);
        },
        // As when the power goes, and comes back after `meanwhile`.
        async killAndStartAgain(meanwhile = () => {}) {
            child.kill('SIGKILL');
            await ended;
            await meanwhile();
            await start();
        },
        async stop({ keepAs } = {}) {
            child.kill('SIGTERM');
            const code = await ended;
            if (keepAs) renameSync(data, keepAs);
            rmSync(folder, { recursive: true, force: true });
            const held = log.join('').split('\n').find((line) => line.includes('gateway.holds_up_pages'));
            if (held) throw new Error(`a route that asks a provider does not say Pace::kWaits: ${held}`);
            return code;
        },
    };
}

export const LOGINS = {
    harbor: { email: 'greta@seeblick.example', password: 'harbour-light-2026', locale: 'de-DE' },
    northwind: { email: 'dana@lakeside-dental.example', password: 'windy-city-lines-26', locale: 'en-US' },
    lumen: { email: 'imogen@clarkeandco.example', password: 'paper-lantern-2026', locale: 'ar-AE' },
};

// A session without a browser: cookies and the form token, as a script would keep them.
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export class Client {
    constructor(host, tenant) { this.host = host; this.tenant = tenant; this.cookies = new Map(); }
    async send(method, path, fields = {}, headers = {}) {
        const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const body = method === 'POST' ? new URLSearchParams(fields).toString() : '';
        const response = await this.host.ask({ host: `${this.tenant}.localhost`, path, method, body, headers: { Cookie: cookie,
            ...(method === 'POST' ? { Origin: `http://${this.tenant}.localhost:${this.host.port}`, 'Content-Type': 'application/x-www-form-urlencoded' } : {}), ...headers } });
        for (const line of response.headers['set-cookie'] ?? []) {
            const [pair] = line.split(';');
            const at = pair.indexOf('=');
            if (/Max-Age=0/.test(line)) this.cookies.delete(pair.slice(0, at)); else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
        }
        const token = /name="csrf" value="([^"]+)"/.exec(response.text);
        if (token) this.csrf = token[1];
        return response;
    }
    get(path, headers) { return this.send('GET', path, {}, headers); }
    post(path, fields = {}, headers) { return this.send('POST', path, { csrf: this.csrf, ...fields }, headers); }
    // Forms are admitted one a second in the long run: for tests that send more of them than a person fills in.
    // Who is told to wait is shown a page without a session, whose token is not that of the form.
    async postPatiently(path, fields = {}, headers) {
        for (const csrf = this.csrf;;) {
            const answer = await this.post(path, { csrf, ...fields }, headers);
            if (answer.status !== 429) return answer;
            await sleep(3000);
        }
    }
    async signIn(login = LOGINS[this.tenant]) {
        await this.get('/sign-in');
        return this.post('/sign-in', login);
    }
}
