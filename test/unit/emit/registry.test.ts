import { Parser } from '@asyncapi/parser';
import '@hyperjump/json-schema/draft-07';
import { registerSchema, validate } from '@hyperjump/json-schema/draft-2020-12';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { CloudEvent } from 'cloudevents';
import { describe, expect, test } from 'vitest';
import * as YAML from 'yaml';
import { ASYNCAPI_FILE, registryFiles } from '../../../src/emit/contracts/files.js';
import { STATE_FILE, updateRegistry } from '../../../src/emit/contracts/registry.js';
import { goodPlans } from '../plan/good-plans.js';

const plans = await goodPlans();
const contracts = plans.flatMap(({ name, plan }) => {
  const files = new Map(registryFiles(plan).map(({ path, content }) => [path, content]));
  return [...files].flatMap(([path, content]) =>
    path.endsWith('/schema.json') ? [{ name: `${name}/${path}`, schema: content, example: files.get(path.replace('schema.json', 'examples/default.json')) ?? {} }] : [],
  );
});

describe.each(contracts)('$name', ({ name, schema, example }) => {
  const { $schema: _dialect, ...asDraft7 } = schema;
  const data: unknown = example['data'];

  test('is a valid schema of both drafts, and accepts its example, by two validators', async () => {
    for (const ajv of [new Ajv2020({ strict: true }), new Ajv({ strict: true })]) {
      addFormats.default(ajv);
      const check = ajv.compile(ajv instanceof Ajv2020 ? schema : asDraft7);
      expect([check(data), check.errors]).toEqual([true, null]);
    }
    const uri = `https://example.com/${encodeURIComponent(name)}`;
    registerSchema({ ...schema, $id: uri }, uri);
    const second = await validate(uri);
    expect(second(data as Parameters<typeof second>[0]).valid).toBe(true);
  });

  test('refuses the example without a required field', () => {
    const check = new Ajv2020({ strict: true }).compile(schema);
    for (const field of schema['required'] as string[]) {
      const { [field]: _gone, ...rest } = data as Record<string, unknown>;
      expect(check(rest)).toBe(false);
    }
  });

  test('has an example that is a CloudEvent', () => {
    const event = new CloudEvent(example);
    expect(event.validate()).toBe(true);
    expect(event.id).not.toBe('');
  });
});

test.each(plans)('the AsyncAPI document of $name has no error, and its schemas accept the examples', async ({ plan }) => {
  const content = registryFiles(plan).find(({ path }) => path === ASYNCAPI_FILE)?.content;
  const { diagnostics, document } = await new Parser().parse(YAML.stringify(content, { aliasDuplicateObjects: false }));
  // 0 = error, 1 = warning: newer versions of the specification are only an information.
  expect(diagnostics.filter(({ severity }) => severity.valueOf() <= 1)).toEqual([]);
  expect(document).toBeDefined();
  const { messages } = (content as { components: { messages: Record<string, { payload: { schema: object }; examples: { payload: unknown }[] }> } }).components;
  for (const { payload, examples } of Object.values(messages)) {
    const ajv = new Ajv({ strict: true });
    addFormats.default(ajv);
    const check = ajv.compile(payload.schema);
    for (const one of examples) expect([check(one.payload), check.errors]).toEqual([true, null]);
  }
});

const [{ plan } = { plan: undefined }] = plans.filter(({ name }) => name === 'eventbridge-ingestion');

describe('writing again', () => {
  if (!plan) throw new Error('the request eventbridge-ingestion is missing');
  const first = updateRegistry(plan, new Map());
  const folder = 's3/acme-landing.orders-orders-csv.object_created/v1';
  const edit = (path: string, change: (text: string) => string): Map<string, string> => new Map([...first.writes, [path, change(first.writes.get(path) ?? '')]]);

  test('changes nothing when nothing changed', () => {
    const again = updateRegistry(plan, first.writes);
    expect([...again.writes.keys()]).toEqual([]);
    expect(again.conflicts).toEqual([]);
  });

  test('keeps an edited field and its comments, and follows the plan elsewhere', () => {
    const edited = edit(`${folder}/contract.yaml`, (text) => text.replace('owner: partner integration', '# asked on Monday\nowner: partner desk # really'));
    const moved = structuredClone(plan);
    for (const contract of moved.contracts) contract.slo.value = 1;
    const update = updateRegistry(moved, edited);
    const text = update.writes.get(`${folder}/contract.yaml`) ?? '';
    expect(text).toContain('# asked on Monday\nowner: partner desk # really');
    expect(text).toContain('starts_within_minutes: 1');
    expect([update.edited, update.conflicts]).toEqual([[`${folder}/contract.yaml`], []]);
  });

  test('shows a conflict when plan and person both changed a field, and keeps the edit', () => {
    const edited = edit(`${folder}/contract.yaml`, (text) => text.replace('starts_within_minutes: 3', 'starts_within_minutes: 2'));
    const moved = structuredClone(plan);
    for (const contract of moved.contracts) contract.slo.value = 1;
    const update = updateRegistry(moved, edited);
    expect(update.conflicts).toEqual([{ path: `${folder}/contract.yaml`, at: '/starts_within_minutes', kept: 2, planned: 1 }]);
    expect(update.writes.get(`${folder}/contract.yaml`)).toBeUndefined();
    // Told once more, it still is one: nothing was decided.
    expect(updateRegistry(moved, new Map([...edited, ...update.writes])).writes.size).toBe(0);
  });

  test('an edited payload reaches the AsyncAPI document', () => {
    const edited = edit(`${folder}/schema.json`, (text) => text.replace('"object key"', '"object key, with the partner in front"'));
    expect(updateRegistry(plan, edited).writes.get(ASYNCAPI_FILE)).toContain('with the partner in front');
  });

  test('without its memory nothing is overwritten', () => {
    const edited = edit(`${folder}/contract.yaml`, (text) => text.replace('at_least_once', 'effectively_once'));
    edited.delete(STATE_FILE);
    const update = updateRegistry(plan, edited);
    expect(update.conflicts).toHaveLength(1);
    expect(update.writes.get(`${folder}/contract.yaml`)).toBeUndefined();
  });

  test('a contract that the plan no longer has is kept and said; a broken file is left alone and said', () => {
    const found = edit(`${folder}/schema.json`, () => '{ not json');
    const update = updateRegistry({ ...plan, contracts: plan.contracts.slice(1) }, found);
    expect(update.orphans).toEqual(['dag_completion/ingest-orders.succeeded/v1']);
    expect(update.broken.map(({ path }) => path)).toEqual([`${folder}/schema.json`]);
    expect(update.writes.has(`${folder}/schema.json`)).toBe(false);
  });
});
