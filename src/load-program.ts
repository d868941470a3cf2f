import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Module, createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
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
const DIGEST_BYTES = 32;

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
  const cachedData = kept === undefined ? undefined : readCode(kept);
  const compiled = new Script(Module.wrap(source), { filename: script, cachedData });
  const run = compiled.runInThisContext() as (...args: unknown[]) => void;
  const made = { exports: {} };
  run(made.exports, createRequire(script), made, script, path.dirname(script));
  const isFresh = cachedData !== undefined && compiled.cachedDataRejected !== true;
  return {
    program: made.exports as Program,
    build,
    keepCode: () => {
      if (kept !== undefined && !isFresh) writeCode(kept, compiled.createCachedData());
    },
  };
}

/** V8 doesn't look whether the code is whole, so that a digest stands before it. Only the user's own files count. */
function readCode(file: string): Buffer | undefined {
  try {
    const found = lstatSync(file);
    if (!found.isFile() || (process.getuid !== undefined && (found.uid !== process.getuid() || (found.mode & 0o022) !== 0))) return undefined;
    const bytes = readFileSync(file);
    const code = bytes.subarray(DIGEST_BYTES);
    return digest(code).equals(bytes.subarray(0, DIGEST_BYTES)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function writeCode(file: string, code: Buffer): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, Buffer.concat([digest(code), code]), { mode: 0o600, flag: 'wx' });
    chmodSync(temporary, 0o600);
    renameSync(temporary, file);
  } catch {
    // A start that isn't faster next time is no reason to say anything.
    rmSync(temporary, { force: true });
  }
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
