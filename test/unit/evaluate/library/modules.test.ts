import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run } from './run.js';

const folder = new URL('../../../../fixtures/evaluate/library/', import.meta.url);
const modules = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();

/** A snippet whose last line is this comment gives an unknown: what it asks for is not modelled or can't be known. */
const unknowable = /\n# unknown$/;

describe.each(modules)('%s gives what CPython gives', (name) => {
  const cases = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { source: string; expected: string }[];
  test.each(cases)('$source', ({ source, expected }) => {
    const { text } = run(source);
    if (unknowable.test(source)) expect(text).toMatch(/^\?/);
    else expect(text).toBe(expected);
  });
});
