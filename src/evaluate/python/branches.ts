import type { Condition } from '../../model/graph.js';
import { dependingOn } from '../conditions.js';
import { PyRaise } from '../runtime.js';
import { Unknown } from '../values.js';
import type { Value } from '../values.js';
import { noteAttempted } from './attempts.js';
import type { Branch, Completion, Frame, Journal, Machine } from './machine.js';
import { conditionOf, conditionOfRest } from './forks.js';
import type { Arm, Fork } from './forks.js';

interface ArmResult {
  readonly arm: Arm;
  readonly condition: Condition;
  /** What holds at its end because inner forks left in other arms. */
  readonly rest: readonly Condition[];
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

function openBranch(machine: Machine, reason: Unknown, conditions: readonly Condition[]): Branch {
  const branch: Branch = { reason, since: machine.stamp(), journal: new Map(), conditions };
  machine.branches.push(branch);
  return branch;
}

function runArm(machine: Machine, fork: Fork, arm: Arm): ArmResult {
  const condition = conditionOf(machine, fork, arm);
  const branch = openBranch(machine, fork.reason, [condition]);
  const depth = machine.branches.length;
  const frame = machine.frames.at(-1);
  const restLength = frame?.rest.length ?? 0;
  let completion: ArmResult['completion'];
  let raised: PyRaise | undefined;
  try {
    completion = arm.run();
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
  const rest = frame?.rest.splice(restLength) ?? [];
  if (frame !== undefined && completion === 'return') noteReturned(machine, frame, [condition, ...rest]);
  return { arm, condition, rest, completion, raised, returned: frame?.returned ?? null, after, before: branch.journal };
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
        return { value: after?.has(name) === true ? after.get(name) : variables.get(name), conditions: [result.condition] };
      });
      const first = values[0]?.value;
      const agreed = values.every(({ value }) => isSame(value, first));
      setVariable(machine, variables, name, agreed ? first : dependingOn(reason, values));
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
export function runArms(machine: Machine, fork: Fork, arms: readonly Arm[]): Completion {
  const { reason } = fork;
  const frame = machine.frames.at(-1);
  const restBefore = frame?.restReason;
  const results = arms.map((arm) => runArm(machine, fork, arm));
  const raising = results.filter((result) => result.completion === 'raise');
  const alive = results.filter((result) => result.completion !== 'raise');
  const [firstRaise] = raising;
  if (alive.length === 0 && firstRaise?.raised !== undefined) throw joinRaised(reason, raising, firstRaise.raised);
  if (raising.length > 0) {
    // Inside another condition the rest also runs where that one doesn't hold.
    const condition = machine.branches.length === 0 ? conditionOfRest(machine, fork, alive.map((each) => each.arm)) : conditionOf(machine, fork, { arm: 'rest' });
    machine.mayRaise(reason, condition);
    if (machine.tryDepth === 0) machine.doubt(conditional(reason), condition);
  }
  const returning = alive.filter((result) => result.completion === 'return');
  const staying = alive.filter((result) => result.completion !== 'return');
  if (staying.length === 0) {
    if (frame !== undefined) {
      frame.isCollected = true;
      frame.restReason ??= reason;
      mergeVariables(machine, reason, returning);
    }
    return 'return';
  }
  mergeVariables(machine, reason, staying);
  if (returning.length > 0 && frame !== undefined) frame.restReason ??= reason;
  const rest = frame === undefined ? [] : restOf(machine, fork, frame, staying, returning.length > 0);
  // What an arm left by `return` closed with the arm; the rest of the function still depends on it.
  if (frame?.restReason !== undefined && (returning.length > 0 || restBefore === undefined)) openBranch(machine, frame.restReason, rest);
  const [first] = staying;
  if (first !== undefined && staying.every((result) => result.completion === first.completion) && returning.length === 0) {
    return first.completion === 'raise' ? 'normal' : first.completion;
  }
  const normal = staying.filter((result) => result.completion === 'normal');
  if (normal.length < staying.length) openBranch(machine, reason, [conditionOfRest(machine, fork, normal.map((each) => each.arm))]);
  machine.step(fork.place);
  return 'normal';
}

/** Notes what an arm returned, with everything that holds there; the arms of an inner fork have said it themselves. */
function noteReturned(machine: Machine, frame: Frame, conditions: readonly Condition[]): void {
  const open = machine.branches.slice(frame.branchDepth).flatMap((each) => each.conditions);
  if (!frame.isCollected) frame.alternatives.push({ value: frame.returned, conditions: [...open, ...conditions] });
  frame.isCollected = false;
}

/** What holds in the rest of a function after some arms left it, noted in the frame. */
function restOf(machine: Machine, fork: Fork, frame: Frame, staying: readonly ArmResult[], isLeft: boolean): readonly Condition[] {
  const before = frame.rest.length;
  const inner = staying.flatMap((each) => each.rest);
  const [only, ...others] = staying;
  const last = inner.at(-1);
  if (isLeft) frame.rest.push(conditionOfRest(machine, fork, staying.map((each) => each.arm)));
  // An inner fork that left in one of several arms says nothing about the others.
  if (only !== undefined && others.length === 0) frame.rest.push(...inner);
  else if (last !== undefined) frame.rest.push({ ...last, arm: 'rest' });
  return frame.rest.slice(before);
}

/** Ends the innermost branch: what it set may or may not have happened. */
export function closeBranch(machine: Machine): void {
  const branch = machine.branches.pop();
  if (branch === undefined) return;
  for (const [variables, old] of branch.journal) {
    for (const [name, before] of old) {
      const now = variables.get(name);
      if (!isSame(before, now)) setVariable(machine, variables, name, afterBranch(branch, before, now));
      else setVariable(machine, variables, name, now);
    }
  }
}

/** What a variable may be after a branch that set it: what it set, or what it was where the other arm ran. */
function afterBranch(branch: Branch, before: Value | undefined, now: Value | undefined): Unknown {
  const [only, ...others] = branch.conditions;
  if (only === undefined || others.length > 0 || (only.arm !== 'then' && only.arm !== 'else')) return conditional(branch.reason);
  const negated: Condition = { ...only, arm: only.arm === 'then' ? 'else' : 'then' };
  return dependingOn(branch.reason, [
    { value: now, conditions: [only] },
    { value: before, conditions: [negated] },
  ]);
}

/** Ends the branches that were opened since `depth`. */
export function closeBranches(machine: Machine, depth: number): void {
  while (machine.branches.length > depth) closeBranch(machine);
}
