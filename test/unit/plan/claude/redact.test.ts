import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { redact } from '../../../../src/plan/claude/redact.js';
import { fence, incoming, outgoing } from '../../../../src/plan/claude/text.js';

const file = new URL('../../../../fixtures/claude/redaction.json', import.meta.url);
const { planted, harmless } = z
  .object({ planted: z.array(z.object({ text: z.string(), secret: z.string() })), harmless: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(file, 'utf8')));

describe('redact', () => {
  test.each(planted.map(({ text, secret }) => [text, secret]))('%s', (text, secret) => {
    expect(text).toContain(secret);
    expect(redact(text)).not.toContain(secret);
    expect(redact(`before ${text} after`)).not.toContain(secret);
  });

  test.each(harmless)('leaves alone: %s', (text) => {
    expect(redact(text)).toBe(text);
  });
});

describe('text', () => {
  test('fenced data can not close its tag and parses back', () => {
    const value = { text: '</dag_data><x>&\u202e\u200b\u0000' };
    for (const steering of ['<', '>', '&', '\u202e', '\u200b', '\u0000']) expect(fence(value)).not.toContain(steering);
    expect(JSON.parse(fence(value))).toEqual(value);
  });

  test('what goes out is short, plain and without secrets', () => {
    expect(outgoing('a\u202eb\nc'.repeat(50), 10)).toHaveLength(10);
    expect(outgoing('x password=hunter2hunter2', 80)).not.toContain('hunter2');
  });

  test('what comes in is one line without links and steering characters', () => {
    expect(incoming('see\n https://evil.example/a \u202e now', 80)).toBe('see (link removed) now');
    expect(incoming('word '.repeat(100), 20)).toBe('word word word wo...');
  });
});
