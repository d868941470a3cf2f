import type { Asset, AssetExpression, Dag, DagDependency } from '../model/graph.js';
import { compareText } from '../model/place.js';
import type { DagOutline } from './held-dags.js';

/** The single assets, aliases and references of a condition. */
export function assetLeaves(expression: AssetExpression): AssetExpression[] {
  if ('all' in expression) return expression.all.flatMap(assetLeaves);
  if ('any' in expression) return expression.any.flatMap(assetLeaves);
  return [expression];
}

/** The condition of a DAG's schedule, when assets start it. */
export function scheduleAssets(dag: Pick<Dag, 'schedule'>): AssetExpression | undefined {
  return dag.schedule.kind === 'assets' || dag.schedule.kind === 'assets_or_time' ? dag.schedule.assets : undefined;
}

/** Every asset that some DAG names, with its producers and consumers. */
export function collectAssets(dags: readonly DagOutline[]): Asset[] {
  const assets = new Map<string, Asset>();
  const find = (expression: AssetExpression, place: { file: string; line: number }): Asset | undefined => {
    if (!('asset' in expression)) return undefined;
    const { name, uri } = expression.asset;
    const key = `${uri}\n${name}`;
    let asset = assets.get(key);
    if (asset === undefined) assets.set(key, (asset = { name, uri, producers: [], consumers: [], file: place.file, line: place.line }));
    return asset;
  };
  for (const dag of dags) {
    for (const leaf of assetLeaves(scheduleAssets(dag) ?? { all: [] })) find(leaf, dag)?.consumers.push(dag.dag_id);
    for (const task of dag.tasks) {
      for (const outlet of task.outlets) find(outlet, task)?.producers.push({ dag_id: dag.dag_id, task_id: task.task_id });
      for (const inlet of task.inlets) find(inlet, task);
    }
  }
  return [...assets].sort(([a], [b]) => compareText(a, b)).map(([, asset]) => ({ ...asset, consumers: [...new Set(asset.consumers)].sort(compareText) }));
}

/** Links between DAGs, as Airflow's own detector sees them, and markers besides. */
export function collectDependencies(dags: readonly DagOutline[], assets: readonly Asset[]): DagDependency[] {
  const links: DagDependency[] = [];
  for (const dag of dags) {
    for (const task of dag.tasks) {
      const place = { dependency_id: task.task_id, file: task.file, line: task.line };
      const { link } = task;
      if (link?.kind === 'sensor' && link.external_dag_id !== null) links.push({ source: link.external_dag_id, target: dag.dag_id, kind: 'sensor', ...place });
      if (link?.kind === 'trigger' && link.trigger_dag_id !== null) links.push({ source: dag.dag_id, target: link.trigger_dag_id, kind: 'trigger', ...place });
      if (link?.kind === 'marker' && link.external_dag_id !== null) links.push({ source: dag.dag_id, target: link.external_dag_id, kind: 'marker', ...place });
    }
  }
  links.push(...assetLinks(dags, assets), ...aliasLinks(dags));
  return links.sort((a, b) => compareText(keyOf(a), keyOf(b)));
}

function keyOf(link: DagDependency): string {
  return [link.source, link.target, link.kind, link.dependency_id].join('\n');
}

function assetLinks(dags: readonly DagOutline[], assets: readonly Asset[]): DagDependency[] {
  const byId = new Map(dags.map((dag) => [dag.dag_id, dag]));
  return assets.flatMap((asset) => {
    const producers = [...new Set(asset.producers.map((each) => each.dag_id))];
    return producers.flatMap((source) =>
      consumersOf(dags, asset).map((target): DagDependency => {
        const place = byId.get(target);
        return { source, target, kind: 'asset', dependency_id: asset.uri, file: place?.file ?? asset.file, line: place?.line ?? asset.line };
      }),
    );
  });
}

/** DAGs that wait for an asset, by itself or by a reference to its name or URI. */
function consumersOf(dags: readonly DagOutline[], asset: Asset): string[] {
  const waits = (dag: DagOutline): boolean =>
    assetLeaves(scheduleAssets(dag) ?? { all: [] }).some(
      (leaf) => 'ref' in leaf && (leaf.ref.name === asset.name || (leaf.ref.uri !== undefined && leaf.ref.uri === asset.uri)),
    );
  return [...new Set([...asset.consumers, ...dags.filter(waits).map((dag) => dag.dag_id)])].sort(compareText);
}

function aliasLinks(dags: readonly DagOutline[]): DagDependency[] {
  const producers = dags.flatMap((dag) =>
    dag.tasks.flatMap((task) => task.outlets.flatMap((outlet) => ('alias' in outlet ? [{ alias: outlet.alias, source: dag.dag_id }] : []))),
  );
  return dags.flatMap((dag) =>
    assetLeaves(scheduleAssets(dag) ?? { all: [] }).flatMap((leaf) => {
      if (!('alias' in leaf)) return [];
      const sources = [...new Set(producers.filter((each) => each.alias === leaf.alias).map((each) => each.source))];
      return sources.map((source): DagDependency => ({ source, target: dag.dag_id, kind: 'asset_alias', dependency_id: leaf.alias, file: dag.file, line: dag.line }));
    }),
  );
}
