// A double of a provider (tests/doubles) as a program of its own. What it tells passes through here on its way to the host, so
// that it is seen what was delivered and how that was answered, and can be kept back.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { ask } from '../crash/customer.mjs';
import { Program, SOURCE, sleep } from '../crash/processes.mjs';

const OF_THE_WAY = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);
const KINDS = { charge: 'payment' };

export class Double {
    constructor({ file, folder, merchant, port, hook }) {
        const { port: hostPort, pathname } = new URL(hook);
        Object.assign(this, { port, tenant: merchant, hostPort: Number(hostPort), path: pathname, deliveries: [], keepsBack: false });
        this.relay = createServer((incoming, outgoing) => this.forward(incoming, outgoing));
        this.program = new Program({ name: file, log: join(dirname(folder), `${merchant}.log`), until: /^listening on/, argv: [] });
        this.words = [process.execPath, join(SOURCE, 'tests/doubles', file), '--data', folder, '--port', String(port), '--alone'];
    }
    async start() {
        if (!this.relay.listening) await once(this.relay.listen(0, '127.0.0.1').unref(), 'listening');
        this.program.argv = [...this.words, '--hook', `http://127.0.0.1:${this.relay.address().port}/`];
        return this.program.start();
    }
    kill() { return this.program.kill(); }

    async forward(incoming, outgoing) {
        const chunks = [];
        for await (const chunk of incoming) chunks.push(chunk);
        const body = Buffer.concat(chunks).toString();
        if (this.keepsBack) { outgoing.writeHead(503).end(); return; }
        const headers = Object.fromEntries(Object.entries(incoming.headers).filter(([name]) => !OF_THE_WAY.has(name)));
        const { status, text } = await this.tell(body, headers);
        this.deliveries.push({ body, headers, status, text });
        outgoing.writeHead(status || 502).end(status === 204 ? undefined : text);
    }
    // As the provider would, or somebody who says that he is.
    tell(body, headers) { return ask(this.hostPort, { tenant: this.tenant, path: this.path, method: 'POST', body, headers }); }

    async control(path, body, method = body ? 'POST' : 'GET') {
        const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { method, body: body && JSON.stringify(body) });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return answer.json();
    }
    async facts() { return (await this.control('/test/ledger')).facts; }
    // "charge 1234 EUR": what moved under a reference.
    async moved(reference) {
        const facts = await this.facts();
        return facts.filter((fact) => fact.moved && fact.reference === reference).map((fact) => `${fact.moved} ${fact.amount} ${fact.currency.toUpperCase()}`);
    }
    act(name, given = {}) { return this.control(`/test/${name}`, given); }
    pass(seconds) { return this.act('clock', { advance: seconds }); }
    async untold() { return (await this.control('/test/told')).untold; }
    // All that it has to tell has been heard.
    async told() {
        for (let patience = 0; await this.untold() > 0; patience += 1) {
            if (patience > 600) throw new Error(`the double of ${this.tenant} is not heard`);
            await sleep(25);
        }
    }
    // As judge.mjs reads a ledger.
    async ledger() {
        const facts = (await this.facts()).filter((fact) => fact.moved);
        return { movements: facts.map(({ moved, reference, amount }) => ({ kind: KINDS[moved] ?? moved, reference, amount })), events_untold: await this.untold() };
    }
}
