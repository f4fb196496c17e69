// What the house adds to a payment, and what pages of other tenants notice of a provider that hangs.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from './hanging_payments.mjs';
import { load, median, settle, signIn, startHost } from './pages.mjs';

const LUMEN = { tenant: 'lumen', email: 'imogen@clarkeandco.example', password: 'paper-lantern-2026' };
const PORT = 18084;

export async function measureGateways({ livery, root, folder, seconds }) {
    const calls = JSON.parse(execFileSync(join(root, 'build/release/tests/bench/gateway_calls'), ['10000'], { encoding: 'utf8' }));
    for (const [where, found] of Object.entries(calls)) {
        console.error(`payment.start, ${where.padEnd(7)} ours: p50 ${found.p50_us.toFixed(0)} µs  p99 ${found.p99_us.toFixed(0)} µs; 64 at a time ${found.parallel.calls_per_second.toFixed(0)}/s; ` +
            `wrong ${found.wrong + found.parallel.wrong}; resident ${found.resident_early_kib} -> ${found.resident_end_kib} KiB`);
        const line = (one) => `p50 ${one.p50_us.toFixed(0)} µs  p99 ${one.p99_us.toFixed(0)} µs, wrong ${one.wrong}`;
        for (const [name, one] of Object.entries({ 'payment.lookup': found.lookup, 'refund.create': found.refund })) console.error(`${name}, ${where} ours: ${line(one)}`);
        for (const [name, one] of Object.entries(found.whole)) console.error(`${name}, ${where}, the host's whole call with its request over loopback: ${line(one)}`);
    }
    cpSync(join(root, 'tenants'), join(folder, 'tenants'), { recursive: true });
    const host = await startHost({ livery, root, folder }, PORT, 0, 'none');
    const provider = Number(execFileSync('pgrep', ['-P', String(host.pid), '-f', 'livery-sandbox-provider'], { encoding: 'utf8' }));
    const harbor = await signIn(PORT);
    const lumen = await signIn(PORT, LUMEN);
    const csrf = /name="csrf" value="([^"]+)"/.exec((await ask(PORT, 'GET', '/payment-methods', lumen)).text)[1];
    const measure = (name) => load(seconds, name, PORT, '/invoices', 64, harbor, host.pid);
    const ratios = [];
    const rates = [];
    let hung = [];
    for (let round = 0; round < 3; round++) {
        const quiet = measure('quiet');
        process.kill(provider, 'SIGSTOP');
        const hanging = spawn('node', [join(root, 'tests/bench/hanging_payments.mjs'), String(PORT), lumen, csrf], { stdio: ['ignore', 'pipe', 'inherit'] });
        const said = new Promise((resolve) => { let text = ''; hanging.stdout.on('data', (chunk) => (text += chunk)); hanging.on('exit', () => resolve(JSON.parse(text))); });
        await new Promise((resolve) => setTimeout(resolve, 1500));
        const beside = measure('hanging');
        process.kill(provider, 'SIGCONT');
        hanging.kill('SIGTERM');
        hung = hung.concat(await said);
        ratios.push(beside.p99 / quiet.p99);
        rates.push(beside.rate / quiet.rate);
        console.error(`other tenants' /invoices: quiet ${quiet.rate.toFixed(0)}/s p99 ${quiet.p99.toFixed(1)} ms; beside a provider that hangs ${beside.rate.toFixed(0)}/s p99 ${beside.p99.toFixed(1)} ms, not 2xx ${beside.wrong}`);
    }
    for (const status of new Set(hung.map((one) => one.status))) {
        const list = hung.filter((one) => one.status === status);
        console.error(`what became of Lumen's: ${status}, ${list.length} times, the longest after ${Math.max(...list.map((one) => one.ms))} ms`);
    }
    await settle(host);
    return { payment_inside_p50_us: calls.inside.p50_us, payment_inside_p99_us: calls.inside.p99_us, payment_helper_p50_us: calls.helper.p50_us, payment_helper_p99_us: calls.helper.p99_us,
        whole_inside_p50_us: calls.inside.whole.start.p50_us, whole_inside_p99_us: calls.inside.whole.start.p99_us,
        whole_helper_p50_us: calls.helper.whole.start.p50_us, whole_helper_p99_us: calls.helper.whole.start.p99_us,
        hanging_p99_ratio: median(ratios), hanging_rate_ratio: median(rates), gateway_calls: calls };
}
