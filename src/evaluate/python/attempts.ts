import type { Condition } from '../../model/graph.js';
import type { TryStatement } from '../../parse/syntax.js';
import type { Scope } from '../scope.js';
import { Unknown } from '../values.js';
import type { Value } from '../values.js';
import { conditionOf } from './forks.js';
import type { Attempt, Machine } from './machine.js';

/** Begins a `try` body whose exceptions can be swallowed; undefined when every handler raises again. */
export function openAttempt(machine: Machine, node: TryStatement, scope: Scope): Attempt | undefined {
  if (node.handlers.every((handler) => handler.body.some((statement) => statement.kind === 'raise'))) return undefined;
  const attempt: Attempt = { place: node, scopes: new Set([scope.variables, scope.module.variables]), doubt: undefined };
  machine.attempts.push(attempt);
  return attempt;
}

/** Ends a `try` body; what its handlers may let through makes the rest of an outer body doubtful. */
export function closeAttempt(machine: Machine, node: TryStatement, attempt: Attempt | undefined): void {
  if (attempt === undefined) return;
  const index = machine.attempts.lastIndexOf(attempt);
  if (index !== -1) machine.attempts.splice(index, 1);
  if (attempt.doubt !== undefined && !node.handlers.some(({ type }) => isCatchAll(type))) doubtAttempt(machine, attempt.doubt.reason);
}

function isCatchAll(type: TryStatement['handlers'][number]['type']): boolean {
  return type === null || (type.kind === 'name' && (type.name === 'Exception' || type.name === 'BaseException'));
}

/** From now on the innermost `try` body may already have ended in reality: what follows in it may not happen. */
export function doubtAttempt(machine: Machine, cause: Unknown, given?: Condition): void {
  const attempt = machine.attempts.at(-1);
  if (attempt === undefined || attempt.doubt !== undefined) return;
  const reason = doubtOf(machine, attempt.place, cause);
  const condition = given ?? conditionOf(machine, { reason, text: 'try', place: attempt.place }, { arm: 'try' });
  attempt.doubt = { reason, since: machine.stamp(), journal: new Map(), conditions: [condition] };
}

/** Remembers what a variable was when it could last be relied on by the handlers of open `try` bodies. */
export function noteAttempted(machine: Machine, variables: Map<string, Value>, name: string): void {
  for (const { doubt, scopes } of machine.attempts) {
    if (doubt === undefined || !scopes.has(variables)) continue;
    let old = doubt.journal.get(variables);
    if (old === undefined) doubt.journal.set(variables, (old = new Map<string, Value | undefined>()));
    if (!old.has(name)) old.set(name, variables.get(name));
  }
}

/** Where a handler starts it isn't known which of the assignments after the first doubtful operation were made. */
export function unsettle(machine: Machine, attempt: Attempt | undefined): void {
  if (attempt?.doubt === undefined) return;
  for (const [variables, old] of attempt.doubt.journal) {
    for (const [name, before] of old) {
      if (variables.get(name) !== before) machine.setVariable(variables, name, new Unknown(attempt.doubt.reason.reason));
    }
  }
}

/** Evaluates a module on its own: should it fail, nobody sees what it holds, so that its own variables are not in doubt. */
export function apart<T>(machine: Machine, run: () => T): T {
  const attempts = machine.attempts.splice(0);
  const eventsBefore = machine.doubtfulEvents;
  machine.attempts.push(...attempts.filter((each) => each.doubt !== undefined));
  try {
    return run();
  } finally {
    machine.attempts.splice(0, machine.attempts.length, ...attempts);
    if (machine.doubtfulEvents > eventsBefore && machine.lastDoubtful !== undefined) doubtAttempt(machine, machine.lastDoubtful);
  }
}

const doubtText = 'whether this try block raises depends on what is not known: ';

/** Why it isn't known whether a `try` body raises. */
export function doubtOf(machine: Machine, node: Attempt['place'], cause: Unknown | undefined): Unknown {
  const { kind, text } = cause?.reason ?? { kind: 'condition' as const, text: 'it does something that is not known' };
  return machine.unknown(kind, text.startsWith(doubtText) ? text : `${doubtText}${text}`, node);
}
