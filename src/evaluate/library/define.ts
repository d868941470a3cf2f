import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyRaise } from '../runtime.js';
import type { Keywords, NativeCall, Value } from '../values.js';
import { PyClass, PyClassMethod, PyInstance, PyNative, PyProperty, PyStaticMethod, Unknown, noKeywords } from '../values.js';

/** Place of what the library makes by itself (module attributes): no line of the repository asked for it. */
export const libraryPlace: Place = { file: '<library>', line: 1 };

/** What a modelled class consists of. Native methods get the instance as their first argument. */
export interface ClassShape {
  readonly name: string;
  readonly module: string;
  readonly bases?: readonly ((rt: Runtime) => PyClass)[];
  readonly methods?: Readonly<Record<string, NativeCall>>;
  readonly classMethods?: Readonly<Record<string, NativeCall>>;
  readonly staticMethods?: Readonly<Record<string, NativeCall>>;
  readonly properties?: Readonly<Record<string, (rt: Runtime, self: Value, place: Place) => Value>>;
  readonly attributes?: (rt: Runtime, cls: PyClass) => Readonly<Record<string, Value>>;
  readonly construct?: PyClass['construct'];
  /** Attributes that the real class has and that are unknown here. */
  readonly unmodelled?: readonly string[];
  readonly metaclass?: (rt: Runtime) => PyClass;
  /** Attributes that are not listed are unknown instead of missing. */
  readonly isOpen?: boolean;
}

// A class must be one object within a run (`isinstance`, `is`) and must not leak into another run. The runtime is the
// run's identity, so the cache hangs on it and goes with it.
const caches = new WeakMap<Runtime, Map<object, unknown>>();

/** What `make` gives, made once per run. `key` tells the things apart. */
export function oncePerRun<T>(rt: Runtime, key: object, make: () => T): T {
  const cache = caches.get(rt) ?? new Map<object, unknown>();
  caches.set(rt, cache);
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key) as T;
}

/** A getter of the run's class of that shape. */
export function defineClass(shape: ClassShape): (rt: Runtime) => PyClass {
  return (rt) => oncePerRun(rt, shape, () => buildClass(rt, shape));
}

function buildClass(rt: Runtime, shape: ClassShape): PyClass {
  const bases = shape.bases?.map((base) => base(rt)) ?? [rt.builtinClass('object')];
  const cls = new PyClass(rt.stamp(), shape.name, shape.module, bases, undefined);
  cls.mro = [cls, ...mergeOrders(bases)];
  if (shape.construct) {
    cls.construct = shape.construct;
    // What `construct` makes is finished: `object.__init__` must not see the arguments again.
    cls.attributes.set('__init__', new PyNative('__init__', () => null));
  }
  if (shape.metaclass) cls.metaclass = shape.metaclass(rt);
  if (shape.isOpen) cls.unknownBase = inertUnknown(`${cls.path} is modelled in part`, libraryPlace, cls.path);
  for (const [name, call] of Object.entries(shape.methods ?? {})) cls.attributes.set(name, new PyNative(name, call));
  for (const [name, call] of Object.entries(shape.classMethods ?? {})) cls.attributes.set(name, new PyClassMethod(new PyNative(name, call)));
  for (const [name, call] of Object.entries(shape.staticMethods ?? {})) cls.attributes.set(name, new PyStaticMethod(new PyNative(name, call, false)));
  for (const [name, get] of Object.entries(shape.properties ?? {})) cls.attributes.set(name, property(name, get));
  for (const name of shape.unmodelled ?? []) cls.attributes.set(name, property(name, (_rt, _self, place) => inertUnknown(`${cls.path}.${name} is not modelled`, place)));
  for (const [name, value] of Object.entries(shape.attributes?.(rt, cls) ?? {})) cls.attributes.set(name, value);
  return cls;
}

function property(name: string, get: (rt: Runtime, self: Value, place: Place) => Value): PyProperty {
  return new PyProperty(new PyNative(name, (rt, [self], _keywords, place) => get(rt, self ?? null, place)));
}

/** Orders of the bases one after the other, each class at its last place: right for the small trees modelled here. */
export function mergeOrders(bases: readonly PyClass[]): PyClass[] {
  const all = bases.flatMap((base) => base.mro);
  return all.filter((cls, index) => all.lastIndexOf(cls) === index);
}

/** A class of exceptions of a modelled library. */
export function defineException(module: string, name: string, base: (rt: Runtime) => PyClass): (rt: Runtime) => PyClass {
  return defineClass({ name, module, bases: [base] });
}

/** A builtin class by name, as a base. */
export function builtin(name: string): (rt: Runtime) => PyClass {
  return (rt) => rt.builtinClass(name);
}

/** Raises an exception of a modelled class. */
export function raiseOf(rt: Runtime, cls: PyClass, message: string, place: Place): never {
  const value = rt.call(cls, [message], noKeywords, place);
  if (value instanceof PyInstance || value instanceof Unknown) throw new PyRaise(value, place);
  return rt.raise('Exception', message, place);
}

/** An unknown whose call is known to leave DAGs and arguments alone. */
export function inertUnknown(text: string, place: Place, path = '', typeName = ''): Unknown {
  return new Unknown({ kind: 'not_modelled', text, place }, path, true, typeName);
}

/** A function value; `call` sees unknowns too. */
export function lenient(name: string, call: NativeCall): PyNative {
  return new PyNative(name, call, false);
}

/** A function value that gives back the first unknown among its arguments instead of working on it. */
export function strict(name: string, call: NativeCall): PyNative {
  return new PyNative(name, propagating(call), false);
}

/** Wraps a call so that an unknown argument is its result. */
export function propagating(call: NativeCall): NativeCall {
  return (rt, args, keywords, place) => firstUnknown(args, keywords) ?? call(rt, args, keywords, place);
}

/** The same for a table of methods. */
export function propagatingAll(calls: Readonly<Record<string, NativeCall>>): Record<string, NativeCall> {
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, propagating(call)]));
}

/** The first unknown among arguments. */
export function firstUnknown(args: readonly Value[], keywords: Keywords = noKeywords): Unknown | undefined {
  for (const value of args) if (value instanceof Unknown) return value;
  for (const value of keywords.values()) if (value instanceof Unknown) return value;
  return undefined;
}

type Makers = Record<string, (rt: Runtime) => Value>;

/** Entries of a module table for functions that give back an unknown argument. */
export function strictFunctions(calls: Readonly<Record<string, NativeCall>>): Makers {
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, () => strict(name, call)]));
}

/** Entries of a module table for functions that see unknowns. */
export function lenientFunctions(calls: Readonly<Record<string, NativeCall>>): Makers {
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, () => lenient(name, call)]));
}

/** Entries of a module table for functions whose result the analyser can't have. */
export function unknownFunctions(module: string, kind: Unknown['reason']['kind'], typeNames: Readonly<Record<string, string>>): Makers {
  const make = (name: string, typeName: string): PyNative =>
    lenient(name, (_rt, _args, _keywords, place) => {
      const path = `${module}.${name}`;
      return new Unknown({ kind, text: `${path}() differs at every parse or machine`, place }, path, true, typeName);
    });
  return Object.fromEntries(Object.entries(typeNames).map(([name, typeName]) => [name, () => make(name, typeName)]));
}

/** Entries of a module table for functions that change nothing that matters and return None. */
export function silentFunctions(names: readonly string[]): Makers {
  return Object.fromEntries(names.map((name) => [name, () => lenient(name, () => null)]));
}

/** Entries of a module table for submodules. */
export function submodules(parent: string, names: readonly string[]): Makers {
  return Object.fromEntries(names.map((name) => [name, (rt: Runtime) => rt.importModule(`${parent}.${name}`, libraryPlace)]));
}
