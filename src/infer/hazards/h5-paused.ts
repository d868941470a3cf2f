import { isAtLeast } from '../../util/release.js';
import { dagCitation } from '../evidence.js';
import { hasEvent, isOnEvents, type HazardRule } from './rule.js';

/** H5: a paused DAG starts no run for what happens meanwhile. */
export const pausedHazard: HazardRule = {
  doc: {
    id: 'H5',
    kind: 'hazard',
    title: 'Begins paused',
    level: 'low',
    versions: '2.4 and later; since 2.10 events of the meantime start nothing',
    why:
      'A clock that is switched on again goes on with the next interval. Events that come while their DAG is paused start ' +
      'no run, not even after it is unpaused: they only come along with the next event. Before 2.10 they all waited in the ' +
      'queue and started a run at once.',
    cure: 'Unpause the DAG before its events begin, never use pausing as the way back, and send missed events again on purpose.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

with DAG("mart", schedule=[Asset("orders")], is_paused_upon_creation=True):
    BashOperator(task_id="build", bash_command="build-mart")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

with DAG("mart", schedule=[Asset("orders")], is_paused_upon_creation=False):
    BashOperator(task_id="build", bash_command="build-mart")
`,
    },
  },
  find({ facts: { dag }, candidates, context }) {
    if (dag.is_paused_upon_creation !== true || !(isOnEvents(dag) || hasEvent(candidates))) return [];
    const effect = isAtLeast(context.release, '2.10.0') ? 'start no run, and only come along with the next one' : 'queue up and start a run when it is unpaused';
    const message = `${dag.dag_id} begins paused: events until it is unpaused ${effect}`;
    return [{ task: null, severity: 'low', message, evidence: [dagCitation(dag, `${dag.dag_id} has is_paused_upon_creation=True`, 'paused')] }];
  },
};
