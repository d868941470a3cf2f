import type { Place } from '../../../model/place.js';
import { missingText, tooManyText } from '../../python/parameters.js';
import { equipSlots } from '../../python/classes.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { Keywords, NativeCall, Value } from '../../values.js';
import { PyClass, PyDict, PyInstance, PyList, PyNative, PySet, PyTuple, Unknown, noKeywords, notImplemented } from '../../values.js';
import { flag, instanceOf, stateOf } from '../arguments.js';
import { builtin, defineClass, defineException, lenient, lenientFunctions, oncePerRun, raiseOf } from '../define.js';
import { annotationsOf } from './namedtuple.js';

interface FieldState {
  readonly kind: 'field';
  readonly name: string;
  readonly annotation: Value;
  readonly default: Value | undefined;
  readonly factory: Value | undefined;
  readonly init: boolean;
  readonly repr: boolean;
  readonly compare: boolean;
  readonly keywordOnly: boolean;
  readonly isInitOnly: boolean;
  readonly metadata: Value;
}

const frozenError = defineException('dataclasses', 'FrozenInstanceError', builtin('AttributeError'));
const missingKey = {};
const missing = (rt: Runtime): Value => oncePerRun(rt, missingKey, () => rt.instance(rt.builtinClass('object')));

const field = (value: Value | undefined): FieldState | undefined => stateOf<FieldState>(value, 'field');

const fieldClass = defineClass({
  name: 'Field',
  module: 'dataclasses',
  properties: {
    name: (_rt, self) => field(self)?.name ?? '',
    type: (_rt, self) => field(self)?.annotation ?? null,
    default: (rt, self) => field(self)?.default ?? missing(rt),
    default_factory: (rt, self) => field(self)?.factory ?? missing(rt),
    init: (_rt, self) => field(self)?.init ?? true,
    metadata: (_rt, self) => field(self)?.metadata ?? null,
  },
});

const makeField: NativeCall = (rt, _args, keywords, place) =>
  instanceOf(rt, fieldClass(rt), {
    kind: 'field', name: '', annotation: null,
    default: keywords.get('default'), factory: keywords.get('default_factory'),
    init: flag(rt, keywords.get('init'), true, place), repr: flag(rt, keywords.get('repr'), true, place),
    compare: flag(rt, keywords.get('compare'), true, place), keywordOnly: flag(rt, keywords.get('kw_only'), false, place),
    isInitOnly: false, metadata: keywords.get('metadata') ?? rt.dict(),
  } satisfies FieldState);

/** Fields of a finished dataclass, kept on the class under a name that Python code can't write. */
const fieldsKey = ' fields';

function fieldsOf(cls: PyClass): Map<string, Value> | undefined {
  for (const each of cls.mro) {
    const found = each.attributes.get(fieldsKey);
    if (found instanceof PyInstance) return found.attributes;
  }
  return undefined;
}

const states = (cls: PyClass): FieldState[] => [...(fieldsOf(cls) ?? new Map<string, Value>()).values()].flatMap((value) => field(value) ?? []);

function annotationText(rt: Runtime, annotation: Value, place: Place): string {
  if (typeof annotation === 'string') return annotation;
  const text = annotation instanceof Unknown ? annotation.path : rt.repr(annotation, place);
  return typeof text === 'string' ? text : '';
}

const isClassVariable = (text: string): boolean => /(^|\.)ClassVar\b/.test(text);
const isInitOnly = (text: string): boolean => /(^|\.)InitVar\b/.test(text);
const isKeywordMark = (text: string): boolean => /(^|\.)KW_ONLY$/.test(text);

function collect(rt: Runtime, cls: PyClass, allKeywordOnly: boolean, place: Place): Map<string, Value> {
  const fields = new Map<string, Value>();
  for (const base of cls.mro.slice(1).reverse()) {
    const own = base.attributes.get(fieldsKey);
    if (own instanceof PyInstance) for (const [name, value] of own.attributes) fields.set(name, value);
  }
  let keywordOnly = allKeywordOnly;
  for (const [name, annotation] of annotationsOf(cls) ?? []) {
    // Whether it is a field is not known when its annotation isn't: it may be a ClassVar.
    if (annotation instanceof Unknown && annotation.path === '') cls.unknownBase ??= annotation;
    const text = annotationText(rt, annotation, place);
    if (isKeywordMark(text)) keywordOnly = true;
    if (isClassVariable(text) || isKeywordMark(text)) continue;
    fields.set(name, instanceOf(rt, fieldClass(rt), fieldOf(cls, name, annotation, keywordOnly, isInitOnly(text), rt)));
  }
  return fields;
}

function fieldOf(cls: PyClass, name: string, annotation: Value, keywordOnly: boolean, initOnly: boolean, rt: Runtime): FieldState {
  const given = cls.attributes.get(name);
  const asked = field(given);
  if (asked) {
    if (asked.default === undefined) cls.attributes.delete(name);
    else cls.attributes.set(name, asked.default);
    return { ...asked, name, annotation, keywordOnly: asked.keywordOnly || keywordOnly, isInitOnly: initOnly };
  }
  return {
    kind: 'field', name, annotation, default: given, factory: undefined, init: true, repr: true, compare: true,
    keywordOnly, isInitOnly: initOnly, metadata: rt.dict(),
  };
}

/** Gives a class the methods of a dataclass. */
function finish(rt: Runtime, cls: PyClass, options: Keywords, place: Place): Value {
  const option = (name: string, otherwise: boolean): boolean => flag(rt, options.get(name), otherwise, place);
  const holder = rt.instance(fieldClass(rt));
  for (const [name, value] of collect(rt, cls, option('kw_only', false), place)) holder.attributes.set(name, value);
  cls.attributes.set(fieldsKey, holder);
  checkDefaults(rt, cls, place);
  const add = (name: string, call: NativeCall): void => {
    if (!cls.attributes.has(name)) cls.attributes.set(name, new PyNative(name, call));
  };
  if (option('init', true)) add('__init__', (runtime, [self, ...args], keywords, at) => initialize(runtime, cls, self ?? null, args, keywords, at, option('frozen', false)));
  if (option('repr', true)) add('__repr__', (runtime, [self], _keywords, at) => repr(runtime, self ?? null, at));
  if (option('eq', true)) {
    add('__eq__', (runtime, [self, other], _keywords, at) => compare(runtime, self ?? null, other ?? null, at, (a, b) => runtime.equals(a, b, at)));
    if (option('frozen', false) || option('unsafe_hash', false)) add('__hash__', (runtime, [self]) => values(runtime, self ?? null));
    else if (!cls.attributes.has('__hash__')) cls.attributes.set('__hash__', null);
  }
  if (option('order', false)) addOrder(add);
  if (option('slots', false)) addSlots(rt, cls, place);
  if (option('frozen', false)) {
    add('__setattr__', (runtime, [, name], _keywords, at) => raiseOf(runtime, frozenError(runtime), `cannot assign to field '${String(name)}'`, at));
    add('__delattr__', (runtime, [, name], _keywords, at) => raiseOf(runtime, frozenError(runtime), `cannot delete field '${String(name)}'`, at));
  }
  return cls;
}

/** `slots=True`: the class's own fields become slots, whose defaults only `__init__` knows from then on. */
function addSlots(rt: Runtime, cls: PyClass, place: Place): void {
  if (cls.attributes.has('__slots__')) rt.raise('TypeError', `${cls.name} already specifies __slots__`, place);
  const inherited = new Set(cls.mro.slice(1).flatMap((base) => [...(base.slots ?? [])]));
  const own = states(cls).map((each) => each.name).filter((name) => !inherited.has(name));
  for (const name of own) cls.attributes.delete(name);
  cls.attributes.set('__slots__', rt.tuple(own));
  equipSlots(rt, cls, place);
}

function checkDefaults(rt: Runtime, cls: PyClass, place: Place): void {
  let defaulted = false;
  for (const each of states(cls)) {
    if (each.default instanceof PyList || each.default instanceof PyDict || each.default instanceof PySet) {
      const shown = rt.repr(rt.classOf(each.default), place);
      rt.raise('ValueError', `mutable default ${shown instanceof Unknown ? '' : shown} for field ${each.name} is not allowed: use default_factory`, place);
    }
    if (each.keywordOnly || !each.init) continue;
    if (each.default !== undefined || each.factory !== undefined) defaulted = true;
    else if (defaulted) rt.raise('TypeError', `non-default argument '${each.name}' follows default argument`, place);
  }
}

/** What a field is set to: `None` is a value like any other. */
function valueOf(rt: Runtime, each: FieldState, given: ReadonlyMap<string, Value>, place: Place): Value | undefined {
  if (given.has(each.name)) return given.get(each.name);
  if (each.default !== undefined) return each.default;
  return each.factory === undefined ? undefined : rt.call(each.factory, [], noKeywords, place);
}

function initialize(
  rt: Runtime, cls: PyClass, self: Value, args: readonly Value[], keywords: Keywords, place: Place, isFrozen: boolean,
): Value {
  const given = new Map(keywords);
  const fields = states(cls);
  const positional = fields.filter((each) => each.init && !each.keywordOnly);
  if (args.length > positional.length) {
    const least = positional.filter((each) => each.default === undefined && each.factory === undefined).length;
    rt.raise('TypeError', `${cls.qualifiedName}.__init__() ${tooManyText(least + 1, positional.length + 1, args.length + 1, 0)}`, place);
  }
  args.forEach((value, index) => {
    const name = positional[index]?.name ?? '';
    if (given.has(name)) rt.raise('TypeError', `${cls.qualifiedName}.__init__() got multiple values for argument '${name}'`, place);
    given.set(name, value);
  });
  const known = new Set(fields.filter((each) => each.init).map((each) => each.name));
  for (const name of given.keys()) if (!known.has(name)) rt.raise('TypeError', `${cls.qualifiedName}.__init__() got an unexpected keyword argument '${name}'`, place);
  for (const [kind, candidates] of [['positional', positional], ['keyword-only', fields.filter((each) => each.init && each.keywordOnly)]] as const) {
    const missing = candidates.filter((each) => !given.has(each.name) && each.default === undefined && each.factory === undefined).map((each) => `'${each.name}'`);
    if (missing.length > 0) rt.raise('TypeError', `${cls.qualifiedName}.__init__() ${missingText(kind, missing)}`, place);
  }
  const initOnly: Value[] = [];
  for (const each of fields) {
    const value = valueOf(rt, each, given, place);
    if (value === undefined) {
      if (each.init) rt.raise('TypeError', `${cls.qualifiedName}.__init__() missing required argument: '${each.name}'`, place);
      continue;
    }
    if (each.isInitOnly) initOnly.push(value);
    else if (isFrozen && self instanceof PyInstance) self.attributes.set(each.name, value);
    else rt.setAttribute(self, each.name, value, place);
  }
  const after = rt.findAttribute(self, '__post_init__', place);
  if (after !== undefined && !(after instanceof Unknown)) rt.call(after, initOnly, noKeywords, place);
  return null;
}

function repr(rt: Runtime, self: Value, place: Place): Value {
  const cls = rt.classOf(self);
  const texts: string[] = [];
  for (const each of states(cls).filter((state) => state.repr && !state.isInitOnly)) {
    const text = rt.repr(rt.getAttribute(self, each.name, place), place);
    if (text instanceof Unknown) return text;
    texts.push(`${each.name}=${text}`);
  }
  return `${cls.qualifiedName}(${texts.join(', ')})`;
}

function values(rt: Runtime, self: Value): PyTuple {
  const place = { file: '', line: 1 };
  return rt.tuple(states(rt.classOf(self)).filter((each) => each.compare && !each.isInitOnly).map((each) => rt.getAttribute(self, each.name, place)));
}

function compare<T>(rt: Runtime, self: Value, other: Value, _place: Place, test: (a: Value, b: Value) => T): T | typeof notImplemented {
  if (!(other instanceof PyInstance) || rt.classOf(other) !== rt.classOf(self)) return notImplemented;
  return test(values(rt, self), values(rt, other));
}

function addOrder(add: (name: string, call: NativeCall) => void): void {
  const tests = { __lt__: (n: number) => n < 0, __le__: (n: number) => n <= 0, __gt__: (n: number) => n > 0, __ge__: (n: number) => n >= 0 };
  for (const [name, test] of Object.entries(tests)) {
    add(name, (rt, [self, other], _keywords, place) =>
      compare(rt, self ?? null, other ?? null, place, (a, b) => {
        const order = rt.compare(a, b, place);
        return order instanceof Unknown ? order : test(order);
      }));
  }
}

const dataclass: NativeCall = (rt, [cls], keywords, place) => {
  const decorate = (target: Value | undefined, at: Place): Value => (target instanceof PyClass ? finish(rt, target, keywords, at) : (target ?? null));
  return cls === undefined || cls === null ? lenient('dataclass', (_runtime, [target], _none, at) => decorate(target, at)) : decorate(cls, place);
};

/** `asdict` and `astuple`: dataclasses inside lists, tuples and dicts too; everything else is copied as it is. */
function unpack(rt: Runtime, value: Value, make: (pairs: (readonly [string, Value])[]) => Value, place: Place): Value {
  if (value instanceof PyInstance && fieldsOf(value.cls)) {
    const names = states(value.cls).filter((each) => !each.isInitOnly).map((each) => each.name);
    return make(names.map((name) => [name, unpack(rt, rt.getAttribute(value, name, place), make, place)] as const));
  }
  if (value instanceof PyList) return value.taint ?? rt.list(value.items.map((item) => unpack(rt, item, make, place)));
  if (value instanceof PyTuple) return new PyTuple(value.items.map((item) => unpack(rt, item, make, place)), value.cls);
  if (value instanceof PyDict && value.cls === undefined) {
    return value.taint ?? rt.dict([...value.entries.values()].map((entry) => [unpack(rt, entry.key, make, place), unpack(rt, entry.value, make, place)] as const));
  }
  return value;
}

function needDataclass(rt: Runtime, value: Value | undefined, place: Place): Value {
  const cls = value instanceof PyClass ? value : value instanceof PyInstance ? value.cls : undefined;
  return cls && fieldsOf(cls) ? (value ?? null) : rt.raise('TypeError', 'must be called with a dataclass type or instance', place);
}

/** `dataclasses`. */
export const dataclassesModule: ModuleTable = {
  ...lenientFunctions({
    dataclass,
    field: makeField,
    asdict: (rt, [value], _keywords, place) =>
      value instanceof Unknown ? value : unpack(rt, needDataclass(rt, value, place), (pairs) => rt.dict(pairs), place),
    astuple: (rt, [value], _keywords, place) =>
      value instanceof Unknown ? value : unpack(rt, needDataclass(rt, value, place), (pairs) => rt.tuple(pairs.map(([, item]) => item)), place),
    fields: (rt, [value], _keywords, place) => {
      if (value instanceof Unknown) return value;
      const owner = needDataclass(rt, value, place);
      const cls = owner instanceof PyClass ? owner : rt.classOf(owner);
      return rt.tuple([...(fieldsOf(cls) ?? new Map<string, Value>()).values()].filter((each) => !field(each)?.isInitOnly));
    },
    is_dataclass: (_rt, [value]) => {
      if (value instanceof Unknown) return value;
      const cls = value instanceof PyClass ? value : value instanceof PyInstance ? value.cls : undefined;
      return cls !== undefined && fieldsOf(cls) !== undefined;
    },
    replace: (rt, [value], keywords, place) => {
      if (!(value instanceof PyInstance)) return value instanceof Unknown ? value : needDataclass(rt, value, place);
      const all = states(value.cls).filter((each) => each.init && !each.isInitOnly).map((each) => [each.name, rt.getAttribute(value, each.name, place)] as const);
      return rt.call(value.cls, [], new Map([...all, ...keywords]), place);
    },
  }),
  Field: fieldClass,
  FrozenInstanceError: frozenError,
  MISSING: missing,
  InitVar: (rt) => rt.unknown('not_modelled', 'InitVar is a mark for annotations', { file: '', line: 1 }, 'dataclasses.InitVar'),
  KW_ONLY: (rt) => rt.unknown('not_modelled', 'KW_ONLY is a mark for annotations', { file: '', line: 1 }, 'dataclasses.KW_ONLY'),
};
