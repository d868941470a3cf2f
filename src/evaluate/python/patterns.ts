import type { Place } from '../../model/place.js';
import type { Pattern } from '../../parse/syntax.js';
import type { Scope } from '../scope.js';
import { PyClass, PyDict, PyInstance, PyList, PyRange, PyTuple, Unknown } from '../values.js';
import type { Value } from '../values.js';
import type { Machine } from './machine.js';
import { contains } from './protocol/items.js';
import { unwrap } from './protocol/kinds.js';

/** Builtin classes whose single positional sub-pattern matches the whole subject (PEP 634). */
const selfMatching: ReadonlySet<string> = new Set(['bool', 'bytearray', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);

/** Whether a subject matches a pattern; binds the names that it captures, which Python does only when all of it matches. */
export function matchPattern(machine: Machine, pattern: Pattern, subject: Value, scope: Scope, place: Place): boolean | Unknown {
  const captures: Captures = new Map();
  const matches = match(machine, pattern, subject, { scope, captures }, place);
  if (matches !== false) for (const [name, value] of captures) machine.assign(name, value, scope);
  return matches;
}

type Captures = Map<string, Value>;

interface Around {
  readonly scope: Scope;
  readonly captures: Captures;
}

function match(machine: Machine, pattern: Pattern, subject: Value, around: Around, place: Place): boolean | Unknown {
  const { scope, captures } = around;
  switch (pattern.kind) {
    case 'wildcard':
    case 'star':
      return true;
    case 'capture':
      captures.set(pattern.name, subject);
      return true;
    case 'value': {
      const value = machine.evaluate(pattern.value, scope);
      return value === null || typeof value === 'boolean' ? identical(value, subject) : machine.equals(subject, value, place);
    }
    case 'as': {
      const matches = match(machine, pattern.pattern, subject, around, place);
      captures.set(pattern.name, subject);
      return matches;
    }
    case 'or':
      for (const option of pattern.options) {
        const matches = match(machine, option, subject, around, place);
        if (matches !== false) return matches;
      }
      return false;
    case 'sequence':
      return matchSequence(machine, pattern.elements, subject, around, place);
    case 'mapping':
      return matchMapping(machine, pattern, subject, around, place);
    case 'class':
      return matchClass(machine, pattern, subject, around, place);
    case 'unsupported':
      return machine.unknown('unsupported_syntax', `${pattern.what} is not evaluated`, place);
  }
}

function identical(value: Value, subject: Value): boolean | Unknown {
  return subject instanceof Unknown ? subject : value === subject;
}

function matchSequence(machine: Machine, elements: readonly Pattern[], subject: Value, around: Around, place: Place): boolean | Unknown {
  if (subject instanceof Unknown) return subject;
  const plain = unwrap(subject);
  if (!(plain instanceof PyList || plain instanceof PyTuple || plain instanceof PyRange)) return otherSequence(machine, subject, place);
  const items = machine.items(subject, place);
  if (items instanceof Unknown) return items;
  const star = elements.findIndex((element) => element.kind === 'star');
  const least = star === -1 ? elements.length : elements.length - 1;
  if (items.length < least || (star === -1 && items.length > least)) return false;
  const surplus = items.length - least;
  for (const [index, element] of elements.entries()) {
    if (element.kind === 'star') {
      if (element.name !== '_') around.captures.set(element.name, machine.list(items.slice(index, index + surplus)));
      continue;
    }
    const item = items[star !== -1 && index > star ? index + surplus - 1 : index] ?? null;
    const matches = match(machine, element, item, around, place);
    if (matches !== true) return matches;
  }
  return true;
}

/** Only sequences match; whether an instance of a library's class is one (a deque is) is not modelled. */
function otherSequence(machine: Machine, subject: Value, place: Place): boolean | Unknown {
  if (!(subject instanceof PyInstance) || subject.cls.mro.every((each) => each.place !== undefined || each.module === 'builtins')) return false;
  return subject.cls.unknownBase ?? machine.unknown('not_modelled', `whether a ${subject.cls.name} is a sequence to match is not modelled`, place);
}

function matchMapping(
  machine: Machine,
  pattern: Extract<Pattern, { kind: 'mapping' }>,
  subject: Value,
  around: Around,
  place: Place,
): boolean | Unknown {
  if (subject instanceof Unknown) return subject;
  if (!(subject instanceof PyDict)) return false;
  if (subject.taint !== undefined) return subject.taint;
  const rest = machine.dict([...subject.entries.values()].map(({ key, value }) => [key, value] as const));
  for (const { key, value } of pattern.items) {
    const keyValue = machine.evaluate(key, around.scope);
    const isThere = contains(machine, subject, keyValue, place);
    if (isThere !== true) return isThere;
    const matches = match(machine, value, machine.getItem(subject, keyValue, place), around, place);
    if (matches !== true) return matches;
    machine.call(machine.getAttribute(rest, 'pop', place), [keyValue], new Map(), place);
  }
  if (pattern.rest !== '') around.captures.set(pattern.rest, rest);
  return true;
}

function matchClass(
  machine: Machine,
  pattern: Extract<Pattern, { kind: 'class' }>,
  subject: Value,
  around: Around,
  place: Place,
): boolean | Unknown {
  const cls = machine.evaluate(pattern.cls, around.scope);
  if (subject instanceof Unknown) return subject;
  if (cls instanceof Unknown) return cls;
  if (!(cls instanceof PyClass)) return machine.raise('TypeError', 'called match pattern must be a class', place);
  if (!machine.isInstance(subject, cls)) return false;
  const names = positionalNames(machine, cls, place);
  const isSelfMatching = names.length === 0 && cls.mro.some((each) => selfMatching.has(each.path));
  const most = isSelfMatching ? 1 : names.length;
  if (pattern.positional.length > most && cls.unknownBase === undefined) {
    const noun = most === 1 ? 'sub-pattern' : 'sub-patterns';
    return machine.raise('TypeError', `${cls.name}() accepts ${most.toString()} positional ${noun} (${pattern.positional.length.toString()} given)`, place);
  }
  for (const [index, element] of pattern.positional.entries()) {
    const name = names[index];
    const part = isSelfMatching ? subject : name === undefined ? undefined : machine.findAttribute(subject, name, place);
    if (part === undefined) return false;
    const matches = match(machine, element, part, around, place);
    if (matches !== true) return matches;
  }
  for (const { name, value } of pattern.keyword) {
    const part = machine.findAttribute(subject, name, place);
    if (part === undefined) return false;
    const matches = match(machine, value, part, around, place);
    if (matches !== true) return matches;
  }
  return true;
}

function positionalNames(machine: Machine, cls: PyClass, place: Place): string[] {
  const names = machine.findAttribute(cls, '__match_args__', place);
  if (names === undefined) {
    const fields = machine.findAttribute(cls, '_fields', place);
    const items = fields instanceof PyTuple ? fields.items : [];
    return items.filter((item) => typeof item === 'string');
  }
  const items = machine.items(names, place);
  return items instanceof Unknown ? [] : items.filter((item) => typeof item === 'string');
}
