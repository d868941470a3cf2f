import { describe, expect, test } from 'vitest';
import { ruleCatalog } from '../../src/rules.js';
import { run } from './run.js';

const at = { workingDirectory: '/' };

test('rules lists every rule once', async () => {
  const { exitCode, stdout } = await run(['rules'], at);
  expect(exitCode).toBe(0);
  for (const { id, title } of ruleCatalog()) expect(stdout).toMatch(new RegExp(`^${id}\\s.*${title.slice(0, 10)}`, 'm'));
  const json = await run(['rules', '--format', 'json'], at);
  expect(JSON.parse(json.stdout).map((rule: { id: string }) => rule.id)).toEqual(ruleCatalog().map((rule) => rule.id));
});

describe('explain', () => {
  test.each(ruleCatalog().map((rule) => [rule.id, rule] as const))('%s: why, a bad and a good example', async (id, rule) => {
    const { exitCode, stdout } = await run(['explain', id.toLowerCase()], at);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(rule.title);
    expect(stdout).toContain('bad (Airflow');
    expect(stdout).toContain('good (Airflow');
  });

  test('an unknown rule is a slip', async () => {
    expect(await run(['explain', 'D2E01'], at)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('did you mean D2E0') });
    const { stderr } = await run(['explain', 'something-else'], at);
    expect(stderr).toContain('`dag2event rules` lists them');
  });
});
