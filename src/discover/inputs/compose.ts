import path from 'node:path';
import { yamlLibrary } from '../../util/yaml.js';
import type { RepositoryFiles } from '../../model/repository.js';
import { asRecord, decode, records, textOf } from './data-file.js';
import { interpolate, parseEnvFile } from './env-file.js';

/**
 * The environment that a Compose file gives the services that run Airflow. A variable for which two of them have
 * different values, or whose value comes from the host, is left out.
 */
export function readCompose(files: RepositoryFiles, file: string, text: string, dotenv: ReadonlyMap<string, string>): Map<string, string> {
  const document = asRecord(yamlLibrary().parse(text, { merge: true }));
  const services = Object.entries(asRecord(document?.['services']) ?? {});
  const merged = new Map<string, string>();
  const disputed = new Set<string>();
  for (const [name, definition] of services) {
    const service = asRecord(definition);
    if (service === undefined || !runsAirflow(name, service)) continue;
    for (const [key, value] of environmentOf(files, path.posix.dirname(file), service, dotenv)) {
      if (merged.has(key) && merged.get(key) !== value) disputed.add(key);
      merged.set(key, value);
    }
  }
  for (const key of disputed) merged.delete(key);
  return merged;
}

/** A database beside Airflow has an environment too, which no DAG sees. */
function runsAirflow(name: string, service: Record<string, unknown>): boolean {
  const { image, build, command, entrypoint } = service;
  return /airflow|astro-runtime|astronomer/i.test(JSON.stringify([name, image, build, command, entrypoint]));
}

function environmentOf(files: RepositoryFiles, folder: string, service: Record<string, unknown>, dotenv: ReadonlyMap<string, string>): Map<string, string> {
  const values = new Map<string, string>();
  for (const name of envFiles(service['env_file'])) {
    const bytes = files.read(path.posix.join(folder, name));
    if (bytes !== undefined) for (const [key, value] of parseEnvFile(decode(bytes))) values.set(key, value);
  }
  for (const [key, raw] of pairs(service['environment'])) {
    const value = interpolate(raw, dotenv);
    if (value === undefined) values.delete(key);
    else values.set(key, value);
  }
  return values;
}

function envFiles(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return [...list.flatMap(textOf), ...records(list).flatMap((entry) => textOf(entry['path']))].filter((name) => !name.includes('$'));
}

/** `NAME: value` of a mapping or `NAME=value` of a list; a name alone takes the host's value and says nothing. */
function pairs(environment: unknown): [string, string][] {
  if (Array.isArray(environment)) {
    const texts = environment.filter((item) => typeof item === 'string' && item.includes('='));
    return texts.map((item: string) => [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)]);
  }
  return Object.entries(asRecord(environment) ?? {}).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, String(value)]] : [],
  );
}
