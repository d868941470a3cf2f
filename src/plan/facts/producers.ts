import type { TriggerCandidate } from '../../model/analysis.js';
import type { Asset } from '../../model/graph.js';
import { compareText } from '../../model/place.js';

/** The DAGs whose success is the event of a candidate. */
export interface Producers {
  /** DAGs of this repository, sorted. */
  known: readonly string[];
  /** Those of `known` that already announce it by an outlet of the awaited asset. */
  announced: ReadonlySet<string>;
  /** What the candidate names that no DAG of this repository makes: nothing in this plan can announce it. */
  outside: readonly string[];
}

/** Fields by which a candidate names the DAG that it waits for. */
const dagFields = ['external_dag_id', 'source_dag_id', 'producer_dag_id', 'upstream_dag_id'];
const assetFields = ['uri', 'name', 'asset', 'dataset'];

/** Assets by name and by URI. */
export type AssetIndex = ReadonlyMap<string, Asset>;

export function indexAssets(assets: readonly Asset[]): AssetIndex {
  const index = new Map<string, Asset>();
  for (const asset of assets) for (const key of [asset.name, asset.uri]) if (!index.has(key)) index.set(key, asset);
  return index;
}

const none: Producers = { known: [], announced: new Set(), outside: [] };

/** Who makes the event of a candidate. Sources outside this Airflow (a bucket, another deployment) have no producer here. */
export function findProducers(
  candidate: TriggerCandidate,
  isDag: (name: string) => boolean,
  assets: AssetIndex,
): Producers {
  if (candidate.mechanism.kind === 'rest_asset_event') return none;
  const named = dagFields.flatMap((field) => splitNames(candidate.fields[field]));
  const awaited = candidate.source_kind === 'asset' ? findAssets(candidate, assets) : [];
  const announced = new Set(awaited.flatMap((asset) => asset.producers.map((producer) => producer.dag_id)).filter(isDag));
  const known = new Set([...named.filter(isDag), ...announced]);
  const outside = named.filter((name) => !isDag(name));
  if (known.size === 0 && outside.length === 0) outside.push(...unnamed(candidate));
  return { known: [...known].sort(compareText), announced, outside: [...new Set(outside)].sort(compareText) };
}

function findAssets(candidate: TriggerCandidate, assets: AssetIndex): Asset[] {
  const found = assetFields.flatMap((field) => assets.get(candidate.fields[field] ?? '') ?? []);
  return [...new Set(found)];
}

/** An awaited asset or DAG run always has a maker: when none is named, that is a gap to tell, not an absence. */
function unnamed(candidate: TriggerCandidate): string[] {
  if (candidate.source_kind === 'dag_completion') return ['a DAG that is not named'];
  if (candidate.source_kind !== 'asset') return [];
  const name = assetFields.map((field) => candidate.fields[field]).find((value) => value !== undefined);
  return [name === undefined ? 'an asset that is not named' : `asset ${name}`];
}

function splitNames(value: string | undefined): string[] {
  return (value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
