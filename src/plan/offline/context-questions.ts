import type { Controls } from '../../model/controls.js';
import type { Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { declaredSource, entryFor } from '../facts/user-context.js';

/** What the context file could say: the question, and whether a stage's controls miss its answer. */
const questions: readonly { question: string; isOpen: (controls: Controls) => boolean }[] = [
  {
    question: 'Who owns these DAGs? Nobody is named as owner of what happens to their events (owners in dag2event.context.yaml).',
    isOpen: ({ owner }) => owner.origin === 'missing',
  },
  {
    question: 'How fast must the data be there after its event? The plan takes the wait for the clock today as the limit (latency in dag2event.context.yaml).',
    isOpen: ({ slo }) => slo.target.origin === 'default',
  },
  {
    question: 'How many events come in an hour, and in the worst minute? The plan takes one for each clock period (throughput in dag2event.context.yaml).',
    isOpen: ({ backpressure }) => backpressure.rate.origin === 'default',
  },
  {
    question: 'Do the channels exist for these events, and what are they called? The plan names new ones (event-sources in dag2event.context.yaml).',
    isOpen: ({ routes }) => routes.some(({ origin, system }) => origin === 'default' && system !== 'airflow_assets' && system !== 'airflow_runs'),
  },
  {
    question: 'By which field (partition, date, file) do the events of these DAGs belong together? The code and the events do not say it.',
    isOpen: ({ fan_in }) => fan_in !== null && fan_in.join !== 'any' && fan_in.correlation_key.length === 0,
  },
];

/** The questions that a context file would answer, each with the DAGs for which it is open. */
export function contextQuestions(stages: readonly Stage[]): [string, string[]][] {
  return questions.flatMap(({ question, isOpen }) => {
    const open = stages.filter(({ controls }) => controls !== null && isOpen(controls)).map(({ dag_id }) => dag_id);
    return open.length === 0 ? [] : [[question, open] satisfies [string, string[]]];
  });
}

const aboutDags = ['throughput', 'latency', 'failure-tolerance', 'incidents', 'owners'] as const;

/** DAGs that events start today, that no phase touches, and that may do twice what must not be done twice. */
export function unguardedToday(stages: readonly Stage[], { context, dags }: PlanFacts): [string, string[]][] {
  return stages.flatMap(({ dag_id, wave, delivery, controls }) => {
    const dag = dags.get(dag_id);
    if (!dag || !controls || wave > 0 || delivery !== 'at_least_once' || entryFor(context['failure-tolerance'], dag)?.duplicates !== 'never') return [];
    return [[`Shall ${dag_id} get the duplicate guard too? Events start it today, its work may be done twice, and dag2event.context.yaml says that it must not.`, [dag_id]] satisfies [string, string[]]];
  });
}

/** What the context file says about nothing here: a misspelt name must not be lost in silence. */
export function idleEntries({ context, dags, candidates }: PlanFacts): string[] {
  const idle = aboutDags.flatMap((key) =>
    (context[key] ?? []).flatMap((entry, index) => ([...dags.values()].some((dag) => entryFor([entry], dag)) ? [] : [`${key}, entry ${index + 1}, fits no DAG`])),
  );
  const sources = (context['event-sources'] ?? []).flatMap((source, index) =>
    [...candidates.values()].some((candidate) => declaredSource(candidate, { 'event-sources': [source] })) ? [] : [`event-sources, entry ${index + 1}, fits no source that the analysis found`],
  );
  return [...idle, ...sources].map((fault) => `Is dag2event.context.yaml right? In it ${fault}.`);
}
