import { readFileSync } from 'node:fs';
import type * as z from 'zod';
import { KnownError } from '../errors.js';
import { yamlLibrary } from '../util/yaml.js';
import { ConfigFile } from './config-schema.js';
import { didYouMean } from './nearest.js';

/** Options that may not stand in a file of the analysed repository. */
const commandLineOnly = ['max-cost', 'model', 'base-url'];

/** Reads a configuration file and checks what stands in it. */
export function readConfig(file: string): ConfigFile {
  const value = readYaml(file, 'config');
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

/** The value in a YAML file, before it is checked; `schema` is the one that says what it may hold. */
export function readYaml(file: string, schema: 'config' | 'context'): unknown {
  try {
    return yamlLibrary().parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new KnownError(`${file} can't be read: ${reason}`, `it is a YAML file; \`dag2event schema ${schema}\` says what it may hold`, { cause });
  }
}
