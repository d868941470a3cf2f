import { fieldOf, fieldsOf, hasToken, namedChildren, refuse, textOf } from './context.js';
import type { ConvertContext } from './context.js';
import type { RawNode } from './raw-tree.js';
import { convertParameters } from './parameters.js';
import { convertString } from './strings.js';
import type {
  BinaryNode,
  ArgumentNode,
  CompareOperator,
  ComprehensionClause,
  ComprehensionNode,
  DictNode,
  Expression,
} from './syntax.js';

type Converter = (context: ConvertContext, raw: RawNode) => Expression;

/** Turns a grammar node that stands for an expression into ours. */
export function convertExpression(context: ConvertContext, raw: RawNode): Expression {
  const converter = converters[raw.type];
  if (converter !== undefined) return hoistStar(converter(context, raw));
  return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'unsupported', what: raw.type };
}

/**
 * The grammar lets `*` bind to the first name alone: `*f(x)` comes as a call of `*f`. Python's star takes the whole
 * expression, so it moves outwards.
 */
function hoistStar(node: Expression): Expression {
  const first = firstOperand(node);
  if (first?.kind !== 'starred') return node;
  return { file: node.file, line: node.line, start: node.start, end: node.end, kind: 'starred', value: withFirstOperand(node, first.value) };
}

/** What an expression begins with. */
function firstOperand(node: Expression): Expression | undefined {
  switch (node.kind) {
    case 'call':
      return node.callee;
    case 'attribute':
    case 'subscript':
      return node.object;
    case 'binary':
    case 'boolean':
      return node.left;
    case 'compare':
      return node.first;
    case 'conditional':
      return node.body;
    default:
      return undefined;
  }
}

function withFirstOperand(node: Expression, first: Expression): Expression {
  switch (node.kind) {
    case 'call':
      return { ...node, callee: first };
    case 'attribute':
    case 'subscript':
      return { ...node, object: first };
    case 'binary':
    case 'boolean':
      return { ...node, left: first };
    case 'compare':
      return { ...node, first };
    case 'conditional':
      return { ...node, body: first };
    default:
      return node;
  }
}

function required(context: ConvertContext, raw: RawNode, field: string): Expression {
  const child = fieldOf(raw, field);
  return child === undefined ? missing(context, raw) : convertExpression(context, child);
}

function missing(context: ConvertContext, raw: RawNode): Expression {
  return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'unsupported', what: `incomplete ${raw.type}` };
}

function nth(context: ConvertContext, raw: RawNode, index: number): Expression {
  const child = namedChildren(raw)[index];
  return child === undefined ? missing(context, raw) : convertExpression(context, child);
}

function all(context: ConvertContext, raw: RawNode): Expression[] {
  return namedChildren(raw).map((child) => convertExpression(context, child));
}

const constant =
  (read: (text: string, context: ConvertContext, raw: RawNode) => null | boolean | bigint | number): Converter =>
  (context, raw) => ({ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'constant', value: read(textOf(context, raw), context, raw), isEllipsis: false });

function readInteger(text: string, context: ConvertContext, raw: RawNode): bigint | number {
  const plain = text.replaceAll('_', '').toLowerCase();
  if (plain.endsWith('j')) return Number.NaN;
  if (/^0[0-9]+$/.test(plain) && /[1-9]/.test(plain) || /l$/.test(plain)) {
    refuse(context, raw, 'leading zeros in decimal integer literals are not permitted');
    return 0n;
  }
  try {
    return BigInt(plain);
  } catch {
    refuse(context, raw, 'invalid decimal literal');
    return 0n;
  }
}

const sequence =
  (kind: 'tuple' | 'list' | 'set'): Converter =>
  (context, raw) => ({ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind, elements: all(context, raw) });

const starred: Converter = (context, raw) => ({ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'starred', value: nth(context, raw, 0) });

const comprehension =
  (result: ComprehensionNode['result']): Converter =>
  (context, raw) => {
    const body = fieldOf(raw, 'body');
    const isPair = body?.type === 'pair';
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'comprehension',
      result,
      element: body === undefined ? missing(context, raw) : isPair ? required(context, body, 'key') : convertExpression(context, body),
      value: isPair ? required(context, body, 'value') : null,
      clauses: convertClauses(context, raw),
    };
  };

function convertClauses(context: ConvertContext, raw: RawNode): ComprehensionClause[] {
  const clauses: { target: Expression; iterable: Expression; conditions: Expression[]; isAsync: boolean }[] = [];
  for (const child of namedChildren(raw)) {
    if (child.type === 'for_in_clause') {
      const sources = fieldsOf(child, 'right');
      const [source] = sources;
      clauses.push({
        target: required(context, child, 'left'),
        iterable:
          sources.length > 1
            ? { file: context.file, line: child.line, start: child.start, end: child.end, kind: 'tuple', elements: sources.map((each) => convertExpression(context, each)) }
            : source === undefined
              ? missing(context, child)
              : convertExpression(context, source),
        conditions: [],
        isAsync: hasToken(child, 'async'),
      });
    } else if (child.type === 'if_clause') clauses.at(-1)?.conditions.push(nth(context, child, 0));
  }
  return clauses;
}

/** Arguments of a call or bases of a class. */
export function convertArguments(context: ConvertContext, raw: RawNode): ArgumentNode[] {
  if (raw.type === 'generator_expression') {
    return [{ form: 'positional', name: '', value: convertExpression(context, raw) }];
  }
  const seen = new Set<string>();
  let hasKeyword = false;
  let hasDoubleStar = false;
  return namedChildren(raw).map((child): ArgumentNode => {
    if (child.type === 'keyword_argument') {
      const nameNode = fieldOf(child, 'name');
      const name = nameNode === undefined ? '' : textOf(context, nameNode);
      if (seen.has(name)) refuse(context, child, `keyword argument repeated: ${name}`);
      seen.add(name);
      hasKeyword = true;
      return { form: 'keyword', name, value: required(context, child, 'value') };
    }
    if (child.type === 'dictionary_splat') {
      hasDoubleStar = true;
      return { form: 'double_star', name: '', value: nth(context, child, 0) };
    }
    const value = convertExpression(context, child);
    if (value.kind === 'starred') {
      if (hasDoubleStar) refuse(context, child, 'iterable argument unpacking follows keyword argument unpacking');
      return { form: 'star', name: '', value: value.value };
    }
    if (hasDoubleStar) refuse(context, child, 'positional argument follows keyword argument unpacking');
    else if (hasKeyword) refuse(context, child, 'positional argument follows keyword argument');
    return { form: 'positional', name: '', value };
  });
}

const compareOperators: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=', 'in', 'not in', 'is', 'is not']);

function isCompareOperator(text: string): text is CompareOperator {
  return compareOperators.has(text);
}

const compare: Converter = (context, raw) => {
  const operands = namedChildren(raw).filter((child) => child.field !== 'operators');
  const operators = raw.children.filter((child) => child.field === 'operators');
  const [first, ...others] = operands;
  return {
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'compare',
    first: first === undefined ? missing(context, raw) : convertExpression(context, first),
    rest: others.map((operand, index) => {
      const node = operators[index];
      const operator = node === undefined ? '' : textOf(context, node).replace(/\s+/g, ' ');
      if (!isCompareOperator(operator)) refuse(context, raw, 'invalid syntax');
      return { operator: isCompareOperator(operator) ? operator : '==', operand: convertExpression(context, operand) };
    }),
  };
};

const subscript: Converter = (context, raw) => {
  const indices = fieldsOf(raw, 'subscript');
  const [only] = indices;
  const closing = raw.children.at(-1);
  const isTuple = indices.length > 1 || (closing?.type === ',' && indices.length === 1);
  return {
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'subscript',
    object: required(context, raw, 'value'),
    index:
      isTuple || only === undefined
        ? { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'tuple', elements: indices.map((each) => convertExpression(context, each)) }
        : convertExpression(context, only),
  };
};

/** `a:b:c`; which parts are there shows only in the colons between them. */
const slice: Converter = (context, raw) => {
  const parts: (Expression | null)[] = [null, null, null];
  for (const child of namedChildren(raw)) {
    const colons = colonsBefore(context, raw, child);
    parts[Math.min(colons, 2)] = convertExpression(context, child);
  }
  const [lower = null, upper = null, step = null] = parts;
  return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'slice', lower, upper, step };
};

function colonsBefore(context: ConvertContext, raw: RawNode, child: RawNode): number {
  let position = raw.start;
  let colons = 0;
  for (const other of namedChildren(raw)) {
    colons += context.source.slice(position, other.start).split(':').length - 1;
    if (other === child) return colons;
    position = other.end;
  }
  return colons;
}

const dictionary: Converter = (context, raw) => {
  const items: { key: Expression | null; value: Expression }[] = [];
  for (const child of namedChildren(raw)) {
    if (child.type === 'pair') items.push({ key: required(context, child, 'key'), value: required(context, child, 'value') });
    else if (child.type === 'dictionary_splat') items.push({ key: null, value: nth(context, child, 0) });
  }
  const node: DictNode = { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'dict', items };
  return node;
};

/** Python compares names in normal form KC; ASCII is in it already. */
function normalName(name: string): string {
  return /^[\x20-\x7e]*$/.test(name) ? name : name.normalize('NFKC');
}

const operatorOf = (context: ConvertContext, raw: RawNode): string => {
  const node = fieldOf(raw, 'operator');
  return node === undefined ? '' : textOf(context, node);
};


function isBare(raw: RawNode | undefined): boolean {
  return raw?.type === 'binary_operator';
}

/** `left.left ^ right`, where a right side that was regrouped goes on the left, as Python groups from the left. */
function joinExclusive(left: BinaryNode, right: BinaryNode): BinaryNode {
  if (right.operator === '^' && right.left.kind === 'binary') return { ...right, left: joinExclusive(left, right.left), start: left.start };
  return { ...left, right, end: right.end };
}

/** In the grammar `^` binds tighter than `&`; in Python it is the other way round. */
function bindTighter(node: BinaryNode, isLeftBare: boolean, rawRight: RawNode | undefined): BinaryNode {
  const { left, right } = node;
  if (isLeftBare && left.kind === 'binary' && left.operator === '^') {
    const inner = bindTighter({ ...node, left: left.right, start: left.right.start }, false, rawRight);
    return joinExclusive(left, inner);
  }
  if (rawRight !== undefined && isBare(rawRight) && right.kind === 'binary' && right.operator === '^') {
    const inner = bindTighter({ ...node, right: right.left, end: right.left.end }, false, fieldOf(rawRight, 'left'));
    return { ...right, left: inner, start: node.start };
  }
  return node;
}

const converters: Readonly<Record<string, Converter>> = {
  identifier: (context, raw) => ({ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'name', name: normalName(textOf(context, raw)) }),
  // `print` and `exec` are names in Python 3; the grammar keeps tokens of their own for Python 2.
  keyword_identifier: (context, raw) => ({ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'name', name: textOf(context, raw) }),
  none: constant(() => null),
  true: constant(() => true),
  false: constant(() => false),
  integer: (context, raw) => {
    const value = readInteger(textOf(context, raw), context, raw);
    if (typeof value === 'number') return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'unsupported', what: 'complex number' };
    return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'constant', value, isEllipsis: false };
  },
  float: (context, raw) => {
    const text = textOf(context, raw).replaceAll('_', '');
    if (/j$/i.test(text)) return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'unsupported', what: 'complex number' };
    return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'constant', value: Number(text), isEllipsis: false };
  },
  ellipsis: (context, raw) => ({ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'constant', value: 'ellipsis', isEllipsis: true }),
  string: (context, raw) => convertString(context, raw, convertExpression),
  concatenated_string: (context, raw) => convertString(context, raw, convertExpression),
  tuple: sequence('tuple'),
  expression_list: sequence('tuple'),
  pattern_list: sequence('tuple'),
  tuple_pattern: sequence('tuple'),
  list: sequence('list'),
  list_pattern: sequence('list'),
  set: sequence('set'),
  dictionary,
  parenthesized_expression: (context, raw) => nth(context, raw, 0),
  parenthesized_list_splat: starred,
  list_splat: starred,
  list_splat_pattern: starred,
  list_comprehension: comprehension('list'),
  set_comprehension: comprehension('set'),
  dictionary_comprehension: comprehension('dict'),
  generator_expression: comprehension('generator'),
  attribute: (context, raw) => {
    const name = fieldOf(raw, 'attribute');
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'attribute',
      object: required(context, raw, 'object'),
      name: name === undefined ? '' : textOf(context, name),
    };
  },
  subscript,
  slice,
  call: (context, raw) => {
    const args = fieldOf(raw, 'arguments');
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'call',
      callee: required(context, raw, 'function'),
      arguments: args === undefined ? [] : convertArguments(context, args),
    };
  },
  binary_operator: (context, raw) => {
    const { line, start, end } = raw;
    const node: BinaryNode = {
      file: context.file, line, start, end, kind: 'binary', operator: operatorOf(context, raw),
      left: required(context, raw, 'left'), right: required(context, raw, 'right'),
    };
    return node.operator === '&' ? bindTighter(node, isBare(fieldOf(raw, 'left')), fieldOf(raw, 'right')) : node;
  },
  unary_operator: (context, raw) => {
    const operator = operatorOf(context, raw);
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'unary',
      operator: operator === '-' || operator === '+' ? operator : '~',
      operand: required(context, raw, 'argument'),
    };
  },
  not_operator: (context, raw) => ({
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'unary',
    operator: 'not',
    operand: required(context, raw, 'argument'),
  }),
  boolean_operator: (context, raw) => ({
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'boolean',
    operator: operatorOf(context, raw) === 'and' ? 'and' : 'or',
    left: required(context, raw, 'left'),
    right: required(context, raw, 'right'),
  }),
  comparison_operator: compare,
  conditional_expression: (context, raw) => ({
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'conditional',
    body: nth(context, raw, 0),
    test: nth(context, raw, 1),
    otherwise: nth(context, raw, 2),
  }),
  lambda: (context, raw) => {
    const parameters = fieldOf(raw, 'parameters');
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'lambda',
      parameters: parameters === undefined ? [] : convertParameters(context, parameters, convertExpression),
      body: required(context, raw, 'body'),
    };
  },
  named_expression: (context, raw) => {
    const name = fieldOf(raw, 'name');
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'named_expression',
      name: name === undefined ? '' : textOf(context, name),
      value: required(context, raw, 'value'),
    };
  },
  await: (context, raw) => ({ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'await', value: nth(context, raw, 0) }),
  yield: (context, raw) => ({
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'yield',
    value: namedChildren(raw).length === 0 ? null : nth(context, raw, 0),
    isFrom: hasToken(raw, 'from'),
  }),
  type: (context, raw) => nth(context, raw, 0),
  generic_type: (context, raw) => {
    const [name, parameters] = namedChildren(raw);
    const types = parameters === undefined ? [] : all(context, parameters);
    const [only] = types;
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'subscript',
      object: name === undefined ? missing(context, raw) : convertExpression(context, name),
      index: only !== undefined && types.length === 1 ? only : { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'tuple', elements: types },
    };
  },
  union_type: (context, raw) => ({
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'binary',
    operator: '|',
    left: nth(context, raw, 0),
    right: nth(context, raw, 1),
  }),
  member_type: (context, raw) => {
    const [object, name] = namedChildren(raw);
    return {
      file: context.file, line: raw.line, start: raw.start, end: raw.end,
      kind: 'attribute',
      object: object === undefined ? missing(context, raw) : convertExpression(context, object),
      name: name === undefined ? '' : textOf(context, name),
    };
  },
};
