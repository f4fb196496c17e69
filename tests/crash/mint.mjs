// Many open invoices: copies of one that a real billing run has written, with its lines and its entry in the ledger.
import { randomBytes } from 'node:crypto';

export const newId = () => {
    const bytes = randomBytes(16);
    bytes.writeUIntBE(Date.now(), 0, 6);
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    return bytes.toString('hex');
};

const columns = new Map();
async function columnsOf(database, table) {
    if (!columns.has(table)) {
        const rows = await database.sql(`SELECT column_name FROM information_schema.columns WHERE table_schema = 'livery' AND table_name = '${table}' ORDER BY ordinal_position`);
        columns.set(table, rows.flat());
    }
    return columns.get(table);
}

// INSERT … SELECT of a table's rows, with some columns replaced.
async function copy(database, table, where, replaced) {
    const names = await columnsOf(database, table);
    return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${names.map((name) => replaced[name] ?? name).join(', ')} FROM ${table} WHERE ${where}`;
}

// Everything that a tenant has, as another tenant's.
export async function cloneTenant(database, from, to) {
    const tables = await database.sql(`SELECT table_name FROM information_schema.columns WHERE table_schema = 'livery' AND column_name = 'tenant_id'`);
    const statements = ['SET FOREIGN_KEY_CHECKS = 0'];
    for (const [table] of tables) {
        statements.push(`DELETE FROM ${table} WHERE tenant_id = '${to}'`);
        statements.push(await copy(database, table, `tenant_id = '${from}'`, { tenant_id: `'${to}'` }));
    }
    statements.push('SET FOREIGN_KEY_CHECKS = 1');
    await database.sql(statements.join(';\n'));
}

let numbers = 0;

// Open invoices of an account, all of the same amount. They carry a series of their own.
export async function mintInvoices(database, tenant, account, count) {
    const [model] = await database.sql(`SELECT LOWER(HEX(id)), net + tax, LOWER(HEX(account_id)) FROM invoices_document WHERE tenant_id = '${tenant}' AND kind = 'invoice'
        AND issued_at IS NOT NULL AND net > 0 AND EXISTS (SELECT 1 FROM ledger_entry e WHERE e.tenant_id = '${tenant}' AND e.document_id = invoices_document.id) ORDER BY id LIMIT 1`);
    if (!model) throw new Error(`${tenant} has no invoice to copy`);
    const [id, amount, owner] = model;
    const entries = await database.sql(`SELECT LOWER(HEX(id)) FROM ledger_entry WHERE tenant_id = '${tenant}' AND document_id = x'${id}' AND fact LIKE '%issue%'`);
    const invoices = [];
    const statements = ['START TRANSACTION'];
    for (let i = 0; i < count; i++) {
        const made = newId();
        const line = `CONCAT('\\0', SUBSTRING(x'${newId()}', 2, 14), CHAR(position))`;
        invoices.push({ tenant, account, invoice: made, amount: Number(amount) });
        statements.push(await copy(database, 'invoices_document', `tenant_id = '${tenant}' AND id = x'${id}'`, {
            id: `x'${made}'`, account_id: `x'${account}'`, number: `'CRASH-${++numbers}'`, status: `'open'`, due_on: 'CURRENT_DATE - INTERVAL 3 DAY',
            paid: '0', refunded: '0', account_credit: '0', credited: '0', written_off: '0' }));
        statements.push(await copy(database, 'invoices_line', `tenant_id = '${tenant}' AND document_id = x'${id}'`, {
            document_id: `x'${made}'`, id: line, account_id: `x'${account}'`, subscription_id: 'NULL', charge: 'NULL' }));
        for (const [entry] of entries) {
            const booked = newId();
            statements.push(await copy(database, 'ledger_entry', `tenant_id = '${tenant}' AND id = x'${entry}'`, { id: `x'${booked}'`, document_id: `x'${made}'` }));
            statements.push(await copy(database, 'ledger_posting', `tenant_id = '${tenant}' AND entry_id = x'${entry}'`, {
                entry_id: `x'${booked}'`, customer_id: `IF(customer_id = x'${owner}', x'${account}', customer_id)` }));
        }
    }
    await database.sql([...statements, 'COMMIT'].join(';\n'));
    return invoices;
}

// Another account for each of these customers at each tenant, whose people they are from now on: nothing of it is
// owed or being paid. Their sessions go on.
export async function moveToFreshAccounts(database, tenants, customers) {
    const statements = ['START TRANSACTION'];
    for (const customer of customers) {
        const [old, fresh] = [customer.account, newId()];
        for (const tenant of tenants) {
            const of = (column) => `tenant_id = '${tenant}' AND ${column} = x'${old}'`;
            statements.push(await copy(database, 'accounts_account', of('id'), { id: `x'${fresh}'`, number: `number + ${1000 * ++numbers}` }));
            for (const table of ['accounts_contact', 'accounts_address']) statements.push(await copy(database, table, of('account_id'), { account_id: `x'${fresh}'` }));
            statements.push(`UPDATE identity_user SET subject_id = x'${fresh}' WHERE ${of('subject_id')}`);
        }
        customer.account = fresh;
    }
    await database.sql([...statements, 'COMMIT'].join(';\n'));
}

// A kept card: its token is the scenario that the provider plays with it (providers/README.md).
export async function keepMethod(database, tenant, account, scenario, { isDefault = true } = {}) {
    const id = newId();
    const details = JSON.stringify({ token: `tok_${scenario}`, kind: 'card', brand: 'visa', last4: '4242', customer: '', mandate: '',
        network_transaction_id: '', action_url: '', expiry_month: 12, expiry_year: 2039 });
    await database.sql(`INSERT INTO payments_method (tenant_id, id, account_id, instance, state, reference, provider_id, is_default, began_at, looks, details)
        VALUES ('${tenant}', x'${id}', x'${account}', 'cards', 'active', 's-${id}', '${id}', ${isDefault ? 1 : 0}, UTC_TIMESTAMP(6), 0, '${details}')`);
    return id;
}
