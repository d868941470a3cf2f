import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyBytes, PyClass, PyDict, Unknown } from '../../values.js';
import { bind, plain, textOf } from '../arguments.js';
import { namedtuple } from '../classes/namedtuple.js';
import { inertUnknown, oncePerRun, strictFunctions } from '../define.js';

const always = /[A-Za-z0-9_.\-~]/;

/** `urllib.parse.quote` of text as UTF-8. */
function quote(text: string, safe: string): string {
  return [...text].map((letter) => {
    if (always.test(letter) || (letter < '\u0080' && safe.includes(letter))) return letter;
    return Array.from(new TextEncoder().encode(letter), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  }).join('');
}

function unquote(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    new TextDecoder().decode(Uint8Array.from(run.slice(1).split('%'), (pair) => parseInt(pair, 16))));
}

const quoting = (usual: string, plus: boolean): NativeCall => (rt, args, keywords, place) => {
  const bound = bind(rt, 'quote', 'string safe? encoding? errors?', args, keywords, place);
  if (bound.string instanceof PyBytes) return inertUnknown('quote() of bytes is not modelled', place, '', 'str');
  const safe = bound.safe === undefined ? usual : textOf(rt, bound.safe, place);
  const text = quote(textOf(rt, bound.string, place), plus ? `${safe} ` : safe);
  return plus ? text.replaceAll(' ', '+') : text;
};

const urlencode: NativeCall = (rt, args, keywords, place) => {
  const bound = bind(rt, 'urlencode', 'query * doseq? safe? encoding? errors? quote_via?', args, keywords, place);
  if (keywords.size > 0) return inertUnknown('urlencode() with options is not modelled', place, '', 'str');
  const pairs = bound.query instanceof PyDict ? (bound.query.taint ?? [...bound.query.entries.values()].map((entry) => rt.tuple([entry.key, entry.value]))) : rt.items(bound.query ?? null, place);
  if (pairs instanceof Unknown) return pairs;
  const texts: string[] = [];
  for (const pair of pairs) {
    const [key, value] = [0n, 1n].map((index) => rt.str(plain(rt.getItem(pair, index, place)) ?? null, place));
    if (key instanceof Unknown) return key;
    if (value instanceof Unknown) return value;
    texts.push(`${quote(key ?? '', ' ')}=${quote(value ?? '', ' ')}`.replaceAll(' ', '+'));
  }
  return texts.join('&');
};

const resultKey = {};
const fields = ['scheme', 'netloc', 'path', 'params', 'query', 'fragment'];

/** `ParseResult` with `hostname`, `port`, `username` and `password`. */
function parsed(rt: Runtime, text: string, place: Place): Value {
  const cls = oncePerRun(rt, resultKey, () => {
    const made = namedtuple(rt, ['ParseResult', rt.list(fields)], new Map(), place);
    if (made instanceof PyClass) made.unknownBase = inertUnknown('ParseResult is modelled in part', place);
    return made;
  });
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(text);
  const [, scheme = '', netloc = '', path = '', query = '', fragment = ''] = match ?? [];
  if (/[[\]\t\r\n]/.test(text)) return inertUnknown('this URL is not modelled', place);
  const cut = path.slice(path.lastIndexOf('/') + 1).indexOf(';');
  if (cut >= 0) return inertUnknown('parameters of a URL are not modelled', place);
  return rt.call(cls, [scheme.toLowerCase(), netloc, path, '', query, fragment], new Map(), place);
}

/** `urllib.parse`. */
export const urlParseModule: ModuleTable = strictFunctions({
  quote: quoting('/', false),
  quote_plus: quoting('', true),
  unquote: (rt, [text], _keywords, place) => unquote(textOf(rt, text, place)),
  unquote_plus: (rt, [text], _keywords, place) => unquote(textOf(rt, text, place).replaceAll('+', ' ')),
  urlencode,
  urlparse: (rt, args, keywords, place) =>
    keywords.size > 0 || args.length > 1 ? inertUnknown('urlparse() with options is not modelled', place) : parsed(rt, textOf(rt, args[0], place), place),
});
