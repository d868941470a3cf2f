import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type Keywords, type NativeCall, Unknown, type Value } from '../../values.js';

/** Fits the arguments of a call to named parameters; `optional` holds defaults. Raises TypeError for a misfit. */
export function bind<Required extends string, Optional extends string>(
  rt: Runtime,
  name: string,
  required: readonly Required[],
  optional: Readonly<Record<Optional, Value>>,
  args: readonly Value[],
  keywords: Keywords,
  place: Place,
): Record<Required | Optional, Value> {
  const names: readonly string[] = [...required, ...Object.keys(optional)];
  const bound: Record<string, Value> = { ...optional };
  if (args.length > names.length) return rt.raise('TypeError', tooMany(name, required.length, names.length, args.length), place);
  for (const [index, value] of args.entries()) bound[names[index] ?? ''] = value;
  for (const [key, value] of keywords) {
    if (!names.includes(key)) return rt.raise('TypeError', `${name}() got an unexpected keyword argument '${key}'`, place);
    bound[key] = value;
  }
  const missing = required.find((key) => bound[key] === undefined);
  if (missing !== undefined) return rt.raise('TypeError', tooFew(name, missing, required.length, names.length, args.length), place);
  return bound;
}

function tooMany(name: string, least: number, most: number, given: number): string {
  if (most === 0) return `${name}() takes no arguments (${given} given)`;
  const count = `${most} argument${most === 1 ? '' : 's'}`;
  if (least === most) return `${name}() takes exactly ${most === 1 ? 'one argument' : count} (${given} given)`;
  return `${name} expected at most ${count}, got ${given}`;
}

function tooFew(name: string, missing: string, least: number, most: number, given: number): string {
  if (least === 1 && most === 1) return `${name}() takes exactly one argument (${given} given)`;
  if (given > 0 || most > least) return `${name} expected at least ${least} argument${least === 1 ? '' : 's'}, got ${given}`;
  return `${name}() missing required argument '${missing}'`;
}

/** What a method's implementation gets. */
export interface Call<Self> {
  readonly rt: Runtime;
  readonly self: Self;
  readonly place: Place;
}

/** How a type's methods get at the content of `self`; an unknown content is the method's result. */
export type SelfReader<Self> = (rt: Runtime, self: Value, name: string, place: Place) => Self | Unknown;

type Run<Self, Names extends string> = (call: Call<Self>, values: Record<Names, Value>) => Value;

/** Makes methods of a type: checks `self`, binds the arguments, then runs. */
export function methodMaker<Self>(read: SelfReader<Self>) {
  return <Required extends string = never, Optional extends string = never>(
    name: string,
    required: readonly Required[],
    optional: Readonly<Record<Optional, Value>>,
    run: Run<Self, Required | Optional>,
  ): NativeCall => {
    return (rt, args, keywords, place) => {
      const [first = null, ...rest] = args;
      const self = read(rt, first, name, place);
      if (self instanceof Unknown) return self;
      const values = bind(rt, name, required, optional, rest, keywords, place);
      return run({ rt, self, place }, values);
    };
  };
}

/** As `methodMaker`, for methods whose result needs every argument: the first unknown one is the result. */
export function strictMethodMaker<Self>(read: SelfReader<Self>) {
  const make = methodMaker(read);
  return <Required extends string = never, Optional extends string = never>(
    name: string,
    required: readonly Required[],
    optional: Readonly<Record<Optional, Value>>,
    run: Run<Self, Required | Optional>,
  ): NativeCall =>
    make(name, required, optional, (call, values) => {
      for (const value of Object.values<Value>(values)) if (value instanceof Unknown) return value;
      return run(call, values);
    });
}

/** Raises the TypeError of a method called on a value of another type. */
export function wrongSelf(rt: Runtime, type: string, name: string, found: string, place: Place): never {
  return rt.raise('TypeError', `descriptor '${name}' for '${type}' objects doesn't apply to a '${found}' object`, place);
}
