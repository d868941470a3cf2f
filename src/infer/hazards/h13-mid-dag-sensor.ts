import { taskCitation } from '../evidence.js';
import { isOnClock, type HazardRule } from './rule.js';

/** H13: an event starts a DAG, not a task in its middle. */
export const midDagSensorHazard: HazardRule = {
  doc: {
    id: 'H13',
    kind: 'hazard',
    title: 'Waits in the middle of the DAG',
    level: 'medium',
    versions: '2.4 and later',
    why:
      'Assets and triggers start DAGs. A sensor that has work before it cannot become the schedule of its DAG: the whole ' +
      'DAG would wait for the event, the work before it too.',
    cure: 'Split the DAG at the sensor, or keep the sensor deferrable and let something else start the DAG.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.filesystem import FileSensor

with DAG("answer", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    ask = BashOperator(task_id="ask", bash_command="ask-partner")
    wait = FileSensor(task_id="wait", filepath="/inbox/answer.csv")
    load = BashOperator(task_id="load", bash_command="load-answer")
    ask >> wait >> load
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.filesystem import FileSensor

with DAG("answer", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    wait = FileSensor(task_id="wait", filepath="/inbox/answer.csv")
    load = BashOperator(task_id="load", bash_command="load-answer")
    wait >> load
`,
    },
  },
  find({ facts: { dag, topology }, candidates }) {
    if (!isOnClock(dag)) return [];
    // A job that the DAG starts and then waits for is one piece of work: there is nothing to split.
    const inMiddle = candidates.filter((candidate) => candidate.is_mid_dag && candidate.source_kind !== 'job_completion');
    const middle = new Set(inMiddle.map((candidate) => candidate.task_id));
    return dag.tasks
      .filter((task) => middle.has(task.task_id))
      .map((task) => {
        const before = topology.upstream(task.task_id).join(', ');
        const message = `${task.task_id} waits after ${before}: an event can start the DAG, not a task in it`;
        return { task, severity: 'medium', message, evidence: [taskCitation(dag, task, `${task.task_id} has ${before} upstream`, 'middle')] };
      });
  },
};
