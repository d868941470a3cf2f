import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { Unknown } from '../../values.js';
import { textOf } from '../arguments.js';
import { lenient, lenientFunctions } from '../define.js';

const operators: Readonly<Record<string, string>> = {
  add: '+', sub: '-', mul: '*', truediv: '/', floordiv: '//', mod: '%', pow: '**', matmul: '@', and_: '&', or_: '|', xor: '^', lshift: '<<', rshift: '>>',
  concat: '+', iadd: '+', ior: '|',
};

const comparing = (test: (order: number) => boolean): NativeCall => (rt, [a = null, b = null], _keywords, place) => {
  const order = rt.compare(a, b, place);
  return order instanceof Unknown ? order : test(order);
};

/** One value for one key, a tuple for several. */
const getter = (name: string, read: (rt: Runtime, value: Value, key: Value, place: Place) => Value): NativeCall => (_rt, keys) =>
  lenient(name, (rt, [value = null], _keywords, place) => {
    const found = keys.map((key) => read(rt, value, key, place));
    return found.length === 1 ? (found[0] ?? null) : rt.tuple(found);
  });

const attribute = (rt: Runtime, value: Value, key: Value, place: Place): Value =>
  textOf(rt, key, place).split('.').reduce<Value>((owner, name) => rt.getAttribute(owner, name, place), value);

/** `operator`. */
export const operatorModule: ModuleTable = {
  ...lenientFunctions({
    ...Object.fromEntries(Object.entries(operators).map(([name, operator]): [string, NativeCall] =>
      [name, (rt, [a = null, b = null], _keywords, place) => rt.binary(operator, a, b, place)])),
    eq: (rt, [a = null, b = null], _keywords, place) => rt.equals(a, b, place),
    ne: (rt, [a = null, b = null], _keywords, place) => {
      const same = rt.equals(a, b, place);
      return same instanceof Unknown ? same : !same;
    },
    lt: comparing((order) => order < 0), le: comparing((order) => order <= 0), gt: comparing((order) => order > 0), ge: comparing((order) => order >= 0),
    not_: (rt, [a = null], _keywords, place) => {
      const truth = rt.truth(a, place);
      return truth instanceof Unknown ? truth : !truth;
    },
    truth: (rt, [a = null], _keywords, place) => rt.truth(a, place),
    is_: (_rt, [a, b]) => a === b,
    getitem: (rt, [a = null, b = null], _keywords, place) => rt.getItem(a, b, place),
    setitem: (rt, [a = null, b = null, c = null], _keywords, place) => {
      rt.setItem(a, b, c, place);
      return null;
    },
    itemgetter: getter('itemgetter', (rt, value, key, place) => rt.getItem(value, key, place)),
    attrgetter: getter('attrgetter', attribute),
    methodcaller: (_rt, [name = null, ...args], keywords) =>
      lenient('methodcaller', (rt, [value = null], _keywords, place) => rt.call(rt.getAttribute(value, textOf(rt, name, place), place), args, keywords, place)),
  }),
};
