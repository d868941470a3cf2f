import type { Dag } from '../../model/graph.js';
import { taskCitation, dagCitation } from '../evidence.js';
import { assetJoin, assetLeaves } from '../sources/asset-expression.js';
import { assetsOf } from '../sources/assets.js';
import { hasEvent, isOnClock, isOnEvents, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H7: between an event and its run things can get lost, or double. */
export const triggerRacesHazard: HazardRule = {
  doc: {
    id: 'H7',
    kind: 'hazard',
    title: 'Events that no run picks up in time',
    level: 'medium',
    versions: '2.4 and later',
    why:
      'A run takes the events up to the moment at which its asset was first queued. With max_active_runs=1 everything that ' +
      'comes during a run is queued as one, and all but the first of it waits until yet another event comes. A mapped task ' +
      'with an outlet sends one event for each of its copies, within moments: the run starts at the first.',
    cure: 'Announce from one task after the mapped ones, process by the state of the data instead of by event, and keep a clock that picks up the rest.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

with DAG("parts", schedule="@daily"):
    BashOperator.partial(task_id="load", outlets=[Asset("parts")]).expand(bash_command=["load a", "load b"])
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("parts", schedule="@daily"):
    load = BashOperator.partial(task_id="load").expand(bash_command=["load a", "load b"])
    load >> EmptyOperator(task_id="loaded", outlets=[Asset("parts")])
`,
    },
  },
  find: (scope) => [...mappedOutlets(scope), ...singleRun(scope)],
};

function mappedOutlets({ facts: { dag, topology } }: HazardScope): HazardMatch[] {
  const mappedGroups = new Set(dag.task_groups.filter((group) => group.is_mapped).map((group) => group.group_id));
  return [...topology.tasks.values()]
    .filter((task) => task.outlets.length > 0 && (task.is_mapped || (task.group_id !== null && mappedGroups.has(task.group_id))))
    .map((task) => {
      const message = `${task.task_id} is mapped and announces its asset once for each copy: consumers start at the first`;
      return { task, severity: 'medium', message, evidence: [taskCitation(dag, task, message, 'mapped-outlet')] };
    });
}

const singleRunCure = 'Process by the state of the data instead of by event, and keep a clock that picks up the rest; or allow more runs where they do not disturb each other.';

/** On events it happens today; on the clock it is what the move brings. */
function singleRun({ facts: { dag }, candidates }: HazardScope): HazardMatch[] {
  if (dag.max_active_runs !== 1) return [];
  const isToday = isOnEvents(dag);
  if (!isToday && !(isOnClock(dag) && hasEvent(candidates))) return [];
  const when = isToday ? 'events' : 'on events, those';
  const message = `${dag.dag_id} has max_active_runs=1: ${when} that come during a run share the next one, and all but the first of them wait for another event`;
  return [{ task: null, subject: 'max_active_runs', severity: isBursty(dag) ? 'medium' : 'low', message, cure: singleRunCure, evidence: [dagCitation(dag, `${dag.dag_id} has max_active_runs=1`, 'max-active-runs')] }];
}

/** Events from outside Airflow, or of any of several assets, come in no order: some will fall into a run. */
function isBursty(dag: Dag): boolean {
  const expression = assetsOf(dag);
  if (!expression) return false;
  return (dag.watchers ?? []).length > 0 || (assetLeaves(expression).length > 1 && assetJoin(expression) !== 'all');
}
