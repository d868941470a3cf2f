import type { Confidence, Mechanism, SourceKind, TriggerCandidate } from '../model/analysis.js';
import type { Dag, Task } from '../model/graph.js';
import type { Citation } from './evidence.js';
import type { InferContext } from './context.js';
import type { Replaces } from './waiting.js';
import { slotHoursOf } from './waiting-slots.js';

/** What a detector has found, before it is cited and numbered. */
export interface CandidateDraft {
  dag: Dag;
  task: Task | null;
  source_kind: SourceKind;
  fields: Record<string, string>;
  filter: string;
  judgement: Judgement;
  evidence: [Citation, ...Citation[]];
  replaces: Replaces | null;
  mechanism: Mechanism;
  is_mid_dag: boolean;
}

/** A confidence with the reasons for it. */
export interface Judgement {
  confidence: Confidence;
  reasons: string[];
}

const levels: readonly Confidence[] = ['low', 'medium', 'high'];

/** One level less sure, for a reason. */
export function lower(judgement: Judgement, reason: string): Judgement {
  const level = levels[Math.max(0, levels.indexOf(judgement.confidence) - 1)] ?? 'low';
  return { confidence: level, reasons: [...judgement.reasons, reason] };
}

/** At most as sure as a level, for a reason. */
export function atMost(judgement: Judgement, most: Confidence, reason: string): Judgement {
  const level = levels[Math.min(levels.indexOf(judgement.confidence), levels.indexOf(most))] ?? most;
  return { confidence: level, reasons: [...judgement.reasons, reason] };
}

/** The same confidence with one more reason. */
export function because(judgement: Judgement, reason: string): Judgement {
  return { ...judgement, reasons: [...judgement.reasons, reason] };
}

/** Cites a draft and gives it an id that says where it belongs and what it waits for. */
export function finishCandidates(drafts: readonly CandidateDraft[], context: InferContext): TriggerCandidate[] {
  const used = new Map<string, number>();
  return drafts.map((draft) => {
    const base = `c:${draft.dag.dag_id}/${draft.task?.task_id ?? ''}#${draft.source_kind}`;
    const number = (used.get(base) ?? 0) + 1;
    used.set(base, number);
    return {
      id: number === 1 ? base : `${base}~${number}`,
      dag_id: draft.dag.dag_id,
      task_id: draft.task?.task_id ?? null,
      source_kind: draft.source_kind,
      fields: sortedFields(draft.fields),
      filter: draft.filter,
      confidence: draft.judgement.confidence,
      confidence_reasons: draft.judgement.reasons,
      evidence: draft.evidence.map((citation) => context.book.cite(citation)),
      replaces: draft.replaces && { ...draft.replaces, worker_slot_hours_per_day: slotHoursOf(draft.dag, draft.replaces, context) },
      mechanism: draft.mechanism,
      is_mid_dag: draft.is_mid_dag,
    };
  });
}

function sortedFields(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
