// What ends a run of the bench with 1. That figures are judged at all is asked here, since nothing else runs the bench.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { brokenPromises } from './gateways.mjs';

test('a gateway that hangs or loops may make other tenants\' pages half as slow again, and no slower', () => {
    assert.deepEqual(brokenPromises({ hanging_p99_ratio: 1.5, looping_p99_ratio: 0.9 }), []);
    assert.deepEqual(brokenPromises({ hanging_p99_ratio: 1.51, looping_p99_ratio: 1 }),
        ['beside a provider that hangs other tenants\' pages take 1.51 times as long at p99; 1.5 are allowed']);
    assert.deepEqual(brokenPromises({ hanging_p99_ratio: 1, looping_p99_ratio: 40 }),
        ['beside gateways that loop other tenants\' pages take 40.00 times as long at p99; 1.5 are allowed']);
    assert.equal(brokenPromises({ hanging_p99_ratio: 2, looping_p99_ratio: 2 }).length, 2);
});

test('a figure that is none is not taken for a good one', () => {
    assert.equal(brokenPromises({ hanging_p99_ratio: NaN, looping_p99_ratio: null }).length, 2);
    assert.equal(brokenPromises({ hanging_p99_ratio: Infinity, looping_p99_ratio: 1 }).length, 1);
});

test('of a run without gateways nothing is asked', () => assert.deepEqual(brokenPromises({ pdf_ms: 12 }), []));
