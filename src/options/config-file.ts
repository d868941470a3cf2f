import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import type * as z from 'zod';
import { KnownError } from '../errors.js';
import { ConfigFile } from './config-schema.js';
import { didYouMean } from './nearest.js';

const configNames = ['dag2event.yaml', 'dag2event.yml'];

/** Options that may not stand in a file of the analysed repository. */
const commandLineOnly = ['max-cost', 'model', 'base-url'];

/** A configuration file that was read: paths in it are relative to its folder. */
export interface LoadedConfig {
  file: string;
  folder: string;
  values: ConfigFile;
}

/** Reads the named file, or the one found upward from `start`; undefined when there is none. */
export function loadConfig(given: string | undefined, start: string): LoadedConfig | undefined {
  const file = given ?? findUpward(start);
  if (file === undefined) return undefined;
  return { file, folder: path.dirname(realFile(file)), values: readConfig(file) };
}

/** A path of the configuration file, absolute. It may not leave the file's folder: the repository isn't trusted. */
export function configPath(config: LoadedConfig, key: string, value: string): string {
  const absolute = path.resolve(config.folder, value);
  const real = existsSync(absolute) ? realpathSync(absolute) : absolute;
  const relative = path.relative(config.folder, real);
  if (relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative)) {
    throw new KnownError(`${config.file}: ${key} leads out of the folder of this file`, `give it on the command line as --${key}`);
  }
  return absolute;
}

/** Upward to the root of the checkout: what lies above it isn't the repository's. */
function findUpward(start: string): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const found = configNames.map((name) => path.join(folder, name)).find((file) => existsSync(file));
    if (found !== undefined) return found;
    if (existsSync(path.join(folder, '.git')) || path.dirname(folder) === folder) return undefined;
  }
}

function realFile(file: string): string {
  try {
    return realpathSync(file);
  } catch (cause) {
    throw new KnownError(`${file} doesn't exist`, 'give the path of a dag2event.yaml as --config', { cause });
  }
}

function readConfig(file: string): ConfigFile {
  let value: unknown;
  try {
    value = parseYaml(readFileSync(file, 'utf8'));
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new KnownError(`${file} can't be read: ${reason}`, 'it is a YAML file; `dag2event schema config` says what it may hold', {
      cause,
    });
  }
  const result = ConfigFile.safeParse(value ?? {});
  if (result.success) return result.data;
  throw configError(file, result.error);
}

function configError(file: string, error: z.ZodError): KnownError {
  const advice = '`dag2event schema config` says what it may hold';
  const [issue] = error.issues;
  if (issue?.code !== 'unrecognized_keys') {
    const key = issue?.path.join('.') ?? '';
    return new KnownError(`${file}: ${key === '' ? 'the file' : key}: ${issue?.message ?? 'not valid'}`, advice);
  }
  const [key = ''] = issue.keys;
  if (commandLineOnly.includes(key)) {
    return new KnownError(`${file}: ${key} is only taken from the command line`, `give --${key}; the file comes with the repository`);
  }
  return new KnownError(`${file}: unknown key ${key}`, didYouMean(key, Object.keys(ConfigFile.shape)) || advice);
}
