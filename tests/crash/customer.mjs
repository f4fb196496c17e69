// A customer with a session, as a browser would keep it. Sessions lie in the database: they outlive every host.
import http from 'node:http';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
export function base58(hex) {
    let number = BigInt(`0x${hex}`);
    let text = '';
    for (let i = 0; i < 22; i++, number /= 58n) text = ALPHABET[Number(number % 58n)] + text;
    return text;
}
export function fromBase58(text) {
    let number = 0n;
    for (const digit of text) number = number * 58n + BigInt(ALPHABET.indexOf(digit));
    return number.toString(16).padStart(32, '0');
}

let requests = 0;

// Every request comes from another address of this machine, since forms are admitted one a second of each.
// `status` 0: no answer came, what nobody who kills hosts may be surprised by.
export function ask(port, { tenant, path, method = 'GET', headers = {}, body = '' }) {
    const last = ++requests;
    return new Promise((resolve) => {
        const request = http.request({ host: '127.0.0.1', port, path, method, agent: false,
            localAddress: `127.1.${(last >> 8) % 256}.${(last % 254) + 1}`,
            headers: { Host: `${tenant}.localhost:${port}`, 'Content-Length': Buffer.byteLength(body), ...headers } }, (response) => {
            const chunks = [];
            response.on('data', (chunk) => chunks.push(chunk));
            response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }));
            response.on('error', () => resolve({ status: 0, headers: {}, text: '' }));
            response.on('close', () => resolve({ status: 0, headers: {}, text: '' }));
        });
        request.on('error', () => resolve({ status: 0, headers: {}, text: '' }));
        request.end(body);
    });
}

export class Customer {
    constructor(stage, number, headers = {}) {
        this.stage = stage;
        this.number = number;
        this.headers = headers;
        this.cookies = new Map();
    }

    async send(method, { tenant, path, fields = {}, host = this.stage.hosts[0] }) {
        const posts = method === 'POST';
        const answer = await ask(host.port, { tenant, path, method, body: posts ? new URLSearchParams({ csrf: this.csrf, ...fields }).toString() : '', headers: {
            ...this.headers,
            Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
            ...(posts ? { Origin: `http://${tenant}.localhost:${host.port}`, 'Content-Type': 'application/x-www-form-urlencoded' } : {}) } });
        return answer;
    }

    // What an answer gives a browser to keep.
    take(answer) {
        for (const line of answer.headers['set-cookie'] ?? []) {
            const [pair] = line.split(';');
            const at = pair.indexOf('=');
            this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
        }
        this.csrf = /name="csrf" value="([^"]+)"/.exec(answer.text)?.[1] ?? this.csrf;
        return answer;
    }

    async signIn(tenant, email, password) {
        const take = (answer) => this.take(answer);
        take(await this.send('GET', { tenant, path: '/sign-in' }));
        const signed = take(await this.send('POST', { tenant, path: '/sign-in', fields: { email, password } }));
        if (signed.status !== 303) throw new Error(`${email} cannot sign in: ${signed.status}`);
        take(await this.send('GET', { tenant, path: '/payments' }));
    }

    // Pays one invoice whole. `method`: the id of a kept one, or 'new' for the provider's page; `keep`: that one from then on.
    pay({ tenant, invoice, amount, method = 'new', keep = false, host }) {
        const id = `inv_${base58(invoice)}`;
        return this.send('POST', { tenant, host, path: `/payments/pay?invoice=${id}`, fields: { [id]: (amount / 100).toFixed(2), method, ...(keep && { keep: 'on' }) } });
    }

    // A member of the staff takes it on the card that is kept, by the API.
    chargeByStaff({ tenant, invoice, host }) {
        return ask((host ?? this.stage.hosts[0]).port, { tenant, path: '/api/v1/payments/pay', method: 'POST', headers: {
            Authorization: `Bearer ${this.stage.key}`, 'Content-Type': 'application/json', 'Idempotency-Key': `charge-${invoice}` },
            body: JSON.stringify({ account: `acc_${base58(this.account)}`, origin: 'staff', invoices: [{ invoice: `inv_${base58(invoice)}` }] }) });
    }

    // A member of the staff writes down money that came another way, by the API.
    recordByStaff({ tenant, invoice, amount, host }) {
        return ask((host ?? this.stage.hosts[0]).port, { tenant, path: '/api/v1/payments', method: 'POST', headers: {
            Authorization: `Bearer ${this.stage.key}`, 'Content-Type': 'application/json', 'Idempotency-Key': `staff-${invoice}` },
            body: JSON.stringify({ account: `acc_${base58(this.account)}`, amount: { amount, currency: 'EUR' }, reference: `TRF-${invoice.slice(-16)}`, invoice: `inv_${base58(invoice)}` }) });
    }

    // Switches automatic payment on: what is due is taken at once.
    payAutomatically({ tenant, host, on = true }) {
        return this.send('POST', { tenant, host, path: '/payment-methods/automatic', fields: { automatic: on ? 'on' : 'off' } });
    }
}
