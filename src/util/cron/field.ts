import type { Nth } from './cron.js';

export interface FieldRule {
  name: string;
  low: number;
  high: number;
  names: Readonly<Record<string, number>>;
  /** Values that stand for another one: Sunday is 0 and 7. */
  aliases: Readonly<Record<number, number>>;
  allowsLast: boolean;
  allowsNth: boolean;
}

export interface Field {
  values: Set<number>;
  isStar: boolean;
  hasLast: boolean;
  nth: Map<number, Set<Nth>>;
}

/** What is wrong with a field; thrown inside the parser only, and returned as a result by it. */
export class FieldProblem extends Error {}

/** Parses one field of a cron expression (already in lower case). */
export function parseField(text: string, rule: FieldRule): Field {
  const field: Field = { values: new Set(), isStar: false, hasLast: false, nth: new Map() };
  const isQuestion = text === '?' && (rule.allowsLast || rule.allowsNth);
  for (const item of (isQuestion ? '*' : text).split(',')) addItem(field, item, rule);
  return field;
}

function addItem(field: Field, item: string, rule: FieldRule): void {
  const special = rule.allowsNth ? splitNth(item, rule) : undefined;
  if (special) {
    for (const value of expand(special.base, rule)) {
      field.nth.set(value, (field.nth.get(value) ?? new Set<Nth>()).add(special.nth));
      field.values.add(value);
    }
    return;
  }
  if (item === '*') field.isStar = true;
  else if (item === 'l' && rule.allowsLast) field.hasLast = true;
  else for (const value of expand(item, rule)) field.values.add(value);
}

function splitNth(item: string, rule: FieldRule): { base: string; nth: Nth } | undefined {
  const last = /^l(\d+)$/.exec(item);
  if (last?.[1] !== undefined) return { base: last[1], nth: 'last' };
  const hash = /^([^#*]+)#(\d+)$/.exec(item);
  if (hash?.[1] === undefined) return undefined;
  const nth = Number(hash[2]);
  if (nth < 1 || nth > 5) throw new FieldProblem(`'${item}' in the ${rule.name} field: # takes 1 to 5`);
  return { base: hash[1], nth };
}

function expand(item: string, rule: FieldRule): number[] {
  const match = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(item);
  if (!match?.[1]) throw new FieldProblem(`'${item}' is not a value of the ${rule.name} field`);
  const [, first, second, stepText] = match;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (step === 0) throw new FieldProblem(`'${item}' in the ${rule.name} field has a step of 0`);
  if (first === '*') {
    if (second !== undefined) throw new FieldProblem(`'${item}' is not a value of the ${rule.name} field`);
    return range(rule.low, rule.high, step);
  }
  const low = valueOf(first, rule);
  if (second === undefined) return stepText === undefined ? [low] : range(low, rule.high, step);
  const high = rule.allowsLast && second === 'l' ? rule.high : valueOf(second, rule);
  // A range that ends where it starts means the whole field to Airflow's cron library.
  if (low === high) return range(rule.low, rule.high, step);
  return low < high ? range(low, high, step) : wrapped(low, high, step, rule);
}

/** A range over the end of the field (`fri-mon`): the step goes on counting where the field starts again. */
function wrapped(low: number, high: number, step: number, rule: FieldRule): number[] {
  const head = range(low, rule.high, step);
  const lastOfHead = head.at(-1) ?? low;
  const left = rule.high - lastOfHead;
  const position = lastOfHead - rule.low;
  const size = rule.high - rule.low + 1;
  const skip = position + step > size && left < step ? step - left : 0;
  return [...head, ...range(rule.low + skip, high, step)];
}

function range(low: number, high: number, step: number): number[] {
  const values: number[] = [];
  for (let value = low; value <= high; value += step) values.push(value);
  return values;
}

function valueOf(text: string, rule: FieldRule): number {
  const named = rule.names[text];
  if (named === undefined && !/^\d+$/.test(text)) {
    throw new FieldProblem(`'${text}' is not a value of the ${rule.name} field`);
  }
  const value = named ?? Number(text);
  const aliased = rule.aliases[value] ?? value;
  if (aliased < rule.low || aliased > rule.high) {
    throw new FieldProblem(`${text} is outside ${rule.low}-${rule.high} of the ${rule.name} field`);
  }
  return aliased;
}
