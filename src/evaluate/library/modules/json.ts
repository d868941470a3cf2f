import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { Keywords, NativeCall, Value } from '../../values.js';
import { PyBytes, Unknown, noKeywords } from '../../values.js';
import { bind, flag, plain, textOf, typeNameOf } from '../arguments.js';
import { builtin, defineException, inertUnknown, lenient, lenientFunctions, libraryPlace, oncePerRun, raiseOf, strictFunctions } from '../define.js';
import { readAll } from '../files.js';
import { JsonMistake, readJson } from '../text/json-read.js';
import type { JsonHooks } from '../text/json-read.js';
import { writeJson } from '../text/json-write.js';

const decodeError = defineException('json.decoder', 'JSONDecodeError', builtin('ValueError'));

function loads(rt: Runtime, value: Value | undefined, keywords: Keywords, place: Place): Value {
  const hooks = hooksOf(rt, keywords, place);
  if (hooks instanceof Unknown) return hooks;
  const inner = plain(value);
  const text = inner instanceof PyBytes ? new TextDecoder().decode(inner.bytes) : inner;
  if (typeof text !== 'string') return rt.raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${typeNameOf(rt, text)}`, place);
  try {
    return readJson(rt, text, hooks);
  } catch (error) {
    if (error instanceof JsonMistake) return raiseOf(rt, decodeError(rt), `${error.message}: char ${error.position}`, place);
    throw error;
  }
}

const hookNames: Readonly<Record<string, keyof JsonHooks>> = {
  object_hook: 'object', object_pairs_hook: 'pairs', parse_int: 'integer', parse_float: 'float', parse_constant: 'constant',
};

function hooksOf(rt: Runtime, keywords: Keywords, place: Place): JsonHooks | Unknown {
  const hooks: { -readonly [K in keyof JsonHooks]: JsonHooks[K] } = {};
  for (const [name, hook] of keywords) {
    const part = hookNames[name];
    if (hook === null || name === 'strict') continue;
    if (part === undefined) return inertUnknown(`json.loads(${name}=...) is not modelled`, place);
    hooks[part] = (value: Value): Value => rt.call(hook, [value], noKeywords, place);
  }
  return hooks;
}

const dumpParameters = 'obj * skipkeys? ensure_ascii? check_circular? allow_nan? cls? indent? separators? default? sort_keys?';

const dumps: NativeCall = (rt, args, keywords, place) => {
  const bound = bind(rt, 'dumps', dumpParameters, args, keywords, place);
  if (bound.cls !== undefined && bound.cls !== null) return encodedBy(rt, bound.cls, bound.obj ?? null, keywords, place);
  const indent = indentText(rt, bound.indent, place);
  const separators = bound.separators === undefined || bound.separators === null ? undefined : rt.items(bound.separators, place);
  if (separators instanceof Unknown) return separators;
  return writeJson(rt, bound.obj ?? null, {
    indent,
    itemSeparator: separators ? textOf(rt, separators[0], place) : indent === undefined ? ', ' : ',',
    keySeparator: separators ? textOf(rt, separators[1], place) : ': ',
    sortKeys: flag(rt, bound.sort_keys, false, place),
    asciiOnly: flag(rt, bound.ensure_ascii, true, place),
    skipKeys: flag(rt, bound.skipkeys, false, place),
    otherwise: bound.default ?? null,
  }, place);
};

/** `cls(...).encode(obj)`, which a class of the repository's may say anew. */
function encodedBy(rt: Runtime, cls: Value, value: Value, keywords: Keywords, place: Place): Value {
  const options = new Map([...keywords].filter(([name]) => name !== 'cls' && name !== 'obj'));
  const encoder = rt.call(cls, [], options, place);
  return rt.call(rt.getAttribute(encoder, 'encode', place), [value], noKeywords, place);
}

const encoderParts = {};

/** `json.JSONEncoder`, whose `encode` is `json.dumps` with the class's own `default`. */
function encoderClass(rt: Runtime): Value {
  const source = rt.librarySource('json');
  oncePerRun(rt, encoderParts, () => source.variables.set('_dumps', lenient('dumps', dumps)));
  return rt.getAttribute(source, 'JSONEncoder', libraryPlace);
}

function indentText(rt: Runtime, value: Value | undefined, place: Place): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'bigint' ? ' '.repeat(Math.max(0, Number(value))) : textOf(rt, value, place);
}

/** `json`. */
export const jsonModule: ModuleTable = {
  ...strictFunctions({
    loads: (rt, [value, ...rest], keywords, place) => loads(rt, rest.length > 0 ? null : value, keywords, place),
    load: (rt, [file], keywords, place) => {
      const text = readAll(rt, file ?? null, place);
      return text instanceof Unknown ? text : loads(rt, text, keywords, place);
    },
  }),
  ...lenientFunctions({ dumps, dump: () => null }),
  JSONDecodeError: decodeError,
  JSONEncoder: encoderClass,
};

/** `json.encoder`. */
export const jsonEncoderModule: ModuleTable = { JSONEncoder: encoderClass };

/** `json.decoder`. */
export const jsonDecoderModule: ModuleTable = { JSONDecodeError: decodeError };
