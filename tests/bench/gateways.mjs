// What the house adds to a payment, and what pages of other tenants notice of a provider that hangs or a gateway that loops.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './hanging_payments.mjs';
import { load, median, settle, signIn, startHost } from './pages.mjs';

const LUMEN = { tenant: 'lumen', email: 'imogen@clarkeandco.example', password: 'paper-lantern-2026' };
const PORT = 18084;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// A gateway that broke too often is left alone for so long.
const OUT_OF_ORDER = 31_000;

// How many times as long the others' pages may take at p99 beside such a gateway as they take alone.
export const MOST_P99_RATIO = 1.5;

// What of the figures must not be, a line each.
export function brokenPromises(figures) {
    return [['a provider that hangs', figures.hanging_p99_ratio], ['gateways that loop', figures.looping_p99_ratio]]
        .filter(([, ratio]) => ratio !== undefined && !(typeof ratio === 'number' && ratio <= MOST_P99_RATIO))
        .map(([what, ratio]) => `beside ${what} other tenants' pages take ${Number(ratio).toFixed(2)} times as long at p99; ${MOST_P99_RATIO} are allowed`);
}

// The pages of one tenant, alone and while people of another one add cards at their gateway. `wrong` is told
// before and after it is in their way.
async function beside({ root, port, host, seconds, wrong }) {
    const harbor = await signIn(port);
    const lumen = await signIn(port, LUMEN);
    const csrf = /name="csrf" value="([^"]+)"/.exec((await ask(port, 'GET', '/payment-methods', lumen)).text)[1];
    const measure = (name) => load(seconds, name, port, '/invoices', 64, harbor, host.pid);
    const found = { ratios: [], rates: [], said: [] };
    for (let round = 0; round < 3; round++) {
        const quiet = measure('quiet');
        await wrong.begin();
        const adding = spawn('node', [join(root, 'tests/bench/hanging_payments.mjs'), String(port), lumen, csrf], { stdio: ['ignore', 'pipe', 'inherit'] });
        const said = new Promise((resolve) => { let text = ''; adding.stdout.on('data', (chunk) => (text += chunk)); adding.on('exit', () => resolve(JSON.parse(text))); });
        await sleep(1500);
        const now = measure(wrong.name);
        await wrong.end();
        adding.kill('SIGTERM');
        found.said.push(...await said);
        found.ratios.push(now.p99 / quiet.p99);
        found.rates.push(now.rate / quiet.rate);
        console.error(`other tenants' /invoices: quiet ${quiet.rate.toFixed(0)}/s p99 ${quiet.p99.toFixed(1)} ms; beside ${wrong.name} ${now.rate.toFixed(0)}/s p99 ${now.p99.toFixed(1)} ms, not 2xx ${now.wrong}`);
        await wrong.isOver();
    }
    for (const status of new Set(found.said.map((one) => one.status))) {
        const list = found.said.filter((one) => one.status === status);
        console.error(`what became of Lumen's: ${status}, ${list.length} times, the longest after ${Math.max(...list.map((one) => one.ms))} ms`);
    }
    return { p99: median(found.ratios), rate: median(found.rates) };
}

// Lumen has another gateway from now on, of which as many calls as may run at once never return.
function giveLumenALoopingGateway({ root, folder, seconds }) {
    for (const file of ['gateways/sandbox.so', 'testing/bench/looping.so']) cpSync(join(root, 'build/release', file), join(folder, 'gateways', file.split('/').pop()));
    const yaml = join(folder, 'tenants/lumen/tenant.yaml');
    const text = readFileSync(yaml, 'utf8');
    const other = text.replace('{id: cards, gateway: sandbox}', `{id: cards, gateway: looping, limits: {call_timeout_ms: ${(seconds + 3) * 1000}, parallel: 8}}`);
    if (other === text) throw new Error('Lumen has no gateway that could be replaced');
    writeFileSync(yaml, other);
}

// What 10,000 calls of each kind took; on one processor nobody has to be woken on another one, which costs some machines more
// than all the rest.
function measureCalls(root, ...within) {
    const program = join(root, 'build/release/tests/bench/gateway_calls');
    const [first, ...more] = [...within, program, '10000'];
    const { bare, restart, ...places } = JSON.parse(execFileSync(first, more, { encoding: 'utf8' }));
    console.error(`${within.length ? 'on one processor' : 'on all processors'}, a bare hand-over to a process and back, twice: p50 ${bare.p50_us.toFixed(0)} µs  p99 ${bare.p99_us.toFixed(0)} µs`);
    for (const [where, found] of Object.entries(places)) {
        console.error(`payment.start, ${where.padEnd(7)} ours: p50 ${found.p50_us.toFixed(0)} µs  p99 ${found.p99_us.toFixed(0)} µs; 64 at a time ${found.parallel.calls_per_second.toFixed(0)}/s; ` +
            `wrong ${found.wrong + found.parallel.wrong}; resident ${found.resident_early_kib} -> ${found.resident_end_kib} KiB`);
        const line = (one) => `p50 ${one.p50_us.toFixed(0)} µs  p99 ${one.p99_us.toFixed(0)} µs, wrong ${one.wrong}`;
        for (const [name, one] of Object.entries({ 'payment.lookup': found.lookup, 'refund.create': found.refund })) console.error(`${name}, ${where} ours: ${line(one)}`);
        for (const [name, one] of Object.entries(found.whole)) console.error(`${name}, ${where}, the host's whole call with its request over loopback: ${line(one)}`);
    }
    console.error(`a helper that was killed, to the answer of the next call: p50 ${restart.p50_us.toFixed(0)} µs  p99 ${restart.p99_us.toFixed(0)} µs, wrong ${restart.wrong}`);
    return { bare, restart, ...places };
}

export async function measureGateways({ livery, root, folder, seconds }) {
    const calls = measureCalls(root);
    const alone = measureCalls(root, 'taskset', '--cpu-list', '0');
    cpSync(join(root, 'tenants'), join(folder, 'tenants'), { recursive: true });
    const host = await startHost({ livery, root, folder }, PORT, 0, 'none');
    const provider = Number(execFileSync('pgrep', ['-P', String(host.pid), '-f', 'livery-sandbox-provider'], { encoding: 'utf8' }));
    const hanging = await beside({ root, port: PORT, host, seconds, wrong: {
        name: 'a provider that hangs', begin: () => process.kill(provider, 'SIGSTOP'), end: () => process.kill(provider, 'SIGCONT'), isOver: () => {} } });
    await settle(host);
    giveLumenALoopingGateway({ root, folder, seconds });
    const other = await startHost({ livery, root, folder }, PORT, 0, 'none', `gateways_dir: ${folder}/gateways\n`);
    const looping = await beside({ root, port: PORT, host: other, seconds, wrong: {
        name: 'eight loops', begin: () => {}, end: () => {}, isOver: () => sleep(OUT_OF_ORDER) } });
    await settle(other);
    return { payment_inside_p50_us: calls.inside.p50_us, payment_inside_p99_us: calls.inside.p99_us, payment_helper_p50_us: calls.helper.p50_us, payment_helper_p99_us: calls.helper.p99_us,
        bare_hand_over_p50_us: calls.bare.p50_us, payment_helper_one_cpu_p50_us: alone.helper.p50_us, payment_helper_one_cpu_p99_us: alone.helper.p99_us,
        whole_inside_p50_us: calls.inside.whole.start.p50_us, whole_inside_p99_us: calls.inside.whole.start.p99_us,
        whole_helper_p50_us: calls.helper.whole.start.p50_us, whole_helper_p99_us: calls.helper.whole.start.p99_us,
        hanging_p99_ratio: hanging.p99, hanging_rate_ratio: hanging.rate, looping_p99_ratio: looping.p99, looping_rate_ratio: looping.rate, gateway_calls: calls, gateway_calls_on_one_cpu: alone };
}
