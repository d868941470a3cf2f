import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { Unknown } from '../../values.js';
import { strictFunctions } from '../define.js';
import { pathText } from '../paths/path-text.js';
import { commonPath, join, normalize, relative, split, splitExtension } from '../paths/posix.js';
import { locate } from '../paths/repository.js';

const onText = (make: (path: string, rt: Runtime, place: Place) => Value): NativeCall => (rt, [path], _keywords, place) =>
  make(pathText(rt, path, place), rt, place);

/** The absolute form of a path; unknown when it depends on the folder that Airflow runs in. */
function absolute(path: string, rt: Runtime, place: Place): Value {
  if (path.startsWith('/')) return normalize(path);
  return rt.unknown('environment', `the working folder decides what '${path}' means`, place);
}

/** Whether a path is there, as far as the repository shows. */
export function pathKind(path: string, rt: Runtime, place: Place): 'file' | 'directory' | 'none' | Unknown {
  const location = locate(rt, path, place);
  if (!location) return rt.unknown('external_data', `'${path}' lies outside the repository`, place);
  return rt.repository.files.kind(location.inside) ?? 'none';
}

const isKind = (test: (kind: 'file' | 'directory' | 'none') => boolean): NativeCall =>
  onText((path, rt, place) => {
    const kind = pathKind(path, rt, place);
    return kind instanceof Unknown ? kind : test(kind);
  });

const texts = (rt: Runtime, value: Value | undefined, place: Place): string[] | Unknown => {
  const items = rt.items(value ?? null, place);
  return items instanceof Unknown ? items : items.map((item) => pathText(rt, item, place));
};

function commonPrefix(paths: readonly string[]): string {
  const first = paths[0] ?? '';
  let end = 0;
  while (end < first.length && paths.every((path) => path[end] === first[end])) end += 1;
  return first.slice(0, end);
}

/** `os.path` of a POSIX system. */
export const osPathModule: ModuleTable = {
  ...strictFunctions({
    join: (rt, args, _keywords, place) => {
      const [first, ...rest] = args.map((part) => pathText(rt, part, place));
      return first === undefined ? rt.raise('TypeError', "join() missing 1 required positional argument: 'a'", place) : join(first, ...rest);
    },
    dirname: onText((path) => split(path)[0]),
    basename: onText((path) => split(path)[1]),
    split: onText((path, rt) => rt.tuple([...split(path)])),
    splitext: onText((path, rt) => rt.tuple([...splitExtension(path)])),
    splitdrive: onText((path, rt) => rt.tuple(['', path])),
    normpath: onText(normalize),
    normcase: onText((path) => path),
    isabs: onText((path) => path.startsWith('/')),
    abspath: onText(absolute),
    realpath: onText(absolute),
    expanduser: onText((path, rt, place) => (path.startsWith('~') ? rt.unknown('environment', `the user's home decides what '${path}' means`, place) : path)),
    expandvars: onText((path, rt, place) => (path.includes('$') ? rt.unknown('environment', `environment variables decide what '${path}' means`, place) : path)),
    exists: isKind((kind) => kind !== 'none'),
    lexists: isKind((kind) => kind !== 'none'),
    isfile: isKind((kind) => kind === 'file'),
    isdir: isKind((kind) => kind === 'directory'),
    islink: onText((path, rt, place) => rt.unknown('external_data', `whether '${path}' is a link is not known`, place)),
    getmtime: onText((path, rt, place) => rt.unknown('time', `the time of '${path}' is not known`, place)),
    getsize: onText((path, rt, place) => rt.unknown('external_data', `the size of '${path}' is not known`, place)),
    relpath: (rt, [path, start], _keywords, place) => {
      const [to, from] = [pathText(rt, path, place), start === undefined || start === null ? undefined : pathText(rt, start, place)];
      if (from === undefined || to.startsWith('/') !== from.startsWith('/')) {
        return rt.unknown('environment', `the working folder decides what '${to}' is relative to`, place);
      }
      return relative(normalize(to), normalize(from));
    },
    commonpath: (rt, [paths], _keywords, place) => {
      const found = texts(rt, paths, place);
      if (found instanceof Unknown) return found;
      if (found.length === 0 || new Set(found.map((path) => path.startsWith('/'))).size > 1) {
        return rt.raise('ValueError', "Can't mix absolute and relative paths", place);
      }
      return commonPath(found);
    },
    commonprefix: (rt, [paths], _keywords, place) => {
      const found = texts(rt, paths, place);
      return found instanceof Unknown ? found : commonPrefix(found);
    },
  }),
  sep: () => '/',
  pardir: () => '..',
  curdir: () => '.',
  extsep: () => '.',
  pathsep: () => ':',
};
