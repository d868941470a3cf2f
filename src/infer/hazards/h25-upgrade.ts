import { removedDateKeys } from '../../knowledge/context-keys.js';
import type { Dag, Task } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import { dagCitation, taskCitation, type Citation } from '../evidence.js';
import { isScheduled, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';
import { templateUses } from './templated-texts.js';

/** How many of the places of one kind are cited; the message says how many there are. */
const mostCited = 5;

/** H25: what Airflow 3 has removed, which watchers need. */
export const upgradeHazard: HazardRule = {
  doc: {
    id: 'H25',
    kind: 'hazard',
    title: 'Holds up Airflow 3',
    level: 'low',
    versions: '2.4 to 2.11',
    why:
      'Only Airflow 3 can watch queues and topics by itself; before it, something outside must call the API for each event. ' +
      'What was removed in 3.0 stands in the way: SubDagOperator, the arguments schedule_interval and timetable, and context ' +
      'keys such as execution_date, tomorrow_ds and next_ds.',
    cure: 'Replace SubDagOperator by a TaskGroup, schedule_interval and timetable by schedule, execution_date by logical_date or the data interval; all of this works in Airflow 2 already.',
    bad: {
      airflow: '2.11.2',
      source: `import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("orders", schedule_interval="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="load", bash_command="load-orders {{ execution_date }}")
`,
    },
    good: {
      airflow: '2.11.2',
      source: `import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("orders", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="load", bash_command="load-orders {{ data_interval_start }}")
`,
    },
  },
  find(scope) {
    const { dag } = scope.facts;
    if (isAtLeast(scope.context.release, '3.0.0') || !isScheduled(dag)) return [];
    return [...scheduleArgument(dag), ...subDags(dag), ...removedKeys(scope)];
  },
};

function scheduleArgument(dag: Dag): HazardMatch[] {
  const name = ['schedule_interval', 'timetable'].find((each) => dag.arguments?.[each] !== undefined);
  if (name === undefined) return [];
  const message = `${dag.dag_id} is given ${name}, which Airflow 3 refuses`;
  return [{ task: null, subject: name, severity: 'low', message, evidence: [dagCitation(dag, message, name)] }];
}

function subDags(dag: Dag): HazardMatch[] {
  return dag.tasks
    .filter((task) => [task.operator, ...task.operator_bases].includes('SubDagOperator'))
    .map((task) => {
      const message = `${task.task_id} is a SubDagOperator, which Airflow 3 does not have`;
      return { task, subject: 'subdag', severity: 'medium', message, evidence: [taskCitation(dag, task, message, 'subdag')] };
    });
}

/** One for the whole DAG: the cure is the same everywhere, and H1 names each place. */
function removedKeys({ facts: { dag } }: HazardScope): HazardMatch[] {
  const uses = dag.tasks.flatMap((task) => keysOf(dag, task));
  const [first, ...rest] = uses.slice(0, mostCited).map(({ citation }) => citation);
  if (!first) return [];
  const names = [...new Set(uses.map(({ name }) => name))].sort();
  const tasks = new Set(uses.map(({ citation }) => citation.task?.task_id)).size;
  const message = `${tasks} of ${dag.tasks.length} tasks of ${dag.dag_id} use ${names.join(', ')}, which Airflow 3 has removed for every run`;
  return [{ task: null, subject: 'context', severity: 'low', message, evidence: [first, ...rest] }];
}

function keysOf(dag: Dag, task: Task): { name: string; citation: Citation }[] {
  const rendered = templateUses(task, ({ name }) => removedDateKeys.has(name)).map(({ name, where, text, place }) => ({
    name: name.name,
    citation: { ...taskCitation(dag, task, `${where} holds {{ ${name.name} }}: ${text}`, `removed:${where}:${name.name}`), place },
  }));
  const read = task.body
    .filter((fact) => fact.kind === 'context' && removedDateKeys.has(fact.name))
    .map((fact) => ({
      name: fact.name,
      citation: { ...taskCitation(dag, task, `${task.callable?.name ?? task.task_id} reads ${fact.name} from the context`, `removed:${fact.name}`), place: { file: fact.file, line: fact.line } },
    }));
  return [...rendered, ...read];
}
