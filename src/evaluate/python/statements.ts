import type {
  ClassNode,
  ForStatement,
  FunctionNode,
  ImportFromStatement,
  ImportStatement,
  Statement,
  TryStatement,
  WhileStatement,
  WithStatement,
} from '../../parse/syntax.js';
import { noteContext } from './exception-context.js';
import { PyRaise } from '../runtime.js';
import type { Scope } from '../scope.js';
import { PyInstance, PyIterator, Unknown, noKeywords } from '../values.js';
import type { Value } from '../values.js';
import { withoutAlternatives } from '../conditions.js';
import { closeAttempt, doubtOf, openAttempt, unsettle } from './attempts.js';
import { closeBranches, runArms } from './branches.js';
import { defineClass } from './classes.js';
import { exceptionMatches, makeException, raiseValue } from './exceptions.js';
import { caseText, nothing } from './forks.js';
import type { Arm, Fork } from './forks.js';
import type { Attempt, Completion, Machine } from './machine.js';
import { matchPattern } from './patterns.js';
import { inplace } from './protocol/arithmetic.js';
import { deleteItem } from './protocol/items.js';
import { raiseWith } from './protocol/special.js';
import { bindTarget } from './targets.js';

type Executors = {
  readonly [K in Statement['kind']]: (machine: Machine, node: Extract<Statement, { kind: K }>, scope: Scope) => Completion;
};

/** Runs statements until one leaves the block. */
export function executeBlock(machine: Machine, statements: readonly Statement[], scope: Scope): Completion {
  for (const statement of statements) {
    const completion = executeStatement(machine, statement, scope);
    if (completion !== 'normal') return completion;
  }
  return 'normal';
}

function executeStatement(machine: Machine, node: Statement, scope: Scope): Completion {
  machine.step(node);
  // The table is typed by kind; TypeScript can't see that the node's kind and the function's agree.
  const executor = executors[node.kind] as (machine: Machine, node: Statement, scope: Scope) => Completion;
  return executor(machine, node, scope);
}

/** Runs a loop body once for something whose number of turns isn't known. */
function runOnce(machine: Machine, fork: Fork, body: () => Completion): Completion {
  const run = (): Completion => {
    const inner = body();
    return inner === 'break' || inner === 'continue' ? 'normal' : inner;
  };
  return runArms(machine, fork, [{ arm: 'loop', run }, nothing('rest')]);
}

function forkOfLoop(machine: Machine, node: ForStatement, reason: Unknown): Fork {
  return { reason, text: `for ${machine.textOf(node.target)} in ${machine.textOf(node.iterable)}`, place: node };
}

/** Set when an item stands for the rest of an iterator of which it isn't known how many items follow. */
function hiddenRest(source: Value, item: Value): Unknown | undefined {
  return source instanceof PyIterator && item instanceof Unknown && source.taint === item ? item : undefined;
}

/** Ends a loop: branches that an unknown `break` opened end with it; one that an unknown `return` opened goes on. */
function leaveLoop(machine: Machine, depth: number): void {
  const frame = machine.frames.at(-1);
  if (machine.branches.length <= depth) return;
  closeBranches(machine, depth);
  if (frame?.restReason === undefined) return;
  const open = machine.branches.slice(frame.branchDepth).flatMap((each) => each.conditions);
  machine.reopen(frame.restReason, frame.rest.filter((each) => !open.includes(each)));
}

function executeFor(machine: Machine, node: ForStatement, scope: Scope): Completion {
  const source = machine.evaluate(node.iterable, scope);
  const items = machine.iterate(source, node.iterable);
  const depth = machine.branches.length;
  if (items instanceof Unknown) {
    const body = (): Completion => {
      bindTarget(machine, node.target, items, scope);
      return machine.execute(node.body, scope);
    };
    const completion = runOnce(machine, forkOfLoop(machine, node, items), body);
    leaveLoop(machine, depth);
    return completion === 'return' ? 'return' : machine.execute(node.otherwise, scope);
  }
  for (const item of items) {
    const hidden = hiddenRest(source, item);
    const turn = (): Completion => {
      bindTarget(machine, node.target, item, scope);
      return machine.execute(node.body, scope);
    };
    const completion = hidden === undefined ? turn() : runOnce(machine, forkOfLoop(machine, node, hidden), turn);
    if (completion === 'break' || completion === 'return') {
      closeAbandoned(machine, node, source);
      leaveLoop(machine, depth);
      return completion === 'break' ? 'normal' : 'return';
    }
  }
  leaveLoop(machine, depth);
  return machine.execute(node.otherwise, scope);
}

function executeWhile(machine: Machine, node: WhileStatement, scope: Scope): Completion {
  const depth = machine.branches.length;
  for (;;) {
    const truth = machine.truth(machine.evaluate(node.test, scope), node.test);
    if (truth instanceof Unknown) {
      const fork = { reason: truth, text: `while ${machine.textOf(node.test)}`, place: node };
      const completion = runOnce(machine, fork, () => machine.execute(node.body, scope));
      leaveLoop(machine, depth);
      return completion === 'return' ? 'return' : machine.execute(node.otherwise, scope);
    }
    if (!truth) break;
    const completion = machine.execute(node.body, scope);
    if (completion === 'break' || completion === 'return') {
      leaveLoop(machine, depth);
      return completion === 'break' ? 'normal' : 'return';
    }
  }
  leaveLoop(machine, depth);
  return machine.execute(node.otherwise, scope);
}

function executeTry(machine: Machine, node: TryStatement, scope: Scope): Completion {
  let completion: Completion;
  try {
    completion = runProtected(machine, node, scope);
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    const final = machine.execute(node.finalizer, scope);
    if (final !== 'normal') return final;
    throw error;
  }
  const returned = machine.frames.at(-1)?.returned ?? null;
  const final = machine.execute(node.finalizer, scope);
  if (final !== 'normal') return final;
  const frame = machine.frames.at(-1);
  if (frame !== undefined) frame.returned = returned;
  return completion;
}

function runProtected(machine: Machine, node: TryStatement, scope: Scope): Completion {
  const eventsBefore = machine.doubtfulEvents;
  let completion: Completion;
  const attempt = openAttempt(machine, node, scope);
  machine.tryDepth += 1;
  try {
    completion = machine.execute(node.body, scope);
  } catch (error) {
    closeAttempt(machine, node, attempt);
    if (!(error instanceof PyRaise)) throw error;
    machine.tryDepth -= 1;
    try {
      if (machine.doubtfulEvents > eventsBefore && node.handlers.length > 0) return handleDoubtful(machine, node, error, attempt, scope);
      return handle(machine, node, error, scope);
    } finally {
      machine.tryDepth += 1;
    }
  } finally {
    machine.tryDepth -= 1;
  }
  closeAttempt(machine, node, attempt);
  if (machine.doubtfulEvents > eventsBefore && node.handlers.length > 0) {
    return runDoubtful(machine, node, completion, attempt, scope);
  }
  return completion === 'normal' ? machine.execute(node.otherwise, scope) : completion;
}

/** The body raised, but something before may have raised another exception in reality: any handler may run. */
function handleDoubtful(machine: Machine, node: TryStatement, error: PyRaise, attempt: Attempt | undefined, scope: Scope): Completion {
  const reason = doubtOf(machine, node, machine.lastDoubtful);
  const first: Arm = { arm: 'handler', text: 'except', run: () => handle(machine, node, error, scope) };
  return runArms(machine, { reason, text: 'try', place: node }, [first, ...possibleHandlers(machine, node, reason, attempt, scope)]);
}

/** The handlers as they run when something before the body's end raises. */
function possibleHandlers(machine: Machine, node: TryStatement, reason: Unknown, attempt: Attempt | undefined, scope: Scope): Arm[] {
  return node.handlers.map((handler) => ({
    arm: 'handler',
    text: handlerText(machine, handler),
    run: () => {
      unsettle(machine, attempt);
      return runHandler(machine, handler, new PyRaise(reason, node), scope);
    },
  }));
}

function handlerText(machine: Machine, handler: TryStatement['handlers'][number]): string {
  return handler.type === null ? 'except' : `except ${machine.textOf(handler.type)}`;
}

/** The body did something that may raise in reality: its handlers may run instead of what follows. */
function runDoubtful(machine: Machine, node: TryStatement, completion: Completion, attempt: Attempt | undefined, scope: Scope): Completion {
  const reason = doubtOf(machine, node, machine.lastDoubtful);
  const goOn = (): Completion => (completion === 'normal' ? machine.execute(node.otherwise, scope) : completion);
  return runArms(machine, { reason, text: 'try', place: node }, [{ arm: 'try', run: goOn }, ...possibleHandlers(machine, node, reason, attempt, scope)]);
}

function handle(machine: Machine, node: TryStatement, error: PyRaise, scope: Scope): Completion {
  for (const handler of node.handlers) {
    const type = handler.type === null ? null : machine.evaluate(handler.type, scope);
    const matches = type === null ? true : exceptionMatches(machine, error.value, type, node);
    if (matches instanceof Unknown) {
      const raiseAgain = (): never => {
        throw error;
      };
      const fork = { reason: matches, text: handlerText(machine, handler), place: node };
      return runArms(machine, fork, [{ arm: 'handler', run: () => runHandler(machine, handler, error, scope) }, { arm: 'else', run: raiseAgain }]);
    }
    if (!matches) continue;
    return runHandler(machine, handler, error, scope);
  }
  throw error;
}

/** Runs an `except` block; the name that it binds is gone afterwards, however the block ends. */
function runHandler(machine: Machine, handler: TryStatement['handlers'][number], error: PyRaise, scope: Scope): Completion {
  if (handler.name !== '') machine.assign(handler.name, error.value, scope);
  machine.handled.push(error);
  try {
    return machine.execute(handler.body, scope);
  } catch (caught) {
    noteContext(caught, error);
    throw caught;
  } finally {
    machine.handled.pop();
    if (handler.name !== '') machine.unbind(handler.name, scope);
  }
}

/** `raise ... from cause`. */
function setCause(machine: Machine, raised: PyRaise, given: Value, place: Statement): void {
  if (!(raised.value instanceof PyInstance)) return;
  const cause = given === null || given instanceof Unknown ? given : raiseValue(machine, given, place).value;
  raised.value.attributes.set('__cause__', cause);
  raised.value.attributes.set('__suppress_context__', true);
}

/** A generator that only this loop held ends with the loop: its `finally` blocks run. */
function closeAbandoned(machine: Machine, node: ForStatement, source: Value): void {
  if (node.iterable.kind !== 'call' || !(source instanceof PyIterator) || source.name !== 'generator') return;
  const exit = makeException(machine, machine.builtinClass('GeneratorExit'), []);
  try {
    source.source.throw?.(new PyRaise(exit, node));
  } catch (caught) {
    if (!(caught instanceof PyRaise)) throw caught;
  }
}

/** `with`: enters each item, runs the body, and leaves in reverse order. */
export function executeWith(
  machine: Machine,
  node: WithStatement,
  scope: Scope,
  index = 0,
  body: () => Completion = () => machine.execute(node.body, scope),
): Completion {
  const item = node.items[index];
  if (item === undefined) return body();
  const manager = machine.evaluate(item.context, scope);
  const entered = machine.enter(manager, item.context);
  if (item.target !== null) bindTarget(machine, item.target, entered, scope);
  let completion: Completion;
  try {
    completion = executeWith(machine, node, scope, index + 1, body);
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    if (machine.exit(manager, error, item.context)) return 'normal';
    throw error;
  }
  machine.exit(manager, undefined, item.context);
  return completion;
}

function decorate(machine: Machine, node: FunctionNode | ClassNode, decorators: readonly Value[], value: Value): Value {
  return decorators.reduceRight<Value>((inner, decorator) => machine.call(decorator, [inner], noKeywords, node), value);
}

function executeImport(machine: Machine, node: ImportStatement, scope: Scope): Completion {
  for (const { name, alias } of node.names) {
    const module = machine.importModule(name, node);
    if (alias !== '') machine.assign(alias, module, scope);
    else {
      const top = name.split('.')[0] ?? name;
      machine.assign(top, top === name ? module : machine.importModule(top, node), scope);
    }
  }
  return 'normal';
}

function executeImportFrom(machine: Machine, node: ImportFromStatement, scope: Scope): Completion {
  const module = machine.importFrom(node.module, node.level, scope, node);
  for (const { name, alias } of node.names) {
    if (name === '*') machine.importStar(module, scope, node);
    else machine.assign(alias === '' ? name : alias, machine.importName(module, name, node), scope);
  }
  return 'normal';
}

const executors: Executors = {
  expression: (machine, node, scope) => {
    machine.evaluate(node.value, scope);
    return 'normal';
  },
  assign: (machine, node, scope) => {
    const value = machine.evaluate(node.value, scope);
    for (const target of node.targets) bindTarget(machine, target, value, scope);
    return 'normal';
  },
  augmented_assign: (machine, node, scope) => {
    const { target } = node;
    if (target.kind === 'name') {
      const old = machine.lookUp(target.name, scope, target);
      machine.assign(target.name, withoutAlternatives(inplace(machine, node.operator, old, machine.evaluate(node.value, scope), node)), scope);
    } else if (target.kind === 'attribute') {
      const object = machine.evaluate(target.object, scope);
      const old = machine.getAttribute(object, target.name, target);
      const value = withoutAlternatives(inplace(machine, node.operator, old, machine.evaluate(node.value, scope), node));
      machine.setAttribute(object, target.name, value, target);
    } else if (target.kind === 'subscript') {
      const object = machine.evaluate(target.object, scope);
      const key = machine.evaluate(target.index, scope);
      const old = machine.getItem(object, key, target);
      machine.setItem(object, key, withoutAlternatives(inplace(machine, node.operator, old, machine.evaluate(node.value, scope), node)), target);
    }
    return 'normal';
  },
  annotated_assign: (machine, node, scope) => {
    if (node.value !== null) bindTarget(machine, node.target, machine.evaluate(node.value, scope), scope);
    if (node.target.kind === 'name' && scope.kind !== 'function') machine.annotate(node.target.name, node.annotation, scope);
    return 'normal';
  },
  delete: (machine, node, scope) => {
    for (const target of node.targets) {
      if (target.kind === 'name') machine.remove(target.name, scope, target);
      else if (target.kind === 'subscript') {
        const object = machine.evaluate(target.object, scope);
        if (object instanceof Unknown) machine.mayRaise(object);
        deleteItem(machine, object, machine.evaluate(target.index, scope), target);
      } else if (target.kind === 'attribute') machine.deleteAttribute(machine.evaluate(target.object, scope), target.name, target);
    }
    return 'normal';
  },
  if: (machine, node, scope) => {
    const truth = machine.truth(machine.evaluate(node.test, scope), node.test);
    if (truth instanceof Unknown) {
      return runArms(machine, { reason: truth, text: machine.textOf(node.test), place: node }, [
        { arm: 'then', run: () => machine.execute(node.body, scope) },
        { arm: 'else', run: () => machine.execute(node.otherwise, scope) },
      ]);
    }
    return machine.execute(truth ? node.body : node.otherwise, scope);
  },
  for: executeFor,
  while: executeWhile,
  try: executeTry,
  with: (machine, node, scope) => executeWith(machine, node, scope),
  function: (machine, node, scope) => {
    const decorators = node.decorators.map((decorator) => machine.evaluate(decorator, scope));
    const made = machine.makeFunction(node, node.name, scope);
    machine.assign(node.name, decorate(machine, node, decorators, made), scope);
    return 'normal';
  },
  class: (machine, node, scope) => {
    const decorators = node.decorators.map((decorator) => machine.evaluate(decorator, scope));
    const made = defineClass(machine, node, scope);
    machine.assign(node.name, decorate(machine, node, decorators, made), scope);
    return 'normal';
  },
  return: (machine, node, scope) => {
    const value = node.value === null ? null : machine.evaluate(node.value, scope);
    const frame = machine.frames.at(-1);
    if (frame !== undefined) {
      frame.returned = value;
      frame.isCollected = false;
    }
    return 'return';
  },
  raise: (machine, node, scope) => {
    if (node.value === null) {
      const current = machine.handled.at(-1);
      if (current !== undefined) throw current;
      return machine.raise('RuntimeError', 'No active exception to reraise', node);
    }
    const value = machine.evaluate(node.value, scope);
    const raised = raiseValue(machine, value, node);
    if (node.cause !== null) setCause(machine, raised, machine.evaluate(node.cause, scope), node);
    throw raised;
  },
  assert: (machine, node, scope) => {
    const truth = machine.truth(machine.evaluate(node.test, scope), node.test);
    if (truth === true) return 'normal';
    const fail = (): Completion => raiseWith(machine, 'AssertionError', node.message === null ? [] : [machine.evaluate(node.message, scope)], node);
    if (!(truth instanceof Unknown)) return fail();
    return runArms(machine, { reason: truth, text: machine.textOf(node.test), place: node }, [nothing('then'), { arm: 'else', run: fail }]);
  },
  import: executeImport,
  import_from: executeImportFrom,
  global: () => 'normal',
  nonlocal: () => 'normal',
  match: (machine, node, scope) => {
    const subject = machine.evaluate(node.subject, scope);
    return runCases(machine, node, subject, 0, scope);
  },
  pass: () => 'normal',
  break: () => 'break',
  continue: () => 'continue',
  type_alias: (machine, node, scope) => {
    machine.assign(node.name, machine.unknown('not_modelled', 'a type alias', node), scope);
    return 'normal';
  },
};

function runCases(
  machine: Machine,
  node: Extract<Statement, { kind: 'match' }>,
  subject: Value,
  index: number,
  scope: Scope,
): Completion {
  const clause = node.cases[index];
  if (clause === undefined) return 'normal';
  let matches: boolean | Unknown = matchPattern(machine, clause.pattern, subject, scope, node);
  if (matches === true && clause.guard !== null) matches = machine.truth(machine.evaluate(clause.guard, scope), clause.guard);
  if (matches instanceof Unknown) {
    return runArms(machine, { reason: matches, text: caseText(machine, node, clause), place: node }, [
      { arm: 'then', run: () => machine.execute(clause.body, scope) },
      { arm: 'else', run: () => runCases(machine, node, subject, index + 1, scope) },
    ]);
  }
  return matches ? machine.execute(clause.body, scope) : runCases(machine, node, subject, index + 1, scope);
}
