import { fieldOf, fieldsOf, hasToken, namedChildren, textOf } from './context.js';
import type { ConvertContext } from './context.js';
import { convertExpression } from './expressions.js';
import type { RawNode } from './raw-tree.js';
import type { Expression, Pattern } from './syntax.js';

/** The pattern of a `case` clause; several side by side are a sequence pattern. */
export function convertPattern(context: ConvertContext, clause: RawNode): Pattern {
  const patterns = namedChildren(clause).filter((child) => child.type === 'case_pattern');
  const [only] = patterns;
  if (only !== undefined && patterns.length === 1 && !hasToken(clause, ',')) return convertCase(context, only);
  return { kind: 'sequence', elements: patterns.map((each) => convertCase(context, each)) };
}

function convertCase(context: ConvertContext, raw: RawNode): Pattern {
  if (raw.type !== 'case_pattern') return convertInner(context, raw);
  const [inner] = namedChildren(raw);
  if (inner === undefined) {
    return textOf(context, raw).trim() === '_' ? { kind: 'wildcard' } : { kind: 'unsupported', what: 'pattern' };
  }
  // The grammar has no node for the sign of a negative literal.
  const sign = hasToken(raw, '-');
  if (sign && (inner.type === 'integer' || inner.type === 'float')) return { kind: 'value', value: negative(context, raw, inner) };
  return convertInner(context, inner);
}

function negative(context: ConvertContext, raw: RawNode, inner: RawNode): Expression {
  return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'unary', operator: '-', operand: convertExpression(context, inner) };
}

function dotted(context: ConvertContext, raw: RawNode): Expression {
  const [first = '', ...rest] = textOf(context, raw).replaceAll(/\s+/g, '').split('.');
  return rest.reduce<Expression>((object, name) => ({ file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'attribute', object, name }), {
    file: context.file, line: raw.line, start: raw.start, end: raw.end,
    kind: 'name',
    name: first,
  });
}

function convertInner(context: ConvertContext, raw: RawNode): Pattern {
  switch (raw.type) {
    case 'dotted_name':
      return convertName(context, raw);
    case 'identifier':
      return { kind: 'capture', name: textOf(context, raw) };
    case 'list_pattern':
    case 'tuple_pattern':
      return convertGroup(context, raw);
    case 'splat_pattern': {
      const [name] = namedChildren(raw);
      return { kind: 'star', name: name === undefined ? '_' : textOf(context, name) };
    }
    case 'union_pattern':
      return { kind: 'or', options: namedChildren(raw).map((child) => convertInner(context, child)) };
    case 'as_pattern': {
      const [pattern, name] = namedChildren(raw);
      if (pattern === undefined || name === undefined) return { kind: 'unsupported', what: 'as pattern' };
      return { kind: 'as', pattern: convertCase(context, pattern), name: textOf(context, name) };
    }
    case 'class_pattern':
      return convertClassPattern(context, raw);
    case 'dict_pattern':
      return convertMapping(context, raw);
    case 'complex_pattern':
      return { kind: 'unsupported', what: 'complex number pattern' };
    default:
      return { kind: 'value', value: convertExpression(context, raw) };
  }
}

function convertName(context: ConvertContext, raw: RawNode): Pattern {
  const text = textOf(context, raw);
  if (text === '_') return { kind: 'wildcard' };
  return text.includes('.') ? { kind: 'value', value: dotted(context, raw) } : { kind: 'capture', name: text };
}

/** `(x)` is `x`, `(x,)` and `[x]` are sequences. */
function convertGroup(context: ConvertContext, raw: RawNode): Pattern {
  const children = namedChildren(raw);
  const [only] = children;
  const isParenthesized = raw.type === 'tuple_pattern' && children.length === 1 && !hasToken(raw, ',');
  if (isParenthesized && only !== undefined) return convertCase(context, only);
  return { kind: 'sequence', elements: children.map((child) => convertCase(context, child)) };
}

function convertClassPattern(context: ConvertContext, raw: RawNode): Pattern {
  const [name, ...rest] = namedChildren(raw);
  if (name === undefined) return { kind: 'unsupported', what: 'class pattern' };
  const positional: Pattern[] = [];
  const keyword: { name: string; value: Pattern }[] = [];
  for (const child of rest) {
    const inner = child.type === 'case_pattern' ? namedChildren(child)[0] : child;
    if (inner?.type !== 'keyword_pattern') positional.push(convertCase(context, child));
    else {
      const [key, value] = namedChildren(inner);
      if (key === undefined || value === undefined) return { kind: 'unsupported', what: 'keyword pattern' };
      keyword.push({ name: textOf(context, key), value: convertInner(context, value) });
    }
  }
  return { kind: 'class', cls: dotted(context, name), positional, keyword };
}

function convertMapping(context: ConvertContext, raw: RawNode): Pattern {
  const keys = fieldsOf(raw, 'key');
  const values = fieldsOf(raw, 'value');
  const splat = raw.children.find((child) => child.type === 'splat_pattern' || fieldOf(child, 'splat') !== undefined);
  const restName = splat === undefined ? undefined : namedChildren(splat)[0];
  return {
    kind: 'mapping',
    items: keys.flatMap((key, index) => {
      const value = values[index];
      return value === undefined ? [] : [{ key: convertExpression(context, key), value: convertCase(context, value) }];
    }),
    rest: restName === undefined ? '' : textOf(context, restName),
  };
}
