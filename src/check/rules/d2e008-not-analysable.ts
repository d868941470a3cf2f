import type { Dag } from '../../model/graph.js';
import type { UnknownFact } from '../../model/unknown.js';
import { unknownCures } from '../../model/unknown-cures.js';
import { otherPlaces, placeOf, type CheckRule, type FindingDraft } from './rule.js';

/** D2E008: what could not be read is said, so that silence means something. */
export const notAnalysable: CheckRule = {
  doc: {
    id: 'D2E008',
    kind: 'check',
    title: 'DAG that is known only in part',
    level: 'note',
    versions: 'every version',
    why: 'Part of the DAG depends on something that the files do not say. What the other rules report about it is incomplete.',
    cure: 'Give the missing value on the command line, or write it down in the repository.',
    bad: {
      airflow: '3.2.2',
      source: `import os

from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("exports", schedule=None):
    for name in os.environ["EXPORTS"].split(","):
        BashOperator(task_id=name, bash_command="export")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG
from airflow.providers.standard.operators.bash import BashOperator

with DAG("exports", schedule=None):
    for name in ["orders", "payments"]:
        BashOperator(task_id=name, bash_command="export")
`,
    },
  },
  find: ({ analysis: { graph } }) => [...graph.dags.filter((dag) => dag.status !== 'exact').map(findAt), ...graph.unknowns.filter(isOfFile(graph.dags)).map(findInFile)],
};

/** Whether something unknown is of a file as a whole, and no DAG's own finding says it already. */
function isOfFile(dags: readonly Dag[]): (fact: UnknownFact) => boolean {
  const said = new Set(dags.flatMap((dag) => dag.unknowns.map((fact) => `${fact.file}:${fact.line} ${fact.reason}`)));
  return (fact) => !said.has(`${fact.file}:${fact.line} ${fact.reason}`);
}

function findInFile(fact: UnknownFact): FindingDraft {
  const place = placeOf(fact);
  return {
    level: 'note',
    dag_id: null,
    task_id: null,
    subject: `${fact.kind} ${fact.reason}`,
    message: `${fact.file}: ${fact.reason}`,
    cure: `${unknownCures[fact.kind]}.`,
    place,
    related: [],
  };
}

function findAt(dag: Dag): FindingDraft {
  const [first] = dag.unknowns;
  const known = dag.status === 'opaque' ? 'only the DAG itself is known' : 'the DAG is known in part';
  const place = placeOf(dag);
  return {
    level: 'note',
    dag_id: dag.dag_id,
    task_id: null,
    subject: dag.status,
    message: `${dag.dag_id}: ${known}${first ? `: ${first.reason}` : ''}${dag.unknowns.length > 1 ? ` (and ${dag.unknowns.length - 1} more)` : ''}`,
    ...(first && { cure: `${unknownCures[first.kind]}.` }),
    place,
    related: otherPlaces(dag.unknowns.map(placeOf), place),
  };
}
