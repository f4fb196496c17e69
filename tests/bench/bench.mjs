// Starts a release host and the Node peer on one database, and loads both in turn with wrk. Prints
// a table; --json FILE writes the figures. Nothing is asserted: machines differ, ratios last.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureManyTenants } from './many_tenants.mjs';

const root = new URL('../..', import.meta.url).pathname;
const option = (name, otherwise) => { const at = process.argv.indexOf(name); return at < 0 ? otherwise : process.argv[at + 1]; };
const seconds = Number(option('--seconds', 6));
const livery = join(root, 'build/release/livery');
const folder = mkdtempSync('/tmp/livery-bench-');
chmodSync(folder, 0o755);
cpSync(join(root, 'tenants'), join(folder, 'tenants'), { recursive: true });
appendFileSync(join(folder, 'tenants/harbor/demo.yaml'), 'first_subscriber_has: 40\n');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ready = async (url) => { for (let i = 0; i < 600; i++) { if ((await fetch(url).catch(() => null))?.ok) return; await sleep(100); } throw new Error(`${url} is not ready`); };
const settle = (child) => new Promise((resolve) => { child.on('exit', resolve); child.kill('SIGTERM'); });

async function startHost(port, reuse, front) {
    const config = join(folder, `livery-${port}.yaml`);
    writeFileSync(config, `page_reuse_mib: ${reuse}\nfront: ${front}\nlog_level: warn\nrequests_per_address: 1000\ndatabase: {connections: 60}\nthemes_dir: ${root}themes\ntenants_dir: ${folder}/tenants\ndata_dir: ${folder}/data\n`);
    const child = spawn(livery, ['demo', '--config', config, '--port', String(port), '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
    await ready(`http://127.0.0.1:${port}/readyz`);
    return child;
}

// Signs in like a person, by fetch with a Host of the tenant; returns the session cookie.
async function signIn(port) {
    const ask = (method, path, cookie, body) => JSON.parse(execFileSync('node', ['-e', `
        const http=require('http');const [m,p,c,b,port]=process.argv.slice(1);
        const r=http.request({host:'127.0.0.1',port,path:p,method:m,headers:{Host:'harbor.localhost:'+port,Cookie:c,Origin:'http://harbor.localhost:'+port,'Content-Type':'application/x-www-form-urlencoded','Content-Length':Buffer.byteLength(b)}},(s)=>{let t='';s.on('data',d=>t+=d);s.on('end',()=>console.log(JSON.stringify({status:s.statusCode,cookies:s.headers['set-cookie']||[],text:t})))});r.end(b);`,
        method, path, cookie, body ?? '', String(port)], { encoding: 'utf8' }));
    const form = ask('GET', '/sign-in', '');
    const csrf = /name="csrf" value="([^"]+)"/.exec(form.text)[1];
    const cookie = form.cookies[0].split(';')[0];
    const answer = ask('POST', '/sign-in', cookie, new URLSearchParams({ csrf, email: 'greta@seeblick.example', password: 'harbour-light-2026' }).toString());
    return answer.cookies.find((line) => line.startsWith('session=')).split(';')[0];
}

const cpuOf = (pid) => {  // user + system seconds of a process and its living descendants
    const children = execFileSync('sh', ['-c', `ps -o pid= --ppid ${pid} || true`], { encoding: 'utf8' }).trim().split(/\s+/).filter(Boolean);
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(stat[11]) + Number(stat[12])) / 100 + children.reduce((sum, child) => sum + cpuOf(child), 0);
};
const rssOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

function load(name, port, path, connections, cookie, pid) {
    const before = cpuOf(pid);
    const out = execFileSync('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-H', `Host: harbor.localhost:${port}`, '-H', 'Connection: keep-alive',
        ...(cookie ? ['-H', `Cookie: ${cookie}`] : []), `http://127.0.0.1:${port}${path}`], { encoding: 'utf8' });
    const ms = (text) => Number.parseFloat(text) * (text.endsWith('us') ? 0.001 : text.endsWith('ms') ? 1 : 1000);
    const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]);
    const requests = Number(/(\d+) requests in/.exec(out)[1]);
    const wrong = Number(/Non-2xx or 3xx responses: (\d+)/.exec(out)?.[1] ?? 0);
    const errors = /Socket errors: ([^\n]+)/.exec(out)?.[1] ?? '';
    return { name, connections, rate, p50: ms(/^\s+50%\s+(\S+)/m.exec(out)[1]), p99: ms(/^\s+99%\s+(\S+)/m.exec(out)[1]),
        cpu_us: ((cpuOf(pid) - before) / requests) * 1e6, wrong, errors };
}

const rows = [];
const measure = (...args) => {
    const row = load(...args);
    rows.push(row);
    console.error(`${row.name.padEnd(34)} ${String(row.connections).padStart(4)} ${row.rate.toFixed(0).padStart(8)}/s  p50 ${row.p50.toFixed(2)} ms  p99 ${row.p99.toFixed(2)} ms  cpu ${row.cpu_us.toFixed(0)} µs${row.wrong ? '  NOT 2xx: ' + row.wrong : ''} ${row.errors}`);
    return row;
};
// One thing at 1, 64 and 512 connections.
const sweep = (name, port, path, cookie, pid, counts = [1, 64, 512]) => { for (const connections of counts) measure(name, port, path, connections, cookie, pid); };
const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

try {
    let host = await startHost(18081, 0, 'none');
    const cookie = await signIn(18081);
    const page = execFileSync('curl', ['-s', '-H', 'Host: harbor.localhost:18081', '-H', `Cookie: ${cookie}`, 'http://127.0.0.1:18081/subscriptions'], { encoding: 'utf8' });
    // The peer's template: this very page with its rows made tags again, so both send the same bytes around the table.
    const row = '{{#rows}}<tr{{#is_addon}} class="addon"{{/is_addon}}><th scope="row"><a href="{{href}}">{{product}}</a><span class="muted">{{plan}}</span></th><td data-label="Status"><span class="badge badge-{{state}}">{{state_label}}</span></td><td class="num" data-label="Menge">{{quantity}}</td><td class="num" data-label="Preis">{{price}}</td><td data-label="Nächste Abbuchung">{{next}}</td><td data-label="Standort">{{site}}{{^has_site}}—{{/has_site}}</td></tr>{{/rows}}';
    const layout = page.replace(/<tbody>.*<\/tbody>/s, `<tbody>${row}</tbody>`);
    const shown = page.match(/<tr/g).length - 1;
    const node = spawn('node', [join(root, 'tests/bench/node_page.mjs')], { stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, SOCKET: join(folder, 'data/database/db.sock'), PORT: '18090', LAYOUT: Buffer.from(layout).toString('base64') } });
    await ready('http://127.0.0.1:18090/readyz');
    // The peer finds the session by the hash that the host stored.
    const hex = execFileSync('mariadb', ['--no-defaults', '-uroot', `--socket=${folder}/data/database/db.sock`, '-N', '-B', 'livery', '-e',
        'SELECT LOWER(HEX(token_hash)) FROM identity_session ORDER BY created_at DESC LIMIT 1'], { encoding: 'utf8' }).trim();
    const nodeCookie = `session=${hex}`;
    const nodeBytes = execFileSync('curl', ['-s', '-H', `Cookie: ${nodeCookie}`, 'http://127.0.0.1:18090/subscriptions'], { encoding: 'utf8' }).length;
    console.error(`page of ${shown} rows: ${page.length} characters here, ${nodeBytes} on Node`);
    const ratios = { first: [], first_p99: [], repeat: [], repeat_p99: [] };
    for (let round = 0; round < 3; round++) {
        const mine = measure('page, first view, direct', 18081, '/subscriptions', 64, cookie, host.pid);
        const peer = measure('page on Node', 18090, '/subscriptions', 64, nodeCookie, node.pid);
        ratios.first.push(mine.rate / peer.rate);
        ratios.first_p99.push(mine.p99 / peer.p99);
    }
    measure('page, first view, direct', 18081, '/subscriptions', 1, cookie, host.pid);
    measure('page on Node', 18090, '/subscriptions', 1, nodeCookie, node.pid);
    measure('page, first view, direct', 18081, '/subscriptions', 512, cookie, host.pid);
    measure('page on Node', 18090, '/subscriptions', 512, nodeCookie, node.pid);
    await settle(node);
    await settle(host);
    host = await startHost(18081, 32, 'none');
    const node2 = spawn('node', [join(root, 'tests/bench/node_page.mjs')], { stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, SOCKET: join(folder, 'data/database/db.sock'), PORT: '18090', LAYOUT: Buffer.from(layout).toString('base64') } });
    await ready('http://127.0.0.1:18090/readyz');
    for (let round = 0; round < 3; round++) {
        const mine = measure('page, repeated view, direct', 18081, '/subscriptions', 64, cookie, host.pid);
        const peer = measure('page on Node', 18090, '/subscriptions', 64, nodeCookie, node2.pid);
        ratios.repeat.push(mine.rate / peer.rate);
        ratios.repeat_p99.push(mine.p99 / peer.p99);
    }
    const css = /href="(\/static\/base[^"]+)"/.exec(page)[1];
    sweep('page, repeated view, direct', 18081, '/subscriptions', cookie, host.pid, [1, 512]);
    sweep('sign-in page, direct', 18081, '/sign-in', '', host.pid);
    sweep('static asset, direct', 18081, css, '', host.pid);
    measure('liveness, direct', 18081, '/livez', 64, '', host.pid);
    const bare = spawn(join(root, 'build/release/tests/bench/bare_pistache'), ['18095'], { stdio: 'inherit' });
    await ready('http://127.0.0.1:18095/');
    sweep('bare Pistache handler', 18095, '/', '', bare.pid);
    await settle(bare);
    const memory = rssOf(host.pid);
    await settle(node2);
    await settle(host);
    host = await startHost(18082, 32, 'embedded');
    sweep('page, repeated view, front', 18082, '/subscriptions', cookie, host.pid);
    sweep('sign-in page, front', 18082, '/sign-in', '', host.pid);
    sweep('static asset, front', 18082, css, '', host.pid);
    await settle(host);
    host = await startHost(18082, 0, 'embedded');
    sweep('page, first view, front', 18082, '/subscriptions', cookie, host.pid);
    await settle(host);
    const many = await measureManyTenants({ livery, root, folder, port: 18083, count: 1000 });
    const figures = { page_first_vs_node: median(ratios.first), page_repeat_vs_node: median(ratios.repeat), page_first_p99_vs_node: median(ratios.first_p99),
        page_repeat_p99_vs_node: median(ratios.repeat_p99), resident_mib: memory, ...many, rows };
    for (const [name, value] of Object.entries(figures)) if (typeof value === 'number') console.log(`${name.padEnd(26)} ${value.toFixed(2)}`);
    const file = option('--json');
    if (file) writeFileSync(file, JSON.stringify(figures, null, 2) + '\n');
} finally {
    rmSync(folder, { recursive: true, force: true });
}
