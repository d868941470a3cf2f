import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MAX_DATA_BYTES } from '../limits.js';
import { askGit, linesOf, partsOf } from './run-git.js';

/** A file, link or submodule in a commit; paths of git are relative to the root of the checkout. */
interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly size: number;
  readonly path: string;
}

/** Contents are asked for in portions of about this size, so that they need not all be held. */
const PORTION_BYTES = 64 * 1024 * 1024;

/** The id of what a folder holds in a commit: equal ids mean equal files. Undefined where it isn't there. */
export function treeId(top: string, commit: string, prefix: string): string | undefined {
  return linesOf(askGit(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}:${prefix.replace(/\/$/, '')}`]))?.[0];
}

/**
 * Writes what a commit holds below some paths into an empty folder. Nothing is filtered, converted or run. Files that are
 * too large to be read for an analysis get their size and no content. Says what is missing.
 */
export function extractCommit(top: string, commit: string, paths: readonly string[], target: string): string[] {
  const notes: string[] = [];
  const links: Entry[] = [];
  const files: Entry[] = [];
  for (const entry of entriesOf(top, commit, paths)) {
    if (!isPlainPath(entry.path)) notes.push(`${entry.path} is no path that a file can have`);
    else if (entry.mode === '160000') notes.push(...extractSubmodule(top, entry, target));
    else if (entry.mode === '120000') links.push(entry);
    else files.push(entry);
  }
  for (const entry of files.filter((each) => each.size > MAX_DATA_BYTES)) writeHollow(path.join(target, entry.path), entry.size);
  for (const portion of portionsOf(files.filter((each) => each.size <= MAX_DATA_BYTES))) {
    for (const [entry, content] of contentsOf(top, portion)) writeNew(path.join(target, entry.path), content);
  }
  // Last, so that nothing is written through one.
  for (const [entry, content] of contentsOf(top, links)) writeLink(path.join(target, entry.path), content.toString('utf8'));
  return notes;
}

function entriesOf(top: string, commit: string, paths: readonly string[]): Entry[] {
  const list = partsOf(askGit(top, ['ls-tree', '-r', '-z', '-l', '--full-tree', commit, ...(paths.includes('') ? [] : ['--', ...paths])])) ?? [];
  return list.flatMap((line) => {
    const [, mode = '', id = '', size = '', name = ''] = /^(\d+) \w+ (\w+) +(\d+|-)\t([\s\S]*)$/.exec(line) ?? [];
    return name === '' ? [] : [{ mode, id, size: size === '-' ? 0 : Number(size), path: name }];
  });
}

/** A tree can be made by hand to hold names that lead elsewhere. */
function isPlainPath(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');
}

function* portionsOf(entries: readonly Entry[]): Generator<Entry[]> {
  let portion: Entry[] = [];
  let size = 0;
  for (const entry of entries) {
    portion.push(entry);
    size += entry.size;
    if (size < PORTION_BYTES) continue;
    yield portion;
    [portion, size] = [[], 0];
  }
  if (portion.length > 0) yield portion;
}

function* contentsOf(top: string, entries: readonly Entry[]): Generator<[Entry, Buffer]> {
  if (entries.length === 0) return;
  const answer = askGit(top, ['cat-file', '--batch', '--buffer'], entries.map((entry) => `${entry.id}\n`).join(''));
  if (answer.kind !== 'answer') throw new Error(`git cat-file failed: ${answer.kind === 'refusal' ? answer.reason : 'git is missing'}`);
  let at = 0;
  for (const entry of entries) {
    const end = answer.stdout.indexOf('\n', at);
    const size = Number(/ (\d+)$/.exec(answer.stdout.toString('latin1', at, end))?.[1]);
    if (Number.isNaN(size)) {
      // An object that a partial clone doesn't have: the file is as absent as in a commit without it.
      at = end + 1;
      continue;
    }
    yield [entry, answer.stdout.subarray(end + 1, end + 1 + size)];
    at = end + 2 + size;
  }
}

/** The commit of a submodule, where the checkout has it. */
function extractSubmodule(top: string, { path: name, id }: Entry, target: string): string[] {
  const folder = path.join(top, name);
  const isThere = existsSync(folder) && readdirSync(folder).includes('.git');
  if (!isThere || linesOf(askGit(folder, ['cat-file', '-t', id]))?.[0] !== 'commit') return [`submodule ${name} is not there as it was: all that it holds counts as new`];
  const inside = path.join(target, name);
  mkdirSync(inside, { recursive: true });
  return extractCommit(folder, id, [''], inside);
}

function writeNew(file: string, content: Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
}

function writeHollow(file: string, size: number): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const opened = openSync(file, 'w');
  ftruncateSync(opened, size);
  closeSync(opened);
}

function writeLink(file: string, leadsTo: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  if (!existsSync(file)) symlinkSync(leadsTo, file);
}
