import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import type { NativeCall, Value } from '../values.js';
import { PyBytes, Unknown, noKeywords } from '../values.js';
import { bind, instanceOf, stateOf, textOf } from './arguments.js';
import { defineClass, firstUnknown } from './define.js';
import { pathText } from './paths/path-text.js';
import { locate } from './paths/repository.js';

/** An open file. Reading moves `position`; what is written goes nowhere. */
interface FileState {
  readonly kind: 'file';
  readonly name: string;
  readonly text: string;
  readonly isBinary: boolean;
  position: number;
}

/** Bytes of a file of the repository, an unknown when it lies outside; raises FileNotFoundError inside. */
export function readBytes(rt: Runtime, path: string, place: Place): Uint8Array | Unknown {
  const location = locate(rt, path, place);
  if (!location) return rt.unknown('external_data', `'${path}' lies outside the repository`, place);
  const bytes = rt.repository.files.read(location.inside);
  if (bytes) return bytes;
  const kind = rt.repository.files.kind(location.inside);
  if (kind === 'directory') return rt.raise('IsADirectoryError', `[Errno 21] Is a directory: '${path}'`, place);
  if (kind === 'file') return rt.unknown('file_unreadable', `'${location.inside}' can't be read`, place);
  return rt.raise('FileNotFoundError', `[Errno 2] No such file or directory: '${path}'`, place);
}

/** Text of bytes in an encoding that Python would take; an unknown for encodings that are not modelled. */
export function decode(rt: Runtime, bytes: Uint8Array, encoding: string, place: Place): string | Unknown {
  const name = encoding.toLowerCase().replace(/_/g, '-');
  if (['latin-1', 'latin1', 'iso-8859-1'].includes(name)) return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  if (!['utf-8', 'utf8', 'utf-8-sig', 'ascii'].includes(name)) return rt.unknown('not_modelled', `the encoding ${encoding} is not modelled`, place);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: name !== 'utf-8-sig' }).decode(bytes);
  } catch {
    return rt.raise('UnicodeDecodeError', "'utf-8' codec can't decode the file", place);
  }
}

/** Text of a file with `\n` line ends. */
export function readText(rt: Runtime, path: string, encoding: string, place: Place): string | Unknown {
  const bytes = readBytes(rt, path, place);
  if (bytes instanceof Unknown) return bytes;
  const text = decode(rt, bytes, encoding, place);
  return text instanceof Unknown ? text : text.replace(/\r\n?/g, '\n');
}

/** Everything that is left in a file-like value, as str or bytes. */
export function readAll(rt: Runtime, file: Value, place: Place): Value {
  if (file instanceof Unknown) return file;
  return rt.call(rt.getAttribute(file, 'read', place), [], noKeywords, place);
}

/** `open()`: text and bytes of the repository; a file opened for writing swallows what it gets. */
export const openFile: NativeCall = (rt, args, keywords, place) => {
  const hidden = firstUnknown(args, keywords);
  if (hidden) return hidden;
  const bound = bind(rt, 'open', 'file mode? buffering? encoding? errors? newline? closefd? opener?', args, keywords, place);
  const path = pathText(rt, bound.file, place);
  const mode = bound.mode === undefined ? 'r' : textOf(rt, bound.mode, place);
  const encoding = bound.encoding === undefined || bound.encoding === null ? 'utf-8' : textOf(rt, bound.encoding, place);
  return openPath(rt, path, mode, encoding, place);
};

/** An open file of a path. */
export function openPath(rt: Runtime, path: string, mode: string, encoding: string, place: Place): Value {
  const isBinary = mode.includes('b');
  if (/[wax]/.test(mode)) return makeFile(rt, path, '', isBinary);
  if (!isBinary) {
    const text = readText(rt, path, encoding, place);
    return text instanceof Unknown ? text : makeFile(rt, path, text, false);
  }
  const bytes = readBytes(rt, path, place);
  return bytes instanceof Unknown ? bytes : makeFile(rt, path, toBinaryText(bytes), true);
}

/** A file-like object over a text, such as `io.StringIO`. */
export function makeFile(rt: Runtime, name: string, text: string, isBinary: boolean): Value {
  return instanceOf(rt, fileClass(rt), { kind: 'file', name, text, isBinary, position: 0 } satisfies FileState);
}

// Bytes travel as one character each, so that lines are found the same way in both modes.
const toBinaryText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const closed: FileState = { kind: 'file', name: '', text: '', isBinary: false, position: 0 };
const state = (value: Value | undefined): FileState => stateOf<FileState>(value, 'file') ?? closed;

function take(file: FileState, end: number): Value {
  const part = file.text.slice(file.position, end);
  file.position = Math.max(file.position, end);
  return file.isBinary ? new PyBytes(Uint8Array.from(part, (letter) => letter.charCodeAt(0))) : part;
}

function lineEnd(file: FileState): number {
  const found = file.text.indexOf('\n', file.position);
  return found < 0 ? file.text.length : found + 1;
}

function lines(rt: Runtime, file: FileState, place: Place): Value[] {
  const result: Value[] = [];
  while (file.position < file.text.length) {
    rt.step(place);
    result.push(take(file, lineEnd(file)));
  }
  return result;
}

/** The class of open files. */
export const fileClass = defineClass({
  name: 'TextIOWrapper',
  module: '_io',
  methods: {
    read: (_rt, [self, size]) => {
      const file = state(self);
      return take(file, typeof size === 'bigint' && size >= 0n ? Math.min(file.text.length, file.position + Number(size)) : file.text.length);
    },
    readline: (_rt, [self]) => take(state(self), lineEnd(state(self))),
    readlines: (rt, [self], _keywords, place) => rt.list(lines(rt, state(self), place)),
    getvalue: (_rt, [self]) => take({ ...state(self), position: 0 }, state(self).text.length),
    seek: (_rt, [self, position]) => {
      state(self).position = typeof position === 'bigint' ? Number(position) : 0;
      return position ?? 0n;
    },
    tell: (_rt, [self]) => BigInt(state(self).position),
    __iter__: (rt, [self], _keywords, place) => rt.iterator('file', lines(rt, state(self), place)),
    __enter__: (_rt, [self]) => self ?? null,
    __exit__: () => null,
    close: () => null,
    flush: () => null,
    write: (_rt, [, text]) => (typeof text === 'string' ? BigInt(text.length) : 0n),
    writelines: () => null,
    readable: () => true,
  },
  properties: { name: (_rt, self) => state(self).name, closed: () => false },
});
