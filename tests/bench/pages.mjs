// Starts a release host and the Node peer on one database, and loads both in turn with wrk.
import { execFileSync, spawn as start } from 'node:child_process';
import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureManyTenants } from './many_tenants.mjs';

// Whoever fails in the middle leaves nobody behind.
const children = [];
const spawn = (...args) => { const child = start(...args); children.push(child); return child; };
export const endAll = () => children.forEach((child) => child.kill('SIGTERM'));

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const ready = async (url) => { for (let i = 0; i < 600; i++) { if ((await fetch(url).catch(() => null))?.ok) return; await sleep(100); } throw new Error(`${url} is not ready`); };
export const settle = (child) => new Promise((resolve) => { child.on('exit', resolve); child.kill('SIGTERM'); });

export async function startHost({ livery, root, folder }, port, reuse, front, more = '') {
    const config = join(folder, `livery-${port}.yaml`);
    writeFileSync(config, `page_reuse_mib: ${reuse}\nfront: ${front}\nlog_level: warn\nrequests_per_address: 1000\ndatabase: {connections: 60}\nthemes_dir: ${root}themes\ntenants_dir: ${folder}/tenants\ndata_dir: ${folder}/data\n${more}`);
    const child = spawn(livery, ['demo', '--config', config, '--port', String(port), '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
    await ready(`http://127.0.0.1:${port}/readyz`);
    return child;
}

// `pages`: by path, the template and how many rows a page has (ours ends with a whole bundle).
async function startPeer({ root, folder }, pages) {
    writeFileSync(join(folder, 'pages.json'), JSON.stringify(pages));
    const child = spawn('node', [join(root, 'tests/bench/node_pages.mjs')], { stdio: ['ignore', 'ignore', 'inherit'],
        env: { ...process.env, SOCKET: join(folder, 'data/database/db.sock'), PORT: '18090', PAGES: join(folder, 'pages.json'), CATALOG: join(folder, 'tenants/harbor/catalog.yaml'), TENANT: 'harbor' } });
    await ready('http://127.0.0.1:18090/readyz');
    return child;
}

const curl = (port, path, cookie) => execFileSync('curl', ['-s', '-H', `Host: harbor.localhost:${port}`, '-H', `Cookie: ${cookie}`, `http://127.0.0.1:${port}${path}`], { encoding: 'utf8' });

const rowsOf = (page) => page.match(/<tr/g).length - 1;

// The peer's templates: the very pages with their rows made tags again, so both send the same bytes around the table.
const ROWS = {
    '/subscriptions': '{{#rows}}<tr{{#is_addon}} class="addon"{{/is_addon}}><th scope="row"><a href="{{href}}">{{product}}</a><span class="muted">{{plan}}</span></th><td data-label="Status"><span class="badge badge-{{state}}">{{state_label}}</span></td><td class="num" data-label="Menge">{{quantity}}</td><td class="num" data-label="Preis">{{price}}</td><td data-label="Nächste Abbuchung">{{next}}</td><td data-label="Standort">{{site}}{{^has_site}}—{{/has_site}}</td></tr>{{/rows}}',
    '/invoices': '{{#rows}}<tr><th scope="row"><a class="nowrap" href="{{href}}">{{number}}</a>{{#is_note}}<span class="muted">{{kind}}</span>{{/is_note}}<span class="muted">{{period}}</span></th><td class="day" data-label="Datum">{{date}}</td><td class="day" data-label="Fällig">{{due}}</td><td class="num" data-label="Betrag">{{total}}</td><td class="num" data-label="Bezahlt">{{paid}}</td><td class="num" data-label="Offen">{{balance}}</td><td data-label="Status"><span class="badge badge-{{state}}">{{state_label}}</span></td><td data-label="PDF"><a href="{{pdf_href}}" aria-label="PDF {{number}}">PDF</a></td></tr>{{/rows}}',
};
const templateOf = (path, page) => page.replace(/<tbody>.*<\/tbody>/s, `<tbody>${ROWS[path]}</tbody>`);

const HARBOR = { tenant: 'harbor', email: 'greta@seeblick.example', password: 'harbour-light-2026' };
// Signs in like a person, by fetch with a Host of the tenant; returns the session cookie.
export async function signIn(port, { tenant, email, password } = HARBOR) {
    const ask = (method, path, cookie, body) => JSON.parse(execFileSync('node', ['-e', `
        const http=require('http');const [m,p,c,b,port,tenant]=process.argv.slice(1);
        const r=http.request({host:'127.0.0.1',port,path:p,method:m,headers:{Host:tenant+'.localhost:'+port,Cookie:c,Origin:'http://'+tenant+'.localhost:'+port,'Content-Type':'application/x-www-form-urlencoded','Content-Length':Buffer.byteLength(b)}},(s)=>{let t='';s.on('data',d=>t+=d);s.on('end',()=>console.log(JSON.stringify({status:s.statusCode,cookies:s.headers['set-cookie']||[],text:t})))});r.end(b);`,
        method, path, cookie, body ?? '', String(port), tenant], { encoding: 'utf8' }));
    const form = ask('GET', '/sign-in', '');
    const csrf = /name="csrf" value="([^"]+)"/.exec(form.text)[1];
    const cookie = form.cookies[0].split(';')[0];
    const answer = ask('POST', '/sign-in', cookie, new URLSearchParams({ csrf, email, password }).toString());
    return answer.cookies.find((line) => line.startsWith('session=')).split(';')[0];
}

const cpuOf = (pid) => {  // user + system seconds of a process and its living descendants
    const children = execFileSync('sh', ['-c', `ps -o pid= --ppid ${pid} || true`], { encoding: 'utf8' }).trim().split(/\s+/).filter(Boolean);
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(stat[11]) + Number(stat[12])) / 100 + children.reduce((sum, child) => sum + cpuOf(child), 0);
};
const rssOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

export function load(seconds, name, port, path, connections, cookie, pid) {
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

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

// Requests a second, latencies, and the ratios to the same pages on Node, in one run.
export async function measurePages({ livery, root, folder, seconds }) {
    cpSync(join(root, 'tenants'), join(folder, 'tenants'), { recursive: true });
    appendFileSync(join(folder, 'tenants/harbor/demo.yaml'), 'first_subscriber_has: 40\n');
    const place = { livery, root, folder };
    const rows = [];
    const measure = (...args) => {
        const row = load(seconds, ...args);
        rows.push(row);
        console.error(`${row.name.padEnd(34)} ${String(row.connections).padStart(4)} ${row.rate.toFixed(0).padStart(8)}/s  p50 ${row.p50.toFixed(2)} ms  p99 ${row.p99.toFixed(2)} ms  cpu ${row.cpu_us.toFixed(0)} µs${row.wrong ? '  NOT 2xx: ' + row.wrong : ''} ${row.errors}`);
        return row;
    };
    // One thing at 1, 64 and 512 connections.
    const sweep = (name, port, path, cookie, pid, counts = [1, 64, 512]) => { for (const connections of counts) measure(name, port, path, connections, cookie, pid); };
    const paths = Object.keys(ROWS);
    const ratios = Object.fromEntries(paths.map((path) => [path, { first: [], first_p99: [], repeat: [], repeat_p99: [] }]));
    const compare = (kind, path, mine, peer) => { ratios[path][kind].push(mine.rate / peer.rate); ratios[path][`${kind}_p99`].push(mine.p99 / peer.p99); };

    let host = await startHost(place, 18081, 0, 'none');
    const cookie = await signIn(18081);
    const pages = Object.fromEntries(paths.map((path) => [path, curl(18081, path, cookie)]));
    const templates = Object.fromEntries(paths.map((path) => [path, { template: templateOf(path, pages[path]), rows: rowsOf(pages[path]) }]));
    let node = await startPeer(place, templates);
    // The peer finds the session by the hash that the host stored.
    const hex = execFileSync('mariadb', ['--no-defaults', '-uroot', `--socket=${folder}/data/database/db.sock`, '-N', '-B', 'livery', '-e',
        'SELECT LOWER(HEX(token_hash)) FROM identity_session ORDER BY created_at DESC LIMIT 1'], { encoding: 'utf8' }).trim();
    const nodeCookie = `session=${hex}`;
    for (const path of paths) {
        const peer = curl(18090, path, nodeCookie);
        console.error(`${path}: ${rowsOf(pages[path])} rows, ${pages[path].length} characters here; ${rowsOf(peer)}, ${peer.length} on Node`);
        if (rowsOf(peer) !== rowsOf(pages[path])) throw new Error('the peer shows other rows');
    }
    for (let round = 0; round < 3; round++) {
        for (const path of paths) {
            const mine = measure(`${path}, first view, direct`, 18081, path, 64, cookie, host.pid);
            compare('first', path, mine, measure(`${path} on Node`, 18090, path, 64, nodeCookie, node.pid));
        }
    }
    for (const connections of [1, 512]) {
        measure('/subscriptions, first view, direct', 18081, '/subscriptions', connections, cookie, host.pid);
        measure('/subscriptions on Node', 18090, '/subscriptions', connections, nodeCookie, node.pid);
    }
    await settle(node);
    await settle(host);
    host = await startHost(place, 18081, 32, 'none');
    node = await startPeer(place, templates);
    for (let round = 0; round < 3; round++) {
        for (const path of paths) {
            const mine = measure(`${path}, repeated view, direct`, 18081, path, 64, cookie, host.pid);
            compare('repeat', path, mine, measure(`${path} on Node`, 18090, path, 64, nodeCookie, node.pid));
        }
    }
    const css = /href="(\/static\/base[^"]+)"/.exec(pages['/subscriptions'])[1];
    sweep('/subscriptions, repeated, direct', 18081, '/subscriptions', cookie, host.pid, [1, 512]);
    sweep('sign-in page, direct', 18081, '/sign-in', '', host.pid);
    sweep('static asset, direct', 18081, css, '', host.pid);
    measure('liveness, direct', 18081, '/livez', 64, '', host.pid);
    const bare = spawn(join(root, 'build/release/tests/bench/bare_pistache'), ['18095'], { stdio: 'inherit' });
    await ready('http://127.0.0.1:18095/');
    sweep('bare Pistache handler', 18095, '/', '', bare.pid);
    await settle(bare);
    const memory = rssOf(host.pid);
    await settle(node);
    await settle(host);
    host = await startHost(place, 18082, 32, 'embedded');
    sweep('/subscriptions, repeated, front', 18082, '/subscriptions', cookie, host.pid);
    sweep('sign-in page, front', 18082, '/sign-in', '', host.pid);
    sweep('static asset, front', 18082, css, '', host.pid);
    await settle(host);
    host = await startHost(place, 18082, 0, 'embedded');
    sweep('/subscriptions, first view, front', 18082, '/subscriptions', cookie, host.pid);
    await settle(host);
    const many = await measureManyTenants({ livery, root, folder, port: 18083, count: 1000 });
    const figures = {};
    for (const path of paths) {
        const name = path === '/subscriptions' ? 'page' : `${path.slice(1)}_page`;
        for (const kind of ['first', 'repeat', 'first_p99', 'repeat_p99']) figures[`${name}_${kind}_vs_node`] = median(ratios[path][kind]);
    }
    return { ...figures, resident_mib: memory, ...many, rows };
}
