import type { Place } from '../../model/place.js';
import { PyRaise } from '../runtime.js';
import { Unknown } from '../values.js';
import type { Value } from '../values.js';
import { noteAttempted } from './attempts.js';
import type { Branch, Completion, Journal, Machine } from './machine.js';

interface ArmResult {
  readonly completion: Completion | 'raise';
  readonly raised: PyRaise | undefined;
  readonly returned: Value;
  /** Values after the arm of every variable that it set. */
  readonly after: Map<Map<string, Value>, Map<string, Value | undefined>>;
  readonly before: Journal;
}

/** The unknown that a value becomes when it depends on a condition. */
function conditional(reason: Unknown): Unknown {
  return new Unknown(reason.reason);
}

/** Sets a variable and remembers what it was, so that the other arm starts from the same state. */
export function setVariable(machine: Machine, variables: Map<string, Value>, name: string, value: Value | undefined): void {
  const branch = machine.branches.at(-1);
  if (branch !== undefined) {
    let old = branch.journal.get(variables);
    if (old === undefined) branch.journal.set(variables, (old = new Map<string, Value | undefined>()));
    if (!old.has(name)) old.set(name, variables.get(name));
  }
  if (machine.attempts.length > 0) noteAttempted(machine, variables, name);
  if (value === undefined) variables.delete(name);
  else variables.set(name, value);
}

function openBranch(machine: Machine, reason: Unknown): Branch {
  const branch: Branch = { reason, since: machine.stamp(), journal: new Map() };
  machine.branches.push(branch);
  return branch;
}

function runArm(machine: Machine, reason: Unknown, arm: () => Completion): ArmResult {
  const branch = openBranch(machine, reason);
  const depth = machine.branches.length;
  const frame = machine.frames.at(-1);
  let completion: ArmResult['completion'];
  let raised: PyRaise | undefined;
  try {
    completion = arm();
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    completion = 'raise';
    raised = error;
  } finally {
    // A nested arm may have left a branch open for the rest of its function or loop.
    while (machine.branches.length > depth) closeBranch(machine);
    machine.branches.pop();
  }
  const after: ArmResult['after'] = new Map();
  for (const [variables, old] of branch.journal) {
    const values = new Map<string, Value | undefined>();
    for (const [name, value] of old) {
      values.set(name, variables.get(name));
      if (value === undefined) variables.delete(name);
      else variables.set(name, value);
    }
    after.set(variables, values);
  }
  return { completion, raised, returned: frame?.returned ?? null, after, before: branch.journal };
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || (typeof a === 'number' && typeof b === 'number' && Object.is(a, b));
}

/** Gives every variable that some arm set its value when all arms agree, and an unknown otherwise. */
function mergeVariables(machine: Machine, reason: Unknown, results: readonly ArmResult[]): void {
  const touched = new Map<Map<string, Value>, Set<string>>();
  for (const result of results) {
    for (const [variables, values] of result.after) {
      const names = touched.get(variables) ?? new Set<string>();
      for (const name of values.keys()) names.add(name);
      touched.set(variables, names);
    }
  }
  for (const [variables, names] of touched) {
    for (const name of names) {
      const values = results.map((result) => {
        const after = result.after.get(variables);
        return after?.has(name) === true ? after.get(name) : variables.get(name);
      });
      const [first] = values;
      const agreed = values.every((value) => isSame(value, first));
      setVariable(machine, variables, name, agreed ? first : conditional(reason));
    }
  }
}

/** What surely raises although the arms raise differently: which exception it is depends on the condition. */
function joinRaised(reason: Unknown, raising: readonly ArmResult[], first: PyRaise): PyRaise {
  const [cls, ...others] = new Set(raising.map(({ raised }) => (raised?.value instanceof Unknown ? undefined : raised?.value.cls)));
  return cls !== undefined && others.length === 0 ? first : new PyRaise(conditional(reason), first.place);
}

/**
 * Runs every arm of a condition that isn't known, each from the same state, and joins what they leave: variables on
 * which the arms disagree become unknown, and so does the rest of the function or loop when one arm leaves it.
 */
export function runArms(machine: Machine, reason: Unknown, arms: readonly (() => Completion)[], place: Place): Completion {
  const frame = machine.frames.at(-1);
  const restBefore = frame?.restReason;
  const results = arms.map((arm) => runArm(machine, reason, arm));
  const raising = results.filter((result) => result.completion === 'raise');
  const alive = results.filter((result) => result.completion !== 'raise');
  const [firstRaise] = raising;
  if (alive.length === 0 && firstRaise?.raised !== undefined) throw joinRaised(reason, raising, firstRaise.raised);
  if (raising.length > 0) {
    machine.mayRaise(reason);
    if (machine.tryDepth === 0) machine.doubt(conditional(reason));
  }
  const returning = alive.filter((result) => result.completion === 'return');
  const staying = alive.filter((result) => result.completion !== 'return');
  if (frame !== undefined) frame.alternatives.push(...returning.map((result) => result.returned));
  if (staying.length === 0) {
    if (frame !== undefined) {
      frame.restReason ??= reason;
      mergeVariables(machine, reason, returning);
    }
    return 'return';
  }
  mergeVariables(machine, reason, staying);
  if (returning.length > 0 && frame !== undefined) frame.restReason ??= reason;
  // What an arm left by `return` closed with the arm; the rest of the function still depends on it.
  if (frame?.restReason !== undefined && (returning.length > 0 || restBefore === undefined)) openBranch(machine, frame.restReason);
  const [first] = staying;
  if (first !== undefined && staying.every((result) => result.completion === first.completion) && returning.length === 0) {
    return first.completion === 'raise' ? 'normal' : first.completion;
  }
  if (staying.some((result) => result.completion === 'break' || result.completion === 'continue')) openBranch(machine, reason);
  machine.step(place);
  return 'normal';
}

/** Ends the innermost branch: what it set may or may not have happened. */
export function closeBranch(machine: Machine): void {
  const branch = machine.branches.pop();
  if (branch === undefined) return;
  for (const [variables, old] of branch.journal) {
    for (const [name, before] of old) {
      const now = variables.get(name);
      if (!isSame(before, now)) setVariable(machine, variables, name, conditional(branch.reason));
      else setVariable(machine, variables, name, now);
    }
  }
}

/** Ends the branches that were opened since `depth`. */
export function closeBranches(machine: Machine, depth: number): void {
  while (machine.branches.length > depth) closeBranch(machine);
}
