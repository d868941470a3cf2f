import { expect, test } from 'vitest';
import { graphOfSource } from '../../support/graph.js';

const source = `from datetime import datetime
from airflow import DAG
from airflow.operators.empty import EmptyOperator
from cosmos import DbtDag, DbtTaskGroup, ProjectConfig, ProfileConfig, RenderConfig
from cosmos.airflow.dag import DbtDag as Other
from cosmos.profiles import PostgresUserPasswordProfileMapping

profile = ProfileConfig(profile_name="p", target_name="t", profile_mapping=PostgresUserPasswordProfileMapping(conn_id="c"))
whole = DbtDag(project_config=ProjectConfig("/dbt"), profile_config=profile, dag_id="whole", schedule="@daily", start_date=datetime(2024, 1, 1), tags=["dbt"])
assert Other is DbtDag
with DAG("part", schedule=None):
    before = EmptyOperator(task_id="before")
    models = DbtTaskGroup(group_id="models", project_config=ProjectConfig("/dbt"), profile_config=profile, render_config=RenderConfig(select=["a"]))
    unnamed = DbtTaskGroup(project_config=ProjectConfig("/dbt"), profile_config=profile)
    before >> models
with DAG("beside", schedule=None):
    EmptyOperator(task_id="alone")
`;

test('what Cosmos makes of a dbt project is one group whose tasks are not known', async () => {
  const graph = await graphOfSource({ 'a.py': source }, { airflowVersion: '2.11.2' });
  expect(graph.import_errors).toEqual([]);
  expect(graph.dags.map(({ dag_id, status, schedule, tags, task_groups }) => [dag_id, status, schedule.kind, tags, task_groups.map((group) => group.group_id)])).toEqual([
    ['beside', 'exact', 'none', [], []],
    ['part', 'partial', 'none', [], ['dbt_task_group', 'models']],
    ['whole', 'opaque', 'cron', ['dbt'], []],
  ]);
  expect(graph.dags[2]?.unknowns).toEqual([
    { kind: 'external_data', reason: 'the tasks of DbtDag are those of a dbt project, which is not read', file: 'a.py', line: 9 },
  ]);
});
