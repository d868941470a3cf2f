import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { Unknown, type Value } from '../../values.js';
import { codePointLength, sliceText } from './code-points.js';
import { type FormatSpec, pad, parseFormatSpec } from './format-spec.js';
import { formatFloat, formatInteger } from './format-number.js';
import { asText, typeName, unwrap } from './kinds.js';
import { callSpecial } from './special.js';

export { strFormat, strFormatMap } from './str-format.js';

/** Padding beyond this is not laid out: no text that a DAG is made of is this wide. */
const maximumWidth = 100_000;

/** `format(value, spec)`. */
export function formatValue(rt: Runtime, value: Value, spec: string, place: Place): string | Unknown {
  const own = callSpecial(rt, value, '__format__', [spec], place);
  if (own !== undefined) return formatResult(rt, own, place);
  if (value instanceof Unknown) return value;
  const plain = unwrap(value);
  if (spec === '') return rt.str(value, place);
  if (plain === null || typeof plain === 'object') return refuse(rt, value, place);
  // A boolean without a type in its specification is formatted as the number that it is.
  const parsed = parseFormatSpec(spec);
  if (parsed === undefined) return invalid(rt, value, spec, place);
  if (parsed.width > maximumWidth || (parsed.precision ?? 0) > maximumWidth) {
    return rt.unknown('budget', 'the format is too wide', place);
  }
  if (typeof plain === 'string') return formatText(rt, plain, parsed, typeName(value), place);
  if (typeof plain === 'number') return formatFloat(rt, plain, parsed, place, typeName(value));
  return formatInteger(rt, BigInt(plain), parsed, typeName(value), place);
}

function formatResult(rt: Runtime, result: Value, place: Place): string | Unknown {
  if (result instanceof Unknown) return result;
  return asText(result) ?? rt.raise('TypeError', `__format__ must return a str, not ${typeName(result)}`, place);
}

function refuse(rt: Runtime, value: Value, place: Place): Unknown {
  if (typeof value === 'object' && value?.kind === 'instance' && value.cls.unknownBase !== undefined) {
    return value.cls.unknownBase;
  }
  return rt.raise('TypeError', `unsupported format string passed to ${typeName(value)}.__format__`, place);
}

function invalid(rt: Runtime, value: Value, spec: string, place: Place): never {
  return rt.raise('ValueError', `Invalid format specifier '${spec}' for object of type '${typeName(value)}'`, place);
}

function formatText(rt: Runtime, text: string, spec: FormatSpec, name: string, place: Place): string {
  if (spec.type !== '' && spec.type !== 's') {
    return rt.raise('ValueError', `Unknown format code '${spec.type}' for object of type '${name}'`, place);
  }
  if (spec.sign !== '') return rt.raise('ValueError', 'Sign not allowed in string format specifier', place);
  if (spec.isAlternate) return rt.raise('ValueError', 'Alternate form (#) not allowed in string format specifier', place);
  if (spec.grouping !== '') return rt.raise('ValueError', `Cannot specify '${spec.grouping}' with 's'.`, place);
  if (spec.align === '=' && !spec.isZeroPadded) {
    return rt.raise('ValueError', "'=' alignment not allowed in string format specifier", place);
  }
  const shown = spec.precision === undefined ? text : sliceText(text, 0, spec.precision);
  const fitted = spec.align === '=' ? { ...spec, align: '<' } : spec;
  return pad(fitted, '', shown, '<', codePointLength(shown));
}
