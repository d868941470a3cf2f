import { mechanismsBySource, type MechanismRow } from '../knowledge/mechanisms.js';
import type { Mechanism, SourceKind } from '../model/analysis.js';
import { isAtLeast } from '../util/release.js';

/** How the analysed Airflow release would receive an event of a source. */
export function mechanismFor(kind: SourceKind, release: string): Mechanism {
  return chooseMechanism(mechanismsBySource[kind], release);
}

/** The newest row that the release has; without one, `none` and the release that would be needed. */
export function chooseMechanism(rows: readonly MechanismRow[], release: string): Mechanism {
  const row = rows.find((each) => isAtLeast(release, each.since));
  if (row) return { kind: row.kind, text: row.text, since: row.since };
  const oldest = rows.at(-1);
  if (!oldest) return { kind: 'none', text: 'no event stands for the clock: the schedule stays', since: '' };
  return { kind: 'none', text: `no mechanism before Airflow ${oldest.since}: ${oldest.text}`, since: oldest.since };
}
