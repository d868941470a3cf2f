import { type PyDict, PyInstance, Unknown, type Value } from '../../values.js';

/** State of an instance of a user's subclass of a builtin type that has no object of its own (`class Env(str, Enum)`). */
export class Wrapped {
  constructor(readonly value: Value) {}
}

/** State of what `dict.keys()`, `.values()` and `.items()` return: they follow later changes of the dict. */
export class DictView {
  constructor(
    readonly dict: PyDict,
    readonly part: 'keys' | 'values' | 'items',
  ) {}
}

/** Whether a value is unknown. */
export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** The first unknown among values: what an operation that needs all of them gives. */
export function firstUnknown(values: Iterable<Value>): Unknown | undefined {
  for (const value of values) if (value instanceof Unknown) return value;
  return undefined;
}

/** The builtin value inside an instance of a subclass of `str`, `int`, `list`, ...; any other value is itself. */
export function unwrap(value: Value): Value {
  return value instanceof PyInstance && value.native instanceof Wrapped ? value.native.value : value;
}

/** The dict view inside a value. */
export function viewOf(value: Value): DictView | undefined {
  return value instanceof PyInstance && value.native instanceof DictView ? value.native : undefined;
}

/** A value that is an `int` for arithmetic and indexing: `bool` counts. */
export function asInteger(value: Value): bigint | undefined {
  const plain = unwrap(value);
  if (typeof plain === 'bigint') return plain;
  return typeof plain === 'boolean' ? (plain ? 1n : 0n) : undefined;
}

/** A value that is a real number: `bool` counts. */
export function asNumeric(value: Value): bigint | number | undefined {
  const plain = unwrap(value);
  return typeof plain === 'number' ? plain : asInteger(plain);
}

/** The text of a `str` or of an instance of its subclass. */
export function asText(value: Value): string | undefined {
  const plain = unwrap(value);
  return typeof plain === 'string' ? plain : undefined;
}

const kindNames = {
  unknown: 'object',
  bytes: 'bytes',
  list: 'list',
  range: 'range',
  slice: 'slice',
  ellipsis: 'ellipsis',
  not_implemented: 'NotImplementedType',
  function: 'function',
  native: 'builtin_function_or_method',
  method: 'method',
  property: 'property',
  staticmethod: 'staticmethod',
  classmethod: 'classmethod',
  super: 'super',
  module: 'module',
} as const;

/** What `type(value).__name__` is, for messages. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'string') return 'str';
  switch (value.kind) {
    case 'tuple':
      return value.cls?.name ?? 'tuple';
    case 'dict':
      return value.cls?.name ?? 'dict';
    case 'set':
      return value.isFrozen ? 'frozenset' : 'set';
    case 'class':
      return value.metaclass?.name ?? 'type';
    case 'instance':
      return value.cls.name;
    case 'iterator':
      return value.name;
    default:
      return kindNames[value.kind];
  }
}

/** Whether special methods of a value can come from a class that is not one of the builtin types themselves. */
export function hasOwnClass(value: Value): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (value.kind === 'tuple' || value.kind === 'dict') return value.cls !== undefined;
  return value.kind === 'instance' || value.kind === 'class' || value.kind === 'module';
}

/** The place-independent name of an operation on two values, for TypeErrors. */
export function unsupported(operator: string, left: Value, right: Value): string {
  return `unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`;
}

