import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type NativeCall, notImplemented, PyDict, PyInstance, PyNative, PyTuple, Unknown, type Value } from '../../values.js';
import { makeIterator, next } from '../protocol/iteration.js';
import { contains, deleteItem, getItem, setItem } from '../protocol/items.js';
import { asNumeric, typeName, Wrapped } from '../protocol/kinds.js';
import { richCompare, type RichOperator } from '../protocol/ordering.js';
import { isRaised } from '../protocol/special.js';
import { len } from '../protocol/truth.js';
import { numberFunctions } from './number-functions.js';
import { numberConstructors } from './number-constructors.js';
import { textFunctions } from './text-functions.js';

type Method = (rt: Runtime, self: Value, args: readonly Value[], place: Place) => Value;

const operators: Readonly<Record<string, string>> = {
  add: '+', sub: '-', mul: '*', truediv: '/', floordiv: '//', mod: '%', pow: '**', and: '&', or: '|', xor: '^', lshift: '<<', rshift: '>>',
};

const comparisons: Readonly<Record<string, RichOperator>> = { eq: '==', ne: '!=', lt: '<', le: '<=', gt: '>', ge: '>=' };

/** A number's operator method says NotImplemented where the operator itself would raise. */
function operate(rt: Runtime, operator: string, left: Value, right: Value, numeric: Value, place: Place): Value {
  if (asNumeric(numeric) === undefined) return rt.binary(operator, left, right, place);
  if (right instanceof Unknown) return right;
  if (asNumeric(right) === undefined || (typeof right === 'number' && typeof numeric !== 'number')) return notImplemented;
  return rt.binary(operator, left, right, place);
}

/** Values of different types leave the answer to the other operand; only a float knows ints. */
function compare(rt: Runtime, operator: RichOperator, self: Value, other: Value, place: Place): Value {
  if (other instanceof Unknown) return other;
  const knows = typeName(self) === typeName(other) || (asNumeric(self) !== undefined && asNumeric(other) !== undefined && (typeof self === 'number' || typeof other !== 'number'));
  if (!knows) return notImplemented;
  try {
    return richCompare(rt, operator, self, other, place);
  } catch (caught) {
    if (isRaised(rt, caught, 'TypeError') && typeof self === 'object') return notImplemented;
    throw caught;
  }
}

const byBuiltin = (call: NativeCall | undefined): Method => (rt, self, args, place) => call?.(rt, [self, ...args], new Map(), place) ?? null;

const methods: Readonly<Record<string, Method>> = {
  ...Object.fromEntries(Object.entries(operators).flatMap(([name, operator]): [string, Method][] => [
    [`__${name}__`, (rt, self, [other = null], place) => operate(rt, operator, self, other, self, place)],
    [`__r${name}__`, (rt, self, [other = null], place) => operate(rt, operator, other, self, self, place)],
  ])),
  ...Object.fromEntries(Object.entries(comparisons).map(([name, operator]): [string, Method] => [`__${name}__`, (rt, self, [other = null], place) => compare(rt, operator, self, other, place)])),
  __len__: (rt, self, _args, place) => len(rt, self, place),
  __getitem__: (rt, self, [key = null], place) => getItem(rt, self, key, place),
  __setitem__: (rt, self, [key = null, item = null], place) => {
    setItem(rt, self, key, item, place);
    return null;
  },
  __delitem__: (rt, self, [key = null], place) => {
    deleteItem(rt, self, key, place);
    return null;
  },
  __contains__: (rt, self, [item = null], place) => contains(rt, self, item, place),
  __iter__: (rt, self, _args, place) => makeIterator(rt, self, place),
  __next__: (rt, self, _args, place) => next(rt, self, place),
  __bool__: (rt, self, _args, place) => rt.truth(self, place),
  __str__: (rt, self, _args, place) => rt.str(self, place),
  __repr__: (rt, self, _args, place) => rt.repr(self, place),
  __format__: (rt, self, [spec = ''], place) => (typeof spec === 'string' ? rt.format(self, spec, place) : rt.raise('TypeError', `__format__() argument must be str, not ${typeName(spec)}`, place)),
  __neg__: (rt, self, _args, place) => rt.binary('-', 0n, self, place),
  __abs__: byBuiltin(numberFunctions.abs),
  __round__: byBuiltin(numberFunctions.round),
  __divmod__: byBuiltin(numberFunctions.divmod),
  __hash__: byBuiltin(textFunctions.hash),
  __int__: byBuiltin(numberConstructors.int),
  __trunc__: byBuiltin(numberConstructors.int),
  __index__: byBuiltin(numberConstructors.int),
  __float__: byBuiltin(numberConstructors.float),
};

const numberOnly: ReadonlySet<string> = new Set(['__abs__', '__round__', '__divmod__', '__int__', '__trunc__', '__index__', '__float__', '__neg__', '__bool__', '__pow__', '__truediv__', '__floordiv__']);
const containerOnly: ReadonlySet<string> = new Set(['__len__', '__getitem__', '__contains__', '__iter__']);
const mutableOnly: ReadonlySet<string> = new Set(['__setitem__', '__delitem__']);

/** Whether a value of a builtin type has a special method of that name; undefined when that isn't modelled. */
function hasMethod(value: Value, name: string): boolean {
  const isNumber = typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean';
  const kind = typeof value === 'string' ? 'str' : value === null || typeof value !== 'object' ? '' : value.kind;
  if (name === '__next__') return kind === 'iterator';
  if (['__str__', '__repr__', '__hash__', '__format__', '__eq__', '__ne__'].includes(name)) return isNumber || ['str', 'list', 'tuple', 'dict', 'set', 'bytes', 'range'].includes(kind);
  if (numberOnly.has(name)) return isNumber && !(name === '__index__' && typeof value === 'number') && !(name === '__neg__' && typeof value === 'number');
  if (containerOnly.has(name)) return ['str', 'list', 'tuple', 'dict', 'bytes', 'range'].includes(kind) || (kind === 'set' && name !== '__getitem__');
  if (mutableOnly.has(name)) return kind === 'list' || kind === 'dict';
  if (/^__(lt|le|gt|ge)__$/.test(name)) return isNumber || ['str', 'list', 'tuple', 'set', 'bytes'].includes(kind);
  if (/^__(add|mul|rmul)__$/.test(name)) return isNumber || ['str', 'list', 'tuple', 'bytes'].includes(kind);
  if (/^__r?(sub|add|mul|mod|pow|floordiv|truediv)__$/.test(name)) return isNumber;
  return false;
}

/** A special method of a value of a builtin type, bound; undefined when the type has none, or it is not modelled. */
export function builtinMethod(value: Value, name: string): PyNative | undefined {
  const method = methods[name];
  if (method === undefined || !hasMethod(value, name)) return undefined;
  return new PyNative(name, (rt, args, _keywords, place) => method(rt, value, args, place), false);
}

/** What an instance of a subclass of a builtin type is to that type's own methods. */
export function builtinPart(value: Value): Value | undefined {
  if (value instanceof PyInstance) return value.native instanceof Wrapped ? value.native.value : undefined;
  if (value instanceof PyTuple && value.cls !== undefined) return new PyTuple(value.items);
  return value instanceof PyDict ? undefined : value;
}
