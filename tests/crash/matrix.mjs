// Every failpoint against everything that a provider may do. A life of the host is one point: payments of all
// behaviours, each at a tenant and provider of its own, are brought to that place, and there the process dies with all of
// them. It is started again, its janitor looks, and the providers' ledgers judge.
import { BEHAVIOURS, ofRefund, play } from './behaviours.mjs';
import { base58 } from './customer.mjs';
import { heal, judge } from './judge.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { sleep } from './processes.mjs';

// `together`: several payments of a tenant can be there at once. At the others each holds the row of the receipts'
// numbers, or the provider tells one thing at a time.
export const POINTS = [
    { name: 'payment.beginning', together: true }, { name: 'payment.begun', together: true },
    { name: 'gateway.sending', together: true }, { name: 'gateway.sent', together: true },
    { name: 'payment.answered', together: true }, { name: 'payment.applying' }, { name: 'payment.applied', together: true },
    { name: 'event.keeping', tells: true }, { name: 'event.kept', tells: true },
    { name: 'payment.looked_up', looks: true },
    { name: 'refund.begun', refunds: true }, { name: 'refund.answered', refunds: true },
];
const THREADS_OF_ROUNDS = 4;
const AT_ONCE = 4;
const PATIENCE = 20000;

// Brings the host up with a point armed, lets requests come, a few at a time, and waits until it is dead. Who does not
// come to the point is answered; when everybody else is there, it is killed from outside.
async function live(stage, point, acts, expected) {
    const [host] = stage.hosts;
    let there = 0;
    let answered = 0;
    host.onLine = (line) => { if (line.startsWith('failpoint ')) there = Math.max(there, Number(line.split(' ')[2])); };
    await stage.start(host, { point: `${point}*${expected}` });
    let sent = 0;
    let moved = Date.now();
    for (let before = 0; host.alive && Date.now() - moved < PATIENCE; before = there + answered) {
        if (there + answered !== before) moved = Date.now();
        if (sent < acts.length && sent - there - answered < AT_ONCE) {
            acts[sent]().then((answer) => { if (answer.status !== 0) answered += 1; });
            sent += 1;
            moved = Date.now();
        } else {
            await sleep(10);
        }
    }
    await host.kill();
    host.onLine = null;
    return there;
}

export class Matrix {
    constructor(stage, say) {
        this.stage = stage;
        this.say = say;
        this.cells = 0;
        this.reached = 0;
        this.kills = 0;
        this.notOnTheWay = new Set();
        this.wrong = [];
    }

    async prepare(kind) {
        this.cards = {};
        await this.stage.database.sql('DELETE FROM payments_method');
        for (const [i, behaviour] of BEHAVIOURS.entries()) {
            const tenant = this.stage.tenants[i];
            const { token, faults } = kind === 'refund' ? ofRefund(behaviour) : behaviour;
            await play(this.stage.providers[tenant], kind === 'payment' ? faults : []);
            for (const customer of this.stage.customers) {
                const id = await keepMethod(this.stage.database, tenant, customer.account, token);
                (this.cards[tenant] ??= []).push(`pm_${base58(id)}`);
            }
        }
    }

    // One payment at each tenant: by the customer, or, of every other seed, the automatic one.
    async actsOf(seed) {
        const customer = this.stage.customers[seed % this.stage.customers.length];
        const acts = [];
        for (const [i, behaviour] of BEHAVIOURS.entries()) {
            const tenant = this.stage.tenants[i];
            const [invoice] = await mintInvoices(this.stage.database, tenant, customer.account, 1);
            const automatic = seed % 2 === 1 && !behaviour.needsCustomer;
            const method = this.cards[tenant][customer.number];
            acts.push(() => (automatic ? customer.payAutomatically({ tenant }) : customer.pay({ ...invoice, method })));
        }
        return acts;
    }

    expectedAt(point) { return point.tells ? BEHAVIOURS.filter((one) => !one.neverTells && !one.waitsForCustomer) : BEHAVIOURS; }

    count(point, seeds, there, expected) {
        this.cells += BEHAVIOURS.length * seeds;
        this.kills += 1;
        this.reached += Math.min(there, expected);
        const missing = BEHAVIOURS.filter((one) => !this.expectedAt(point).includes(one));
        for (const one of missing) this.notOnTheWay.add(`${point.name} of ${one.name}`);
        if (there < expected) this.wrong.push(`${point.name}: ${there} of ${expected} came to it`);
    }

    async playPoint(point, seeds) {
        const lives = point.together ? [seeds] : seeds.map((seed) => [seed]);
        for (const life of lives) {
            const acts = [];
            for (const seed of life) acts.push(...await this.actsOf(seed));
            const expected = this.expectedAt(point).length * life.length;
            const there = await live(this.stage, point.name, acts, expected);
            this.count(point, life.length, there, expected);
        }
    }

    // The janitor is at work in a few threads, a tenant each: it is killed as often as it takes to have been everywhere. A
    // turn that was begun is another's for a minute, so the next life comes to the next tenants.
    async playLooks(point, seeds) {
        const [host] = this.stage.hosts;
        for (const seed of seeds) {
            await live(this.stage, 'payment.answered', await this.actsOf(seed), BEHAVIOURS.length);
            await this.stage.pass(7200);
            let there = 0;
            for (let left = BEHAVIOURS.length; left > 0; left -= THREADS_OF_ROUNDS) {
                await this.stage.start(host, { jobs: 'on', point: `${point.name}*${THREADS_OF_ROUNDS}` });
                await Promise.race([host.ended, sleep(PATIENCE)]);
                if (!host.alive) there += THREADS_OF_ROUNDS;
                await host.kill();
                this.kills += 1;
            }
            this.count(point, 1, there, BEHAVIOURS.length);
            await heal(this.stage);
        }
    }

    // A payment of each tenant that can be given back, made with the cards of this point; on a busy machine one may fail,
    // and is made again.
    async toGiveBack(seed) {
        const all = () => this.stage.database.sql(`SELECT tenant_id, LOWER(HEX(id)), amount FROM payments_payment WHERE state = 'captured' AND instance <> ''`);
        const old = new Set((await all()).map(([tenant, id]) => tenant + id));
        for (let tries = 0; ; tries++) {
            const paid = (await all()).filter(([tenant, id]) => !old.has(tenant + id));
            const there = new Map(paid.map((payment) => [payment[0], payment]));
            if (there.size === BEHAVIOURS.length || tries === 5) return [...there.values()];
            await this.stage.start(this.stage.hosts[0]);
            const acts = await this.actsOf(seed);
            for (const [i, act] of acts.entries()) if (!there.has(this.stage.tenants[i])) await act();
            await heal(this.stage, { rounds: 2 });
        }
    }

    // Money is given back by a command: it is that process which dies.
    async playRefunds(point, seeds) {
        await this.prepare('refund');
        for (const seed of seeds) {
            const paid = await this.toGiveBack(seed);
            for (const [i, behaviour] of BEHAVIOURS.entries()) await play(this.stage.providers[this.stage.tenants[i]], ofRefund(behaviour).faults);
            let there = 0;
            const give = async ([tenant, id, amount]) => {
                const { code, out } = await this.stage.commandOf({ LIVERY_FAILPOINT: `${point.name}=1` }, 'refund-payment', '--tenant', tenant,
                    '--payment', `pay_${base58(id)}`, '--amount', (Number(amount) / 100).toFixed(2), '--reason', 'crash');
                if (code === 'SIGKILL') there += 1;
                else this.wrong.push(`${point.name} of ${tenant}: ended with ${code}: ${out}`);
            };
            for (const tenant of this.stage.tenants) if (!paid.some(([one]) => one === tenant)) this.wrong.push(`${point.name}: nothing was taken at ${tenant}`);
            for (let i = 0; i < paid.length; i += 3) await Promise.all(paid.slice(i, i + 3).map(give));
            this.kills += there - 1;
            this.count(point, 1, there, BEHAVIOURS.length);
            for (const tenant of this.stage.tenants) await play(this.stage.providers[tenant]);
        }
    }

    async run(points, seeds) {
        for (const point of points) {
            if (point.refunds) await this.playRefunds(point, seeds);
            else {
                await this.prepare('payment');
                if (point.looks) await this.playLooks(point, seeds);
                else await this.playPoint(point, seeds);
            }
            await heal(this.stage);
            const verdict = await judge(this.stage);
            for (const kind of ['lost', 'doubled', 'unknown']) for (const text of verdict[kind]) this.wrong.push(`after ${point.name}: ${kind}: ${text}`);
            this.say(`${point.name}: ${seeds.length} seeds, ${verdict.charges} charges so far, ${verdict.listed} listed for a person`);
            if (this.wrong.length) return;
        }
    }
}
