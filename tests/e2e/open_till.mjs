// What a journey of payments begins and ends with.
import assert from 'node:assert/strict';
import { launchBrowser } from './browser.mjs';
import { startHost } from './host.mjs';
import { cardsOf } from './paying.mjs';

// A demo of its own, the provider's cards and a browser; until it is closed.
export async function openTill(options) {
    const host = await startHost(options);
    try {
        const browser = await launchBrowser();
        return { host, cards: await cardsOf(host), browser };
    } catch (failure) {
        await host.stop();
        throw failure;
    }
}
export async function closeTill({ host, browser } = {}) {
    await browser?.close();
    assert.equal(await host?.stop(), 0);
}
