import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import {
  PyClass,
  PyClassMethod,
  PyInstance,
  PyNative,
  PyProperty,
  PySet,
  PySlice,
  PyStaticMethod,
  PySuper,
  Unknown,
  ellipsis,
  noKeywords,
  notImplemented,
} from '../values.js';
import type { NativeCall, Value } from '../values.js';
import { dropAttribute, findDefault, noAttribute, storeAttribute } from './attributes.js';
import { exceptionAliases, exceptionClasses, makeException } from './exceptions.js';
import { constructors } from './types/constructors.js';
import { builtinFunctions } from './types/functions.js';
import { generatorMethods, iteratorMethods } from './types/iterator.js';
import { typeMethods } from './types/methods.js';

/** Classes of iterators that have no constructor of their own. */
const iteratorNames = [
  'bytes_iterator', 'callable_iterator', 'dict_itemiterator', 'dict_keyiterator', 'dict_valueiterator', 'iterator', 'list_iterator', 'list_reverseiterator',
  'range_iterator', 'set_iterator', 'str_ascii_iterator', 'str_iterator', 'tuple_iterator', 'dict_reversekeyiterator', 'bytearray_iterator',
];

/** Builtin classes besides those with a constructor or methods of their own, with their base. */
const plainClasses: Readonly<Record<string, string>> = {
  NoneType: 'object',
  NotImplementedType: 'object',
  bool: 'int',
  builtin_function_or_method: 'object',
  classmethod: 'object',
  ellipsis: 'object',
  property: 'object',
  staticmethod: 'object',
  super: 'object',
  function: 'object',
  generator: 'object',
  ...Object.fromEntries(iteratorNames.map((name) => [name, 'object'])),
  method: 'object',
  module: 'object',
};

/** Every builtin class by name. `object` and `type` come first: all others rest on them. */
export function makeBuiltinClasses(stamp: () => number): Map<string, PyClass> {
  const classes = new Map<string, PyClass>();
  const define = (name: string, base: string | undefined): PyClass => {
    const known = classes.get(name);
    if (known !== undefined) return known;
    const parent = base === undefined ? undefined : define(base, base === 'object' ? undefined : (plainClasses[base] ?? 'object'));
    const cls = new PyClass(stamp(), name, 'builtins', parent === undefined ? [] : [parent], undefined);
    cls.mro = parent === undefined ? [cls] : [cls, ...parent.mro];
    classes.set(name, cls);
    return cls;
  };
  define('object', undefined);
  define('type', 'object');
  for (const name of [...Object.keys(constructors), ...Object.keys(typeMethods), ...Object.keys(plainClasses)]) {
    define(name, plainClasses[name] ?? 'object');
  }
  for (const [name, base] of exceptionClasses) define(name, base);
  return classes;
}

/** Gives the builtin classes their methods and the way instances of them are made. */
export function equipBuiltinClasses(rt: Runtime, classes: ReadonlyMap<string, PyClass>): void {
  for (const [name, call] of Object.entries(constructors)) {
    const cls = classes.get(name);
    const make = orderless.has(name) ? withoutOrder(call) : call;
    if (cls !== undefined) cls.construct = (runtime, made, args, keywords, place) => construct(runtime, make, made, args, keywords, place);
  }
  for (const [name, methods] of Object.entries(typeMethods)) {
    const cls = classes.get(name);
    for (const [method, native] of Object.entries(methods)) {
      const isStatic = staticMethods.has(`${name}.${method}`);
      const value = new PyNative(method, (name === 'set' || name === 'frozenset') && !method.startsWith('__') ? withoutOrder(native, 1) : native);
      cls?.attributes.set(method, isStatic ? new PyStaticMethod(value) : value);
    }
  }
  for (const name of [...iteratorNames, 'enumerate', 'filter', 'map', 'reversed', 'zip', 'generator']) {
    for (const [method, native] of Object.entries(name === 'generator' ? generatorMethods : iteratorMethods)) classes.get(name)?.attributes.set(method, new PyNative(method, native));
  }
  for (const part of ['start', 'stop', 'step'] as const) {
    classes.get('slice')?.attributes.set(part, new PyProperty(new PyNative(part, (_rt, [self]) => (self instanceof PySlice ? self[part] : null))));
  }
  for (const name of ['int', 'float']) {
    for (const [attribute, get] of Object.entries(numberParts)) {
      classes.get(name)?.attributes.set(attribute, new PyProperty(new PyNative(attribute, (_rt, [self = null]) => get(self))));
    }
  }
  for (const name of ['bytearray', 'complex', 'memoryview']) {
    rt.builtinClass(name).unknownBase = new Unknown({ kind: 'not_modelled', text: `${name} is not modelled`, place: { file: '', line: 1 } }, name, true);
  }
  const object = rt.builtinClass('object');
  for (const [name, call] of Object.entries(objectMethods)) object.attributes.set(name, new PyNative(name, call));
  object.attributes.set('__new__', new PyStaticMethod(new PyNative('__new__', newObject)));
  equipType(rt);
  equipExceptions(rt);
}

/** Attributes of numbers (https://docs.python.org/3/library/numbers.html). */
const numberParts: Readonly<Record<string, (self: Value) => Value>> = {
  real: (self) => (typeof self === 'boolean' ? BigInt(self) : self),
  imag: (self) => (typeof self === 'number' ? 0 : 0n),
  numerator: (self) => (typeof self === 'boolean' ? BigInt(self) : self),
  denominator: () => 1n,
};

/** Builtins whose result doesn't depend on the order of what they are given. */
const orderless: ReadonlySet<string> = new Set(['all', 'any', 'frozenset', 'max', 'min', 'set', 'sorted']);

/** Hands sets over as lists: their items, without the doubt about their order. */
function withoutOrder(call: NativeCall, from = 0): NativeCall {
  const asList = (rt: Runtime, value: Value, index: number): Value =>
    value instanceof PySet && value.taint === undefined && index >= from ? rt.list([...value.entries.values()]) : value;
  // Only the iterable has no order to lose: `max({1}, {2})` compares the sets themselves.
  const isAlone = (args: readonly Value[]): boolean => from > 0 || args.length === 1;
  // Of items with equal keys the first one counts, and stays first.
  return (rt, args, keywords, place) => call(rt, isAlone(args) && !keywords.has('key') ? args.map((value, index) => asList(rt, value, index)) : args, keywords, place);
}

/** Methods that are found on the class and get no instance. */
const staticMethods: ReadonlySet<string> = new Set(['str.maketrans', 'dict.fromkeys', 'bytes.fromhex', 'bytes.maketrans', 'float.fromhex', 'int.from_bytes']);

function construct(rt: Runtime, call: NativeCall, cls: PyClass, args: readonly Value[], keywords: ReadonlyMap<string, Value>, place: Place): Value {
  if (cls.module === 'builtins') return call(rt, args, keywords, place);
  return rt.makeSubclassInstance(cls, call(rt, args, keywords, place), place);
}

const objectMethods: Readonly<Record<string, NativeCall>> = {
  __delattr__: (rt, [self = null, name], _keywords, place) => {
    if (typeof name === 'string') dropAttribute(rt, self, name, place);
    return null;
  },
  __getattribute__: (rt, [self = null, name], _keywords, place) => {
    if (typeof name !== 'string') return name ?? null;
    const found = findDefault(rt, self, name, place);
    if (found !== undefined) return found;
    return /^__\w+__$/.test(name) ? rt.unknown('not_modelled', `${name} of an object is not modelled`, place) : noAttribute(rt, self, name, place);
  },
  __setattr__: (rt, [self = null, name, value = null], _keywords, place) => {
    if (typeof name === 'string') storeAttribute(rt, self, name, value, place);
    return null;
  },
};

/** `object.__new__(cls)`: the class's own way of making instances, without its `__new__`. */
const newObject: NativeCall = (rt, [cls, ...args], keywords, place) => {
  if (!(cls instanceof PyClass)) return rt.raise('TypeError', 'object.__new__(X): X is not a type object', place);
  for (const each of cls.mro) if (each.construct !== undefined) return each.construct(rt, cls, args, keywords, place);
  if (args.length + keywords.size > 0 && cls.unknownBase === undefined) {
    if (cls.mro.some((each) => each.place !== undefined && each.attributes.has('__new__'))) {
      return rt.raise('TypeError', 'object.__new__() takes exactly one argument (the type to instantiate)', place);
    }
    if (!cls.mro.some((each) => each.attributes.has('__init__'))) return rt.raise('TypeError', `${cls.name}() takes no arguments`, place);
  }
  return rt.instance(cls);
};

function equipType(rt: Runtime): void {
  const type = rt.builtinClass('type');
  type.construct = (runtime, cls, args, keywords, place) => {
    const [name = null, bases = null, namespace = null] = args;
    if (args.length === 1 && cls === type) return name instanceof Unknown ? name : runtime.classOf(name);
    if (args.length !== 3) return runtime.raise('TypeError', 'type() takes 1 or 3 arguments', place);
    return runtime.makeClass(cls === type ? undefined : cls, name, bases, namespace, keywords, place);
  };
  type.attributes.set('__call__', new PyNative('__call__', (runtime, [cls = null, ...args], keywords, place) =>
    cls instanceof PyClass ? runtime.instantiate(cls, args, keywords, place) : runtime.call(cls, args, keywords, place)));
  type.attributes.set('mro', new PyNative('mro', (runtime, [cls]) => runtime.list(cls instanceof PyClass ? [...cls.mro] : [])));
  type.attributes.set('__subclasses__', new PyNative('__subclasses__', (runtime, [cls]) => runtime.list(cls instanceof PyClass ? [...cls.subclasses] : [])));
}

function equipExceptions(rt: Runtime): void {
  const base = rt.builtinClass('BaseException');
  base.construct = (runtime, cls, args, _keywords, place) => {
    if (cls.mro.some((each) => each.path === 'ExceptionGroup' || each.path === 'BaseExceptionGroup')) return runtime.unknown('not_modelled', 'exception groups are not modelled', place);
    return makeException(runtime, exceptionClassFor(runtime, cls, args), args);
  };
  base.attributes.set(
    '__init__',
    new PyNative('__init__', (runtime, [self, ...args]) => {
      if (self instanceof PyInstance) self.attributes.set('args', runtime.tuple(args));
      return null;
    }),
  );
  base.attributes.set('with_traceback', new PyNative('with_traceback', (_rt, [self = null]) => self));
  base.attributes.set('add_note', new PyNative('add_note', addNote));
  base.attributes.set('__cause__', null);
  base.attributes.set('__context__', null);
  base.attributes.set('__suppress_context__', false);
}

const addNote: NativeCall = (rt, [self, note = null], _keywords, place) => {
  if (!(self instanceof PyInstance)) return null;
  if (typeof note !== 'string') return note instanceof Unknown ? null : rt.raise('TypeError', `note must be a str, not '${rt.classOf(note).name}'`, place);
  const notes = self.attributes.get('__notes__') ?? rt.list([]);
  self.attributes.set('__notes__', notes);
  rt.call(rt.getAttribute(notes, 'append', place), [note], noKeywords, place);
  return null;
};

/** Subclasses of OSError by their error number (https://docs.python.org/3/library/exceptions.html#os-exceptions). */
const systemErrors: Readonly<Record<string, string>> = { 1: 'PermissionError', 2: 'FileNotFoundError', 3: 'ProcessLookupError', 4: 'InterruptedError', 10: 'ChildProcessError', 11: 'BlockingIOError', 13: 'PermissionError', 17: 'FileExistsError', 20: 'NotADirectoryError', 21: 'IsADirectoryError', 32: 'BrokenPipeError', 110: 'TimeoutError', 111: 'ConnectionRefusedError' };

function exceptionClassFor(rt: Runtime, cls: PyClass, [code, reason]: readonly Value[]): PyClass {
  if (cls.path !== 'OSError' || reason === undefined || typeof code !== 'bigint') return cls;
  const name = systemErrors[code.toString()];
  return name === undefined ? cls : rt.builtinClass(name);
}

/** What builtin names mean that are neither classes nor plain functions. */
const special: Readonly<Record<string, (rt: Runtime) => Value>> = {
  Ellipsis: () => ellipsis,
  NotImplemented: () => notImplemented,
  __debug__: () => true,
  __name__: () => 'builtins',
  property: () => new PyNative('property', (_rt, [getter = null, setter = null, deleter = null], keywords) => new PyProperty(keywords.get('fget') ?? getter, keywords.get('fset') ?? setter, false, keywords.get('fdel') ?? deleter), false),
  staticmethod: () => new PyNative('staticmethod', (_rt, [callee = null]) => new PyStaticMethod(callee), false),
  classmethod: () => new PyNative('classmethod', (_rt, [callee = null]) => new PyClassMethod(callee), false),
  super: () => new PyNative('super', makeSuper, false),
  globals: () => new PyNative('globals', (rt, _args, _keywords, place) => rt.unknown('not_modelled', 'globals() called indirectly', place), false),
  locals: () => new PyNative('locals', (rt, _args, _keywords, place) => rt.unknown('not_modelled', 'locals() called indirectly', place), false),
  eval: () => dangerous('eval'),
  exec: () => dangerous('exec'),
  compile: () => dangerous('compile'),
  __import__: () =>
    new PyNative('__import__', (rt, [name], _keywords, place) => {
      return typeof name === 'string' ? rt.importModule(name, place) : rt.unknown('dynamic_import', 'a module whose name is not known', place);
    }, false),
};

const makeSuper: NativeCall = (rt, [cls, self = null], _keywords, place) => {
  if (!(cls instanceof PyClass)) return cls instanceof Unknown ? cls : rt.raise('TypeError', 'super() argument 1 must be a type', place);
  const owner = self instanceof PyClass && self.mro.includes(cls) ? self : rt.classOf(self);
  if (!(self instanceof Unknown) && !owner.mro.includes(cls) && owner.unknownBase === undefined) {
    return rt.raise('TypeError', 'super(type, obj): obj must be an instance or subtype of type', place);
  }
  return new PySuper(cls, self, owner);
};

/** Code made of text isn't run: whatever it may do to the file's variables is not known. */
function dangerous(name: string): PyNative {
  return new PyNative(
    name,
    (rt, args, _keywords, place) => {
      const reason = rt.unknown('not_modelled', `${name}() runs code made of text`, place);
      for (const argument of args) rt.escape(argument, reason);
      rt.doubtFile(reason);
      return reason;
    },
    false,
  );
}

/** The builtin namespace. */
export function makeBuiltinNames(rt: Runtime, classes: ReadonlyMap<string, PyClass>, extra: Readonly<Record<string, NativeCall>>): Map<string, Value> {
  const names = new Map<string, Value>();
  for (const [name, cls] of classes) if (!Object.hasOwn(plainClasses, name) || name === 'bool') names.set(name, cls);
  for (const [alias, name] of Object.entries(exceptionAliases)) names.set(alias, rt.builtinClass(name));
  for (const [name, call] of Object.entries({ ...builtinFunctions, ...extra })) names.set(name, new PyNative(name, orderless.has(name) ? withoutOrder(call) : call, false));
  for (const [name, make] of Object.entries(special)) names.set(name, make(rt));
  return names;
}
