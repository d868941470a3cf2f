import type { ModuleTable } from '../../runtime.js';
import { Unknown, noKeywords } from '../../values.js';
import { textOf } from '../arguments.js';
import { namedtuple } from '../classes/namedtuple.js';
import { inertUnknown, lenient, libraryPlace, silentFunctions, strictFunctions, submodules, unknownFunctions } from '../define.js';

/** `random`, `secrets`: different at every parse; what is shuffled is no longer known. */
export const randomModule: ModuleTable = {
  ...unknownFunctions('random', 'random', {
    random: 'float', randint: 'int', randrange: 'int', choice: '', choices: 'list', sample: 'list', uniform: 'float', gauss: 'float', normalvariate: 'float', getrandbits: 'int',
    betavariate: 'float', expovariate: 'float', triangular: 'float', randbytes: 'bytes', Random: '', SystemRandom: '',
  }),
  seed: () => lenient('seed', () => null),
  shuffle: () => lenient('shuffle', (rt, [list = null], _keywords, place) => {
    rt.escape(list, new Unknown({ kind: 'random', text: 'random.shuffle() orders the list anew at every parse', place }, 'random.shuffle', true));
    return null;
  }),
};

/** `secrets`. */
export const secretsModule: ModuleTable = unknownFunctions('secrets', 'random', {
  token_hex: 'str', token_urlsafe: 'str', token_bytes: 'bytes', choice: '', randbelow: 'int', randbits: 'int',
});

/** `time`. */
export const timeModule: ModuleTable = {
  ...unknownFunctions('time', 'time', {
    time: 'float', time_ns: 'int', perf_counter: 'float', monotonic: 'float', process_time: 'float', localtime: '', gmtime: '', strftime: 'str', ctime: 'str', mktime: 'float',
  }),
  ...silentFunctions(['sleep', 'tzset']),
};

/** `platform`. */
export const platformModule: ModuleTable = unknownFunctions('platform', 'environment', {
  node: 'str', system: 'str', platform: 'str', machine: 'str', python_version: 'str', release: 'str', version: 'str', processor: 'str', uname: '',
});

/** `getpass`. */
export const getpassModule: ModuleTable = unknownFunctions('getpass', 'environment', { getuser: 'str', getpass: 'str' });

/** `socket`, as far as DAG files ask it where they are; the rest needs a network. */
export const socketModule: ModuleTable = unknownFunctions('socket', 'environment', { gethostname: 'str', getfqdn: 'str', gethostbyname: 'str' });

/** `sys`: what the code adds to `sys.path` is not followed. */
export const sysModule: ModuleTable = {
  version_info: (rt) => rt.call(namedtuple(rt, ['version_info', 'major minor micro releaselevel serial'], noKeywords, libraryPlace), [3n, BigInt(rt.python.minor), 0n, 'final', 0n], noKeywords, libraryPlace),
  maxsize: () => 9223372036854775807n,
  byteorder: () => 'little',
  path: (rt) => rt.list([rt.unknown('environment', 'sys.path is not known', libraryPlace)]),
  stdout: () => inertUnknown('what is printed is not followed', libraryPlace, 'sys.stdout'),
  exit: () => lenient('exit', (rt, _args, _keywords, place) => rt.raise('SystemExit', '', place)),
  ...Object.fromEntries(['argv', 'modules', 'executable', 'platform', 'version', 'prefix', 'stderr', 'stdin', 'hexversion', 'flags'].map((name) => [
    name, () => new Unknown({ kind: 'environment', text: `sys.${name} depends on the machine`, place: libraryPlace }, `sys.${name}`, true),
  ])),
};

/** `importlib`. */
export const importlibModule: ModuleTable = {
  ...submodules('importlib', ['util', 'metadata', 'resources', 'machinery']),
  ...strictFunctions({
    import_module: (rt, [name, pack], _keywords, place) => {
      const text = textOf(rt, name, place);
      if (!text.startsWith('.')) return rt.importModule(text, place);
      const level = /^\.+/.exec(text)?.[0].length ?? 0;
      const parts = typeof pack === 'string' ? pack.split('.') : [];
      if (parts.length < level) return rt.raise('ImportError', 'attempted relative import beyond top-level package', place);
      return rt.importModule([...parts.slice(0, parts.length - level + 1), text.slice(level)].join('.'), place);
    },
    reload: (_rt, [module]) => module ?? null,
  }),
};

/** `importlib.metadata` and `pkg_resources`: versions of what is installed. */
export const versionModule: ModuleTable = unknownFunctions('importlib.metadata', 'environment', { version: 'str', distribution: '', metadata: '', entry_points: '', requires: 'list' });

/** `inspect`. */
export const inspectModule: ModuleTable = {
  ...strictFunctions({
    cleandoc: (rt, [text], _keywords, place) => cleandoc(textOf(rt, text, place)),
    getdoc: (rt, [value = null], _keywords, place) => {
      const text = rt.findAttribute(value, '__doc__', place);
      return typeof text === 'string' ? cleandoc(text) : (text ?? null);
    },
  }),
};

function cleandoc(text: string): string {
  const [first = '', ...rest] = text.replaceAll('\t', '        ').split('\n');
  const margin = Math.min(...rest.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  const lines = [first.trimStart(), ...rest.map((line) => (Number.isFinite(margin) ? line.slice(margin) : line.trimStart()))];
  while (lines.at(-1) === '') lines.pop();
  while (lines[0] === '') lines.shift();
  return lines.join('\n');
}
