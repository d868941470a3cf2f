import type { Finding } from './model/analysis.js';
import type { IndexDocument } from './model/estate.js';
import type { GraphDocument } from './model/graph.js';
import { comparePlaces, compareText } from './model/place.js';

/** A repository among others of its company. */
export async function joinEstate(own: GraphDocument, neighbours: readonly IndexDocument[]): Promise<GraphDocument> {
  if (neighbours.length === 0) return own;
  const { joinGraphs } = await import('./graph/join.js');
  return joinGraphs(own, neighbours);
}

/**
 * Findings as the own repository sees them. One in a neighbour's file is told at the own line that it rests on; what has
 * none is the neighbour's own affair.
 */
export function ownFindings<T extends Finding>(findings: readonly T[], neighbours: readonly IndexDocument[]): T[] {
  const prefixes = neighbours.map(({ name }) => `${name}:`);
  const isForeign = (file: string) => prefixes.some((prefix) => file.startsWith(prefix));
  const told = findings.flatMap((finding) => {
    if (!isForeign(finding.place.file)) return [finding];
    const place = finding.related.find((other) => !isForeign(other.file));
    if (place === undefined) return [];
    return [{ ...finding, place, related: [finding.place, ...finding.related.filter((other) => other !== place)] }];
  });
  return told.sort((a, b) => comparePlaces(a.place, b.place) || compareText(a.rule, b.rule) || compareText(a.message, b.message) || compareText(a.fingerprint, b.fingerprint));
}
