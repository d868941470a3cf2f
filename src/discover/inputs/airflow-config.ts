import type { RepositoryFiles } from '../../model/repository.js';
import { isSecretName } from '../../util/redact.js';

/** Options of an `airflow.cfg` by `section.key`, and the file that they stand in. */
export interface AirflowConfiguration {
  readonly file: string;
  readonly options: ReadonlyMap<string, string>;
}

/** The configuration that a project keeps for its Airflow. Secrets in it are not read. */
export function findConfiguration(files: RepositoryFiles, folders: readonly string[]): AirflowConfiguration | undefined {
  for (const folder of folders) {
    for (const name of ['airflow.cfg', 'config/airflow.cfg']) {
      const file = folder === '' ? name : `${folder}/${name}`;
      const bytes = files.kind(file) === 'file' ? files.read(file) : undefined;
      if (bytes !== undefined) return { file, options: readOptions(new TextDecoder().decode(bytes)) };
    }
  }
  return undefined;
}

/** Sections and options as Python's configparser reads them. */
function readOptions(text: string): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  let section = '';
  let last = '';
  for (const line of text.split(/\r?\n/)) {
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    const [, key, value] = /^([^\s#;=:][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (header !== undefined) section = header.toLowerCase();
    else if (key !== undefined && value !== undefined) {
      last = `${section}.${key.toLowerCase()}`;
      if (!isSecretName(key)) options.set(last, value);
    } else if (/^\s+[^\s#;]/.test(line) && options.has(last)) options.set(last, `${options.get(last) ?? ''}\n${line.trim()}`);
  }
  return options;
}
