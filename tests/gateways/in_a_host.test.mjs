// Each gateway of a real provider in a running host: its helper process, its tenant's pages, its webhooks, its provider's
// double. What was charged the double's own ledger says.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { ask, base58 } from '../crash/customer.mjs';
import { brokenInvariants, heal, judge } from '../crash/judge.mjs';
import { childrenOf, sleep } from '../crash/processes.mjs';
import { PROVIDERS, openStage } from './providers.mjs';
import { Subscriber } from './subscriber.mjs';

let stage;
before(async () => { stage = await openStage(); });
after(async () => { await stage?.close(); });

const lastDay = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const everything = () => stage.database.sql(`CHECKSUM TABLE ${['payments_event', 'payments_payment', 'payments_refund', 'payments_method', 'payments_case', 'payments_slot', 'payments_receipt',
    'invoices_payment', 'invoices_document', 'ledger_entry', 'ledger_posting', 'core_gateway_kv'].join(', ')}`).then(JSON.stringify);

for (const [name, provider] of Object.entries(PROVIDERS)) {
    const words = `${name}:`;
    let payer, double, good, paid;
    // What a bank decides is not known at once: it is on its way until then.
    const taken = async (payment) => {
        if (!provider.bankDecides) return payment;
        assert.deepEqual([payment.state, payment.says], ['Being processed', 'Your bank is working on it. We tell you when it is done.']);
        assert.deepEqual(await double.moved(payment.reference), []);
        await provider.bankDecides(double);
        await payer.hear();
        return payer.payment(payment.path);
    };
    const isPaid = async (payment, invoice) => {
        assert.deepEqual([payment.state, payment.says], ['Paid', '']);
        assert.deepEqual(await double.moved(payment.reference), [`charge ${invoice.amount} EUR`]);
        assert.deepEqual(await payer.stateOf(invoice), { says: 'Paid', open: 0 });
    };
    // What is not known is asked about now. When it began stays as it is: the link back says it, and Adyen compares what is sent again.
    const isDue = () => stage.database.sql(`UPDATE payments_payment SET sent_by = sent_by - INTERVAL 2 MINUTE, next_look_at = next_look_at - INTERVAL 2 MINUTE
        WHERE tenant_id = '${name}' AND state = 'unknown'`);
    const api = (method, path, body, key) => ask(stage.hosts[0].port, { tenant: name, path: `/api/v1${path}`, method, body: body ? JSON.stringify(body) : '', headers: {
        Authorization: `Bearer ${stage.key}`, 'Content-Type': 'application/json', ...(key && { 'Idempotency-Key': `${name}-${key}` }) } })
        .then((answer) => ({ ...answer, json: JSON.parse(answer.text) }));

    test(`${words} a method is set up on its page and stands in the list`, async () => {
        payer = new Subscriber(stage, name, { field: provider.field });
        double = stage.providers[name];
        good = await payer.addMethod(provider.good);
        assert.deepEqual((await payer.methods()).map((one) => [one.title, one.says]), [[provider.good.shown, '']]);
    });

    test(`${words} a page that is left is finished later`, async () => {
        const url = await payer.beginMethod();
        assert.deepEqual((await payer.methods()).map((one) => one.says), ['', 'Not finished yet']);
        const { to } = await payer.type(url, { [provider.field]: provider.other.typed });
        await payer.hear();
        await payer.comeBack(to);
        assert.deepEqual((await payer.methods()).map((one) => [one.title, one.says]), [[provider.good.shown, ''], [provider.other.shown, '']]);
    });

    test(`${words} an invoice is paid with it, charged once, and has a receipt`, async () => {
        const invoice = await payer.invoice();
        const begun = await payer.payAtOnce(invoice, good);
        if (provider.bankDecides) assert.match((await payer.get(`/invoices/inv_${base58(invoice.invoice)}`)).text, /A payment for it is not over yet\./);
        paid = await taken(begun);
        await isPaid(paid, invoice);
        const receipt = await payer.get(paid.receipt);
        assert.deepEqual([receipt.status, receipt.headers['content-type'], receipt.text.slice(0, 5)], [200, 'application/pdf', '%PDF-']);
        assert.match((await payer.get('/payments')).text, new RegExp(`${paid.path}"`));
    });

    test(`${words} what it tells is acknowledged as it wants, kept once, and believed of nobody else`, async () => {
        await double.told();
        assert.ok(double.deliveries.length > 0);
        for (const { status, body } of double.deliveries) assert.equal(status, provider.accepted, body);
        const last = double.deliveries.at(-1);
        await payer.lookUp();
        const before = await everything();
        for (const [what, headers, body] of provider.forgeries(last)) {
            const { status } = await double.tell(body, headers);
            assert.ok(status >= 400, `${what}: ${status}`);
            assert.equal(await everything(), before, what);
        }
        const events = () => stage.database.sql(`SELECT event_id FROM payments_event WHERE tenant_id = '${name}' ORDER BY 1`);
        const known = await events();
        assert.equal((await double.tell(last.body, last.headers)).status, provider.accepted, 'once more');
        await payer.lookUp();
        assert.deepEqual(await events(), known);
        assert.equal((await payer.payment(paid.path)).state, 'Paid');
    });

    test(`${words} who is declined is told what to do, and pays another way`, async () => {
        const refused = await payer.addMethod(provider.refused);
        const invoice = await payer.invoice();
        const begun = await payer.payAtOnce(invoice, refused);
        if (provider.bankDecides) { await provider.bankDecides(double); await payer.hear(); }
        const declined = await payer.payment(begun.path);
        assert.deepEqual([declined.state, declined.says], ['Declined', 'Your bank has said no this time. You can try again another day, or pay another way now.']);
        assert.deepEqual(await double.moved(declined.reference), []);
        assert.equal((await payer.stateOf(invoice)).open, invoice.amount);
        await isPaid(await taken(await payer.payAgain(declined, { method: good, amount: invoice.amount })), invoice);
        assert.equal((await payer.post(`/payment-methods/${refused}/remove`)).headers.location.split('?')[0], '/payment-methods');
        assert.ok(!(await payer.methods()).some((one) => one.id === refused));
    });

    test(`${words} what the staff give back arrives once and stands with its payment`, async () => {
        const { code, out } = await stage.commandAlone(name, {}, 'refund-payment', '--tenant', name, '--payment', paid.id, '--amount', '5.00', '--reason', 'Rain');
        assert.equal(code, 0, out);
        if (provider.bankDecides) await double.act('day');
        await payer.hear();
        const rows = await stage.database.sql(`SELECT r.reference, r.kind, r.state, r.amount FROM payments_refund r JOIN payments_payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id
            WHERE r.tenant_id = '${name}' AND p.reference = '${paid.reference}'`);
        assert.deepEqual(rows.map(([, ...rest]) => rest), [['refund', 'succeeded', '500']]);
        assert.deepEqual(await double.moved(rows[0][0]), ['refund 500 EUR']);
        const shown = await payer.payment(paid.path);
        assert.equal(shown.back.length, 1);
        assert.match(shown.back[0], /^Paid back .* · Done · .*\(PDF\) .*5\.00/);
    });

    test(`${words} a program adds a method and pays by the API`, async () => {
        const account = `acc_${base58(payer.customer.account)}`;
        const begun = await api('POST', '/payment-methods', { account }, 'add');
        assert.equal(begun.status, 201, begun.text);
        const { to } = await payer.type(begun.json.next_action.url, { [provider.field]: provider.other.typed });
        assert.ok(to.startsWith(begun.json.next_action.return_url), to);
        await double.told();
        const added = await api('POST', `/payment-methods/${begun.json.id}/look-up`, {}, 'look');
        assert.deepEqual([added.status, added.json.state, added.json.last4], [200, 'active', provider.other.shown.slice(-4)], added.text);
        const invoice = await payer.invoice();
        const order = { account, invoices: [{ invoice: `inv_${base58(invoice.invoice)}` }], method: begun.json.id };
        const answer = await api('POST', '/payments/pay', order, 'pay');
        assert.deepEqual([answer.status, answer.json.state], [201, provider.bankDecides ? 'pending' : 'captured'], answer.text);
        assert.equal((await api('POST', '/payments/pay', order, 'pay')).text, answer.text, 'a repeat charges nothing');
        await isPaid(await taken(await payer.payment(`/payments/${answer.json.id}`)), invoice);
        const read = await api('GET', `/payments/${answer.json.id}`);
        assert.deepEqual([read.json.state, read.json.processed], ['captured', { amount: invoice.amount, currency: 'EUR' }]);
    });

    test(`${words} a helper that is killed with the answer on its way charges once`, async () => {
        const invoice = await payer.invoice();
        await double.told();
        double.keepsBack = true;
        await double.act('break', { fault: 'withheld' });
        const paying = payer.pay(invoice, { method: good });
        let reference;
        const isThere = async () => (reference = await payer.referenceOf(invoice)) && JSON.stringify(await double.facts()).includes(reference);
        for (let patience = 0; !await isThere(); patience += 1) {
            assert.ok(patience < 200, 'it never came to the provider');
            await sleep(50);
        }
        for (const pid of childrenOf(stage.hosts[0].child.pid, 'livery-plugin-host')) process.kill(pid, 'SIGKILL');
        const answer = await paying;
        assert.equal(answer.status, 303, answer.text.slice(0, 2000));
        const unknown = await payer.payment(answer.headers.location);
        assert.deepEqual([unknown.state, unknown.says], ['Being checked', 'We do not know yet whether it was taken, and are asking. Please do not pay again: your invoice waits until we know.']);
        await isDue();
        await payer.lookUp();
        double.keepsBack = false;
        await isPaid(await taken(await payer.payment(unknown.path)), invoice);
        await payer.hear();
        await isPaid(await payer.payment(unknown.path), invoice);
        // And another one is at work.
        const next = await payer.invoice();
        await isPaid(await taken(await payer.payAtOnce(next, good)), next);
    });
}

for (const [name, provider] of Object.entries(PROVIDERS)) {
    test(`${name}: the provider's list and the books agree`, async () => {
        // A day is compared when it is over.
        if (name === Object.keys(PROVIDERS)[0]) await stage.passHere(86_400);
        const compare = () => stage.commandAlone(name, {}, 'compare-payments', '--tenant', name, '--from', lastDay(), '--json');
        const { code, out } = await compare();
        if (!provider.lists) {
            assert.equal(code, 1, out);
            assert.match(out, /No gateway of this tenant can list what it took/);
            return;
        }
        assert.equal(code, 0, out);
        const [day] = JSON.parse(out.slice(out.indexOf('[{'), out.lastIndexOf(']') + 1));
        const { movements } = await stage.providers[name].ledger();
        const moved = movements.filter((one) => ['payment', 'refund'].includes(one.kind)).length;
        assert.deepEqual([day.read, day.listed, day.matched, day.differences], [true, moved, moved, 0], out);
        assert.match((await stage.commandAlone(name, {}, 'payment-cases', '--tenant', name)).out, /Nothing waits for a person\./);
    });
}

test('nothing is lost, doubled or unknown, and the books hold', async () => {
    await heal(stage);
    const { lost, doubled, unknown, charges } = await judge(stage);
    assert.deepEqual({ lost, doubled, unknown }, { lost: [], doubled: [], unknown: [] });
    assert.ok(charges >= 5 * stage.tenants.length, `${charges}`);
    assert.deepEqual(await brokenInvariants(stage), []);
});
