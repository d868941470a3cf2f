import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';
import { PyDict, PyList, PyTuple, Unknown, noKeywords } from '../../values.js';
import { plain } from '../arguments.js';

export interface JsonStyle {
  readonly indent: string | undefined;
  readonly itemSeparator: string;
  readonly keySeparator: string;
  readonly sortKeys: boolean;
  readonly asciiOnly: boolean;
  readonly skipKeys: boolean;
  /** Called with what JSON has no form for. */
  readonly otherwise: Value;
}

/** Found in the value: the text as a whole is not known. */
class Hidden extends Error {
  constructor(readonly unknown: Unknown) {
    super('unknown inside');
  }
}

/** Text of `json.dumps`, or the unknown that hides a part of it. */
export function writeJson(rt: Runtime, value: Value, style: JsonStyle, place: Place): string | Unknown {
  try {
    return write(rt, value, style, '\n', place, []);
  } catch (error) {
    if (error instanceof Hidden) return error.unknown;
    throw error;
  }
}

function write(rt: Runtime, given: Value, style: JsonStyle, line: string, place: Place, parents: readonly Value[]): string {
  rt.step(place);
  const value = plain(given) ?? null;
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return float(rt, value, place);
  if (typeof value === 'string') return quote(value, style.asciiOnly);
  if (value instanceof Unknown) throw new Hidden(value);
  if (parents.includes(value)) return rt.raise('ValueError', 'Circular reference detected', place);
  const inside = [...parents, value];
  if (value instanceof PyList || value instanceof PyTuple) {
    if (value instanceof PyList && value.taint) throw new Hidden(value.taint);
    return join('[', value.items, ']', style, line, (item, deeper) => write(rt, item, style, deeper, place, inside));
  }
  if (value instanceof PyDict) return object(rt, value, style, line, place, inside);
  if (style.otherwise !== null) {
    const replaced = rt.call(style.otherwise, [value], noKeywords, place);
    return write(rt, replaced, style, line, place, inside);
  }
  return rt.raise('TypeError', `Object of type ${rt.classOf(value).name} is not JSON serializable`, place);
}

function object(rt: Runtime, value: PyDict, style: JsonStyle, line: string, place: Place, parents: readonly Value[]): string {
  if (value.taint) throw new Hidden(value.taint);
  let entries = [...value.entries.values()];
  if (style.sortKeys) entries = sorted(rt, entries, place);
  const pairs = entries.flatMap((entry) => {
    const key = keyText(rt, entry.key, style, place);
    return key === undefined ? [] : [{ key, value: entry.value }];
  });
  return join('{', pairs, '}', style, line, (pair, deeper) =>
    `${quote(pair.key, style.asciiOnly)}${style.keySeparator}${write(rt, pair.value, style, deeper, place, parents)}`);
}

function sorted<T extends { key: Value }>(rt: Runtime, entries: readonly T[], place: Place): T[] {
  return [...entries].sort((a, b) => {
    const order = rt.compare(plain(a.key) ?? null, plain(b.key) ?? null, place);
    if (order instanceof Unknown) throw new Hidden(order);
    return order;
  });
}

function keyText(rt: Runtime, given: Value, style: JsonStyle, place: Place): string | undefined {
  const key = plain(given) ?? null;
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (typeof key === 'bigint') return String(key);
  if (typeof key === 'number') return float(rt, key, place);
  if (key instanceof Unknown) throw new Hidden(key);
  if (style.skipKeys) return undefined;
  return rt.raise('TypeError', `keys must be str, int, float, bool or None, not ${rt.classOf(key).name}`, place);
}

function join<T>(open: string, items: readonly T[], close: string, style: JsonStyle, line: string, text: (item: T, line: string) => string): string {
  if (items.length === 0) return open + close;
  const deeper = style.indent === undefined ? line : line + style.indent;
  const texts = items.map((item) => text(item, deeper));
  if (style.indent === undefined) return open + texts.join(style.itemSeparator) + close;
  return `${open}${deeper}${texts.join(style.itemSeparator + deeper)}${line}${close}`;
}

function float(rt: Runtime, value: number, place: Place): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  const text = rt.repr(value, place);
  if (text instanceof Unknown) throw new Hidden(text);
  return text;
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b',
};

function quote(text: string, asciiOnly: boolean): string {
  // eslint-disable-next-line no-control-regex -- JSON escapes control characters
  const pattern = asciiOnly ? /["\\\u0000-\u001f]|[^\u0000-\u007e]/g : /["\\\u0000-\u001f]/g;
  const escape = (letter: string): string => shortEscapes[letter] ?? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `"${text.replace(pattern, escape)}"`;
}
