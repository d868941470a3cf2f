import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyDict, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { raiseAirflow } from './errors.js';
import type { DagState, GroupState } from './state.js';

export interface DefaultArgs {
  readonly values: Map<string, Value>;
  /** Set when some level isn't known: an argument that isn't given may have any value. */
  readonly hidden: Unknown | undefined;
}

/** Reads a dict of text keys; an unknown, or a dict whose content isn't known, is hidden. */
export function readMapping(value: Value | undefined): DefaultArgs {
  const values = new Map<string, Value>();
  if (value instanceof Unknown) return { values, hidden: value };
  if (!(value instanceof PyDict)) return { values, hidden: undefined };
  for (const { key, value: item } of value.entries.values()) if (typeof key === 'string') values.set(key, item);
  return { values, hidden: value.taint };
}

/** `get_merged_defaults`: DAG, then group (with its parents' already merged), then the operator's own. */
export function mergeDefaultArgs(rt: Runtime, dag: DagState | undefined, group: GroupState | undefined, own: Value | undefined, place: Place): DefaultArgs {
  const values = new Map<string, Value>();
  let hidden: Unknown | undefined;
  for (const level of [dag?.keywords.get('default_args'), group?.defaultArgs, own]) {
    if (level === null || level === undefined) continue;
    if (level === own && !(level instanceof PyDict) && !(level instanceof Unknown)) {
      raiseAirflow(rt, 'TypeError', 'default_args must be a mapping', place);
    }
    const read = readMapping(level);
    for (const [name, value] of read.values) values.set(name, value);
    hidden ??= read.hidden;
  }
  values.delete('params');
  return { values, hidden };
}
