// Subscribers of Lumen who add cards at a provider that does not answer, twelve at once, again and again until SIGTERM;
// prints what became of each: node hanging_payments.mjs PORT COOKIE CSRF
import http from 'node:http';
import { fileURLToPath } from 'node:url';

// One request that may take long; what came of it, and after how many milliseconds.
export const ask = (port, method, path, cookie, body = '') => new Promise((resolve) => {
    const host = `lumen.localhost:${port}`;
    const begun = Date.now();
    const request = http.request({ host: '127.0.0.1', port, path, method, agent: false,
        headers: { Host: host, Cookie: cookie, Origin: `http://${host}`, 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': Buffer.byteLength(body) } }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode, text, ms: Date.now() - begun }));
    });
    request.on('error', (error) => resolve({ status: 0, text: String(error), ms: Date.now() - begun }));
    request.end(body);
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const [port, cookie, csrf] = process.argv.slice(2);
    const done = [];
    let going = true;
    process.on('SIGTERM', () => (going = false));
    const one = async () => {
        while (going) {
            const { status, ms } = await ask(port, 'POST', '/payment-methods/add', cookie, new URLSearchParams({ csrf }).toString());
            done.push({ status, ms });
            await new Promise((resolve) => setTimeout(resolve, 1000));
        }
    };
    await Promise.all(Array.from({ length: 12 }, one));
    console.log(JSON.stringify(done));
}
