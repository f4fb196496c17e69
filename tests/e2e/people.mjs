// What people do in a browser, shared by the journeys and the pictures.
import { codeOf, keyOn } from './authenticator.mjs';
import { LOGINS } from './host.mjs';

export async function signIn(host, tab, tenant, login) {
    await tab.goto(host.url(tenant, '/sign-in'));
    await tab.fill('#email', login.email);
    await tab.fill('#password', login.password);
    await tab.click('main button[type=submit]');
    await tab.waitForURL(host.url(tenant, '/'));
}

// Somebody of a tenant in a browser of their own, without scripts and in the tenant's language.
const tabIn = async (browser, tenant) => (await browser.newContext({ javaScriptEnabled: false, locale: LOGINS[tenant].locale, viewport: { width: 1280, height: 900 } })).newPage();
export async function visitor(host, browser, tenant, email = LOGINS[tenant].email) {
    const tab = await tabIn(browser, tenant);
    await signIn(host, tab, tenant, { ...LOGINS[tenant], email });
    return tab;
}
// The same of somebody who has and owes nothing yet.
export async function stranger(host, browser, tenant, email) {
    const tab = await tabIn(browser, tenant);
    await register(host, tab, tenant, 'Robin Sommer', { email, password: 'seven-green-kites-fly' });
    return tab;
}

// Somebody new, whose address is proved and who is signed in then.
export async function register(host, tab, tenant, name, login) {
    await tab.goto(host.url(tenant, '/register'));
    await tab.fill('#name', name);
    await tab.fill('#email', login.email);
    await tab.fill('#password', login.password);
    await tab.click('main form button.btn-primary');
    await tab.goto(/https?:\S+verify-email\S+/.exec((await host.mailTo(login.email)).plain)[0]);
    await signIn(host, tab, tenant, login);
}

// Somebody who has nothing yet: registers, looks round, turns on two-step verification, comes back without
// the phone. `visit` is told the name of every page on the way.
export async function newcomer(host, tab, tenant, scheme, visit) {
    const person = { email: `new-${scheme}@${tenant}.example`, password: 'seven-green-kites-fly' };
    const submit = () => tab.click('main form button.btn-primary');
    await register(host, tab, tenant, 'Robin Sommer', person);
    await visit('home-empty');
    for (const [title, path] of Object.entries({ 'list-empty': '/subscriptions', 'profile-empty': '/profile' })) { await tab.goto(host.url(tenant, path)); await visit(title); }
    await tab.goto(host.url(tenant, '/profile/security/two-step/turn-on'));
    const key = keyOn(await tab.content());
    await tab.fill('#code', codeOf(key));
    await tab.fill('#current', person.password);
    await submit();
    await visit('recovery-codes');
    await tab.goto(host.url(tenant, '/profile/security/two-step'));
    await visit('two-step-state');
    await tab.context().clearCookies();
    await tab.goto(host.url(tenant, '/sign-in'));
    await tab.fill('#email', person.email);
    await tab.fill('#password', person.password);
    await submit();
    await visit('second-step');
    await tab.goto(host.url(tenant, '/sign-in/code?with=recovery-code'));
    await visit('second-step-recovery');
    await tab.goto(host.url(tenant, '/forgot-password'));
    await tab.fill('#email', person.email);
    await submit();
}
