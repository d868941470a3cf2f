import type { Asset } from '../model/graph.js';

/** The assets of a graph, found by who uses them and by what could be taken for them. */
export interface AssetIndex {
  /** Assets that a DAG updates or is scheduled on. */
  ofDag(dagId: string): readonly Asset[];
  /** Other assets with the same name, the same URI, or another spelling of it. */
  lookalikes(asset: Asset): readonly Asset[];
}

/** Indexes the assets once. */
export function indexAssets(assets: readonly Asset[]): AssetIndex {
  const byDag = groups(assets, (asset) => [...asset.consumers, ...asset.producers.map(({ dag_id }) => dag_id)]);
  const keysOf = (asset: Asset): string[] => [`name ${asset.name}`, `uri ${asset.uri}`, `place ${plainUri(asset.uri)}`];
  const byKey = groups(assets, keysOf);
  return {
    ofDag: (dagId) => byDag.get(dagId) ?? [],
    lookalikes: (asset) => [...new Set(keysOf(asset).flatMap((key) => byKey.get(key) ?? []))].filter((other) => other !== asset),
  };
}

/** What two spellings of one place have in common. */
export function plainUri(uri: string): string {
  const [scheme = '', rest = ''] = uri.split('://');
  if (rest === '') return uri.toLowerCase();
  const same = scheme.toLowerCase().replace(/^s3[an]$/, 's3');
  return `${same}://${rest.replace(/\/{2,}/g, '/').replace(/\/+$/, '').toLowerCase()}`;
}

function groups(assets: readonly Asset[], keysOf: (asset: Asset) => string[]): Map<string, Asset[]> {
  const found = new Map<string, Asset[]>();
  for (const asset of assets) {
    for (const key of new Set(keysOf(asset))) {
      const known = found.get(key);
      if (known) known.push(asset);
      else found.set(key, [asset]);
    }
  }
  return found;
}
