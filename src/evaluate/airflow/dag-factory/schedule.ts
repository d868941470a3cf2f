import { PyDict, PyList, Unknown } from '../../values.js';
import type { Value } from '../../values.js';
import { raiseAirflow } from '../errors.js';
import { conditionText, makeDataset, readCondition, readDatasetFile } from './conditions.js';
import { get, given, importString } from './values.js';
import type { Site } from './values.js';

/** Sets what starts a DAG among its keyword arguments. */
export function setSchedule(site: Site, params: PyDict, keywords: Map<string, Value>): void {
  const { rt, place, isOld } = site;
  const interval = given(params, 'schedule_interval');
  if (interval !== undefined && !isOld) {
    raiseAirflow(rt, 'AirflowException', 'The `schedule_interval` key is no longer supported in Airflow 3.0+. Use `schedule` instead.', place);
  }
  const is3 = rt.airflow.major >= 3;
  const schedule = given(params, 'schedule');
  // A timetable took the place of an interval from the defaults.
  if (isOld && given(params, 'timetable') !== undefined && schedule === undefined) return;
  if (isOld && get(params, 'schedule_interval') !== undefined && (interval !== undefined || schedule === undefined)) {
    keywords.set(is3 ? 'schedule' : 'schedule_interval', isNone(interval) ? null : (interval ?? null));
    return;
  }
  if (schedule === undefined) {
    if (is3) keywords.set('schedule', null);
    return;
  }
  keywords.set('schedule', is3 ? scheduleOf3(site, schedule) : scheduleOf2(site, schedule));
}

function isNone(value: Value | undefined): boolean {
  return typeof value === 'string' && value.trim().toLowerCase() === 'none';
}

function scheduleOf3(site: Site, schedule: Value): Value {
  if (isNone(schedule)) return null;
  if (!(schedule instanceof PyList)) return schedule;
  const items = schedule.items.map((item) => (typeof item === 'string' ? item.trim() : item)).filter((item) => item !== null && item !== '');
  return site.rt.list(items.map((item) => (typeof item === 'string' ? makeDataset(site, item) : item)));
}

function scheduleOf2(site: Site, schedule: Value): Value {
  if (isNone(schedule)) return null;
  if (!(schedule instanceof PyDict)) return schedule;
  const datasets = given(schedule, 'datasets');
  const file = given(schedule, 'file');
  if (datasets === undefined) return schedule;
  const condition = conditionText(site, datasets);
  if (condition instanceof Unknown) return condition;
  if (file !== undefined) {
    const uris = readDatasetFile(site, file);
    return uris instanceof Unknown ? uris : readCondition(site, condition, uris);
  }
  const expression = readCondition(site, condition, undefined);
  const timetable = given(schedule, 'timetable');
  if (timetable === undefined) return expression;
  const both = importString(site, 'airflow.timetables.datasets.DatasetOrTimeSchedule');
  return site.rt.call(both, [], new Map([['timetable', timetable], ['datasets', expression]]), site.place);
}
