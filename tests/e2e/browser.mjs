// The browser of all journeys: Chromium without a window and what belongs to one, which took half of its time.
import { chromium } from 'playwright-core';

const EXECUTABLE = '/usr/bin/chromium-headless-shell';

// `args`: more words of its command line.
export const launchBrowser = (...args) => chromium.launch({ executablePath: EXECUTABLE, args: ['--no-sandbox', '--disable-gpu', ...args] });
