import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, PyInstance, Value } from '../../values.js';
import { notImplemented } from '../../values.js';
import { bind, instanceOf, numberOf, stateOf, textOf } from '../arguments.js';
import { defineClass, inertUnknown, propagating, propagatingAll, strictFunctions } from '../define.js';
import { dateState, dateTimeState } from '../time-values.js';
import { daysInMonth } from './calendar.js';
import { datetimeClass, momentToDateTime } from './datetime.js';
import { parseIso } from './read.js';
import { makeTimedelta } from './timedelta.js';

const relative = ['years', 'months', 'days', 'hours', 'minutes', 'seconds', 'microseconds'] as const;
const absolute = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;
type Amounts = Readonly<Record<string, number | undefined>>;

interface RelativeState {
  readonly kind: 'relativedelta';
  readonly amounts: Amounts;
}

const amounts = (value: Value | undefined): Amounts => stateOf<RelativeState>(value, 'relativedelta')?.amounts ?? {};

function make(rt: Runtime, values: Amounts): PyInstance {
  return instanceOf(rt, relativedeltaClass(rt), { kind: 'relativedelta', amounts: carry(values) } satisfies RelativeState);
}

const carries = [['microseconds', 'seconds', 1_000_000], ['seconds', 'minutes', 60], ['minutes', 'hours', 60], ['hours', 'days', 24], ['months', 'years', 12]] as const;

/** Moves what is too much for a unit into the next, toward zero, as dateutil does. */
function carry(values: Amounts): Amounts {
  const result: Record<string, number | undefined> = { ...values };
  for (const [small, large, size] of carries) {
    const value = result[small] ?? 0;
    if (Math.abs(value) < size) continue;
    result[large] = (result[large] ?? 0) + Math.trunc(value / size);
    result[small] = value % size;
  }
  return result;
}

/** A date or datetime moved by it: years and months on the calendar, fixed fields set, then the rest. */
function moved(rt: Runtime, self: Value | undefined, other: Value, sign: number, place: Place): Value {
  const start = dateTimeState(other) ?? dateState(other);
  if (!start) return notImplemented;
  const own = amounts(self);
  const months = ((own.year ?? start.year) + sign * (own.years ?? 0)) * 12 + (own.month ?? start.month) - 1 + sign * (own.months ?? 0);
  const [year, month] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
  const fields = new Map<string, Value>([['year', BigInt(year)], ['month', BigInt(month)], ['day', BigInt(Math.min(daysInMonth(year, month), own.day ?? start.day))]]);
  for (const name of absolute.slice(3)) if (own[name] !== undefined) fields.set(name, BigInt(own[name] ?? 0));
  const base = rt.call(rt.getAttribute(other, 'replace', place), [], fields, place);
  const seconds = ((own.hours ?? 0) * 60 + (own.minutes ?? 0)) * 60 + (own.seconds ?? 0);
  const rest = BigInt(own.days ?? 0) * 86_400_000_000n + BigInt(seconds) * 1_000_000n + BigInt(own.microseconds ?? 0);
  return rt.binary('+', base, makeTimedelta(rt, rest * BigInt(sign), place), place);
}

const combined = (sign: number): NativeCall => (rt, [self, other = null], _keywords, place) => {
  const right = stateOf<RelativeState>(other, 'relativedelta');
  if (!right) return sign > 0 ? moved(rt, self, other, 1, place) : notImplemented;
  const left = amounts(self);
  const sums = relative.map((name) => [name, (left[name] ?? 0) + sign * (right.amounts[name] ?? 0)] as const);
  const fixed = absolute.map((name) => [name, right.amounts[name] ?? left[name]] as const);
  return make(rt, Object.fromEntries<number | undefined>([...sums, ...fixed]));
};

const scaled = (factor: (value: bigint) => bigint): NativeCall => (rt, [self, other = 1n]) => {
  if (typeof other !== 'bigint') return notImplemented;
  const by = Number(factor(other));
  return make(rt, { ...amounts(self), ...Object.fromEntries(relative.map((name) => [name, (amounts(self)[name] ?? 0) * by])) });
};

const parameters = 'dt1? dt2? years? months? days? leapdays? weeks? hours? minutes? seconds? microseconds? year? month? day? weekday? yearday? nlyearday? hour? minute? second? microsecond?';

/** `dateutil.relativedelta.relativedelta` without weekdays and without the difference of two dates. */
export const relativedeltaClass = defineClass({
  name: 'relativedelta',
  module: 'dateutil.relativedelta',
  unmodelled: ['normalized', 'weekday', 'leapdays', 'weeks'],
  construct: (rt, _cls, args, keywords, place) =>
    propagating(() => {
      const bound = bind(rt, 'relativedelta', parameters, args, keywords, place);
      const odd = ['dt1', 'dt2', 'weekday', 'leapdays', 'yearday', 'nlyearday'].some((name) => bound[name] !== undefined && bound[name] !== null);
      const isFloat = Object.values(bound).some((value) => typeof value === 'number');
      if (odd || isFloat) return inertUnknown('this relativedelta is not modelled', place, '', 'relativedelta');
      const number = (name: string): number | undefined => (bound[name] === undefined || bound[name] === null ? undefined : numberOf(rt, bound[name], place));
      const values = Object.fromEntries([...relative, ...absolute].map((name) => [name, number(name)]));
      return make(rt, { ...values, days: (values.days ?? 0) + (number('weeks') ?? 0) * 7 });
    })(rt, args, keywords, place),
  methods: propagatingAll({
    __add__: combined(1),
    __sub__: combined(-1),
    __radd__: (rt, [self, other = null], _keywords, place) => moved(rt, self, other, 1, place),
    __rsub__: (rt, [self, other = null], _keywords, place) => moved(rt, self, other, -1, place),
    __mul__: scaled((value) => value),
    __rmul__: scaled((value) => value),
    __neg__: scaled((value) => -value),
    __eq__: (_rt, [self, other]) =>
      stateOf(other, 'relativedelta') === undefined ? notImplemented : [...relative, ...absolute].every((name) => (amounts(self)[name] ?? 0) === (amounts(other)[name] ?? 0)),
    __repr__: (_rt, [self]) => {
      const own = amounts(self);
      const moves = relative.filter((name) => (own[name] ?? 0) !== 0).map((name) => `${name}=${(own[name] ?? 0) > 0 ? '+' : ''}${own[name]}`);
      const fixed = absolute.filter((name) => own[name] !== undefined).map((name) => `${name}=${own[name]}`);
      return `relativedelta(${[...moves, ...fixed].join(', ')})`;
    },
  }),
  properties: Object.fromEntries(relative.map((name) => [name, (_rt: Runtime, self: Value) => BigInt(amounts(self)[name] ?? 0)])),
});

/** `dateutil.relativedelta`. */
export const relativedeltaModule: ModuleTable = { relativedelta: relativedeltaClass };

/** `dateutil.parser`: ISO texts, which it reads as everybody does. */
export const dateParserModule: ModuleTable = strictFunctions(Object.fromEntries(['parse', 'isoparse'].map((name): [string, NativeCall] => [name, (rt, args, keywords, place) => {
  const moment = args.length === 1 && keywords.size === 0 ? parseIso(textOf(rt, args[0], place)) : undefined;
  // An offset becomes a zone of dateutil's own, which is not modelled.
  return moment && moment.offset === undefined ? momentToDateTime(rt, moment, datetimeClass(rt)) : inertUnknown('this date text is not modelled', place, '', 'datetime');
}])));
