import type { ModuleTable } from '../../runtime.js';
import type { NativeCall } from '../../values.js';
import { PyBytes } from '../../values.js';
import { bind, textOf } from '../arguments.js';
import { inertUnknown, strictFunctions } from '../define.js';
import { fromPython } from '../from-python.js';

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

/** `urllib.parse`. */
export const urlParseModule: ModuleTable = {
  ...strictFunctions({
    quote: quoting('/', false),
    quote_plus: quoting('', true),
    unquote: (rt, [text], _keywords, place) => unquote(textOf(rt, text, place)),
    unquote_plus: (rt, [text], _keywords, place) => unquote(textOf(rt, text, place).replaceAll('+', ' ')),
  }),
  ...fromPython('urllib.parse', [
    'DefragResult', 'ParseResult', 'SplitResult', 'parse_qs', 'parse_qsl', 'urldefrag', 'urlencode', 'urljoin', 'urlparse', 'urlsplit', 'urlunparse', 'urlunsplit',
    'uses_netloc', 'uses_params', 'uses_relative',
  ]),
};
