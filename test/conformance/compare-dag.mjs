// Compares one DAG of a graph document with the one that Airflow built.

import { differenceOf, differenceOfSets, sortedTexts } from './differences.mjs';

const taskFields = ['operator', 'group_id', 'is_mapped', 'is_setup', 'is_teardown', 'trigger_rule', 'link'];
const otherTaskFields = ['owner', 'pool', 'retries', 'depends_on_past', 'wait_for_downstream'];
const otherDagFields = ['max_active_runs', 'description'];

/** A clock without what Airflow's timetable doesn't keep: the preset's name is compared where both sides have it. */
function timeFacts(time, other) {
  if (time === undefined || time === null) return null;
  const { preset, timezone, ...rest } = time;
  return {
    ...rest,
    ...(time.kind === 'cron' ? { timezone } : {}),
    ...(preset !== undefined && other?.preset !== undefined ? { preset } : {}),
  };
}

function scheduleFacts(schedule, other) {
  if (schedule.kind !== 'assets_or_time') return timeFacts(schedule, other);
  return { ...schedule, time: timeFacts(schedule.time, other.time) };
}

function compareTask(truth, ours) {
  const prefix = `task ${truth.task_id}: `;
  return [
    ...taskFields.flatMap((field) => differenceOf(prefix + field, truth[field], ours[field])),
    ...['inlets', 'outlets'].flatMap((field) =>
      differenceOf(prefix + field, sortedTexts(truth[field]), sortedTexts(ours[field])),
    ),
  ];
}

const edgeText = (edge) => `${edge.upstream} -> ${edge.downstream}`;
const labelText = (edge) => `${edgeText(edge)}: ${edge.label}`;
const groupText = (group) =>
  `${group.group_id} in ${group.parent_group_id ?? '(top)'}${group.is_mapped ? ' mapped' : ''}`;

function pairs(truthItems, ourItems, key) {
  const ours = new Map(ourItems.map((item) => [item[key], item]));
  return truthItems.flatMap((item) => (ours.has(item[key]) ? [[item, ours.get(item[key])]] : []));
}

/** The fields that make a DAG right or wrong. */
export function compareDag(truth, ours) {
  const ids = (dag) => dag.tasks.map((task) => task.task_id);
  const labelled = (dag) => dag.edges.filter((edge) => edge.label !== null).map(labelText);
  return [
    ...differenceOf(
      'schedule',
      scheduleFacts(truth.schedule, ours.schedule),
      scheduleFacts(ours.schedule, truth.schedule),
    ),
    ...differenceOf('catchup', truth.catchup, ours.catchup),
    ...differenceOfSets('tags', truth.tags, ours.tags),
    ...differenceOfSets('tasks', ids(truth), ids(ours)),
    ...pairs(truth.tasks, ours.tasks, 'task_id').flatMap(([a, b]) => compareTask(a, b)),
    ...differenceOfSets('task groups', truth.task_groups.map(groupText), ours.task_groups.map(groupText)),
    ...differenceOfSets('edges', truth.edges.map(edgeText), ours.edges.map(edgeText)),
    ...differenceOfSets('edge labels', labelled(truth), labelled(ours)),
  ];
}

/** Fields outside the promise of `exact`. Ours may be null, which says nothing and so is not a difference. */
export function compareOtherFields(truth, ours) {
  const known = (prefix, fields, a, b) =>
    fields
      .filter((field) => b[field] !== null && b[field] !== undefined)
      .flatMap((field) => differenceOf(prefix + field, a[field], b[field]));
  return [
    ...known('', otherDagFields, truth, ours),
    ...pairs(truth.tasks, ours.tasks, 'task_id').flatMap(([a, b]) =>
      known(`task ${a.task_id}: `, otherTaskFields, a, b),
    ),
  ];
}
