import { same } from './merge.js';

/**
 * `full`: both ways. `backward`: consumers of the new schema read old events. `forward`: consumers of the old schema read
 * new events. `breaking`: neither is promised.
 */
export type Verdict = 'full' | 'backward' | 'forward' | 'breaking';

/** What a change of a schema does to the set of events that it accepts. */
export type Effect = 'none' | 'wider' | 'narrower' | 'other';

export interface Change {
  /** JSON pointer into the schema or the terms. */
  at: string;
  text: string;
  effect: Effect;
}

/** Old events are read when nothing became narrower, new events by old consumers when nothing became wider. */
export const verdictOf = (changes: readonly Pick<Change, 'effect'>[]): Verdict => {
  const effects = new Set(changes.map(({ effect }) => effect));
  const backward = !effects.has('narrower') && !effects.has('other');
  const forward = !effects.has('wider') && !effects.has('other');
  if (backward && forward) return 'full';
  if (backward) return 'backward';
  return forward ? 'forward' : 'breaking';
};

type Schema = Readonly<Record<string, unknown>>;

/** Keywords that only say more about a field. */
const words = new Set(['title', 'description', 'examples', 'example', 'default', '$id', '$schema', '$comment', 'deprecated', 'readOnly', 'writeOnly']);

/** Whether a larger number lets more through. */
const bounds: Readonly<Record<string, 'up' | 'down'>> = {
  maximum: 'up',
  exclusiveMaximum: 'up',
  maxLength: 'up',
  maxItems: 'up',
  maxProperties: 'up',
  minimum: 'down',
  exclusiveMinimum: 'down',
  minLength: 'down',
  minItems: 'down',
  minProperties: 'down',
};

/** What changed between two schemas of the subset that draft-07 and 2020-12 share. An unknown keyword is never called safe. */
export function compareSchemas(before: Schema, after: Schema, at = ''): Change[] {
  const keywords = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keywords.flatMap((keyword) => (words.has(keyword) ? [] : compareKeyword(keyword, before, after, at)));
}

function compareKeyword(keyword: string, before: Schema, after: Schema, at: string): Change[] {
  const [old, now] = [before[keyword], after[keyword]];
  if (same(old, now)) return [];
  const place = `${at}/${keyword}`;
  const change = (text: string, effect: Effect): Change[] => [{ at: place, text, effect }];
  const limit = bounds[keyword];
  if (limit !== undefined) return change(`${keyword} ${shown(old)} became ${shown(now)}`, boundEffect(old, now, limit));
  switch (keyword) {
    case 'type':
      return change(`the type ${shown(old)} became ${shown(now)}`, typeEffect(old, now));
    case 'properties':
      return compareProperties(asSchemas(old), asSchemas(now), before, after, place);
    case 'required':
      return compareRequired(asTexts(old), asTexts(now), place);
    case 'enum':
      return compareValues(asList(old), asList(now), old === undefined, now === undefined, place);
    case 'additionalProperties':
      return compareOpen(old, now, place);
    case 'items':
      if (isSchema(old) && isSchema(now)) return compareSchemas(old, now, place);
      return change('the items changed', old === undefined ? 'narrower' : now === undefined ? 'wider' : 'other');
    case 'oneOf':
    case 'anyOf':
      return compareAlternatives(keyword, asList(old), asList(now), old === undefined, now === undefined, place);
    default:
      // const, pattern, format, multipleOf, ...: there or not is clear, one instead of another isn't.
      return change(`${keyword} ${shown(old)} became ${shown(now)}`, old === undefined ? 'narrower' : now === undefined ? 'wider' : 'other');
  }
}

function boundEffect(old: unknown, now: unknown, direction: 'up' | 'down'): Effect {
  if (now === undefined) return 'wider';
  if (old === undefined) return 'narrower';
  if (typeof old !== 'number' || typeof now !== 'number') return 'other';
  return now > old === (direction === 'up') ? 'wider' : 'narrower';
}

function typeEffect(old: unknown, now: unknown): Effect {
  if (old === undefined) return 'narrower';
  if (now === undefined) return 'wider';
  const [less, more] = [typesOf(old), typesOf(now)];
  const isWithin = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean =>
    [...inner].every((type) => outer.has(type) || (type === 'integer' && outer.has('number')));
  if (isWithin(less, more)) return isWithin(more, less) ? 'none' : 'wider';
  return isWithin(more, less) ? 'narrower' : 'other';
}

function typesOf(value: unknown): ReadonlySet<string> {
  return new Set((Array.isArray(value) ? value : [value]).map(String));
}

/** A field that appears was allowed before with any content where the object is open: by convention nobody sent it. */
function compareProperties(old: Schemas, now: Schemas, before: Schema, after: Schema, place: string): Change[] {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return names.flatMap((name) => {
    const [was, is] = [own(old, name), own(now, name)];
    const at = `${place}/${name}`;
    if (was && is) return compareSchemas(was, is, at);
    if (is) return before['additionalProperties'] === false ? [{ at, text: `the field ${name} was added to a closed object`, effect: 'wider' }] : [{ at, text: `the field ${name} was added`, effect: 'none' }];
    return after['additionalProperties'] === false
      ? [{ at, text: `the field ${name} was removed from a closed object`, effect: 'narrower' }]
      : [{ at, text: `the field ${name} was removed`, effect: 'wider' }];
  });
}

function compareRequired(old: readonly string[], now: readonly string[], at: string): Change[] {
  const added = now.filter((name) => !old.includes(name)).map((name): Change => ({ at, text: `${name} became required`, effect: 'narrower' }));
  const removed = old.filter((name) => !now.includes(name)).map((name): Change => ({ at, text: `${name} is no longer required`, effect: 'wider' }));
  return [...added, ...removed];
}

function compareValues(old: readonly unknown[], now: readonly unknown[], isNew: boolean, isGone: boolean, at: string): Change[] {
  if (isNew) return [{ at, text: 'only certain values are left', effect: 'narrower' }];
  if (isGone) return [{ at, text: 'any value became possible', effect: 'wider' }];
  const has = (list: readonly unknown[], value: unknown): boolean => list.some((other) => same(other, value));
  const added = now.filter((value) => !has(old, value)).map((value): Change => ({ at, text: `the value ${shown(value)} was added`, effect: 'wider' }));
  const removed = old.filter((value) => !has(now, value)).map((value): Change => ({ at, text: `the value ${shown(value)} was removed`, effect: 'narrower' }));
  return [...added, ...removed];
}

function compareOpen(old: unknown, now: unknown, at: string): Change[] {
  const openness = (value: unknown): unknown => value ?? true;
  const [was, is] = [openness(old), openness(now)];
  if (same(was, is)) return [];
  if (is === true) return [{ at, text: 'further fields became possible', effect: 'wider' }];
  if (was === true) return [{ at, text: 'further fields became impossible or limited', effect: 'narrower' }];
  if (was === false) return [{ at, text: 'some further fields became possible', effect: 'wider' }];
  if (is === false) return [{ at, text: 'further fields became impossible', effect: 'narrower' }];
  return isSchema(was) && isSchema(is) ? compareSchemas(was, is, at) : [{ at, text: 'what further fields may be changed', effect: 'other' }];
}

/** With oneOf a new alternative can take away what matched only one before: neither way is sure. */
function compareAlternatives(keyword: string, old: readonly unknown[], now: readonly unknown[], isNew: boolean, isGone: boolean, at: string): Change[] {
  if (isNew) return [{ at, text: 'alternatives were added', effect: 'narrower' }];
  if (isGone) return [{ at, text: 'the alternatives went', effect: 'wider' }];
  const has = (list: readonly unknown[], value: unknown): boolean => list.some((other) => same(other, value));
  const added = now.filter((value) => !has(old, value)).length;
  const removed = old.filter((value) => !has(now, value)).length;
  if (keyword === 'oneOf' || (added > 0 && removed > 0)) return [{ at, text: 'the alternatives changed', effect: 'other' }];
  return [{ at, text: added > 0 ? 'an alternative was added' : 'an alternative was removed', effect: added > 0 ? 'wider' : 'narrower' }];
}

type Schemas = Readonly<Record<string, Schema>>;

function own(schemas: Schemas, name: string): Schema | undefined {
  return Object.hasOwn(schemas, name) ? schemas[name] : undefined;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asSchemas(value: unknown): Schemas {
  return isSchema(value) ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, Schema] => isSchema(entry[1]))) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asTexts(value: unknown): readonly string[] {
  return asList(value).map(String);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
