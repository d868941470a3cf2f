import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ComparedDag, ComparedDocument, TruthDocument } from './compare.mjs';
import { compareDocuments, countSilentlyWrong } from './compare.mjs';

const folder = new URL('../../fixtures/graph/expected/', import.meta.url);
const goldens = readdirSync(folder).sort();

function readTruth(name: string): TruthDocument {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as TruthDocument;
}

/** The document of an analyser that is never wrong. */
function perfect(truth: TruthDocument): ComparedDocument {
  const dags = truth.dags.map((dag): ComparedDag => ({ ...dag, status: 'exact', unknowns: [] }));
  const files = truth.dags.map((dag) => ({ file: dag.file, dag_ids: [dag.dag_id] }));
  return structuredClone({ ...truth, dags, files, unknowns: [] });
}

const truth = readTruth('common-3.2.2.json');

function dagOf(document: ComparedDocument, id: string): ComparedDag {
  const dag = document.dags.find((candidate) => candidate.dag_id === id);
  if (dag === undefined) throw new Error(`no DAG ${id}`);
  return dag;
}

function first<Item>(items: Item[]): Item {
  const [item] = items;
  if (item === undefined) throw new Error('the list is empty');
  return item;
}

const taskOf = (dag: ComparedDag, id: string) => first(dag.tasks.filter((task) => task.task_id === id));

/** One field of a right document made wrong, and the name under which the comparison must report it. */
const seeds: { dag: string; field: string; seed: (dag: ComparedDag) => void }[] = [
  { dag: 'mapped_tasks', field: 'catchup', seed: (dag) => void (dag.catchup = true) },
  { dag: 'taskflow_suffixes', field: 'tags', seed: (dag) => void dag.tags.pop() },
  { dag: 'mapped_tasks', field: 'tasks', seed: (dag) => void dag.tasks.pop() },
  { dag: 'mapped_tasks', field: 'edges', seed: (dag) => void dag.edges.pop() },
  {
    dag: 'mapped_tasks',
    field: 'edges',
    seed: (dag) => void dag.edges.push({ upstream: 'done', downstream: 'list_stores', label: null }),
  },
  { dag: 'label_edges', field: 'edge labels', seed: (dag) => void (first(dag.edges).label = 'else') },
  { dag: 'group_prefixes', field: 'task groups', seed: (dag) => void dag.task_groups.pop() },
  {
    dag: 'group_prefixes',
    field: 'task groups',
    seed: (dag) => void (first(dag.task_groups).parent_group_id = null),
  },
  { dag: 'mapped_group', field: 'task groups', seed: (dag) => void (first(dag.task_groups).is_mapped = false) },
  {
    dag: 'mapped_tasks',
    field: 'schedule',
    seed: (dag) =>
      void (dag.schedule = { kind: 'cron', expression: '1 3 * * *', timezone: 'UTC', timetable: 'CronTriggerTimetable' }),
  },
  {
    dag: 'schedule_zone',
    field: 'schedule',
    seed: (dag) =>
      void (dag.schedule = { kind: 'cron', expression: '0 4 * * *', timezone: 'UTC', timetable: 'CronTriggerTimetable' }),
  },
  {
    dag: 'schedule_daily',
    field: 'schedule',
    seed: (dag) => void Object.assign(dag.schedule, { preset: '@midnight' }),
  },
  { dag: 'schedule_delta', field: 'schedule', seed: (dag) => void Object.assign(dag.schedule, { seconds: 1 }) },
  {
    dag: 'schedule_delta',
    field: 'schedule',
    seed: (dag) => void Object.assign(dag.schedule, { timetable: 'DeltaDataIntervalTimetable' }),
  },
  {
    dag: 'mapped_tasks',
    field: 'task done: operator',
    seed: (dag) => void (taskOf(dag, 'done').operator = 'BashOperator'),
  },
  {
    dag: 'group_prefixes',
    field: 'task notify: group_id',
    seed: (dag) => void (taskOf(dag, 'notify').group_id = null),
  },
  { dag: 'mapped_tasks', field: 'task sales: is_mapped', seed: (dag) => void (taskOf(dag, 'sales').is_mapped = false) },
  {
    dag: 'setup_teardown',
    field: 'task create_cluster: is_setup',
    seed: (dag) => void (taskOf(dag, 'create_cluster').is_setup = false),
  },
  {
    dag: 'setup_teardown',
    field: 'task delete_cluster: is_teardown',
    seed: (dag) => void (taskOf(dag, 'delete_cluster').is_teardown = false),
  },
  {
    dag: 'mapped_tasks',
    field: 'task export: trigger_rule',
    seed: (dag) => void (taskOf(dag, 'export').trigger_rule = 'all_success'),
  },
  {
    dag: 'link_downstream',
    field: 'task wait_whole: link',
    seed: (dag) => void Object.assign(taskOf(dag, 'wait_whole').link ?? {}, { execution_delta: null }),
  },
  {
    dag: 'link_target',
    field: 'task mapped_trigger: link',
    seed: (dag) => void Object.assign(taskOf(dag, 'mapped_trigger').link ?? {}, { trigger_dag_id: 'other' }),
  },
  {
    dag: 'mapped_tasks',
    field: 'task done: inlets',
    seed: (dag) => void taskOf(dag, 'done').inlets.push({ alias: 'a' }),
  },
  {
    dag: 'mapped_tasks',
    field: 'task done: outlets',
    seed: (dag) => void taskOf(dag, 'done').outlets.push({ asset: { name: 'a', uri: 'b' } }),
  },
];

describe('the comparison with Airflow', () => {
  it.each(goldens)('finds nothing wrong with the truth itself: %s', (name) => {
    const expected = readTruth(name);
    const comparison = compareDocuments(expected, perfect(expected));
    expect(countSilentlyWrong(comparison)).toBe(0);
    expect(comparison.right).toBe(expected.dags.length);
    expect([...comparison.missed, ...comparison.missedImportErrors, ...comparison.other]).toEqual([]);
  });

  it.each(seeds)('reports a wrong $field of $dag', ({ dag, field, seed }) => {
    const document = perfect(truth);
    seed(dagOf(document, dag));
    const { wrong } = compareDocuments(truth, document);
    expect(wrong.map((item) => item.dag_id)).toEqual([dag]);
    expect(wrong[0]?.differences.map((difference) => difference.field)).toContain(field);
  });

  it('tells all from any in the assets of a schedule, and one URI from another', () => {
    const assets = readTruth('airflow3-3.2.2.json');
    const document = perfect(assets);
    dagOf(document, 'asset_consumer_or').schedule = dagOf(document, 'asset_consumer_and').schedule;
    const bare = { asset: { name: 'orders', uri: 's3://lake/orders' } };
    dagOf(document, 'asset_consumer_bare').schedule = { kind: 'assets', assets: bare, timetable: 'AssetTriggeredTimetable' };
    Object.assign(dagOf(document, 'asset_consumer_or_time').schedule, { time: { kind: 'delta', seconds: 1, timetable: 'x' } });
    const { wrong } = compareDocuments(assets, document);
    expect(wrong.map((dag) => [dag.dag_id, ...dag.differences.map((difference) => difference.field)])).toEqual([
      ['asset_consumer_bare', 'schedule'],
      ['asset_consumer_or', 'schedule'],
      ['asset_consumer_or_time', 'schedule'],
    ]);
  });

  it('leaves alone what is not called exact', () => {
    const document = perfect(truth);
    const dag = dagOf(document, 'mapped_tasks');
    dag.status = 'partial';
    dag.unknowns = [{ kind: 'loop', reason: 'runs over a query', file: dag.file }];
    dag.tasks = [];
    const comparison = compareDocuments(truth, document);
    expect(countSilentlyWrong(comparison)).toBe(0);
    expect(comparison.reasons).toEqual([{ reason: 'loop: runs over a query', count: 1 }]);
  });

  it('reports a DAG that another file brings in', () => {
    const document = perfect(truth);
    document.files = document.files.map((file) => (file.dag_ids.includes('main_guard') ? { ...file, file: 'x.py' } : file));
    const { wrong } = compareDocuments(truth, document);
    expect(wrong.map((dag) => [dag.dag_id, dag.differences[0]?.field])).toEqual([['main_guard', 'file']]);
  });

  it('reports a wrong link between DAGs', () => {
    const document = perfect(truth);
    document.dag_dependencies = document.dag_dependencies.filter((link) => link.dependency_id !== 'wait_whole');
    const { wrong } = compareDocuments(truth, document);
    expect(wrong.map((item) => item.dag_id)).toEqual(['link_downstream']);
  });

  it('reports a DAG that Airflow does not have', () => {
    const document = perfect(truth);
    document.dags.push({ ...dagOf(document, 'main_guard'), dag_id: 'made_up' });
    expect(compareDocuments(truth, document).invented).toEqual(['made_up']);
  });

  it('tells a missed DAG that is explained from one that is silently missed', () => {
    const document = perfect(truth);
    document.dags = document.dags.filter((dag) => dag.dag_id !== 'main_guard');
    expect(compareDocuments(truth, document).missedSilently).toEqual(['main_guard']);
    document.unknowns.push({ file: 'main_guard.py' });
    expect(compareDocuments(truth, document)).toMatchObject({ missedSilently: [], missed: ['main_guard'] });
  });

  it('reports import errors that we claim, miss or name wrongly', () => {
    const document = perfect(truth);
    document.import_errors = document.import_errors.filter((error) => error.file !== 'broken/bad_cron.py');
    document.import_errors.push({ file: 'chain_forms.py', kind: 'exception' });
    const cycle = document.import_errors.find((error) => error.kind === 'cycle');
    Object.assign(cycle ?? {}, { kind: 'exception' });
    const comparison = compareDocuments(truth, document);
    expect(comparison.missedImportErrors).toEqual(['broken/bad_cron.py']);
    expect(comparison.wrongImportErrors.map((difference) => difference.field)).toEqual([
      'import error of cycle.py',
      'import error of chain_forms.py',
    ]);
  });

  it('lists other fields apart from the ones that make a DAG wrong', () => {
    const document = perfect(truth);
    taskOf(dagOf(document, 'mapped_tasks'), 'vacuum').pool = 'else';
    const comparison = compareDocuments(truth, document);
    expect(countSilentlyWrong(comparison)).toBe(0);
    expect(comparison.other).toEqual([
      { dag_id: 'mapped_tasks', differences: [{ field: 'task vacuum: pool', truth: 'maintenance', ours: 'else' }] },
    ]);
  });
});
