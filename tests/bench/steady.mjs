// Requests at a steady rate, one after the other at its time whatever became of those before, and what each took until its
// last byte. Several addresses take turns, so that whatever else the machine does meets all of them alike.
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
// `whole`: its text is kept; a thousand long ones would make the collector of garbage a part of what is measured.
export const ask = ({ port, host, path, method = 'GET', headers = {}, body = '', whole = true }) => new Promise((resolve, reject) => {
    const begun = process.hrtime.bigint();
    const request = http.request({ host: '127.0.0.1', port, path, method, agent, headers: { Host: `${host}:${port}`, 'Content-Length': Buffer.byteLength(body), ...headers } }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => { if (whole) chunks.push(chunk); });
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString(), ms: Number(process.hrtime.bigint() - begun) / 1e6 }));
    });
    request.on('error', reject);
    request.end(body);
});

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

// `late`: how long after its time a request left, at p99: where that is much, the machine had other things to do.
// `each`: what `ask` takes, but `headers` are several that take turns too; each is asked for so many times a second.
export async function loadInTurns(each, perSecond, seconds) {
    const count = each.length * perSecond * seconds;
    const begun = performance.now();
    const answers = await Promise.all(Array.from({ length: count }, async (_, n) => {
        const one = each[n % each.length];
        const turn = Math.floor(n / each.length);
        const due = begun + n * 1000 / (each.length * perSecond);
        await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
        const late = performance.now() - due;
        return { one, late, ...await ask({ ...one, headers: one.headers[turn % one.headers.length], whole: turn === 0 }) };
    }));
    return each.map((one) => {
        const mine = answers.filter((answer) => answer.one === one);
        const wrong = mine.filter((answer) => answer.status !== 200);
        if (wrong.length) throw new Error(`${one.host}${one.path}: ${wrong.length} of ${mine.length} answer ${wrong[0].status}`);
        const sorted = (figure) => mine.map((answer) => answer[figure]).sort((a, b) => a - b);
        const times = sorted('ms');
        return { text: mine[0].text, p50: share(times, 0.5), p95: share(times, 0.95), p99: share(times, 0.99), late: share(sorted('late'), 0.99) };
    });
}
