import { readFileSync } from 'node:fs';

/** What file names of the library's own Python begin with; no file of a repository can have such a name. */
const folder = '<library>/';

/** The name under which the Python of a library module is parsed. */
export function librarySourceFile(module: string): string {
  return `${folder}${module}.py`;
}

/**
 * Text of a library module that is modelled in Python, undefined for files of the repository. Classes that programs
 * derive from are said in Python itself, so that every rule of the language holds for them without being said again.
 */
export function librarySource(file: string): Buffer | undefined {
  if (!file.startsWith(folder)) return undefined;
  return readFileSync(new URL(`./sources/${file.slice(folder.length)}`, import.meta.url));
}
