import { taskCitation } from '../evidence.js';
import type { Task } from '../../model/graph.js';
import type { HazardRule } from './rule.js';

/** H14: an event is sent when its task succeeds, not when the DAG does. */
export const earlyOutletHazard: HazardRule = {
  doc: {
    id: 'H14',
    kind: 'hazard',
    title: 'Announces an asset before the DAG is done',
    level: 'low',
    versions: '2.4 and later',
    why:
      'An asset event is sent when the task with the outlet succeeds. Tasks after it may still run, or fail, while consumers ' +
      'have started already; a skipped or failed task announces nothing; a retry or a clear announces again.',
    cure: 'Put the outlet on the last task, after every check that consumers rely on.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

with DAG("publish", schedule=None):
    write = BashOperator(task_id="write", bash_command="write", outlets=[Asset("s3://lake/orders")])
    check = BashOperator(task_id="check", bash_command="check")
    write >> check
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

with DAG("publish", schedule=None):
    write = BashOperator(task_id="write", bash_command="write")
    check = BashOperator(task_id="check", bash_command="check", outlets=[Asset("s3://lake/orders")])
    write >> check
`,
    },
  },
  find({ facts: { dag, topology } }) {
    return dag.tasks
      .filter((task) => task.outlets.length > 0)
      .flatMap((task) => {
        const after = topology.downstream(task.task_id).flatMap((taskId) => workAfter(topology.tasks.get(taskId)));
        if (after.length === 0) return [];
        const message = `${task.task_id} announces its asset while ${after.join(', ')} still has to run`;
        return [{ task, severity: 'low', message, evidence: [taskCitation(dag, task, message, 'outlet')] }];
      });
  },
};

/** A teardown or an empty task after the outlet takes nothing back. */
function workAfter(task: Task | undefined): string[] {
  if (!task || task.is_teardown || task.operator === 'EmptyOperator' || task.operator === 'DummyOperator') return [];
  return [task.task_id];
}
