// Checks a value against a schema of an OpenAPI document, and reads texts of forms and queries as it
// says. What is wrong is an array of {path, what, …}; the value is what the provider would take.

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

// `document`: where "#/components/…" is found.
export function deref(schema, document) {
    let at = schema;
    while (at?.$ref) at = at.$ref.slice(2).split('/').reduce((found, key) => found[key], document);
    return at ?? {};
}

const member = (path, name) => (path ? `${path}[${name}]` : name);

export function check(value, given, { document = {}, texts = false, path = '' } = {}) {
    const schema = deref(given, document);
    const options = { document, texts };
    const any = schema.anyOf ?? schema.oneOf;
    if (any && !schema.properties) {
        let best;
        for (const one of any) {
            const tried = check(value, one, { ...options, path });
            if (tried.wrong.length === 0) return tried;
            if (!best || tried.wrong.length < best.wrong.length) best = tried;
        }
        return best;
    }
    return READERS[schema.type ?? (schema.properties ? 'object' : 'any')](value, schema, path, options);
}

const bad = (value, path, what, more = {}) => ({ value, wrong: [{ path, what, ...more }] });
const good = (value) => ({ value, wrong: [] });

const READERS = {
    any: (value) => good(value),
    integer(value, schema, path, { texts }) {
        if (texts && typeof value === 'string' && /^-?[0-9]{1,19}$/.test(value)) return good(Number(value));
        return Number.isSafeInteger(value) && !texts ? good(value) : bad(value, path, 'integer');
    },
    number: (value, schema, path) => (typeof value === 'number' || !Number.isNaN(Number(value)) ? good(Number(value)) : bad(value, path, 'number')),
    boolean(value, schema, path, { texts }) {
        if (texts && (value === 'true' || value === 'false')) return good(value === 'true');
        return typeof value === 'boolean' && !texts ? good(value) : bad(value, path, 'boolean');
    },
    string(value, schema, path) {
        if (typeof value !== 'string') return bad(value, path, 'string');
        if (schema.enum && !schema.enum.includes(value)) return bad(value, path, 'enum', { allowed: schema.enum });
        if (schema.maxLength && [...value].length > schema.maxLength) return bad(value, path, 'long', { most: schema.maxLength });
        if (schema.minLength && value.length < schema.minLength) return bad(value, path, 'short');
        return good(value);
    },
    array(value, schema, path, options) {
        // A form counts its items: a[0], a[1].
        const list = options.texts && isObject(value) && Object.keys(value).every((key) => /^[0-9]+$/.test(key)) ? Object.values(value) : value;
        if (!Array.isArray(list)) return bad(value, path, 'array');
        const read = list.map((item, at) => check(item, schema.items ?? {}, { ...options, path: member(path, at) }));
        return { value: read.map((one) => one.value), wrong: read.flatMap((one) => one.wrong) };
    },
    object(value, schema, path, options) {
        if (!isObject(value)) return bad(value, path, 'object');
        const wrong = [];
        const read = {};
        for (const name of schema.required ?? [])
            if (!(name in value)) wrong.push({ path: member(path, name), what: 'missing' });
        for (const [name, inner] of Object.entries(value)) {
            const known = schema.properties?.[name] ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
            if (!known && schema.additionalProperties !== true && (schema.properties || schema.additionalProperties === false)) {
                wrong.push({ path: member(path, name), what: 'unknown' });
                continue;
            }
            const one = check(inner, known ?? {}, { ...options, path: member(path, name) });
            read[name] = one.value;
            wrong.push(...one.wrong);
        }
        return { value: read, wrong };
    },
};

// "a[b][]=1&a[c]=2" as {a: {b: ['1'], c: '2'}}.
export function readForm(params) {
    const tree = {};
    for (const [name, value] of params) {
        const keys = [name.replace(/\[.*$/s, ''), ...[...name.matchAll(/\[([^\]]*)\]/g)].map((found) => found[1])];
        let at = tree;
        keys.forEach((key, index) => {
            const last = index === keys.length - 1;
            const slot = key === '' ? Object.keys(at).length : key;
            if (last) at[slot] = value;
            else at = at[slot] = isObject(at[slot]) ? at[slot] : {};
        });
    }
    return tree;
}
