import type { Argument, Comprehension, Expression, LambdaExpression, Parameter } from '../tree.js';
import { bindName, bindNamedExpression, checkForbidden, useName } from './names.js';
import { bit, newScope } from './scope.js';
import { inScope, refusalAt } from './walk.js';
import type { Walk } from './walk.js';

/** Walks an expression whose value is read. */
export function visit(walk: Walk, expression: Expression): void {
  if (walk.compiles) {
    const checks = walk.rules.expressions.get(expression.kind);
    if (checks !== undefined) for (const check of checks) check(expression, walk);
  }
  switch (expression.kind) {
    case 'name':
      return useName(walk, expression.name);
    case 'constant':
      return;
    case 'attribute':
      return visit(walk, expression.object);
    case 'subscript':
      visit(walk, expression.object);
      return visit(walk, expression.index);
    case 'starred':
      return visit(walk, expression.value);
    case 'tuple':
    case 'list':
      for (const element of expression.elements) visit(walk, element.kind === 'starred' ? element.value : element);
      return;
    case 'operation':
      for (const operand of expression.operands) visit(walk, operand);
      return;
    case 'call':
      visit(walk, expression.callee);
      return visitArguments(walk, expression.arguments);
    case 'named':
      bindNamedExpression(walk, expression.name, expression.token);
      return visit(walk, expression.value);
    case 'lambda':
      return visitLambda(walk, expression);
    case 'comprehension':
      return visitComprehension(walk, expression);
    case 'yield':
      return visitYield(walk, expression);
    case 'await':
      checkTypeScope(walk, 'await expression', expression.token);
      visit(walk, expression.value);
      walk.scope.awaits = true;
  }
}

export function visitArguments(walk: Walk, list: readonly Argument[]): void {
  for (const argument of list) visit(walk, argument.value);
}

/** Default values belong to the scope around a function. */
export function visitDefaults(walk: Walk, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) if (parameter.default !== undefined) visit(walk, parameter.default);
}

export function bindParameters(walk: Walk, parameters: readonly Parameter[]): void {
  for (const parameter of parameters) bindName(walk, parameter.name, parameter.token, bit.parameter);
}

function visitLambda(walk: Walk, lambda: LambdaExpression): void {
  visitDefaults(walk, lambda.parameters);
  inScope(walk, newScope('lambda', walk.scope), () => {
    bindParameters(walk, lambda.parameters);
    visit(walk, lambda.body);
  });
}

function visitYield(walk: Walk, expression: Extract<Expression, { kind: 'yield' }>): void {
  checkTypeScope(walk, 'yield expression', expression.token);
  if (expression.value !== undefined) visit(walk, expression.value);
  walk.scope.isGenerator = true;
  if (walk.scope.kind === 'comprehension') throw refusalAt(walk, "'yield' inside comprehension", expression.token);
}

function checkTypeScope(walk: Walk, what: string, token: number): void {
  if (walk.scope.kind === 'type') throw refusalAt(walk, `${what} cannot be used within the definition of a generic`, token);
  if (walk.scope.kind === 'annotation') throw refusalAt(walk, `${what} cannot be used within an annotation`, token);
}

/** The first iterable belongs to the scope around the comprehension, everything else to its own. */
function visitComprehension(walk: Walk, comprehension: Comprehension): void {
  const [first] = comprehension.clauses;
  if (first !== undefined) visitIterable(walk, first.iterable);
  const scope = newScope('comprehension', walk.scope);
  inScope(walk, scope, () => {
    for (const clause of comprehension.clauses) {
      if (clause.isAsync) scope.awaits = true;
      walk.inComprehensionTarget = true;
      bind(walk, clause.target);
      walk.inComprehensionTarget = false;
      if (clause !== first) visitIterable(walk, clause.iterable);
      for (const condition of clause.conditions) visit(walk, condition);
    }
    for (const element of comprehension.elements) visit(walk, element);
  });
  if (!scope.awaits || comprehension.result === 'generator') return;
  checkAsynchronous(walk, comprehension.token);
  walk.scope.awaits = true;
}

function visitIterable(walk: Walk, iterable: Expression): void {
  walk.iterables += 1;
  visit(walk, iterable);
  walk.iterables -= 1;
}

function checkAsynchronous(walk: Walk, token: number): void {
  if (!walk.compiles) return;
  const { kind, isAsync } = walk.scope;
  if (kind === 'comprehension' && walk.python.minor >= 11) return;
  if (kind === 'function' && isAsync) return;
  throw refusalAt(walk, 'asynchronous comprehension outside of an asynchronous function', token);
}

/** Positions behind which CPython's bytecode can't count the targets ahead of a starred one. */
const MAX_BEFORE_STAR = 256;

/** Walks a target of an assignment. */
export function bind(walk: Walk, target: Expression): void {
  switch (target.kind) {
    case 'name':
      return bindName(walk, target.name, target.token);
    case 'attribute':
      checkForbidden(walk, target.name, target.token, 'assign to');
      return visit(walk, target.object);
    case 'starred':
      throw refusalAt(walk, 'starred assignment target must be in a list or tuple', target.token);
    case 'tuple':
    case 'list':
      return bindElements(walk, target.elements);
    default:
      return visit(walk, target);
  }
}

function bindElements(walk: Walk, elements: readonly Expression[]): void {
  let stars = 0;
  elements.forEach((element, index) => {
    if (element.kind !== 'starred') return bind(walk, element);
    stars += 1;
    if (stars > 1) throw refusalAt(walk, 'multiple starred expressions in assignment', element.token);
    if (index >= MAX_BEFORE_STAR) throw refusalAt(walk, 'too many expressions in star-unpacking assignment', element.token);
    bind(walk, element.value);
  });
}

/** Walks a target of `del`. */
export function unbind(walk: Walk, target: Expression): void {
  if (target.kind === 'name') {
    checkForbidden(walk, target.name, target.token, 'delete');
    addDeleted(walk, target.name, target.token);
  } else if (target.kind === 'attribute') {
    checkForbidden(walk, target.name, target.token, 'delete');
    visit(walk, target.object);
  } else if (target.kind === 'tuple' || target.kind === 'list') {
    for (const element of target.elements) unbind(walk, element);
  } else visit(walk, target);
}

/** A name that is deleted is local, as if it were assigned. */
function addDeleted(walk: Walk, name: string, token: number): void {
  bindName(walk, name, token);
}
