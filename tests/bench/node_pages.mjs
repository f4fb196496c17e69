// Two pages as a careful Node service would serve them: the subscriptions and the invoices of a
// signed-in subscriber. Express, mysql2 with prepared statements, mustache parsed once, formatters
// kept, the catalog read once, a cluster of two. The same database, the same rows by the same
// queries, the same columns, states and dates, in layouts of the same size.
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';
import express from 'express';
import yaml from 'js-yaml';
import Mustache from 'mustache';
import mysql from 'mysql2/promise';

const { SOCKET, PORT, PAGES, CATALOG, TENANT } = process.env;

const DAY = 86_400_000;
const MONTHS = { month: 1, quarter: 3, half_year: 6, year: 12 };
const timeOf = (iso) => new Date(iso.length === 10 ? `${iso}T00:00:00Z` : `${iso}Z`);
const lengthOf = (text) => { const [count, unit] = /^\d/.test(text) ? text.split(' ') : ['1', text]; return { count: Number(count), unit: unit.replace(/s$/, '') }; };
const later = (from, length, times = 1) => {
    const { count, unit } = lengthOf(length);
    if (unit === 'day' || unit === 'week') return new Date(from.getTime() + times * count * (unit === 'week' ? 7 : 1) * DAY);
    const month = from.getUTCMonth() + times * count * MONTHS[unit];
    const last = new Date(Date.UTC(from.getUTCFullYear(), month + 1, 0)).getUTCDate();
    return new Date(Date.UTC(from.getUTCFullYear(), month, Math.min(from.getUTCDate(), last)));
};

// The phase of a plan that holds `now`: its prices, and when it began.
function phaseAt(plan, from, now) {
    let begins = from;
    const phases = plan.phases ?? [plan];
    for (const phase of phases) {
        const ends = phase.length ? later(begins, phase.length) : null;
        if (!ends || now < ends) return { kind: phase.kind ?? 'evergreen', recurring: phase.recurring, begins, ends };
        begins = ends;
    }
    return null;
}

// What the page says of one agreement.
function stand(row, bases, catalog, now) {
    const terms = JSON.parse(row.terms);
    const choice = terms.choices.findLast((each) => timeOf(each.from) <= now) ?? terms.choices[0];
    const plan = catalog.plans[choice.plan];
    const frequency = plan.frequency ?? 'month';
    const phase = phaseAt(plan, timeOf(choice.phases_from), now);
    const ends = row.ends_at ?? (row.base_id && bases.get(row.base_id.toString('hex'))?.ends_at) ?? null;
    const endsAt = ends ? new Date(`${ends.replace(' ', 'T')}Z`) : null;
    const paused = terms.pauses.some((pause) => timeOf(pause.from) <= now && (!pause.to || now < timeOf(pause.to)));
    let state = 'active';
    if (new Date(`${row.started_at.replace(' ', 'T')}Z`) > now) state = 'pending';
    else if (endsAt && endsAt <= now) state = 'cancelled';
    else if (!phase) state = 'expired';
    else if (paused) state = 'paused';
    else if (endsAt) state = 'cancelling';
    else if (phase.kind === 'trial') state = 'trial';
    const price = typeof phase?.recurring === 'object' ? phase.recurring[row.currency] : phase?.recurring;
    let next = null;
    if (state === 'trial') next = phase.ends;
    else if (state === 'active') {
        const anchor = timeOf(terms.anchors.findLast((each) => timeOf(each.from) <= now)?.origin ?? terms.anchors[0].origin);
        for (let k = 0; !next || next <= now; k++) next = later(anchor, frequency, k);
    }
    return { product: catalog.products[plan.product].name, plan: plan.name, state, frequency, endsAt, next, quantity: Number(choice.quantity), cents: Math.round(Number(price ?? 0) * Number(choice.quantity) * 100) };
}

if (cluster.isPrimary) {
    for (let i = 0; i < 2; i++) cluster.fork();
    // A worker that dies is replaced, as a service would do; all end with the primary.
    let ending = false;
    cluster.on('exit', () => { if (!ending) cluster.fork(); });
    process.on('SIGTERM', () => { ending = true; for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGKILL'); process.exit(0); });
} else {
    const pool = mysql.createPool({ socketPath: SOCKET, user: 'root', database: 'livery', connectionLimit: 8, dateStrings: true });
    const pages = JSON.parse(readFileSync(PAGES, 'utf8'));
    for (const { template } of Object.values(pages)) Mustache.parse(template);
    const catalog = yaml.load(readFileSync(CATALOG, 'utf8'));
    const money = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' });
    const day = new Intl.DateTimeFormat('de-DE', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
    // A range takes Node nine times what a day does, and many documents are of the same one.
    const ranges = new Map();
    const daysOf = (from, to) => {
        const key = from + to;
        if (ranges.size > 2000) ranges.clear();
        if (!ranges.has(key)) ranges.set(key, day.formatRange(timeOf(from), new Date(timeOf(to).getTime() - DAY)));
        return ranges.get(key);
    };
    const SESSION = `SELECT s.id, u.subject_id, u.display_name, u.email, s.csrf_token, COALESCE(v.version, 0) AS version FROM identity_session s
        JOIN identity_user u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        LEFT JOIN data_version v ON v.tenant_id = s.tenant_id AND v.subject_id = u.subject_id
        WHERE s.tenant_id = ? AND s.token_hash = ? AND s.idle_at > UTC_TIMESTAMP(6) AND s.ends_at > UTC_TIMESTAMP(6)`;
    const AGREEMENTS = `SELECT id, base_id, currency, site, started_at, ends_at, terms FROM subscriptions_agreement WHERE tenant_id = ? AND account_id = ? ORDER BY id`;
    const DOCUMENTS = `SELECT d.id, d.kind, d.status, d.number, d.issued_at, d.due_on, d.net, d.tax, d.paid, d.refunded, d.account_credit, d.written_off, d.covers_from, d.covers_to
        FROM invoices_document d WHERE d.tenant_id = ? AND d.account_id = ? AND d.number IS NOT NULL ORDER BY d.issued_at DESC, d.id DESC LIMIT 26`;
    const STANDING = `SELECT d.status AS what, d.currency, SUM(d.net + d.tax + d.account_credit - d.paid + d.refunded - d.written_off) AS amount FROM invoices_document d
        WHERE d.tenant_id = ? AND d.account_id = ? AND d.status IN ('open', 'partly_paid') GROUP BY d.status, d.currency
        UNION ALL SELECT 'credit', currency, amount FROM invoices_credit WHERE tenant_id = ? AND account_id = ? AND amount <> 0`;
    const words = { active: 'Aktiv', trial: 'Testphase', paused: 'Pausiert', cancelled: 'Beendet', cancelling: 'Gekündigt', expired: 'Abgelaufen', pending: 'Geplant', month: 'im Monat', quarter: 'im Quartal', year: 'im Jahr' };
    const states = { open: 'Offen', partly_paid: 'Teilweise bezahlt', paid: 'Bezahlt', void: 'Storniert', written_off: 'Abgeschrieben', overdue: 'Überfällig' };

    const subscriptions = async (session) => {
        const [found] = await pool.execute(AGREEMENTS, [TENANT, session.subject_id]);
        const now = new Date();
        const bases = new Map(found.map((row) => [row.id.toString('hex'), row]));
        const bundle = (row) => (row.base_id ?? row.id).toString('hex');
        found.sort((a, b) => (bundle(a) === bundle(b) ? (a.base_id ? 1 : -1) : bundle(a) < bundle(b) ? 1 : -1));
        return found.slice(0, pages['/subscriptions'].rows).map((row) => {
            const it = stand(row, bases, catalog, now);
            return { product: it.product, plan: it.plan, href: '/subscriptions/' + row.id.toString('hex'), state: it.state, state_label: words[it.state], quantity: String(it.quantity),
                price: `${money.format(it.cents / 100)} ${words[it.frequency]}`, next: it.endsAt ? 'Endet am ' + day.format(it.endsAt) : it.next ? day.format(it.next) : '', site: row.site, has_site: row.site !== '', is_addon: row.base_id !== null };
        });
    };
    const invoices = async (session) => {
        const of = [TENANT, session.subject_id];
        const [found] = await pool.execute(DOCUMENTS, of);
        await pool.execute(STANDING, [...of, ...of]);
        const today = new Date().toISOString().slice(0, 10);
        return found.slice(0, pages['/invoices'].rows).map((row) => {
            const total = row.net + row.tax;
            const owed = ['open', 'partly_paid'].includes(row.status);
            const state = owed && row.due_on < today ? 'overdue' : row.status;
            const balance = owed ? total + row.account_credit - row.paid + row.refunded - row.written_off : 0;
            const period = row.covers_from ? daysOf(row.covers_from.slice(0, 10), row.covers_to.slice(0, 10)) : '—';
            return { number: row.number, href: '/invoices/' + row.id.toString('hex'), pdf_href: `/invoices/${row.id.toString('hex')}/pdf`, is_note: row.kind === 'credit_note', kind: 'Gutschrift', period,
                date: day.format(timeOf(row.issued_at.slice(0, 10))), due: row.kind === 'credit_note' ? '—' : day.format(timeOf(row.due_on)), total: money.format(total / 100), paid: money.format((row.paid - row.refunded) / 100), balance: money.format(balance / 100), state, state_label: states[state] };
        });
    };
    const app = express();
    app.disable('x-powered-by');
    const serve = (path, rowsOf) => app.get(path, async (request, response) => {
        const token = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
        const [[session]] = await pool.execute(SESSION, [TENANT, Buffer.from(token, 'hex')]);
        if (!session) return response.redirect(303, '/sign-in');
        const rows = await rowsOf(session);
        response.set('Cache-Control', 'no-store').send(Mustache.render(pages[path].template, { rows, user_name: session.display_name, user_email: session.email, csrf_token: session.csrf_token }));
    });
    serve('/subscriptions', subscriptions);
    serve('/invoices', invoices);
    app.get('/readyz', (request, response) => response.send('ready'));
    app.listen(Number(PORT), '127.0.0.1');
}
