import { hasSpecialName } from '../../../knowledge/library/special-names.js';
import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import {
  type NativeCall,
  type PyClass,
  PyInstance,
  PyModule,
  PyTuple,
  Unknown,
  noKeywords,
  type Value,
} from '../../values.js';
import { asText, typeName } from '../protocol/kinds.js';
import { deleteAttribute } from '../attributes.js';
import { isRaised } from '../protocol/special.js';
import { bind } from './arguments.js';

function attributeName(rt: Runtime, value: Value, place: Place): string | Unknown {
  if (value instanceof Unknown) return value;
  return asText(value) ?? rt.raise('TypeError', `attribute name must be string, not '${typeName(value)}'`, place);
}

const getattr: NativeCall = (rt, args, _keywords, place) => {
  const [object, key, otherwise] = args;
  if (object === undefined || key === undefined || args.length > 3) {
    return rt.raise('TypeError', `getattr expected at least 2 arguments, got ${args.length}`, place);
  }
  const name = attributeName(rt, key, place);
  if (name instanceof Unknown) return name;
  if (otherwise === undefined) return rt.getAttribute(object, name, place);
  const found = findOrNone(rt, object, name, place);
  return found === undefined ? otherwise : found;
};

/** The attribute; undefined when there is none, which a property or `__getattr__` says by an AttributeError. */
function findOrNone(rt: Runtime, object: Value, name: string, place: Place): Value | undefined {
  try {
    return rt.findAttribute(object, name, place);
  } catch (caught) {
    if (isRaised(rt, caught, 'AttributeError')) return undefined;
    throw caught;
  }
}

const hasattr: NativeCall = (rt, args, keywords, place) => {
  const { object, key } = bind(rt, 'hasattr', ['object', 'key'], {}, args, keywords, place);
  const name = attributeName(rt, key, place);
  if (name instanceof Unknown) return name;
  if (object instanceof Unknown) return object;
  const found = findOrNone(rt, object, name, place);
  // An unknown of a known object may stand for an attribute that its unknown class lacks.
  if (found instanceof Unknown && object instanceof PyInstance && object.cls.unknownBase !== undefined) return found;
  return found !== undefined || rt.classOf(object).mro.some((cls) => cls.module === 'builtins' && hasSpecialName(cls.name, name));
};

const setattr: NativeCall = (rt, args, keywords, place) => {
  const { object, key, value } = bind(rt, 'setattr', ['object', 'key', 'value'], {}, args, keywords, place);
  const name = attributeName(rt, key, place);
  if (name instanceof Unknown) rt.escape(object, name);
  else rt.setAttribute(object, name, value, place);
  return null;
};

const delattr: NativeCall = (rt, args, keywords, place) => {
  const { object, key } = bind(rt, 'delattr', ['object', 'key'], {}, args, keywords, place);
  const name = attributeName(rt, key, place);
  if (name instanceof Unknown) {
    rt.escape(object, name);
    return null;
  }
  deleteAttribute(rt, object, name, place);
  return null;
};

/** The classes that the second argument of `isinstance` names: a class, a tuple of them, or `int | str`. */
function classesOf(rt: Runtime, value: Value, name: string, place: Place): (PyClass | Unknown)[] {
  if (value instanceof PyTuple) return value.items.flatMap((item) => classesOf(rt, item, name, place));
  if (value instanceof Unknown) return [value];
  if (typeof value === 'object' && value?.kind === 'class') return [value];
  return rt.raise('TypeError', `${name}() arg 2 must be a type, a tuple of types, or a union`, place);
}

const isinstance: NativeCall = (rt, args, keywords, place) => {
  const { object, classes } = bind(rt, 'isinstance', ['object', 'classes'], {}, args, keywords, place);
  return anyOf(classesOf(rt, classes, 'isinstance', place), (cls) => instanceVerdict(rt, object, cls, place));
};

function anyOf(classes: readonly (PyClass | Unknown)[], verdict: (cls: PyClass) => boolean | Unknown): boolean | Unknown {
  let unknown: Unknown | undefined;
  for (const cls of classes) {
    const result = cls instanceof Unknown ? cls : verdict(cls);
    if (result === true) return true;
    if (result instanceof Unknown) unknown ??= result;
  }
  return unknown ?? false;
}

const plainTypes = new Set(['str', 'int', 'float', 'bool', 'list', 'tuple', 'dict', 'set', 'bytes']);

function instanceVerdict(rt: Runtime, value: Value, cls: PyClass, place: Place): boolean | Unknown {
  if (value instanceof Unknown) return unknownVerdict(value, cls);
  if (rt.isInstance(value, cls)) return true;
  const asked = askMetaclass(rt, cls, '__instancecheck__', value, place);
  if (asked !== undefined) return asked;
  return rt.classOf(value).unknownBase ?? false;
}

/** What the metaclass of a class says about an instance or a subclass; undefined when it has no opinion. */
function askMetaclass(rt: Runtime, cls: PyClass, name: string, value: Value, place: Place): boolean | Unknown | undefined {
  const check = cls.metaclass?.mro.map((each) => each.attributes.get(name)).find((each) => each !== undefined);
  return check === undefined ? undefined : rt.truth(rt.call(check, [cls, value], noKeywords, place), place);
}

/** Of some unknown values the type is known. */
function unknownVerdict(value: Unknown, cls: PyClass): boolean | Unknown {
  if (cls.module !== 'builtins' || !plainTypes.has(value.typeName)) return cls.path === 'object' ? true : value;
  if (cls.name === value.typeName || cls.name === 'object') return true;
  return plainTypes.has(cls.name) ? cls.name === 'int' && value.typeName === 'bool' : value;
}

const issubclass: NativeCall = (rt, args, keywords, place) => {
  const { cls, classes } = bind(rt, 'issubclass', ['cls', 'classes'], {}, args, keywords, place);
  if (cls instanceof Unknown) return cls;
  if (typeof cls !== 'object' || cls?.kind !== 'class') return rt.raise('TypeError', 'issubclass() arg 1 must be a class', place);
  return anyOf(classesOf(rt, classes, 'issubclass', place), (parent) =>
    cls.mro.includes(parent) ? true : (askMetaclass(rt, parent, '__subclasscheck__', cls, place) ?? cls.unknownBase ?? false),
  );
};

const vars: NativeCall = (rt, args, keywords, place) => {
  const { object } = bind(rt, 'vars', ['object'], {}, args, keywords, place);
  if (object instanceof Unknown) return object;
  if (object instanceof PyInstance) return object.taint ?? rt.getAttribute(object, '__dict__', place);
  if (object instanceof PyModule) return object.taint ?? rt.dict(object.variables);
  if (typeof object === 'object' && object?.kind === 'class') return object.taint ?? rt.dict(object.attributes);
  return rt.raise('TypeError', 'vars() argument must have __dict__ attribute', place);
};

/** The names that a module, class or instance of the repository has; those of builtins are not all modelled. */
const dir: NativeCall = (rt, args, _keywords, place) => {
  const [object] = args;
  if (object instanceof Unknown) return object;
  if (object instanceof PyModule && object.file !== '' && object.taint === undefined) {
    return rt.list([...object.variables.keys()].sort());
  }
  return rt.unknown('not_modelled', 'the names that dir() lists are not all modelled', place);
};

const callable: NativeCall = (rt, args, keywords, place) => {
  const { object } = bind(rt, 'callable', ['object'], {}, args, keywords, place);
  if (object instanceof Unknown) return object;
  if (object === null || typeof object !== 'object') return false;
  if (['function', 'native', 'method', 'class', 'staticmethod'].includes(object.kind)) return true;
  if (object.kind !== 'instance' && object.kind !== 'dict' && object.kind !== 'tuple') return false;
  return rt.findSpecial(object, '__call__') !== undefined ? true : (object.cls?.unknownBase ?? false);
};

/** Builtin functions on attributes and classes. */
export const attributeFunctions: Readonly<Record<string, NativeCall>> = {
  getattr,
  hasattr,
  setattr,
  delattr,
  isinstance,
  issubclass,
  vars,
  dir,
  callable,
};
