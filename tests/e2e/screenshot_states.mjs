// States that no page is in by itself, brought about for screenshots.mjs; `take` makes the picture.
import { here, invite, join } from './staff.mjs';
import { PLANS, buy, preview, submit } from './shopping.mjs';

const inDays = (days) => new Date(Date.now() + days * 86400e3).toISOString().slice(0, 10);

// A subscription with something ahead: the form, the price, the notice, and how it is taken back.
export async function waitingChanges(host, tab, tenant, take) {
    const [small, large] = PLANS[tenant];
    const subscription = await buy(host, tab, tenant, large, 3);
    await take('bought');
    await preview(tab, subscription, 'quantity', { quantity: '0' });
    await take('quantity-wrong');
    await preview(tab, subscription, 'quantity', { quantity: '1', when: 'term' });
    await take('quantity-later');
    await submit(tab);
    await take('quantity-waits');
    await tab.goto(`${subscription}/keep-plan`);
    await take('take-back');
    await submit(tab);
    await take('take-back-price');
    await submit(tab);
    await take('taken-back');
    await preview(tab, subscription, 'change', { plan: small });
    await take('plan-later');
    await submit(tab);
    await tab.goto(subscription);
    await take('plan-waits');
    const paused = await buy(host, tab, tenant, large);
    await preview(tab, paused, 'pause', { until: inDays(12) });
    await take('pause-price');
    await submit(tab);
    await tab.goto(paused);
    await take('paused');
    await tab.goto(host.url(tenant, '/invoices'));
    await tab.click('tbody tr:first-child th a');
    await take('note');
}

// The export that is asked for nonsense, and the one that leaves something out.
export async function exports(host, tab, tenant, take) {
    await tab.goto(host.url(tenant, '/invoices/export?from=yesterday&to=2026-01-01&format=csv'));
    await take('export-wrong');
    const year = new Date().getFullYear();
    await tab.goto(host.url(tenant, '/invoices'));
    if (await tab.locator('#format option[value=ubl]').count() === 0) return;
    host.sql(`UPDATE invoices_document SET buyer = '["","","","","","","",""]' WHERE tenant_id = '${tenant}' AND number IS NOT NULL ORDER BY id DESC LIMIT 40`);
    await tab.goto(host.url(tenant, `/invoices/export?from=${year}-01-01&to=${year}-12-31&format=ubl`)).catch(() => {});
    await take('export-leaves-out');
}

// The newest document as if its taxes were still asked for. A query that nobody asks for is no kept page.
export async function pendingTax(host, tab, tenant, take) {
    await tab.goto(host.url(tenant, '/invoices'));
    const path = new URL(await tab.getAttribute('tbody tr:first-child th a', 'href'), tab.url()).pathname;
    const number = (await tab.textContent('tbody tr:first-child th a')).trim();
    host.sql(`UPDATE invoices_document SET status = 'pending_tax', number = NULL WHERE tenant_id = '${tenant}' AND number = '${number}'`);
    await tab.goto(host.url(tenant, '/invoices?pending'));
    await take('pending-list');
    await tab.goto(host.url(tenant, `${path}?pending`));
    await take('pending');
}

// The console as somebody sees it who was invited just now. Ends signed in there.
export async function consolePages(host, tab, tenant, take) {
    const email = `nils-${Math.random().toString(36).slice(2, 7)}@${tenant}.example`;
    await join(tab, here(host, tenant, invite(host, tenant, email, 'owner', 'Nils Ahrens')), email, take);
    for (const [title, path] of Object.entries({ 'console-home': '/console', staff: '/console/staff', 'staff-hidden': '/console/staff?q=zzz', 'staff-invite': '/console/staff/invite', 'console-profile': '/console/profile' })) {
        await tab.goto(host.url(tenant, path));
        await take(title);
    }
    await tab.goto(host.url(tenant, '/console/staff'));
    await tab.click('tbody th a');
    await take('staff-member');
    await tab.goto(`${tab.url()}/roles`);
    await take('staff-roles');
}

// A request from the first word to the verdict, with a file, a watcher and a note; and a line that is disputed. The console's
// side of it at the end; stays signed in there.
export async function ticketPages(host, tab, tenant, take) {
    await tab.goto(host.url(tenant, '/tickets'));
    await take('tickets-none');
    await tab.goto(host.url(tenant, '/tickets/new'));
    await take('ticket-new');
    await submit(tab);
    await take('ticket-errors');
    await tab.fill('#subject', 'The light on the router blinks red');
    await tab.selectOption('#category', 'trouble');
    await tab.fill('#body', 'Since this morning.\nI have pulled the plug twice; a picture is with it.');
    await tab.setInputFiles('#files', { name: 'router and cable.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') });
    await submit(tab);
    await take('ticket-asked');
    const path = new URL(tab.url()).pathname;
    await tab.fill('#email', 'colleague@example.com');
    await tab.click('form[action$="/watchers"] button');
    await take('ticket-watched');
    await tab.goto(host.url(tenant, '/invoices'));
    const open = tab.locator('tbody tr', { has: tab.locator('.badge-open, .badge-overdue, .badge-due') }).first();
    await ((await open.count()) ? open : tab.locator('tbody tr').first()).locator('th a').click();
    await take('invoice-help');
    await tab.locator('a[href*="/lines/"]').first().click();
    await take('line-help');
    const dispute = tab.locator('a[href*="dispute=1"]');
    let disputed = '';
    if (await dispute.count()) {
        await dispute.first().click();
        await take('dispute-form');
        // It is disputed already where the same customer is looked at twice.
        if (await tab.locator('#body').count()) {
            await tab.fill('#body', 'We had this part of the service for a week only.');
            await submit(tab);
            await take('dispute-open');
            disputed = new URL(tab.url()).pathname;
        }
    }
    const customer = await tab.context().storageState();
    const email = `tilda-${Math.random().toString(36).slice(2, 7)}@${tenant}.example`;
    await join(tab, here(host, tenant, invite(host, tenant, email, 'owner', 'Tilda Desk')), email);
    await tab.goto(host.url(tenant, '/console/tickets'));
    await take('desk-list');
    await tab.goto(host.url(tenant, `/console${path}`));
    await tab.fill('#body', 'He lives behind the old port; the cable there was cut in May, too.');
    await tab.click('button[name=note]');
    await tab.fill('#body', 'Thank you. Please press the small button at the back for ten seconds, and tell us what the light does then.');
    await tab.selectOption('#state', 'waiting_for_customer');
    await tab.click('form[action$="/reply"] button.btn-primary');
    await take('desk-ticket');
    await tab.goto(host.url(tenant, `/console${path}/split`));
    await take('desk-split');
    if (disputed) { await tab.goto(host.url(tenant, `/console${disputed}`)); await take('desk-dispute'); }
    await tab.goto(host.url(tenant, '/console/tickets/bulk'));
    await take('desk-bulk');
    await tab.goto(host.url(tenant, `/console${path}`));
    await tab.fill('#body', 'It was the cable. It is mended.');
    await tab.selectOption('#state', 'solved');
    await tab.click('form[action$="/reply"] button.btn-primary');
    await tab.context().addCookies(customer.cookies);
    await tab.goto(host.url(tenant, path));
    await take('ticket-solved');
    await tab.goto(host.url(tenant, '/tickets'));
    await take('tickets');
}
