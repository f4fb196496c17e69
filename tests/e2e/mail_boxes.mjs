// Mailboxes of the test's own, in a real IMAP server (Dovecot), and mails to put into them.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { freePort, sleep } from './host.mjs';

const PASSWORD = 'six-quiet-oars';
const idOf = (flag, user) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }));

// Debian's users for it where we are root, which it refuses to be; else all of it is ours.
function owners() {
    const nameOf = (flag) => execFileSync('id', [flag], { encoding: 'utf8' }).trim();
    if (process.getuid() !== 0) { const me = nameOf('-un'); return { inner: me, group: nameOf('-gn'), login: me, uid: process.getuid(), gid: process.getgid(), chroot: 'chroot =' }; }
    return { inner: 'dovecot', group: 'dovecot', login: 'dovenull', uid: idOf('-u', 'mail'), gid: idOf('-g', 'mail'), chroot: '' };
}

export async function startMailBoxes() {
    const folder = mkdtempSync('/tmp/livery-imap-');
    chmodSync(folder, 0o755);
    const port = await freePort();
    const own = owners();
    const mail = join(folder, 'mail');
    mkdirSync(mail);
    chownSync(mail, own.uid, own.gid);
    writeFileSync(join(folder, 'dovecot.conf'), `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = ${own.inner}
default_internal_group = ${own.group}
default_login_user = ${own.login}
first_valid_uid = 1
mail_location = maildir:${mail}/%u
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${own.uid} gid=${own.gid} home=${mail}/%u
}
service imap-login {
  ${own.chroot}
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  ${own.chroot}
}
`);
    let server;
    async function start() {
        server = spawn('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: ['ignore', 'inherit', 'inherit'] });
        for (let i = 0; i < 300; i++) {
            const up = await new Promise((resolve) => { const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); }); socket.on('error', () => resolve(false)); });
            if (up) return;
            await sleep(100);
        }
        throw new Error('no IMAP server');
    }
    const end = () => new Promise((resolve) => { server.on('exit', resolve); server.kill('SIGTERM'); });
    await start();
    let count = 0;
    const count_in = (user, ...box) => ['new', 'cur'].map((part) => join(mail, user, ...box, part)).filter(existsSync).flatMap((path) => readdirSync(path)).filter((name) => !/:2,\w*T/.test(name)).length;
    const imap = (path, ...more) => execFileSync('curl', ['-sS', '--user', `${more.pop()}:${PASSWORD}`, `imap://127.0.0.1:${port}/${path}`, ...more], { encoding: 'utf8', maxBuffer: 1 << 26 });
    return {
        port, password: PASSWORD,
        // Whose Maildirs they are, and below which folder: for a mail server that delivers into them.
        owner: { uid: own.uid, gid: own.gid }, mail,
        // All mails of a folder, oldest first, as a mail program reads them.
        read(user, name = 'INBOX') {
            const uids = /^\* SEARCH(.*)/m.exec(imap(name, '-X', 'UID SEARCH ALL', user))?.[1].trim().split(' ').filter(Boolean) ?? [];
            return uids.map((uid) => imap(`${name};UID=${uid}`, user));
        },
        // As a mail server delivers into a Maildir: written elsewhere, then moved.
        deliver(user, bytes) {
            for (const part of ['', 'tmp', 'new', 'cur']) {
                mkdirSync(join(mail, user, part), { recursive: true });
                chownSync(join(mail, user, part), own.uid, own.gid);
            }
            const name = `${Date.now()}.${process.pid}_${++count}.test`;
            const temporary = join(mail, user, 'tmp', name);
            writeFileSync(temporary, bytes);
            chownSync(temporary, own.uid, own.gid);
            renameSync(temporary, join(mail, user, 'new', name));
        },
        waiting: (user) => count_in(user),
        inFolder: (user, name) => count_in(user, `.${name}`),
        // Until the inbox is empty.
        async emptied(user) {
            for (let i = 0; i < 900 && count_in(user) > 0; i++) await sleep(100);
            if (count_in(user) > 0) throw new Error(`mails of ${user} are not fetched`);
        },
        end, start,
        async stop() { await end(); rmSync(folder, { recursive: true, force: true }); },
    };
}

// A mail as programs of people write it.
let made = 0;
export function mailOf({ from, to, subject = 'Re: your answer', id = `m${++made}.${process.pid}@mail.example`, references = [], headers = [], text = 'Words.', more = '' }) {
    return [`Return-Path: <${from}>`, `From: Somebody <${from}>`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${id}>`,
        ...references.length ? [`In-Reply-To: <${references.at(-1)}>`, `References: ${references.map((one) => `<${one}>`).join(' ')}`] : [],
        ...headers, ...(more ? [] : ['Content-Type: text/plain; charset=utf-8']), '', more || text, ''].join('\r\n');
}

// Its head: what it says of where it stands.
export function headOf(raw) {
    const head = raw.split(/\r?\n\r?\n/)[0].replace(/\r?\n[ \t]+/g, ' ');
    const value = (name) => new RegExp(`^${name}: (.*)$`, 'mi').exec(head)?.[1].trim();
    const bare = (text) => /<([^>]+)>/.exec(text ?? '')?.[1];
    return { id: bare(value('Message-ID')), replyTo: bare(value('Reply-To')) ?? value('Reply-To'), references: [...(value('References') ?? '').matchAll(/<([^>]+)>/g)].map(([, id]) => id), automatic: value('Auto-Submitted') };
}
