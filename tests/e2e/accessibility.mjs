// What every page must be, whoever reads it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// Looks at the page that a tab shows, which must let scripts in (`bypassCSP`): no wider than a phone, and without a
// violation that axe knows.
export const inspectorOf = (tab) => async (name) => {
    for (const width of [1280, 320]) {
        await tab.setViewportSize({ width, height: 800 });
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 1, `${name} is ${wide} px too wide at ${width}`);
    }
    await tab.setViewportSize({ width: 1280, height: 900 });
    await tab.evaluate(axe);
    const { violations } = await tab.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`), [], name);
};
