import type { Condition } from '../model/graph.js';
import { Unknown } from './values.js';
import type { Alternative, Value } from './values.js';

/** Conditions that all hold, outermost first. */
export type Way = readonly Condition[];

/** More ways or alternatives than this help nobody who reads them. */
const MOST = 8;

function isSameTest(a: Condition, b: Condition): boolean {
  return a.text === b.text && a.line === b.line && a.file === b.file;
}

function isSameWay(a: Way, b: Way): boolean {
  return a.length === b.length && a.every((each, index) => isSame(each, b[index]));
}

export function isSame(a: Condition, b: Condition | undefined): boolean {
  return b !== undefined && isSameTest(a, b) && a.arm === b.arm;
}

/** What two ways that differ only in the arm of their last condition come to; undefined when they differ otherwise. */
function joinWays(a: Way, b: Way): Way | undefined {
  const [last, other] = [a.at(-1), b.at(-1)];
  if (last === undefined || other === undefined || !isSameTest(last, other) || !isSameWay(a.slice(0, -1), b.slice(0, -1))) return undefined;
  return new Set([last.arm, other.arm, 'then', 'else']).size === 2 && last.arm !== other.arm ? a.slice(0, -1) : undefined;
}

/** Adds a way in which something is made: `if` and `else` together are no condition any more. */
export function addWay(ways: readonly Way[], way: Way): readonly Way[] {
  if (ways.some((each) => each.length === 0 || isSameWay(each, way))) return ways;
  if (way.length === 0) return [way];
  for (const each of ways) {
    const joined = joinWays(each, way);
    if (joined !== undefined) return addWay(ways.filter((other) => other !== each), joined);
  }
  return ways.length < MOST ? [...ways, way] : ways;
}

/** The unknown that a value becomes when it depends on a condition, with what it may be. */
export function dependingOn(reason: Unknown, values: readonly { readonly value: Value | undefined; readonly conditions: Way }[]): Unknown {
  const all = values.flatMap(({ value, conditions }): Alternative[] => {
    if (value === undefined) return [];
    if (!(value instanceof Unknown) || value.alternatives.length === 0) return [{ value, conditions }];
    return value.alternatives.map((each) => ({ value: each.value, conditions: [...conditions, ...each.conditions] }));
  });
  if (all.every((each) => each.value instanceof Unknown)) return new Unknown(reason.reason);
  if (all.length <= MOST) return new Unknown(reason.reason, '', false, '', all);
  const more = new Unknown({ kind: 'budget', text: `there are more than ${MOST.toString()} alternatives`, place: reason.reason.place });
  return new Unknown(reason.reason, '', false, '', [...all.slice(0, MOST - 1), { value: more, conditions: [] }]);
}

/** The value as the result of an operation: what an operand may be says nothing about the result. */
export function withoutAlternatives<T extends Value | undefined>(value: T): T | Unknown {
  if (!(value instanceof Unknown) || value.alternatives.length === 0) return value;
  return new Unknown(value.reason, value.path, value.isInert, value.typeName);
}
