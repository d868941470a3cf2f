import { isUtf8 } from 'node:buffer';

/** What Python makes of a source file's bytes: text, or the reason why it refuses them. */
export type SourceProblem = { reason: string; line: number };

/** PEP 263: in a comment of the first two lines. */
const codingCookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;

const newline = 0x0a;

/**
 * The source as UTF-8 without a byte order mark, decoded as its coding comment says. Bytes that can't be decoded come
 * back as they are: `findSourceProblem` names them.
 */
export function toUtf8Source(bytes: Uint8Array): Uint8Array {
  const source = withoutByteOrderMark(bytes);
  const cookie = readCookie(source);
  if (cookie === undefined || isUtf8Name(cookie)) return source;
  const text = decode(source, cookie);
  return text === undefined ? source : new TextEncoder().encode(text);
}

/** Why Python would refuse these bytes (as `toUtf8Source` returns them), and on which line. */
export function findSourceProblem(source: Uint8Array): SourceProblem | undefined {
  const zero = source.indexOf(0);
  if (zero >= 0) return { reason: 'binary content: the file holds a NUL byte', line: lineAt(source, zero) };
  if (isUtf8(source)) return undefined;
  const cookie = readCookie(source);
  const line = firstInvalidLine(source);
  if (cookie === undefined || isUtf8Name(cookie)) {
    return { reason: 'not UTF-8, and no coding comment says what else it is', line };
  }
  return { reason: `the encoding that its coding comment names, ${cookie}, can't be read`, line };
}

function withoutByteOrderMark(bytes: Uint8Array): Uint8Array {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return hasMark ? bytes.subarray(3) : bytes;
}

function readCookie(source: Uint8Array): string | undefined {
  const head = Buffer.from(source.subarray(0, 400)).toString('latin1').split(/\r\n|\r|\n/);
  const [first = '', second = ''] = head;
  const inFirst = codingCookie.exec(first)?.[1];
  if (inFirst !== undefined) return inFirst.toLowerCase();
  const secondCounts = /^[ \t\f]*(#|$)/.test(first);
  return secondCounts ? codingCookie.exec(second)?.[1]?.toLowerCase() : undefined;
}

function isUtf8Name(name: string): boolean {
  return /^(utf[-_]?8(-sig|_sig)?|u8)$/.test(name);
}

function decode(source: Uint8Array, cookie: string): string | undefined {
  const name = cookie.replaceAll('_', '-');
  // The web's `latin1` is Windows-1252; Python's is not.
  if (/^(latin-?1|iso-?8859-1|l1)$/.test(name)) return Buffer.from(source).toString('latin1');
  try {
    const label = name.replace(/^cp(125\d)$/, 'windows-$1');
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(source);
  } catch {
    return undefined;
  }
}

function lineAt(source: Uint8Array, offset: number): number {
  let line = 1;
  for (let index = source.indexOf(newline); index >= 0 && index < offset; index = source.indexOf(newline, index + 1)) line++;
  return line;
}

function firstInvalidLine(source: Uint8Array): number {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = source.indexOf(newline, start);
    if (!isUtf8(source.subarray(start, end < 0 ? source.length : end))) return line;
    if (end < 0) return 1;
    start = end + 1;
    line++;
  }
}
