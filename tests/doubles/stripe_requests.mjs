// What Stripe takes for a request, by its own description, and how it refuses the rest.
import { Answer, spec } from './double.mjs';
import { check, readForm } from './schema.mjs';

export const VERSION = '2023-08-16';
const { paths } = spec('stripe-requests-2023-08-16');

export const failed = (status, type, message, more = {}) => new Answer(status, { error: { type, message, ...more } });
export const invalid = (message, more) => failed(400, 'invalid_request_error', message, more);
export const missing = (what, key) => failed(404, 'invalid_request_error', `No such ${what}: '${key}'`, { code: 'resource_missing', param: 'id' });

const WORDS = {
    unknown: (at) => ['parameter_unknown', `Received unknown parameter: ${at.path}`],
    missing: (at) => ['parameter_missing', `Missing required param: ${at.path}.`],
    integer: (at) => ['parameter_invalid_integer', `Invalid integer: ${at.path}`],
    enum: (at) => [undefined, `Invalid ${at.path}: must be one of ${at.allowed.join(', ')}`],
    long: (at) => [undefined, `Invalid string: ${at.path} is longer than ${at.most} characters`],
};

// Which description a path has: "/v1/refunds/{refund}".
const described = new Map();
const describe = (method, path) => {
    if (!described.has(path))
        described.set(path, Object.keys(paths)
            .sort((a, b) => a.split('{').length - b.split('{').length)
            .find((known) => new RegExp(`^${known.replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path)));
    return paths[described.get(path)]?.[method.toLowerCase()];
};

function refuseWrong(wrong) {
    if (wrong.length === 0) return;
    const [code, message] = WORDS[wrong[0].what]?.(wrong[0]) ?? [undefined, `Invalid ${wrong[0].what}: ${wrong[0].path}`];
    throw invalid(message, { ...(code && { code }), param: wrong[0].path });
}

// The request as Stripe would take it, or its refusal.
export function read(asked) {
    const auth = asked.headers.authorization ?? '';
    if (!/^Bearer (sk|rk)_test_[A-Za-z0-9]+$/.test(auth)) throw failed(401, 'invalid_request_error', 'Invalid API Key provided');
    if ((asked.headers['stripe-version'] ?? VERSION) !== VERSION) throw invalid(`Invalid Stripe API version: ${asked.headers['stripe-version']}`);
    const known = describe(asked.method, asked.path);
    if (!known) throw failed(404, 'invalid_request_error', `Unrecognized request URL (${asked.method}: ${asked.path}).`);
    if (asked.method === 'GET') {
        const properties = Object.fromEntries(known.parameters.filter((one) => one.in === 'query').map((one) => [one.name, one.schema]));
        const required = known.parameters.filter((one) => one.in === 'query' && one.required).map((one) => one.name);
        const { value, wrong } = check(readForm(asked.query), { type: 'object', properties, required, additionalProperties: false }, { texts: true });
        refuseWrong(wrong);
        return value;
    }
    const type = asked.headers['content-type'] ?? '';
    if (asked.body && !type.startsWith('application/x-www-form-urlencoded')) throw invalid('Invalid request body encoding: send application/x-www-form-urlencoded.');
    const { value, wrong } = check(readForm(new URLSearchParams(asked.body)), known.form, { texts: true });
    refuseWrong(wrong);
    return value;
}
