// What a page must not say: the key of a text instead of the text, or English where another language is spoken.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { SOURCE } from './host.mjs';

// Our locale files are maps of maps of quoted texts; more of YAML is not needed to read them.
function textsOf(file) {
    const texts = new Map();
    const path = [];
    for (const line of readFileSync(file, 'utf8').split('\n')) {
        const found = /^( *)"?([\w-]+)"?:(?: "(.*)")?$/.exec(line);
        if (!found) continue;
        path.length = found[1].length / 2;
        path.push(found[2]);
        if (found[3] !== undefined) texts.set(path.join('.'), found[3]);
    }
    return texts;
}
const folders = [join(SOURCE, 'themes/default/locale'), ...readdirSync(join(SOURCE, 'plugins')).map((name) => join(SOURCE, 'plugins', name, 'locale')).filter(existsSync)];
const all = (language) => folders.map((folder) => textsOf(join(folder, `${language}.yaml`)));
const english = all('en');
const keys = new Set(english.flatMap((texts) => [...texts.keys()]));
const languages = new Map();

// A text of a plugin, up to its first placeholder, to be found on a page.
export const say = (plugin, locale, key) => textsOf(join(SOURCE, 'plugins', plugin, 'locale', `${locale.slice(0, 2)}.yaml`)).get(key).split('{')[0].trim();

// English sentences that are said otherwise in the language.
function foreign(language) {
    if (!languages.has(language)) {
        const own = all(language);
        const said = new Set(own.flatMap((texts) => [...texts.values()]));
        languages.set(language, english.flatMap((texts) => [...texts.values()]).filter((text) => text.length > 9 && text.includes(' ') && !text.includes('{') && !said.has(text)));
    }
    return languages.get(language);
}

export async function checkWords(tab, what = tab.url()) {
    const language = await tab.getAttribute('html', 'lang');
    const text = (await tab.locator('body').textContent()).replace(/\s+/g, ' ');
    assert.deepEqual(text.match(/[\w-]+(?:\.[\w-]+)+/g)?.filter((word) => keys.has(word)) ?? [], [], `${what}: a key instead of words`);
    assert.equal(await tab.getAttribute('html', 'dir') === 'rtl', language.startsWith('ar'), what);
    if (!language.startsWith('en')) assert.deepEqual(foreign(language.slice(0, 2)).filter((sentence) => text.includes(sentence)), [], `${what}: English in ${language}`);
    return text;
}
