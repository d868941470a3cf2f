import type { Place } from '../../model/place.js';
import { cronPresets } from '../../util/cron/cron.js';
import type { Runtime } from '../runtime.js';
import type { PyClass } from '../values.js';
import type { Value } from '../values.js';
import { defineModelledClass } from './define.js';
import type { TimetableState } from './state.js';
import { isAirflow3, worldOf } from './world.js';

/** Constructor arguments by position where the API table has no signature (airflow/timetables). */
const positional: Readonly<Record<string, readonly string[]>> = {
  CronDataIntervalTimetable: ['cron', 'timezone'],
  CronTriggerTimetable: ['cron'],
  DeltaDataIntervalTimetable: ['delta'],
  DeltaTriggerTimetable: ['delta'],
  EventsTimetable: ['event_dates', 'restrict_to_events', 'presorted', 'description'],
};

/** One of Airflow's timetable classes: keeps what its constructor got. */
export function timetableClass(rt: Runtime, path: string): PyClass {
  const cls = defineModelledClass(rt, path, { isOpen: true });
  cls.construct ??= (runtime, made, args, keywords, place) => {
    const instance = runtime.instance(made);
    const values = bind(runtime, path, args, keywords, place);
    const state: TimetableState = { kind: 'timetable', name: cls.name, path, values };
    instance.native = state;
    return instance;
  };
  cls.isReadyWhenMade = true;
  return cls;
}

function bind(rt: Runtime, path: string, args: readonly Value[], keywords: ReadonlyMap<string, Value>, place: Place): Map<string, Value> {
  const name = path.slice(path.lastIndexOf('.') + 1);
  const signature = worldOf(rt).api.signature(path);
  const names = signature?.filter((each) => each.kind.startsWith('positional')).map((each) => each.name) ?? positional[name] ?? [];
  const star = signature?.find((each) => each.kind === 'var_positional');
  const values = new Map<string, Value>();
  args.slice(0, names.length).forEach((value, index) => values.set(names[index] ?? '', value));
  if (args.length > names.length) {
    if (star === undefined && signature !== undefined) rt.raise('TypeError', `${name}.__init__() takes ${(names.length + 1).toString()} positional arguments`, place);
    values.set(star?.name ?? '*', rt.list(args.slice(names.length)));
  }
  const known = new Set(signature?.map((each) => each.name) ?? []);
  for (const [key, value] of keywords) {
    if (signature !== undefined && !known.has(key)) rt.raise('TypeError', `${name}.__init__() got an unexpected keyword argument '${key}'`, place);
    values.set(key, value);
  }
  const missing = signature?.find((each) => each.required && !values.has(each.name) && !each.kind.startsWith('var'));
  if (missing !== undefined) rt.raise('TypeError', `${name}.__init__() missing required argument: '${missing.name}'`, place);
  return values;
}

/** Names that only the cron library knows: Airflow keeps them as they are. */
const libraryOnly: ReadonlySet<string> = new Set(['@annually', '@midnight']);

/** The expression of one of Airflow's presets (airflow/utils/dates.py `cron_presets`; `@quarterly` is gone in 3.x). */
export function cronPreset(rt: Runtime, text: string): string | undefined {
  if (libraryOnly.has(text) || (text === '@quarterly' && isAirflow3(rt))) return undefined;
  return cronPresets[text];
}
