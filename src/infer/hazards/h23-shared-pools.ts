import type { Dag, Task } from '../../model/graph.js';
import type { PoolUser, PoolUsers } from '../context.js';
import { taskCitation } from '../evidence.js';
import { hasEvent, isOnClock, isOnEvents, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H23: clocks spread the load; events bunch it. */
export const sharedPoolsHazard: HazardRule = {
  doc: {
    id: 'H23',
    kind: 'hazard',
    title: 'Shares a pool with other DAGs',
    level: 'low',
    versions: '2.4 and later',
    why:
      'Start times keep DAGs out of each other\'s way: a pool that is wide enough for one after the other is too narrow for ' +
      'all at once. Events come when they come, often after one common cause, and runs of them wait for the same slots.',
    cure: 'Size the pool for a burst, or bound the runs of the DAG with max_active_runs before it moves.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

start = pendulum.datetime(2026, 1, 1)

with DAG("orders", schedule="0 2 * * *", start_date=start, catchup=False):
    wait = FileSensor(task_id="wait", filepath="/data/orders.csv")
    wait >> BashOperator(task_id="load", bash_command="load orders", pool="warehouse")

with DAG("stock", schedule="0 4 * * *", start_date=start, catchup=False):
    BashOperator(task_id="load", bash_command="load stock", pool="warehouse")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

start = pendulum.datetime(2026, 1, 1)

with DAG("orders", schedule="0 2 * * *", start_date=start, catchup=False):
    wait = FileSensor(task_id="wait", filepath="/data/orders.csv")
    wait >> BashOperator(task_id="load", bash_command="load orders", pool="orders")

with DAG("stock", schedule="0 4 * * *", start_date=start, catchup=False):
    BashOperator(task_id="load", bash_command="load stock", pool="warehouse")
`,
    },
  },
  find(scope) {
    const { dag } = scope.facts;
    if (!isOnEvents(dag) && !(isOnClock(dag) && hasEvent(scope.candidates))) return [];
    const pools = new Map<string, Task>();
    for (const task of dag.tasks) if (isNamed(task.pool) && !pools.has(task.pool)) pools.set(task.pool, task);
    return [...pools].flatMap(([pool, task]) => matchPool(pool, task, scope));
  },
};

/** The default pool is everybody's: it says nothing about these DAGs. */
function isNamed(pool: string | null): pool is string {
  return pool !== null && pool !== 'default_pool';
}

/** So many of the other DAGs are named; of more only the number. */
const mostNamed = 3;

function matchPool(pool: string, task: Task, { facts: { dag }, context }: HazardScope): HazardMatch[] {
  const groups = othersOf(context.poolUsers.get(pool), dag);
  const count = groups.reduce((sum, group) => sum + group.length, 0);
  const named = groups.slice(0, mostNamed).flatMap((group) => group.slice(0, mostNamed));
  const [first] = named;
  if (!first) return [];
  const whom = count > mostNamed ? `${count} other DAGs` : named.map((user) => user.dag.dag_id).join(', ');
  const message = `${dag.dag_id} shares the pool ${pool} with ${whom}, which start at other times today: events can bring them together`;
  return [
    {
      task: null,
      subject: pool,
      severity: 'low',
      message,
      evidence: [
        taskCitation(dag, task, `${task.task_id} uses the pool ${pool}`, `pool:${pool}`),
        taskCitation(first.dag, first.task, `${first.dag.dag_id}.${first.task.task_id} uses the pool ${pool}`, `pool:${pool}`),
      ],
    },
  ];
}

/** Those that start at the same times are in each other's way already. */
function othersOf(users: PoolUsers | undefined, dag: Dag): (readonly PoolUser[])[] {
  const own = JSON.stringify(dag.schedule);
  return [...(users ?? [])].filter(([schedule]) => schedule !== own).map(([, group]) => group);
}
