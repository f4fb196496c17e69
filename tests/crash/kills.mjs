// Random kills: `kill -9` of a host, of a helper that runs a gateway, or of a provider, while customers pay, automatic
// payments are taken and staff write money down, at two hosts on one database. What is killed is started again at once.
import { BEHAVIOURS, play } from './behaviours.mjs';
import { base58 } from './customer.mjs';
import { heal, judge } from './judge.mjs';
import { keepMethod, mintInvoices } from './mint.mjs';
import { childrenOf, sleep } from './processes.mjs';
import { randomFrom } from './random.mjs';

// How often each is struck. A host takes seconds to start under sanitizers, a helper and a provider do not.
const AIMS = ['host', 'host', 'helper', 'helper', 'helper', 'helper', 'provider', 'provider'];

export class Kills {
    constructor(stage, seed, say) {
        this.stage = stage;
        this.random = randomFrom(seed);
        this.say = say;
        this.struck = { host: 0, helper: 0, provider: 0 };
        this.asked = { customer: 0, automatic: 0, staff: 0 };
        this.restarts = [];
    }

    // Of our processes; a provider's come on top of them.
    get kills() { return this.struck.host + this.struck.helper; }

    async prepare() {
        this.cards = {};
        await this.stage.database.sql('DELETE FROM payments_method; DELETE FROM payments_standing');
        for (const [i, tenant] of this.stage.tenants.entries()) {
            const behaviour = BEHAVIOURS[i % BEHAVIOURS.length];
            await play(this.stage.providers[tenant], behaviour.faults);
            this.cards[tenant] = [];
            for (const customer of this.stage.customers)
                this.cards[tenant].push(`pm_${base58(await keepMethod(this.stage.database, tenant, customer.account, behaviour.token))}`);
        }
    }

    // Payments of a tenant, one after the other, until the last kill: by a way, at a host that is found. Customers and
    // automatic payments have accounts of their own: while one of an account's payments is open, it takes no automatic one.
    async payer(tenant) {
        const { stage } = this;
        const [first, second, ...automatic] = stage.customers;
        const accounts = { customer: [first, second], automatic, staff: stage.customers };
        while (!this.over) {
            const way = this.random.pick(['customer', 'customer', 'automatic', 'automatic', 'staff']);
            const customer = this.random.pick(accounts[way]);
            const [invoice] = await mintInvoices(stage.database, tenant, customer.account, 1);
            for (let tries = 0; tries < 2 && !this.over; tries++) {
                const host = this.random.pick(stage.hosts.filter((one) => one.isReady));
                if (!host) { await sleep(50); continue; }
                this.asked[way] += 1;
                if (way === 'customer') await customer.pay({ ...invoice, method: this.cards[tenant][customer.number], host });
                if (way === 'automatic') await this.collect(tenant, customer, host);
                if (way === 'staff') await customer.recordByStaff({ ...invoice, host });
            }
        }
    }

    // It tries once a day, and a card that refused no more: another day, and another card.
    async collect(tenant, customer, host) {
        const of = `WHERE tenant_id = '${tenant}' AND account_id = x'${customer.account}'`;
        this.stage.database.attempt(`DELETE FROM payments_standing ${of}; UPDATE payments_method SET state = 'active' ${of}`);
        await customer.payAutomatically({ tenant, host });
    }

    async strike() {
        const aim = this.random.pick(AIMS);
        const { stage } = this;
        if (aim === 'host') {
            const host = this.random.pick(stage.hosts.filter((one) => one.isReady));
            if (!host) return;
            host.isReady = false;
            await host.kill();
            this.restarts.push(this.raise(host));
        } else if (aim === 'helper') {
            const hosts = stage.hosts.filter((one) => one.alive);
            const helpers = hosts.flatMap((host) => childrenOf(host.child.pid, 'livery-plugin-host'));
            if (helpers.length === 0) return;
            try { process.kill(this.random.pick(helpers), 'SIGKILL'); } catch { return; }
        } else {
            const { program } = stage.providers[this.random.pick(stage.tenants)];
            await program.kill();
            await program.start();
            const i = stage.tenants.indexOf(program.name.split(' ').at(-1));
            await play(Object.values(stage.providers)[i], BEHAVIOURS[i % BEHAVIOURS.length].faults);
        }
        this.struck[aim] += 1;
    }

    async raise(host) {
        await this.stage.start(host, { jobs: 'on' });
        host.isReady = true;
    }

    // `payers`: at once, of each tenant.
    async run({ kills, payers = 2 }) {
        const { stage } = this;
        for (const host of stage.hosts) await this.raise(host);
        const at_work = stage.tenants.flatMap((tenant) => Array.from({ length: payers }, () => this.payer(tenant)));
        while (this.kills < kills) {
            await sleep(this.random.below(400));
            const before = this.kills;
            await this.strike();
            if (this.kills > before && this.kills % 100 === 0) this.say(`${this.kills} kills: ${JSON.stringify(this.struck)}; asked ${JSON.stringify(this.asked)}`);
        }
        this.over = true;
        await Promise.all([...at_work, ...this.restarts]);
        for (const host of stage.hosts) await host.kill();
        for (const tenant of stage.tenants) await play(stage.providers[tenant]);
        await heal(stage, { rounds: 10 });
        return judge(stage);
    }
}
