import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyFunction } from '../../values.js';
import { defineClass, lenient, oncePerRun } from '../define.js';
import { fromPython } from '../from-python.js';
import { typedNamedtuple } from '../classes/namedtuple.js';
import { abstractClasses, abstractMeta } from '../typing/abstract.js';
import { makeMarker } from '../typing/markers.js';
import { bind, textOf } from '../arguments.js';

const markers = [
  'Annotated', 'Any', 'AnyStr', 'Awaitable', 'AsyncGenerator', 'AsyncIterable', 'AsyncIterator', 'BinaryIO', 'ClassVar', 'Concatenate', 'Coroutine', 'ContextManager',
  'AsyncContextManager', 'Final', 'ForwardRef', 'IO', 'ItemsView', 'KeysView', 'Literal', 'LiteralString', 'Match', 'Never', 'NoReturn', 'NotRequired', 'Optional', 'Pattern',
  'Required', 'ReadOnly', 'Self', 'SupportsAbs', 'SupportsFloat', 'SupportsIndex', 'SupportsInt', 'Text', 'TextIO', 'TypeAlias', 'TypeGuard', 'TypeIs', 'Union', 'Unpack', 'ValuesView',
  'ByteString', 'MappingView', 'Buffer',
] as const;

const aliases: Readonly<Record<string, string>> = {
  List: 'list', Dict: 'dict', Tuple: 'tuple', Set: 'set', FrozenSet: 'frozenset', Type: 'type', Text: 'str', DefaultDict: 'dict', OrderedDict: 'dict',
};

const subscriptable: { readonly classMethods: Readonly<Record<string, NativeCall>> } = {
  classMethods: { __class_getitem__: (_rt, [cls]) => cls ?? null },
};
const genericClass = defineClass({ name: 'Generic', module: 'typing', ...subscriptable });
const protocolClass = defineClass({ name: 'Protocol', module: 'typing', ...subscriptable });
const namedTupleBase = defineClass({ name: 'NamedTuple', module: 'typing' });
const typedDictBase = defineClass({
  name: 'TypedDict',
  module: 'typing',
  construct: (rt, _cls, args, keywords, place) => rt.call(rt.builtinClass('dict'), args, keywords, place),
});

const identity: NativeCall = (_rt, [value]) => value ?? null;
/** Marks a function, so that a class which doesn't fill it can't have instances. */
const markAbstract: NativeCall = (_rt, [value = null]) => {
  if (value instanceof PyFunction) value.attributes.set('__isabstractmethod__', true);
  return value;
};

/** `NamedTuple` and `TypedDict` are functions that can stand as base classes too. */
const callableBase = (name: string, base: (rt: Runtime) => Value, call: NativeCall) => {
  const key = { name };
  return (rt: Runtime): Value =>
    oncePerRun(rt, key, () => {
      const made = lenient(name, call);
      made.attributes.set('__class_base__', base(rt));
      return made;
    });
};

const variable = (kind: string): NativeCall => (rt, args, _keywords, place) => (args[0] === undefined ? makeMarker(rt, kind) : makeMarker(rt, `~${textOf(rt, args[0], place)}`));

/** `typing`. */
export const typingModule: ModuleTable = {
  ...Object.fromEntries(markers.map((name) => [name, (rt: Runtime) => makeMarker(rt, `typing.${name}`)])),
  ...abstractClasses,
  AbstractSet: (rt) => abstractClasses.Set?.(rt) ?? null,
  ...Object.fromEntries(Object.entries(aliases).map(([name, target]) => [name, (rt: Runtime) => rt.builtinClass(target)])),
  Deque: (rt) => makeMarker(rt, 'typing.Deque'),
  Counter: (rt) => makeMarker(rt, 'typing.Counter'),
  ChainMap: (rt) => makeMarker(rt, 'typing.ChainMap'),
  Generic: genericClass,
  Protocol: protocolClass,
  NamedTuple: callableBase('NamedTuple', namedTupleBase, typedNamedtuple),
  TypedDict: callableBase('TypedDict', typedDictBase, (rt) => rt.builtinClass('dict')),
  TYPE_CHECKING: () => false,
  TypeVar: () => lenient('TypeVar', variable('TypeVar')),
  TypeVarTuple: () => lenient('TypeVarTuple', variable('TypeVarTuple')),
  ParamSpec: () => lenient('ParamSpec', variable('ParamSpec')),
  NewType: () => lenient('NewType', () => lenient('NewType', identity)),
  cast: () =>
    lenient('cast', (rt, args, keywords, place) => bind(rt, 'cast', 'typ val', args, keywords, place).val ?? null),
  overload: () => lenient('overload', identity),
  final: () => lenient('final', identity),
  override: () => lenient('override', identity),
  no_type_check: () => lenient('no_type_check', identity),
  runtime_checkable: () => lenient('runtime_checkable', identity),
  deprecated: () => lenient('deprecated', () => lenient('decorator', identity)),
  dataclass_transform: () => lenient('dataclass_transform', () => lenient('decorator', identity)),
  assert_type: () => lenient('assert_type', identity),
  reveal_type: () => lenient('reveal_type', identity),
};

/** `abc`. */
export const abcModule: ModuleTable = {
  ABC: defineClass({ name: 'ABC', module: 'abc', metaclass: abstractMeta }),
  ABCMeta: abstractMeta,
  abstractmethod: () => lenient('abstractmethod', markAbstract),
  abstractproperty: (rt) => rt.builtinClass('property'),
  abstractclassmethod: (rt) => rt.builtinClass('classmethod'),
  abstractstaticmethod: (rt) => rt.builtinClass('staticmethod'),
};

/** `collections.abc`. */
export const collectionsAbcModule: ModuleTable = {
  ...abstractClasses,
  ...Object.fromEntries(['Awaitable', 'Coroutine', 'AsyncIterable', 'AsyncIterator', 'AsyncGenerator', 'ByteString', 'MappingView', 'KeysView', 'ItemsView', 'ValuesView', 'Buffer']
    .map((name) => [name, (rt: Runtime) => makeMarker(rt, `collections.abc.${name}`)])),
};

/** `__future__`. */
export const futureModule: ModuleTable = Object.fromEntries(
  ['annotations', 'division', 'print_function', 'unicode_literals', 'absolute_import', 'with_statement', 'generators', 'generator_stop', 'nested_scopes', 'barry_as_FLUFL']
    .map((name) => [name, () => null]),
);

/** `types`. */
export const typesModule: ModuleTable = {
  ...fromPython('types', ['MappingProxyType', 'SimpleNamespace']),
  NoneType: (rt) => rt.classOf(null),
  ...Object.fromEntries(['GenericAlias', 'UnionType', 'TracebackType', 'CodeType', 'FrameType'].map((name) => [name, (rt: Runtime) => makeMarker(rt, `types.${name}`)])),
};
