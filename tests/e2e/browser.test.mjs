// What the journeys take for granted of their browser.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { launchBrowser } from './browser.mjs';

let browser, server;
// A list that comes in two pieces, as a busy machine reads any page.
const slowly = (response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.write(`<h1>List</h1><ul><li>one</li>${' '.repeat(2000)}`);
    setTimeout(() => response.end('<li>two</li></ul>'), 500);
};

before(async () => {
    server = createServer((request, response) => {
        if (request.method === 'POST') return void response.writeHead(303, { Location: '/list' }).end();
        if (request.url === '/list') return void slowly(response);
        response.writeHead(200, { 'Content-Type': 'text/html' }).end('<form method="post"><input name="word"><button>Send</button></form>');
    });
    await new Promise((ready) => { server.listen(0, '127.0.0.1', ready); });
    browser = await launchBrowser();
});
after(async () => {
    await browser?.close();
    server?.close();
});

for (const [what, send] of Object.entries({
    'a click': (tab) => tab.click('button'),
    'a click on a locator': (tab) => tab.locator('button').click(),
    'a key': (tab) => tab.press('input', 'Enter'),
})) {
    test(`after ${what} the whole next page stands there`, async () => {
        const tab = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
        await tab.goto(`http://127.0.0.1:${server.address().port}/`);
        await send(tab);
        assert.equal(await tab.locator('li').count(), 2);
    });
}
