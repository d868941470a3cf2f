import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type PyObject, PyTuple, Unknown, type Value } from '../../values.js';
import { codePointLength, sliceText } from './code-points.js';
import { type FormatSpec, pad } from './format-spec.js';
import { formatFloat, formatInteger } from './format-number.js';
import { asInteger, asNumeric, typeName, unwrap } from './kinds.js';
import { ascii } from './text.js';

const conversion = /%(?:\(((?:[^()]|\([^()]*\))*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([hlL]?)(.)?/gsu;

interface Conversion {
  readonly key: string | undefined;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly type: string;
  /** Where the conversion's letter stands, in code points. */
  readonly position: number;
}

/** Hands out the values of a template's conversions, one after the other. */
interface Arguments {
  readonly isMapping: boolean;
  take(): Value;
  named(key: string): Value;
  isUsedUp(): boolean;
}

/** `template % args`. */
export function percentFormat(rt: Runtime, template: string, args: Value, place: Place): string | Unknown {
  if (args instanceof Unknown) return args;
  const source = argumentSource(rt, args, place);
  let result = '';
  let end = 0;
  for (const match of template.matchAll(conversion)) {
    result += template.slice(end, match.index);
    end = match.index + match[0].length;
    const text = convert(rt, match, source, place);
    if (text instanceof Unknown) return text;
    result += text;
  }
  if (!source.isUsedUp()) return rt.raise('TypeError', 'not all arguments converted during string formatting', place);
  return result + template.slice(end);
}

function argumentSource(rt: Runtime, args: Value, place: Place): Arguments {
  const values = args instanceof PyTuple ? args.items : [args];
  const plain = unwrap(args);
  const isMapping = typeof plain === 'object' && plain !== null && isSubscriptable(rt, plain);
  let position = 0;
  let isNamed = false;
  return {
    isMapping,
    take: () => values[position++] ?? (position > values.length ? notEnough(rt, place) : null),
    named: (key) => {
      isNamed = true;
      if (!isMapping) return rt.raise('TypeError', 'format requires a mapping', place);
      return rt.getItem(args, key, place);
    },
    isUsedUp: () => isNamed || isMapping || (typeof plain === 'object' && plain?.kind === 'list' && position > 0) || position >= values.length,
  };
}

/** Whatever can be subscripted may be a mapping: such an argument may be left unused. */
function isSubscriptable(rt: Runtime, value: PyObject): boolean {
  return ['dict', 'list', 'range', 'bytes'].includes(value.kind) || (value.kind === 'instance' && (value.native !== undefined || rt.findSpecial(value, '__getitem__') !== undefined));
}

function notEnough(rt: Runtime, place: Place): never {
  return rt.raise('TypeError', 'not enough arguments for format string', place);
}

function convert(rt: Runtime, match: RegExpExecArray, source: Arguments, place: Place): string | Unknown {
  const [whole, key, flags = '', widthText, precisionText, , type] = match;
  if (type === undefined) return rt.raise('ValueError', 'incomplete format', place);
  if (type === '%') return '%';
  const width = amount(rt, widthText, source, place);
  if (width instanceof Unknown) return width;
  const given = amount(rt, precisionText, source, place);
  if (given instanceof Unknown) return given;
  const hasPrecision = /\.(\*|\d*)[hlL]?.$/su.test(whole.replace(/^%(\(.*\))?/s, ''));
  const value = key === undefined ? source.take() : source.named(key);
  return convertValue(rt, value, {
    key,
    flags: (width ?? 0) < 0 ? `${flags}-` : flags,
    width: Math.abs(width ?? 0),
    precision: given ?? (hasPrecision ? 0 : undefined),
    type,
    position: codePointLength(match.input.slice(0, match.index + whole.length)) - 1,
  }, place);
}

function amount(rt: Runtime, text: string | undefined, source: Arguments, place: Place): number | undefined | Unknown {
  if (text !== '*') return text === undefined ? undefined : Number(text);
  const value = source.take();
  if (value instanceof Unknown) return value;
  const integer = asInteger(value);
  return integer === undefined ? rt.raise('TypeError', '* wants int', place) : Number(integer);
}

function convertValue(rt: Runtime, value: Value, how: Conversion, place: Place): string | Unknown {
  if ('sra'.includes(how.type)) return convertText(rt, value, how, place);
  if (value instanceof Unknown) return value;
  if (how.type === 'c') return convertCharacter(rt, value, how, place);
  if ('diuoxX'.includes(how.type)) return convertInteger(rt, value, how, place);
  if ('eEfFgG'.includes(how.type)) return convertFloat(rt, value, how, place);
  const code = (how.type.codePointAt(0) ?? 0).toString(16);
  return rt.raise('ValueError', `unsupported format character '${how.type}' (0x${code}) at index ${how.position.toString()}`, place);
}

function convertText(rt: Runtime, value: Value, how: Conversion, place: Place): string | Unknown {
  const text = how.type === 's' ? rt.str(value, place) : how.type === 'r' ? rt.repr(value, place) : ascii(rt, value, place);
  if (text instanceof Unknown) return text;
  return padText(how.precision === undefined ? text : sliceText(text, 0, how.precision), how);
}

function convertCharacter(rt: Runtime, value: Value, how: Conversion, place: Place): string {
  const code = asInteger(value);
  const text = code === undefined ? unwrap(value) : String.fromCodePoint(Number(code));
  if (typeof text === 'string' && codePointLength(text) === 1) return padText(text, how);
  return rt.raise('TypeError', '%c requires int or char', place);
}

function padText(text: string, how: Conversion): string {
  return pad({ ...specOf(how), fill: ' ', align: how.flags.includes('-') ? '<' : '>' }, '', text, '>', codePointLength(text));
}

function specOf(how: Conversion): FormatSpec {
  const isLeft = how.flags.includes('-');
  const isZero = how.flags.includes('0') && !isLeft;
  return {
    fill: isZero ? '0' : ' ',
    align: isLeft ? '<' : isZero ? '=' : '>',
    sign: how.flags.includes('+') ? '+' : how.flags.includes(' ') ? ' ' : '',
    isAlternate: how.flags.includes('#'),
    isZeroPadded: isZero,
    width: how.width,
    grouping: '',
    precision: how.precision,
    type: how.type,
  };
}

function convertInteger(rt: Runtime, value: Value, how: Conversion, place: Place): string {
  const number = asNumeric(value);
  const isDecimal = 'diu'.includes(how.type);
  if (number === undefined || (typeof number === 'number' && !isDecimal)) {
    const need = isDecimal ? 'a real number' : 'an integer';
    return rt.raise('TypeError', `%${how.type} format: ${need} is required, not ${typeName(value)}`, place);
  }
  if (typeof number === 'number' && !Number.isFinite(number)) {
    const isNan = Number.isNaN(number);
    const message = isNan ? 'cannot convert float NaN to integer' : 'cannot convert float infinity to integer';
    return rt.raise(isNan ? 'ValueError' : 'OverflowError', message, place);
  }
  const integer = typeof number === 'number' ? BigInt(Math.trunc(number)) : number;
  return formatInteger(rt, integer, { ...specOf(how), precision: undefined, type: isDecimal ? 'd' : how.type }, 'int', place);
}

function convertFloat(rt: Runtime, value: Value, how: Conversion, place: Place): string {
  const number = asNumeric(value);
  if (number === undefined) return rt.raise('TypeError', `must be real number, not ${typeName(value)}`, place);
  return formatFloat(rt, Number(number), specOf(how), place);
}
