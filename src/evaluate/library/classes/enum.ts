import type { Place } from '../../../model/place.js';
import { unwrap, Wrapped } from '../../python/protocol/kinds.js';
import { raiseWith } from '../../python/protocol/special.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, PyClass, Value } from '../../values.js';
import { PyClass as ClassValue, PyInstance, PyNative, PyTuple, Unknown, noKeywords } from '../../values.js';
import { hashOfText, instanceOf, stateOf } from '../arguments.js';
import { builtin, defineClass, lenient } from '../define.js';

/** State of a member of an enum; of one that mixes in `str` or `int`, it wraps the value too. */
class MixedMember extends Wrapped {
  readonly kind = 'enum';
  constructor(
    readonly name: string,
    readonly member: Value,
  ) {
    super(unwrap(member));
  }
}

interface PlainMember {
  readonly kind: 'enum';
  readonly name: string;
  readonly member: Value;
}

/** `auto()`: replaced by a value when the class is finished. */
interface AutoState {
  readonly kind: 'auto';
}

type Member = MixedMember | PlainMember;

/** Members of a finished enum class, by name, aliases too; kept on the class under a name that Python code can't write. */
const membersKey = ' members';

const memberState = (value: Value | undefined): Member | undefined =>
  value instanceof PyInstance && value.native instanceof MixedMember ? value.native : stateOf<PlainMember>(value, 'enum');

function membersOf(cls: Value | undefined): Map<string, Value> {
  if (!(cls instanceof ClassValue)) return new Map();
  for (const each of cls.mro) {
    const members = each.attributes.get(membersKey);
    if (members instanceof PyInstance) return members.attributes;
  }
  return new Map();
}

/** Members once each, without aliases, in order of definition. */
function uniqueMembers(cls: Value | undefined): Value[] {
  return [...membersOf(cls)].filter(([name, member]) => memberState(member)?.name === name).map(([, member]) => member);
}

/** An enum whose members aren't modelled hides what is asked of the class. */
const unlessHidden = (calls: Readonly<Record<string, NativeCall>>): Record<string, NativeCall> =>
  Object.fromEntries(Object.entries(calls).map(([key, call]): [string, NativeCall] => [
    key, (rt, args, keywords, place) => (args[0] instanceof ClassValue && args[0].unknownBase) || call(rt, args, keywords, place),
  ]));

const enumType = defineClass({
  name: 'EnumType',
  module: 'enum',
  bases: [builtin('type')],
  methods: {
    ...unlessHidden({
    __iter__: (rt, [cls]) => rt.iterator('generator', uniqueMembers(cls)),
    __reversed__: (rt, [cls]) => rt.iterator('generator', uniqueMembers(cls).reverse()),
    __len__: (_rt, [cls]) => BigInt(uniqueMembers(cls).length),
    __bool__: () => true,
    __getitem__: (rt, [cls, name], _keywords, place) => {
      if (name instanceof Unknown) return name;
      const found = membersOf(cls).get(String(unwrap(name ?? null)));
      return found ?? rt.raise('KeyError', String(name), place);
    },
    __contains__: (rt, [cls, value], _keywords, place) => {
      if (value instanceof Unknown) return value;
      return uniqueMembers(cls).some((member) => member === value || isValue(rt, member, value ?? null, place));
    },
    __setattr__: (rt, [cls, name, value = null], _keywords, place) => {
      if (typeof name !== 'string' || !(cls instanceof ClassValue)) return null;
      if (membersOf(cls).has(name)) rt.raise('AttributeError', `cannot reassign member '${name}'`, place);
      rt.mutate(cls);
      cls.attributes.set(name, value);
      return null;
    },
    }),
    __repr__: (_rt, [cls]) => `<enum '${cls instanceof ClassValue ? cls.name : ''}'>`,
  },
  properties: {
    __members__: (rt, cls) => rt.dict([...membersOf(cls)]),
  },
});

function isValue(rt: Runtime, member: Value, value: Value, place: Place): boolean {
  return rt.equals(memberState(member)?.member ?? null, value, place) === true;
}

/** `Color('red')`: the member of a value, `_missing_` when there is none. */
const lookUp: NonNullable<PyClass['construct']> = (rt, cls, args, _keywords, place) => {
  const [value = null] = args;
  if (args.length > 1) return rt.unknown('not_modelled', 'the functional form of Enum is not modelled', place);
  if (value instanceof Unknown) return value;
  const found = uniqueMembers(cls).find((member) => member === value || isValue(rt, member, value, place));
  if (found !== undefined) return found;
  const missing = rt.findAttribute(cls, '_missing_', place);
  const made = missing === undefined || missing instanceof Unknown ? null : rt.call(missing, [value], noKeywords, place);
  if (made !== null) return made;
  const text = rt.repr(value, place);
  return raiseWith(rt, 'ValueError', [text instanceof Unknown ? text : `${text} is not a valid ${cls.name}`], place);
};

const name = (value: Value | undefined): string => memberState(value)?.name ?? '';
const shownClass = (rt: Runtime, value: Value | undefined): string => rt.classOf(value ?? null).name;

const enumClass = defineClass({
  name: 'Enum',
  module: 'enum',
  metaclass: enumType,
  construct: lookUp,
  methods: {
    __str__: (rt, [self]) => `${shownClass(rt, self)}.${name(self)}`,
    __repr__: (rt, [self], _keywords, place) => {
      const value = rt.repr(memberState(self)?.member ?? null, place);
      return typeof value === 'string' ? `<${shownClass(rt, self)}.${name(self)}: ${value}>` : value;
    },
    __format__: (rt, [self, spec], _keywords, place) => {
      const text = rt.str(self ?? null, place);
      return typeof text === 'string' ? rt.format(text, typeof spec === 'string' ? spec : '', place) : text;
    },
    __hash__: (rt, [self]) => hashOfText(`enum:${rt.classOf(self ?? null).path}.${name(self)}`),
    __eq__: (_rt, [self, other]) => self === other,
    __bool__: () => true,
  },
  properties: {
    name: (_rt, self) => name(self),
    _name_: (_rt, self) => name(self),
    value: (_rt, self) => memberState(self)?.member ?? null,
    _value_: (_rt, self) => memberState(self)?.member ?? null,
  },
});

// Members of these show their value where text is made of them (Python 3.11 and later).
const plainText: NativeCall = (rt, [self], _keywords, place) => rt.str(memberState(self)?.member ?? null, place);
const intEnum = defineClass({ name: 'IntEnum', module: 'enum', bases: [builtin('int'), enumClass], methods: { __str__: plainText, __format__: formatPlain } });
const strEnum = defineClass({ name: 'StrEnum', module: 'enum', bases: [builtin('str'), enumClass], methods: { __str__: plainText, __format__: formatPlain } });
const flagEnum = defineClass({ name: 'Flag', module: 'enum', bases: [enumClass], isOpen: true });
const intFlag = defineClass({ name: 'IntFlag', module: 'enum', bases: [builtin('int'), flagEnum], isOpen: true });

function formatPlain(rt: Runtime, [self, spec]: readonly Value[], _keywords: unknown, place: Place): Value {
  return rt.format(unwrap(memberState(self)?.member ?? null), typeof spec === 'string' ? spec : '', place);
}

const isHidden = (key: string): boolean => /^_.*_$/.test(key) || key.startsWith('__') || key === membersKey || key === '_ignore_';

function isMember(key: string, value: Value): boolean {
  if (isHidden(key)) return false;
  if (value === null || typeof value !== 'object') return true;
  if (value.kind === 'instance') return value.cls.attributes.get('__get__') === undefined;
  return !['function', 'native', 'method', 'property', 'staticmethod', 'classmethod', 'class'].includes(value.kind);
}

/** Turns the plain attributes of a class whose base is an enum into members. */
export function finishEnumClass(rt: Runtime, cls: PyClass, place: Place): void {
  const path = cls.mro.map((each) => each.path);
  if (path.includes('enum.Flag')) {
    cls.metaclass = cls.metaclass ?? enumType(rt);
    cls.unknownBase ??= rt.unknown('not_modelled', 'enum.Flag is not modelled', place, 'enum.Flag');
    const hidden = cls.unknownBase;
    cls.construct = () => hidden;
    for (const [key, value] of cls.attributes) if (isMember(key, value)) cls.attributes.set(key, hidden);
    return;
  }
  cls.metaclass = cls.metaclass ?? enumType(rt);
  // A mixed-in `int` stands before Enum in the order and would make an int of the value.
  cls.construct = lookUp;
  const found = [...cls.attributes].filter(([key, value]) => isMember(key, value));
  if (found.length === 0) return;
  if (cls.mro.slice(1).some((each) => each.attributes.has(membersKey))) rt.raise('TypeError', `cannot extend the enumeration of ${cls.name}`, place);
  const members = rt.instance(enumClass(rt));
  cls.attributes.set(membersKey, members);
  const mixed = mixedType(rt, cls);
  const values: Value[] = [];
  for (const [key, given] of found) {
    const value = stateOf<AutoState>(given, 'auto') ? autoValue(rt, cls, key, values, place) : given;
    values.push(value);
    const member = makeMember(rt, cls, key, value, mixed, members.attributes, place);
    members.attributes.set(key, member);
    cls.attributes.set(key, member);
  }
  // Looking a member up by value must not initialise it again.
  cls.attributes.set('__init__', new PyNative('__init__', () => null));
}

function mixedType(rt: Runtime, cls: PyClass): 'str' | 'int' | 'float' | undefined {
  return (['str', 'int', 'float'] as const).find((type) => cls.mro.includes(rt.builtinClass(type)));
}

function autoValue(rt: Runtime, cls: PyClass, key: string, values: readonly Value[], place: Place): Value {
  const own = cls.mro.map((each) => each.attributes.get('_generate_next_value_')).find((hook) => hook !== undefined);
  if (own !== undefined) {
    const callee = typeof own === 'object' && own?.kind === 'staticmethod' ? own.callee : own;
    return rt.call(callee, [key, 1n, BigInt(values.length), rt.list([...values])], noKeywords, place);
  }
  if (cls.mro.some((each) => each.path === 'enum.StrEnum')) return key.toLowerCase();
  const numbers = values.map(unwrap).filter((value) => typeof value === 'bigint');
  return numbers.reduce((most, value) => (value > most ? value : most), 0n) + 1n;
}

function makeMember(
  rt: Runtime, cls: PyClass, key: string, given: Value, mixed: 'str' | 'int' | 'float' | undefined, others: ReadonlyMap<string, Value>, place: Place,
): Value {
  const initializer = cls.mro.slice(0, cls.mro.indexOf(enumClass(rt))).map((each) => each.attributes.get('__init__')).find((hook) => hook !== undefined && hook !== null);
  const args = given instanceof PyTuple ? given.items : [given];
  const value = mixed !== undefined && given instanceof PyTuple ? rt.call(rt.builtinClass(mixed), args, noKeywords, place) : given;
  for (const other of others.values()) if (isValue(rt, other, value, place)) return other;
  const state: Member = mixed === undefined ? { kind: 'enum', name: key, member: value } : new MixedMember(key, value);
  const member = instanceOf(rt, cls, state);
  if (cls.attributes.has('__new__')) return rt.unknown('not_modelled', 'an Enum with __new__ is not modelled', place);
  if (initializer !== undefined && initializer === ownInitializer(rt, cls)) rt.call(initializer, [member, ...args], noKeywords, place);
  return member;
}

/** `__init__` of the class or of a mixin of the repository, not that of a builtin. */
function ownInitializer(rt: Runtime, cls: PyClass): Value | undefined {
  const own = cls.mro.slice(0, cls.mro.indexOf(enumClass(rt))).filter((each) => each.place !== undefined);
  return own.map((each) => each.attributes.get('__init__')).find((hook) => hook !== undefined);
}

const autoClass = defineClass({ name: 'auto', module: 'enum', isOpen: true, construct: (rt, cls) => instanceOf(rt, cls, { kind: 'auto' } satisfies AutoState) });

/** `enum`. */
export const enumModule: ModuleTable = {
  Enum: enumClass,
  EnumMeta: enumType,
  EnumType: enumType,
  IntEnum: intEnum,
  StrEnum: strEnum,
  Flag: flagEnum,
  IntFlag: intFlag,
  auto: autoClass,
  unique: () =>
    lenient('unique', (rt, [cls], _keywords, place) => {
      const alias = [...membersOf(cls)].find(([key, member]) => memberState(member)?.name !== key);
      return alias === undefined ? (cls ?? null) : rt.raise('ValueError', `duplicate values found in the enumeration: ${alias[0]}`, place);
    }),
};
