import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import type { Unknown } from '../../values.js';
import { lenient, libraryPlace, silentFunctions, strictFunctions, submodules } from '../define.js';
import { pathText } from '../paths/path-text.js';
import { join } from '../paths/posix.js';
import { listed, locate } from '../paths/repository.js';
import { environ, getVariable } from './environ.js';

const listdir: NativeCall = (rt, [path], _keywords, place) => {
  const text = path === undefined || path === null ? '.' : pathText(rt, path, place);
  const location = locate(rt, text, place);
  if (!location) return rt.unknown('external_data', `'${text}' lies outside the repository`, place);
  const names = rt.repository.files.list(location.inside);
  if (!names) return rt.raise('FileNotFoundError', `[Errno 2] No such file or directory: '${text}'`, place);
  return rt.list(listed(rt, names, 'os.listdir()', place));
};

/** `os.walk` from the top down: the caller may prune the list of folders, so each step looks at it again. */
const walk: NativeCall = (rt, [top], keywords, place) => {
  if (keywords.size > 0) return rt.unknown('not_modelled', 'os.walk() with options is not modelled', place);
  const text = pathText(rt, top, place);
  const location = locate(rt, text, place);
  if (!location) return rt.unknown('external_data', `'${text}' lies outside the repository`, place);
  function* visit(folder: string, shown: string): Generator<Value, undefined> {
    rt.step(place);
    const names = listed(rt, rt.repository.files.list(folder) ?? [], 'os.walk()', place);
    const inside = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
    const folders = names.filter((name) => rt.repository.files.kind(inside(name)) === 'directory');
    const kept = rt.list(folders);
    yield rt.tuple([shown, kept, rt.list(names.filter((name) => !folders.includes(name)))]);
    for (const name of kept.items) if (typeof name === 'string') yield* visit(inside(name), join(shown, name));
    return undefined;
  }
  return rt.iterator('generator', visit(location.inside, text));
};

const external = (name: string): NativeCall => (rt, _args, _keywords, place) => rt.unknown('external_data', `os.${name}() depends on the machine`, place);
const machine = ['getcwd', 'getpid', 'getlogin', 'uname', 'cpu_count', 'getuid', 'popen', 'system', 'stat', 'scandir', 'urandom', 'getppid'];
const silent = ['makedirs', 'mkdir', 'remove', 'unlink', 'rmdir', 'rename', 'chmod', 'chdir', 'putenv', 'unsetenv', 'umask', 'removedirs'];

/** `os`. */
export const osModule: ModuleTable = {
  ...submodules('os', ['path']),
  ...strictFunctions({ listdir, walk, fspath: (rt, [path], _keywords, place) => pathText(rt, path, place) }),
  ...silentFunctions(silent),
  ...Object.fromEntries(machine.map((name) => [name, () => lenient(name, external(name))])),
  environ,
  getenv: () => lenient('getenv', getVariable),
  sep: () => '/',
  linesep: () => '\n',
  pathsep: () => ':',
  curdir: () => '.',
  pardir: () => '..',
  extsep: () => '.',
  devnull: () => '/dev/null',
  name: () => 'posix',
  error: (rt: Runtime) => rt.builtinClass('OSError'),
  PathLike: (rt: Runtime) => pathLike(rt),
};

function pathLike(rt: Runtime): Value {
  return rt.unknown('not_modelled', 'os.PathLike is not modelled', libraryPlace) satisfies Unknown;
}
