import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { raiseAirflow } from './errors.js';
import { setRelatives } from './edges.js';
import { nearestMarked } from './setup-search.js';
import { nothing } from './setup-state.js';
import type { Held, SetupContext, Slot } from './setup-state.js';
import type { TaskState } from './state.js';
import { isAirflow3, worldOf } from './world.js';

function listOf(held: Held): readonly TaskState[] {
  return 'kind' in held ? [held] : held;
}

function isSome(held: Held): boolean {
  return listOf(held).length > 0;
}

function isSame(left: Held, right: Held): boolean {
  if ('kind' in left || 'kind' in right) return left === right;
  return left.length === right.length && left.every((each, index) => each === right[index]);
}

function put(slot: Slot, held: Held): void {
  if (isSome(slot.current) && !isSame(slot.current, held)) slot.previous.push(slot.current);
  slot.current = held;
}

/** `set_dependency`: every new task gets the receiving ones on one side. */
function depend(rt: Runtime, receiving: Held, added: Held, upstream: boolean, place: Place): void {
  for (const task of listOf(added)) setRelatives(rt, task, listOf(receiving), upstream, place);
}

/** Takes the innermost value away and ties it to the one around it. */
function pop(rt: Runtime, slot: Slot, upstream: boolean, place: Place): Held {
  const old = slot.current;
  slot.current = slot.previous.pop() ?? nothing;
  if (isSome(slot.current) && isSome(old)) depend(rt, old, slot.current, upstream, place);
  return old;
}

/** A new task, or one given to `add_task`, belongs to the open blocks. */
export function noteInContext(rt: Runtime, task: TaskState): void {
  const context = worldOf(rt).setups;
  if (task.isSetup || task.isTeardown) return;
  for (const key of [context.setup.current, context.teardown.current]) {
    if (!isSome(key)) continue;
    const known = context.made.find((each) => isSame(each.key, key));
    if (known === undefined) context.made.push({ key, tasks: [task] });
    else known.tasks.push(task);
  }
}

/** `with task:` or `with context_wrapper([...]):`. */
export function enterContext(rt: Runtime, held: Held, place: Place): void {
  const context = worldOf(rt).setups;
  const [first] = listOf(held);
  if (first === undefined) rt.raise('IndexError', 'list index out of range', place);
  if (listOf(held).some((task) => !task.isSetup && !task.isTeardown)) {
    const isWrapped = !('kind' in held);
    const name = isAirflow3(rt) && !isWrapped ? 'RuntimeError' : 'AirflowException';
    raiseAirflow(rt, name, 'Only setup/teardown tasks can be used as context managers.', place);
  }
  if (listOf(held).some((task) => task.isSetup !== first.isSetup)) {
    context.isActive = false;
    context.made.length = 0;
    for (const slot of [context.setup, context.teardown]) {
      slot.current = nothing;
      slot.previous.length = 0;
    }
    rt.raise('ValueError', 'All tasks in the list must be either setup or teardown tasks', place);
  }
  if (first.isTeardown) {
    put(context.teardown, held);
    put(context.setupOfTeardown, nearestMarked(rt, first, 'isSetup', context.setupOfTeardown.current, place));
  } else {
    put(context.setup, held);
    put(context.teardownOfSetup, nearestMarked(rt, first, 'isTeardown', context.teardownOfSetup.current, place));
  }
  context.isActive = true;
}

/** The end of a block: work without upstream follows the setup, work without downstream goes before the teardown. */
export function leaveContext(rt: Runtime, place: Place): void {
  const context = worldOf(rt).setups;
  if (isSome(context.setup.current)) wireSetup(rt, context, place);
  if (isSome(context.teardown.current)) wireTeardown(rt, context, place);
  const setup = pop(rt, context.setup, false, place);
  const teardown = pop(rt, context.teardown, true, place);
  pop(rt, context.teardownOfSetup, true, place);
  pop(rt, context.setupOfTeardown, false, place);
  for (const key of [setup, teardown]) {
    const index = context.made.findIndex((each) => isSame(each.key, key));
    if (index !== -1) context.made.splice(index, 1);
  }
  context.isActive = false;
}

function workOf(context: SetupContext, key: Held): { first: TaskState; last: TaskState; roots: () => TaskState[]; leaves: () => TaskState[] } | undefined {
  const tasks = (context.made.find((each) => isSame(each.key, key))?.tasks ?? []).filter((task) => !task.isSetup && !task.isTeardown);
  const [first] = tasks;
  const last = tasks.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return {
    first,
    last,
    roots: () => tasks.filter((task) => task.upstream.size === 0),
    leaves: () => tasks.filter((task) => task.downstream.size === 0),
  };
}

function wireSetup(rt: Runtime, context: SetupContext, place: Place): void {
  const setup = context.setup.current;
  const work = workOf(context, setup);
  if (work === undefined) return;
  const roots = work.roots();
  if (roots.length === 0) setRelatives(rt, work.first, listOf(setup), true, place);
  else depend(rt, roots, setup, false, place);
  const leaves = work.leaves();
  const before = isSome(context.teardown.current) ? context.teardown.current : leaves.length === 0 ? work.last : leaves;
  depend(rt, before, context.teardownOfSetup.current, true, place);
}

function wireTeardown(rt: Runtime, context: SetupContext, place: Place): void {
  const teardown = context.teardown.current;
  const work = workOf(context, teardown);
  if (work === undefined) return;
  const leaves = work.leaves();
  depend(rt, leaves.length === 0 ? work.last : leaves, teardown, true, place);
  const roots = work.roots();
  const after = isSome(context.setup.current) ? context.setup.current : roots.length === 0 ? work.first : roots;
  depend(rt, after, context.setupOfTeardown.current, false, place);
}
