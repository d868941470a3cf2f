import type { Hazard, RankedDag, RankFactor, TriggerCandidate, Verdict } from '../../model/analysis.js';
import type { Dag } from '../../model/graph.js';
import { compareText } from '../../model/place.js';
import type { InferContext } from '../context.js';
import type { ClockCoupling } from '../lineage/coupling.js';
import { dependantsFactor, dependantsOf } from './dependants.js';
import { latencyFactor } from './latency.js';
import { slotHoursFactor } from './slot-hours.js';

interface RankInput {
  verdicts: readonly Verdict[];
  candidatesOf: (dagId: string) => readonly TriggerCandidate[];
  hazardsOf: ReadonlyMap<string, readonly Hazard[]>;
  couplings: readonly ClockCoupling[];
  context: InferContext;
}

type Factors = RankedDag['factors'];
type Unplaced = Omit<RankedDag, 'position' | 'behind'>;

/** What is compared, one after the other; the first that differs decides. An unknown stands behind what is known. */
const comparisons: readonly { says: string; of: (dag: Unplaced) => number }[] = [
  { says: 'it needs work first', of: ({ verdict }) => (verdict === 'ready' ? 0 : 1) },
  { says: 'more is at risk', of: ({ factors }) => factors.risk.value ?? Infinity },
  { says: 'it takes more effort', of: ({ factors }) => factors.effort.value ?? Infinity },
  { says: 'less latency is won', of: ({ factors }) => -(factors.latency.value ?? -1) },
  { says: 'fewer slot hours are won', of: ({ factors }) => -(factors.slot_hours.value ?? -1) },
  { says: 'more DAGs depend on it', of: ({ factors }) => factors.dependants.value ?? Infinity },
];

/** The DAGs that could leave the clock, in the order in which to move them. */
export function rankDags(input: RankInput): RankedDag[] {
  const dependants = dependantsOf(input.context.graph, input.couplings);
  const movable = input.verdicts.flatMap(({ dag_id: dagId, verdict }): Unplaced[] => {
    const dag = input.context.dags.get(dagId)?.dag;
    const events = input.candidatesOf(dagId).filter(isUsable);
    if (!dag || events.length === 0 || (verdict !== 'ready' && verdict !== 'needs_work') || dag.schedule.kind === 'unknown') return [];
    const hazards = input.hazardsOf.get(dagId) ?? [];
    const factors: Factors = {
      latency: latencyFactor(dag, events, input.context),
      slot_hours: slotHoursFactor(dag, events, input.context),
      effort: effortFactor(hazards),
      risk: riskFactor(dag, hazards),
      dependants: dependantsFactor(dagId, dependants, input.context),
    };
    return [{ dag_id: dagId, verdict, factors }];
  });
  const ordered = movable.sort((a, b) => firstDifference(a, b)?.order ?? compareText(a.dag_id, b.dag_id));
  return ordered.map((dag, index) => ({ ...dag, position: index + 1, behind: behindText(ordered[index - 1], dag) }));
}

function isUsable(candidate: TriggerCandidate): boolean {
  return candidate.source_kind !== 'clock' && candidate.confidence !== 'low' && !candidate.is_mid_dag;
}

function firstDifference(a: Unplaced, b: Unplaced): { order: number; says: string } | undefined {
  for (const { of, says } of comparisons) {
    const [ours, theirs] = [of(a), of(b)];
    if (ours !== theirs) return { order: ours < theirs ? -1 : 1, says };
  }
  return undefined;
}

function behindText(before: Unplaced | undefined, dag: Unplaced): string {
  if (!before) return '';
  return firstDifference(before, dag)?.says ?? 'nothing differs: by name';
}

/** Each rule that asks for a change counts once, however many tasks it names: one cure serves them all. */
function effortFactor(hazards: readonly Hazard[]): RankFactor {
  const asking = hazards.filter(({ severity }) => severity !== 'low');
  const tasks = new Map<string, Set<string | null>>();
  for (const { rule, task_id } of asking) tasks.set(rule, (tasks.get(rule) ?? new Set()).add(task_id));
  const parts = [...tasks].map(([rule, where]) => (where.size > 1 ? `${rule} in ${where.size} tasks` : rule));
  return { value: tasks.size, text: parts.length === 0 ? 'nothing has to change' : parts.join(', '), evidence: asking.flatMap(({ evidence }) => evidence.slice(0, 1)) };
}

/** High hazards, and what is not known about the DAG. */
function riskFactor(dag: Dag, hazards: readonly Hazard[]): RankFactor {
  const high = hazards.filter(({ severity }) => severity === 'high');
  const isPartial = dag.status !== 'exact';
  const texts = [...(high.length > 0 ? [`${high.length} high`] : []), ...(isPartial ? ['its graph is known only in part'] : [])];
  return { value: high.length + (isPartial ? 1 : 0), text: texts.length === 0 ? 'no high hazard' : texts.join(', '), evidence: high.flatMap(({ evidence }) => evidence.slice(0, 1)) };
}
