import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';
import { makeDate } from '../time/date.js';
import { makeDateTime } from '../time/datetime.js';
import { makeFixedZone } from '../time/timezone.js';
import { checkDate } from '../time/date.js';

// The implicit resolvers of PyYAML, which are those of YAML 1.1 with a few differences that these patterns keep.
const boolean = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const float = /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const integer = /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const nothing = /^(?:~|null|Null|NULL|)$/;
const day = /^(\d{4})-(\d\d?)-(\d\d?)$/;
const moment = /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::(\d\d))?))?$/;

/** The tag that a plain scalar has by its look. */
export function implicitTag(text: string): 'bool' | 'int' | 'float' | 'null' | 'timestamp' | 'merge' | 'value' | 'str' {
  if (boolean.test(text)) return 'bool';
  if (integer.test(text)) return 'int';
  if (float.test(text)) return 'float';
  if (nothing.test(text)) return 'null';
  if (/^\d{4}-\d\d-\d\d$/.test(text) || (moment.test(text) && !day.test(text))) return 'timestamp';
  return text === '<<' ? 'merge' : text === '=' ? 'value' : 'str';
}

/** The value of a scalar of a tag of YAML itself; raises ValueError when it doesn't fit. */
export function scalarValue(rt: Runtime, tag: string, text: string, place: Place): Value {
  switch (tag) {
    case 'bool':
      return /^(?:yes|true|on)$/i.test(text);
    case 'int':
      return integerValue(rt, text, place);
    case 'float':
      return floatValue(rt, text, place);
    case 'null':
      return null;
    case 'timestamp':
      return timestampValue(rt, text, place);
    default:
      return text;
  }
}

function signed(text: string): { readonly sign: bigint; readonly digits: string } {
  const digits = text.replaceAll('_', '');
  return { sign: digits.startsWith('-') ? -1n : 1n, digits: digits.replace(/^[-+]/, '') };
}

function integerValue(rt: Runtime, text: string, place: Place): Value {
  const { sign, digits } = signed(text);
  if (!/^[0-9a-fA-Fx:b]+$/.test(digits)) return rt.raise('ValueError', `invalid literal for int(): '${text}'`, place);
  if (digits.includes(':')) return sign * digits.split(':').reduce((total, part) => total * 60n + BigInt(part), 0n);
  if (/^0[0-7]+$/.test(digits)) return sign * BigInt(`0o${digits.slice(1)}`);
  return sign * BigInt(digits);
}

function floatValue(rt: Runtime, text: string, place: Place): Value {
  const { sign, digits } = signed(text.toLowerCase());
  if (digits === '.inf') return sign < 0n ? -Infinity : Infinity;
  if (digits === '.nan') return Number.NaN;
  const value = digits.includes(':') ? digits.split(':').reduce((total, part) => total * 60 + Number(part), 0) : Number(digits);
  return Number.isNaN(value) ? rt.raise('ValueError', `could not convert string to float: '${text}'`, place) : Number(sign) * value;
}

function timestampValue(rt: Runtime, text: string, place: Place): Value {
  const date = day.exec(text);
  if (date) return makeDate(rt, Number(date[1]), Number(date[2]), Number(date[3]), place);
  const found = moment.exec(text);
  if (!found) return rt.raise('ValueError', `invalid timestamp '${text}'`, place);
  const [year, month, dayOfMonth, hour, minute, second] = found.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  checkDate(rt, year, month, dayOfMonth, place);
  if (hour > 23 || minute > 59 || second > 59) return rt.raise('ValueError', 'hour must be in 0..23', place);
  const size = Number(found[10] ?? 0) * 3600 + Number(found[11] ?? 0) * 60;
  const isAware = found[8] !== undefined || found[9] !== undefined;
  return makeDateTime(rt, {
    year, month, day: dayOfMonth, hour, minute, second, microsecond: Number((found[7] ?? '').slice(0, 6).padEnd(6, '0')),
    zone: isAware ? makeFixedZone(rt, found[9] === '-' ? -size : size) : undefined, fold: 0,
  });
}
