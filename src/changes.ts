import path from 'node:path';
import type { ResultCache } from './cache/results.js';
import type { Directives } from './directives.js';
import type { Checkout, FoundBase, NoBase } from './discover/git/checkout.js';
import type { GraphDocument } from './model/graph.js';
import type { AnalysisRequest, Listener } from './pipeline.js';
import { graphRepository } from './pipeline.js';

/** A repository as it was at a commit: what Airflow would have built, and the exceptions in its files. */
export interface EarlierState {
  readonly graph: GraphDocument;
  readonly directives: Directives;
}

export type { Checkout, FoundBase, NoBase };

interface EarlierOptions {
  /** The repository that is analysed, relative to the root of the checkout; empty for the root itself. */
  readonly root: string;
  /** Files elsewhere in the checkout that the analysis reads, likewise. */
  readonly others: readonly string[];
  /** All that decides over the result besides the files of the commit. */
  readonly question: unknown;
  readonly cache: ResultCache | undefined;
  /** What is asked of the folder in which the commit lies; undefined when there is nothing to analyse. */
  readonly requestAt: (checkout: string) => Promise<AnalysisRequest | undefined>;
}

/** The working tree around a folder, or why there is none. */
export async function checkoutAround(folder: string): Promise<Checkout | NoBase> {
  const { findCheckout } = await import('./discover/git/checkout.js');
  return findCheckout(folder);
}

/** The first of some commits that is there, and what changed since. */
export async function baseOf(folder: string, refs: readonly string[]): Promise<FoundBase | NoBase> {
  const { findBase } = await import('./discover/git/checkout.js');
  return findBase(folder, refs);
}

/**
 * Analyses a commit as if it were checked out. Its files are taken from git's objects into a temporary folder; nothing of
 * them runs. The result follows from the commit alone and is kept. Undefined when the commit has nothing there.
 */
export async function analyzeCommit(base: FoundBase, options: EarlierOptions, listener: Listener): Promise<EarlierState | undefined> {
  const { findResult, keepResult } = await import('./cache/results.js');
  const { treeId } = await import('./discover/git/extract.js');
  const { top } = base.checkout;
  const paths = [options.root, ...(options.root === '' ? [] : [...configPaths(options.root), ...options.others])];
  const ids = paths.map((each) => treeId(top, base.commit, each));
  if (ids[0] === undefined) return undefined;
  const question = ['commit', path.basename(top), paths, ids, options.question];
  const known = options.cache === undefined ? undefined : findResult(options.cache, question);
  if (known !== undefined) return JSON.parse([...known.parts()].map((part) => (typeof part === 'string' ? part : new TextDecoder().decode(part))).join('')) as EarlierState;
  const started = Date.now();
  const state = await atCommit(base, paths, options, listener);
  if (state !== undefined && options.cache !== undefined) {
    keepResult(options.cache, question, { name: state.graph.name, notes: [], parts: () => [JSON.stringify(state)] }, { started, observations: [] });
  }
  return state;
}

async function atCommit(base: FoundBase, paths: readonly string[], options: EarlierOptions, listener: Listener): Promise<EarlierState | undefined> {
  const { withCommit } = await import('./discover/git/with-commit.js');
  const { collectDirectives } = await import('./directives.js');
  return withCommit(base.checkout.top, base.commit, paths, async ({ checkout, notes }) => {
    for (const note of notes) listener.note(note);
    const request = await options.requestAt(checkout);
    if (request === undefined) return undefined;
    const graph = await graphRepository({ ...request, isEmptyAllowed: true });
    return { graph, directives: await collectDirectives(graph, path.join(checkout, options.root)) };
  });
}

/** Configuration files above the repository, whose values count for it. */
function configPaths(root: string): string[] {
  const folders = root.split('/').map((_part, index, parts) => parts.slice(0, index).join('/'));
  return folders.flatMap((folder) => ['dag2event.yaml', 'dag2event.yml'].map((name) => (folder === '' ? name : `${folder}/${name}`)));
}
