// Lists of a desk of 100,000 tickets beside the same lists of a desk of a hundred, whose tickets are all of the kind that is
// asked for: both pages have as many rows, so what differs is how far the server has to look.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addAccounts, addTickets, sqlOf } from './desk_of_tickets.mjs';
import { settle, signIn, startHost } from './pages.mjs';
import { ask as askAt, loadInTurns } from './steady.mjs';

const PORT = 18085;
const LARGE = 'harbor', SMALL = 'quay';
const TICKETS = { [LARGE]: 100_000, [SMALL]: 100 };
const GRETA = { email: 'greta@seeblick.example', password: 'harbour-light-2026' };
const PER_SECOND = 50;  // of each desk
// A key may call 25 times a second.
const KEYS = 4;

const ask = (request) => askAt({ port: PORT, ...request });

// Two desks of one business; the second is a copy.
function makeDesks({ root, folder }) {
    mkdirSync(join(folder, 'tenants'), { recursive: true });
    for (const tenant of [LARGE, SMALL]) cpSync(join(root, 'tenants', LARGE), join(folder, 'tenants', tenant), { recursive: true });
    const yaml = join(folder, 'tenants', SMALL, 'tenant.yaml');
    writeFileSync(yaml, readFileSync(yaml, 'utf8').replace(/^hosts: .*$/m, `hosts: [${SMALL}.localhost]`));
}

// Who asks: the staff by a session with a second step, a customer by theirs, a program by keys.
async function visitorsOf({ livery, root, folder }, sql, tenant) {
    Object.assign(process.env, { LIVERY: livery, LIVERY_SOURCE: root });  // e2e asks for them
    const { inside } = await import('../e2e/staff.mjs');
    const words = ['--config', join(folder, `livery-${PORT}.yaml`)];
    const staff = await inside({ port: PORT, words, ask }, tenant, `desk@${tenant}.example`, 'agent', 'Dora Desk');
    const key = (n) => JSON.parse(execFileSync(livery, ['api-key', 'create', '--tenant', tenant, '--name', `bench ${n}`, '--scopes', 'tickets:read', '--json', ...words], { encoding: 'utf8' })).key;
    const hex = (column, email) => sql(`SELECT HEX(${column}) FROM identity_user WHERE tenant_id = '${tenant}' AND email = '${email}'`);
    return { account: hex('subject_id', GRETA.email), agent: hex('id', `desk@${tenant}.example`),
        staff: [{ Cookie: [...staff.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }],
        customer: [{ Cookie: await signIn(PORT, { tenant, ...GRETA }) }],
        program: Array.from({ length: KEYS }, (_, n) => ({ Authorization: `Bearer ${key(n)}` })) };
}

// `kind`: what all tickets of the small desk are, in SQL. `deep`: as many pages on.
const pagesOf = (agent, account) => {
    const unsolved = "ELT(1 + seq MOD 3, 'new', 'open', 'waiting_for_customer')";
    const console_ = (name, query, kind, deep = 0) => ({ name: `console: ${name}`, who: 'staff', path: `/console/tickets${query}`, kind, deep });
    const api = (name, query, kind, deep = 0) => ({ name: `API: ${name}`, who: 'program', path: `/api/v1/tickets?limit=50${query}`, kind, deep });
    const mine = { account: `UNHEX('${account}')` };
    return [
        { name: 'liveness: the machine alone', who: 'customer', path: '/livez', kind: {}, deep: 0 },
        console_('unsolved, due first', '', { state: unsolved }),
        console_('page 500 of them', '', { state: unsolved }, 500),
        console_('of a queue', '?queue=billing', { state: unsolved, queue: "'billing'" }),
        console_('nobody\'s', '?whose=nobodys', { state: unsolved, assignee: 'NULL' }),
        console_('mine', '?whose=mine', { state: unsolved, assignee: `UNHEX('${agent}')` }),
        console_('mine, of a queue', '?queue=billing&whose=mine', { state: unsolved, queue: "'billing'", assignee: `UNHEX('${agent}')` }),
        ...['new', 'open', 'waiting_for_customer', 'solved', 'closed'].map((state) => console_(`in state ${state}`, `?state=${state}`, { state: `'${state}'` })),
        console_('all', '?state=all', {}),
        console_('page 1000 of them', '?state=all', {}, 1000),
        console_('closed, of a queue', '?queue=billing&state=closed', { state: "'closed'", queue: "'billing'" }),
        console_('closed, of a queue, nobody\'s', '?queue=billing&state=closed&whose=nobodys', { state: "'closed'", queue: "'billing'", assignee: 'NULL' }),
        console_('new, of a queue, nobody\'s: few', '?queue=billing&state=new&whose=nobodys', { state: "'new'", queue: "'billing'", assignee: 'NULL' }),
        console_('a number', '?q=T-2026-000077', {}),
        { name: 'portal: a customer\'s thousand', who: 'customer', path: '/tickets', kind: mine, deep: 0 },
        { name: 'portal: page 40 of them', who: 'customer', path: '/tickets', kind: mine, deep: 40 },
        api('all', '', {}),
        api('page 1000 of them', '', {}, 1000),
        api('in a state', '&state=closed', { state: "'closed'" }),
        api('unsolved, due first', '&unsolved=true', { state: unsolved }),
        api('page 500 of them', '&unsolved=true', { state: unsolved }, 500),
        api('unsolved, of a queue, in a state', '&unsolved=true&queue=billing&state=open', { state: "'open'", queue: "'billing'" }),
    ];
};

const rowsIn = (page, text) => page.who === 'program' ? JSON.parse(text).data.map((one) => one.id) : [...new Set(text.match(/tck_\w{22}/g) ?? [])];
const nextOf = (page, text) => {
    if (page.who !== 'program') return /href="([^"]*[?&](?:amp;)?after=[^"]+)"/.exec(text)?.[1].replaceAll('&amp;', '&');
    const { next } = JSON.parse(text);
    return next && `${page.path}&after=${encodeURIComponent(next)}`;
};

// The address of the page so many further, or of the last but the one that is not full; each ticket is met once on the way.
async function addressOf(page, tenant, headers, deep) {
    const met = new Set();
    let path = page.path;
    for (let at = 1; at < deep; at++) {
        const { status, text } = await ask({ host: `${tenant}.localhost`, path, headers: headers[at % headers.length] });
        if (status === 429) { await new Promise((resolve) => setTimeout(resolve, 200)); at--; continue; }
        if (status !== 200) throw new Error(`${path} answers ${status}`);
        for (const row of rowsIn(page, text)) { if (met.has(row)) throw new Error(`${page.name}: page ${at} shows ${row} again`); met.add(row); }
        const next = nextOf(page, text);
        if (!next) throw new Error(`${page.name}: ends at page ${at}`);
        path = next;
    }
    return path;
}

const cell = (figure) => (Number.isFinite(figure) && !Number.isInteger(figure) ? figure.toFixed(2) : String(figure)).padStart(7);
const line = (name, large, small, ratio) => [name.padEnd(38), ...[large, small].flatMap((one) => [one.rows, one.p50, one.p95, one.p99]).map(cell), cell(ratio), cell(large.late)].join(' ');

export async function measureTickets({ livery, root, folder: above, seconds }) {
    const folder = join(above, 'desks');
    makeDesks({ root, folder });
    // Nobody is given a ticket meanwhile.
    const host = await startHost({ livery, root, folder }, PORT, 0, 'none', 'jobs: off\n');
    const sql = sqlOf(folder);
    const visitors = {};
    for (const tenant of [LARGE, SMALL]) {
        visitors[tenant] = await visitorsOf({ livery, root, folder }, sql, tenant);
        addAccounts(sql, tenant);
    }
    addTickets(sql, LARGE, TICKETS[LARGE], visitors[LARGE]);
    const pages = pagesOf(visitors[LARGE].agent, visitors[LARGE].account);
    const smalls = pagesOf(visitors[SMALL].agent, visitors[SMALL].account);
    console.error(line(`ms at ${PER_SECOND}/s of each desk`, { rows: '100,000', p50: 'p50', p95: 'p95', p99: 'p99', late: 'late' }, { rows: '100', p50: 'p50', p95: 'p95', p99: 'p99' }, 'ratio'));
    const found = [];
    for (const [at, page] of pages.entries()) {
        addTickets(sql, SMALL, TICKETS[SMALL], visitors[SMALL], smalls[at].kind);
        const both = await Promise.all([[LARGE, page.deep], [SMALL, Math.min(page.deep, 2)]].map(async ([tenant, deep]) => {
            const headers = visitors[tenant][page.who];
            return { port: PORT, host: `${tenant}.localhost`, headers, path: await addressOf(page, tenant, headers, deep) };
        }));
        await loadInTurns(both, PER_SECOND, 1);
        const [large, small] = (await loadInTurns(both, PER_SECOND, seconds)).map(({ text, ...times }) => ({ rows: rowsIn(page, text).length, ...times }));
        found.push({ name: page.name, large, small, ratio: large.p50 / small.p50 });
        console.error(line(page.name, large, small, large.p50 / small.p50));
    }
    await settle(host);
    return { tickets_worst_p95_ms: Math.max(...found.map((one) => one.large.p95)), tickets_worst_p99_ms: Math.max(...found.map((one) => one.large.p99)),
        tickets_worst_ratio: Math.max(...found.map((one) => one.ratio)), tickets: found };
}
