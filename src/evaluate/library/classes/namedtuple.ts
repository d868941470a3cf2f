import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyClass, PyClassMethod, PyDict, PyNative, PyProperty, PyTuple, Unknown } from '../../values.js';
import { bind, flag, textOf } from '../arguments.js';
import { mergeOrders } from '../define.js';

/** Gives a class the fields of a named tuple: its instances are tuples. */
function addFields(rt: Runtime, cls: PyClass, fields: readonly string[], defaults: ReadonlyMap<string, Value>): void {
  const parameters = fields.map((name) => (defaults.has(name) ? `${name}?` : name)).join(' ');
  const make = (owner: PyClass, items: readonly Value[]): PyTuple => new PyTuple(items, owner);
  cls.construct = (runtime, owner, args, keywords, place) => {
    const bound = bind(runtime, cls.name, parameters, args, keywords, place);
    return make(owner, fields.map((name) => bound[name] ?? defaults.get(name) ?? null));
  };
  const methods: Record<string, NativeCall> = {
    __init__: () => null,
    __repr__: (runtime, [self], _keywords, place) => {
      const texts = items(self).map((item) => runtime.repr(item, place));
      const hidden = texts.find((text) => text instanceof Unknown);
      return hidden ?? `${runtime.classOf(self ?? null).name}(${fields.map((name, index) => `${name}=${String(texts[index])}`).join(', ')})`;
    },
    _asdict: (runtime, [self]) => runtime.dict(fields.map((name, index) => [name, items(self)[index] ?? null] as const)),
    _replace: (runtime, [self], keywords, place) => {
      for (const name of keywords.keys()) if (!fields.includes(name)) runtime.raise('ValueError', `Got unexpected field names: ['${name}']`, place);
      return make(runtime.classOf(self ?? null), fields.map((name, index) => (keywords.has(name) ? keywords.get(name) : items(self)[index]) ?? null));
    },
  };
  for (const [name, call] of Object.entries(methods)) if (!cls.attributes.has(name)) cls.attributes.set(name, new PyNative(name, call));
  cls.attributes.set('_make', new PyClassMethod(new PyNative('_make', (runtime, [owner, values], _keywords, place) => {
    const found = runtime.items(values ?? null, place);
    return found instanceof Unknown ? found : runtime.call(owner ?? null, found, new Map(), place);
  })));
  cls.attributes.set('_fields', rt.tuple([...fields]));
  cls.attributes.set('_field_defaults', rt.dict([...defaults]));
  fields.forEach((name, index) => {
    cls.attributes.set(name, new PyProperty(new PyNative(name, (_runtime, [self]) => items(self)[index] ?? null)));
  });
}

const items = (value: Value | undefined): readonly Value[] => (value instanceof PyTuple ? value.items : []);

/** Python's keywords (https://docs.python.org/3/reference/lexical_analysis.html#keywords). */
const keywordNames: ReadonlySet<string> = new Set((
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'
).split(' '));

/** `collections.namedtuple`. */
export const namedtuple: NativeCall = (rt, args, keywords, place) => {
  const bound = bind(rt, 'namedtuple', 'typename field_names * rename? defaults? module?', args, keywords, place);
  const given = fieldNames(rt, bound.field_names ?? null, place);
  if (given instanceof Unknown) return given;
  if (bound.typename instanceof Unknown) return bound.typename;
  const isWrong = (name: string, index: number): boolean => name.startsWith('_') || keywordNames.has(name) || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) || given.indexOf(name) !== index;
  const fields = flag(rt, bound.rename, false, place) ? given.map((name, index) => (isWrong(name, index) ? `_${index}` : name)) : given;
  const wrong = fields === given ? given.find(isWrong) : undefined;
  if (wrong !== undefined) return rt.raise('ValueError', `Field names must be unique identifiers without a leading underscore: '${wrong}'`, place);
  const values = bound.defaults === undefined || bound.defaults === null ? [] : rt.items(bound.defaults, place);
  if (values instanceof Unknown) return values;
  const offset = fields.length - values.length;
  const defaults = new Map(fields.slice(offset).map((name, index) => [name, values[index] ?? null] as const));
  return makeClass(rt, textOf(rt, bound.typename, place), fields, defaults, place);
};

function makeClass(rt: Runtime, name: string, fields: readonly string[], defaults: ReadonlyMap<string, Value>, place: Place): PyClass {
  const tuple = rt.builtinClass('tuple');
  const cls = new PyClass(rt.stamp(), name, '__main__', [tuple], place);
  cls.mro = [cls, ...mergeOrders([tuple])];
  addFields(rt, cls, fields, defaults);
  return cls;
}

function fieldNames(rt: Runtime, value: Value, place: Place): string[] | Unknown {
  if (typeof value === 'string') return value.split(/[\s,]+/).filter((name) => name !== '');
  const names = rt.items(value, place);
  return names instanceof Unknown ? names : names.map((name) => textOf(rt, name, place));
}

/** `typing.NamedTuple('Name', [('field', type), ...])`. */
export const typedNamedtuple: NativeCall = (rt, [name, pairs], _keywords, place) => {
  if (name instanceof Unknown) return name;
  const found = rt.items(pairs ?? null, place);
  if (found instanceof Unknown) return found;
  return makeClass(rt, textOf(rt, name, place), found.map((pair) => textOf(rt, rt.getItem(pair, 0n, place), place)), new Map(), place);
};

/** Turns a class written as `class X(NamedTuple)` into a named tuple. */
export function finishNamedTupleClass(rt: Runtime, cls: PyClass, place: Place): void {
  const fields = annotationsOf(cls);
  if (!fields) {
    // A subclass of a finished named tuple keeps its base's fields.
    if (cls.mro.slice(1).some((each) => each.construct !== undefined && each.attributes.has('_fields'))) return;
    cls.unknownBase ??= rt.unknown('not_modelled', `the fields of ${cls.name} are not known`, place);
    return;
  }
  const tuple = rt.builtinClass('tuple');
  if (!cls.mro.includes(tuple)) {
    const object = rt.builtinClass('object');
    cls.mro = [...cls.mro.filter((each) => each !== object), ...tuple.mro];
  }
  const names = [...fields.keys()];
  const defaults = new Map(names.flatMap((name) => (cls.attributes.has(name) ? [[name, cls.attributes.get(name) ?? null] as const] : [])));
  addFields(rt, cls, names, defaults);
}

/** Annotated names of a class body with their annotations, in order; undefined when it has none. */
export function annotationsOf(cls: PyClass): ReadonlyMap<string, Value> | undefined {
  const found = cls.attributes.get('__annotations__');
  if (!(found instanceof PyDict)) return undefined;
  return new Map([...found.entries.values()].flatMap(({ key, value }) => (typeof key === 'string' ? [[key, value] as const] : [])));
}
