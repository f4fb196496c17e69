// The three providers whose gateways are shipped: how a tenant is configured for each, what a customer types on its page, how
// it signs, and what may be sent in its name.
import { createHmac } from 'node:crypto';
import { Stage } from '../crash/stage.mjs';
import { Double } from './double_program.mjs';

const doubleOf = (file) => class extends Double { constructor(given) { super({ file, ...given }); } };
const mac = (key, text, encoding = 'hex') => createHmac('sha256', key).update(text).digest(encoding);
const now = () => Math.floor(Date.now() / 1000);
const changed = (body, from, to) => {
    if (!body.includes(from)) throw new Error(`no ${from} in ${body}`);
    return body.replace(from, to);
};

const HOOK_KEY = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';
const stripeSigned = (body, { key = 'whsec_test', at = now() } = {}) => ({ 'stripe-signature': `t=${at},v1=${mac(key, `${at}.${body}`)}` });
// By the item's own fields; the rest of it is not signed.
function adyenSigned(body, change, key = HOOK_KEY) {
    const message = JSON.parse(body);
    const item = message.notificationItems[0].NotificationRequestItem;
    change(item);
    const text = [item.pspReference, item.originalReference ?? '', item.merchantAccountCode, item.merchantReference, item.amount.value, item.amount.currency, item.eventCode, item.success].join(':');
    if (key) item.additionalData.hmacSignature = mac(Buffer.from(key, 'hex'), text, 'base64');
    return JSON.stringify(message);
}

// `accepted`: what the provider takes for an acknowledgement. `forgeries`: of a message that was right, what is none:
// what it is, its headers and body.
export const PROVIDERS = {
    stripe: {
        gateway: { secrets: { api_key: 'sk_test_double', hook_key: 'whsec_test' }, config: 'api_key: api_key, hook_key: hook_key', providedBy: doubleOf('stripe.mjs') },
        field: 'number', lists: true, accepted: 200,
        good: { typed: '4242 4242 4242 4242', shown: 'Visa, ends in 4242' },
        other: { typed: '5555555555554444', shown: 'Mastercard, ends in 4444' },
        refused: { typed: '4000000000000341', shown: 'Visa, ends in 0341' },
        forgeries: ({ body, headers }) => {
            const fresh = changed(body, '"id":"evt_', '"id":"evt_forged');
            return [
                ['no signature', { ...headers, 'stripe-signature': '' }, fresh],
                ['signed, then changed', headers, fresh],
                ['another key', { ...headers, ...stripeSigned(fresh, { key: 'whsec_guessed' }) }, fresh],
                ['more than five minutes old', { ...headers, ...stripeSigned(fresh, { at: now() - 301 }) }, fresh],
            ];
        },
    },
    adyen: {
        gateway: { secrets: { api_key: 'test_api_key', hook_key: HOOK_KEY }, path: '/v72', config: 'merchant_account: HarborMerchant, api_key: api_key, hook_key: hook_key', providedBy: doubleOf('adyen.mjs') },
        field: 'number', lists: false, accepted: 202,
        good: { typed: '4111 1111 4555 1142', shown: 'Visa, ends in 1142' },
        other: { typed: '5555341244441115', shown: 'Mastercard, ends in 1115' },
        refused: { typed: '4000000000000135', shown: 'Visa, ends in 0135' },
        forgeries: ({ body, headers }) => [
            ['no signature', headers, adyenSigned(body, (item) => { item.pspReference = 'FORGED0000000001'; delete item.additionalData.hmacSignature; }, '')],
            ['signed, then changed', headers, adyenSigned(body, (item) => { item.pspReference = 'FORGED0000000001'; }, '')],
            ['another key', headers, adyenSigned(body, (item) => { item.pspReference = 'FORGED0000000001'; }, HOOK_KEY.replace('44', '55'))],
            ['of another merchant', headers, adyenSigned(body, (item) => { item.merchantAccountCode = 'OtherMerchant'; })],
        ],
    },
    gocardless: {
        gateway: { secrets: { access_token: 'sandbox_double', hook_key: 'hook-secret' }, config: 'access_token: access_token, hook_key: hook_key', providedBy: doubleOf('gocardless.mjs') },
        field: 'account', lists: true, accepted: 204,
        good: { typed: '4477 9911 00', shown: 'BANK OF THE DOUBLE, ends in 1100' },
        other: { typed: '4477992200', shown: 'BANK OF THE DOUBLE, ends in 2200' },
        refused: { typed: '4477991111', shown: 'BANK OF THE DOUBLE, ends in 1111' },
        forgeries: ({ body, headers }) => {
            const fresh = changed(body, '"id":"EV', '"id":"EVFORGED');
            return [
                ['no signature', { ...headers, 'webhook-signature': '' }, fresh],
                ['signed, then changed', headers, fresh],
                ['another key', { ...headers, 'webhook-signature': mac('guessed', fresh) }, fresh],
            ];
        },
        // The bank takes what is sent today, and decides tomorrow.
        bankDecides: async (double) => { for (let day = 0; day < 2; day += 1) await double.act('day'); },
    },
};

// However busy the machine is, an answer that comes is waited for; one that is withheld, not for ever.
const CALL_LIMIT = 8000;

// A host with a tenant for each of them.
export async function openStage() {
    const names = Object.keys(PROVIDERS);
    const stage = await Stage.open({ tenants: names, gatewayOf: Object.fromEntries(names.map((name) => [name, { gateway: name, callLimit: CALL_LIMIT, ...PROVIDERS[name].gateway }])) });
    await stage.start(stage.hosts[0]);
    return stage;
}
