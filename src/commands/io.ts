import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { KnownError } from '../errors.js';

/** What a stream must do to be written to; `process.stdout` does. */
export interface OutputStream {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/** A text, or the parts of one. */
export type Content = string | Iterable<Uint8Array | string>;

export interface IoOptions {
  stdout: OutputStream;
  stderr: OutputStream;
  quiet: boolean;
  color: boolean;
}

/** The only writer: results go to stdout or files, everything said to a person goes to stderr. */
export interface Io {
  /** Writes a result to stdout. A reader that went away is no error. */
  result(text: string): Promise<void>;
  /** Tells a person something; silent with --quiet. */
  note(text: string): void;
  /** Tells a person what went wrong; never silent. */
  error(text: string): void;
  /** Shows how far the work is, on a terminal only. */
  progress(done: number, total: number): void;
  /** Writes a result to a file (whole or not at all) or, for `-`, to stdout. */
  save(target: string, content: Content): Promise<void>;
  /** Adds to a file that others write to as well. */
  append(target: string, text: string): Promise<void>;
}

/** Shorter repositories are done before a progress line could be read. */
const PROGRESS_MINIMUM = 50;

/** Escapes that would move the cursor or retitle the terminal: names in messages come from the analysed files. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

export function createIo(options: IoOptions): Io {
  const { stdout, stderr, quiet, color } = options;
  let isProgressShown = false;
  const ignoreClosedPipe = (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  };
  stdout.on('error', ignoreClosedPipe);
  stderr.on('error', ignoreClosedPipe);

  const say = (text: string) => {
    if (isProgressShown) stderr.write('\r\u001b[K', () => undefined);
    isProgressShown = false;
    stderr.write(`${text}\n`, () => undefined);
  };
  const result = (text: string) =>
    new Promise<void>((resolve, reject) => {
      stdout.write(text, (error) => {
        if (error && (error as NodeJS.ErrnoException).code !== 'EPIPE') reject(error);
        else resolve();
      });
    });
  return {
    result,
    note: (text) => {
      if (!quiet) say(harmless(text));
    },
    error: (text) => say(color ? `\u001b[31m${harmless(text)}\u001b[39m` : harmless(text)),
    progress: (done, total) => {
      if (quiet || !stderr.isTTY || total < PROGRESS_MINIMUM) return;
      isProgressShown = done < total;
      stderr.write(isProgressShown ? `\r${done} of ${total} files` : '\r\u001b[K', () => undefined);
    },
    save: async (target, content) => {
      if (target !== '-') await replaceFile(target, content);
      else for (const part of partsOf(content)) await result(typeof part === 'string' ? part : new TextDecoder().decode(part));
    },
    append: async (target, text) => {
      await mkdir(path.dirname(target), { recursive: true })
        .then(() => appendFile(target, text))
        .catch((cause: unknown) => {
          throw cannotWrite(target, cause);
        });
    },
  };
}

/** A line that begins so, or holds such a mark, is a command to the runner of a CI job; a file can be named like one. */
const runnerCommands = /^(\s*):(?=:)|(?<=#)#(?=\w*\[)/gm;

/** A text that a CI job may print: none of it is a command. */
export function withoutCommands(text: string): string {
  return text.replace(runnerCommands, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`);
}

/** A text without control characters and commands: safe to show on a terminal. */
function harmless(text: string): string {
  return withoutCommands(text).replace(controlCharacters, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function partsOf(content: Content): Iterable<Uint8Array | string> {
  return typeof content === 'string' ? [content] : content;
}

/** Writes beside the target and renames, so that a reader never sees half a file. */
async function replaceFile(target: string, content: Content): Promise<void> {
  const folder = path.dirname(target);
  const temporary = path.join(folder, `.${path.basename(target)}.${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(folder, { recursive: true });
    if (await isSpecial(target)) {
      // /dev/stdout and the like can be written, not replaced.
      await writeFile(target, partsOf(content));
      return;
    }
    await writeFile(temporary, partsOf(content));
    await rename(temporary, target);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw cannotWrite(target, cause);
  }
}

function cannotWrite(target: string, cause: unknown): KnownError {
  const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return new KnownError(`${target} can't be written (${reason})`, 'give a place that can be written with --output, or - for stdout', { cause });
}

async function isSpecial(target: string): Promise<boolean> {
  try {
    const found = await stat(target);
    return !found.isFile() && !found.isDirectory();
  } catch {
    return false;
  }
}
