// Every failpoint against everything that a provider may do. A life of the host is one point: payments of all
// behaviours, each at a tenant and provider of its own, are brought to that place, and there the process dies with all of
// them. The next life begins among what the ones before it have left behind; when all points have been, the host
// is started unarmed, its janitor looks, and the providers' ledgers judge.
import { BEHAVIOURS, ofRefund, play, toCome } from './behaviours.mjs';
import { base58 } from './customer.mjs';
import { heal, judge, untold } from './judge.mjs';
import { keepMethod, mintInvoices, moveToFreshAccounts } from './mint.mjs';
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
// What a provider that turns somebody away asks him to wait (`Retry-After`).
const RETRY_AFTER = 2000;

// Lets requests come, a few at a time, until the host is dead, so many are at the point or were answered, or nothing
// moves any more.
async function bring(host, acts, reached, enough = Infinity) {
    let answered = 0;
    let sent = 0;
    let moved = Date.now();
    for (let before = 0; host.alive && reached() + answered < enough && Date.now() - moved < PATIENCE; before = reached() + answered) {
        if (reached() + answered !== before) moved = Date.now();
        if (sent < acts.length && sent - reached() - answered < AT_ONCE) {
            acts[sent]().then((answer) => { if (answer.status !== 0) answered += 1; });
            sent += 1;
            moved = Date.now();
        } else {
            await sleep(10);
        }
    }
}

// What comes to a point comes one after the other there, and in between what was left untold is told.
const inTurn = (some, others) => Array.from({ length: Math.max(some.length, others.length) }, (_, i) => [some[i], others[i]]).flat().filter(Boolean);

export class Matrix {
    constructor(stage, say) {
        this.stage = stage;
        this.say = say;
        this.cells = 0;
        this.reached = 0;
        this.kills = 0;
        this.turnedAway = 0;
        this.notOnTheWay = new Set();
        this.wrong = [];
    }

    expectedAt(point) { return point.tells ? BEHAVIOURS.filter((one) => !one.neverTells && !one.waitsForCustomer) : BEHAVIOURS; }

    async playAs(behaviourOf, withFaults) {
        for (const [i, behaviour] of BEHAVIOURS.entries()) await play(this.stage.providers[this.stage.tenants[i]], withFaults ? behaviourOf(behaviour).faults : []);
    }

    // Who turns requests away does so with as many as this life has payments, or refunds; those that come later are let through.
    async turnAway(count, behaviourOf = (one) => one) {
        for (const [i, behaviour] of BEHAVIOURS.entries()) {
            const provider = this.stage.providers[this.stage.tenants[i]];
            if (behaviour.turnsAway) await play(provider, Array.from({ length: count }, () => behaviourOf(behaviour).faults).flat());
        }
    }

    async countTurnedAway(count) {
        for (const [i, behaviour] of BEHAVIOURS.entries())
            if (behaviour.turnsAway) this.turnedAway += count - await toCome(this.stage.providers[this.stage.tenants[i]]);
    }

    // Customers whose accounts are new, and the cards that they keep: what lives before this one left open stops no
    // automatic payment of it.
    async dealCards(behaviourOf = (one) => one) {
        const { database, tenants, customers } = this.stage;
        await moveToFreshAccounts(database, tenants, customers);
        this.cards = {};
        for (const [i, behaviour] of BEHAVIOURS.entries())
            for (const customer of customers) (this.cards[tenants[i]] ??= []).push(`pm_${base58(await keepMethod(database, tenants[i], customer.account, behaviourOf(behaviour).token))}`);
    }

    // One payment at each tenant: by the customer, or, of every other seed, the automatic one.
    async actsOf(cell, seed, { byHand = false } = {}) {
        const customer = this.stage.customers[seed % this.stage.customers.length];
        const acts = [];
        for (const [i, behaviour] of BEHAVIOURS.entries()) {
            const tenant = this.stage.tenants[i];
            const [invoice] = await mintInvoices(this.stage.database, tenant, customer.account, 1);
            this.stage.cells.set(invoice.invoice, `${cell} × ${behaviour.name} × seed ${seed}`);
            const automatic = seed % 2 === 1 && !behaviour.needsCustomer && !byHand;
            const method = this.cards[tenant][customer.number];
            const pay = () => customer.pay({ ...invoice, method });
            const act = automatic ? () => customer.payAutomatically({ tenant }) : pay;
            acts.push(behaviour.turnsAway ? () => this.onceMore(act, pay, invoice) : act);
        }
        return acts;
    }

    // Whoever was turned away pays himself when the time is over.
    async onceMore(act, pay, { tenant, invoice }) {
        const answer = await act();
        const paid = await this.stage.database.sql(`SELECT state FROM payments_payment WHERE tenant_id = '${tenant}' AND state <> 'failed' AND parts LIKE '%inv\\_${base58(invoice)}%'`);
        if (answer.status === 0 || paid.length > 0) return answer;
        await sleep(RETRY_AFTER);
        return pay();
    }

    count(point, seeds, there, expected) {
        this.cells += BEHAVIOURS.length * seeds;
        this.reached += Math.min(there, expected);
        for (const one of BEHAVIOURS.filter((other) => !this.expectedAt(point).includes(other))) this.notOnTheWay.add(`${point.name} of ${one.name}`);
        if (there < expected) this.wrong.push(`${point.name}: ${there} of ${expected} came to it`);
    }

    // Brings the host up with a point armed and payments of these seeds to it. Who does not come to the point is answered;
    // when everybody else is there, it is killed from outside.
    async live(point, seeds) {
        const [host] = this.stage.hosts;
        await this.dealCards();
        await this.turnAway(seeds.length);
        const acts = [];
        for (const seed of seeds) acts.push(...await this.actsOf(point.name, seed));
        const expected = this.expectedAt(point).length * seeds.length;
        let there = 0;
        host.onLine = (line) => { if (line.startsWith('failpoint ')) there = Math.max(there, Number(line.split(' ')[2])); };
        await this.stage.start(host, { point: `${point.name}*${expected}` });
        for (let i = 0; i < 50 && !point.tells && (await untold(this.stage)) > 0; i++) await sleep(100);
        await bring(host, acts, () => there);
        await host.kill();
        host.onLine = null;
        this.kills += 1;
        await this.countTurnedAway(seeds.length);
        this.count(point, seeds.length, there, expected);
    }

    // The janitor is at work in a few threads, a tenant each: it is killed as often as it takes to have been everywhere. A
    // turn that was begun is another's for a minute, so the next life comes to the next tenants.
    async playLooks(point, seeds) {
        const [host] = this.stage.hosts;
        const { database, tenants } = this.stage;
        await this.live(POINTS.find((one) => one.name === 'payment.answered'), seeds);
        this.cells -= BEHAVIOURS.length * seeds.length;
        this.reached -= BEHAVIOURS.length * seeds.length;
        for (const seed of seeds) {
            // All are due; those of this seed are the oldest, and looked at first.
            await this.stage.pass(7200);
            const { account } = this.stage.customers[seed % this.stage.customers.length];
            await database.sql(`UPDATE payments_payment SET next_look_at = next_look_at - INTERVAL 1 DAY WHERE next_look_at IS NOT NULL AND account_id = x'${account}'`);
            let there = 0;
            for (let left = tenants.length; left > 0; left -= THREADS_OF_ROUNDS) {
                const atOnce = Math.min(left, THREADS_OF_ROUNDS);
                await this.stage.start(host, { jobs: 'on', point: `${point.name}*${atOnce}` });
                await Promise.race([host.ended, sleep(PATIENCE)]);
                if (!host.alive) there += atOnce;
                await host.kill();
                this.kills += 1;
            }
            this.count(point, 1, there, BEHAVIOURS.length);
        }
    }

    // A payment of each tenant that can be given back, for each point and seed; on a busy machine one may fail, and
    // is made again.
    async toGiveBack(cells) {
        const { database, tenants, hosts: [host] } = this.stage;
        const all = () => database.sql(`SELECT tenant_id, LOWER(HEX(id)), amount, parts FROM payments_payment WHERE state = 'captured' AND instance <> ''`);
        const paid = new Map();
        for (let tries = 0; tries < 4 && paid.size < cells.length * tenants.length; tries++) {
            await this.dealCards(ofRefund);
            await this.stage.start(host);
            const acts = [];
            for (const { point, seed } of cells) {
                const some = await this.actsOf(point.name, seed, { byHand: true });
                acts.push(...some.filter((_, i) => !paid.has(`${point.name} ${seed} ${tenants[i]}`)));
            }
            await bring(host, acts, () => 0, acts.length);
            await heal(this.stage, { rounds: 2 });
            for (const [tenant, id, amount, parts] of await all()) {
                const invoice = JSON.parse(parts)[0].invoice;
                const cell = [...this.stage.cells].find(([one]) => `inv_${base58(one)}` === invoice)?.[1];
                const found = cells.find(({ point, seed }) => cell?.startsWith(`${point.name} ×`) && cell.endsWith(`seed ${seed}`));
                if (found) paid.set(`${found.point.name} ${found.seed} ${tenant}`, { tenant, id, amount });
            }
        }
        return paid;
    }

    // Money is given back by a command: it is that process which dies. It reads its own tenant only.
    async playRefunds(points, seeds) {
        const { stage } = this;
        const cells = points.flatMap((point) => seeds.map((seed) => ({ point, seed })));
        await this.playAs(ofRefund, false);
        const paid = await this.toGiveBack(cells);
        await this.playAs(ofRefund, true);
        await this.turnAway(seeds.length, ofRefund);
        const there = new Map(cells.map((cell) => [cell, 0]));
        const give = async ([cell, tenant]) => {
            const payment = paid.get(`${cell.point.name} ${cell.seed} ${tenant}`);
            if (!payment) return this.wrong.push(`${cell.point.name}: nothing was taken at ${tenant}`);
            const { code, out } = await stage.commandAlone(tenant, { LIVERY_FAILPOINT: `${cell.point.name}=1` }, 'refund-payment', '--tenant', tenant,
                '--payment', `pay_${base58(payment.id)}`, '--amount', (Number(payment.amount) / 100).toFixed(2), '--reason', 'crash');
            if (code !== 'SIGKILL') return this.wrong.push(`${cell.point.name} of ${tenant}: ended with ${code}: ${out}`);
            this.kills += 1;
            return there.set(cell, there.get(cell) + 1);
        };
        const work = cells.flatMap((cell) => stage.tenants.map((tenant) => [cell, tenant]));
        const worker = async () => { for (let one = work.shift(); one; one = work.shift()) await give(one); };
        await Promise.all(Array.from({ length: 3 }, worker));
        for (const [cell, count] of there) this.count(cell.point, 1, count, BEHAVIOURS.length);
        await this.countTurnedAway(seeds.length);
        await this.playAs(ofRefund, false);
        await this.giveOnceMore(cells, paid);
    }

    // What a provider turned away is nobody's yet: as soon as that is known, it is given once more.
    async giveOnceMore(cells, paid) {
        const { stage } = this;
        await heal(stage, { rounds: 2 });
        for (const [i, { turnsAway }] of BEHAVIOURS.entries()) {
            for (const { point, seed } of turnsAway ? cells : []) {
                const payment = paid.get(`${point.name} ${seed} ${stage.tenants[i]}`);
                if (!payment) continue;
                const { code, out } = await stage.commandAlone(payment.tenant, {}, 'refund-payment', '--tenant', payment.tenant, '--payment', `pay_${base58(payment.id)}`,
                    '--amount', (Number(payment.amount) / 100).toFixed(2), '--reason', 'once more');
                if (code !== 0 || !/ {2}refund succeeded$/m.test(out)) this.wrong.push(`${point.name} of ${payment.tenant}: once more ended with ${code}: ${out}`);
            }
        }
    }

    // What all these have left is healed and judged.
    async settle(what) {
        await heal(this.stage);
        const verdict = await judge(this.stage);
        for (const kind of ['lost', 'doubled', 'unknown']) for (const text of verdict[kind]) this.wrong.push(`after ${what}: ${kind}: ${text}`);
        this.say(`${what}: ${this.cells} cells and ${this.kills} kills so far, ${verdict.charges} charges, ${verdict.listed} listed for a person`);
        return this.wrong.length === 0;
    }

    // Of as many seeds as there are customers.
    async playSome(points, seeds) {
        const names = (some) => `${some.map((point) => point.name).join(', ')} of seeds ${seeds.join(', ')}`;
        const [looks, refunds] = [points.filter((point) => point.looks), points.filter((point) => point.refunds)];
        const ways = points.filter((point) => !point.looks && !point.refunds);
        const lives = (some) => some.flatMap((point) => (point.together ? [{ point, life: seeds }] : seeds.map((seed) => ({ point, life: [seed] }))));
        await this.playAs((one) => one, true);
        for (const { point, life } of inTurn(lives(ways.filter((one) => one.tells)), lives(ways.filter((one) => !one.tells)))) await this.live(point, life);
        if (ways.length > 0 && !await this.settle(names(ways))) return;
        for (const point of looks) await this.playLooks(point, seeds);
        if (looks.length > 0 && !await this.settle(names(looks))) return;
        if (refunds.length > 0) await this.playRefunds(refunds, seeds);
        if (refunds.length > 0) await this.settle(names(refunds));
    }

    async run(points, seeds) {
        const most = this.stage.customers.length;
        for (let i = 0; i < seeds.length && this.wrong.length === 0; i += most) await this.playSome(points, seeds.slice(i, i + most));
        // At two points at least it has answered before the process dies.
        if (points.some((one) => one.name.endsWith('.answered')) && this.turnedAway === 0) this.wrong.push('nobody was turned away');
    }
}
