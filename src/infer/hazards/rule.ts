import type { Severity, TriggerCandidate } from '../../model/analysis.js';
import type { Dag, Task } from '../../model/graph.js';
import type { RuleDoc } from '../../model/rule.js';
import type { DagFacts, InferContext } from '../context.js';
import type { Citation } from '../evidence.js';
import type { ClockCoupling } from '../lineage/coupling.js';

/** A place at which a hazard shows. */
export interface HazardMatch {
  task: Task | null;
  /** Tells apart several matches at one task; part of the hazard's id. */
  subject?: string;
  severity: Severity;
  message: string;
  /** When this match has a cure of its own. */
  cure?: string;
  evidence: [Citation, ...Citation[]];
}

/** What a rule may look at. */
export interface HazardScope {
  facts: DagFacts;
  /** Candidates of this DAG. */
  candidates: readonly TriggerCandidate[];
  /** Couplings of which this DAG is the reading side. */
  couplings: readonly ClockCoupling[];
  /** Candidates of any DAG. */
  candidatesOf: (dagId: string) => readonly TriggerCandidate[];
  context: InferContext;
}

/** A hazard: its whole story and its matcher, in one file. */
export interface HazardRule {
  doc: RuleDoc & { kind: 'hazard' };
  find(scope: HazardScope): HazardMatch[];
}

/** Whether the clock starts the DAG today. */
export function isOnClock(dag: Dag): boolean {
  return ['cron', 'delta', 'timetable', 'assets_or_time'].includes(dag.schedule.kind);
}

/** Whether events start the DAG today. */
export function isOnEvents(dag: Dag): boolean {
  return dag.schedule.kind === 'assets' || dag.schedule.kind === 'assets_or_time';
}

/** Whether the DAG has a schedule at all that could be, or has been, moved to events. */
export function isScheduled(dag: Dag): boolean {
  return isOnClock(dag) || isOnEvents(dag);
}

/** Whether something believable from outside the clock could start the DAG. */
export function hasEvent(candidates: readonly TriggerCandidate[]): boolean {
  return candidates.some((candidate) => candidate.source_kind !== 'clock' && candidate.confidence !== 'low' && !candidate.is_mid_dag);
}
