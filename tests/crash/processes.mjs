// The real processes of a crash test, each alone: they are started, killed and started again.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';

export { freePort } from '../ports/free_port.mjs';

export const LIVERY = process.env.LIVERY;
export const SOURCE = process.env.LIVERY_SOURCE;
// Bad on purpose (bad_gateway.cpp), apart from those that tenants may have.
export const BAD_GATEWAY = join(dirname(LIVERY ?? ''), 'testing/crash/bad.so');
// A process that is killed has no leaks to tell of.
export const SANITIZERS = { ASAN_OPTIONS: 'detect_leaks=0' };
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// A program that stays the same one under changing process ids. `until` is a line that says that it is there.
export class Program {
    // `under`: a program and its words that starts it.
    constructor({ name, argv, log, until, env = {}, under = [] }) {
        Object.assign(this, { name, argv, log, until, env, under });
        this.lines = [];
        this.child = null;
        this.starts = 0;
    }

    async start(env = {}) {
        // Whatever becomes of the test, nothing of it outlives it.
        const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', ...this.under, ...this.argv], {
            env: { ...process.env, ...SANITIZERS, ...this.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
        });
        this.child = child;
        this.starts += 1;
        const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(signal ?? code)));
        this.ended = ended;
        child.isOver = false;
        ended.then(() => (child.isOver = true));
        const ready = new Promise((resolve) => {
            for (const stream of [child.stdout, child.stderr]) {
                createInterface({ input: stream }).on('line', (line) => {
                    this.lines.push(line);
                    if (this.lines.length > 4000) this.lines.splice(0, 2000);
                    appendFileSync(this.log, `${line}\n`);
                    this.onLine?.(line);
                    if (this.until.test(line)) resolve(true);
                });
            }
        });
        if (await Promise.race([ready, ended.then(() => false)]) === true) return true;
        // Killed while it started: that is what it is started again for.
        if (child.signalCode === 'SIGKILL') return false;
        throw new Error(`${this.name} did not start:\n${this.lines.slice(-20).join('\n')}`);
    }

    get alive() { return this.child !== null && !this.child.isOver; }

    async kill(signal = 'SIGKILL') {
        if (!this.alive) return;
        this.child.kill(signal);
        await this.ended;
    }
}

// The children of a process that run a program of that name.
export function childrenOf(pid, name) {
    return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry)).map(Number).filter((other) => {
        try {
            const status = readFileSync(`/proc/${other}/stat`, 'utf8');
            const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
            return parent === pid && readFileSync(`/proc/${other}/cmdline`, 'utf8').split('\0')[0].endsWith(name);
        } catch {
            return false;
        }
    });
}

// A durable MariaDB of its own. That it is killed while it is used is tests/kill; here it is set back to an older copy.
export class Database {
    constructor(folder) {
        this.folder = folder;
        this.socket = join(folder, 'db.sock');
        this.queue = Promise.resolve();
    }

    async start() {
        mkdirSync(this.folder, { recursive: true });
        const data = join(this.folder, 'data');
        const user = process.getuid() === 0 ? ['--user=root'] : [];
        const made = spawnSync('/usr/bin/mariadb-install-db', ['--no-defaults', '--auth-root-authentication-method=normal',
            '--skip-test-db', '--innodb-log-file-size=32M', `--datadir=${data}`, ...user], { encoding: 'utf8' });
        if (made.status !== 0) throw new Error(`no database: ${made.stdout}${made.stderr}`);
        this.server = new Program({ name: 'mariadbd', log: join(this.folder, 'mariadbd.log'), until: /ready for connections/, argv: [
            '/usr/sbin/mariadbd', '--no-defaults', `--datadir=${data}`, `--socket=${this.socket}`, '--skip-networking', '--skip-log-bin',
            '--performance-schema=OFF', '--character-set-server=utf8mb4', '--innodb-buffer-pool-size=128M', '--max-connections=200',
            '--innodb-flush-log-at-trx-commit=1', '--innodb-log-file-size=32M', ...user] });
        await this.serve();
    }

    async serve() {
        await this.server.start();
        chmodSync(this.socket, 0o666);
        this.reconnect();
        await this.sql('CREATE DATABASE IF NOT EXISTS livery CHARACTER SET utf8mb4; USE livery');
    }

    reconnect(...more) {
        this.client = this.connect('pipe', ...more);
        this.answers = createInterface({ input: this.client.stdout })[Symbol.asyncIterator]();
        this.client.stdin.on('error', () => undefined);
        this.complaint = once(this.client, 'close').then(() => this.complained);
        this.complained = '';
        this.client.stderr.on('data', (text) => { this.complained += text; });
    }

    // What lies on the disk at one moment, as a snapshot of the volume would take it, whatever is under way.
    async copyTo(folder) {
        process.kill(this.server.child.pid, 'SIGSTOP');
        await sleep(200);
        cpSync(join(this.folder, 'data'), folder, { recursive: true });
        process.kill(this.server.child.pid, 'SIGCONT');
    }

    // Forgets everything since that copy.
    async setBackTo(folder) {
        await this.queue;
        for (const client of [this.client, this.bold]) client?.kill();
        this.bold = undefined;
        await this.server.kill();
        rmSync(join(this.folder, 'data'), { recursive: true });
        renameSync(folder, join(this.folder, 'data'));
        await this.serve();
    }

    connect(errors, ...more) {
        return spawn('mariadb', [`--socket=${this.socket}`, '--user=root', '--batch', '--skip-column-names', '--unbuffered',
            '--default-character-set=utf8mb4', ...more], { stdio: ['pipe', 'pipe', errors] });
    }

    // What does no harm when it is refused: a row that the host holds may deadlock with it.
    attempt(statements) {
        this.bold ??= this.connect('ignore', '--force', '--database=livery');
        this.bold.stdout.resume();
        this.bold.stdin.write(`${statements};\n`);
    }

    // Rows of texts; one statement or several after another, as one caller at a time. What deadlocks with a host that
    // serves is asked again, as the host does: by then nothing of one statement, or of one transaction, has happened.
    sql(statements) {
        this.queue = this.queue.then(async () => {
            for (;;) {
                const rows = await this.ask(statements);
                if (rows) return rows;
                const complaint = await this.complaint;
                const nothing = !statements.includes(';') || /^START TRANSACTION;[^]*COMMIT$/.test(statements);
                if (!nothing || !/^ERROR (1213|1205) /m.test(complaint)) throw new Error(`the database refuses: ${complaint}${statements.slice(0, 400)}`);
                this.reconnect('--database=livery');
            }
        });
        return this.queue;
    }

    // Nothing where the database refused; its client has ended then.
    async ask(statements) {
        this.client.stdin.write(`${statements};\nSELECT '--that is all--';\n`);
        const rows = [];
        for (;;) {
            const { value, done } = await this.answers.next();
            if (done) return undefined;
            if (value === '--that is all--') return rows;
            rows.push(value.split('\t'));
        }
    }

    async stop() {
        this.client?.stdin.end();
        this.bold?.stdin.end();
        await this.server?.kill('SIGTERM');
    }
}

// Pelican Pay: it alone knows what was charged. Each tenant has one, so that what is wrong with one is wrong with no other.
export class Provider {
    constructor({ folder, merchant, port, hook }) {
        this.port = port;
        this.merchant = merchant;
        this.program = new Program({ name: `provider of ${merchant}`, log: join(dirname(folder), `${merchant}.log`), until: /^listening on/, argv: [
            join(dirname(LIVERY), 'livery-sandbox-provider'), '--data', folder, '--port', String(port), '--dies-with-parent',
            '--merchant', `${merchant},api-key-of-${merchant},hook-key-of-${merchant},${hook}`, '--hook-retry-ms', '300'] });
    }

    async control(path, body, method = body ? 'POST' : 'GET') {
        const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { method, body: body && JSON.stringify(body) });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return answer.json();
    }

    start() { return this.program.start(); }
    kill() { return this.program.kill(); }
    ledger() { return this.control('/ledger'); }
    pass(seconds) { return this.control('/clock', { advance_seconds: seconds }); }
    // One that never tells has nothing left to tell.
    async untold() {
        const [{ events_untold: events }, { faults }] = await Promise.all([this.ledger(), this.control('/faults')]);
        return faults.some((one) => one.fault === 'never') ? 0 : events;
    }
}
