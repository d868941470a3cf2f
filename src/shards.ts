import { createHash } from 'node:crypto';
import { KnownError } from './errors.js';
import type { FactsDocument } from './model/facts.js';
import type { GraphDocument } from './model/graph.js';
import type { Repository } from './model/repository.js';
import { FACTS_SCHEMA_VERSION, TOOL_VERSION } from './model/version.js';
import type { AnalysisRequest, Listener } from './pipeline.js';
import { openedRepository } from './pipeline.js';

/** One of `count` shares, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** What one share of a repository's files gives. Every file is in one share, and its facts don't depend on which. */
export async function factsOfShard(request: AnalysisRequest, shard: Shard, listener: Listener): Promise<FactsDocument> {
  const repository = await openedRepository(request, listener);
  const { loadBinding } = await import('./parse/binding.js');
  const { evaluateAll } = await import('./graph/evaluate-files.js');
  const binding = await loadBinding(request.parser ?? 'auto');
  const files = repository.dagFiles.filter((_file, index) => index % shard.count === shard.index - 1);
  const facts: FactsDocument['facts'] = [];
  await evaluateAll(repository, binding, files, ({ file, dags, importErrors, unknowns, inputs }) => {
    facts.push({ file, dags: [...dags], importErrors: [...importErrors], unknowns: [...unknowns], inputs: [...inputs] });
    listener.progress(facts.length, files.length);
  });
  return {
    schema: 'dag2event/facts',
    schema_version: FACTS_SCHEMA_VERSION,
    tool_version: TOOL_VERSION,
    state: stateOf(repository),
    shard: { index: shard.index, count: shard.count },
    parser: binding.name,
    facts,
  };
}

/** The graph of a repository from all of its shares, as it would be without them. */
export async function graphOfShards(request: AnalysisRequest, shares: readonly { readonly name: string; readonly document: FactsDocument }[], listener: Listener): Promise<GraphDocument> {
  const repository = await openedRepository(request, listener);
  refuseMixed(shares, stateOf(repository));
  const facts = new Map(shares.flatMap(({ document }) => document.facts.map((each) => [each.file, each])));
  const missing = repository.dagFiles.find((file) => !facts.has(file));
  if (missing !== undefined) throw new KnownError(`no share holds ${missing}`, 'make all shares anew from one checkout');
  const { assembleGraph } = await import('./graph/build.js');
  return assembleGraph(repository, shares[0]?.document.parser ?? 'wasm', repository.dagFiles.flatMap((file) => facts.get(file) ?? []));
}

function refuseMixed(shares: readonly { name: string; document: FactsDocument }[], state: string): void {
  const [first] = shares;
  if (first === undefined) throw new KnownError('no facts are given', 'give the files that check --shard wrote');
  const { count } = first.document.shard;
  const seen = new Map<number, string>();
  for (const { name, document } of shares) {
    const { tool_version: version, shard, parser } = document;
    if (version !== TOOL_VERSION) throw new KnownError(`${name} is of dag2event ${version}, this is ${TOOL_VERSION}`, 'use one version for all shares and the merge');
    if (document.state !== state) throw new KnownError(`${name} is of other files or another configuration`, 'make all shares and the merge from one checkout, with the same options');
    if (shard.count !== count) throw new KnownError(`${name} is share ${shard.index} of ${shard.count}, ${first.name} is one of ${count}`, 'give the shares of one run');
    if (parser !== first.document.parser) throw new KnownError(`${name} was read by the ${parser} parser, ${first.name} by the ${first.document.parser} one`, 'give --parser wasm to all shares');
    const twin = seen.get(shard.index);
    if (twin !== undefined) throw new KnownError(`${name} and ${twin} are both share ${shard.index}`, 'give each share once');
    seen.set(shard.index, name);
  }
  const missing = Array.from({ length: count }, (_each, index) => index + 1).filter((index) => !seen.has(index));
  if (missing.length > 0) throw new KnownError(`share ${missing.join(', ')} of ${count} is missing`, 'give all shares: what is not there would look clean');
}

/** Identity of everything that is known before a file is evaluated. */
function stateOf(repository: Repository): string {
  const { dagFiles, skippedFiles, importRoots, airflowVersion, pythonVersion, inputs, dagsRoot, files } = repository;
  const hash = createHash('sha256');
  const shape = { skippedFiles, importRoots, airflowVersion, pythonVersion, dagsRoot };
  hash.update(JSON.stringify([shape, [...inputs.variables], [...inputs.environment], [...inputs.connections]]));
  for (const file of [...dagFiles, ...skippedFiles]) hash.update(JSON.stringify(file)).update(files.read(file) ?? '');
  return hash.digest('hex');
}
