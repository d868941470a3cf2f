import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from './run.js';

const folder = new URL('../../../../fixtures/evaluate/', import.meta.url);
const cases = JSON.parse(readFileSync(new URL('library.json', folder), 'utf8')) as { source: string; expected: string }[];
const unknowns = JSON.parse(readFileSync(new URL('library-unknowns.json', folder), 'utf8')) as { reason: string; sources: string[] }[];
const mayBeUnknown = new Set(unknowns.flatMap((entry) => entry.sources));

describe('the library gives what CPython gives', () => {
  test('there are enough snippets', () => expect(cases.length).toBeGreaterThan(300));
  test.each(cases)('$source', ({ source, expected }) => {
    const { text } = run(source);
    if (text.startsWith('?') && mayBeUnknown.has(source)) return;
    expect(text).toBe(expected);
  });
  test('every snippet that may be unknown is one', () => {
    const known = [...mayBeUnknown].filter((source) => !run(source).text.startsWith('?'));
    expect(known).toEqual([]);
  });
});
