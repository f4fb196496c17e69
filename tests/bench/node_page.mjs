// The subscriptions page as a careful Node service would serve it: express, mysql2 with prepared
// statements, mustache parsed once, formatters kept, a cluster of two. Same database, same rows,
// same two queries, the same columns, states and next-charge dates in a layout of the same size.
import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import express from 'express';
import Mustache from 'mustache';
import mysql from 'mysql2/promise';

const { SOCKET, PORT, LAYOUT } = process.env;
if (cluster.isPrimary) {
    for (let i = 0; i < 2; i++) cluster.fork();
    // A worker that dies is replaced, as a service would do; all end with the primary.
    let ending = false;
    cluster.on('exit', () => { if (!ending) cluster.fork(); });
    process.on('SIGTERM', () => { ending = true; for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGKILL'); process.exit(0); });
} else {
    const pool = mysql.createPool({ socketPath: SOCKET, user: 'root', database: 'livery', connectionLimit: 8, dateStrings: true });
    const template = Buffer.from(LAYOUT, 'base64').toString();
    Mustache.parse(template);
    const money = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' });
    const day = new Intl.DateTimeFormat('de-DE', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
    const SESSION = `SELECT s.id, u.subject_id, u.display_name, u.email, s.csrf_token, COALESCE(v.version, 0) AS version FROM identity_session s
        JOIN identity_user u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        LEFT JOIN data_version v ON v.tenant_id = s.tenant_id AND v.subject_id = u.subject_id
        WHERE s.tenant_id = ? AND s.token_hash = ? AND s.idle_at > UTC_TIMESTAMP(6) AND s.ends_at > UTC_TIMESTAMP(6)`;
    const LIST = `SELECT s.id, s.base_id, s.product, s.plan, s.state, s.quantity, s.frequency, s.site, s.ends_on, p.kind, p.from_on, p.to_on, p.unit_price,
        (SELECT COUNT(*) FROM subscriptions_subscription c WHERE c.tenant_id = ? AND c.account_id = ?) AS total
        FROM subscriptions_subscription s JOIN subscriptions_phase p ON p.tenant_id = s.tenant_id AND p.subscription_id = s.id
        WHERE s.tenant_id = ? AND s.account_id = ? ORDER BY s.bundle_id DESC, s.id LIMIT 360`;
    const words = { active: 'Aktiv', trial: 'Testphase', paused: 'Pausiert', past_due: 'Überfällig', cancelled: 'Beendet', cancelling: 'Gekündigt', month: 'im Monat', quarter: 'im Quartal', year: 'im Jahr' };
    const months = { month: 1, quarter: 3, year: 12 };
    const add = (date, count) => {
        const year = date.getUTCFullYear(), month = date.getUTCMonth() + count;
        const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
        return new Date(Date.UTC(year, month, Math.min(date.getUTCDate(), last)));
    };
    const next = (row, today) => {
        if (row.ends_on) return 'Endet ' + day.format(new Date(row.ends_on));
        const paid = row.phases.find((phase) => phase.kind !== 'trial');
        if (!paid || row.state === 'paused' || row.state === 'cancelled') return '—';
        const anchor = new Date(paid.from_on);
        let n = 0;
        while (add(anchor, n * months[row.frequency]) <= today) n++;
        return day.format(add(anchor, n * months[row.frequency]));
    };
    const app = express();
    app.disable('x-powered-by');
    app.get('/subscriptions', async (request, response) => {
        const token = /(?:^|; )session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
        const hash = Buffer.from(token, 'hex');
        const [[session]] = await pool.execute(SESSION, ['harbor', hash]);
        if (!session) return response.redirect(303, '/sign-in');
        const [found] = await pool.execute(LIST, ['harbor', session.subject_id, 'harbor', session.subject_id]);
        const today = new Date();
        const rows = [];
        for (const row of found) {
            if (!rows.length || !rows[rows.length - 1].id.equals(row.id)) rows.push({ ...row, phases: [] });
            rows[rows.length - 1].phases.push(row);
        }
        const shown = rows.slice(0, 50).map((row) => {
            const state = row.ends_on && row.state !== 'cancelled' ? 'cancelling' : row.state;
            const price = row.phases.find((phase) => new Date(phase.from_on) <= today && (!phase.to_on || new Date(phase.to_on) > today)) ?? row.phases[0];
            return { product: row.product, plan: row.plan, href: '/subscriptions/' + row.id.toString('hex'), state, state_label: words[state], quantity: String(row.quantity),
                price: `${money.format(price.unit_price * row.quantity / 100)} ${words[row.frequency]}`, next: next(row, today), site: row.site, has_site: row.site !== '', is_addon: row.base_id !== null };
        });
        response.set('Cache-Control', 'no-store').send(Mustache.render(template, { rows: shown, has_rows: true, count: `${found[0]?.total ?? 0} Abonnements`, user_name: session.display_name, user_email: session.email, csrf_token: session.csrf_token }));
    });
    app.get('/readyz', (request, response) => response.send('ready'));
    app.listen(Number(PORT), '127.0.0.1');
}
