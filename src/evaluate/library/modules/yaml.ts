import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, PyClass, Value } from '../../values.js';
import { PyBytes, PyClass as ClassValue, Unknown } from '../../values.js';
import { bind, plain } from '../arguments.js';
import { builtin, defineClass, defineException, inertUnknown, lenient, lenientFunctions, raiseOf, strictFunctions } from '../define.js';
import { readAll } from '../files.js';
import { YamlMistake, readYaml } from '../text/yaml-read.js';

const yamlError = defineException('yaml.error', 'YAMLError', builtin('Exception'));
const markedError = defineException('yaml.error', 'MarkedYAMLError', yamlError);
const errors: Readonly<Record<YamlMistake['kind'], (rt: Runtime) => PyClass>> = {
  scanner: defineException('yaml.scanner', 'ScannerError', markedError),
  parser: defineException('yaml.parser', 'ParserError', markedError),
  composer: defineException('yaml.composer', 'ComposerError', markedError),
  constructor: defineException('yaml.constructor', 'ConstructorError', markedError),
};

function documents(rt: Runtime, stream: Value, place: Place): Value[] | Unknown {
  const given = plain(stream) ?? null;
  const text = typeof given === 'string' || given instanceof PyBytes ? given : readAll(rt, given, place);
  if (text instanceof Unknown) return text;
  try {
    return readYaml(rt, text instanceof PyBytes ? new TextDecoder().decode(text.bytes) : String(text), place);
  } catch (error) {
    if (error instanceof YamlMistake) return raiseOf(rt, errors[error.kind](rt), error.message, place);
    throw error;
  }
}

function first(rt: Runtime, stream: Value, place: Place): Value {
  const found = documents(rt, stream, place);
  if (found instanceof Unknown) return found;
  if (found.length > 1) return raiseOf(rt, errors.composer(rt), 'expected a single document in the stream', place);
  return found[0] ?? null;
}

function all(rt: Runtime, stream: Value, place: Place): Value {
  const found = documents(rt, stream, place);
  return found instanceof Unknown ? found : rt.iterator('generator', found);
}

// Loaders that make the same of a text without Python tags as the safe one.
const safeLoaders = ['SafeLoader', 'CSafeLoader', 'FullLoader', 'CFullLoader', 'Loader', 'UnsafeLoader', 'CLoader', 'BaseLoader'] as const;
const loaderClass = Object.fromEntries(safeLoaders.map((name) => [name, defineClass({ name, module: 'yaml.loader', isOpen: true })]));

/** Whether a loader is one that we know and that nobody has taught anything. */
function isPlainLoader(rt: Runtime, loader: Value | undefined): boolean {
  if (!(loader instanceof ClassValue) || loader.taint !== undefined || loader.name === 'BaseLoader') return false;
  return Object.values(loaderClass).some((known) => known(rt) === loader);
}

const withLoader = (read: (rt: Runtime, stream: Value, place: Place) => Value): NativeCall => (rt, args, keywords, place) => {
  const { stream, Loader: loader } = bind(rt, 'load', 'stream Loader?', args, keywords, place);
  if (loader !== undefined && !isPlainLoader(rt, loader)) return inertUnknown('yaml.load() with this loader is not modelled', place);
  return read(rt, stream ?? null, place);
};

const simple = (read: (rt: Runtime, stream: Value, place: Place) => Value): NativeCall => (rt, [stream], _keywords, place) => read(rt, stream ?? null, place);

/** `add_constructor` changes what a loader makes: what it reads from then on is not known. */
const teach: NativeCall = (rt, args, keywords, place) => {
  const loader = keywords.get('Loader') ?? args[2];
  const reason = inertUnknown('a YAML loader with constructors of its own is not modelled', place);
  for (const name of safeLoaders) {
    const known = loaderClass[name]?.(rt);
    if (known && (loader === undefined || loader === known)) known.taint = reason;
  }
  return null;
};

const dump: NativeCall = (_rt, _args, _keywords, place) => inertUnknown('yaml.dump() is not modelled', place, '', 'str');

/** `yaml` (PyYAML). */
export const yamlModule: ModuleTable = {
  ...strictFunctions({
    safe_load: simple(first), full_load: simple(first), unsafe_load: simple(first), safe_load_all: simple(all), full_load_all: simple(all),
    load: withLoader(first), load_all: withLoader(all),
  }),
  ...lenientFunctions({ add_constructor: teach, add_multi_constructor: teach, add_implicit_resolver: teach }),
  dump: () => lenient('dump', dump),
  safe_dump: () => lenient('safe_dump', dump),
  dump_all: () => lenient('dump_all', dump),
  ...loaderClass,
  YAMLError: yamlError,
  MarkedYAMLError: markedError,
};

/** `yaml.scanner`, `yaml.parser`, `yaml.constructor`, `yaml.composer`, `yaml.error`. */
export const yamlErrorModules: Readonly<Record<string, ModuleTable>> = {
  'yaml.error': { YAMLError: yamlError, MarkedYAMLError: markedError },
  'yaml.scanner': { ScannerError: errors.scanner },
  'yaml.parser': { ParserError: errors.parser },
  'yaml.composer': { ComposerError: errors.composer },
  'yaml.constructor': { ConstructorError: errors.constructor },
  'yaml.loader': loaderClass,
};
