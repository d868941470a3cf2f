import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { type PyClass, type PyDict, PyInstance, type PyObject, PySet, PyTuple, Unknown, type Value } from '../../values.js';
import { floatRepr } from './float-text.js';
import { asText, typeName, unwrap, viewOf, Wrapped } from './kinds.js';
import { escapeNonAscii, quoteBytes, quoteText } from './quote.js';
import { callSpecial } from './special.js';

type Text = string | Unknown;

/** Containers that are being written, so that one inside itself is shown as `[...]`. */
type Open = readonly PyObject[];

/** `str(value)`. */
export function str(rt: Runtime, value: Value, place: Place): Text {
  if (typeof value === 'string' || value instanceof Unknown) return value;
  const own = ownText(rt, value, '__str__', place);
  if (own !== undefined) return own;
  if (!(value instanceof PyInstance)) return repr(rt, value, place);
  if (isException(value)) return exceptionText(rt, value, place);
  if (!(value.native instanceof Wrapped)) return repr(rt, value, place);
  if (value.native.value instanceof PySet) return repr(rt, value, place);
  // A str has a `__str__` of its own: a subclass's `__repr__` has no say in it.
  if (typeof value.native.value === 'string') return value.native.value;
  return ownText(rt, value, '__repr__', place) ?? str(rt, value.native.value, place);
}

/** `repr(value)`. */
export function repr(rt: Runtime, value: Value, place: Place): Text {
  return reprInside(rt, value, place, []);
}

/** `ascii(value)`. */
export function ascii(rt: Runtime, value: Value, place: Place): Text {
  const text = repr(rt, value, place);
  return text instanceof Unknown ? text : escapeNonAscii(text);
}

function ownText(rt: Runtime, value: Value, method: '__str__' | '__repr__', place: Place): Text | undefined {
  const own = callSpecial(rt, value, method, [], place);
  if (own === undefined) return undefined;
  const text = unwrap(own);
  if (typeof text === 'string' || text instanceof Unknown) return text;
  return rt.raise('TypeError', `${method} returned non-string (type ${typeName(own)})`, place);
}

function reprInside(rt: Runtime, value: Value, place: Place, open: Open): Text {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return floatRepr(value);
  if (typeof value === 'string') return quoteText(value);
  if (open.length > maximumDepth) return rt.unknown('budget', 'the value is nested too deeply to be written', place);
  return ownText(rt, value, '__repr__', place) ?? objectRepr(rt, value, place, open);
}

/** CPython raises RecursionError somewhere near its limit of 1,000 frames; we give up earlier to spare our own stack. */
const maximumDepth = 200;

function objectRepr(rt: Runtime, value: PyObject, place: Place, open: Open): Text {
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'bytes':
      return quoteBytes(value.bytes);
    case 'list':
      return value.taint ?? container(rt, value, value.items, ['[', ']'], place, open);
    case 'tuple':
      return tupleRepr(rt, value, place, open);
    case 'dict':
      return value.taint ?? dictRepr(rt, value, place, open);
    case 'set':
      return value.taint ?? setRepr(rt, value, [...value.entries.values()], place, open);
    case 'range':
      return value.step === 1n
        ? `range(${value.start}, ${value.stop})`
        : `range(${value.start}, ${value.stop}, ${value.step})`;
    case 'slice':
      return container(rt, value, [value.start, value.stop, value.step], ['slice(', ')'], place, open);
    case 'ellipsis':
      return 'Ellipsis';
    case 'not_implemented':
      return 'NotImplemented';
    case 'class':
      return `<class '${value.module === 'builtins' ? '' : `${value.module}.`}${value.qualifiedName}'>`;
    case 'native':
      return `<built-in function ${value.name}>`;
    case 'instance':
      return instanceRepr(rt, value, place, open);
    default:
      return rt.unknown('random', `the text of a ${typeName(value)} has its address in memory`, place);
  }
}

/** Ids, commands and SQL stay far below; a longer text comes from values that hold each other again and again. */
const MAX_LENGTH = 1_000_000;

function limited(rt: Runtime, text: string, place: Place): Text {
  return text.length > MAX_LENGTH ? rt.unknown('budget', `a text of more than ${MAX_LENGTH} characters`, place) : text;
}

/** The texts of items with commas between; each inside the containers that are open. */
function joined(rt: Runtime, items: readonly Value[], place: Place, open: Open): Text {
  const texts: string[] = [];
  for (const item of items) {
    rt.step(place);
    const text = reprInside(rt, item, place, open);
    if (text instanceof Unknown) return text;
    texts.push(text);
  }
  return limited(rt, texts.join(', '), place);
}

function container(
  rt: Runtime,
  self: PyObject,
  items: readonly Value[],
  [start, end]: readonly [string, string],
  place: Place,
  open: Open,
): Text {
  if (open.includes(self)) return `${start}...${end}`;
  const inside = joined(rt, items, place, [...open, self]);
  return inside instanceof Unknown ? inside : start + inside + end;
}

function tupleRepr(rt: Runtime, value: PyTuple, place: Place, open: Open): Text {
  const fields = value.cls?.attributes.get('_fields');
  if (value.cls !== undefined && fields instanceof PyTuple) return namedRepr(rt, value, value.cls, fields, place, open);
  return container(rt, value, value.items, value.items.length === 1 ? ['(', ',)'] : ['(', ')'], place, open);
}

function namedRepr(rt: Runtime, value: PyTuple, cls: PyClass, fields: PyTuple, place: Place, open: Open): Text {
  const texts: string[] = [];
  for (const [index, item] of value.items.entries()) {
    const text = reprInside(rt, item, place, [...open, value]);
    if (text instanceof Unknown) return text;
    texts.push(`${asText(fields.items[index] ?? null) ?? ''}=${text}`);
  }
  return `${cls.name}(${texts.join(', ')})`;
}

function dictRepr(rt: Runtime, value: PyDict, place: Place, open: Open): Text {
  if (open.includes(value)) return '{...}';
  const texts: string[] = [];
  for (const entry of value.entries.values()) {
    const key = reprInside(rt, entry.key, place, [...open, value]);
    if (key instanceof Unknown) return key;
    const item = reprInside(rt, entry.value, place, [...open, value]);
    if (item instanceof Unknown) return item;
    texts.push(`${key}: ${item}`);
  }
  const text = limited(rt, `{${texts.join(', ')}}`, place);
  if (text instanceof Unknown) return text;
  const wrapper = value.cls?.mro.find((cls) => cls.module === 'collections');
  if (wrapper === undefined) return text;
  return collectionRepr(rt, value, wrapper.name, text, place, open);
}

function collectionRepr(rt: Runtime, value: PyDict, name: string, text: string, place: Place, open: Open): Text {
  const shown = value.cls?.name ?? name;
  if (name !== 'defaultdict') return text === '{}' ? `${shown}()` : `${shown}(${text})`;
  const factory = reprInside(rt, value.attributes?.get('default_factory') ?? null, place, [...open, value]);
  return factory instanceof Unknown ? factory : `${shown}(${factory}, ${text})`;
}

/** Sets of texts have another order in every CPython process; we keep the order of insertion only where one item leaves none. */
function setRepr(rt: Runtime, value: PyObject, items: readonly Value[], place: Place, open: Open): Text {
  const isFrozen = value.kind === 'set' && value.isFrozen;
  if (items.length === 0) return isFrozen ? 'frozenset()' : 'set()';
  if (items.length > 1) return rt.unknown('random', 'the order of a set is not fixed', place);
  return container(rt, value, items, isFrozen ? ['frozenset({', '})'] : ['{', '}'], place, open);
}

function instanceRepr(rt: Runtime, value: PyInstance, place: Place, open: Open): Text {
  const view = viewOf(value);
  if (view !== undefined) return viewRepr(rt, value, place, open);
  if (value.native instanceof Wrapped) return wrappedRepr(rt, value, value.native.value, place, open);
  if (isException(value)) return exceptionRepr(rt, value, place, open);
  return value.cls.unknownBase ?? rt.unknown('random', `the text of a ${value.cls.name} has its address in memory`, place);
}

/** Subclasses of builtin types are written as those are; only a set shows its class. */
function wrappedRepr(rt: Runtime, value: PyInstance, inner: Value, place: Place, open: Open): Text {
  if (!(inner instanceof PySet)) return reprInside(rt, inner, place, open);
  if (inner.entries.size === 0) return inner.taint ?? `${value.cls.name}()`;
  const text = reprInside(rt, inner, place, open);
  return text instanceof Unknown ? text : `${value.cls.name}(${text.replace(/^frozenset\(|(?<=\})\)$/g, '')})`;
}

function viewRepr(rt: Runtime, value: PyInstance, place: Place, open: Open): Text {
  const items = rt.items(value, place);
  if (items instanceof Unknown) return items;
  return container(rt, value, items, [`${value.cls.name}([`, '])'], place, open);
}

function isException(value: PyInstance): boolean {
  return value.cls.mro.some((cls) => cls.name === 'BaseException' && cls.module === 'builtins');
}

function exceptionArguments(value: PyInstance): readonly Value[] {
  const args = value.attributes.get('args');
  return args instanceof PyTuple ? args.items : [];
}

function exceptionText(rt: Runtime, value: PyInstance, place: Place): Text {
  const args = exceptionArguments(value);
  const [first] = args;
  if (first === undefined) return '';
  const special = args.length > 1 ? specialText(rt, value, args, place) : undefined;
  if (special !== undefined) return special;
  if (args.length > 1) return repr(rt, rt.tuple(args), place);
  const isKeyError = value.cls.mro.some((cls) => cls.name === 'KeyError' && cls.module === 'builtins');
  return isKeyError ? repr(rt, first, place) : str(rt, first, place);
}

/** The texts of exceptions that make a sentence of their arguments. */
function specialText(rt: Runtime, value: PyInstance, args: readonly Value[], place: Place): Text | undefined {
  const builtin = value.cls.mro.find((cls) => cls.module === 'builtins')?.name;
  if (builtin === 'UnicodeEncodeError') return encodeErrorText(args);
  if (builtin === 'UnicodeDecodeError') return rt.unknown('not_modelled', 'the text of a UnicodeDecodeError is not modelled', place);
  if (!value.cls.mro.some((cls) => cls.name === 'OSError' && cls.module === 'builtins') || args.length > 3) return undefined;
  const [code = null, reason = null, file = null] = args;
  const text = `[Errno ${String(code)}] ${String(reason)}`;
  if (file === null) return text;
  const shown = repr(rt, file, place);
  return shown instanceof Unknown ? shown : `${text}: ${shown}`;
}

function encodeErrorText([encoding, text, start, end, reason]: readonly Value[]): string | undefined {
  if (typeof text !== 'string' || typeof start !== 'bigint' || typeof end !== 'bigint') return undefined;
  const head = `'${String(encoding)}' codec can't encode character`;
  if (end - start > 1n) return `${head}s in position ${start.toString()}-${(end - 1n).toString()}: ${String(reason)}`;
  const code = Array.from(text)[Number(start)]?.codePointAt(0) ?? 0;
  const shown = code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
  return `${head} '${shown}' in position ${start.toString()}: ${String(reason)}`;
}

function exceptionRepr(rt: Runtime, value: PyInstance, place: Place, open: Open): Text {
  const inside = joined(rt, exceptionArguments(value), place, [...open, value]);
  return inside instanceof Unknown ? inside : `${value.cls.name}(${inside})`;
}
