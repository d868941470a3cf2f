import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { PyClass, Value } from '../../values.js';
import { PyClass as ClassValue, Unknown } from '../../values.js';
import { builtin, defineClass } from '../define.js';

// What a value's class must offer to count as an instance of an abstract class of collections.abc.
const offers: Readonly<Record<string, readonly string[]>> = {
  Callable: ['__call__'], Container: ['__contains__'], Hashable: ['__hash__'], Iterable: ['__iter__'], Iterator: ['__iter__', '__next__'],
  Generator: ['__next__', 'send'], Reversible: ['__iter__', '__reversed__'], Sized: ['__len__'], Collection: ['__len__', '__iter__', '__contains__'],
};

// Builtin classes that count by name.
const builtins: Readonly<Record<string, readonly string[]>> = {
  Callable: ['function', 'builtin_function_or_method', 'method', 'type'],
  Container: ['list', 'tuple', 'dict', 'set', 'frozenset', 'str', 'bytes', 'range'],
  Collection: ['list', 'tuple', 'dict', 'set', 'frozenset', 'str', 'bytes', 'range'],
  Sized: ['list', 'tuple', 'dict', 'set', 'frozenset', 'str', 'bytes', 'range'],
  Iterable: ['list', 'tuple', 'dict', 'set', 'frozenset', 'str', 'bytes', 'range', 'generator', 'map', 'zip', 'filter', 'enumerate', 'dict_keys', 'dict_values', 'dict_items'],
  Reversible: ['list', 'tuple', 'dict', 'str', 'bytes', 'range'],
  Iterator: ['generator', 'map', 'zip', 'filter', 'enumerate', 'list_iterator'],
  Generator: ['generator'],
  Sequence: ['list', 'tuple', 'str', 'bytes', 'range'],
  MutableSequence: ['list'],
  Mapping: ['dict'], MutableMapping: ['dict'],
  Set: ['set', 'frozenset', 'dict_keys'], MutableSet: ['set'],
  Hashable: ['str', 'int', 'float', 'bool', 'NoneType', 'tuple', 'frozenset', 'bytes'],
};

function isInstance(rt: Runtime, cls: Value | undefined, value: Value, place: Place): Value {
  if (!(cls instanceof ClassValue)) return false;
  if (value instanceof Unknown) return value;
  const own = rt.classOf(value);
  if (own.mro.includes(cls)) return true;
  const name = cls.name;
  if (own.mro.some((each) => each.module === 'builtins' && builtins[name]?.includes(each.name))) return true;
  // A class of the repository can derive from another abstract class with the same name in `typing`.
  if (own.mro.some((each) => each.name === name && each.module === 'collections.abc')) return true;
  const methods = offers[name];
  if (methods && own.mro.some((each) => each.module !== 'builtins')) {
    return methods.every((method) => own.mro.some((each) => each.path !== 'object' && each.attributes.has(method)));
  }
  return own.unknownBase ?? (builtins[name] || methods ? false : rt.unknown('not_modelled', `isinstance() with ${cls.path} is not modelled`, place));
}

const abstractType = defineClass({
  name: 'ABCMeta',
  module: 'abc',
  bases: [builtin('type')],
  methods: { __instancecheck__: (rt, [cls, value], _keywords, place) => isInstance(rt, cls, value ?? null, place) },
});

/** Names of the abstract classes. */
export const abstractNames = [
  'Callable', 'Collection', 'Container', 'Generator', 'Hashable', 'Iterable', 'Iterator', 'Mapping', 'MutableMapping', 'MutableSequence', 'MutableSet',
  'Reversible', 'Sequence', 'Set', 'Sized',
] as const;

/** Classes of `collections.abc`; `typing` has the same ones. */
export const abstractClasses: Readonly<Record<string, (rt: Runtime) => PyClass>> = Object.fromEntries(
  abstractNames.map((name) => [name, defineClass({ name, module: 'collections.abc', metaclass: abstractType })]),
);
