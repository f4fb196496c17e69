// A mail server of the test's own, over real SMTP: what came there.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { SOURCE } from './host.mjs';

// Every letter is put into `mails`, in the order in which they come. Ends with `kill()`.
export async function startMailServer(port, mails) {
    const server = spawn('python3', ['-W', 'ignore', join(SOURCE, 'tests/e2e/smtp_server.py'), String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => {
        let said = '';
        server.stdout.on('data', (chunk) => {
            said += chunk;
            for (let end; (end = said.indexOf('\n')) >= 0; said = said.slice(end + 1)) {
                if (said.startsWith('ready')) resolve(); else mails.push(JSON.parse(said.slice(0, end)));
            }
        });
    });
    return server;
}
