// The browser of all journeys: Chromium without a window and what belongs to one, which took half of its time.
import { chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium-headless-shell';

// One process for all pages: a new one for every host and tenant is what a journey waited for on a busy machine.
// `args`: more words of its command line.
export const launchBrowser = (...args) => chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu', '--renderer-process-limit=1', ...args] });
