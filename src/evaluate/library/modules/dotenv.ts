import type { Place } from '../../../model/place.js';
import { isSecretName } from '../../../util/redact.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { Keywords, NativeCall, Value } from '../../values.js';
import { Unknown } from '../../values.js';
import { bind, flag } from '../arguments.js';
import { lenient, strictFunctions, unknownFunctions } from '../define.js';
import { readText } from '../files.js';
import { pathText } from '../paths/path-text.js';
import { join } from '../paths/posix.js';
import { locate, repositoryPath } from '../paths/repository.js';
import { environ } from './environ.js';

// Lines that all readers of such files take alike; escapes, references and values over several lines are left to them.
const line = /^\s*(?:export\s+)?(?<name>[A-Za-z_]\w*)\s*=[ \t]*(?:'(?<single>[^'\\$]*)'|"(?<double>[^"\\$]*)"|(?<plain>[^\s'"`$\\#][^'"`$\\#]*)?)\s*$/;

/** Variables of a file of `NAME=VALUE` lines; undefined when it holds more than plain lines. */
function readPlain(rt: Runtime, text: string, path: string, place: Place): Map<string, Value> | undefined {
  const found = new Map<string, Value>();
  for (const each of text.split('\n')) {
    if (/^\s*(?:#.*)?$/.test(each)) continue;
    const groups = line.exec(each)?.groups;
    if (!groups) return undefined;
    const name = groups.name ?? '';
    const value = groups.single ?? groups.double ?? groups.plain?.trim() ?? '';
    const secret = new Unknown({ kind: 'secret', text: `${name} of '${path}' holds a secret, which is not read`, place }, '', true, 'str');
    found.set(name, isSecretName(name) && value !== '' ? secret : value);
  }
  return found;
}

/** The `.env` that `find_dotenv` finds: from the folder of the calling file upward. */
function nearest(rt: Runtime, place: Place): string | undefined {
  for (let folder = place.file.replace(/\/?[^/]*$/, ''); ; folder = folder.replace(/\/?[^/]*$/, '')) {
    const path = folder === '' ? '.env' : `${folder}/.env`;
    if (rt.repository.files.kind(path) === 'file') return join(repositoryPath, path);
    if (folder === '') return undefined;
  }
}

const parameters = 'dotenv_path? stream? verbose? override? interpolate? encoding?';

/** Variables of the file that a call names or finds; undefined when it isn't there or can't be read. */
function valuesFor(rt: Runtime, args: readonly Value[], keywords: Keywords, place: Place): Map<string, Value> | undefined {
  const { dotenv_path: given, stream } = bind(rt, 'load_dotenv', parameters, args, keywords, place);
  if (given instanceof Unknown || (stream !== undefined && stream !== null)) return undefined;
  const path = given === undefined || given === null || given === '' ? nearest(rt, place) : pathText(rt, given, place);
  const location = path === undefined ? undefined : locate(rt, path, place);
  if (path === undefined || !location || rt.repository.files.kind(location.inside) !== 'file') return undefined;
  const text = readText(rt, path, 'utf-8', place);
  return text instanceof Unknown ? undefined : readPlain(rt, text, location.inside, place);
}

const load: NativeCall = (rt, args, keywords, place) => {
  const values = valuesFor(rt, args, keywords, place);
  if (values === undefined) {
    rt.assume('file', 'load_dotenv() is not read; give its variables as environment', place);
    return true;
  }
  const overrides = flag(rt, keywords.get('override'), false, place);
  const { environment, secretNames } = rt.repository.inputs;
  for (const [name, value] of values) {
    if (overrides || !(environment.has(name) || secretNames?.has(name) === true)) rt.setItem(environ(rt), name, value, place);
  }
  return values.size > 0;
};

const valuesOf: NativeCall = (rt, args, keywords, place) => {
  const values = valuesFor(rt, args, keywords, place);
  return values ? rt.dict(values) : rt.unknown('environment', 'the file that dotenv_values() reads is not known', place);
};

/** `dotenv` (python-dotenv). */
export const dotenvModule: ModuleTable = {
  load_dotenv: () => lenient('load_dotenv', load),
  ...strictFunctions({ dotenv_values: valuesOf }),
  ...unknownFunctions('dotenv', 'environment', { find_dotenv: 'str', get_key: 'str' }),
};
