import type { FanIn } from '../../model/analysis.js';
import type { JoinRule } from '../../model/controls.js';
import type { Stage } from '../../model/plan.js';
import { isAtLeast } from '../../util/release.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { correlationFields } from '../tables/correlation-fields.js';
import { qualifyField } from '../tables/dedupe-keys.js';
import { eventKinds } from '../tables/event-kinds.js';
import type { EventKind, Leg } from './legs.js';

export type Correlation = Pick<JoinRule, 'correlation_key' | 'correlation_reason' | 'evidence'>;

/** The fields in which the legs of a stage agree, as far as its code says by what they belong together. */
export function correlationOf(stage: Stage, legs: readonly Leg[], join: JoinRule['join'], facts: PlanFacts): Correlation {
  if (join === 'any') return without('Each event starts a run of its own: nothing has to belong together.', []);
  const terms = meetingOf(stage, legs, facts)?.terms;
  if (!terms) return without('The code says nowhere that these events meet.', []);
  const { kind, text, evidence } = terms.correlation;
  if (kind !== 'date' && kind !== 'partition') return without(`Nothing in the code says it: ${text}.`, evidence);
  const kinds = [...new Set(legs.map((leg) => leg.kind))];
  const silent = kinds.filter((each) => fieldOf(each, facts) === undefined);
  if (silent.length > 0) return without(`The code goes by ${text}; ${silent.join(', ')} events carry no field that says it on Airflow ${facts.version}.`, evidence);
  const key = kinds.flatMap((each) => {
    const field = fieldOf(each, facts) ?? '';
    return kinds.length > 1 ? qualifyField(each, field) : field;
  });
  const open = kinds.filter((each) => !eventKinds[each].required.includes(fieldOf(each, facts) ?? ''));
  const duty = open.length === 0 ? '' : ` Whoever sends ${open.join(', ')} events must fill it: the event may come without.`;
  return { correlation_key: key, correlation_reason: `The code goes by ${text}.${duty}`, evidence: [...evidence] };
}

function without(reason: string, evidence: readonly string[]): Correlation {
  return { correlation_key: [], correlation_reason: reason, evidence: [...evidence] };
}

function fieldOf(kind: EventKind, { version }: PlanFacts): string | undefined {
  const row = correlationFields[kind];
  if (row === null || (row.since !== undefined && !isAtLeast(version, row.since))) return undefined;
  return row.field;
}

/** The fan-in of the DAG at which most of these legs meet: all of them, where there is one. */
function meetingOf({ dag_id, trigger }: Stage, legs: readonly Leg[], facts: PlanFacts): FanIn | undefined {
  const fanIns = facts.fanInsOf.get(dag_id) ?? [];
  if (!trigger || trigger.candidates.length === 0) return fanIns.find(({ task_id }) => task_id === null);
  const ids = legs.flatMap(({ candidate }) => candidate?.id ?? []);
  return fanIns.find((fanIn) => ids.every((id) => fanIn.legs.includes(id)));
}
