import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { KnownError } from '../errors.js';
import type { ConfigFile } from './config-schema.js';

const configNames = ['dag2event.yaml', 'dag2event.yml'];
const contextNames = ['dag2event.context.yaml', 'dag2event.context.yml'];

/** A configuration file that was read: paths in it are relative to its folder. */
export interface LoadedConfig {
  file: string;
  folder: string;
  values: ConfigFile;
}

/** Reads the named file, or the one found upward from `start`; undefined when there is none. */
export async function loadConfig(given: string | undefined, start: string): Promise<LoadedConfig | undefined> {
  const file = given ?? findUpward(start, configNames);
  if (file === undefined) return undefined;
  const folder = path.dirname(realFile(file));
  // The schema's library is only loaded for who has such a file.
  const { readConfig } = await import('./read-config.js');
  return { file, folder, values: readConfig(file) };
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

/** The user's context file that is found upward from `start`; undefined when there is none. */
export function findContext(start: string): string | undefined {
  return findUpward(start, contextNames);
}

/** Upward to the root of the checkout: what lies above it isn't the repository's. */
function findUpward(start: string, names: readonly string[]): string | undefined {
  for (let folder = start; ; folder = path.dirname(folder)) {
    const found = names.map((name) => path.join(folder, name)).find((file) => existsSync(file));
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
