import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outcome } from './interpreter.js';

const golden = JSON.parse(readFileSync('fixtures/evaluate/types.json', 'utf8')) as Record<string, string>;

/** Where CPython has an answer and we say that we don't know, with the reason why that is right. */
const unknowable: Readonly<Record<string, string>> = {
  'hash(()) == hash(())': 'hashes of tuples depend on the build of CPython',
  'hash(frozenset()) == hash(frozenset())': 'hashes of sets depend on the build of CPython',
};

describe('builtin types give what CPython gives', () => {
  for (const [expression, expected] of Object.entries(golden)) {
    it(expression, () => {
      const found = outcome(expression);
      if (expression in unknowable) expect(found).toMatch(/^\?/);
      else expect(found).toBe(expected);
    });
  }
});
