// One database, two hosts on it, sandbox tenants that are alike, and a provider for each.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Database, LIVERY, Program, Provider, SANITIZERS, SOURCE, freePort, sleep } from './processes.mjs';
import { Customer } from './customer.mjs';
import { cloneTenant } from './mint.mjs';

// A provider that hangs is given up on after this, so that a test need not wait for twenty seconds.
export const CALL_LIMIT = 1500;
export const PASSWORD = 'crash-test-dummies-26';
// A connection stays with one thread of the server, by the number of its socket: with fewer of them than there are
// sockets, a request waits behind another one that is held at a failpoint.
const WORKERS = 255;
const PEOPLE = 5;

// `config`: the gateway's own, beside where its provider is; the sandbox's, and that of a gateway that is like it, without it.
const tenantYaml = (tenant, provider, { gateway = 'sandbox', isolation = 'process', callLimit = CALL_LIMIT, payments = '', path = '',
    config = `merchant: ${tenant}, api_key: api_key, hook_key: hook_key` } = {}) => `name: Crash ${tenant}
hosts: [${tenant}.localhost]
mode: sandbox
theme: default
locales: [en-IE, de-DE]
time_zone: Europe/Berlin
currency: EUR
support_email: help@crash.example
brand:
  logo: {light: logo.svg, dark: logo-dark.svg}
  favicon: favicon.svg
  color: {primary: "#0f6b7a", accent: "#ffb54a"}
mail: {from: service@crash.example}
legal:
  - {label: {en: Imprint, de: Impressum}, href: "https://crash.example/imprint"}
plugins:
  accounts: {country: DE}
  console: {}
  service_desk: {}
  catalog: {}
  taxes: {}
  subscriptions: {}
  ledger: {}
  invoices:
    seller: {name: "Crash GmbH", line1: "Am Kai 4", postcode: "20457", city: Hamburg, country: DE, vat_id: DE811569869, legal_id: "HRB 1, Amtsgericht Hamburg", email: billing@crash.example, iban: DE02120300000000202051, bic: BYLADEM1001}
  orders: {}
  payments: {instance: cards${payments}}
gateways:
  - id: cards
    gateway: ${gateway}
    isolation: ${isolation}
    limits: {call_timeout_ms: ${callLimit}, parallel: 16}
    config: {base_url: "http://127.0.0.1:${provider}${path}", ${config}}
`;

const demoYaml = () => `password: ${PASSWORD}
first_subscriber_has: 1
subscribers:
${Array.from({ length: PEOPLE }, (_, i) => `  - name: "Customer ${i}"
    email: customer${i}@crash.example
    addresses: [{label: "Home ${i}", line1: "Elbchaussee ${i + 1}", postal_code: "22609", city: Hamburg, country: DE}]`).join('\n')}
plans: [{plan: harbor_residence_fibre_500_per_flat, most: 3}]
`;

export class Stage {
    // `tenants`: how many, or their names. All of them have the same customers, who are signed in everywhere.
    // `providerOf`: ports of those whose provider is another one.
    // `payments`: more of their settings. `gatewayOf`: what of a tenant's gateway is not as the others have it, `secrets` and
    // `providedBy` (the class of its provider, such as Provider) among it; `gateways`: files beside the sandbox's.
    static async open({ tenants, logLevel = 'info', providerOf = {}, payments = '', gatewayOf = {}, gateways = [] }) {
        const stage = new Stage();
        Object.assign(stage, { logLevel, providerOf, payments, gatewayOf, cells: new Map() });
        stage.folder = mkdtempSync('/tmp/livery-crash-');
        chmodSync(stage.folder, 0o755);
        stage.tenants = Array.isArray(tenants) ? tenants : Array.from({ length: tenants }, (_, i) => `t${i}`);
        // One theme in the tenants' two languages: a host that starts reads all there are, and here it starts often.
        cpSync(join(SOURCE, 'themes/default'), join(stage.folder, 'themes/default'), { recursive: true, filter: (path) => !/locale\/(ar|es)\.yaml$/.test(path) });
        if (gateways.length) {
            stage.gateways = join(stage.folder, 'gateways');
            for (const file of [join(dirname(LIVERY), 'gateways/sandbox.so'), ...gateways]) cpSync(file, join(stage.gateways, basename(file)));
        }
        stage.database = new Database(join(stage.folder, 'db'));
        // What a stage that cannot be opened has started would keep its test from ending.
        await stage.begin().catch(async (error) => { await stage.close(); throw error; });
        return stage;
    }
    async begin() {
        await this.database.start();
        await this.writeTenants();
        this.hosts = [await this.host(0), await this.host(1)];
        await this.fill();
    }

    async writeTenants() {
        this.ports = [await freePort(), await freePort()];
        this.providers = {};
        for (const tenant of this.tenants) {
            const folder = join(this.folder, 'tenants', tenant);
            cpSync(join(SOURCE, 'tenants/harbor'), folder, { recursive: true });
            rmSync(join(folder, 'demo.yaml'));
            const port = await freePort();
            writeFileSync(join(folder, 'tenant.yaml'), tenantYaml(tenant, this.providerOf[tenant] ?? port, { payments: this.payments, ...this.gatewayOf[tenant] }));
            const secrets = join(this.folder, 'secrets', tenant);
            mkdirSync(secrets, { recursive: true });
            const { providedBy = Provider, secrets: values = { api_key: `api-key-of-${tenant}`, hook_key: `hook-key-of-${tenant}` } } = this.gatewayOf[tenant] ?? {};
            for (const [name, value] of Object.entries(values)) writeFileSync(join(secrets, name), value, { mode: 0o600 });
            this.providers[tenant] = new providedBy({ folder: join(this.folder, 'providers', tenant), merchant: tenant, port,
                hook: `http://${tenant}.localhost:${this.ports[0]}/hooks/cards` });
        }
        await Promise.all(Object.values(this.providers).map((provider) => provider.start()));
        writeFileSync(join(this.folder, 'tenants', this.tenants[0], 'demo.yaml'), demoYaml());
    }

    config(number, jobs, tenants = join(this.folder, 'tenants')) {
        const file = join(this.folder, `host${number}-jobs-${jobs}-${basename(tenants)}.yaml`);
        // Written once: somebody may be reading it.
        if (existsSync(file)) return file;
        writeFileSync(file, `data_dir: ${join(this.folder, `data${number}`)}
tenants_dir: ${tenants}
themes_dir: ${join(this.folder, 'themes')}
secrets_dir: ${join(this.folder, 'secrets')}
${this.gateways ? `gateways_dir: ${this.gateways}\n` : ''}front: none
log_level: ${this.logLevel}
workers: ${WORKERS}
jobs: "${jobs}"
listen: {port: ${this.ports[number]}}
database: {socket: ${this.database.socket}, user: root, name: livery, connections: 90}
`);
        return file;
    }

    async host(number) {
        const host = new Program({ name: `host ${number}`, log: join(this.folder, `host${number}.log`), until: /"ready"|Ready on/, argv: [] });
        host.number = number;
        host.port = this.ports[number];
        return host;
    }

    // `point`: a failpoint that is armed (sdk/include/livery/failpoint.h).
    start(host, { jobs = 'off', point, verb = 'serve' } = {}) {
        host.argv = [LIVERY, verb, '--config', this.config(host.number, jobs)];
        return host.start(point ? { LIVERY_FAILPOINT: point } : {});
    }

    // The first tenant's customers come from the demo; they sign in, and the others are made to its likeness.
    async fill() {
        const [host] = this.hosts;
        const [first, ...others] = this.tenants;
        // The demo pays by the gateway, if it can: the copies would have charges that their providers do not know.
        const yaml = join(this.folder, 'tenants', first, 'tenant.yaml');
        const text = readFileSync(yaml, 'utf8');
        writeFileSync(yaml, text.replace(/payments: \{instance: cards[^}]*\}/, 'payments: {}'));
        await this.start(host, { verb: 'demo' });
        this.customers = Array.from({ length: PEOPLE }, (_, i) => new Customer(this, i));
        for (const customer of this.customers) await customer.signIn(first, `customer${customer.number}@crash.example`, PASSWORD);
        const rows = await this.database.sql(`SELECT LOWER(HEX(subject_id)), email FROM identity_user WHERE tenant_id = '${first}'`);
        for (const [account, email] of rows) this.customers[Number(/\d+/.exec(email)[0])].account = account;
        await host.kill();
        writeFileSync(yaml, text);
        // Keys and sessions are copied like everything else: one key opens every tenant.
        const made = await this.command('api-key', 'create', '--tenant', first, '--name', 'staff', '--scopes', 'payments:read,payments:write', '--json');
        this.key = JSON.parse(made.out.slice(made.out.indexOf('{'), made.out.lastIndexOf('}') + 1)).key;
        for (const tenant of others) await cloneTenant(this.database, first, tenant);
    }

    // A command line of the product: its exit code, what it says (`told`), and all that it writes.
    command(...words) { return this.run(this.config(0, 'off'), {}, words); }
    // One that reads no other tenant, for that is most of what it would do.
    commandAlone(tenant, env, ...words) {
        const alone = join(this.folder, 'alone', tenant);
        mkdirSync(alone, { recursive: true });
        if (!existsSync(join(alone, tenant))) symlinkSync(join(this.folder, 'tenants', tenant), join(alone, tenant));
        return this.run(this.config(0, 'off', alone), env, words);
    }
    run(config, env, words) {
        const child = spawn(LIVERY, [...words, '--config', config],
            { env: { ...process.env, ...SANITIZERS, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
        let [out, told] = ['', ''];
        child.stdout.on('data', (text) => (told += text));
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (out += text));
        return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code: code ?? signal, out, told: told.trim() })));
    }

    // Time passes, for us and for the providers: every moment that the tables of payments and of turns know is so much
    // longer ago. No rule and no clock is touched by it, and what is due by it is found by the host's own rounds.
    async pass(seconds) {
        await this.passHere(seconds);
        await Promise.all(Object.values(this.providers).map((provider) => provider.pass(seconds)));
    }
    // For us alone.
    async passHere(seconds) {
        this.columns ??= await this.database.sql(`SELECT table_name, GROUP_CONCAT(CONCAT(column_name, ' = ', column_name, ' - INTERVAL @seconds SECOND'))
            FROM information_schema.columns WHERE table_schema = 'livery' AND data_type = 'datetime'
            AND (table_name LIKE 'payments\\_%' OR table_name LIKE 'core\\_job\\_%') GROUP BY table_name`);
        await this.database.sql(`SET @seconds = ${seconds}; ${this.columns.map(([table, moved]) => `UPDATE ${table} SET ${moved}`).join('; ')}`);
    }

    logs() { return this.hosts.map((host) => { try { return readFileSync(host.log, 'utf8'); } catch { return ''; } }).join(''); }

    async close() {
        for (const program of [...this.hosts ?? [], ...Object.values(this.providers ?? {})]) await program.kill();
        await this.database.stop();
        if (!process.env.KEEP) rmSync(this.folder, { recursive: true, force: true });
    }
}
