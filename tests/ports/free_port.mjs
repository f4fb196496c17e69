// Ports for servers that a test starts and starts again. None of them is one that the kernel hands out for outgoing
// connections (32768 and up), which may take it between the asking and the listening, or while the server is down.
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { pathToFileURL } from 'node:url';

// Above what benches and demos listen on by their names.
const [LOWEST, HIGHEST] = [19000, 32000];

const listening = (server, where) => new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(where, () => resolve(true));
});

// One that nobody listens on and that no other test that runs is given: a name in the kernel says so, and it goes with this process.
export async function freePort() {
    for (let tries = 0; tries < 200; tries += 1) {
        const port = randomInt(LOWEST, HIGHEST);
        const claim = createServer();
        if (!await listening(claim, { path: `\0livery-test-port-${port}` })) continue;
        claim.unref();
        const trial = createServer();
        if (await listening(trial, { port, host: '127.0.0.1' })) {
            await new Promise((resolve) => trial.close(resolve));
            return port;
        }
        claim.close();
    }
    throw new Error(`no port between ${LOWEST} and ${HIGHEST} is free`);
}

// `node free_port.mjs`: for a script; its port is then claimed by nobody.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(await freePort());
