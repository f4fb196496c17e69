// The browser of all journeys: Chromium without a window and what belongs to one, which took half of its time.
import { chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium-headless-shell';

// A click ends where the next page begins. What is counted or read then must be the whole of it.
function readWhole(page) {
    const frame = page.mainFrame();
    for (const action of ['click', 'press']) {
        const act = frame[action].bind(frame);
        frame[action] = async (...given) => {
            await act(...given);
            await page.waitForLoadState('domcontentloaded');
        };
    }
}

// One process for all pages: a new one for every host and tenant is what a journey waited for on a busy machine.
// `args`: more words of its command line.
export async function launchBrowser(...args) {
    const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu', '--renderer-process-limit=1', ...args] });
    const newContext = browser.newContext.bind(browser);
    browser.newContext = async (options) => {
        const context = await newContext(options);
        context.on('page', readWhole);
        return context;
    };
    return browser;
}
