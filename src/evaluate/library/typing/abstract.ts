import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { PyClass, PyFunction, PyInstance, PyIterator, Unknown } from '../../values.js';
import type { NativeCall, Value } from '../../values.js';
import { builtin, defineClass, libraryPlace, oncePerRun } from '../define.js';

interface Abstract {
  readonly bases: readonly string[];
  /** Builtin classes that count as instances by registration. */
  readonly builtins: readonly string[];
  /** Methods that make any class count as one; empty when only deriving and registering do. */
  readonly methods: readonly string[];
}

const iterables = ['list', 'tuple', 'str', 'bytes', 'range', 'dict', 'set', 'frozenset'];
const hashables = ['str', 'bytes', 'int', 'float', 'bool', 'tuple', 'frozenset', 'NoneType', 'range', 'function', 'builtin_function_or_method', 'method', 'type', 'module'];

const table: Readonly<Record<string, Abstract>> = {
  Hashable: { bases: [], builtins: hashables, methods: ['__hash__'] },
  Callable: { bases: [], builtins: ['function', 'type'], methods: ['__call__'] },
  Sized: { bases: [], builtins: iterables, methods: ['__len__'] },
  Container: { bases: [], builtins: iterables, methods: ['__contains__'] },
  Iterable: { bases: [], builtins: iterables, methods: ['__iter__'] },
  Iterator: { bases: ['Iterable'], builtins: [], methods: ['__iter__', '__next__'] },
  Generator: { bases: ['Iterator'], builtins: [], methods: ['__iter__', '__next__', 'send', 'throw', 'close'] },
  Reversible: { bases: ['Iterable'], builtins: ['list', 'tuple', 'str', 'bytes', 'range', 'dict'], methods: ['__reversed__', '__iter__'] },
  Collection: { bases: ['Sized', 'Iterable', 'Container'], builtins: iterables, methods: ['__len__', '__iter__', '__contains__'] },
  Sequence: { bases: ['Reversible', 'Collection'], builtins: ['list', 'tuple', 'str', 'bytes', 'range'], methods: [] },
  MutableSequence: { bases: ['Sequence'], builtins: ['list'], methods: [] },
  Mapping: { bases: ['Collection'], builtins: ['dict'], methods: [] },
  MutableMapping: { bases: ['Mapping'], builtins: ['dict'], methods: [] },
  Set: { bases: ['Collection'], builtins: ['set', 'frozenset'], methods: [] },
  MutableSet: { bases: ['Set'], builtins: ['set'], methods: [] },
};

const module = 'collections.abc';

const instanceCheck: NativeCall = (rt, [cls, value = null], _keywords, place) => {
  if (!(cls instanceof PyClass) || value instanceof Unknown) return value instanceof Unknown ? value : false;
  if (rt.isInstance(value, cls)) return true;
  const abstract = abstractOf(rt, cls);
  if (abstract === undefined) return rt.classOf(value).unknownBase ?? false;
  if (value instanceof PyIterator) return iteratorVerdict(rt, cls, value, place);
  return hasMethods(rt, rt.classOf(value), cls, abstract, value);
};

const subclassCheck: NativeCall = (rt, [cls, other = null]) => {
  if (!(cls instanceof PyClass) || !(other instanceof PyClass)) return other instanceof Unknown ? other : false;
  if (other.mro.includes(cls)) return true;
  const abstract = abstractOf(rt, cls);
  return abstract === undefined ? (other.unknownBase ?? false) : hasMethods(rt, other, cls, abstract, undefined);
};

/** Iterators are only the language's own here: which of them are generators, their name says. */
function iteratorVerdict(rt: Runtime, cls: PyClass, value: PyIterator, place: Place): Value {
  if (['Iterator', 'Iterable'].includes(cls.name)) return true;
  if (cls.name === 'Generator') return value.name === 'generator';
  if (['Hashable'].includes(cls.name)) return true;
  return ['dict_keys', 'dict_values', 'dict_items'].includes(value.name) ? rt.unknown('not_modelled', 'what a view counts as is not modelled', place) : false;
}

/** The table's row when the class is one of the abstract classes themselves, not one that derives from them. */
function abstractOf(rt: Runtime, cls: PyClass): Abstract | undefined {
  return Object.hasOwn(table, cls.name) && abstractClass(cls.name)(rt) === cls ? table[cls.name] : undefined;
}

function hasMethods(rt: Runtime, owner: PyClass, cls: PyClass, { builtins, methods }: Abstract, value: Value | undefined): Value {
  if (owner.mro.some((each) => each.module === 'builtins' && builtins.includes(each.name))) return !unhashable(cls, owner);
  if (cls.name === 'Callable' && value !== undefined && !(value instanceof PyInstance) && isFunction(value)) return true;
  const isPlainBuiltin = owner.module === 'builtins' && owner.name !== 'object';
  if (methods.length === 0 || isPlainBuiltin) return owner.unknownBase ?? false;
  const own = owner.mro.filter((each) => each.path !== 'object');
  const has = (name: string): boolean => (name === '__hash__' ? hashable(own) : own.some((each) => each.attributes.has(name)));
  return methods.every(has) ? true : (owner.unknownBase ?? false);
}

const isFunction = (value: Value): boolean => value !== null && typeof value === 'object' && ['function', 'native', 'method', 'class'].includes(value.kind);
const unhashable = (cls: PyClass, owner: PyClass): boolean => cls.name === 'Hashable' && owner.attributes.get('__hash__') === null;

/** A class that says `__eq__` and no `__hash__` has none. */
function hashable(own: readonly PyClass[]): boolean {
  const first = own.find((each) => each.attributes.has('__hash__') || each.attributes.has('__eq__'));
  return first === undefined || (first.attributes.has('__hash__') && first.attributes.get('__hash__') !== null);
}

/** `abc.ABCMeta` of the run. */
export const abstractMeta = defineClass({
  name: 'ABCMeta',
  module: 'abc',
  bases: [builtin('type')],
  methods: {
    __instancecheck__: instanceCheck,
    __subclasscheck__: subclassCheck,
    // A registered class counts as an instance from now on, without being in any order.
    register: (rt, [cls, other = null]) => {
      if (cls instanceof PyClass && other instanceof PyClass) other.mro = [...other.mro.slice(0, -1), cls, ...other.mro.slice(-1)];
      else if (cls instanceof PyClass && cls.taint === undefined) cls.taint = rt.unknown('not_modelled', 'what was registered is not known', libraryPlace);
      return other;
    },
  },
});

const made = new Map<string, (rt: Runtime) => PyClass>();

function abstractClass(name: string): (rt: Runtime) => PyClass {
  const known = made.get(name);
  if (known) return known;
  const bases = (table[name]?.bases ?? []).map(abstractClass);
  const getter = defineClass({
    name, module, ...(bases.length > 0 ? { bases } : {}), metaclass: abstractMeta,
    classMethods: { __class_getitem__: (_rt, [cls]) => cls ?? null },
  });
  made.set(name, getter);
  return getter;
}

const registrationKey = {};

/** Puts the abstract classes into the order of the builtin ones, where `isinstance` finds them. */
export function registerAbstract(rt: Runtime): void {
  oncePerRun(rt, registrationKey, () => {
    for (const [name, { builtins, methods }] of Object.entries(table)) {
      if (methods.length > 0) continue;
      const abstract = abstractClass(name)(rt);
      for (const each of builtins) insert(rt.builtinClass(each), abstract);
    }
    return true;
  });
}

function insert(cls: PyClass, abstract: PyClass): void {
  cls.mro = [...cls.mro.slice(0, -1), abstract, ...cls.mro.slice(-1)];
}

const containers = new Set(['list', 'tuple', 'str', 'bytes', 'range', 'dict', 'set', 'frozenset']);

/** Gives a class of the repository what its abstract bases offer and nothing in its order has. */
export function finishAbstractClass(rt: Runtime, cls: PyClass): void {
  if (cls.mro.some((each) => each.module === 'builtins' && containers.has(each.name))) return;
  const offered = rt.librarySource(module).variables;
  const taken = new Set(cls.mro.filter((each) => each.path !== 'object').flatMap((each) => [...each.attributes.keys()]));
  for (const abstract of cls.mro.filter((each) => each.module === module)) {
    const mixin = offered.get(abstract.name);
    if (!(mixin instanceof PyClass)) continue;
    for (const [name, value] of mixin.attributes) {
      if (!isMethod(value) || taken.has(name)) continue;
      taken.add(name);
      cls.attributes.set(name, value);
      if (name === '__eq__' && !taken.has('__hash__')) cls.attributes.set('__hash__', null);
    }
  }
}

const isMethod = (value: Value): boolean => value instanceof PyFunction || (value !== null && typeof value === 'object' && value.kind === 'classmethod');

/** Paths of the abstract classes that offer methods. */
export const finishedAbstract: readonly string[] = Object.keys(table).map((name) => `${module}.${name}`);

const abstractValue = (name: string) => (rt: Runtime): Value => {
  registerAbstract(rt);
  return abstractClass(name)(rt);
};

/** Names of `collections.abc`; `typing` has the same ones. */
export const abstractClasses: Readonly<Record<string, (rt: Runtime) => Value>> = Object.fromEntries(
  Object.keys(table).map((name) => [name, abstractValue(name)]),
);
