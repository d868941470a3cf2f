import { describe, expect, test } from 'vitest';
import { openRepository } from '../../../src/discover/open.js';
import { buildGraph } from '../../../src/graph/build.js';
import { graphOfSource } from '../../support/graph.js';
import { makeRepository } from '../discover/temporary-repository.js';

const head = 'from airflow import DAG\nfrom airflow.configuration import conf\n';

async function shown(expression: string, environment: Record<string, string> = {}) {
  const text = `${head}with DAG("d", schedule=None, description=repr(${expression})):\n    pass\n`;
  const { dags, import_errors } = await graphOfSource({ 'a.py': text }, { airflowVersion: '2.11.2', environment });
  return import_errors[0]?.reason ?? (dags[0]?.status === 'exact' ? dags[0].description : dags[0]?.status);
}

// What Airflow 2.11.2 gives for the same.
test.each([
  ['conf.get("core", "parallelism")', "'32'"],
  ['conf.get("core", "PARALLELISM", fallback="F")', "'32'"],
  ['conf.get("core", "nope", fallback="F")', "'F'"],
  ['conf.get("x", "y", fallback=None)', 'None'],
  ['conf.getboolean("core", "load_examples")', 'True'],
  ['conf.getboolean("operators", "nope", fallback=False)', 'False'],
  ['conf.getint("a", "b", fallback=3)', '3'],
  ['conf.getint("core", "parallelism")', '32'],
  ['conf.getfloat("core", "parallelism")', '32.0'],
  ['conf.get("core", "dags_folder")', "'/repo'"],
])('%s is %s', async (expression, value) => {
  expect(await shown(expression)).toBe(value);
});

test('an option that has the wrong form raises', async () => {
  expect(await shown('conf.getint("core", "executor")')).toContain('Failed to convert value to int. Please check "executor" key in "core" section. Current value: "SequentialExecutor".');
});

test('an option without a value, and one that hangs on the machine or is a secret, is not known', async () => {
  expect(await shown('conf.get("celery", "nope")')).toBeNull();
  expect(await shown('conf.get("logging", "base_log_folder")')).toBeNull();
  expect(await shown('conf.get("smtp", "smtp_password", fallback="")')).toBeNull();
});

describe('the environment comes before airflow.cfg, which comes before the default', () => {
  test('the environment', async () => {
    expect(await shown('conf.getint("core", "parallelism")', { AIRFLOW__CORE__PARALLELISM: '7' })).toBe('7');
  });

  test('airflow.cfg', async () => {
    const config = '# by hand\n[core]\nparallelism = 5\nexecutor: LocalExecutor\nlong = one\n   two\n[smtp]\nsmtp_password = hidden\n';
    const text = `${head}with DAG("d", schedule=None, tags=[conf.get("core", "parallelism"), conf.get("core", "executor"), conf.get("core", "long", fallback="gone")]):\n    pass\n`;
    const repository = openRepository({ path: makeRepository({ 'dags/a.py': text, 'airflow.cfg': config }), airflowVersion: '2.11.2', environment: new Map() });
    const { dags } = await buildGraph(repository, { parser: 'auto', jobs: 1 });
    expect(dags[0]).toMatchObject({ status: 'exact', tags: ['5', 'LocalExecutor', 'one\ntwo'] });
    expect(dags[0]?.assumptions.map((each) => each.text)).toContain('the option core/parallelism is as in airflow.cfg');
    expect(repository.inputs.configuration?.options.has('smtp.smtp_password')).toBe(false);
  });
});
