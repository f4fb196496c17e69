// Two-step verification as a person lives it: turned on in the profile, asked for at the door, the phone lost.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { codeOf, keyOn } from './authenticator.mjs';
import { Client, startHost } from './host.mjs';

let host;
before(async () => { host = await startHost(); });
after(async () => { await host?.stop(); });

const text = (html) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
const LOGIN = { email: 'tom@beckersteel.example', password: 'windy-city-lines-26' };

test('turned on, asked for, lost and turned off', async () => {
    const tom = new Client(host, 'northwind');
    await tom.signIn(LOGIN);
    const elsewhere = new Client(host, 'northwind');
    await elsewhere.signIn(LOGIN);
    assert.match(text((await tom.get('/profile/security')).text), /Two-step verification A code from your phone, besides the password. Off/);
    const setup = await tom.get('/profile/security/two-step/turn-on');
    const key = keyOn(setup.text);
    assert.match(setup.text, /<path class="qr-ink" d="M4 4h7v1h-7z/);
    assert.equal(keyOn((await tom.get('/profile/security/two-step/turn-on')).text), key, 'a reload keeps what was scanned');

    const wrong = await tom.post('/profile/security/two-step/turn-on', { code: '000000', current: LOGIN.password });
    assert.equal(wrong.status, 422);
    assert.match(text(wrong.text), /This code is not right/);
    assert.equal(keyOn(wrong.text), key);
    const stolen = await tom.post('/profile/security/two-step/turn-on', { code: codeOf(key), current: 'not the password' });
    assert.match(text(stolen.text), /not your current password/, 'a borrowed session is not enough');
    const old = tom.cookies.get('session');
    const setUpWith = codeOf(key);
    const done = await tom.post('/profile/security/two-step/turn-on', { code: setUpWith, current: LOGIN.password });
    assert.equal(done.status, 200);
    const codes = [...done.text.matchAll(/<li><code>([0-9A-Z]{5}-[0-9A-Z]{5})</g)].map((match) => match[1]);
    assert.equal(new Set(codes).size, 10);
    assert.notEqual(tom.cookies.get('session'), old, 'a new token with the new power');
    assert.match(text((await tom.get('/profile/security')).text), /besides the password. On/);
    assert.equal((await elsewhere.get('/profile')).status, 303, 'other devices are signed out');
    assert.match((await host.mailTo(LOGIN.email)).plain, /Two-step verification is on/);

    const door = new Client(host, 'northwind');
    const asked = await door.get('/subscriptions');
    assert.equal(asked.headers.location, '/sign-in?next=/subscriptions');
    await door.get(asked.headers.location);
    const first = await door.post('/sign-in?next=/subscriptions', LOGIN);
    assert.equal(first.headers.location, '/sign-in/code?next=/subscriptions');
    assert.equal((await door.get('/profile')).headers.location, '/sign-in/code', 'half open is not open');
    const form = await door.get(first.headers.location);
    assert.doesNotMatch(form.text, /user-menu|Sign out/, 'nothing of the portal is shown yet');
    assert.match(form.text, /autocomplete="one-time-code"/);
    assert.match(text((await door.post('/sign-in/code?next=/subscriptions', { code: setUpWith })).text), /used already/, 'the code of the set-up');
    const halfOpen = door.cookies.get('session');
    // The next step's code is taken already: phones run a little ahead.
    const passed = await door.post('/sign-in/code?next=/subscriptions', { code: codeOf(key, Date.now() + 30000) });
    assert.equal(passed.headers.location, '/subscriptions');
    assert.equal((await door.get('/subscriptions')).status, 200);
    assert.notEqual(door.cookies.get('session'), halfOpen);

    const lost = new Client(host, 'northwind');
    await lost.signIn(LOGIN);
    const recovery = await lost.get('/sign-in/code?with=recovery-code');
    assert.match(text(recovery.text), /Recovery code Like 7K3QX-9DMT2/);
    const inside = await lost.post('/sign-in/code?with=recovery-code', { code: codes[0].toLowerCase().replace('-', ' ') });
    assert.equal(inside.headers.location, '/profile/security/two-step');
    assert.match(text((await lost.get('/profile/security/two-step')).text), /9 codes are left/);
    assert.match((await host.mailTo(LOGIN.email, { after: 1 })).plain, /recovery code was used/i);

    await lost.get('/profile/security/two-step/turn-off');
    const off = await lost.post('/profile/security/two-step/turn-off', { current: LOGIN.password });
    assert.equal(off.headers.location, '/profile/security/two-step');
    assert.equal((await new Client(host, 'northwind').signIn(LOGIN)).headers.location, '/', 'the password is enough again');
    const activity = text((await lost.get('/profile/security/activity')).text);
    for (const what of ['Signed in with a recovery code', 'Two-step verification turned off', 'Two-step verification turned on', 'Wrong code', 'Password entered, code to come'])
        assert.ok(activity.includes(what), `${what} is missing in: ${activity}`);
    assert.doesNotMatch(activity, /audit\./, 'every action has its words');
});

test('activity pages never lead to other people, whatever is asked for', async () => {
    const dana = new Client(host, 'northwind');
    await dana.signIn();
    assert.equal((await dana.get('/profile/security/activity?before=nonsense')).status, 404);
    const page = await dana.get('/profile/security/activity?before=zzzzzzzzzzzzzzzzzzzzzz');
    assert.equal(page.status, 404, 'more than 128 bits are no id');
    assert.equal((await dana.get('/profile/security/activity?before=1111111111111111111111')).status, 200);
});
