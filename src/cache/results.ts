import { createHash } from 'node:crypto';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { isUnchanged } from '../discover/trace.js';
import type { Observation } from '../discover/trace.js';
import { pruneKept, readKept, touchKept, writeKept } from './kept-file.js';

/** A longer text could not be made a document again: V8 has no longer strings than about 2 ** 29 characters. */
const MAX_TEXT_LENGTH = 500 * 1024 * 1024;
/** A result that would push most others out isn't kept. */
const MAX_RESULT_BYTES = 100 * 1024 * 1024;
const MAX_RESULTS_BYTES = 200 * 1024 * 1024;

/** Where results are kept, and of which build of the tool. */
export interface ResultCache {
  readonly folder: string;
  readonly build: string;
}

/** What one run gave. */
export interface KeptResult {
  readonly name: string;
  /** What was said to a person, and is said again. */
  readonly notes: readonly string[];
  /** The document as text, in parts. */
  readonly parts: () => Iterable<Uint8Array | string>;
}

/** What the result followed from: when the run began, and all that it saw of the disk. */
export interface Evidence {
  /** Milliseconds since 1970, before anything was looked at. */
  readonly started: number;
  readonly observations: readonly Observation[];
}

interface Header extends Evidence {
  readonly name: string;
  readonly notes: readonly string[];
  /** Lengths of the packed parts that follow. */
  readonly lengths: readonly number[];
}

/** The result of an earlier run that was asked the same and would see the same; undefined when there is none. */
export function findResult(cache: ResultCache, question: unknown): KeptResult | undefined {
  const file = fileOf(cache, question);
  const bytes = readKept(file);
  if (bytes === undefined) return undefined;
  const end = bytes.indexOf('\n');
  const { name, notes, started, observations, lengths } = JSON.parse(bytes.toString('utf8', 0, end)) as Header;
  if (!isUnchanged(observations, started)) return undefined;
  touchKept(file);
  return { name, notes, parts: () => unpacked(bytes, end + 1, lengths) };
}

/** Keeps a result. Of what the run read only hashes are kept, never a value that the document doesn't hold. */
export function keepResult(cache: ResultCache, question: unknown, { name, notes, parts }: KeptResult, { started, observations }: Evidence): void {
  const packed: Buffer[] = [];
  let [length, size] = [0, 0];
  for (const part of parts()) {
    packed.push(gzipSync(part, { level: 1 }));
    length += part.length;
    size += packed.at(-1)?.length ?? 0;
    if (length > MAX_TEXT_LENGTH || size > MAX_RESULT_BYTES) return;
  }
  const header: Header = { name, notes, started, observations, lengths: packed.map((each) => each.length) };
  writeKept(fileOf(cache, question), [Buffer.from(`${JSON.stringify(header)}\n`), ...packed]);
  pruneKept(resultsFolder(cache), MAX_RESULTS_BYTES);
}

function* unpacked(bytes: Buffer, start: number, lengths: readonly number[]): Generator<Uint8Array> {
  let at = start;
  for (const length of lengths) yield gunzipSync(bytes.subarray(at, (at += length)));
}

function resultsFolder({ folder }: ResultCache): string {
  return path.join(folder, 'results');
}

function fileOf(cache: ResultCache, question: unknown): string {
  const key = JSON.stringify([cache.build, process.version, process.platform, process.arch, question]);
  return path.join(resultsFolder(cache), createHash('sha256').update(key).digest('hex'));
}
