import type { Person } from '../../model/controls.js';
import type { Phase } from '../../model/plan.js';
import { ownerOf, together } from '../controls/people.js';
import { CONTEXT_FILE, assumed } from '../controls/quantity.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { efforts } from '../tables/efforts.js';
import type { PhaseCore } from './phase-words.js';
import { eventKinds } from '../tables/event-kinds.js';
import { eventSystems } from '../tables/event-systems.js';
import { MODES_FILE } from '../tables/modes-file.js';

type Task = Phase['tasks'][number];

function task(text: string, hours: number, source: string): Task {
  return { text, effort: assumed(hours, 'hours', source) };
}

/** What has to be done before a phase begins, with hours from the table of efforts. */
export function phaseTasks(core: PhaseCore, number: number, facts: PlanFacts): Task[] {
  const { kind, stages } = core;
  const dags = stages.length;
  const perDag = (hours: number): string => `${hours} h for each of ${dags} ${dags === 1 ? 'DAG' : 'DAGs'}`;
  switch (kind) {
    case 'observe':
      return [task('Give the last task of each DAG its outlet, and see its event in a test run.', efforts.outlet * dags, perDag(efforts.outlet))];
    case 'hybrid':
      return [
        ...(isFirstOfItsKind(core) ? [task(`Set up the key store, the dead-letter table and ${MODES_FILE}.`, efforts.foundation, 'once, before the first hybrid phase')] : []),
        ...channelTasks(core, facts),
        task('Put the duplicate guard before the work of each DAG, and give it its hybrid schedule.', efforts.guard * dags, perDag(efforts.guard)),
        ...hazardTasks(core, facts),
        task('Set up the signals of each DAG and call the on-call once as a test.', efforts.signals * dags, perDag(efforts.signals)),
      ];
    case 'event':
      return [
        task('Practise the rollback switch on one DAG of the phase.', efforts.rehearsal, `once for phase ${number}`),
        task('Take the clock out of the schedule of each DAG.', efforts.cutover * dags, perDag(efforts.cutover)),
      ];
  }
}

function isFirstOfItsKind({ wave }: PhaseCore): boolean {
  return wave === 1;
}

/** One channel for each kind of system that events of these stages come by from outside Airflow. */
function channelTasks({ stages }: PhaseCore, facts: PlanFacts): Task[] {
  const systems = new Map<string, number>();
  for (const { trigger } of stages)
    for (const id of trigger?.candidates ?? []) {
      const kind = facts.candidates.get(id)?.source_kind;
      if (kind === undefined || kind === 'clock' || kind === 'asset' || kind === 'dag_completion') continue;
      const { name } = eventSystems[eventKinds[kind].system];
      systems.set(name, (systems.get(name) ?? 0) + 1);
    }
  return [...systems].map(([name, channels]) =>
    task(
      `Build the way of the events by ${name}: channel, subscription, filter, dead letters, alarms.`,
      efforts.channel * channels,
      `${efforts.channel} h for each of ${channels} ${channels === 1 ? 'channel' : 'channels'}`,
    ),
  );
}

function hazardTasks({ stages }: PhaseCore, facts: PlanFacts): Task[] {
  const hazards = stages.flatMap(({ dag_id }) => facts.hazardsOf.get(dag_id) ?? []);
  if (hazards.length === 0) return [];
  const hours = hazards.reduce((sum, { severity }) => sum + efforts.hazard[severity], 0);
  const rules = [...new Set(hazards.map(({ rule }) => rule))].sort();
  return [task(`Meet the hazards of these DAGs (${rules.join(', ')}) as each stage says.`, hours, 'hours by severity, summed over the hazards')];
}

/** The owners of the DAGs that change. */
export function decider({ stages }: PhaseCore, facts: PlanFacts): Person {
  return together(
    stages.flatMap(({ dag_id }) => {
      const dag = facts.dags.get(dag_id);
      return dag ? [ownerOf(dag, facts)] : [];
    }),
  );
}

/** No phase begins while the team may not change anything. */
export function freezeEntries({ context }: PlanFacts): string[] {
  return (context['freeze-windows'] ?? []).map(
    ({ when, why }) => `It does not begin or end in the freeze window ${when}${why === undefined ? '' : ` (${why})`} (${CONTEXT_FILE}).`,
  );
}
