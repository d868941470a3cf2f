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

const withoutManifest =
  'without ProjectConfig(manifest_path=...) Cosmos asks dbt itself; with a manifest.json of the project in the repository the tasks are known';

test('without a manifest a dbt project is one group whose tasks are not known', async () => {
  const graph = await graphOfSource({ 'a.py': source }, { airflowVersion: '2.11.2' });
  expect(graph.import_errors).toEqual([]);
  expect(graph.dags.map(({ dag_id, status, schedule, tags, task_groups }) => [dag_id, status, schedule.kind, tags, task_groups.map((group) => group.group_id)])).toEqual([
    ['beside', 'exact', 'none', [], []],
    ['part', 'partial', 'none', [], ['dbt_task_group', 'models']],
    ['whole', 'opaque', 'cron', ['dbt'], []],
  ]);
  expect(graph.dags[2]?.unknowns).toEqual([{ kind: 'external_data', reason: withoutManifest, file: 'a.py', line: 9 }]);
});

const project = `from airflow import DAG
from cosmos import DbtDag, ExecutionConfig, ExecutionMode, LoadMode, ProfileConfig, ProjectConfig, RenderConfig
from cosmos.profiles import DuckDBUserPasswordProfileMapping
profile = ProfileConfig("p", "t", profile_mapping=DuckDBUserPasswordProfileMapping("c"))
def dag(manifest="/repo/target/manifest.json", execution={}, **render):
    return DbtDag(
        dag_id="shop", schedule=None, profile_config=profile, project_config=ProjectConfig(manifest_path=manifest, project_name="shop"),
        execution_config=ExecutionConfig(dbt_project_path="/srv/shop", **execution), render_config=RenderConfig(**render),
    )
`;

const model = (name: string, parents: readonly string[], more: object = {}): [string, object] => [
  `model.shop.${name}`,
  { resource_type: 'model', package_name: 'shop', original_file_path: `models/${name}.sql`, depends_on: { nodes: parents }, tags: [], config: {}, ...more },
];

const manifest = (...models: readonly [string, object][]): string => JSON.stringify({ metadata: { project_name: 'shop' }, nodes: Object.fromEntries(models), sources: {}, exposures: {} });

async function shop(call: string, content: string | undefined, requirements = ''): Promise<{ status: string; reasons: string[]; edges: string[] }> {
  const files = { 'requirements.txt': requirements, 'a.py': `${project}shop = ${call}\n`, ...(content === undefined ? {} : { 'target/manifest.json': content }) };
  const graph = await graphOfSource(files, { airflowVersion: '2.11.2' });
  expect(graph.import_errors).toEqual([]);
  const [found] = graph.dags;
  return {
    status: found?.status ?? '',
    reasons: found?.unknowns.map((each) => each.reason) ?? [],
    edges: found?.edges.map((edge) => `${edge.upstream} -> ${edge.downstream}`) ?? [],
  };
}

const two = manifest(model('orders', []), model('report', ['model.shop.orders']));

test('a manifest in the repository gives the tasks', async () => {
  expect(await shop('dag()', two)).toEqual({ status: 'exact', reasons: [], edges: ['orders_run -> report_run'] });
});

const double = manifest(model('a', [], { original_file_path: 'models/x/shared/a.sql' }), model('b', [], { original_file_path: 'models/y/shared/b.sql' }));

test.each([
  ['a manifest that is not there', 'dag()', undefined, 'the dbt manifest target/manifest.json is not in the repository; with it (dbt parse writes it) the tasks are known'],
  ['one outside of the repository', 'dag(manifest="s3://bucket/manifest.json")', two, "the dbt manifest 's3://bucket/manifest.json' lies outside the repository; copied into it, the tasks are known"],
  ['text that is not JSON', 'dag()', '{', "target/manifest.json can't be used: target/manifest.json is not JSON"],
  ['another shape', 'dag()', manifest(model('a', [], { resource_type: 1 })), "target/manifest.json can't be used: model.shop.a is not shaped as dbt writes it"],
  ['dbt ls', 'dag(load_method=LoadMode.DBT_LS)', two, 'load_method dbt_ls asks dbt itself; with a manifest.json of the project in the repository and LoadMode.DBT_MANIFEST the tasks are known'],
  ['a converter', 'dag(node_converters={"model": print})', two, 'RenderConfig.node_converters is not modelled'],
  ['another execution mode', 'dag(execution={"execution_mode": ExecutionMode.WATCHER})', two, "Cosmos' execution mode watcher is not modelled"],
  ['what depends on the order of a set', 'dag(group_nodes_by_folder=True, select=["resource_type:model"])', double, 'which of several folders of one name becomes the group depends on the order of a set in Cosmos'],
])('%s leaves the tasks unknown', async (_title, call, content, reason) => {
  expect(await shop(call, content)).toEqual({ status: 'opaque', reasons: [reason], edges: [] });
});

test.each([
  ['astronomer-cosmos[dbt-postgres]==1.4.0', 'astronomer-cosmos[dbt-postgres]==1.4.0'],
  ['apache-airflow\nastronomer-cosmos ~= 1.10.1 # dbt', 'astronomer-cosmos~=1.10.1'],
  ['astronomer-cosmos<1.15', 'astronomer-cosmos<1.15'],
  ['astronomer-cosmos==2.0.0', 'astronomer-cosmos==2.0.0'],
])('another release (%s) may make other tasks', async (requirements, said) => {
  const reason = `requirements.txt asks for ${said}; the tasks are those that Cosmos 1.15 makes`;
  expect(await shop('dag()', two, requirements)).toEqual({ status: 'partial', reasons: [reason], edges: ['orders_run -> report_run'] });
});

test.each(['astronomer-cosmos==1.15.1', 'astronomer-cosmos~=1.4', 'astronomer-cosmos>=1.2', 'astronomer-cosmos<2.0'])('%s is the release that is modelled', async (requirements) => {
  expect((await shop('dag()', two, requirements)).status).toBe('exact');
});
