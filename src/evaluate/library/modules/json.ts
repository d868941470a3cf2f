import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { Keywords, NativeCall, Value } from '../../values.js';
import { PyBytes, Unknown } from '../../values.js';
import { bind, flag, plain, textOf, typeNameOf } from '../arguments.js';
import { builtin, defineException, inertUnknown, lenientFunctions, raiseOf, strictFunctions } from '../define.js';
import { readAll } from '../files.js';
import { JsonMistake, readJson } from '../text/json-read.js';
import { writeJson } from '../text/json-write.js';

const decodeError = defineException('json.decoder', 'JSONDecodeError', builtin('ValueError'));

function loads(rt: Runtime, value: Value | undefined, keywords: Keywords, place: Place): Value {
  if (keywords.size > 0) return inertUnknown(`json.loads(${[...keywords.keys()].join(', ')}=...) is not modelled`, place);
  const inner = plain(value);
  const text = inner instanceof PyBytes ? new TextDecoder().decode(inner.bytes) : inner;
  if (typeof text !== 'string') return rt.raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${typeNameOf(rt, text)}`, place);
  try {
    return readJson(rt, text);
  } catch (error) {
    if (error instanceof JsonMistake) return raiseOf(rt, decodeError(rt), `${error.message}: char ${error.position}`, place);
    throw error;
  }
}

const dumpParameters = 'obj * skipkeys? ensure_ascii? check_circular? allow_nan? cls? indent? separators? default? sort_keys?';

const dumps: NativeCall = (rt, args, keywords, place) => {
  const bound = bind(rt, 'dumps', dumpParameters, args, keywords, place);
  if (bound.cls !== undefined && bound.cls !== null) return inertUnknown('json.dumps(cls=...) is not modelled', place, '', 'str');
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
};

/** `json.decoder`. */
export const jsonDecoderModule: ModuleTable = { JSONDecodeError: decodeError };
