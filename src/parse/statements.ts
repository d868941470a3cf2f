import { fieldOf, fieldsOf, hasToken, namedChildren, refuse, textOf } from './context.js';
import type { ConvertContext } from './context.js';
import { convertArguments, convertExpression } from './expressions.js';
import { convertParameters } from './parameters.js';
import { convertPattern } from './patterns.js';
import type { RawNode } from './raw-tree.js';
import type { ExceptHandler, Expression, FunctionNode, Statement } from './syntax.js';

/** What surrounds a statement: decides whether `return`, `break` and `yield` may stand there. */
interface Surroundings {
  readonly inFunction: boolean;
  readonly inLoop: boolean;
}

type Converter = (context: ConvertContext, raw: RawNode, around: Surroundings) => Statement[];

const outermost: Surroundings = { inFunction: false, inLoop: false };

/** Turns the children of a module or block into statements. */
export function convertBlock(context: ConvertContext, raw: RawNode | undefined, around: Surroundings = outermost): Statement[] {
  if (raw === undefined) return [];
  const statements: Statement[] = [];
  for (const child of raw.children) if (child.isNamed) statements.push(...convertStatement(context, child, around));
  return statements;
}

function convertStatement(context: ConvertContext, raw: RawNode, around: Surroundings): Statement[] {
  const converter = converters[raw.type];
  if (converter !== undefined) return converter(context, raw, around);
  if (raw.type === 'ERROR') return [];
  refuse(context, raw, `unexpected ${raw.type}`);
  return [];
}

function expressionIn(context: ConvertContext, raw: RawNode, field: string): Expression {
  const child = fieldOf(raw, field);
  return child === undefined
    ? { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'unsupported', what: `incomplete ${raw.type}` }
    : convertExpression(context, child);
}

function optional(context: ConvertContext, raw: RawNode | undefined): Expression | null {
  return raw === undefined ? null : convertExpression(context, raw);
}

/** One expression, or a tuple when several stand side by side or a comma trails. */
function bare(context: ConvertContext, raw: RawNode, children: readonly RawNode[]): Expression {
  const [first] = children;
  if (first !== undefined && children.length === 1 && !hasToken(raw, ',')) return convertExpression(context, first);
  return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'tuple', elements: children.map((child) => convertExpression(context, child)) };
}

const expressionStatement: Converter = (context, raw) => {
  const children = namedChildren(raw);
  const [first] = children;
  if (first?.type === 'assignment') return [assignment(context, first)];
  if (first?.type === 'augmented_assignment') {
    const operator = fieldOf(first, 'operator');
    const target = expressionIn(context, first, 'left');
    checkTarget(context, first, target);
    return [
      {
        file: context.file, line: raw.line, start: raw.start, end: raw.end,
        kind: 'augmented_assign',
        target,
        operator: operator === undefined ? '' : textOf(context, operator).slice(0, -1),
        value: expressionIn(context, first, 'right'),
      },
    ];
  }
  return [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'expression', value: bare(context, raw, children) }];
};

function assignment(context: ConvertContext, raw: RawNode): Statement {
  const type = fieldOf(raw, 'type');
  const right = fieldOf(raw, 'right');
  if (type !== undefined) {
    const target = expressionIn(context, raw, 'left');
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'annotated_assign',
      target,
      annotation: convertExpression(context, type),
      value: optional(context, right),
    };
  }
  const targets: Expression[] = [];
  let current: RawNode = raw;
  for (;;) {
    const target = expressionIn(context, current, 'left');
    checkTarget(context, current, target);
    targets.push(target);
    const value = fieldOf(current, 'right');
    if (value?.type === 'assignment' && fieldOf(value, 'type') === undefined) {
      current = value;
      continue;
    }
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'assign',
      targets,
      value:
        value === undefined
          ? { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'unsupported', what: 'incomplete assignment' }
          : convertExpression(context, value),
    };
  }
}

function checkTarget(context: ConvertContext, raw: RawNode, target: Expression): void {
  const isTarget = ['name', 'attribute', 'subscript', 'tuple', 'list', 'starred'].includes(target.kind);
  if (!isTarget) refuse(context, raw, `cannot assign to ${target.kind}`);
  else if (target.kind === 'name' && ['None', 'True', 'False', '__debug__'].includes(target.name)) {
    refuse(context, raw, `cannot assign to ${target.name}`);
  }
}

const ifStatement: Converter = (context, raw, around) => {
  const alternatives = raw.children.filter((child) => child.field === 'alternative');
  const otherwise = (index: number): Statement[] => {
    const clause = alternatives[index];
    if (clause === undefined) return [];
    if (clause.type === 'else_clause') return convertBlock(context, fieldOf(clause, 'body'), around);
    return [
      {
        file: context.file, line: clause.line, start: clause.start, end: clause.end,
        kind: 'if',
        test: expressionIn(context, clause, 'condition'),
        body: convertBlock(context, fieldOf(clause, 'consequence'), around),
        otherwise: otherwise(index + 1),
      },
    ];
  };
  return [
    {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'if',
      test: expressionIn(context, raw, 'condition'),
      body: convertBlock(context, fieldOf(raw, 'consequence'), around),
      otherwise: otherwise(0),
    },
  ];
};

function elseOf(context: ConvertContext, raw: RawNode, around: Surroundings): Statement[] {
  const clause = raw.children.find((child) => child.type === 'else_clause');
  return clause === undefined ? [] : convertBlock(context, fieldOf(clause, 'body'), around);
}

const tryStatement: Converter = (context, raw, around) => {
  const handlers: ExceptHandler[] = [];
  for (const child of raw.children) {
    // Handled like `except`: the exceptions that we model are never groups.
    if (child.type !== 'except_clause' && child.type !== 'except_group_clause') continue;
    const values = fieldsOf(child, 'value');
    if (values.length > 1) refuse(context, child, 'multiple exception types must be parenthesized');
    const [value] = values;
    const alias = value?.type === 'as_pattern' ? fieldOf(value, 'alias') : fieldOf(child, 'alias');
    const type = value?.type === 'as_pattern' ? namedChildren(value)[0] : value;
    handlers.push({
      type: optional(context, type),
      name: alias === undefined ? '' : textOf(context, alias),
      body: convertBlock(context, child.children.find((each) => each.type === 'block'), around),
      line: child.line,
    });
  }
  const finalizer = raw.children.find((child) => child.type === 'finally_clause');
  return [
    {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'try',
      body: convertBlock(context, fieldOf(raw, 'body'), around),
      handlers,
      otherwise: elseOf(context, raw, around),
      finalizer: convertBlock(context, finalizer?.children.find((each) => each.type === 'block'), around),
    },
  ];
};

const withStatement: Converter = (context, raw, around) => {
  const clause = raw.children.find((child) => child.type === 'with_clause');
  const items = (clause === undefined ? [] : namedChildren(clause))
    .filter((child) => child.type === 'with_item')
    .flatMap((item) => {
      const value = fieldOf(item, 'value');
      if (value === undefined) return [];
      if (value.type !== 'as_pattern') return [{ context: convertExpression(context, value), target: null }];
      const [inner] = namedChildren(value);
      const alias = fieldOf(value, 'alias');
      const target = alias === undefined ? undefined : (namedChildren(alias)[0] ?? alias);
      return inner === undefined ? [] : [{ context: convertExpression(context, inner), target: optional(context, target) }];
    });
  return [
    {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'with',
      items,
      body: convertBlock(context, fieldOf(raw, 'body'), around),
      isAsync: hasToken(raw, 'async'),
    },
  ];
};

function convertFunction(context: ConvertContext, raw: RawNode, decorators: readonly Expression[]): FunctionNode {
  const name = fieldOf(raw, 'name');
  const parameters = fieldOf(raw, 'parameters');
  const body = fieldOf(raw, 'body');
  return {
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'function',
    name: name === undefined ? '' : textOf(context, name),
    parameters: parameters === undefined ? [] : convertParameters(context, parameters, convertExpression),
    decorators,
    returns: optional(context, fieldOf(raw, 'return_type')),
    body: convertBlock(context, body, { inFunction: true, inLoop: false }),
    isAsync: hasToken(raw, 'async'),
    isGenerator: body !== undefined && containsYield(body),
  };
}

/** Whether `yield` stands in a body, not counting functions and classes inside it. */
function containsYield(raw: RawNode): boolean {
  return raw.children.some(
    (child) =>
      child.type === 'yield' ||
      (child.type !== 'function_definition' && child.type !== 'lambda' && child.type !== 'class_definition' && containsYield(child)),
  );
}

function convertClass(context: ConvertContext, raw: RawNode, decorators: readonly Expression[]): Statement {
  const name = fieldOf(raw, 'name');
  const bases = fieldOf(raw, 'superclasses');
  return {
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'class',
    name: name === undefined ? '' : textOf(context, name),
    bases: bases === undefined ? [] : convertArguments(context, bases),
    decorators,
    body: convertBlock(context, fieldOf(raw, 'body'), outermost),
  };
}

const decorated: Converter = (context, raw) => {
  const definition = fieldOf(raw, 'definition');
  const decorators = raw.children
    .filter((child) => child.type === 'decorator')
    .flatMap((child) => namedChildren(child).map((each) => convertExpression(context, each)));
  if (definition === undefined) return [];
  return definition.type === 'class_definition'
    ? [convertClass(context, definition, decorators)]
    : [convertFunction(context, definition, decorators)];
};

function importedNames(context: ConvertContext, raw: RawNode): { name: string; alias: string }[] {
  return fieldsOf(raw, 'name').map((child) => {
    const name = child.type === 'aliased_import' ? fieldOf(child, 'name') : child;
    const alias = child.type === 'aliased_import' ? fieldOf(child, 'alias') : undefined;
    return {
      name: name === undefined ? '' : textOf(context, name).replace(/\s+/g, ''),
      alias: alias === undefined ? '' : textOf(context, alias),
    };
  });
}

const importFrom: Converter = (context, raw) => {
  const source = fieldOf(raw, 'module_name');
  const text = source === undefined ? '' : textOf(context, source).replace(/\s+/g, '');
  const level = /^\.*/.exec(text)?.[0].length ?? 0;
  const isStar = raw.children.some((child) => child.type === 'wildcard_import');
  return [
    {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'import_from',
      level,
      module: text.slice(level),
      names: isStar ? [{ name: '*', alias: '' }] : importedNames(context, raw),
    },
  ];
};

const scopeStatement =
  (kind: 'global' | 'nonlocal'): Converter =>
  (context, raw, around) => {
    if (kind === 'nonlocal' && !around.inFunction) refuse(context, raw, 'nonlocal declaration not allowed at module level');
    return [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind, names: namedChildren(raw).map((child) => textOf(context, child)) }];
  };

const python2 =
  (name: string): Converter =>
  (context, raw) => {
    refuse(context, raw, `Missing parentheses in call to '${name}'. Did you mean ${name}(...)?`);
    return [];
  };

const jump =
  (kind: 'break' | 'continue'): Converter =>
  (context, raw, around) => {
    if (!around.inLoop) refuse(context, raw, kind === 'break' ? "'break' outside loop" : "'continue' not properly in loop");
    return [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind }];
  };

const converters: Readonly<Record<string, Converter>> = {
  expression_statement: expressionStatement,
  if_statement: ifStatement,
  for_statement: (context, raw, around) => [
    {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'for',
      target: expressionIn(context, raw, 'left'),
      iterable: expressionIn(context, raw, 'right'),
      body: convertBlock(context, fieldOf(raw, 'body'), { ...around, inLoop: true }),
      otherwise: elseOf(context, raw, around),
      isAsync: hasToken(raw, 'async'),
    },
  ],
  while_statement: (context, raw, around) => [
    {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'while',
      test: expressionIn(context, raw, 'condition'),
      body: convertBlock(context, fieldOf(raw, 'body'), { ...around, inLoop: true }),
      otherwise: elseOf(context, raw, around),
    },
  ],
  try_statement: tryStatement,
  with_statement: withStatement,
  function_definition: (context, raw) => [convertFunction(context, raw, [])],
  class_definition: (context, raw) => [convertClass(context, raw, [])],
  decorated_definition: decorated,
  return_statement: (context, raw, around) => {
    if (!around.inFunction) refuse(context, raw, "'return' outside function");
    const children = namedChildren(raw);
    return [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'return', value: children.length === 0 ? null : bare(context, raw, children) }];
  },
  raise_statement: (context, raw) => {
    const cause = fieldOf(raw, 'cause');
    const [value] = namedChildren(raw).filter((child) => child !== cause);
    if (value?.type === 'expression_list') refuse(context, raw, 'invalid syntax');
    return [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'raise', value: optional(context, value), cause: optional(context, cause) }];
  },
  assert_statement: (context, raw) => {
    const [test, message] = namedChildren(raw);
    return [
      {
        file: context.file, line: raw.line, start: raw.start, end: raw.end,
        kind: 'assert',
        test: optional(context, test) ?? { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'unsupported', what: 'incomplete assert' },
        message: optional(context, message),
      },
    ];
  },
  delete_statement: (context, raw) => [
    {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'delete',
      targets: namedChildren(raw)
        .flatMap((child) => (child.type === 'expression_list' || child.type === 'tuple' ? namedChildren(child) : [child]))
        .map((child) => convertExpression(context, child)),
    },
  ],
  import_statement: (context, raw) => [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'import', names: importedNames(context, raw) }],
  import_from_statement: importFrom,
  future_import_statement: (context, raw) => [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'pass' }],
  global_statement: scopeStatement('global'),
  nonlocal_statement: scopeStatement('nonlocal'),
  pass_statement: (context, raw) => [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'pass' }],
  break_statement: jump('break'),
  continue_statement: jump('continue'),
  match_statement: (context, raw, around) => {
    const body = fieldOf(raw, 'body');
    const cases = (body?.children ?? raw.children).filter((child) => child.type === 'case_clause');
    return [
      {
        file: context.file, line: raw.line, start: raw.start, end: raw.end,
        kind: 'match',
        subject: bare(context, raw, fieldsOf(raw, 'subject')),
        cases: cases.map((clause) => {
          const guard = fieldOf(clause, 'guard');
          return {
            pattern: convertPattern(context, clause),
            guard: guard === undefined ? null : optional(context, namedChildren(guard)[0]),
            body: convertBlock(context, fieldOf(clause, 'consequence'), around),
          };
        }),
      },
    ];
  },
  type_alias_statement: (context, raw) => {
    const left = fieldOf(raw, 'left');
    return [{ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'type_alias', name: left === undefined ? '' : textOf(context, left) }];
  },
  print_statement: python2('print'),
  exec_statement: python2('exec'),
};
