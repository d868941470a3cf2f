import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { KnownError } from '../errors.js';
import type { RepositoryFiles, RepositoryInputs } from '../model/repository.js';
import { readRegularFile } from './files.js';
import { MAX_DATA_BYTES } from './limits.js';

/** Names under which projects keep an export of their Airflow Variables. */
const variableFiles = ['variables.json', 'variables.yaml', 'variables.yml', 'airflow_variables.json'];
const connectionFiles = ['connections.json', 'connections.yaml', 'connections.yml'];
/** The Astro CLI's file with both. */
const settingsFiles = ['airflow_settings.yaml', 'airflow_settings.yml'];

export interface InputOptions {
  /** Absolute path of the export that the user named. */
  variablesFile: string | undefined;
  environment: ReadonlyMap<string, string>;
  /** Folders, relative to the root, in which exports are looked for. */
  folders: readonly string[];
}

/** Values that the code reads while it is parsed: given by the user, or shipped by the repository. */
export function readInputs(files: RepositoryFiles, options: InputOptions): { inputs: RepositoryInputs; notes: string[] } {
  const notes: string[] = [];
  const found = (names: readonly string[]) => findMapping(files, options.folders, names, notes);
  const settings = asRecord(found(settingsFiles)?.value['airflow']);
  const variables = new Map<string, unknown>();
  const given = options.variablesFile;
  if (given !== undefined) {
    addVariables(variables, readGivenFile(given));
  } else {
    addSettings(variables, settings?.['variables']);
    const shipped = found(variableFiles);
    if (shipped) {
      addVariables(variables, shipped.value);
      notes.push(`Airflow Variables from ${shipped.file} (--variables FILE to give others)`);
    }
  }
  const connections = new Set([
    ...Object.keys(found(connectionFiles)?.value ?? {}),
    ...records(settings?.['connections']).flatMap((entry) => textOf(entry['conn_id'])),
  ]);
  return { inputs: { variables, environment: options.environment, connections }, notes };
}

function readGivenFile(file: string): Record<string, unknown> {
  const bytes = readRegularFile(file, MAX_DATA_BYTES);
  if (bytes === undefined) throw new KnownError(`${file} can't be read`, 'give an export of Airflow Variables as JSON or YAML');
  let value: unknown;
  try {
    value = parseData(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const [reason] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
    throw new KnownError(`${file} is neither JSON nor YAML: ${reason}`, 'export it with `airflow variables export`', { cause });
  }
  const record = asRecord(value);
  if (record === undefined) {
    throw new KnownError(`${file} holds no mapping of Variables`, 'export it with `airflow variables export`');
  }
  return record;
}

function findMapping(
  files: RepositoryFiles,
  folders: readonly string[],
  names: readonly string[],
  notes: string[],
): { file: string; value: Record<string, unknown> } | undefined {
  for (const file of folders.flatMap((folder) => names.map((name) => path.posix.join(folder, name)))) {
    const bytes = files.kind(file) === 'file' ? files.read(file) : undefined;
    if (bytes === undefined) continue;
    try {
      const value = asRecord(parseData(file, new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
      if (value) return { file, value };
    } catch {
      // Said below: a file that only looks like an export must not stop the analysis.
    }
    notes.push(`${file} looks like an export of Airflow's inputs but holds no mapping; it is not used`);
  }
  return undefined;
}

function parseData(file: string, text: string): unknown {
  return file.endsWith('.json') ? JSON.parse(text) : parseYaml(text);
}

function addVariables(variables: Map<string, unknown>, source: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(source)) variables.set(key, plainValue(value));
}

/** An export may wrap a value together with its description; Airflow's import takes the value out. */
function plainValue(value: unknown): unknown {
  const wrapped = asRecord(value);
  return wrapped?.['value'] ? wrapped['value'] : value;
}

function addSettings(variables: Map<string, unknown>, list: unknown): void {
  for (const entry of records(list)) {
    for (const name of textOf(entry['variable_name'])) variables.set(name, entry['variable_value']);
  }
}

function records(list: unknown): Record<string, unknown>[] {
  const entries: unknown[] = Array.isArray(list) ? list : [];
  return entries.map(asRecord).filter((entry) => entry !== undefined);
}

function textOf(value: unknown): string[] {
  return typeof value === 'string' && value !== '' ? [value] : [];
}

function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
