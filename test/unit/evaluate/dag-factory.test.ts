import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

const text = (name: string): string => readFileSync(new URL(`../../../fixtures/graph/dag-factory/${name}`, import.meta.url), 'utf8');

test('DagFactory of before 1.0 knows the keys of its time', async () => {
  const graph = await graphOfSource(
    {
      'a.py': `"""airflow dag"""
from pathlib import Path
from dagfactory import DagFactory
factory = DagFactory(str(Path(__file__).parent / "a.yml"))
factory.clean_dags(globals())
factory.generate_dags(globals())
`,
      'a.yml': `default:
  default_args: {start_date: 2024-01-01, retry_delay_sec: 300, owner: o}
  schedule_interval: "0 3 * * *"
a:
  dagrun_timeout_sec: 600
  tasks:
    x: {operator: airflow.operators.empty.EmptyOperator, execution_timeout_secs: 5}
    y: {operator: airflow.providers.standard.operators.python.PythonOperator, python_callable_name: f, python_callable_file: /repo/f.py, dependencies: [x]}
b:
  schedule_interval: null
  tasks:
    x: {operator: airflow.operators.empty.EmptyOperator}
c:
  timetable: {callable: airflow.timetables.trigger.CronTriggerTimetable, params: {cron: "0 1 * * *", timezone: UTC}}
  tasks:
    x: {operator: airflow.operators.empty.EmptyOperator}
`,
      'f.py': 'def f():\n    pass\n',
    },
    { airflowVersion: '2.11.2' },
  );
  expect(graph.import_errors).toEqual([]);
  expect(graph.dags.map(({ dag_id, status, schedule, tags, edges }) => [dag_id, status, schedule.kind, tags, edges.length])).toEqual([
    ['a', 'exact', 'cron', ['dagfactory'], 1],
    ['b', 'exact', 'none', ['dagfactory'], 0],
    ['c', 'exact', 'cron', ['dagfactory'], 0],
  ]);
  expect(graph.dags[0]?.tasks[1]?.callable).toEqual({ name: 'f', file: 'f.py', line: 1 });
});

test('a configuration outside of the repository hides its DAGs', async () => {
  const source = '"""airflow dag"""\nfrom dagfactory import load_yaml_dags\nload_yaml_dags(globals(), config_filepath="/etc/dags.yml")\n';
  const graph = await graphOfSource({ 'a.py': source });
  expect(graph.dags).toEqual([]);
  expect(graph.unknowns).toMatchObject([{ kind: 'external_data', file: 'a.py', line: 3 }]);
});

test('a file that dag-factory passes over is said', async () => {
  const graph = await graphOfSource({ 'by_folder.py': text('by_folder.py'), 'team/bad.dag.yaml': text('team/bad.dag.yaml'), 'team/good.dag.yaml': text('team/good.dag.yaml'), 'include/__init__.py': '', 'include/callables.py': text('include/callables.py') });
  expect(graph.dags.map(({ dag_id, status }) => [dag_id, status])).toEqual([['team_good', 'exact']]);
  expect(graph.dags[0]?.assumptions.map((each) => each.text).join('\n')).toContain('team/bad.dag.yaml gives no DAG');
});
