import { compareText } from '../../model/place.js';
import type { Canary, Mode, Phase, Rollback, Stage } from '../../model/plan.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { withinSentence } from '../../util/within-sentence.js';
import { coupledProducers } from '../facts/coupled-producers.js';
import { clockPeriodHours } from '../facts/clock-period.js';
import { CANARY_CLOCK_PERIODS, CANARY_HOURS_MAX, CANARY_HOURS_MIN } from '../tables/canary-hours.js';
import { forwarder } from '../tables/deliveries.js';
import { MODES_FILE, modeLine } from '../tables/modes-file.js';
import { hasWatcher } from './trigger.js';

/** What a phase is about, before it has words. */
export interface PhaseCore {
  kind: Phase['kind'];
  wave: number;
  stages: readonly Stage[];
  /** Ids of all DAGs that change mode in the plan. */
  moving: ReadonlySet<string>;
}

/** One commit, its deployment and a parse of the DAG files; then a minute for each DAG to look at. */
const ROLLBACK_MINUTES_BASE = 15;
const ROLLBACK_MINUTES_PER_DAG = 1;

type Words<Result> = Record<Phase['kind'], (core: PhaseCore, facts: PlanFacts) => Result>;

const names = (stages: readonly Stage[]): string => stages.map(({ dag_id }) => dag_id).join(', ');
const count = (stages: readonly Stage[]): string => (stages.length === 1 ? '1 DAG' : `${stages.length} DAGs`);

export const titles: Words<string> = {
  observe: ({ wave, stages }) => `Wave ${wave}: make ${count(stages)} observable`,
  hybrid: ({ wave, stages }) => `Wave ${wave}: ${count(stages)} to hybrid`,
  event: ({ wave, stages }) => `Wave ${wave}: ${count(stages)} to event`,
};

export const goals: Words<string> = {
  observe: ({ stages }) =>
    stages.length === 1
      ? `${names(stages)} announces its success as an asset event. Nothing starts by it yet.`
      : `${names(stages)} announce their success as asset events. Nothing starts by them yet.`,
  hybrid: ({ stages }) =>
    `Events start ${names(stages)}; the clock stays as the safety net, and the duplicate guard lets it do only what no event did.`,
  event: ({ stages }) => `The clock of ${names(stages)} goes; events alone start ${stages.length === 1 ? 'it' : 'them'}.`,
};

export const entries: Words<string[]> = {
  observe: () => ['The last task of each DAG is known, and succeeds only when all the work is done.'],
  hybrid: ({ stages }, facts) => [
    `${MODES_FILE} is deployed and every DAG of this phase reads its mode from it.`,
    'The duplicate guard and the store of dedupe keys are in place.',
    ...waitEntry(stages),
    ...hazardEntry(stages, facts),
  ],
  event: ({ stages }, facts) => [
    'The hybrid phase met its exit criteria.',
    'An alert on the age of the last event and an owner for it are in place.',
    ...forwarderEntry(stages, facts),
    ...hazardEntry(stages, facts),
  ],
};

export const exits: Words<string[]> = {
  observe: () => ['Every successful run in the canary time made exactly one event, and no failed run made one.'],
  hybrid: () => [
    'In the canary time no clock run found work that an event should have started.',
    'No dedupe key was worked on twice.',
    'The time from event to finished run is no longer than the wait for the clock was.',
  ],
  event: () => ['The canary time passed without a missed event, a doubled run, or the rollback switch.'],
};

export const canaries: Words<Canary> = {
  observe: (core, facts) => ({
    text: `Runs and asset events of ${names(core.stages)} are counted side by side; no DAG is started by them.`,
    metric: 'asset events per successful run',
    hours: canaryHours(core, facts),
    stop_rule: 'A successful run without an event, two events of one run, or a task that fails because of its outlet.',
  }),
  hybrid: (core, facts) => ({
    text: `${oneFirst(core.stages, 'goes first')}Each clock run is the comparison: what it still finds to do, the event missed.`,
    metric: 'share of clock runs that found nothing left to do',
    hours: canaryHours(core, facts),
    stop_rule: 'The same key is worked on twice, an event run fails where the clock run succeeds, or runs queue longer than one clock period.',
  }),
  event: (core, facts) => ({
    text: `${oneFirst(core.stages, 'loses its clock first')}Sources and finished runs are compared by dedupe key.`,
    metric: 'events of the source without a finished run',
    hours: canaryHours(core, facts),
    stop_rule: 'One event without a finished run after one former clock period, or a key that was worked on twice.',
  }),
};

export const rollbacks: Words<Rollback> = {
  observe: ({ stages }) => ({
    switch: `Take the outlets of ${names(stages)} out again; no line of ${MODES_FILE} changes.`,
    to: 'cron',
    steps: ['Revert the commit that added the outlets.', 'See that the next run of each DAG succeeds.'],
    minutes: rollbackMinutes(stages),
    replay: 'Nothing: no DAG was started by these events.',
  }),
  hybrid: (core, facts) => ({
    switch: switchText(core.stages),
    to: 'cron',
    steps: [...coupledSteps(core, facts), ...switchSteps],
    minutes: rollbackMinutes(core.stages),
    replay: 'Nothing by hand: the next clock run does what no event run finished.',
  }),
  event: (core, facts) => ({
    switch: switchText(core.stages),
    to: 'cron',
    steps: [...coupledSteps(core, facts), ...switchSteps],
    minutes: rollbackMinutes(core.stages),
    replay:
      'Start one clock run by hand for each interval since the last finished event run; the duplicate guard skips keys that are done.',
  }),
};

const switchSteps = [
  'Commit and deploy the file.',
  'See in the DAG list that each of them has its clock again and its next run is due.',
  'Leave the DAGs unpaused: a paused DAG loses events.',
];

function switchText(stages: readonly Stage[]): string {
  return `In ${MODES_FILE}: ${stages.map(({ dag_id }) => modeLine(dag_id, 'cron')).join('; ')}`;
}

/** A DAG that polls another's runs by logical date needs that clock back before its own. */
function coupledSteps({ stages, moving }: PhaseCore, facts: PlanFacts): string[] {
  const dagIds = stages.map(({ dag_id }) => dag_id);
  return coupledProducers(dagIds, moving, facts)
    .map((producer) => `If ${producer} left cron in the meantime, set its line back first: ${modeLine(producer, 'cron')}`);
}

function waitEntry(stages: readonly Stage[]): string[] {
  const producers = [...new Set(stages.flatMap(({ waits_on }) => waits_on))].sort();
  return producers.length === 0 ? [] : [`These DAGs announce their success: ${producers.join(', ')}.`];
}

/** What takes messages off a broker too early must be gone before the clock is. */
function forwarderEntry(stages: readonly Stage[], facts: PlanFacts): string[] {
  const watched = stages.filter(({ trigger }) =>
    hasWatcher((trigger?.candidates ?? []).flatMap((id) => facts.candidates.get(id) ?? [])),
  );
  return watched.length === 0 ? [] : [`In place of the watchers of ${names(watched)}, ${forwarder.text}.`];
}

function hazardEntry(stages: readonly Stage[], facts: PlanFacts): string[] {
  const byRule = new Map<string, Set<string>>();
  for (const { dag_id } of stages)
    for (const { rule, title } of facts.hazardsOf.get(dag_id) ?? []) {
      const hazard = `${rule} (${withinSentence(title)})`;
      byRule.set(hazard, (byRule.get(hazard) ?? new Set()).add(dag_id));
    }
  return [...byRule]
    .sort(([a], [b]) => compareText(a, b))
    .map(([hazard, dagIds]) => `${hazard} is met, or accepted by name, for ${[...dagIds].join(', ')}.`);
}

/** One of several DAGs shows the way. */
function oneFirst(stages: readonly Stage[], does: string): string {
  return stages.length > 1 ? `${stages[0]?.dag_id ?? ''} ${does}; when one clock period passed well, the others follow. ` : '';
}

function canaryHours({ stages }: PhaseCore, facts: PlanFacts): number {
  const periods = stages.map(({ dag_id }) => {
    const dag = facts.dags.get(dag_id);
    return dag ? clockPeriodHours(dag.schedule) : 0;
  });
  const hours = Math.max(0, ...periods) * CANARY_CLOCK_PERIODS;
  return Math.min(CANARY_HOURS_MAX, Math.max(CANARY_HOURS_MIN, hours));
}

function rollbackMinutes(stages: readonly Stage[]): number {
  return ROLLBACK_MINUTES_BASE + ROLLBACK_MINUTES_PER_DAG * stages.length;
}

/** The mode from which a phase takes its stages. */
export const fromMode: Record<'hybrid' | 'event', Mode> = { hybrid: 'cron', event: 'hybrid' };
