import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyDict, PyInstance, PyList, PySet, PyTuple, Unknown, noKeywords } from '../../values.js';
import { lenientFunctions } from '../define.js';

type Memo = Map<Value, Value>;

/** `copy.deepcopy`: containers and instances of the repository's classes; modelled objects have a say by `__deepcopy__`. */
export function deepCopy(rt: Runtime, value: Value, memo: Memo, place: Place): Value {
  if (value === null || typeof value !== 'object' || value instanceof Unknown) return value;
  const known = memo.get(value);
  if (known !== undefined) return known;
  rt.step(place);
  const deeper = (item: Value): Value => deepCopy(rt, item, memo, place);
  if (value instanceof PyList) {
    const made = rt.list([]);
    memo.set(value, made);
    made.taint = value.taint;
    made.items.push(...value.items.map(deeper));
    return made;
  }
  if (value instanceof PyTuple) return remembered(memo, value, new PyTuple(value.items.map(deeper), value.cls));
  if (value instanceof PyDict) return copyDict(rt, value, deeper, memo, place);
  if (value instanceof PySet) return remembered(memo, value, tainted(rt.set([...value.entries.values()].map(deeper), value.isFrozen), value.taint));
  if (!(value instanceof PyInstance)) return value;
  const own = rt.findSpecial(value, '__deepcopy__');
  if (own !== undefined) return remembered(memo, value, rt.call(own, [rt.dict()], noKeywords, place));
  return copyInstance(rt, value, deeper, memo, place);
}

function remembered(memo: Memo, from: Value, made: Value): Value {
  memo.set(from, made);
  return made;
}

function tainted<T extends { taint: Unknown | undefined }>(made: T, taint: Unknown | undefined): T {
  made.taint = taint;
  return made;
}

function copyDict(rt: Runtime, value: PyDict, deeper: (item: Value) => Value, memo: Memo, place: Place): Value {
  const made = tainted(rt.dict(), value.taint);
  made.cls = value.cls;
  memo.set(value, made);
  if (value.attributes) made.attributes = new Map([...value.attributes].map(([name, item]) => [name, deeper(item)]));
  for (const entry of value.entries.values()) rt.setItem(made, deeper(entry.key), deeper(entry.value), place);
  return made;
}

function copyInstance(rt: Runtime, value: PyInstance, deeper: (item: Value) => Value, memo: Memo, place: Place): Value {
  // The state of a modelled object belongs to its model: values such as dates never change, others can't be copied here.
  if (value.native !== undefined) return isConstant(value) ? value : rt.unknown('not_modelled', `deepcopy of a ${value.cls.name} is not modelled`, place);
  const made = tainted(rt.instance(value.cls), value.taint);
  memo.set(value, made);
  for (const [name, item] of value.attributes) made.attributes.set(name, deeper(item));
  return made;
}

const constants = new Set(['datetime', 'date', 'time', 'timedelta', 'timezone', 'path', 'enum', 'pattern', 'match', 'marker', 'relativedelta', 'uuid', 'decimal', 'partial']);

function isConstant(value: PyInstance): boolean {
  const state = value.native as { kind?: string };
  return constants.has(state.kind ?? '');
}

/** `copy.copy`. */
const shallow: NativeCall = (rt, [value = null], _keywords, place) => {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof PyList) return value.taint ?? rt.list([...value.items]);
  if (value instanceof PySet) return value.taint ?? rt.set([...value.entries.values()], value.isFrozen);
  if (value instanceof PyDict) return copyDict(rt, value, (item) => item, new Map(), place);
  if (!(value instanceof PyInstance)) return value;
  const own = rt.findSpecial(value, '__copy__');
  if (own !== undefined) return rt.call(own, [], noKeywords, place);
  return copyInstance(rt, value, (item) => item, new Map(), place);
};

/** `copy`. */
export const copyModule: ModuleTable = lenientFunctions({
  copy: shallow,
  deepcopy: (rt, [value = null], _keywords, place) => deepCopy(rt, value, new Map(), place),
});
