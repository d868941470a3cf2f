import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { formats, schemaNames } from '../../src/options/choices.js';
import { run } from './run.js';

async function schemaOf(name: string): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await run(['schema', name], { workingDirectory: '/' });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe.each(schemaNames)('schema %s', (name) => {
  test('is a JSON Schema of 2020-12 with an id', async () => {
    const schema = await schemaOf(name);
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: expect.stringMatching(new RegExp(`^urn:dag2event:schema:${name}:\\d+\\.\\d+$`)),
    });
    const ajv = new Ajv2020({ strict: false });
    expect(ajv.validateSchema(schema)).toBe(true);
    ajv.compile(schema);
  });
});

test('the configuration schema refuses what the tool refuses', async () => {
  const validate = new Ajv2020({ strict: false }).compile(await schemaOf('config'));
  expect(validate({ jobs: 2, 'airflow-version': '2.9.3', env: { A: 'b' } })).toBe(true);
  expect(validate({ job: 2 })).toBe(false);
  expect(validate({ 'airflow-version': 2.9 })).toBe(false);
});

test('every command that has formats names its default first', () => {
  for (const list of Object.values(formats)) expect(new Set(list).size).toBe(list.length);
});
