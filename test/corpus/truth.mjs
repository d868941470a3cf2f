// Reads what real Airflow made of a repository: the dump of test/conformance/dump.py, or a dump that may hold stand-ins
// (an object of DAGs by id, of tasks by id) for modules that can't be installed. The second is brought into the shape of
// the first.

import { readFileSync } from 'node:fs';
import { linkOf, scheduleOf, assetOf } from './facts.mjs';

const errorKinds = [
  ['duplicate_dag_id', /AirflowDagDuplicatedIdException/],
  ['cycle', /AirflowDagCycleException|Cycle detected/],
  ['encoding', /UnicodeDecodeError|unicode error|null bytes|'utf-8' codec/],
  ['syntax', /(?:Syntax|Indentation|Tab)Error/],
];

function importErrorOf([file, text]) {
  const kind = errorKinds.find(([, pattern]) => pattern.test(text))?.[0] ?? 'exception';
  return { file, kind, exception: null, text };
}

/** What `@asset` ties to the task it makes is not in the dump: neither right nor wrong. */
const assetsOf = (task, key, ours) =>
  task[key] === undefined && task.class === '_AssetMainOperator' ? (ours?.[key] ?? []) : (task[key] ?? []).map(assetOf);

function taskOf([id, task], ours) {
  return {
    task_id: id,
    operator: task.class,
    group_id: task.group,
    is_mapped: task.mapped,
    is_setup: task.is_setup ?? false,
    is_teardown: task.is_teardown ?? false,
    trigger_rule: task.rule,
    pool: task.pool ?? 'default_pool',
    retries: task.retries ?? 0,
    depends_on_past: task.depends_on_past ?? false,
    wait_for_downstream: task.wait_for_downstream ?? false,
    inlets: assetsOf(task, 'inlets', ours),
    outlets: assetsOf(task, 'outlets', ours),
    link: linkOf(task, ours?.link ?? null),
    owner: ours?.owner ?? null,
  };
}

/** The edges that Airflow built, and those of ours into a stand-in: it has no templated arguments that could make any. */
function edgesOf(dag, ours) {
  const labels = new Map((ours?.edges ?? []).map((edge) => [`${edge.upstream} -> ${edge.downstream}`, edge.label]));
  const built = new Set(dag.edges.map(([upstream, downstream]) => `${upstream} -> ${downstream}`));
  const lost = (ours?.edges ?? []).filter(
    ({ upstream, downstream }) => dag.tasks[downstream]?.stub === true && !built.has(`${upstream} -> ${downstream}`),
  );
  return [
    ...dag.edges.map(([upstream, downstream]) => ({
      upstream,
      downstream,
      label: labels.get(`${upstream} -> ${downstream}`) ?? null,
    })),
    ...lost,
  ];
}

function dagOf([id, dag], ours) {
  const ourTasks = new Map((ours?.tasks ?? []).map((task) => [task.task_id, task]));
  return {
    dag_id: id,
    file: dag.file,
    schedule: scheduleOf(dag.schedule, ours?.schedule),
    catchup: dag.catchup,
    max_active_runs: dag.max_active_runs,
    description: ours?.description ?? null,
    tags: dag.tags,
    tasks: Object.entries(dag.tasks).map((entry) => taskOf(entry, ourTasks.get(entry[0]))),
    edges: edgesOf(dag, ours),
    task_groups: Object.entries(dag.groups).map(([group, { parent, mapped }]) => ({
      group_id: group,
      parent_group_id: parent,
      is_mapped: mapped,
    })),
  };
}

/**
 * The truth about a repository. What a dump with stand-ins doesn't keep (labels, owners, whether a trigger has a conf)
 * is taken from our own document, so that it is neither right nor wrong.
 */
export function readTruth(file, document) {
  const dump = JSON.parse(readFileSync(file, 'utf8'));
  if (Array.isArray(dump.dags)) return dump;
  const ours = new Map(document.dags.map((dag) => [dag.dag_id, dag]));
  return {
    airflow_version: dump.airflow,
    dags: Object.entries(dump.dags).map((entry) => dagOf(entry, ours.get(entry[0]))),
    dag_dependencies: null,
    import_errors: Object.entries(dump.import_errors).map(importErrorOf),
  };
}
