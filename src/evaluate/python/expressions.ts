import type { Place } from '../../model/place.js';
import type { ArgumentNode, CallNode, CompareNode, ComprehensionClause, ComprehensionNode, Expression, StringPart } from '../../parse/syntax.js';
import type { Scope } from '../scope.js';
import { PyRaise } from '../runtime.js';
import { PyBytes, PyDict, PyIterator, PySet, PySlice, Unknown, ellipsis, noKeywords } from '../values.js';
import type { Value } from '../values.js';
import { withoutAlternatives } from '../conditions.js';
import { evaluateArms } from './alternatives.js';
import { nothing } from './forks.js';
import type { Arm } from './forks.js';
import { calleeText, itemsOr } from './unpacking.js';
import { runArms } from './branches.js';
import { bindTarget } from './targets.js';
import type { Machine } from './machine.js';
import { unary } from './protocol/arithmetic.js';
import { richCompare } from './protocol/ordering.js';

type Evaluators = {
  readonly [K in Expression['kind']]: (machine: Machine, node: Extract<Expression, { kind: K }>, scope: Scope) => Value;
};

/** Evaluates an expression; raises PyRaise for what raises in Python. */
export function evaluateExpression(machine: Machine, node: Expression, scope: Scope): Value {
  machine.step(node);
  // The table is typed by kind; TypeScript can't see that the node's kind and the function's agree.
  const evaluator = evaluators[node.kind] as (machine: Machine, node: Expression, scope: Scope) => Value;
  const value = evaluator(machine, node, scope);
  return value instanceof Unknown && !handingOn.has(node.kind) ? withoutAlternatives(value) : value;
}

/** Expressions that give a value as it is; all others make another of it. */
const handingOn: ReadonlySet<Expression['kind']> = new Set(['attribute', 'boolean', 'call', 'conditional', 'name', 'named_expression']);

function elementsOf(machine: Machine, nodes: readonly Expression[], scope: Scope, refusal = (value: Value): string => `Value after * must be an iterable, not ${machine.classOf(value).name}`): Value[] | Unknown {
  const values: Value[] = [];
  let hidden: Unknown | undefined;
  for (const node of nodes) {
    if (node.kind !== 'starred') values.push(evaluateExpression(machine, node, scope));
    else {
      const value = evaluateExpression(machine, node.value, scope);
      const items = itemsOr(machine, value, node, () => refusal(value));
      if (items instanceof Unknown) hidden ??= items;
      else values.push(...items);
    }
  }
  return hidden ?? values;
}

function formatParts(machine: Machine, parts: readonly StringPart[], scope: Scope): string | Unknown {
  let text = '';
  let hidden: Unknown | undefined;
  for (const part of parts) {
    if (typeof part === 'string') {
      text += part;
      continue;
    }
    const value = evaluateExpression(machine, part.expression, scope);
    const specification = formatParts(machine, part.specification, scope);
    if (specification instanceof Unknown) hidden ??= specification;
    else {
      const formatted = formatPart(machine, value, part.conversion, specification, part.expression);
      if (formatted instanceof Unknown) hidden ??= formatted;
      else text += formatted;
    }
  }
  return hidden ?? text;
}

function formatPart(machine: Machine, value: Value, conversion: string, specification: string, place: Place): string | Unknown {
  if (conversion === '') return machine.format(value, specification, place);
  const text = conversion === 's' ? machine.str(value, place) : machine.repr(value, place);
  return text instanceof Unknown ? text : machine.format(text, specification, place);
}

interface Arguments {
  readonly positional: Value[];
  readonly keywords: Map<string, Value>;
  /** Set when `*x` or `**x` is not known: which arguments there are is then not known either. */
  readonly hidden: Unknown | undefined;
}

/** Evaluates the arguments of a call, from left to right. */
export function evaluateArguments(machine: Machine, nodes: readonly ArgumentNode[], scope: Scope, place: Place, callee: Value = null): Arguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let hidden: Unknown | undefined;
  for (const node of nodes) {
    const value = evaluateExpression(machine, node.value, scope);
    switch (node.form) {
      case 'positional':
        positional.push(value);
        break;
      case 'keyword':
        if (keywords.has(node.name)) machine.raise('TypeError', `got multiple values for keyword argument '${node.name}'`, place);
        keywords.set(node.name, value);
        break;
      case 'star': {
        const isAlone = nodes.filter((each) => each.form === 'positional' || each.form === 'star').length === 1;
        const head = (): string => (isAlone ? `${calleeText(machine, callee)} argument` : 'Value');
        const items = itemsOr(machine, value, place, () => `${head()} after * must be an iterable, not ${machine.classOf(value).name}`);
        if (items instanceof Unknown) hidden ??= items;
        else for (const item of items) positional.push(item);
        break;
      }
      case 'double_star':
        hidden = addMapping(machine, keywords, value, place, callee) ?? hidden;
        break;
    }
  }
  return { positional, keywords, hidden };
}

function addMapping(machine: Machine, keywords: Map<string, Value>, value: Value, place: Place, callee: Value): Unknown | undefined {
  if (value instanceof Unknown) return value;
  const keysMethod = machine.findAttribute(value, 'keys', place);
  if (keysMethod === undefined) {
    return machine.raise('TypeError', `${calleeText(machine, callee)} argument after ** must be a mapping, not ${machine.classOf(value).name}`, place);
  }
  const keys = machine.items(machine.call(keysMethod, [], noKeywords, place), place);
  if (keys instanceof Unknown) return keys;
  for (const key of keys) {
    if (key instanceof Unknown) return key;
    if (typeof key !== 'string') machine.raise('TypeError', 'keywords must be strings', place);
    if (keywords.has(key)) machine.raise('TypeError', `${calleeText(machine, callee)} got multiple values for keyword argument '${key}'`, place);
    keywords.set(key, machine.getItem(value, key, place));
  }
  return undefined;
}

function evaluateCall(machine: Machine, node: CallNode, scope: Scope): Value {
  const callee = evaluateExpression(machine, node.callee, scope);
  const special = scopeFunction(machine, node, callee, scope);
  if (special !== undefined) return special;
  const { positional, keywords, hidden } = evaluateArguments(machine, node.arguments, scope, node, callee);
  if (hidden !== undefined) return machine.callHidden(callee, positional, keywords, hidden, node);
  return machine.call(callee, positional, keywords, node);
}

/** Builtins whose result depends on the scope they are called in. */
function scopeFunction(machine: Machine, node: CallNode, callee: Value, scope: Scope): Value | undefined {
  if (node.callee.kind !== 'name') return undefined;
  const name = node.callee.name;
  if (name !== 'super' && name !== 'globals' && name !== 'locals' && name !== 'vars') return undefined;
  if (callee !== machine.builtin(name)) return undefined;
  if (node.arguments.length > 0) return undefined;
  return machine.callInScope(name, scope, node);
}

function evaluateCompare(machine: Machine, node: CompareNode, scope: Scope): Value {
  let left = evaluateExpression(machine, node.first, scope);
  let result: Value = true;
  for (const { operator, operand } of node.rest) {
    const right = evaluateExpression(machine, operand, scope);
    result = richCompare(machine, operator, left, right, node);
    if (result instanceof Unknown && operator !== '==' && operator !== '!=' && operator !== 'is' && operator !== 'is not') machine.mayRaise(result);
    if (node.rest.length === 1) return result;
    const truth = machine.truth(result, node);
    if (truth instanceof Unknown) return truth;
    if (!truth) return result;
    left = right;
  }
  return result;
}

function comprehensionScope(scope: Scope): Scope {
  return { kind: 'comprehension', variables: new Map(), parent: scope, module: scope.module, names: undefined, qualifier: scope.qualifier ?? '' };
}

function evaluateComprehension(machine: Machine, node: ComprehensionNode, scope: Scope): Value {
  const [first, ...rest] = node.clauses;
  if (first === undefined) return machine.unknown('parse', 'incomplete comprehension', node);
  const given = evaluateExpression(machine, first.iterable, scope);
  // A set made of a set has no order to lose.
  const source = node.result === 'set' && given instanceof PySet && given.taint === undefined ? machine.list([...given.entries.values()]) : given;
  const inner = comprehensionScope(scope);
  if (node.result === 'generator' && source instanceof PyIterator) {
    const items = machine.iterate(source, node);
    if (items instanceof Unknown) return items;
    return machine.iterator('generator', generate(machine, node, inner, items, first, rest));
  }
  const results: Value[] = [];
  const failed = expand(machine, node, inner, source, first, rest, (value) => results.push(value));
  if (failed !== undefined) return failed;
  // A finite source is run through at once: an unknown condition then hides the whole instead of cutting it short.
  if (node.result === 'generator') return machine.iterator('generator', results);
  if (node.result === 'list') return machine.list(results);
  if (node.result === 'set') return machine.set(results);
  return machine.dict(pairs(results));
}

function* pairs(values: readonly Value[]): Generator<readonly [Value, Value]> {
  for (let index = 0; index + 1 < values.length; index += 2) yield [values[index] ?? null, values[index + 1] ?? null];
}

/** Runs the clauses of a comprehension; gives the unknown that hides which elements there are. */
function expand(
  machine: Machine,
  node: ComprehensionNode,
  scope: Scope,
  source: Value,
  clause: ComprehensionClause,
  rest: readonly ComprehensionClause[],
  emit: (value: Value) => void,
): Unknown | undefined {
  const items = machine.iterate(source, node);
  if (items instanceof Unknown) {
    dryRun(machine, node, scope, items, clause);
    return items;
  }
  let hidden: Unknown | undefined;
  const visit = (): void => {
    const [next, ...others] = rest;
    if (next === undefined) {
      emit(evaluateExpression(machine, node.element, scope));
      if (node.value !== null) emit(evaluateExpression(machine, node.value, scope));
      return;
    }
    hidden = expand(machine, node, scope, evaluateExpression(machine, next.iterable, scope), next, others, emit) ?? hidden;
  };
  for (const item of items) {
    if (source instanceof PyIterator && item instanceof Unknown && source.taint === item) {
      dryRun(machine, node, scope, item, clause);
      return item;
    }
    bindTarget(machine, clause.target, item, scope);
    const passes = conditionsHold(machine, clause, scope);
    if (passes instanceof Unknown) {
      hidden ??= passes;
      const text = clause.conditions.map((each) => machine.textOf(each)).join(' and ');
      runArms(machine, { reason: passes, text, place: node }, [arm('then', visit), nothing('else')]);
    } else if (passes) visit();
  }
  return hidden;
}

function arm(name: Arm['arm'], run: () => void): Arm {
  return {
    arm: name,
    run: () => {
      run();
      return 'normal';
    },
  };
}

/** Evaluates a comprehension's element once for an unknown item: what it creates is then seen, as conditional. */
function dryRun(machine: Machine, node: ComprehensionNode, scope: Scope, items: Unknown, clause: ComprehensionClause): void {
  const visit = (): void => {
    bindTarget(machine, clause.target, items, scope);
    evaluateExpression(machine, node.element, scope);
  };
  const text = `for ${machine.textOf(clause.target)} in ${machine.textOf(clause.iterable)}`;
  runArms(machine, { reason: items, text, place: node }, [arm('loop', visit), nothing('rest')]);
}

function conditionsHold(machine: Machine, clause: ComprehensionClause, scope: Scope): boolean | Unknown {
  for (const condition of clause.conditions) {
    const truth = machine.truth(evaluateExpression(machine, condition, scope), condition);
    if (truth !== true) return truth;
  }
  return true;
}

function* generate(
  machine: Machine,
  node: ComprehensionNode,
  scope: Scope,
  items: Iterable<Value>,
  clause: ComprehensionClause,
  rest: readonly ComprehensionClause[],
): Generator<Value> {
  for (const item of items) {
    bindTarget(machine, clause.target, item, scope);
    const passes = conditionsHold(machine, clause, scope);
    if (passes instanceof Unknown) throw new PyRaise(passes, node);
    if (!passes) continue;
    const [next, ...others] = rest;
    if (next === undefined) yield evaluateExpression(machine, node.element, scope);
    else {
      const inner = machine.iterate(evaluateExpression(machine, next.iterable, scope), node);
      if (inner instanceof Unknown) yield inner;
      else yield* generate(machine, node, scope, inner, next, others);
    }
  }
}

const evaluators: Evaluators = {
  name: (machine, node, scope) => machine.lookUp(node.name, scope, node),
  constant: (machine, node) => {
    if (node.isEllipsis) return ellipsis;
    if (node.value instanceof Uint8Array) return new PyBytes(node.value);
    return node.value;
  },
  joined_string: (machine, node, scope) => formatParts(machine, node.parts, scope),
  tuple: (machine, node, scope) => {
    const items = elementsOf(machine, node.elements, scope);
    return items instanceof Unknown ? items : machine.tuple(items);
  },
  list: (machine, node, scope) => {
    const items = elementsOf(machine, node.elements, scope);
    return items instanceof Unknown ? items : machine.list(items);
  },
  set: (machine, node, scope) => {
    const items = elementsOf(machine, node.elements, scope, (value) => `'${machine.classOf(value).name}' object is not iterable`);
    return items instanceof Unknown ? items : machine.set(items);
  },
  dict: (machine, node, scope) => {
    const result = machine.dict();
    for (const { key, value } of node.items) {
      if (key !== null) {
        const keyValue = evaluateExpression(machine, key, scope);
        machine.setItem(result, keyValue, evaluateExpression(machine, value, scope), node);
        continue;
      }
      const mapping = evaluateExpression(machine, value, scope);
      if (mapping instanceof Unknown) return mapping;
      if (!(mapping instanceof PyDict) && machine.findAttribute(mapping, 'keys', node) === undefined) {
        machine.raise('TypeError', `'${machine.classOf(mapping).name}' object is not a mapping`, node);
      }
      machine.call(machine.getAttribute(result, 'update', node), [mapping], noKeywords, node);
    }
    return result;
  },
  comprehension: evaluateComprehension,
  attribute: (machine, node, scope) => machine.getAttribute(evaluateExpression(machine, node.object, scope), node.name, node),
  subscript: (machine, node, scope) => {
    const object = evaluateExpression(machine, node.object, scope);
    return machine.getItem(object, evaluateExpression(machine, node.index, scope), node);
  },
  slice: (machine, node, scope) => {
    const part = (each: Expression | null): Value => (each === null ? null : evaluateExpression(machine, each, scope));
    return new PySlice(part(node.lower), part(node.upper), part(node.step));
  },
  call: evaluateCall,
  binary: (machine, node, scope) => {
    const left = evaluateExpression(machine, node.left, scope);
    return machine.binary(node.operator, left, evaluateExpression(machine, node.right, scope), node);
  },
  unary: (machine, node, scope) => unary(machine, node.operator, evaluateExpression(machine, node.operand, scope), node),
  boolean: (machine, node, scope) => {
    const left = evaluateExpression(machine, node.left, scope);
    const truth = machine.truth(left, node);
    if (truth instanceof Unknown) {
      const fork = { reason: truth, text: machine.textOf(node.left), place: node };
      const right = { arm: node.operator === 'or' ? 'else' : 'then', evaluate: () => evaluateExpression(machine, node.right, scope) } as const;
      return evaluateArms(machine, fork, [{ arm: node.operator === 'or' ? 'then' : 'else', evaluate: () => left }, right]);
    }
    return truth === (node.operator === 'or') ? left : evaluateExpression(machine, node.right, scope);
  },
  compare: evaluateCompare,
  conditional: (machine, node, scope) => {
    const truth = machine.truth(evaluateExpression(machine, node.test, scope), node.test);
    if (truth instanceof Unknown) {
      return evaluateArms(machine, { reason: truth, text: machine.textOf(node.test), place: node }, [
        { arm: 'then', evaluate: () => evaluateExpression(machine, node.body, scope) },
        { arm: 'else', evaluate: () => evaluateExpression(machine, node.otherwise, scope) },
      ]);
    }
    return evaluateExpression(machine, truth ? node.body : node.otherwise, scope);
  },
  lambda: (machine, node, scope) => machine.makeFunction(node, '<lambda>', scope),
  named_expression: (machine, node, scope) => {
    const value = evaluateExpression(machine, node.value, scope);
    let target = scope;
    while (target.kind === 'comprehension' && target.parent !== undefined) target = target.parent;
    machine.assign(node.name, value, target);
    return value;
  },
  starred: (machine, node) => machine.raise('SyntaxError', "can't use starred expression here", node),
  await: (machine, node, scope) => {
    evaluateExpression(machine, node.value, scope);
    return machine.unknown('runtime_value', 'the result of await', node);
  },
  yield: (machine, node) => machine.unknown('unsupported_syntax', 'a yield inside a larger expression', node),
  unsupported: (machine, node) => machine.unknown('unsupported_syntax', `${node.what} is not evaluated`, node),
};
