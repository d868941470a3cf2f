import type { AssetExpression, Schedule, TimeSchedule } from '../model/graph.js';
import { assetOf } from '../evaluate/airflow/assets.js';
import { scheduleValue } from '../evaluate/airflow/schedule-check.js';
import type { DagState, TimetableState } from '../evaluate/airflow/state.js';
import { cronPreset } from '../evaluate/airflow/timetables.js';
import { hiddenZone } from '../evaluate/library/time/hidden-moment.js';
import { stateOf } from '../evaluate/airflow/world.js';
import { dateTimeState, timedeltaSeconds, timezoneName, timezoneState } from '../evaluate/library/time-values.js';
import type { Runtime } from '../evaluate/runtime.js';
import { PyDict, PyInstance, PyList, PySet, PyTuple, Unknown } from '../evaluate/values.js';
import type { Value } from '../evaluate/values.js';
import { conditionField } from './conditions.js';

const SECONDS_PER_DAY = 86_400;

/** A schedule without alternatives. */
type PlainSchedule = Exclude<Schedule, { kind: 'unknown' }> | { kind: 'unknown'; reason: string };

/** What starts a DAG, as Airflow makes it of the arguments on the analysed version. */
export function scheduleOf(rt: Runtime, dag: DagState): Schedule {
  const value = scheduleValue(dag);
  if (!(value instanceof Unknown) || value.alternatives.length === 0) return ofValue(rt, dag, value);
  const alternatives = value.alternatives.map((each) => ({ schedule: ofValue(rt, dag, each.value), ...conditionField([each.conditions]) }));
  return { kind: 'unknown', reason: value.reason.text, alternatives };
}

function ofValue(rt: Runtime, dag: DagState, value: Value | undefined): PlainSchedule {
  const is3 = rt.airflow.major >= 3;
  if (value === undefined && !is3) return { kind: 'delta', seconds: SECONDS_PER_DAY, timetable: 'DeltaDataIntervalTimetable' };
  if (value === undefined || value === null) return { kind: 'none', timetable: 'NullTimetable' };
  if (value instanceof Unknown) return { kind: 'unknown', reason: value.reason.text };
  if (typeof value === 'string') return ofText(rt, dag, value);
  const seconds = timedeltaSeconds(value);
  if (seconds !== undefined) return { kind: 'delta', seconds, timetable: is3 ? 'DeltaTriggerTimetable' : 'DeltaDataIntervalTimetable' };
  const triggered = is3 ? 'AssetTriggeredTimetable' : 'DatasetTriggeredTimetable';
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PySet) {
    return { kind: 'assets', assets: { all: membersOf(value).map((each) => assetExpression(each)) }, timetable: triggered };
  }
  if (assetOf(value) !== undefined) return { kind: 'assets', assets: assetExpression(value), timetable: triggered };
  const state = stateOf(value);
  if (state?.kind === 'timetable') return ofTimetable(rt, dag, state);
  if (value instanceof PyInstance) return ofOther(dag, value);
  return { kind: 'unknown', reason: 'the schedule is of a kind that is not known' };
}

/** A timetable class of the repository, or another object. */
function ofOther(dag: DagState, value: PyInstance): PlainSchedule {
  const isTimetable = value.cls.mro.some((each) => each.name.endsWith('Timetable'));
  if (isTimetable) return { kind: 'timetable', timetable: value.cls.name };
  const reason = `the schedule is an instance of ${value.cls.path}, which is not modelled`;
  dag.spoil(new Unknown({ kind: 'not_modelled', text: reason, place: dag.place }));
  return { kind: 'unknown', reason };
}

function membersOf(value: PyList | PyTuple | PySet): readonly Value[] {
  return value instanceof PySet ? [...value.entries.values()] : value.items;
}

function ofText(rt: Runtime, dag: DagState, text: string): PlainSchedule {
  if (text === '@once') return { kind: 'once', timetable: 'OnceTimetable' };
  if (text === '@continuous') return { kind: 'continuous', timetable: 'ContinuousTimetable' };
  const preset = cronPreset(rt, text);
  const timezone = timezoneOf(dag);
  const timetable = rt.airflow.major >= 3 ? 'CronTriggerTimetable' : 'CronDataIntervalTimetable';
  return { kind: 'cron', expression: preset ?? text, ...(preset === undefined ? {} : { preset: text }), timezone, timetable };
}

/** The DAG's time zone: that of its start or end date, or else UTC (`[core] default_timezone`). */
function timezoneOf(dag: DagState): string {
  const defaults = dag.keywords.get('default_args');
  const inherited = defaults instanceof PyDict ? (name: string): Value => defaults.entries.get(name)?.value ?? null : (): Value => null;
  for (const value of [dag.keywords.get('start_date') ?? null, inherited('start_date'), dag.keywords.get('end_date') ?? null, inherited('end_date')]) {
    if (value === null) continue;
    if (value instanceof Unknown) {
      const zone = hiddenZone(value);
      if (zone === '') continue;
      if (zone === undefined) dag.spoil(new Unknown({ ...value.reason, text: `the time zone of the schedule: ${value.reason.text}` }));
      return zone ?? 'UTC';
    }
    const zone = dateTimeState(value)?.zone;
    if (zone !== undefined) return zoneName(zone);
  }
  return 'UTC';
}

function zoneName(zone: Value): string {
  return timezoneState(zone)?.name ?? timezoneName(zone) ?? 'UTC';
}

function ofTimetable(rt: Runtime, dag: DagState, state: TimetableState): PlainSchedule {
  const time = timeOf(rt, dag, state);
  if (time !== undefined) return time;
  const given = state.values.get('assets') ?? state.values.get('datasets') ?? null;
  if (state.name === 'PartitionedAssetTimetable') return { kind: 'assets', assets: conditionOf(dag, given), timetable: state.name };
  if (state.name === 'AssetOrTimeSchedule' || state.name === 'DatasetOrTimeSchedule') {
    const inner = stateOf(state.values.get('timetable') ?? null);
    const clock = inner?.kind === 'timetable' ? timeOf(rt, dag, inner) : undefined;
    if (clock === undefined) {
      const reason = 'the clock part of the schedule is not known';
      dag.spoil(new Unknown({ kind: 'not_modelled', text: reason, place: dag.place }));
      return { kind: 'unknown', reason };
    }
    return { kind: 'assets_or_time', assets: conditionOf(dag, given), time: clock, timetable: state.name };
  }
  const simple: Readonly<Record<string, PlainSchedule>> = {
    NullTimetable: { kind: 'none', timetable: 'NullTimetable' },
    OnceTimetable: { kind: 'once', timetable: 'OnceTimetable' },
    ContinuousTimetable: { kind: 'continuous', timetable: 'ContinuousTimetable' },
  };
  return simple[state.name] ?? { kind: 'timetable', timetable: state.name };
}

function conditionOf(dag: DagState, value: Value): AssetExpression {
  if (value instanceof Unknown) {
    dag.spoil(value);
    return { unknown: value.reason.text };
  }
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PySet) {
    const members = membersOf(value);
    for (const each of members) if (each instanceof Unknown) dag.spoil(each);
    return { all: members.map((each) => assetExpression(each)) };
  }
  return assetExpression(value);
}

function timeOf(rt: Runtime, dag: DagState, state: TimetableState): TimeSchedule | undefined {
  switch (state.name) {
    case 'CronDataIntervalTimetable':
    case 'CronTriggerTimetable':
      return cronTimetable(rt, dag, state);
    case 'DeltaDataIntervalTimetable':
    case 'DeltaTriggerTimetable': {
      const delta = state.values.get('delta') ?? null;
      const seconds = timedeltaSeconds(delta);
      if (seconds === undefined) dag.spoil(new Unknown({ kind: 'not_modelled', text: 'the delta of the schedule is not known', place: dag.place }));
      return { kind: 'delta', seconds: seconds ?? 0, timetable: state.name };
    }
    case 'CronPartitionTimetable':
    case 'EventsTimetable':
    case 'MultipleCronTriggerTimetable':
      return { kind: 'timetable', timetable: state.name };
    default:
      return undefined;
  }
}

function cronTimetable(rt: Runtime, dag: DagState, state: TimetableState): TimeSchedule {
  const given = state.values.get('cron') ?? state.values.get('expression') ?? null;
  const zone = state.values.get('timezone') ?? null;
  for (const each of [given, zone]) if (each instanceof Unknown) dag.spoil(each);
  const text = typeof given === 'string' ? given : '';
  const expression = cronPreset(rt, text) ?? text;
  const timezone = typeof zone === 'string' ? zone : zoneName(zone);
  return { kind: 'cron', expression, ...(expression === text ? {} : { preset: text }), timezone, timetable: state.name };
}

/** An asset or condition as it stands in the document. */
export function assetExpression(value: Value): AssetExpression {
  const state = assetOf(value);
  switch (state?.kind) {
    case 'asset': {
      const { name, uri, watchers } = state;
      return { asset: { name, uri }, ...(watchers.length === 0 ? {} : { watchers: watchers.map((each) => each.name) }) };
    }
    case 'alias':
      return { alias: state.name };
    case 'reference':
      return { ref: { ...(state.name === undefined ? {} : { name: state.name }), ...(state.uri === undefined ? {} : { uri: state.uri }) } };
    case 'all':
      return { all: state.members.map((each) => assetExpression(each)) };
    case 'any':
      return { any: state.members.map((each) => assetExpression(each)) };
    case undefined:
      return { unknown: value instanceof Unknown ? value.reason.text : 'not an asset' };
  }
}
