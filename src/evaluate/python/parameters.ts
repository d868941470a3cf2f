import type { Place } from '../../model/place.js';
import type { ParameterNode } from '../../parse/syntax.js';
import type { Keywords, PyFunction, Value } from '../values.js';
import type { Machine } from './machine.js';

/** A parameter list, sorted once for all calls. */
interface Signature {
  readonly positional: readonly ParameterNode[];
  readonly keywordOnly: readonly ParameterNode[];
  /** Names that a keyword argument may have. */
  readonly named: ReadonlySet<string>;
  readonly star: string | undefined;
  readonly doubleStar: string | undefined;
}

const signatures = new WeakMap<readonly ParameterNode[], Signature>();

function signatureOf(parameters: readonly ParameterNode[]): Signature {
  const known = signatures.get(parameters);
  if (known !== undefined) return known;
  const positional = parameters.filter((each) => each.form === 'positional' || each.form === 'positional_only');
  const keywordOnly = parameters.filter((each) => each.form === 'keyword_only');
  const named = new Set([...positional, ...keywordOnly].filter((each) => each.form !== 'positional_only').map((each) => each.name));
  const star = parameters.find((each) => each.form === 'star')?.name;
  const doubleStar = parameters.find((each) => each.form === 'double_star')?.name;
  const signature = { positional, keywordOnly, named, star, doubleStar };
  signatures.set(parameters, signature);
  return signature;
}

/**
 * Binds arguments to parameters as Python does (https://docs.python.org/3/reference/expressions.html#calls), with the
 * checks in CPython's order.
 */
export function bindParameters(machine: Machine, callee: PyFunction, args: readonly Value[], keywords: Keywords, place: Place): Map<string, Value> {
  const signature = signatureOf(callee.node.parameters);
  const { positional, star } = signature;
  const bound = new Map<string, Value>();
  const count = Math.min(args.length, positional.length);
  for (let index = 0; index < count; index++) {
    const name = positional[index]?.name;
    const value = args[index];
    if (name !== undefined && value !== undefined) bound.set(name, value);
  }
  if (star !== undefined && star !== '') bound.set(star, machine.tuple(args.slice(positional.length)));
  bindKeywords(machine, callee, signature, bound, keywords, place);
  if (args.length > positional.length && star === undefined) tooMany(machine, callee, signature, args.length, bound, place);
  fillDefaults(machine, callee, positional, 'positional', bound, place);
  fillDefaults(machine, callee, signature.keywordOnly, 'keyword-only', bound, place);
  return bound;
}

function bindKeywords(machine: Machine, callee: PyFunction, signature: Signature, bound: Map<string, Value>, keywords: Keywords, place: Place): void {
  const { doubleStar, named, positional } = signature;
  const rest: [string, Value][] = [];
  for (const [name, value] of keywords) {
    if (named.has(name)) {
      if (bound.has(name)) machine.raise('TypeError', `${callee.qualifiedName}() got multiple values for argument '${name}'`, place);
      bound.set(name, value);
    } else if (doubleStar !== undefined) rest.push([name, value]);
    else {
      const misused = positional.filter((each) => each.form === 'positional_only' && keywords.has(each.name)).map((each) => each.name);
      const problem = misused.length > 0 ? `some positional-only arguments passed as keyword arguments: '${misused.join(', ')}'` : `an unexpected keyword argument '${name}'`;
      machine.raise('TypeError', `${callee.qualifiedName}() got ${problem}`, place);
    }
  }
  if (doubleStar !== undefined) bound.set(doubleStar, machine.dict(rest));
}

function fillDefaults(machine: Machine, callee: PyFunction, parameters: readonly ParameterNode[], kind: string, bound: Map<string, Value>, place: Place): void {
  let missing: string[] | undefined;
  for (const { name } of parameters) {
    if (bound.has(name)) continue;
    const byDefault = callee.defaults.get(name);
    if (byDefault === undefined) (missing ??= []).push(`'${name}'`);
    else bound.set(name, byDefault);
  }
  if (missing !== undefined) machine.raise('TypeError', `${callee.qualifiedName}() ${missingText(kind, missing)}`, place);
}

/** What a call says when it lacks arguments. */
export function missingText(kind: string, names: readonly string[]): string {
  return `missing ${names.length.toString()} required ${kind} argument${names.length === 1 ? '' : 's'}: ${enumerated(names)}`;
}

/** `a`, `a and b`, `a, b, and c`. */
function enumerated(names: readonly string[]): string {
  if (names.length < 3) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1) ?? ''}`;
}

function tooMany(machine: Machine, callee: PyFunction, { positional, keywordOnly }: Signature, given: number, bound: ReadonlyMap<string, Value>, place: Place): never {
  const least = positional.filter((each) => !callee.defaults.has(each.name)).length;
  const named = keywordOnly.filter((each) => bound.has(each.name)).length;
  return machine.raise('TypeError', `${callee.qualifiedName}() ${tooManyText(least, positional.length, given, named)}`, place);
}

/** What a call says when it has too many positional arguments; `named` are the keyword-only ones that it has too. */
export function tooManyText(least: number, most: number, given: number, named: number): string {
  const wanted = least === most ? most.toString() : `from ${least.toString()} to ${most.toString()}`;
  const noun = (count: number): string => `positional argument${count === 1 ? '' : 's'}`;
  const also = named === 0 ? '' : ` ${noun(given)} (and ${named.toString()} keyword-only argument${named === 1 ? '' : 's'})`;
  const verb = given === 1 && named === 0 ? 'was' : 'were';
  const plural = least === most ? noun(most) : 'positional arguments';
  return `takes ${wanted} ${plural} but ${given.toString()}${also} ${verb} given`;
}
