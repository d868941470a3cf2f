import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { PILOT_WAVE_SIZE, WAVE_SIZE } from '../tables/wave-size.js';
import { compareByRisk } from './risk.js';

/** Whether a stage changes mode in this plan. */
export function moves({ today, target }: Stage): boolean {
  return today === 'cron' && (target === 'hybrid' || target === 'event');
}

/**
 * Orders the moving stages: a DAG follows those that rely on its clock, and among those that may come, the least risky
 * do. Stages that can't be ordered (a cycle, which no valid plan moves) come last, so that none is lost.
 */
export function planWaves(stages: readonly Stage[], facts: PlanFacts): Stage[][] {
  const moving = new Map(stages.filter(moves).map((stage) => [stage.dag_id, stage]));
  const waiting = new Map([...moving.keys()].map((dagId) => [dagId, movingConsumers(dagId, moving, facts).length]));
  const compare = compareByRisk(facts);
  let ready = [...moving.values()].filter(({ dag_id }) => waiting.get(dag_id) === 0);
  const waves: Stage[][] = [];
  while (ready.length > 0) {
    ready.sort(compare);
    const size = waves.length === 0 ? PILOT_WAVE_SIZE : WAVE_SIZE;
    const wave = ready.slice(0, size);
    ready = [...ready.slice(size), ...wave.flatMap(({ dag_id }) => release(dag_id, waiting, moving, facts))];
    waves.push(wave);
    for (const { dag_id } of wave) moving.delete(dag_id);
  }
  if (moving.size > 0) waves.push([...moving.values()].sort(compare));
  return waves;
}

function movingConsumers(dagId: string, moving: ReadonlyMap<string, Stage>, facts: PlanFacts): string[] {
  const couplings = facts.consumersOf.get(dagId) ?? [];
  return couplings.map(({ consumer }) => consumer).filter((consumer) => moving.has(consumer));
}

/** The stages that waited only for this DAG. */
function release(
  dagId: string,
  waiting: Map<string, number>,
  moving: ReadonlyMap<string, Stage>,
  facts: PlanFacts,
): Stage[] {
  return (facts.reliesOn.get(dagId) ?? []).flatMap(({ producer }) => {
    const stage = moving.get(producer);
    const left = (waiting.get(producer) ?? 0) - 1;
    waiting.set(producer, left);
    return stage && left === 0 ? [stage] : [];
  });
}
