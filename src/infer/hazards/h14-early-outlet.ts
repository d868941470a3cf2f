import { taskCitation } from '../evidence.js';
import type { Task } from '../../model/graph.js';
import type { HazardMatch, HazardRule, HazardScope } from './rule.js';

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
  find: (scope) =>
    scope.facts.dag.tasks.filter((task) => task.outlets.length > 0).flatMap((task) => [...workLeft(task, scope), ...maySkip(task, scope)]),
};

function workLeft(task: Task, { facts: { dag, topology } }: HazardScope): HazardMatch[] {
  const after = topology.downstream(task.task_id).flatMap((taskId) => workAfter(topology.tasks.get(taskId)));
  if (after.length === 0) return [];
  const message = `${task.task_id} announces its asset while ${after.join(', ')} still has to run`;
  return [{ task, severity: 'low', message, evidence: [taskCitation(dag, task, message, 'outlet')] }];
}

/** A teardown or an empty task after the outlet takes nothing back. */
function workAfter(task: Task | undefined): string[] {
  if (!task || task.is_teardown || task.operator === 'EmptyOperator' || task.operator === 'DummyOperator') return [];
  return [task.task_id];
}

/** Classes that leave out what comes after them. */
const skipping: ReadonlySet<string> = new Set(['BaseBranchOperator', 'BranchMixIn', 'BranchPythonOperator', 'LatestOnlyOperator', 'ShortCircuitOperator']);

/** Trigger rules under which a task runs though one before it was skipped. */
const unskipped: ReadonlySet<string> = new Set(['all_done', 'always', 'none_failed', 'none_failed_min_one_success', 'none_failed_or_skipped', 'one_success', 'one_done']);

/** Straight before the outlet, or on the way to it: a run that takes the other way announces nothing. */
function maySkip(task: Task, { facts: { dag, topology } }: HazardScope): HazardMatch[] {
  if (unskipped.has(task.trigger_rule)) return [];
  const before = topology.ancestors(task.task_id).flatMap((taskId) => topology.tasks.get(taskId) ?? []);
  const branch = before.find((each) => [each.operator, ...each.operator_bases].some((name) => skipping.has(name)));
  if (!branch) return [];
  const message = `${branch.task_id} (${branch.operator}) may skip ${task.task_id}: then its asset is not announced, and consumers do not start`;
  const evidence: HazardMatch['evidence'] = [taskCitation(dag, task, `${task.task_id} has an outlet`, 'skipped-outlet'), taskCitation(dag, branch, `${branch.task_id} decides what runs after it`, 'branch')];
  return [{ task, subject: 'skip', severity: 'low', message, evidence }];
}
