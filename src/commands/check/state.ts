import path from 'node:path';
import type { Checkout } from '../../changes.js';
import type { Directives } from '../../directives.js';
import type { AnalysisDocument } from '../../model/analysis.js';
import type { IndexDocument } from '../../model/estate.js';
import type { Options } from '../../options/options.js';
import { pathKind } from '../../options/path-kind.js';
import { analyzeGraph, rootOf } from '../../pipeline.js';
import type { Io } from '../io.js';
import { analysisFrom } from '../source.js';

/** What is judged: an analysis, and where it came from. A stored document has no folder. */
export interface CurrentState {
  readonly analysis: AnalysisDocument;
  /** Other repositories of the estate. */
  readonly neighbours: readonly IndexDocument[];
  readonly directives: Directives;
  /** Absolute path of the repository; undefined for a stored document. */
  readonly root: string | undefined;
  /** The checkout around it; its prefix leads to `root`. */
  readonly checkout: Checkout | undefined;
  /** Put before a file to get its path in the checkout, or from here where there is none. */
  readonly prefix: string;
  /** Put before a file to get its path from here. */
  readonly shownPrefix: string;
  readonly linesOf: (file: string) => readonly string[] | undefined;
}

export async function currentState(options: Options, io: Io): Promise<CurrentState> {
  const analysis = options.check.factsFiles.length > 0 ? await analysisOfShards(options, io) : await analysisFrom(options, io);
  const { indexFiles } = options.check;
  const neighbours = indexFiles.length === 0 ? [] : (await import('../../options/index-file.js')).readIndexes(indexFiles);
  if (pathKind(options.path) === 'file') {
    return { analysis, neighbours, directives: [], root: undefined, checkout: undefined, prefix: '', shownPrefix: '', linesOf: () => undefined };
  }
  const root = await rootOf(options);
  const { checkoutAround } = await import('../../changes.js');
  const { collectDirectives, openSources } = await import('../../directives.js');
  const found = await checkoutAround(root);
  const checkout = 'kind' in found ? undefined : found;
  const shownPrefix = folderPrefix(path.relative(options.workingDirectory, root));
  const prefix = checkout?.prefix ?? (shownPrefix.startsWith('../') ? '' : shownPrefix);
  return { analysis, neighbours, directives: await collectDirectives(analysis.graph, root), root, checkout, prefix, shownPrefix, linesOf: keptLines(await openSources(root)) };
}

async function analysisOfShards(options: Options, io: Io): Promise<AnalysisDocument> {
  const { graphOfShards } = await import('../../shards.js');
  const { readFacts } = await import('../../options/facts-file.js');
  return analyzeGraph(await graphOfShards({ ...options }, options.check.factsFiles.map(readFacts), io));
}

function folderPrefix(folder: string): string {
  return folder === '' ? '' : `${folder.split(path.sep).join('/')}/`;
}

/** Lines of files, each read once. */
function keptLines(read: (file: string) => string | undefined): CurrentState['linesOf'] {
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, read(file)?.split(/\r\n|\r|\n/));
    return known.get(file);
  };
}
