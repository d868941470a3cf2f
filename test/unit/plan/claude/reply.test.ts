import * as z from 'zod';
import { describe, expect, test } from 'vitest';
import { wireSchema } from '../../../../src/plan/claude/client.js';
import { Reply } from '../../../../src/plan/claude/reply.js';

/** What the grammar of the service takes with room to spare. */
const budget = { bytes: 2000, objects: 6, properties: 40, enumValues: 40, unions: 0, optional: 0 };

type Measure = Record<keyof typeof budget, number>;

async function measure(shape: z.ZodType): Promise<Measure> {
  const schema = await wireSchema(shape);
  const found: Measure = { bytes: JSON.stringify(schema).length, objects: 0, properties: 0, enumValues: 0, unions: 0, optional: 0 };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const one = node as Record<string, unknown>;
    if (one['type'] === 'object') {
      const properties = Object.keys(one['properties'] ?? {});
      const required = Array.isArray(one['required']) ? one['required'].length : 0;
      found.objects += 1;
      found.properties += properties.length;
      found.optional += properties.length - required;
    }
    if (Array.isArray(one['enum'])) found.enumValues += one['enum'].length;
    if (Array.isArray(one['anyOf']) || Array.isArray(one['type'])) found.unions += 1;
    Object.values(one).forEach(walk);
  };
  walk(schema);
  return found;
}

const over = (found: Measure): string[] => Object.entries(budget).flatMap(([name, limit]) => (found[name as keyof Measure] > limit ? [name] : []));

describe('the reply schema', () => {
  test('stays within what the service compiles', async () => {
    const found = await measure(Reply);
    expect(found.objects).toBe(5);
    expect(over(found)).toEqual([]);
  });

  test('a schema beyond the budget is seen', async () => {
    const wide = z.object(Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`a_rather_long_field_name_${index}`, z.string()])));
    const deep = (depth: number): z.ZodType => (depth === 0 ? z.string() : z.object({ [`level_${depth}`]: deep(depth - 1) }));
    const words = z.enum(Array.from({ length: 41 }, (_, index) => `word_${index}`));
    const large = z.object({ wide, words, deep: deep(6), nothing: z.string().nullable(), maybe: z.string().optional() });
    expect(over(await measure(large))).toEqual(Object.keys(budget));
  });
});
