import type { TriggerCandidate } from '../model/analysis.js';
import type { Dag } from '../model/graph.js';
import type { InferContext } from './context.js';

/** The DAGs of the repository whose runs send what a candidate waits for. */
export function producingDags({ dag_id: own, fields }: TriggerCandidate, context: InferContext): Dag[] {
  const named = fields['external_dag_id'];
  const ids = named === undefined ? assetProducers(fields, own, context) : [named];
  return [...new Set(ids)].filter((id) => id !== own).flatMap((id) => context.dags.get(id)?.dag ?? []);
}

function assetProducers({ uri, name }: Readonly<Record<string, string>>, own: string, context: InferContext): string[] {
  if (uri === undefined && name === undefined) return [];
  return context.assets
    .ofDag(own)
    .filter((asset) => asset.uri === uri || asset.name === name)
    .flatMap((asset) => asset.producers.map(({ dag_id }) => dag_id));
}
