import type { Assumption, Dag, Edge, Task, TaskGroup, TaskLink } from '../model/graph.js';
import { compareText } from '../model/place.js';
import type { Place } from '../model/place.js';
import type { UnknownFact } from '../model/unknown.js';
import { readLineage } from '../evaluate/airflow/assets.js';
import { edgeKey } from '../evaluate/airflow/edges.js';
import { paramDefault } from '../evaluate/airflow/params.js';
import type { DagState, GroupState, TaskState } from '../evaluate/airflow/state.js';
import { callableOf, entriesOf } from '../evaluate/bodies/entry.js';
import { timedeltaSeconds, toIso } from '../evaluate/library/time-values.js';
import type { Runtime } from '../evaluate/runtime.js';
import { PyDict, PyList, PySet, PyTuple, Unknown } from '../evaluate/values.js';
import type { Value } from '../evaluate/values.js';
import { toArgument } from './argument-values.js';
import { redactText } from '../util/redact.js';
import { conditionField } from './conditions.js';
import { bodyFacts } from './body-facts.js';
import { besides } from './besides.js';
import { assetExpression, scheduleOf } from './schedule.js';
import { templateFilesOf } from './template-files.js';

/** A place as it stands in a document: nodes of the syntax tree are places too, and hold more. */
export function plainPlace(place: Place): { file: string; line: number } {
  return { file: place.file, line: place.line };
}

/** Turns what was built of a DAG into its document. */
export function dagDocument(rt: Runtime, dag: DagState, assumptions: readonly Assumption[]): Dag {
  const schedule = scheduleOf(rt, dag);
  const tasks = [...dag.tasks.values()].map((task) => taskDocument(rt, dag, task));
  const attribute = (name: string): Value => dag.instance.attributes.get(name) ?? null;
  const is3 = rt.airflow.major >= 3;
  const tags = tagsOf(dag, attribute('tags'));
  const catchup = booleanOf(dag, attribute('catchup'), !is3);
  const document: Dag = {
    dag_id: dag.dagId ?? `<unknown at ${dag.place.file}:${dag.place.line.toString()}>`,
    status: 'exact',
    ...conditionField([dag.conditions]),
    ...plainPlace(dag.place),
    schedule,
    catchup,
    start_date: toIso(attribute('start_date')) ?? toIso(defaultArgument(dag, 'start_date')) ?? null,
    end_date: toIso(attribute('end_date')) ?? null,
    max_active_runs: numberOf(attribute('max_active_runs')) ?? (attribute('max_active_runs') instanceof Unknown ? null : 16),
    is_paused_upon_creation: typeof attribute('is_paused_upon_creation') === 'boolean' ? attribute('is_paused_upon_creation') === true : null,
    description: textOf(attribute('description')),
    doc_md: textOf(attribute('doc_md')),
    owner: ownerOf(tasks),
    tags,
    params: paramsOf(attribute('params')),
    tasks: tasks.sort((a, b) => compareText(a.task_id, b.task_id)),
    edges: edgesOf(dag),
    task_groups: groupsOf(dag.root).sort((a, b) => compareText(a.group_id, b.group_id)),
    unknowns: [],
    assumptions: [...assumptions],
    ...alternativesOf(dag),
    ...besides(dag),
  };
  const unknowns = unknownsOf(dag);
  return { ...document, unknowns, status: statusOf(dag, document, unknowns) };
}

/** Arguments of a DAG that the document shows by themselves. */
const shown = ['dag_id', 'catchup', 'description', 'end_date', 'is_paused_upon_creation', 'max_active_runs', 'start_date', 'tags'] as const;

function alternativesOf(dag: DagState): Pick<Dag, 'alternatives'> {
  const found = shown.flatMap((name) => {
    const value = dag.keywords.get(name);
    if (!(value instanceof Unknown) || value.alternatives.length === 0) return [];
    return [[name, value.alternatives.map((each) => ({ value: toArgument(each.value, name), ...conditionField([each.conditions]) }))] as const];
  });
  return found.length === 0 ? {} : { alternatives: Object.fromEntries(found) };
}

function statusOf(dag: DagState, document: Dag, unknowns: readonly UnknownFact[]): Dag['status'] {
  if (unknowns.length === 0) return 'exact';
  return document.tasks.length === 0 || dag.dagId === undefined ? 'opaque' : 'partial';
}

/** Why a DAG isn't exact: each reason once per place. */
export function unknownsOf(dag: DagState): UnknownFact[] {
  return uniqueUnknowns(dag.unknowns, dag.place);
}

export function uniqueUnknowns(unknowns: readonly Unknown[], fallback: Place): UnknownFact[] {
  const facts = new Map<string, UnknownFact>();
  for (const { reason } of unknowns) {
    const place = reason.place.file === '' || reason.place.file.startsWith('<') ? fallback : reason.place;
    const fact = { kind: reason.kind, reason: redactText(reason.text), ...plainPlace(place) };
    facts.set(`${fact.file}\n${fact.line.toString()}\n${fact.kind}\n${fact.reason}`, fact);
  }
  return [...facts].sort(([a], [b]) => compareText(a, b)).map(([, fact]) => fact);
}

function defaultArgument(dag: DagState, name: string): Value {
  const defaults = dag.keywords.get('default_args');
  return defaults instanceof PyDict ? (defaults.entries.get(name)?.value ?? null) : null;
}

function textOf(value: Value): string | null {
  return typeof value === 'string' ? redactText(value) : null;
}

function numberOf(value: Value): number | null {
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : null;
}

function booleanOf(dag: DagState, value: Value, byDefault: boolean): boolean | null {
  if (value instanceof Unknown) {
    dag.spoil(value);
    return null;
  }
  return value === null ? byDefault : value === true;
}

function tagsOf(dag: DagState, value: Value): string[] {
  if (value === null) return [];
  const items = value instanceof PyList || value instanceof PyTuple ? value.items : value instanceof PySet ? [...value.entries.values()] : [value];
  const hidden = items.find((each) => each instanceof Unknown) ?? (value instanceof PyList || value instanceof PySet ? value.taint : undefined);
  if (hidden instanceof Unknown) dag.spoil(hidden);
  return [...new Set(items.filter((each) => typeof each === 'string'))].sort(compareText);
}

function ownerOf(tasks: readonly Task[]): string | null {
  const owners = [...new Set(tasks.map((task) => task.owner).filter((owner) => owner !== null))].sort(compareText);
  return owners.length === 0 ? null : owners.join(', ');
}

function paramsOf(value: Value): Dag['params'] {
  if (!(value instanceof PyDict)) return {};
  const entries = [...value.entries.values()].flatMap(({ key, value: item }) => {
    const given = paramDefault(item);
    return typeof key === 'string' && given !== undefined ? [[key, toArgument(given, key)] as const] : typeof key === 'string' ? [[key, { $object: 'no default' }] as const] : [];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)));
}

function edgesOf(dag: DagState): Edge[] {
  const edges: Edge[] = [];
  for (const task of dag.tasks.values()) {
    for (const other of task.downstream) {
      const key = edgeKey(task.taskId, other.taskId);
      const place = dag.edgePlaces.get(key) ?? task.place;
      edges.push({ upstream: task.taskId, downstream: other.taskId, label: dag.labels.get(key) ?? null, ...conditionField(dag.edgeWays.get(key) ?? []), ...plainPlace(place) });
    }
  }
  return edges.sort((a, b) => compareText(a.upstream, b.upstream) || compareText(a.downstream, b.downstream));
}

function groupsOf(group: GroupState): TaskGroup[] {
  const groups: TaskGroup[] = [];
  for (const child of group.children.values()) {
    if (child.kind !== 'group') continue;
    groups.push({
      group_id: child.groupId ?? '',
      parent_group_id: group.groupId ?? null,
      is_mapped: child.isMapped,
      tooltip: redactText(child.tooltip),
      ...conditionField(child.ways),
      ...plainPlace(child.place),
    });
    groups.push(...groupsOf(child));
  }
  return groups;
}

function taskDocument(rt: Runtime, dag: DagState, task: TaskState): Task {
  const { attributes } = task.instance;
  const attribute = (name: string): Value => attributes.get(name) ?? null;
  const inlets = readLineage(attribute('inlets'));
  const outlets = readLineage(attribute('outlets'));
  for (const hidden of [inlets.hidden, outlets.hidden]) if (hidden !== undefined) dag.spoil(hidden);
  const callable = callableOf(task);
  return {
    task_id: task.taskId,
    operator: task.operator,
    operator_path: task.operatorPath,
    operator_bases: [...task.operatorBases],
    group_id: task.group?.groupId ?? null,
    is_mapped: task.isMapped,
    is_setup: task.isSetup,
    is_teardown: task.isTeardown,
    trigger_rule: triggerRule(rt, task, attribute('trigger_rule')),
    owner: ownText(attribute('owner'), 'airflow'),
    pool: ownText(attribute('pool'), 'default_pool'),
    retries: attribute('retries') instanceof Unknown ? null : (numberOf(attribute('retries')) ?? 0),
    depends_on_past: attribute('depends_on_past') === true,
    wait_for_downstream: attribute('wait_for_downstream') === true,
    inlets: lineageOf(attribute('inlets')),
    outlets: lineageOf(attribute('outlets')),
    template_fields: task.templateFields === undefined ? null : [...task.templateFields],
    arguments: argumentsOf(task),
    template_files: templateFilesOf(rt, dag, task),
    callable: callable === undefined ? null : { name: callable.name, ...plainPlace(callable.place) },
    body: bodyFacts(entriesOf(task)),
    link: linkOf(dag, task, attribute),
    is_opaque: task.isOpaque,
    ...conditionField(task.ways),
    ...plainPlace(task.place),
  };
}

function ownText(value: Value, byDefault: string): string | null {
  if (value === null) return byDefault;
  return typeof value === 'string' ? value : null;
}

function triggerRule(rt: Runtime, task: TaskState, value: Value): string {
  if (value === null) return 'all_success';
  const text = value instanceof Unknown ? value : rt.str(value, task.place);
  if (typeof text === 'string') return text;
  task.dag?.spoil(text);
  return 'unknown';
}

function lineageOf(value: Value): Task['inlets'] {
  const items = value instanceof PyList || value instanceof PyTuple ? value.items : value instanceof PySet ? [...value.entries.values()] : value === null ? [] : [value];
  return items.map((each) => assetExpression(each)).filter((each) => !('unknown' in each) || items.some((item) => item instanceof Unknown));
}

/** Arguments that are structure and stand elsewhere in the document. */
const structural: ReadonlySet<string> = new Set(['dag', 'task_group', 'default_args', 'inlets', 'outlets', 'python_callable', 'task_id']);

function argumentsOf(task: TaskState): Task['arguments'] {
  const all = new Map<string, Value>();
  for (const name of task.keywords.keys()) all.set(name, task.instance.attributes.get(name) ?? task.keywords.get(name) ?? null);
  for (const [name, value] of task.expanded) all.set(name === '' ? 'expand_kwargs' : name, value);
  const entries = [...all].filter(([name]) => !structural.has(name)).map(([name, value]) => [name, toArgument(value, name)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)));
}

function linkOf(dag: DagState, task: TaskState, attribute: (name: string) => Value): TaskLink | null {
  const names = [task.operator, ...task.operatorBases];
  const id = (name: string): string | null => {
    const value = attribute(name);
    if (value instanceof Unknown) dag.spoil(value);
    return typeof value === 'string' ? value : null;
  };
  if (names.includes('ExternalTaskMarker')) {
    return { kind: 'marker', external_dag_id: id('external_dag_id'), external_task_id: id('external_task_id') };
  }
  if (names.includes('TriggerDagRunOperator')) {
    return {
      kind: 'trigger',
      trigger_dag_id: id('trigger_dag_id'),
      wait_for_completion: attribute('wait_for_completion') === true,
      has_conf: attribute('conf') !== null || task.expanded.has('conf'),
    };
  }
  if (!names.includes('ExternalTaskSensor')) return null;
  const delta = attribute('execution_delta');
  const single = id('external_task_id');
  return {
    kind: 'sensor',
    external_dag_id: id('external_dag_id'),
    external_task_ids: single !== null ? [single] : textsOf(dag, attribute('external_task_ids')),
    external_task_group_id: id('external_task_group_id'),
    execution_delta: timedeltaSeconds(delta) ?? null,
    has_execution_date_fn: attribute('execution_date_fn') !== null,
  };
}

function textsOf(dag: DagState, value: Value): string[] {
  if (value instanceof Unknown) dag.spoil(value);
  const items = value instanceof PyList || value instanceof PyTuple ? value.items : value instanceof PySet ? [...value.entries.values()] : [];
  return items.filter((each) => typeof each === 'string').sort(compareText);
}
