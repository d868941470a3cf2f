import type { ConvertContext } from './context.js';
import { fieldOf, refuse, textOf } from './context.js';
import type { RawNode } from './raw-tree.js';
import type { ConstantNode, Expression, JoinedStringNode, StringPart } from './syntax.js';

type ConvertExpression = (context: ConvertContext, raw: RawNode) => Expression;

interface Piece {
  readonly prefix: string;
  readonly parts: readonly StringPart[];
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Escapes of a string or bytes literal, by https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences. */
const escape = /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\}|(\r\n|[\s\S]))/g;

interface Decoded {
  readonly text: string;
  /** Set when the text holds something that can't be decoded without Unicode's name table. */
  readonly isIncomplete: boolean;
}

function decode(text: string, isBytes: boolean): Decoded {
  let isIncomplete = false;
  const decoded = text.replace(escape, (whole: string, octal?: string, hex?: string, short?: string, long?: string, name?: string, other?: string) => {
    if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (isBytes) return other === undefined ? whole : (simpleEscapes[other === '\r\n' ? '\n' : other] ?? whole);
    const code = short ?? long;
    if (code !== undefined) {
      const point = Number.parseInt(code, 16);
      if (point > 0x10ffff) isIncomplete = true;
      return point > 0x10ffff ? whole : String.fromCodePoint(point);
    }
    if (name !== undefined) isIncomplete = true;
    if (other === undefined) return whole;
    return simpleEscapes[other === '\r\n' ? '\n' : other] ?? whole;
  });
  return { text: decoded, isIncomplete };
}

/** Reads a string literal, or several that stand side by side, as one constant or one f-string. */
export function convertString(
  context: ConvertContext,
  raw: RawNode,
  convert: ConvertExpression,
): ConstantNode | JoinedStringNode | Expression {
  const literals = raw.type === 'concatenated_string' ? raw.children.filter((child) => child.type === 'string') : [raw];
  const pieces = literals.map((literal) => readLiteral(context, literal, convert));
  const bytes = pieces.filter((piece) => piece.prefix.includes('b')).length;
  if (bytes > 0 && bytes < pieces.length) refuse(context, raw, 'cannot mix bytes and nonbytes literals');
  const parts = joinText(pieces.flatMap((piece) => piece.parts));
  const [first] = parts;
  if (parts.some((part) => typeof part !== 'string')) return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'joined_string', parts };
  const text = typeof first === 'string' ? first : '';
  if (bytes > 0) {
    return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'constant', value: Uint8Array.from(text, (c) => c.charCodeAt(0)), isEllipsis: false };
  }
  return { file: context.file, line: raw.line, start: raw.start, end: raw.end, kind: 'constant', value: text, isEllipsis: false };
}

function joinText(parts: readonly StringPart[]): StringPart[] {
  const joined: StringPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

/** The bounds of a literal: where its prefix, its quotes and its content begin and end. */
interface Bounds {
  readonly prefix: string;
  readonly start: number;
  readonly end: number;
}

/** Read from the text: the grammar's own tokens take the quote of `r"\""` for the end. */
function boundsOf(context: ConvertContext, raw: RawNode): Bounds | undefined {
  const { source } = context;
  let opening = raw.start;
  while (source[opening] !== '"' && source[opening] !== "'") {
    // The grammar takes Python 2's backquotes for a string too.
    if (opening >= raw.end || source[opening] === '`') return undefined;
    opening += 1;
  }
  const quote = source.charAt(opening);
  const isTriple = raw.end - opening >= 6 && source[opening + 1] === quote && source[opening + 2] === quote;
  const quotes = isTriple ? 3 : 1;
  if (raw.end - opening < 2 * quotes || source[raw.end - 1] !== quote) return undefined;
  return { prefix: source.slice(raw.start, opening).toLowerCase(), start: opening + quotes, end: raw.end - quotes };
}

function readLiteral(context: ConvertContext, raw: RawNode, convert: ConvertExpression): Piece {
  const bounds = boundsOf(context, raw);
  if (bounds === undefined) {
    if (/^[a-z]*`/i.test(textOf(context, raw))) refuse(context, raw, 'invalid syntax');
    return { prefix: '', parts: [''] };
  }
  const { prefix, start, end } = bounds;
  if (/^ur|ru$/.test(prefix)) refuse(context, raw, 'invalid syntax');
  const isFormatted = prefix.includes('f') || prefix.includes('t');
  const decodeText = (text: string): string => {
    const unified = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    if (!unified.includes('\\') || prefix.includes('r')) return unified;
    const decoded = decode(unified, prefix.includes('b'));
    if (decoded.isIncomplete && !/\\N\{/.test(unified)) refuse(context, raw, 'illegal Unicode character');
    return decoded.text;
  };
  if (!isFormatted) return { prefix, parts: [decodeText(context.source.slice(start, end))] };
  const parts: StringPart[] = [];
  let position = start;
  const flush = (until: number): void => {
    if (until > position) parts.push(decodeText(context.source.slice(position, until)).replace(/\{\{|\}\}/g, (pair) => pair.charAt(0)));
  };
  for (const child of raw.children) {
    if (child.type !== 'interpolation') continue;
    flush(child.start);
    parts.push(...readInterpolation(context, child, convert));
    position = child.end;
  }
  flush(end);
  return { prefix, parts };
}

function readInterpolation(context: ConvertContext, raw: RawNode, convert: ConvertExpression): StringPart[] {
  const expression = fieldOf(raw, 'expression');
  if (expression === undefined) {
    refuse(context, raw, 'f-string: empty expression not allowed');
    return [];
  }
  const conversionNode = fieldOf(raw, 'type_conversion') ?? raw.children.find((child) => child.type === 'type_conversion');
  const specification = fieldOf(raw, 'format_specifier') ?? raw.children.find((child) => child.type === 'format_specifier');
  const label = labelOf(context, raw, expression, conversionNode ?? specification);
  const letter = conversionNode === undefined ? '' : textOf(context, conversionNode).slice(1);
  const wantsRepr = label !== '' && letter === '' && specification === undefined;
  const conversion = wantsRepr ? 'r' : letter === 'r' || letter === 's' || letter === 'a' ? letter : '';
  const part: StringPart = {
    expression: convert(context, expression),
    conversion,
    specification: specification === undefined ? [] : readSpecification(context, specification, convert),
    label,
  };
  return label === '' ? [part] : [label, part];
}

/** The text of `{x = }` up to and including the spaces around `=`. */
function labelOf(context: ConvertContext, raw: RawNode, expression: RawNode, next: RawNode | undefined): string {
  const after = context.source.slice(expression.end, next?.start ?? raw.end - 1);
  return /^\s*=\s*$/.test(after) ? context.source.slice(raw.start + 1, expression.end) + after : '';
}

function readSpecification(context: ConvertContext, raw: RawNode, convert: ConvertExpression): StringPart[] {
  const parts: StringPart[] = [];
  let position = raw.start + 1;
  for (const child of raw.children) {
    if (child.type !== 'format_expression' && child.type !== 'interpolation') continue;
    if (child.start > position) parts.push(context.source.slice(position, child.start));
    parts.push(...readInterpolation(context, child, convert));
    position = child.end;
  }
  if (raw.end > position) parts.push(context.source.slice(position, raw.end));
  return parts;
}
