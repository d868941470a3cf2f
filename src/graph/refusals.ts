import type { Dag, ImportError } from '../model/graph.js';
import { validateCron } from './cron-check.js';
import { findCycle } from './cycles.js';

type Refusal = Pick<ImportError, 'kind' | 'reason'>;

function badCron(dag: Dag): Refusal | undefined {
  const reason = validateCron(dag);
  return reason === undefined ? undefined : { kind: 'exception', reason };
}

/** A clear of a setup reaches its successors through their upstream states, which only this rule makes sure of. */
function badSetup(dag: Dag): Refusal | undefined {
  const tasks = new Map(dag.tasks.map((task) => [task.task_id, task]));
  const isBad = dag.edges.some(({ upstream, downstream }) => {
    const after = tasks.get(downstream);
    return tasks.get(upstream)?.is_setup === true && after?.is_teardown === false && after.trigger_rule !== 'all_success';
  });
  return isBad ? { kind: 'exception', reason: 'ValueError: Setup tasks must be followed with trigger rule ALL_SUCCESS.' } : undefined;
}

function cycle(dag: Dag): Refusal | undefined {
  const found = findCycle(dag);
  return found === undefined ? undefined : { kind: 'cycle', reason: `Cycle detected in DAG ${dag.dag_id}: ${found.join(', ')}` };
}

/** In the order of `DagBag`: the first that applies is the one that Airflow reports. */
const refusals: readonly ((dag: Dag) => Refusal | undefined)[] = [badCron, badSetup, cycle];

/** What Airflow finds wrong with one exact DAG after its file was read: the file's other DAGs stay. */
function refusalOf(dag: Dag): ImportError | undefined {
  for (const check of refusals) {
    const found = check(dag);
    if (found !== undefined) return { ...found, file: dag.file, line: dag.line };
  }
  return undefined;
}

/** What Airflow finds wrong with exact DAGs of a file; a child that is refused takes the DAG that runs it with it. */
export function refusalsOf(dags: readonly Dag[]): Map<Dag, ImportError> {
  const refused = new Map<Dag, ImportError>();
  for (const dag of dags) {
    const refusal = dag.status === 'exact' ? refusalOf(dag) : undefined;
    if (refusal !== undefined) refused.set(dag, refusal);
  }
  // A map is iterated over what is added on the way too.
  for (const [child, refusal] of refused) {
    for (const dag of dags) if (!refused.has(dag) && runs(dag, child)) refused.set(dag, refusal);
  }
  return refused;
}

function runs(dag: Dag, child: Dag): boolean {
  return dag.tasks.some((task) => `${dag.dag_id}.${task.task_id}` === child.dag_id && [task.operator, ...task.operator_bases].includes('SubDagOperator'));
}
