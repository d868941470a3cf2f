import path from 'node:path';
import type { RepositoryFiles, RepositoryInputs } from '../../model/repository.js';
import type { Trace } from '../trace.js';
import { isSecretName } from '../../util/redact.js';
import { connectionOfEnvironment, connectionTypes, typeOf } from './connections.js';
import { findConfiguration } from './airflow-config.js';
import { asRecord, parseFoundMapping, readGivenMapping, readGivenText, records, textOf } from './data-file.js';
import { parseEnvFile } from './env-file.js';
import { findEnvironment } from './environment.js';
import { withoutSecrets } from './secrets.js';

/** Names under which projects keep an export of their Airflow Variables. */
const variableFiles = ['variables.json', 'variables.yaml', 'variables.yml', 'airflow_variables.json', 'airflow_variables.yaml', 'airflow_variables.yml'];
const connectionFiles = ['connections.json', 'connections.yaml', 'connections.yml', 'airflow_connections.json', 'airflow_connections.yaml'];
/** The Astro CLI's file with both. */
const settingsFiles = ['airflow_settings.yaml', 'airflow_settings.yml'];

export interface InputOptions {
  /** Absolute paths of the exports that the user named. */
  variablesFile?: string | undefined;
  connectionsFile?: string | undefined;
  environmentFile?: string | undefined;
  environment: ReadonlyMap<string, string>;
  /** Folders, relative to the root, in which exports are looked for. */
  folders: readonly string[];
  /** Whether what the repository ships is left aside. */
  onlyGiven?: boolean | undefined;
  trace?: Trace | undefined;
}

interface Collected {
  readonly variables: Map<string, unknown>;
  readonly environment: Map<string, string>;
  readonly connections: Map<string, string>;
  readonly secretNames: Set<string>;
  readonly origins: Map<string, string>;
  readonly notes: string[];
}

/** Values that the code reads while it is parsed: given by the user, or shipped by the repository. */
export function readInputs(files: RepositoryFiles, options: InputOptions): { inputs: RepositoryInputs; notes: string[] } {
  const collected: Collected = {
    variables: new Map(),
    environment: new Map(),
    connections: new Map(),
    secretNames: new Set(),
    origins: new Map(),
    notes: [],
  };
  if (options.onlyGiven !== true) addFound(collected, files, options);
  addGiven(collected, options);
  const { notes, ...inputs } = collected;
  const configuration = options.onlyGiven === true ? undefined : findConfiguration(files, options.folders);
  if (configuration !== undefined) notes.push(`Airflow's configuration from ${configuration.file} (--no-discovered-inputs to leave it out)`);
  return { inputs: { ...inputs, configuration }, notes };
}

function addGiven(collected: Collected, options: InputOptions): void {
  const { variablesFile, connectionsFile, environmentFile, trace } = options;
  if (variablesFile !== undefined) {
    const wanted = 'an export of Airflow Variables as JSON or YAML';
    addVariables(collected, readGivenMapping({ file: variablesFile, wanted, exportedBy: '`airflow variables export`', trace }), undefined);
  }
  if (connectionsFile !== undefined) {
    const wanted = 'an export of Airflow connections as JSON, YAML or NAME=URI lines';
    const exported = readGivenMapping({ file: connectionsFile, wanted, exportedBy: '`airflow connections export`', trace });
    for (const [id, type] of connectionTypes(exported)) collected.connections.set(id, type);
  }
  if (environmentFile !== undefined) {
    const text = readGivenText({ file: environmentFile, wanted: 'a file of NAME=VALUE lines', exportedBy: '', trace });
    for (const [name, value] of parseEnvFile(text)) addEnvironment(collected, name, value, undefined);
  }
  // What stands on the command line was meant to be used, whatever its name.
  for (const [name, value] of options.environment) addEnvironment(collected, name, value, undefined, true);
}

function addFound(collected: Collected, files: RepositoryFiles, options: InputOptions): void {
  const { notes } = collected;
  const find = (names: readonly string[]) => findMapping(files, options.folders, names, notes);
  const settings = find(settingsFiles);
  const airflow = asRecord(settings?.value['airflow']);
  if (options.variablesFile === undefined) {
    addVariables(collected, settingsVariables(airflow?.['variables']), settings?.file);
    const shipped = find(variableFiles);
    if (shipped) {
      addVariables(collected, shipped.value, shipped.file);
      notes.push(`Airflow Variables from ${shipped.file} (--variables FILE to give others)`);
    }
  }
  if (options.connectionsFile === undefined) {
    for (const entry of records(airflow?.['connections'])) for (const id of textOf(entry['conn_id'])) collected.connections.set(id, typeOf(entry));
    const shipped = find(connectionFiles);
    for (const [id, type] of connectionTypes(shipped?.value ?? {})) collected.connections.set(id, type);
    if (shipped) notes.push(`names of connections from ${shipped.file} (--connections FILE to give others)`);
  }
  if (options.environmentFile === undefined) addFoundEnvironment(collected, files, options.folders);
}

function addFoundEnvironment(collected: Collected, files: RepositoryFiles, folders: readonly string[]): void {
  const counts = new Map<string, number>();
  for (const [name, { value, file }] of findEnvironment(files, folders)) {
    addEnvironment(collected, name, value, file);
    counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  for (const [file, count] of counts) {
    collected.notes.push(`${count.toString()} environment variable${count === 1 ? '' : 's'} from ${file} (--no-discovered-inputs to leave them out)`);
  }
}

/** Of a secret it is kept that it exists; of a connection, whose text is a secret whatever its name, also the type. */
function addEnvironment(collected: Collected, name: string, value: string, file: string | undefined, isMeant = false): void {
  const { environment, secretNames, origins } = collected;
  const connection = connectionOfEnvironment(name, value);
  if (connection !== undefined) collected.connections.set(connection.id, connection.type);
  if (file === undefined) origins.delete(`environment ${name}`);
  else origins.set(`environment ${name}`, file);
  if (connection !== undefined || (isSecretName(name) && value !== '' && !isMeant)) {
    environment.delete(name);
    secretNames.add(name);
  } else {
    environment.set(name, value);
    secretNames.delete(name);
  }
}

function addVariables(collected: Collected, source: Record<string, unknown>, file: string | undefined): void {
  for (const [key, value] of Object.entries(source)) {
    collected.variables.set(key, withoutSecrets(plainValue(value), key));
    if (file !== undefined) collected.origins.set(`variable ${key}`, file);
  }
}

/** An export may wrap a value together with its description; Airflow's import takes the value out. */
function plainValue(value: unknown): unknown {
  const wrapped = asRecord(value);
  return wrapped?.['value'] ? wrapped['value'] : value;
}

function settingsVariables(list: unknown): Record<string, unknown> {
  return Object.fromEntries(records(list).flatMap((entry) => textOf(entry['variable_name']).map((name) => [name, entry['variable_value']] as const)));
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
    const value = parseFoundMapping(file, bytes);
    if (value !== undefined) return { file, value };
    // A file that only looks like an export must not stop the analysis.
    notes.push(`${file} looks like an export of Airflow's inputs but holds no mapping; it is not used`);
  }
  return undefined;
}
