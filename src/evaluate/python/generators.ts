import type { Expression, Statement } from '../../parse/syntax.js';
import { PyRaise } from '../runtime.js';
import type { Scope } from '../scope.js';
import { PyInstance, PyIterator, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { exceptionMatches, makeException } from './exceptions.js';
import type { Completion, Frame, Machine } from './machine.js';
import { matchPattern } from './patterns.js';
import { bindTarget } from './targets.js';
import { evaluateYielding, yieldsIn, type Yielding } from './yields.js';

type Steps = Yielding<Completion>;

/** Makes the iterator of a generator function's body; it runs as it is driven, as Python's does. */
export function makeGenerator(machine: Machine, body: readonly Statement[], scope: Scope, frame: Frame): PyIterator {
  const steps = run(machine, body, scope);
  let isStarted = false;
  const within = (resume: () => IteratorResult<Value, Completion>): IteratorResult<Value, Value> => {
    machine.frames.push(frame);
    isStarted = true;
    try {
      const result = resume();
      isOver = result.done === true;
      return result.done === true ? { done: true, value: frame.returned } : { done: false, value: result.value };
    } catch (error) {
      throw leaving(machine, error);
    } finally {
      machine.frames.pop();
    }
  };
  let isOver = false;
  return new PyIterator(machine.stamp(), 'generator', {
    next: (sent) => {
      if (isOver) return { done: true, value: undefined };
      if (!isStarted && sent !== undefined && sent !== null) {
        return machine.raise('TypeError', "can't send non-None value to a just-started generator", frame.place);
      }
      return within(() => steps.next(sent));
    },
    return: () => within(() => steps.return('normal')),
    throw: (error: unknown) => within(() => steps.throw(error)),
  });
}

/** A StopIteration that leaves a generator's body is a mistake, not its end (PEP 479). */
function leaving(machine: Machine, error: unknown): unknown {
  if (!(error instanceof PyRaise) || !(error.value instanceof PyInstance)) return error;
  if (!machine.isInstance(error.value, machine.builtinClass('StopIteration'))) return error;
  const made = makeException(machine, machine.builtinClass('RuntimeError'), ['generator raised StopIteration']);
  made.attributes.set('__cause__', error.value);
  made.attributes.set('__context__', error.value);
  return new PyRaise(made, error.place);
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
      yield* evaluateYielding(machine, node.value, scope);
      return 'normal';
    case 'assign': {
      const value = yield* evaluateYielding(machine, node.value, scope);
      for (const target of node.targets) bindTarget(machine, target, value, scope);
      return 'normal';
    }
    case 'annotated_assign':
      if (node.value !== null) bindTarget(machine, node.target, yield* evaluateYielding(machine, node.value, scope), scope);
      return 'normal';
    case 'augmented_assign':
      if (node.target.kind !== 'name') break;
      return machine.execute([{ ...node, value: yield* held(machine, node.value, scope, ' operand') }], scope);
    case 'return': {
      const value = node.value === null ? null : yield* evaluateYielding(machine, node.value, scope);
      const frame = machine.frames.at(-1);
      if (frame !== undefined) frame.returned = value;
      return 'return';
    }
    case 'raise':
      if (node.value === null) break;
      return machine.execute([{ ...node, value: yield* held(machine, node.value, scope, ' raised') }], scope);
    case 'if': {
      const truth = yield* condition(machine, node.test, scope);
      return yield* run(machine, truth ? node.body : node.otherwise, scope);
    }
    case 'for':
      return yield* runFor(machine, node, scope);
    case 'while':
      for (;;) {
        if (!(yield* condition(machine, node.test, scope))) return yield* run(machine, node.otherwise, scope);
        const completion = yield* run(machine, node.body, scope);
        if (completion === 'break') return 'normal';
        if (completion === 'return') return 'return';
      }
    case 'with':
      return yield* runWith(machine, node, scope, 0);
    case 'try':
      return yield* runTry(machine, node, scope);
    case 'match':
      return yield* runMatch(machine, node, scope);
    default:
      break;
  }
  throw new PyRaise(machine.unknown('unsupported_syntax', `a yield inside a ${node.kind} statement`, node), node);
}

/** Evaluates an expression into a variable that Python code can't name, and gives the name's node. */
function* held(machine: Machine, value: Expression, scope: Scope, name: string): Yielding<Expression> {
  scope.variables.set(name, yield* evaluateYielding(machine, value, scope));
  return { kind: 'name', name, file: value.file, line: value.line, start: value.start, end: value.end };
}

function* condition(machine: Machine, test: Expression, scope: Scope): Yielding<boolean> {
  const truth = machine.truth(yield* evaluateYielding(machine, test, scope), test);
  if (truth instanceof Unknown) throw new PyRaise(truth, test);
  return truth;
}

function* runFor(machine: Machine, node: Extract<Statement, { kind: 'for' }>, scope: Scope): Steps {
  const items = machine.iterate(yield* evaluateYielding(machine, node.iterable, scope), node.iterable);
  if (items instanceof Unknown) throw new PyRaise(items, node);
  for (const item of items) {
    bindTarget(machine, node.target, item, scope);
    const completion = yield* run(machine, node.body, scope);
    if (completion === 'break') return 'normal';
    if (completion === 'return') return 'return';
  }
  return yield* run(machine, node.otherwise, scope);
}

function* runMatch(machine: Machine, node: Extract<Statement, { kind: 'match' }>, scope: Scope): Steps {
  const subject = yield* evaluateYielding(machine, node.subject, scope);
  for (const clause of node.cases) {
    let matches: boolean | Unknown = matchPattern(machine, clause.pattern, subject, scope, node);
    if (matches === true && clause.guard !== null) matches = yield* condition(machine, clause.guard, scope);
    if (matches instanceof Unknown) throw new PyRaise(matches, node);
    if (matches) return yield* run(machine, clause.body, scope);
  }
  return 'normal';
}

function* runWith(machine: Machine, node: Extract<Statement, { kind: 'with' }>, scope: Scope, index: number): Steps {
  const item = node.items[index];
  if (item === undefined) return yield* run(machine, node.body, scope);
  const manager = yield* evaluateYielding(machine, item.context, scope);
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
    completion = yield* runProtected(machine, node, scope);
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    const final = yield* run(machine, node.finalizer, scope);
    if (final !== 'normal') return final;
    throw error;
  }
  const returned = machine.frames.at(-1)?.returned ?? null;
  const final = yield* run(machine, node.finalizer, scope);
  if (final !== 'normal') return final;
  const frame = machine.frames.at(-1);
  if (frame !== undefined) frame.returned = returned;
  return completion;
}

function* runProtected(machine: Machine, node: Extract<Statement, { kind: 'try' }>, scope: Scope): Steps {
  let completion: Completion;
  try {
    completion = yield* run(machine, node.body, scope);
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    return yield* handle(machine, node, error, scope);
  }
  return completion === 'normal' ? yield* run(machine, node.otherwise, scope) : completion;
}

function* handle(machine: Machine, node: Extract<Statement, { kind: 'try' }>, error: PyRaise, scope: Scope): Steps {
  const handler = node.handlers.find(
    (each) => each.type === null || exceptionMatches(machine, error.value, machine.evaluate(each.type, scope), node) === true,
  );
  if (handler === undefined) throw error;
  if (handler.name !== '') machine.assign(handler.name, error.value, scope);
  machine.handled.push(error);
  try {
    return yield* run(machine, handler.body, scope);
  } finally {
    const index = machine.handled.lastIndexOf(error);
    if (index !== -1) machine.handled.splice(index, 1);
    if (handler.name !== '') machine.unbind(handler.name, scope);
  }
}

/** Whether a statement yields by itself: a yield in a function inside it doesn't count. */
function hasYield(node: Statement): boolean {
  switch (node.kind) {
    case 'expression':
    case 'assign':
    case 'augmented_assign':
      return yieldsIn(node.value);
    case 'annotated_assign':
    case 'return':
    case 'raise':
      return node.value !== null && yieldsIn(node.value);
    case 'if':
    case 'while':
      return yieldsIn(node.test) || node.body.some(hasYield) || node.otherwise.some(hasYield);
    case 'for':
      return yieldsIn(node.iterable) || node.body.some(hasYield) || node.otherwise.some(hasYield);
    case 'with':
      return node.items.some((item) => yieldsIn(item.context)) || node.body.some(hasYield);
    case 'try':
      return [node.body, node.otherwise, node.finalizer, ...node.handlers.map((each) => each.body)].some((block) => block.some(hasYield));
    case 'match':
      return yieldsIn(node.subject) || node.cases.some((clause) => clause.body.some(hasYield));
    default:
      return false;
  }
}
