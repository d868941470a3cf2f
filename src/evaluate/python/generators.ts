import type { Expression, Statement } from '../../parse/syntax.js';
import { PyRaise } from '../runtime.js';
import type { Scope } from '../scope.js';
import { PyIterator, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { exceptionMatches } from './exceptions.js';
import type { Completion, Frame, Machine } from './machine.js';
import { bindTarget } from './targets.js';

type Steps = Generator<Value, Completion, Value | undefined>;

/** Makes the iterator of a generator function's body; it runs as it is driven, as Python's does. */
export function makeGenerator(machine: Machine, body: readonly Statement[], scope: Scope, frame: Frame): PyIterator {
  const steps = run(machine, body, scope);
  const within = (resume: () => IteratorResult<Value, Completion>): IteratorResult<Value, Value> => {
    machine.frames.push(frame);
    try {
      const result = resume();
      return result.done === true ? { done: true, value: frame.returned } : { done: false, value: result.value };
    } finally {
      machine.frames.pop();
    }
  };
  return new PyIterator(machine.stamp(), 'generator', {
    next: (sent) => within(() => steps.next(sent)),
    return: () => within(() => steps.return('normal')),
    throw: (error: unknown) => within(() => steps.throw(error)),
  });
}

function* run(machine: Machine, statements: readonly Statement[], scope: Scope): Steps {
  for (const statement of statements) {
    const completion = hasYield(statement) ? yield* runYielding(machine, statement, scope) : machine.execute([statement], scope);
    if (completion !== 'normal') return completion;
  }
  return 'normal';
}

function* runYielding(machine: Machine, node: Statement, scope: Scope): Steps {
  switch (node.kind) {
    case 'expression':
      yield* evaluate(machine, node.value, scope);
      return 'normal';
    case 'assign': {
      const value = yield* evaluate(machine, node.value, scope);
      for (const target of node.targets) bindTarget(machine, target, value, scope);
      return 'normal';
    }
    case 'return': {
      const value = node.value === null ? null : yield* evaluate(machine, node.value, scope);
      const frame = machine.frames.at(-1);
      if (frame !== undefined) frame.returned = value;
      return 'return';
    }
    case 'if': {
      const truth = machine.truth(machine.evaluate(node.test, scope), node.test);
      if (truth instanceof Unknown) throw new PyRaise(truth, node);
      return yield* run(machine, truth ? node.body : node.otherwise, scope);
    }
    case 'for': {
      const items = machine.iterate(machine.evaluate(node.iterable, scope), node.iterable);
      if (items instanceof Unknown) throw new PyRaise(items, node);
      for (const item of items) {
        bindTarget(machine, node.target, item, scope);
        const completion = yield* run(machine, node.body, scope);
        if (completion === 'break') return 'normal';
        if (completion === 'return') return 'return';
      }
      return yield* run(machine, node.otherwise, scope);
    }
    case 'while':
      for (;;) {
        const truth = machine.truth(machine.evaluate(node.test, scope), node.test);
        if (truth instanceof Unknown) throw new PyRaise(truth, node);
        if (!truth) return yield* run(machine, node.otherwise, scope);
        const completion = yield* run(machine, node.body, scope);
        if (completion === 'break') return 'normal';
        if (completion === 'return') return 'return';
      }
    case 'with':
      return yield* runWith(machine, node, scope, 0);
    case 'try':
      return yield* runTry(machine, node, scope);
    default:
      throw new PyRaise(machine.unknown('unsupported_syntax', `a yield inside a ${node.kind} statement`, node), node);
  }
}

function* runWith(machine: Machine, node: Extract<Statement, { kind: 'with' }>, scope: Scope, index: number): Steps {
  const item = node.items[index];
  if (item === undefined) return yield* run(machine, node.body, scope);
  const manager = machine.evaluate(item.context, scope);
  const entered = machine.enter(manager, item.context);
  if (item.target !== null) bindTarget(machine, item.target, entered, scope);
  let completion: Completion;
  try {
    completion = yield* runWith(machine, node, scope, index + 1);
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    if (machine.exit(manager, error, item.context)) return 'normal';
    throw error;
  }
  machine.exit(manager, undefined, item.context);
  return completion;
}

function* runTry(machine: Machine, node: Extract<Statement, { kind: 'try' }>, scope: Scope): Steps {
  let completion: Completion;
  try {
    completion = yield* run(machine, node.body, scope);
    if (completion === 'normal') completion = yield* run(machine, node.otherwise, scope);
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    const handler = node.handlers.find(
      (each) => each.type === null || exceptionMatches(machine, error.value, machine.evaluate(each.type, scope), node) === true,
    );
    if (handler === undefined) {
      yield* run(machine, node.finalizer, scope);
      throw error;
    }
    if (handler.name !== '') machine.assign(handler.name, error.value, scope);
    completion = yield* run(machine, handler.body, scope);
  }
  const final = yield* run(machine, node.finalizer, scope);
  return final === 'normal' ? completion : final;
}

function* evaluate(machine: Machine, node: Expression, scope: Scope): Generator<Value, Value, Value | undefined> {
  if (node.kind !== 'yield') return machine.evaluate(node, scope);
  const value = node.value === null ? null : machine.evaluate(node.value, scope);
  if (!node.isFrom) return (yield value) ?? null;
  if (value instanceof PyIterator) {
    for (;;) {
      const step = value.source.next();
      if (step.done === true) return step.value ?? null;
      yield step.value;
    }
  }
  const items = machine.iterate(value, node);
  if (items instanceof Unknown) throw new PyRaise(items, node);
  for (const item of items) yield item;
  return null;
}

/** Whether a statement yields by itself: a yield in a function inside it doesn't count. */
function hasYield(node: Statement): boolean {
  switch (node.kind) {
    case 'expression':
      return node.value.kind === 'yield';
    case 'assign':
      return node.value.kind === 'yield';
    case 'return':
      return node.value?.kind === 'yield';
    case 'if':
    case 'for':
    case 'while':
      return node.body.some(hasYield) || node.otherwise.some(hasYield);
    case 'with':
      return node.body.some(hasYield);
    case 'try':
      return [node.body, node.otherwise, node.finalizer, ...node.handlers.map((each) => each.body)].some((block) => block.some(hasYield));
    default:
      return false;
  }
}
