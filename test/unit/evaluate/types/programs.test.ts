import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { programOutcome } from './interpreter.js';

type Program = Readonly<{ source: string; result: string }>;

const golden = JSON.parse(readFileSync('fixtures/evaluate/programs.json', 'utf8')) as Record<string, Program>;

describe('programs with builtin types and user classes give what CPython gives', () => {
  for (const [title, { source, result }] of Object.entries(golden)) {
    it(title, () => {
      expect(programOutcome(source)).toBe(result);
    });
  }
});
