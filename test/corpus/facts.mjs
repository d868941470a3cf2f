// Schedules, assets and links of a dump with stand-ins, in the shape of test/conformance/dump.py.

const simple = { NullTimetable: 'none', OnceTimetable: 'once', ContinuousTimetable: 'continuous' };

/** An asset expression. */
export function assetOf(value) {
  const members = (key) => ({ [key]: value[key].map(assetOf) });
  if (value.all !== undefined) return members('all');
  if (value.any !== undefined) return members('any');
  if (value.asset === undefined) return value;
  const asset = { asset: { name: value.name ?? value.asset, uri: value.asset } };
  return value.watchers === undefined ? asset : { ...asset, watchers: value.watchers };
}

/** What the presets stand for: 3.x keeps them as they were written, and a dump says them so. */
const presets = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@quarterly': '0 0 1 */3 *',
  '@yearly': '0 0 1 1 *',
};

/** An expression of which the dump only tells the class is neither right nor wrong. */
const expressionOf = (value, ours) => (value?.other === undefined ? assetOf(value) : (ours ?? value));

/** A schedule; `ours` tells what the dump leaves out. */
export function scheduleOf(schedule, ours) {
  const { timetable, cron, timezone, delta, assets } = schedule;
  if (simple[timetable] !== undefined) return { kind: simple[timetable], timetable };
  if (timetable.endsWith('OrTimeSchedule')) {
    return { kind: 'assets_or_time', assets: expressionOf(assets, ours?.assets), time: ours?.time ?? null, timetable };
  }
  if (assets !== undefined) return { kind: 'assets', assets: expressionOf(assets, ours?.assets), timetable };
  if (cron !== undefined && ours?.kind !== 'timetable') {
    return { kind: 'cron', expression: presets[cron] ?? cron, timezone, timetable };
  }
  if (typeof delta === 'number') return { kind: 'delta', seconds: delta, timetable };
  return { kind: 'timetable', timetable };
}

const known = (value, otherwise) => (value === undefined || typeof value === 'object' ? otherwise : value);

const sensor = (link, ours) => ({
  kind: 'sensor',
  external_dag_id: known(link.external_dag_id, ours?.external_dag_id ?? null),
  external_task_ids: link.external_task_ids ?? (link.external_task_id === undefined ? [] : [link.external_task_id]),
  external_task_group_id: link.external_task_group_id ?? null,
  execution_delta: link.execution_delta?.seconds ?? null,
  has_execution_date_fn: ours?.has_execution_date_fn ?? false,
});

const marker = (link) => ({
  kind: 'marker',
  external_dag_id: link.external_dag_id ?? null,
  external_task_id: link.external_task_id ?? null,
});

const trigger = (link, ours) => ({
  kind: 'trigger',
  trigger_dag_id: known(link.trigger_dag_id, ours?.trigger_dag_id ?? null),
  wait_for_completion: link.wait_for_completion ?? ours?.wait_for_completion ?? false,
  has_conf: ours?.has_conf ?? false,
});

const makers = { sensor, marker, trigger };

/** What ties a task to another DAG. A stand-in keeps no arguments, so it says nothing. */
export function linkOf(task, ours) {
  if (task.stub === true) return ours;
  if (ours !== null && task.link !== undefined) return makers[ours.kind](task.link, ours);
  if (task.link?.trigger_dag_id !== undefined) return trigger(task.link, null);
  return task.class === 'ExternalTaskSensor' ? sensor(task.link ?? {}, null) : null;
}
