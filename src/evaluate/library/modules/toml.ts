import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, PyClass, Value } from '../../values.js';
import { PyBytes, PyDict, PyInstance, PyList, Unknown } from '../../values.js';
import { plain, typeNameOf } from '../arguments.js';
import { builtin, defineException, raiseOf, strictFunctions } from '../define.js';
import { openFile, readAll } from '../files.js';
import { TomlMistake, readToml } from '../text/toml-read.js';

type ErrorClass = (rt: Runtime) => PyClass;

function read(rt: Runtime, text: string, error: ErrorClass, place: Place): Value {
  try {
    return readToml(rt, text.replaceAll('\r\n', '\n'), place);
  } catch (mistake) {
    if (mistake instanceof TomlMistake) return raiseOf(rt, error(rt), mistake.message, place);
    throw mistake;
  }
}

const loads = (error: ErrorClass): NativeCall => (rt, [given], _keywords, place) => {
  const text = plain(given);
  if (typeof text === 'string') return read(rt, text, error, place);
  return rt.raise('TypeError', `Expected str object, not '${typeNameOf(rt, text)}'`, place);
};

const load = (error: ErrorClass): NativeCall => (rt, [file = null], _keywords, place) => {
  const content = readAll(rt, file, place);
  if (content instanceof Unknown) return content;
  if (content instanceof PyBytes) return read(rt, new TextDecoder().decode(content.bytes), error, place);
  return rt.raise('TypeError', "File must be opened in binary mode, e.g. use `open('foo.toml', 'rb')`", place);
};

const tableFor = (error: ErrorClass): ModuleTable => ({ ...strictFunctions({ loads: loads(error), load: load(error) }), TOMLDecodeError: error });

/** `tomllib`. */
export const tomllibModule: ModuleTable = tableFor(defineException('tomllib', 'TOMLDecodeError', builtin('ValueError')));
/** `tomli`. */
export const tomliModule: ModuleTable = tableFor(defineException('tomli', 'TOMLDecodeError', builtin('ValueError')));

const tomlError = defineException('toml.decoder', 'TomlDecodeError', builtin('ValueError'));

/** The package `toml` refuses arrays of mixed types and has a time zone class of its own. */
function asTomlPackage(rt: Runtime, value: Value, place: Place): Value {
  return isPlain(value) ? value : rt.unknown('not_modelled', 'dates and mixed arrays of the package toml are not modelled', place);
}

function isPlain(value: Value): boolean {
  if (value instanceof PyInstance) return false;
  if (value instanceof PyDict) return [...value.entries.values()].every((entry) => isPlain(entry.value));
  if (value instanceof PyList) return value.items.every(isPlain) && new Set(value.items.map((item) => (item instanceof PyDict ? 'dict' : item instanceof PyList ? 'list' : typeof item))).size <= 1;
  return true;
}

/** `toml`. */
export const tomlModule: ModuleTable = {
  ...strictFunctions({
    loads: (rt, args, keywords, place) => asTomlPackage(rt, loads(tomlError)(rt, args, keywords, place), place),
    load: (rt, [file = null], _keywords, place) => {
      const opened = typeof file === 'string' || file instanceof PyInstance && rt.findSpecial(file, '__fspath__') !== undefined ? openFile(rt, [file], new Map(), place) : file;
      const content = readAll(rt, opened, place);
      if (typeof content !== 'string') return content instanceof Unknown ? content : rt.raise('TypeError', 'You can only load a file descriptor, filename or list', place);
      return asTomlPackage(rt, read(rt, content, tomlError, place), place);
    },
  }),
  TomlDecodeError: tomlError,
};
