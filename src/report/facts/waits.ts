import type { RankedDag } from '../../model/analysis.js';
import type { Quantity } from '../../model/controls.js';
import type { PlanDocument, Stage } from '../../model/plan.js';

/** How long data lies ready before a DAG that moves starts: expected today, and at most by its contracts afterwards. */
export interface DagWait {
  readonly dagId: string;
  /** Seconds; null where nothing tells. */
  readonly today: number | null;
  /** Seconds that an event may take from its source to its start; null without a contract. */
  readonly after: number | null;
}

const secondsOf: Partial<Record<Quantity['unit'], number>> = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 };

/** A duration in seconds; undefined for what isn't one. */
function secondsIn({ value, unit }: Quantity): number | undefined {
  const unitSeconds = secondsOf[unit];
  return unitSeconds === undefined ? undefined : Math.round(value * unitSeconds);
}

/** Whether events start a DAG after the plan that a clock starts today. */
export function movesToEvents({ today, target }: Stage): boolean {
  return today !== target && today !== 'event' && (target === 'event' || target === 'hybrid');
}

/** The waits of DAGs that move, in the document's order. */
export function waitsOf({ analysis, stages, contracts }: PlanDocument): DagWait[] {
  const ranked = new Map((analysis.ranking ?? []).map((each) => [each.dag_id, each]));
  const levels = new Map(contracts.map(({ id, slo }) => [id, secondsIn(slo)]));
  return stages.filter(movesToEvents).map(({ dag_id: dagId, controls }) => {
    const limits = (controls?.routes ?? []).flatMap(({ contract }) => levels.get(contract) ?? []);
    return {
      dagId,
      today: ranked.get(dagId)?.factors.latency.value ?? null,
      after: limits.length === 0 ? null : Math.max(...limits),
    };
  });
}

/** The middle value; the lower of two in the middle, so that it is one that occurs. Null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}

/** The waits of DAGs that move, in two numbers: medians in seconds, null where nothing tells. */
interface WaitNumbers {
  readonly dags: number;
  readonly unknown: number;
  readonly today: number | null;
  readonly after: number | null;
}

/** The waits of DAGs in two numbers. */
export function waitNumbers(waits: readonly DagWait[]): WaitNumbers {
  return {
    dags: waits.length,
    unknown: waits.filter(({ today }) => today === null).length,
    today: medianOf(waits.flatMap(({ today }) => today ?? [])),
    after: medianOf(waits.flatMap(({ after }) => after ?? [])),
  };
}

/** Hours a day that the sensors of DAGs that move hold worker slots, at most. */
export function slotHoursWon({ analysis, stages }: PlanDocument): { readonly hours: number; readonly dags: readonly RankedDag[]; readonly unknown: number } {
  const moving = new Set(stages.filter(movesToEvents).map((stage) => stage.dag_id));
  const ranked = (analysis.ranking ?? []).filter((each) => moving.has(each.dag_id));
  const dags = ranked.filter(({ factors }) => (factors.slot_hours.value ?? 0) > 0);
  const hours = dags.reduce((sum, { factors }) => sum + (factors.slot_hours.value ?? 0), 0);
  return { hours: Math.round(hours * 10) / 10, dags, unknown: ranked.filter(({ factors }) => factors.slot_hours.value === null).length };
}
