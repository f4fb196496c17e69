// Tickets of a desk by the hundred thousand, written down as the plugin writes them (plugins/service_desk/storage/
// ticket_repository.cpp): through its use cases they would take an hour.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const sqlOf = (folder) => (statement) => execFileSync('mariadb', ['--no-defaults', '-uroot', `--socket=${join(folder, 'data/database/db.sock')}`, '-N', '-B', 'livery'],
    { encoding: 'utf8', input: statement }).trim();

const ACCOUNTS = 5000;
// A number of the ticket's own below `most`, the same in each run.
const drawn = (what, most) => `CONV(LEFT(MD5(CONCAT('${what}', seq)), 8), 16, 10) MOD ${most}`;
const bytes = (text) => `UNHEX(MD5(${text}))`;
const micros = (moment) => `FLOOR(UNIX_TIMESTAMP(${moment}) * 1000000)`;
const NEVER = "'9000-01-01'";

// Six of ten are closed; half of the rest is unsolved and due some day of these months.
const STATE = `ELT(1 + ${drawn('state', 20)}, ${["'closed',".repeat(12), "'solved',".repeat(2), "'open',".repeat(2), "'waiting_for_customer',".repeat(2), "'new','new'"].join('')})`;
const clock = (target, ended) => `'{"target":${target},"used":', ${drawn('used', 9_000_000_000)}, ',"running_since":', IF(${ended}, 'null', ${micros('created')}), ',"ended_at":', IF(${ended}, ${micros('active')}, 'null'), '}'`;
const CLOCKS = `CONCAT('{"first_response":', ${clock(14_400_000_000, "state <> 'new'")}, ',"solution":', ${clock(108_000_000_000, "state IN ('solved', 'closed')")}, ',"followed_until":', ${micros('active')}, '}')`;

export function addAccounts(sql, tenant) {
    sql(`INSERT INTO accounts_account (tenant_id, id, number, created_at, name) SELECT '${tenant}', ${bytes("CONCAT('account', seq)")}, 1000000 + seq, NOW(6), CONCAT('Customer ', seq) FROM seq_1_to_${ACCOUNTS}`);
}

// `of`: the account of every hundredth, and the agent of every twentieth, in hex. `all`: what all of them are instead of being spread, by column (SQL).
export function addTickets(sql, tenant, count, of, all = {}) {
    const column = (name, usual) => `${all[name] ?? usual} ${name}`;
    sql(`SET time_zone = '+00:00'; DELETE FROM service_desk_message WHERE tenant_id = '${tenant}'; DELETE FROM service_desk_ticket WHERE tenant_id = '${tenant}';
        INSERT INTO service_desk_ticket (tenant_id, id, number, account_id, opened_by, subject, category, queue, priority, language, state, assignee, about_kind, about_id, created_at, active_at, solved_at, due_at, escalated_at, is_unsolved, clocks, version)
        SELECT '${tenant}', UNHEX(CONCAT(LPAD(HEX(FLOOR(UNIX_TIMESTAMP(created) * 1000)), 12, '0'), '7', LEFT(MD5(seq), 3), '8', RIGHT(MD5(seq), 15))), CONCAT('T-2026-', LPAD(seq, 6, '0')), account, ${bytes("CONCAT('login', HEX(account))")},
            CONCAT('It does not ring in room ', seq), IF(queue = 'billing', 'invoice', 'trouble'), queue, priority, 'de', state, assignee, IF(about, 'invoice', ''), IF(about, ${bytes("CONCAT('invoice', seq)")}, NULL),
            created, active, IF(state IN ('solved', 'closed'), active, NULL), due, IF(due < NOW(6), due, NULL), state IN ('new', 'open', 'waiting_for_customer'), ${CLOCKS}, 2
        FROM (SELECT *, IF(state = 'new' OR (state = 'open' AND priority > 0), NOW(6) + INTERVAL CAST(${drawn('due', 5_000_000)} AS SIGNED) - 1000000 SECOND, ${NEVER}) due
            FROM (SELECT seq, NOW(6) - INTERVAL (${count} - seq) * 300 + 86400 SECOND created, NOW(6) - INTERVAL (${count} - seq) * 300 + ${drawn('active', 86400)} SECOND active,
                ${column('queue', `IF(${drawn('queue', 10)} < 7, 'care', 'billing')`)}, ${column('state', STATE)}, ${drawn('priority', 4)} priority, ${drawn('about', 3)} = 0 about,
                ${column('assignee', `CASE ${drawn('agent', 20)} WHEN 0 THEN NULL WHEN 1 THEN UNHEX('${of.agent}') ELSE ${bytes(`CONCAT('agent', ${drawn('agent', 20)})`)} END`)},
                ${column('account', `IF(seq MOD 100 = 0, UNHEX('${of.account}'), ${bytes(`CONCAT('account', 1 + ${drawn('account', ACCOUNTS)})`)})`)}
                FROM seq_1_to_${count}) drawn) ticket;
        INSERT INTO service_desk_message (tenant_id, ticket_id, id, is_public, party, author, author_name, body, at)
        SELECT t.tenant_id, t.id, UNHEX(CONCAT(LEFT(HEX(t.id), 12), '7', LPAD(seq, 3, '0'), RIGHT(HEX(t.id), 16))), TRUE, IF(seq = 1, 'customer', 'agent'), NULL, 'Ann Lee', REPEAT('It rings, and then it does not. ', 8), t.created_at
        FROM service_desk_ticket t JOIN seq_1_to_2 WHERE t.tenant_id = '${tenant}';
        ANALYZE TABLE service_desk_ticket, service_desk_message`);
}
