import type { AssetExpression, AssetKey } from '../../model/graph.js';

/** A leaf of an asset condition: what must be updated. */
export type AssetLeaf =
  | { kind: 'asset'; asset: AssetKey; watchers: readonly string[] }
  | { kind: 'alias'; name: string }
  | { kind: 'reference'; name: string | undefined; uri: string | undefined }
  | { kind: 'unknown'; reason: string };

/** The leaves of an asset condition, in order. */
export function assetLeaves(expression: AssetExpression): AssetLeaf[] {
  if ('asset' in expression) return [{ kind: 'asset', asset: expression.asset, watchers: expression.watchers ?? [] }];
  if ('alias' in expression) return [{ kind: 'alias', name: expression.alias }];
  if ('ref' in expression) return [{ kind: 'reference', name: expression.ref.name, uri: expression.ref.uri }];
  if ('all' in expression) return expression.all.flatMap(assetLeaves);
  if ('any' in expression) return expression.any.flatMap(assetLeaves);
  return [{ kind: 'unknown', reason: expression.unknown }];
}

/** How the leaves join: all of them, any of them, or a mixture. */
export function assetJoin(expression: AssetExpression): 'all' | 'any' | 'mixed' {
  const joins = joinKinds(expression);
  if (joins.size > 1) return 'mixed';
  return joins.has('any') ? 'any' : 'all';
}

function joinKinds(expression: AssetExpression): Set<'all' | 'any'> {
  const members = 'all' in expression ? expression.all : 'any' in expression ? expression.any : [];
  const kinds = new Set(members.flatMap((member) => [...joinKinds(member)]));
  if (members.length > 1) kinds.add('all' in expression ? 'all' : 'any');
  return kinds;
}
