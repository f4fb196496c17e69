// The people of a business on their way into its console, shared by the journeys and the pictures.
import { execFileSync } from 'node:child_process';
import { codeOf, keyOn } from './authenticator.mjs';
import { LIVERY, Client } from './host.mjs';

export const LANGUAGE = { harbor: 'de-DE', northwind: 'en-US', lumen: 'ar-AE' };
export const PASSWORD = 'twelve-brass-lanterns';
const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };
export const livery = (host, ...words) => execFileSync(LIVERY, [...words, ...host.words], { encoding: 'utf8', env, stdio: 'pipe' });
export const listStaff = (host, tenant) => JSON.parse(livery(host, 'user', 'list', '--tenant', tenant, '--json'));
// The link that the command prints. A command knows the port of livery.yaml, not the one that this host was started with.
export const invite = (host, tenant, email, role, name) => livery(host, 'user', 'invite', email, '--tenant', tenant, '--role', role, '--name', name, '--quiet').trim();
export const here = (host, tenant, link) => host.url(tenant, new URL(link).pathname + new URL(link).search);
export const tabOf = async (browser, tenant, options = {}) => (await browser.newContext({ javaScriptEnabled: false, locale: LANGUAGE[tenant], viewport: { width: 1280, height: 900 }, ...options })).newPage();
export const submit = (tab) => tab.click('main form button.btn-primary');

// In a browser, from the letter to the first page inside. `visit` is told each page on the way.
export async function join(tab, link, email, visit = async () => {}) {
    await tab.goto(link);
    await visit('invitation');
    await tab.fill('#password', PASSWORD);
    await submit(tab);
    await visit('console-sign-in');
    await tab.fill('#email', email);
    await tab.fill('#password', PASSWORD);
    await submit(tab);
    await visit('set-up');
    await tab.fill('#code', codeOf(keyOn(await tab.content())));
    await submit(tab);
    await visit('console-recovery-codes');
    await tab.click('a.btn-primary');
}

// The same without a browser.
export async function inside(host, tenant, email, role, name = 'Kim Doe') {
    const link = new URL(invite(host, tenant, email, role, name));
    const client = new Client(host, tenant);
    await client.get(link.pathname + link.search);
    await client.post(link.pathname + link.search, { password: PASSWORD });
    await client.get('/console/sign-in');
    await client.post('/console/sign-in', { email, password: PASSWORD });
    const key = keyOn((await client.get('/console/sign-in/set-up')).text);
    const codes = await client.post('/console/sign-in/set-up', { code: codeOf(key) });
    if (codes.status !== 200) throw new Error(codes.text);
    await client.get('/console');
    return client;
}
