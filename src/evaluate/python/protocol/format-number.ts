import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { exponentField, floatRepr, plainNotation } from './float-text.js';
import { type FormatSpec, group, groupPadded, pad } from './format-spec.js';

const radixes: Readonly<Record<string, { base: number; prefix: string }>> = {
  b: { base: 2, prefix: '0b' },
  o: { base: 8, prefix: '0o' },
  x: { base: 16, prefix: '0x' },
  X: { base: 16, prefix: '0X' },
};

/** `format(int, spec)`. */
export function formatInteger(rt: Runtime, value: bigint, spec: FormatSpec, name: string, place: Place): string {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatFloat(rt, Number(value), spec, place);
  const radix = radixes[spec.type];
  if (radix === undefined && !['', 'd', 'n', 'c'].includes(spec.type)) {
    return rt.raise('ValueError', `Unknown format code '${spec.type}' for object of type '${name}'`, place);
  }
  if (spec.precision !== undefined) return rt.raise('ValueError', 'Precision not allowed in integer format specifier', place);
  if (spec.grouping !== '' && (spec.type === 'n' || spec.type === 'c' || (radix !== undefined && spec.grouping === ','))) {
    return rt.raise('ValueError', `Cannot specify '${spec.grouping}' with '${spec.type}'.`, place);
  }
  if (spec.type === 'c') return formatCharacter(rt, value, spec, place);
  const magnitude = (value < 0n ? -value : value).toString(radix?.base ?? 10);
  const digits = spec.type === 'X' ? magnitude.toUpperCase() : magnitude;
  const prefix = signOf(value < 0n, spec) + (spec.isAlternate && radix !== undefined ? radix.prefix : '');
  return layOut(spec, prefix, digits, '', radix === undefined ? 3 : 4);
}

function formatCharacter(rt: Runtime, value: bigint, spec: FormatSpec, place: Place): string {
  if (spec.sign !== '') return rt.raise('ValueError', "Sign not allowed with integer format specifier 'c'", place);
  if (value < 0n || value > 0x10ffffn) return rt.raise('OverflowError', '%c arg not in range(0x110000)', place);
  return pad(spec, '', String.fromCodePoint(Number(value)), '<', 1);
}

function signOf(isNegative: boolean, spec: FormatSpec): string {
  if (isNegative) return '-';
  return spec.sign === '-' ? '' : spec.sign;
}

/** Groups the integer digits and pads; zero padding of grouped digits is grouped as well. */
function layOut(spec: FormatSpec, prefix: string, whole: string, rest: string, size: number): string {
  const pads = spec.align === '=' && spec.fill === '0';
  if (spec.grouping !== '' && pads) {
    const width = spec.width - prefix.length - rest.length;
    return prefix + groupPadded(whole, spec.grouping, size, width) + rest;
  }
  const body = (spec.grouping === '' ? whole : group(whole, spec.grouping, size)) + rest;
  return pad(spec, prefix, body, '>', prefix.length + body.length);
}

/** `format(float, spec)`. */
export function formatFloat(rt: Runtime, value: number, spec: FormatSpec, place: Place, name = 'float'): string {
  if (!['', 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%'].includes(spec.type)) {
    return rt.raise('ValueError', `Unknown format code '${spec.type}' for object of type '${name}'`, place);
  }
  if (spec.type === 'n' && spec.grouping !== '') {
    return rt.raise('ValueError', `Cannot specify '${spec.grouping}' with 'n'.`, place);
  }
  const text = floatBody(Math.abs(value), spec);
  const prefix = signOf(value < 0 || Object.is(value, -0), spec);
  const split = /^\d*/.exec(text)?.[0] ?? '';
  if (split === '') return pad(spec, prefix, text, '>', prefix.length + text.length);
  return layOut(spec, prefix, split, text.slice(split.length), 3);
}

function floatBody(value: number, spec: FormatSpec): string {
  const isUpper = spec.type === 'E' || spec.type === 'F' || spec.type === 'G';
  const text = floatDigits(value, spec);
  return isUpper ? text.toUpperCase() : text;
}

function floatDigits(value: number, spec: FormatSpec): string {
  if (!Number.isFinite(value)) return (Number.isNaN(value) ? 'nan' : 'inf') + (spec.type === '%' ? '%' : '');
  const precision = spec.precision ?? 6;
  switch (spec.type.toLowerCase()) {
    case 'e':
      return exponential(value, precision, spec.isAlternate);
    case 'f':
      return fixed(value, precision, spec.isAlternate);
    case '%':
      return `${fixed(value * 100, precision, spec.isAlternate)}%`;
    case '':
      return spec.precision === undefined ? floatRepr(value) : general(value, spec.precision, spec.isAlternate, true);
    default:
      return general(value, precision, spec.isAlternate, false);
  }
}

function exponential(value: number, precision: number, isAlternate: boolean): string {
  const [mantissa = '', exponent = '0'] = scientific(value, precision).split('e');
  const point = isAlternate && precision === 0 ? '.' : '';
  return `${mantissa}${point}e${exponentField(Number(exponent))}`;
}

/** JavaScript rounds halves away from zero in toExponential and toFixed; Python rounds the exact binary value half to even. */
function scientific(value: number, precision: number): string {
  if (value === 0) return `${precision === 0 ? '0' : `0.${'0'.repeat(precision)}`}e0`;
  let exponent = Math.floor(Math.log10(value));
  let digits = decimalDigits(value, precision - exponent);
  if (digits.length > precision + 1) digits = decimalDigits(value, precision - ++exponent);
  else if (digits.length < precision + 1) digits = decimalDigits(value, precision - --exponent);
  const fraction = digits.slice(1);
  return `${digits.slice(0, 1)}${fraction === '' ? '' : `.${fraction}`}e${exponent}`;
}

/** `round(value * 10 ** places)` as text: of the exact value, half to even. */
function decimalDigits(value: number, places: number): string {
  const { mantissa, exponent } = exactParts(value);
  const numerator = mantissa * (exponent > 0 ? 2n ** BigInt(exponent) : 1n) * (places > 0 ? 10n ** BigInt(places) : 1n);
  const denominator = (exponent < 0 ? 2n ** BigInt(-exponent) : 1n) * (places < 0 ? 10n ** BigInt(-places) : 1n);
  const quotient = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const isUp = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return (isUp ? quotient + 1n : quotient).toString();
}

/** A finite positive float as `mantissa * 2 ** exponent`. */
export function exactParts(value: number): { mantissa: bigint; exponent: number } {
  let exponent = 0;
  let scaled = value;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    exponent--;
  }
  return { mantissa: BigInt(scaled), exponent };
}

/** A non-negative float with so many decimals, rounded half to even on its exact value. */
export function fixed(value: number, precision: number, isAlternate = false): string {
  const digits = decimalDigits(value, precision).padStart(precision + 1, '0');
  const whole = digits.slice(0, digits.length - precision);
  const fraction = digits.slice(digits.length - precision);
  return precision === 0 ? (isAlternate ? `${whole}.` : whole) : `${whole}.${fraction}`;
}

/** `g`, and with `keepsPoint` the format without a type, which leaves at least one decimal. */
function general(value: number, asked: number, isAlternate: boolean, keepsPoint: boolean): string {
  const precision = asked === 0 ? 1 : asked;
  const [mantissa = '', exponentText = '0'] = scientific(value, precision - 1).split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= (keepsPoint ? precision - 1 : precision)) {
    return `${isAlternate ? mantissa : trimZeros(mantissa)}e${exponentField(exponent)}`;
  }
  const text = plainNotation(mantissa, exponent);
  if (isAlternate) return text.includes('.') ? text : `${text}.`;
  const trimmed = trimZeros(text);
  return keepsPoint && !trimmed.includes('.') ? `${trimmed}.0` : trimmed;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
