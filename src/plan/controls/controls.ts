import type { Controls } from '../../model/controls.js';
import type { Dag } from '../../model/graph.js';
import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { entriesFor, entryFor } from '../facts/user-context.js';
import { contractIds } from './contracts.js';
import { backpressureOf, deadLetterOf, dedupeOf, orderingOf, retriesOf } from './flow.js';
import { joinRuleOf } from './join.js';
import { isStartedByEvents } from './legs.js';
import { onCallOf, ownerOf } from './people.js';
import { CONTEXT_FILE } from './quantity.js';
import { channelsOf, routesOf } from './routes.js';
import { signalsOf } from './signals.js';
import { sinksOf } from './sinks.js';
import { sloOf } from './slo.js';

/** Every stage with its controls: they follow from the stage, the graph and the context, whoever chose its trigger. */
export function withControls(stages: readonly Stage[], facts: PlanFacts): Stage[] {
  const contracts = contractIds(stages, facts);
  return stages.map((stage) => {
    const dag = facts.dags.get(stage.dag_id);
    return { ...stage, controls: dag && isStartedByEvents(stage) ? controlsOf(stage, dag, contracts, facts) : null };
  });
}

function controlsOf(stage: Stage, dag: Dag, contracts: ReadonlyMap<string, string>, facts: PlanFacts): Controls {
  const channels = channelsOf(stage, contracts, facts);
  const slo = sloOf(dag, facts);
  const dedupe = dedupeOf(stage, channels, facts);
  const dead_letter = deadLetterOf(dag, slo, channels, facts);
  const on_call = onCallOf(dag, facts);
  return {
    owner: ownerOf(dag, facts),
    on_call,
    routes: routesOf(stage, contracts, facts),
    guarantee_rests_on: guaranteeRestsOn(stage, dedupe),
    ordering: orderingOf(stage, facts),
    dedupe,
    sinks: sinksOf(stage, dag, facts),
    backpressure: backpressureOf(stage, dag, channels, facts),
    retries: retriesOf(dag, slo, channels),
    dead_letter,
    fan_in: joinRuleOf(stage, dag, facts),
    slo,
    signals: signalsOf(dag.dag_id, { slo, dead_letter, on_call, dedupe }, channels),
    assumptions: assumptionsOf(dag, facts),
  };
}

function guaranteeRestsOn({ delivery, dedupe_key, delivery_reason }: Stage, dedupe: Controls['dedupe']): string[] {
  if (delivery === 'at_most_once') return [delivery_reason, 'What an event loses, the clock run finds.'];
  const key = dedupe_key.join(' + ');
  if (delivery === 'at_least_once') return [delivery_reason, `A repeated event is told by ${key}.`];
  return [
    delivery_reason,
    `The key ${key} is stored in ${dedupe.store} before the work and kept for ${dedupe.retention.value} hours, longer than an event can come back.`,
    'Each sink takes the same delivery twice without harm, or is written behind the same key.',
  ];
}

/** What the plan takes from the context file, and what hurt before. */
function assumptionsOf(dag: Dag, facts: PlanFacts): string[] {
  const tolerance = entryFor(facts.context['failure-tolerance'], dag);
  const texts = [
    ...(tolerance?.loss === undefined ? [] : [`Loss of events is ${tolerance.loss === 'never' ? 'never acceptable' : 'tolerable'} (${CONTEXT_FILE}).`]),
    ...(tolerance?.duplicates === undefined ? [] : [`Doubled work is ${tolerance.duplicates === 'never' ? 'never acceptable' : 'tolerable'} (${CONTEXT_FILE}).`]),
    ...entriesFor(facts.context.incidents, dag).map(({ what }) => `It has hurt before: ${what} (${CONTEXT_FILE}).`),
  ];
  return texts;
}
