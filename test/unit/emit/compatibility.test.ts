import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSchemas, verdictOf } from '../../../src/emit/contracts/compatibility.js';
import { compareTerms } from '../../../src/emit/contracts/terms.js';

type Schema = Record<string, unknown>;

interface Labelled {
  name: string;
  before: Schema;
  after: Schema;
  verdict: string;
}

const labelled = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '../../../fixtures/contracts/compatibility.json'), 'utf8'),
) as Labelled[];

const turned: Record<string, string> = { full: 'full', backward: 'forward', forward: 'backward', breaking: 'breaking' };

describe('labelled pairs of schemas', () => {
  test('at least 60 are labelled, each verdict by ten of them', () => {
    expect(labelled.length).toBeGreaterThanOrEqual(60);
    for (const verdict of Object.keys(turned)) expect(labelled.filter((pair) => pair.verdict === verdict).length).toBeGreaterThanOrEqual(8);
  });

  test.each(labelled)('$name: $verdict', ({ before, after, verdict }) => {
    expect(verdictOf(compareSchemas(before, after))).toBe(verdict);
  });

  // Adding an optional field is full by convention, and so is its removal's backward half: those don't turn around.
  const symmetric = labelled.filter(({ name }) => !/optional field is (added|removed)$|^a required field is|field is added|renamed|inherited/.test(name));
  test.each(symmetric)('$name: turned around', ({ before, after, verdict }) => {
    expect(verdictOf(compareSchemas(after, before))).toBe(turned[verdict]);
  });
});

const ajv = new Ajv2020({ strict: false, validateFormats: false });

const leaf = fc.constantFrom<Schema>(
  { type: 'string' },
  { type: 'string', minLength: 2 },
  { type: 'string', maxLength: 3 },
  { type: 'string', enum: ['a', 'bb'] },
  { type: 'string', enum: ['a', 'bb', 'cccc'] },
  { type: 'string', pattern: '^b' },
  { type: 'integer' },
  { type: 'number' },
  { type: 'number', minimum: 1 },
  { type: 'number', maximum: 2.5 },
  { type: ['string', 'null'] },
  { type: 'boolean' },
  { const: 'a' },
  {},
);
const names = ['x', 'y', 'z'];
const schema = fc
  .record({
    properties: fc.dictionary(fc.constantFrom(...names), leaf, { maxKeys: 3 }),
    required: fc.subarray(names),
    additionalProperties: fc.constantFrom(undefined, true, false),
  })
  .map(({ properties, required, additionalProperties }) => ({
    type: 'object',
    properties,
    required: required.filter((name) => name in properties),
    ...(additionalProperties !== undefined && { additionalProperties }),
  }));
const value = fc.constantFrom<unknown>('a', 'bb', 'cccc', '', 0, 1, 2, 2.5, 7, true, null);
const instance = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 3 });

test('a promise holds for every event: nothing that was read is refused', () => {
  fc.assert(
    fc.property(schema, schema, fc.array(instance, { minLength: 20, maxLength: 40 }), (before, after, events) => {
      const verdict = verdictOf(compareSchemas(before, after));
      const [old, now] = [ajv.compile(before), ajv.compile(after)];
      for (const event of events) {
        const wasKnown = Object.keys(event).every((name) => name in before.properties);
        const isKnown = Object.keys(event).every((name) => name in after.properties);
        if ((verdict === 'full' || verdict === 'backward') && wasKnown && old(event)) expect(now(event)).toBe(true);
        if ((verdict === 'full' || verdict === 'forward') && isKnown && now(event)) expect(old(event)).toBe(true);
      }
    }),
    { numRuns: 1000, seed: 11 },
  );
});

describe('terms', () => {
  const terms = { type: 't', dedupe_key: ['a'], ordering: { key: ['k'] }, delivery: 'at_least_once', retention_hours: 96, starts_within_minutes: 5, owner: 'me' };
  test.each([
    [{ owner: 'you' }, 'full'],
    [{ dedupe_key: ['b'] }, 'breaking'],
    [{ ordering: { key: ['j'] } }, 'breaking'],
    [{ ordering: 'none' }, 'backward'],
    [{ delivery: 'effectively_once' }, 'full'],
    [{ delivery: 'at_most_once' }, 'backward'],
    [{ retention_hours: 24 }, 'forward'],
    [{ retention_hours: 240 }, 'full'],
    [{ starts_within_minutes: 1 }, 'full'],
    [{ starts_within_minutes: 60 }, 'backward'],
    [{ type: 'u' }, 'breaking'],
  ])('%j is %s', (change, verdict) => {
    expect(verdictOf(compareTerms(terms, { ...terms, ...change }))).toBe(verdict);
  });
});
