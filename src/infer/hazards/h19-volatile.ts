import type { Severity } from '../../model/analysis.js';
import type { Dag, VolatileValue } from '../../model/graph.js';
import { isAtLeast } from '../../util/release.js';
import type { Citation } from '../evidence.js';
import { isScheduled, type HazardMatch, type HazardRule, type HazardScope } from './rule.js';

/** H19: a value that is another one at each parse. */
export const volatileHazard: HazardRule = {
  doc: {
    id: 'H19',
    kind: 'hazard',
    title: 'Changes at each parse',
    level: 'medium',
    versions: '2.4 and later; makes DAG versions without end since 3.0',
    why:
      'Airflow reads a DAG file again and again. A current time or a random value in an argument makes another DAG each ' +
      'time: in an asset its name is never the one that a consumer waits for, in Airflow 3 each change of a DAG that has ' +
      'run since becomes a new version.',
    cure: 'Use a constant, or a template that is rendered when the task runs.',
    bad: {
      airflow: '3.2.2',
      source: `from datetime import datetime

import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("export", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="write", bash_command=f"export --stamp {datetime.now():%Y%m%d}")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("export", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
    BashOperator(task_id="write", bash_command="export --stamp {{ dag_run.run_after | ds_nodash }}")
`,
    },
  },
  find(scope) {
    const { dag } = scope.facts;
    if (!isScheduled(dag)) return [];
    const groups = new Map<string, VolatileValue[]>();
    for (const value of dag.volatile ?? []) {
      const key = `${value.file}:${value.line}:${partOf(value)}`;
      groups.set(key, [...(groups.get(key) ?? []), value]);
    }
    return [...groups.values()].flatMap((values) => matchValues(values, scope));
  },
};

type Part = 'asset' | 'start_date' | 'argument';

function partOf({ argument }: VolatileValue): Part {
  if (/^(?:inlets|outlets|schedule)\b/.test(argument)) return 'asset';
  return argument === 'start_date' || argument === 'end_date' ? 'start_date' : 'argument';
}

/** The values that one place gives to one kind of arguments. */
function matchValues(values: readonly VolatileValue[], { facts: { dag, topology }, context }: HazardScope): HazardMatch[] {
  const [value] = values;
  if (!value) return [];
  const part = partOf(value);
  const taskIds = [...new Set(values.flatMap(({ task_ids }) => task_ids))];
  const task = (taskIds.length === 1 ? topology.tasks.get(taskIds[0] ?? '') : undefined) ?? null;
  const names = [...new Set(values.map(({ argument }) => argument))];
  const citation: Citation = {
    dag,
    task,
    label: `volatile:${part}:${value.line}`,
    text: `${names.join(', ')}: ${value.reason}`,
    place: { file: value.file, line: value.line },
  };
  const cause = value.kind === 'time' ? 'depends on the clock at parse time' : 'depends on chance at parse time';
  const message = `${names.join(', ')} of ${whose(dag, taskIds)} ${cause}: ${effectOf(part, context.release)}`;
  return [{ task, subject: `${part}:${value.line}`, severity: severityOf(part, context.release), message, evidence: [citation] }];
}

function whose(dag: Dag, taskIds: readonly string[]): string {
  const [only, ...others] = taskIds;
  if (only === undefined) return dag.dag_id;
  return others.length === 0 ? only : `${taskIds.length} tasks of ${dag.dag_id}`;
}

function severityOf(part: Part, release: string): Severity {
  if (part === 'asset') return 'high';
  return part === 'argument' && isAtLeast(release, '3.0.0') ? 'medium' : 'low';
}

function effectOf(part: Part, release: string): string {
  if (part === 'asset') return 'no consumer waits for the name that it gives';
  const isVersioned = isAtLeast(release, '3.0.0');
  const versions = isVersioned ? 'each change after a run makes a new version of the DAG' : '';
  if (part === 'start_date') return ['it moves along', versions].filter(Boolean).join(', and ');
  return isVersioned ? versions : 'the task gets another value at each parse';
}
