// Pictures of every page, to be looked at: node screenshots.mjs DIR [TENANT [LOCALE]]. One sheet per tenant, width and scheme, and one of the mails.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.mjs';
import { LOGINS, startHost } from './host.mjs';
import { newcomer, signIn } from './people.mjs';
import { consolePages, exports, pendingTax, ticketPages, waitingChanges } from './screenshot_states.mjs';

const out = process.argv[2] ?? 'screenshots';
mkdirSync(out, { recursive: true });
const OPEN = { 'sign-in': '/sign-in', register: '/register', forgot: '/forgot-password', 'check-mail': '/register/check-mail', 'bad-link': '/verify-email?token=x' };
const OWN = { home: '/', list: '/subscriptions', profile: '/profile', preferences: '/profile/preferences', email: '/profile/email', password: '/profile/password', security: '/profile/security',
    'two-step': '/profile/security/two-step', 'two-step-on': '/profile/security/two-step/turn-on', activity: '/profile/security/activity', address: '/profile/addresses/new', 'not-found': '/no-such-page',
    shop: '/shop', orders: '/orders', invoices: '/invoices', statement: '/invoices/statement',
    payments: '/payments', pay: '/payments/pay', methods: '/payment-methods' };
// What is behind the first row of a list.
const BEHIND = { order: ['/orders', 'tbody th a'], invoice: ['/invoices', 'tbody th a'], why: [null, 'tbody a[href*="/lines/"]'], offer: ['/shop', 'main a[href^="/shop/"]'],
    payment: ['/payments', 'tbody th a'] };
const CHANGES = ['change', 'add-ons', 'quantity', 'billing-day', 'pause', 'cancel'];
const host = await startHost();
const browser = await launchBrowser('--force-device-scale-factor=1');

// Puts pictures side by side, so that a whole brand is seen at a glance.
async function sheet(name, pictures, width) {
    const tab = await browser.newPage({ viewport: { width: width > 400 ? 1960 : 2120, height: 800 } });
    const shown = pictures.map(([title, png]) => `<figure><figcaption>${title}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`).join('');
    await tab.setContent(`<style>body{margin:12px;background:#888;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start;font:14px sans-serif}figure{margin:0}img{display:block;width:${width > 400 ? 630 : 250}px}</style>${shown}`);
    writeFileSync(join(out, `${name}.png`), await tab.screenshot({ fullPage: true }));
    await tab.close();
}

for (const [tenant, login] of Object.entries(LOGINS).filter(([name]) => !process.argv[3] || name === process.argv[3])) {
    for (const colorScheme of ['light', 'dark']) {
        const context = await browser.newContext({ colorScheme, locale: process.argv[4] ?? login.locale, viewport: { width: 1280, height: 900 } });
        const tab = await context.newPage();
        const pages = { 1280: [], 320: [] };
        const take = async (title) => {
            for (const width of [1280, 320]) {
                await tab.setViewportSize({ width, height: width > 400 ? 900 : 640 });
                const png = await tab.screenshot({ fullPage: true });
                pages[width].push([title, png]);
                writeFileSync(join(out, `${tenant}-${title}-${colorScheme}-${width}.png`), png);
            }
        };
        for (const [title, path] of Object.entries(OPEN)) { await tab.goto(host.url(tenant, path)); await take(title); }
        await tab.goto(host.url(tenant, '/register'));
        await tab.click('main button[type=submit]');
        await take('errors');
        await signIn(host, tab, tenant, login);
        for (const [title, path] of Object.entries(OWN)) { await tab.goto(host.url(tenant, path)); await take(title); }
        for (const [title, [list, link]] of Object.entries(BEHIND)) {
            if (list) await tab.goto(host.url(tenant, list));
            await tab.locator(link).first().click();
            await take(title);
        }
        await tab.goto(host.url(tenant, '/subscriptions?state=active'));
        await tab.click('tbody th a');
        await take('detail');
        const subscription = tab.url();
        for (const action of CHANGES) {
            const answer = await tab.goto(`${subscription}/${action}`);
            if (answer.status() < 500) await take(action);
        }
        await tab.goto(subscription);
        await tab.emulateMedia({ media: 'print' });
        await take('print');
        await tab.emulateMedia({ media: 'screen' });
        for (const state of [ticketPages, waitingChanges, exports, pendingTax]) await state(host, tab, tenant, take);
        await context.clearCookies();
        await newcomer(host, tab, tenant, colorScheme, take);
        await consolePages(host, tab, tenant, take);
        for (const width of [1280, 320]) await sheet(`sheet-${tenant}-${colorScheme}-${width}`, pages[width], width);
        await context.close();
    }
}

// All mails that the journeys above sent, as a mail programme shows them at its desk and on a phone.
const mails = { 640: [], 360: [] };
for (const tenant of Object.keys(LOGINS).filter((name) => !process.argv[3] || name === process.argv[3])) {
    for (const mail of host.mailsTo(`new-light@${tenant}.example`)) {
        for (const width of [640, 360]) {
            const tab = await browser.newPage({ viewport: { width, height: 400 } });
            await tab.setContent(mail.html);
            mails[width].push([`${tenant}: ${mail.subject}`, await tab.screenshot({ fullPage: true })]);
            await tab.close();
        }
    }
}
for (const width of [640, 360]) await sheet(`sheet-mails-${width}`, mails[width], width);
await browser.close();
await host.stop();
console.log(out);
