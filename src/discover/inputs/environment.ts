import path from 'node:path';
import type { RepositoryFiles } from '../../model/repository.js';
import { readCompose } from './compose.js';
import { decode } from './data-file.js';
import { readDockerfile } from './dockerfile.js';
import { parseEnvFile } from './env-file.js';

const composeFiles = ['docker-compose.yaml', 'docker-compose.yml', 'compose.yaml', 'compose.yml'];
const composeOverrides = ['docker-compose.override.yaml', 'docker-compose.override.yml'];

/** A value of the environment and the file that it was found in. */
export interface FoundValue {
  readonly value: string;
  readonly file: string;
}

/**
 * The environment that a repository gives its own DAGs where it is run from it: `ENV` of the Dockerfile, then `.env`, then
 * what a Compose file says for Airflow's services; what comes later wins, as it does in a container.
 */
export function findEnvironment(files: RepositoryFiles, folders: readonly string[]): Map<string, FoundValue> {
  const found = new Map<string, FoundValue>();
  const add = (file: string, values: ReadonlyMap<string, string>): void => {
    for (const [name, value] of values) found.set(name, { value, file });
  };
  // The folder nearest to the DAGs speaks last.
  for (const folder of folders) {
    const at = (name: string): string => path.posix.join(folder, name);
    const dotenv = read(files, at('.env'), parseEnvFile);
    const compose = (text: string, file: string): Map<string, string> => readCompose(files, file, text, dotenv);
    add(at('Dockerfile'), read(files, at('Dockerfile'), readDockerfile));
    add(at('.env'), dotenv);
    const main = composeFiles.map(at).find((file) => files.kind(file) === 'file');
    for (const file of [...(main === undefined ? [] : [main]), ...composeOverrides.map(at)]) add(file, read(files, file, (text) => compose(text, file)));
  }
  return found;
}

/** What a reader makes of a file; nothing when there is none or it isn't what its name says. */
function read(files: RepositoryFiles, file: string, reader: (text: string) => Map<string, string>): Map<string, string> {
  const bytes = files.kind(file) === 'file' ? files.read(file) : undefined;
  try {
    return bytes === undefined ? new Map<string, string>() : reader(decode(bytes));
  } catch {
    return new Map<string, string>();
  }
}
