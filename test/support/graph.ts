import { buildGraph } from '../../src/graph/build.js';
import type { GraphDocument } from '../../src/model/graph.js';
import type { ProviderReleases } from '../../src/model/repository.js';
import { memoryRepository } from './repository.js';

export interface SourceOptions {
  readonly airflowVersion?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly providers?: ProviderReleases;
  readonly parser?: 'auto' | 'native' | 'wasm';
}

/** The graph of a repository that is given as texts by path. */
export async function graphOfSource(files: Readonly<Record<string, string>>, options: SourceOptions = {}): Promise<GraphDocument> {
  const repository = memoryRepository(files, options);
  return await buildGraph(repository, { parser: options.parser ?? 'auto', jobs: 1 });
}
