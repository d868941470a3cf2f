import { existsSync, readFileSync } from 'node:fs';
import { Module, createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { pruneKept, readKept, writeKept } from './cache/kept-file.js';
import { cacheFolder } from './options/cache-folder.js';

type Program = typeof import('./program.js');

export interface LoadedProgram {
  readonly program: Program;
  /** The name of the build, which keys what is kept between runs; undefined for sources that were not built. */
  readonly build: string | undefined;
  /** Keeps the machine code's source for the next start; to be called when the work is done. Never throws. */
  readonly keepCode: () => void;
}

/** The joined script, beside this file in a build. */
const script = fileURLToPath(new URL('./program.cjs', import.meta.url));

/** Code of some versions and verbs, of about 2 MB each; what was used longest ago goes. */
const MAX_CODE_BYTES = 60 * 1024 * 1024;

/** Where compiled code is kept between runs; undefined when there is no place for it. */
export function codeFolder(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const folder = cacheFolder(environment);
  return folder === undefined ? undefined : path.join(folder, 'code');
}

/**
 * Loads the program: the joined script with the code that V8 compiled for it in an earlier run, or the single files
 * where nothing was joined. `part` tells runs apart that need different functions.
 */
export async function loadProgram(folder: string | undefined, part = 'migrate'): Promise<LoadedProgram> {
  if (!existsSync(script)) return { program: await import('./program.js'), build: undefined, keepCode: () => undefined };
  const source = readFileSync(script, 'utf8');
  const build = /^\/\/ build (\w+)/.exec(source)?.[1] ?? '';
  const name = [build, process.version, process.arch, part].join('-');
  const kept = folder === undefined ? undefined : path.join(folder, name);
  const cachedData = kept === undefined ? undefined : readKept(kept);
  // V8 doesn't look whether the code is whole: what is kept has a digest.
  const compiled = new Script(Module.wrap(source), { filename: script, cachedData });
  const run = compiled.runInThisContext() as (...args: unknown[]) => void;
  const made = { exports: {} };
  run(made.exports, createRequire(script), made, script, path.dirname(script));
  const isFresh = cachedData !== undefined && compiled.cachedDataRejected !== true;
  return {
    program: made.exports as Program,
    build,
    keepCode: () => {
      if (folder === undefined || kept === undefined || isFresh) return;
      writeKept(kept, [compiled.createCachedData()]);
      pruneKept(folder, MAX_CODE_BYTES);
    },
  };
}
