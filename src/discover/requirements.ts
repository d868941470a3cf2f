import type { RepositoryFiles } from '../model/repository.js';

const folders = ['', 'requirements', 'docker', 'airflow'];
const requirementFile = /(^|\/)([\w.-]*requirements[\w.-]*(\/[\w.-]+)?\.(txt|in)|pyproject\.toml|Pipfile|setup\.cfg|setup\.py)$/;

/** A line that asks for virtualenv itself, or for Airflow with it as an extra. */
const request = /^[^#\n]*(?:^\s*|["'\s])virtualenv(?=\s*(?:$|["'[=<>~!;#,]))|^[^#\n]*apache[-_]airflow[\w-]*\[[^\]\n]*\bvirtualenv\b/m;

/** Whether a requirements file asks for the package `virtualenv`. */
export function asksForVirtualenv(files: RepositoryFiles): boolean {
  return folders.some((folder) => {
    const names = files.list(folder === '' ? '.' : folder) ?? [];
    return names
      .map((name) => (folder === '' ? name : `${folder}/${name}`))
      .filter((file) => requirementFile.test(file) && files.kind(file) === 'file')
      .some((file) => namesVirtualenv(new TextDecoder().decode(files.read(file) ?? new Uint8Array())));
  });
}

/** Whether the text of a requirements file names the package `virtualenv`. */
export function namesVirtualenv(text: string): boolean {
  return request.test(text);
}
