// A mail server of the test's own (Exim): it takes mails by SMTP, and puts them into the mailboxes.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { freePort, sleep } from './host.mjs';

// `routers` come before those of the mailboxes: how a mail leads elsewhere, by `transports`.
const configuration = ({ folder, owner, mail, people, routers = '', transports = '' }) => `
exim_user = ${owner.uid}
exim_group = ${owner.gid}
spool_directory = ${folder}/spool
primary_hostname = mx.test.example
tls_advertise_hosts =
keep_environment =
acl_smtp_rcpt = accept
domainlist ours = ${[...new Set(people.map((one) => one.split('@')[1]))].join(' : ')}
begin routers
${routers}
boxes:
  driver = accept
  domains = +ours
  local_parts = ${people.map((one) => one.split('@')[0]).join(' : ')}
  local_part_suffix = +*
  local_part_suffix_optional
  transport = maildir
elsewhere:
  driver = accept
  domains = ! +ours
  transport = elsewhere
begin transports
${transports}
maildir:
  driver = appendfile
  directory = ${mail}/$local_part_data
  maildir_format
  return_path_add
  envelope_to_add
  delivery_date_add
elsewhere:
  driver = appendfile
  file = /dev/null
begin retry
* * F,1d,1d
`;

// Of `people` there are mailboxes, by the name before the @; a mail to anybody else of their domains comes back, and those
// to others lead nowhere. It runs as the owner of the mailboxes: who is not root pays for a configuration of their own
// with Exim's privileges, so that it is the same for everybody. Its log is then what it says on stderr.
export async function startMailTransfer(boxes, people) {
    const folder = mkdtempSync('/tmp/livery-smtp-');
    const { owner, mail } = boxes;
    mkdirSync(join(folder, 'spool'));
    for (const path of [folder, join(folder, 'spool')]) chownSync(path, owner.uid, owner.gid);
    const port = await freePort();
    const file = join(folder, 'exim.conf');
    let log = '';
    function exim(...words) {
        const { stdout, stderr } = spawnSync('/usr/sbin/exim', ['-C', file, ...words], { encoding: 'utf8', cwd: folder, ...owner });
        log += stderr;
        return stdout;
    }
    let server;
    async function start(more) {
        writeFileSync(file, configuration({ folder, owner, mail, people, ...more }));
        server = spawn('/usr/sbin/exim', ['-C', file, '-bdf', '-oX', `127.0.0.1.${port}`], { stdio: ['ignore', 'inherit', 'pipe'], cwd: folder, ...owner });
        server.stderr.on('data', (chunk) => (log += chunk));
        for (let i = 0; i < 300 && server.exitCode === null; i++) {
            const greeted = await new Promise((resolve) => { const socket = net.connect(port, '127.0.0.1', () => socket.once('data', () => { socket.end('QUIT\r\n'); resolve(true); })); socket.on('error', () => resolve(false)); });
            if (greeted) return;
            await sleep(100);
        }
        throw new Error(`no SMTP server:\n${log}`);
    }
    const end = () => new Promise((resolve) => { server.on('exit', resolve); server.kill('SIGTERM'); });
    await start();
    return {
        port,
        // As a mail program sends it; `from` is what MAIL FROM says.
        send(mail, { from, to }) {
            execFileSync('curl', ['-sS', '--url', `smtp://127.0.0.1:${port}/laptop.example`, '--mail-from', from, '--mail-rcpt', to, '--upload-file', '-'], { input: mail, stdio: ['pipe', 'inherit', 'inherit'] });
        },
        waiting: () => Number(exim('-bpc')),
        // Whatever waits is tried, whenever its time.
        tryAgain: () => exim('-qff'),
        routeOf: (address) => exim('-bt', address),
        // Without what it says of itself each time that it is started.
        log: () => log.replace(/^.* lost privilege for using -C option\n/gm, ''),
        async changeTo(more) { await end(); await start(more); },
        async stop() { await end(); rmSync(folder, { recursive: true, force: true }); },
    };
}
