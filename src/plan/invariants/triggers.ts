import type { StageTrigger } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { unusableWords, whyUnusable } from '../facts/usable.js';
import { isConfirmed } from '../facts/user-context.js';
import { joinProblem } from '../offline/trigger.js';
import { defineInvariant, stagePath } from './invariant.js';

/** What starts a moved DAG is one of its own candidates, said as it is. */
export const triggers = defineInvariant({
  id: 'triggers',
  codes: {
    TRIGGER_MISSING: 'Name the candidates that start the DAG.',
    TRIGGER_FOREIGN: "Use the DAG's own candidates.",
    TRIGGER_TWICE: 'Name each candidate once.',
    TRIGGER_KIND: "Take the source kind of the candidates; where they differ they meet as 'asset'.",
    TRIGGER_UNUSABLE: 'Use a candidate that can start the DAG, or leave the DAG on cron.',
    TRIGGER_UNSURE: 'Keep the clock as the safety net while a candidate is less than certain.',
    TRIGGER_JOIN: "Use 'single' for one candidate and a join for several.",
    JOIN_IMPOSSIBLE: 'Join the events in a way that the analysed Airflow version has, or leave the DAG on cron.',
    LEG_DROPPED: 'Wait for every leg of the fan-in.',
  },
  check({ plan, facts, progress }, report) {
    plan.stages.forEach(({ dag_id, target, trigger }, index) => {
      const path = stagePath(index, 'trigger');
      const isMoved = progress.has(dag_id);
      if (!trigger || (isMoved && trigger.candidates.length === 0)) {
        if (target === 'event' || target === 'hybrid') report('TRIGGER_MISSING', path, `Nothing starts ${dag_id}.`);
        return;
      }
      const candidates = trigger.candidates.flatMap((id) => facts.candidates.get(id) ?? []);
      if (new Set(trigger.candidates).size < trigger.candidates.length) report('TRIGGER_TWICE', path, `${dag_id} names a candidate twice.`);
      for (const candidate of candidates) {
        const reason = whyUnusable(candidate, facts);
        if (candidate.dag_id !== dag_id) report('TRIGGER_FOREIGN', path, `${candidate.id} starts ${candidate.dag_id}, not ${dag_id}.`);
        else if (reason) report('TRIGGER_UNUSABLE', path, `${candidate.id} ${unusableWords[reason](candidate, facts)}.`);
        else if (target === 'event' && candidate.confidence !== 'high' && !isConfirmed(candidate, facts.context))
          report('TRIGGER_UNSURE', path, `${dag_id} loses its clock for ${candidate.id}, which is not certain.`);
      }
      const kinds = [...new Set(candidates.map(({ source_kind }) => source_kind))];
      const kind = kinds.length > 1 ? 'asset' : kinds[0];
      if (kind !== undefined && kind !== trigger.source_kind) report('TRIGGER_KIND', path, `The events of ${dag_id} are ${kind}, not ${trigger.source_kind}.`);
      if (candidates.length > 0 && (trigger.join === 'single') !== (candidates.length === 1))
        report('TRIGGER_JOIN', path, `${candidates.length} candidates of ${dag_id} are joined by ${trigger.join}.`);
      const problem = isMoved ? joinProblem(candidates, trigger.join, facts) : undefined;
      if (problem !== undefined) report('JOIN_IMPOSSIBLE', path, `${dag_id}: ${problem}`);
      for (const leg of droppedLegs(dag_id, trigger, facts)) report('LEG_DROPPED', path, `${dag_id} would start without ${leg}.`);
    });
  },
});

/** Legs that have to be there before work begins, and that the trigger leaves out, or waits for one of only. */
function droppedLegs(dagId: string, { candidates, join }: StageTrigger, facts: PlanFacts): string[] {
  return (facts.fanInsOf.get(dagId) ?? []).flatMap((fanIn) => {
    if (fanIn.join !== 'all' || !fanIn.legs.some((leg) => candidates.includes(leg))) return [];
    if (join === 'any') return fanIn.legs;
    return fanIn.legs.filter((leg) => {
      const candidate = facts.candidates.get(leg);
      return candidate && !candidates.includes(leg) && !sharesProducers(leg, candidates, facts) && !whyUnusable(candidate, facts);
    });
  });
}

function sharesProducers(leg: string, candidates: readonly string[], facts: PlanFacts): boolean {
  const own = JSON.stringify(facts.producers.get(leg)?.known ?? []);
  return own !== '[]' && candidates.some((id) => JSON.stringify(facts.producers.get(id)?.known ?? []) === own);
}
