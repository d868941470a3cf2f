import type { TriggerCandidate } from '../../model/analysis.js';
import type { EventSource, Selector, UserContext } from '../../model/context.js';
import type { Dag } from '../../model/graph.js';

/** Whether a text fits a pattern in which `*` stands for any characters. */
export function fits(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === pattern;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  const last = rest.pop() ?? '';
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

function selects({ dags, tags, paths }: Selector, dag: Dag): boolean {
  const any = (patterns: readonly string[] | undefined, texts: readonly string[]): boolean =>
    patterns?.some((pattern) => texts.some((text) => fits(text, pattern))) ?? false;
  return any(dags, [dag.dag_id]) || any(tags, dag.tags) || any(paths, [dag.file]);
}

/** The first entry about a DAG: what stands first in the file counts. */
export function entryFor<Entry extends Selector>(entries: readonly Entry[] | undefined, dag: Dag): Entry | undefined {
  return entries?.find((entry) => selects(entry, dag));
}

/** Every entry about a DAG. */
export function entriesFor<Entry extends Selector>(entries: readonly Entry[] | undefined, dag: Dag): Entry[] {
  return (entries ?? []).filter((entry) => selects(entry, dag));
}

/** The declared source of a candidate's events: same kind, and every field that it names fits. */
export function declaredSource(candidate: Pick<TriggerCandidate, 'source_kind' | 'fields'>, context: UserContext): EventSource | undefined {
  return context['event-sources']?.find(
    ({ kind, match }) =>
      kind === candidate.source_kind &&
      Object.keys(match).length > 0 &&
      Object.entries(match).every(([field, pattern]) => {
        const value = candidate.fields[field];
        return value !== undefined && fits(value, pattern);
      }),
  );
}

/** Whether the user says that this DAG waits for this candidate's source: what was likely is then certain. */
export function isConfirmed(candidate: TriggerCandidate, context: UserContext): boolean {
  return declaredSource(candidate, context)?.starts?.some((pattern) => fits(candidate.dag_id, pattern)) ?? false;
}
