import type { PlanDocument, PlanScore } from '../model/plan.js';
import { checkPlan } from './invariants/check-plan.js';
import { moves } from './offline/waves.js';

/** What a plan is worth counts in parts, so that two plans of one estate can be compared. The weights sum up to 100. */
const weights: Readonly<Record<PlanScore['parts'][number]['name'], number>> = {
  sound: 40,
  placed: 10,
  hazards_met: 10,
  known_operation: 15,
  wait_removed: 15,
  parallel: 5,
  answered: 5,
};

type Unscored = Omit<PlanDocument, 'score'>;

/** Scores a plan, 0 to 100, by rules alone: the same plan gets the same score. */
export function scorePlan(plan: Unscored): PlanScore {
  const shares: Record<keyof typeof weights, number> = {
    // One broken invariant is half of it: a plan is safe, or it isn't.
    sound: 1 / (1 + checkPlan({ ...plan, score: { total: 0, parts: [] } }).length),
    placed: placed(plan),
    hazards_met: hazardsMet(plan),
    known_operation: knownOperation(plan),
    wait_removed: waitRemoved(plan),
    parallel: parallel(plan),
    answered: 1 / (1 + plan.questions.length / Math.max(1, plan.stages.length)),
  };
  const parts = (Object.keys(weights) as (keyof typeof weights)[]).map((name) => ({ name, share: rounded(shares[name]), weight: weights[name] }));
  return { total: rounded(parts.reduce((sum, { share, weight }) => sum + share * weight, 0)), parts };
}

/** Three places are enough to compare, and few enough to print. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

function placed({ stages, analysis }: Unscored): number {
  const ids = new Set(stages.map(({ dag_id }) => dag_id));
  return share(analysis.graph.dags.filter(({ dag_id }) => ids.has(dag_id)).length, Math.max(analysis.graph.dags.length, stages.length));
}

function hazardsMet({ stages, analysis }: Unscored): number {
  const answered = new Set(stages.flatMap(({ hazards }) => hazards.filter(({ answer }) => answer.trim() !== '').map(({ hazard }) => hazard)));
  return share(analysis.hazards.filter(({ id }) => answered.has(id)).length, analysis.hazards.length);
}

/** Of what events start: owner, service level, rate and channels are known, not assumed. */
function knownOperation({ stages }: Unscored): number {
  const facts = stages.flatMap(({ controls }) =>
    controls === null
      ? []
      : [controls.owner.origin !== 'missing', controls.slo.target.origin !== 'default', controls.backpressure.rate.origin !== 'default', controls.routes.every(({ origin }) => origin !== 'default')],
  );
  return share(facts.filter(Boolean).length, facts.length);
}

/** Of the mean waits for clocks of the DAGs that could be planned for: how much the move takes away. */
function waitRemoved({ stages, analysis }: Unscored): number {
  const onClock = stages.filter(({ today }) => today === 'cron');
  const verdicts = new Map(analysis.verdicts.map(({ dag_id, verdict }) => [dag_id, verdict]));
  const movable = onClock.filter(({ dag_id }) => verdicts.get(dag_id) !== 'stay_on_cron');
  return share(movable.filter(({ target }) => target === 'event').length + movable.filter(({ target }) => target === 'hybrid').length / 2, movable.length);
}

/** Few phases for many DAGs: work side by side. */
function parallel({ stages, phases }: Unscored): number {
  const moving = stages.filter(moves).length;
  return moving === 0 ? 1 : Math.min(1, (2 * moving) / Math.max(1, phases.length) / 4);
}
