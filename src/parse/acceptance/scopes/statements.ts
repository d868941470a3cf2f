import type { AnnotatedStatement, Block, ClassStatement, Expression, FunctionStatement, Parameter, Statement, TryStatement, TypeParameter } from '../tree.js';
import { declare } from './declarations.js';
import { bind, bindParameters, unbind, visit, visitArguments, visitDefaults } from './expressions.js';
import { bindName } from './names.js';
import { bindPattern } from './patterns.js';
import { bit, bitsOf, newScope } from './scope.js';
import { inScope, refusalAt } from './walk.js';
import type { Surrounding, Walk } from './walk.js';

export function walkBlock(walk: Walk, block: Block): void {
  for (const statement of block) walkStatement(walk, statement);
}

function walkStatement(walk: Walk, statement: Statement): void {
  const checks = walk.rules.statements.get(statement.kind);
  if (checks !== undefined) for (const check of checks) check(statement, walk);
  switch (statement.kind) {
    case 'expression':
      return visit(walk, statement.value);
    case 'assign':
      visit(walk, statement.value);
      for (const target of statement.targets) bind(walk, target);
      return;
    case 'augmented':
      bind(walk, statement.target);
      return visit(walk, statement.value);
    case 'annotated':
      return walkAnnotated(walk, statement);
    case 'delete':
      for (const target of statement.targets) unbind(walk, target);
      return;
    case 'return':
      if (statement.value === undefined) return;
      walk.scope.returnsAt ??= statement.token;
      return visit(walk, statement.value);
    case 'raise':
    case 'assert':
      for (const value of statement.values) visit(walk, value);
      return;
    case 'import':
    case 'import_from':
      for (const name of statement.names) bindName(walk, name.bound, statement.token, bit.imported);
      return;
    case 'global':
    case 'nonlocal':
      return declare(walk, statement.kind, statement.names, statement.token);
    case 'pass':
    case 'break':
    case 'continue':
      return;
    case 'type_alias':
      bindName(walk, statement.name, statement.token);
      return inTypeScope(walk, statement.typeParameters, () => {
        inScope(walk, newScope('type', walk.scope), () => visit(walk, statement.value));
      });
    case 'if':
      visit(walk, statement.test);
      walkBlock(walk, statement.body);
      return walkBlock(walk, statement.otherwise);
    case 'while':
      visit(walk, statement.test);
      walkInside(walk, ['loop'], statement.body, statement.token);
      return walkBlock(walk, statement.otherwise);
    case 'for':
      bind(walk, statement.target);
      visit(walk, statement.iterable);
      walkInside(walk, ['loop'], statement.body, statement.token);
      return walkBlock(walk, statement.otherwise);
    case 'with':
      for (const item of statement.items) {
        visit(walk, item.context);
        if (item.target !== undefined) bind(walk, item.target);
      }
      return walkInside(walk, statement.items.map(() => 'other'), statement.body, statement.token);
    case 'try':
      return walkTry(walk, statement);
    case 'function':
      return walkFunction(walk, statement);
    case 'class':
      return walkClass(walk, statement);
    case 'match':
      visit(walk, statement.subject);
      for (const each of statement.cases) {
        bindPattern(walk, each.pattern);
        if (each.guard !== undefined) visit(walk, each.guard);
        walkBlock(walk, each.body);
      }
  }
}

/** CO_MAXBLOCKS of CPython's Include/cpython/code.h. */
const MAX_NESTED_BLOCKS = 20;

/** Walks what stands inside loops, handlers and `with`; CPython counts how many lie inside each other. */
function walkInside(walk: Walk, surroundings: readonly Surrounding[], block: Block, token: number): void {
  walk.surroundings.push(...surroundings);
  if (walk.surroundings.length > MAX_NESTED_BLOCKS) throw refusalAt(walk, 'too many statically nested blocks', token);
  walkBlock(walk, block);
  walk.surroundings.length -= surroundings.length;
}

function walkTry(walk: Walk, statement: TryStatement): void {
  const { token, handlers, finalizer } = statement;
  if (finalizer.length > 0) walk.surroundings.push('other');
  walkInside(walk, handlers.length > 0 || finalizer.length === 0 ? ['other'] : [], statement.body, token);
  for (const handler of handlers) {
    if (handler.type !== undefined) visit(walk, handler.type);
    if (handler.name !== '') bindName(walk, handler.name, handler.token);
    walkInside(walk, [statement.isGroup ? 'group handler' : 'other', 'other'], handler.body, token);
  }
  walkInside(walk, [], statement.otherwise, token);
  if (finalizer.length > 0) walk.surroundings.length -= 1;
  walkInside(walk, finalizer.length > 0 ? ['other'] : [], finalizer, token);
}

function walkAnnotated(walk: Walk, statement: AnnotatedStatement): void {
  const { target, isSimple, value, token } = statement;
  if (target.kind === 'name') {
    const known = bitsOf(walk.scope, target.name);
    if (isSimple && walk.scope.kind !== 'module' && (known & (bit.global | bit.nonlocal)) !== 0) {
      const kind = (known & bit.global) !== 0 ? 'global' : 'nonlocal';
      throw refusalAt(walk, `annotated name '${target.name}' can't be ${kind}`, token);
    }
    if (isSimple) bindName(walk, target.name, token, bit.annotated | bit.local);
    else if (value !== undefined) bindName(walk, target.name, token);
    else if (target.name === '__debug__') bindName(walk, target.name, token);
  } else bind(walk, target);
  visitAnnotation(walk, statement.annotation, walk.scope.kind === 'module' || walk.scope.kind === 'class');
  if (value !== undefined) visit(walk, value);
}

/** An annotation that is never compiled is only asked about its names. */
function visitAnnotation(walk: Walk, annotation: Expression, isCompiled: boolean): void {
  const { compiles } = walk;
  if (walk.keepsAnnotations) {
    walk.compiles = false;
    inScope(walk, newScope('annotation', walk.scope), () => visit(walk, annotation));
  } else {
    walk.compiles = compiles && isCompiled;
    visit(walk, annotation);
  }
  walk.compiles = compiles;
}

function inTypeScope(walk: Walk, parameters: readonly TypeParameter[], run: () => void): void {
  if (parameters.length === 0) {
    run();
    return;
  }
  inScope(walk, newScope('type', walk.scope), () => {
    for (const { name, token, bound } of parameters) {
      bindName(walk, name, token, bit.typeParameter | bit.local);
      if (bound !== undefined) inScope(walk, newScope('type', walk.scope), () => visit(walk, bound));
    }
    run();
  });
}

function visitSignature(walk: Walk, parameters: readonly Parameter[], returns: Expression | undefined): void {
  for (const { annotation } of parameters) if (annotation !== undefined) visitAnnotation(walk, annotation, true);
  if (returns !== undefined) visitAnnotation(walk, returns, true);
}

function walkFunction(walk: Walk, statement: FunctionStatement): void {
  const { name, token, parameters } = statement;
  bindName(walk, name, token);
  visitDefaults(walk, parameters);
  for (const decorator of statement.decorators) visit(walk, decorator);
  inTypeScope(walk, statement.typeParameters, () => {
    visitSignature(walk, parameters, statement.returns);
    const scope = newScope('function', walk.scope, statement.isAsync);
    inScope(walk, scope, () => {
      bindParameters(walk, parameters);
      walkBlock(walk, statement.body);
    });
    if (scope.isAsync && scope.isGenerator && scope.returnsAt !== undefined) {
      throw refusalAt(walk, "'return' with value in async generator", scope.returnsAt);
    }
  });
}

function walkClass(walk: Walk, statement: ClassStatement): void {
  bindName(walk, statement.name, statement.token);
  for (const decorator of statement.decorators) visit(walk, decorator);
  inTypeScope(walk, statement.typeParameters, () => {
    visitArguments(walk, statement.arguments);
    inScope(walk, newScope('class', walk.scope), () => walkBlock(walk, statement.body));
  });
}
