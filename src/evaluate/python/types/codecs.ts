import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { PyBytes, type Value } from '../../values.js';
import { raiseWith } from '../protocol/special.js';

/** Largest character code of the encodings whose byte is the character's code. */
const singleByte: Readonly<Record<string, number>> = {
  ascii: 0x7f,
  us_ascii: 0x7f,
  '646': 0x7f,
  latin_1: 0xff,
  latin1: 0xff,
  iso_8859_1: 0xff,
  iso8859_1: 0xff,
};

const utf8 = new Set(['utf_8', 'utf8', 'u8', 'utf', 'utf_8_sig']);

function normalized(encoding: string): string {
  return encoding.toLowerCase().replace(/[- ]/g, '_');
}

/** `str.encode`. Encodings beyond UTF-8, ASCII and Latin-1 are not modelled. */
export function encodeText(rt: Runtime, text: string, encoding: string, errors: string, place: Place): Value {
  const name = normalized(encoding);
  if (utf8.has(name)) {
    if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)) {
      return refuseEncoding(rt, 'utf-8', text, (code) => code < 0xd800 || code > 0xdfff, 'surrogates not allowed', place);
    }
    const mark = name === 'utf_8_sig' ? [0xef, 0xbb, 0xbf] : [];
    return new PyBytes(Uint8Array.from([...mark, ...new TextEncoder().encode(text)]));
  }
  const limit = singleByte[name];
  if (limit === undefined) return rt.unknown('not_modelled', `the encoding ${encoding} is not modelled`, place);
  return encodeSingle(rt, text, limit, name, errors, place);
}

function escaped(code: number): string {
  const [letter, width] = code > 0xffff ? ['U', 8] : code > 0xff ? ['u', 4] : ['x', 2];
  return `\\${letter}${code.toString(16).padStart(width, '0')}`;
}

/** What stands for a character that an encoding hasn't, by error handler. */
const substitutes: Readonly<Record<string, (code: number) => string>> = {
  xmlcharrefreplace: (code) => `&#${code};`,
  backslashreplace: escaped,
};

function encodeSingle(rt: Runtime, text: string, limit: number, name: string, errors: string, place: Place): Value {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= limit) bytes.push(code);
    else if (errors === 'replace') bytes.push(0x3f);
    else if (substitutes[errors] !== undefined) bytes.push(...new TextEncoder().encode(substitutes[errors](code)));
    else if (errors !== 'ignore') {
      if (errors !== 'strict') return rt.unknown('not_modelled', `the error handler ${errors} is not modelled`, place);
      const shown = limit === 0x7f ? 'ascii' : 'latin-1';
      return refuseEncoding(rt, shown, text, (code) => code <= limit, `ordinal not in range(${limit + 1})`, place);
    }
  }
  return new PyBytes(Uint8Array.from(bytes));
}

/** Raises UnicodeEncodeError for the first run of characters that an encoding hasn't. */
function refuseEncoding(rt: Runtime, encoding: string, text: string, fits: (code: number) => boolean, reason: string, place: Place): never {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const start = codes.findIndex((code) => !fits(code));
  const after = codes.findIndex((code, index) => index > start && fits(code));
  return raiseWith(rt, 'UnicodeEncodeError', [encoding, text, BigInt(start), BigInt(after === -1 ? codes.length : after), reason], place);
}

/** `bytes.decode`. */
export function decodeBytes(rt: Runtime, bytes: Uint8Array, encoding: string, errors: string, place: Place): Value {
  const name = normalized(encoding);
  if (utf8.has(name)) return decodeUtf8(rt, bytes, errors, name === 'utf_8_sig', place);
  const limit = singleByte[name];
  if (limit === undefined) return rt.unknown('not_modelled', `the encoding ${encoding} is not modelled`, place);
  let text = '';
  for (const byte of bytes) {
    if (byte <= limit) text += String.fromCharCode(byte);
    else if (errors === 'replace') text += '\ufffd';
    else if (errors !== 'ignore') {
      const start = BigInt(bytes.indexOf(byte));
      return raiseWith(rt, 'UnicodeDecodeError', ['ascii', new PyBytes(bytes), start, start + 1n, `ordinal not in range(${limit + 1})`], place);
    }
  }
  return text;
}

function decodeUtf8(rt: Runtime, bytes: Uint8Array, errors: string, dropsMark: boolean, place: Place): Value {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: !dropsMark }).decode(bytes);
  } catch {
    if (errors === 'strict') return rt.raise('UnicodeDecodeError', "'utf-8' codec can't decode bytes", place);
    if (errors === 'replace') return new TextDecoder('utf-8', { ignoreBOM: !dropsMark }).decode(bytes);
    return rt.unknown('not_modelled', 'bytes that are no UTF-8 are not modelled', place);
  }
}
