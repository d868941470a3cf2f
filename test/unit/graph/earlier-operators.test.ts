import { describe, expect, test } from 'vitest';
import type { ProviderReleases } from '../../../src/model/repository.js';
import { graphOfSource } from '../../support/graph.js';

const head = `
import datetime
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.providers.amazon.aws.operators.batch import BatchOperator
with DAG("nightly", schedule=None, start_date=datetime.datetime(2024, 1, 1)):
    first = BashOperator(task_id="first", bash_command="true")
`;

function pinned(provider: string, specifier: string): ProviderReleases {
  return { pins: new Map([[provider, [{ specifier, file: 'requirements.txt', line: 3 }]]]) };
}

const graphOf = (body: string, providers?: ProviderReleases, before = '') =>
  graphOfSource({ 'nightly.py': `${before}${head}${body}` }, { airflowVersion: '2.11.2', ...(providers && { providers }) });

describe('an argument that an operator has lost', () => {
  const batch = (extra: string, providers?: ProviderReleases) => graphOf(`    BatchOperator(task_id="b", job_name="j", job_definition="d", job_queue="q", ${extra})\n`, providers);

  test('makes a DAG partial where nothing is pinned, another one breaks the file', async () => {
    const { dags, import_errors } = await batch('overrides={}');
    expect(import_errors).toEqual([]);
    expect(dags[0]).toMatchObject({ status: 'partial', unknowns: [{ kind: 'version' }] });
    expect((await batch('overides={}')).import_errors[0]?.reason).toContain('overides');
  });

  test('is taken or refused by the release that is pinned', async () => {
    const [dag] = (await batch('overrides={}', pinned('amazon', '==7.4.1'))).dags;
    expect(dag).toMatchObject({ status: 'exact', assumptions: [{ kind: 'package' }] });
    expect((await batch('overrides={}', pinned('amazon', '==9.39.0'))).import_errors[0]?.reason).toContain('overrides');
  });
});

test('an argument that is required by now makes a DAG partial, another one breaks the file', async () => {
  const jobs = 'from airflow.providers.google.cloud.operators.dataprep import DataprepGetJobsForJobGroupOperator\n';
  const call = '    DataprepGetJobsForJobGroupOperator(task_id="d", job_id=1)\n';
  const open = await graphOf(call, undefined, jobs);
  expect(open.import_errors).toEqual([]);
  expect(open.dags[0]).toMatchObject({ status: 'partial', unknowns: [{ kind: 'version' }] });
  expect((await graphOf(call, pinned('google', '==7.0.0'), jobs)).dags[0]?.status).toBe('exact');
  expect((await graphOf('    BatchOperator(task_id="b", job_definition="d", job_queue="q")\n')).import_errors[0]?.reason).toContain('job_name');
});

describe('an operator that is gone', () => {
  const model = (argument: string, providers?: ProviderReleases) =>
    graphOf(`    AutoMLDeleteModelOperator(task_id="m", location="us", ${argument}=first.output)\n`, providers, 'from airflow.providers.google.cloud.operators.automl import AutoMLDeleteModelOperator\n');

  test('takes and templates what its last release did', async () => {
    const old = pinned('google', '==10.0.0');
    expect((await model('model_id', old)).dags[0]).toMatchObject({ status: 'exact', edges: [{ upstream: 'first', downstream: 'm' }] });
    expect((await model('model_id="x", metadata', old)).dags[0]).toMatchObject({ status: 'exact', edges: [] });
    expect((await model('modelid', old)).import_errors[0]?.reason).toContain('modelid');
  });

  test('leaves open whether Airflow takes the file where nothing is pinned', async () => {
    expect((await model('model_id')).dags[0]).toMatchObject({ status: 'partial', unknowns: [{ kind: 'version', line: 1 }] });
  });
});

describe('SimpleHttpOperator, which went with 5.0.0 of its provider,', () => {
  const imported = 'from airflow.providers.http.operators.http import SimpleHttpOperator\n';
  const statusOf = async (providers: ProviderReleases | undefined, before = imported) => {
    const { dags, import_errors } = await graphOf('    SimpleHttpOperator(task_id="h", endpoint="x")\n', providers, before);
    return import_errors[0]?.reason ?? dags[0]?.status;
  };
  const refused = "ImportError: cannot import name 'SimpleHttpOperator' from 'airflow.providers.http.operators.http'";

  test.each([
    ['==4.13.1', 'exact'],
    ['==5.0.0', refused],
    ['>=4,<5', 'exact'],
    ['<5', 'exact'],
    ['<=5.0.0', 'partial'],
    ['<5.1', 'partial'],
    ['~=4.1', 'exact'],
    ['^4.1', 'exact'],
    ['~4.1', 'exact'],
    ['==4.*', 'exact'],
    ['>=4', 'partial'],
    ['>=5.1', refused],
    ['~=5.0', refused],
    ['!=4.1', 'partial'],
  ])('with %s: %s', async (specifier, expected) => {
    expect(await statusOf(pinned('http', specifier))).toBe(expected);
  });

  test.each([
    ['constraints', '2.9.3', 'exact'],
    ['constraints', '2.11.2', refused],
    ['image', '2.9.3', 'exact'],
    ['image', '9.9.9', 'partial'],
  ] as const)('by the %s of Airflow %s: %s', async (kind, airflow, expected) => {
    expect(await statusOf({ pins: new Map(), release: { kind, airflow, file: 'Dockerfile', line: 1 } })).toBe(expected);
  });

  test('is looked for in the other way only where it is surely gone', async () => {
    const either = 'try:\n    from airflow.providers.http.operators.http import SimpleHttpOperator\nexcept ImportError:\n    from airflow.providers.http.operators.http import HttpOperator as SimpleHttpOperator\n';
    const operatorOf = async (specifier: string) => (await graphOf('    SimpleHttpOperator(task_id="h", endpoint="x")\n', pinned('http', specifier), either)).dags[0]?.tasks.map((task) => task.operator);
    expect(await operatorOf('==4.13.1')).toEqual(['BashOperator', 'SimpleHttpOperator']);
    expect(await operatorOf('==5.2.0')).toEqual(['BashOperator', 'HttpOperator']);
    expect(await statusOf(undefined, either)).not.toBe('exact');
  });

  test('is also meant by the import path of Airflow 1.10', async () => {
    const old = 'from airflow.operators.http_operator import SimpleHttpOperator\n';
    expect(await statusOf(pinned('http', '==4.13.1'), old)).toBe('exact');
    expect(await statusOf(pinned('http', '==5.2.0'), old)).toContain('ImportError');
    expect(await statusOf(undefined, old)).toBe('partial');
  });
});

describe('a name that no inspected release has', () => {
  const odd = 'from airflow.providers.http.operators.http import OddOperator\n';
  const body = '    OddOperator(task_id="odd")\n';

  test('leaves open whether Airflow takes the file', async () => {
    expect((await graphOf(body, undefined, odd)).dags[0]).toMatchObject({ status: 'partial', unknowns: [{ kind: 'version', line: 1 }] });
  });

  test('is refused where the inspected release itself is pinned', async () => {
    expect((await graphOf(body, pinned('http', '==6.3.0'), odd)).import_errors[0]?.reason).toContain("cannot import name 'OddOperator'");
  });
});
