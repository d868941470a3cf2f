import type { Place } from '../../model/place.js';
import type { Pattern } from '../../parse/syntax.js';
import type { Scope } from '../scope.js';
import { PyClass, PyDict, PyList, PyTuple, Unknown } from '../values.js';
import type { Value } from '../values.js';
import type { Machine } from './machine.js';
import { contains } from './protocol/items.js';

/** Builtin classes whose single positional sub-pattern matches the whole subject (PEP 634). */
const selfMatching: ReadonlySet<string> = new Set(['bool', 'bytearray', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);

/** Whether a subject matches a pattern; binds the names that it captures. */
export function matchPattern(machine: Machine, pattern: Pattern, subject: Value, scope: Scope, place: Place): boolean | Unknown {
  switch (pattern.kind) {
    case 'wildcard':
    case 'star':
      return true;
    case 'capture':
      machine.assign(pattern.name, subject, scope);
      return true;
    case 'value': {
      const value = machine.evaluate(pattern.value, scope);
      return value === null || typeof value === 'boolean' ? identical(value, subject) : machine.equals(subject, value, place);
    }
    case 'as': {
      const matches = matchPattern(machine, pattern.pattern, subject, scope, place);
      machine.assign(pattern.name, subject, scope);
      return matches;
    }
    case 'or':
      for (const option of pattern.options) {
        const matches = matchPattern(machine, option, subject, scope, place);
        if (matches !== false) return matches;
      }
      return false;
    case 'sequence':
      return matchSequence(machine, pattern.elements, subject, scope, place);
    case 'mapping':
      return matchMapping(machine, pattern, subject, scope, place);
    case 'class':
      return matchClass(machine, pattern, subject, scope, place);
    case 'unsupported':
      return machine.unknown('unsupported_syntax', `${pattern.what} is not evaluated`, place);
  }
}

function identical(value: Value, subject: Value): boolean | Unknown {
  return subject instanceof Unknown ? subject : value === subject;
}

function matchSequence(machine: Machine, elements: readonly Pattern[], subject: Value, scope: Scope, place: Place): boolean | Unknown {
  if (subject instanceof Unknown) return subject;
  if (!(subject instanceof PyList || subject instanceof PyTuple)) return false;
  const items = machine.items(subject, place);
  if (items instanceof Unknown) return items;
  const star = elements.findIndex((element) => element.kind === 'star');
  const least = star === -1 ? elements.length : elements.length - 1;
  if (items.length < least || (star === -1 && items.length > least)) return false;
  const surplus = items.length - least;
  for (const [index, element] of elements.entries()) {
    if (element.kind === 'star') {
      if (element.name !== '_') machine.assign(element.name, machine.list(items.slice(index, index + surplus)), scope);
      continue;
    }
    const item = items[star !== -1 && index > star ? index + surplus - 1 : index] ?? null;
    const matches = matchPattern(machine, element, item, scope, place);
    if (matches !== true) return matches;
  }
  return true;
}

function matchMapping(
  machine: Machine,
  pattern: Extract<Pattern, { kind: 'mapping' }>,
  subject: Value,
  scope: Scope,
  place: Place,
): boolean | Unknown {
  if (subject instanceof Unknown) return subject;
  if (!(subject instanceof PyDict)) return false;
  if (subject.taint !== undefined) return subject.taint;
  const rest = machine.dict([...subject.entries.values()].map(({ key, value }) => [key, value] as const));
  for (const { key, value } of pattern.items) {
    const keyValue = machine.evaluate(key, scope);
    const isThere = contains(machine, subject, keyValue, place);
    if (isThere !== true) return isThere;
    const matches = matchPattern(machine, value, machine.getItem(subject, keyValue, place), scope, place);
    if (matches !== true) return matches;
    machine.call(machine.getAttribute(rest, 'pop', place), [keyValue], new Map(), place);
  }
  if (pattern.rest !== '') machine.assign(pattern.rest, rest, scope);
  return true;
}

function matchClass(
  machine: Machine,
  pattern: Extract<Pattern, { kind: 'class' }>,
  subject: Value,
  scope: Scope,
  place: Place,
): boolean | Unknown {
  const cls = machine.evaluate(pattern.cls, scope);
  if (subject instanceof Unknown) return subject;
  if (cls instanceof Unknown) return cls;
  if (!(cls instanceof PyClass)) return machine.raise('TypeError', 'called match pattern must be a class', place);
  if (!machine.isInstance(subject, cls)) return false;
  const names = positionalNames(machine, cls, place);
  for (const [index, element] of pattern.positional.entries()) {
    const name = names[index];
    const part = selfMatching.has(cls.path) ? subject : name === undefined ? undefined : machine.findAttribute(subject, name, place);
    if (part === undefined) return false;
    const matches = matchPattern(machine, element, part, scope, place);
    if (matches !== true) return matches;
  }
  for (const { name, value } of pattern.keyword) {
    const part = machine.findAttribute(subject, name, place);
    if (part === undefined) return false;
    const matches = matchPattern(machine, value, part, scope, place);
    if (matches !== true) return matches;
  }
  return true;
}

function positionalNames(machine: Machine, cls: PyClass, place: Place): string[] {
  const names = machine.findAttribute(cls, '__match_args__', place);
  if (names === undefined) return [];
  const items = machine.items(names, place);
  return items instanceof Unknown ? [] : items.filter((item) => typeof item === 'string');
}
