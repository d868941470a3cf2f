import { dagCitation } from '../evidence.js';
import { isOnClock, type HazardRule } from './rule.js';

/** H9: events can't be caught up or backfilled. */
export const catchupHazard: HazardRule = {
  doc: {
    id: 'H9',
    kind: 'hazard',
    title: 'Relies on catchup',
    level: 'medium',
    versions: '2.4 and later',
    why:
      'With catchup the scheduler makes a run for every interval that was missed. A DAG that assets start has no intervals: ' +
      'nothing is caught up, it cannot be backfilled, and clearing a producer sends new events instead.',
    cure: 'Keep a clocked twin of the DAG for backfills, or make the date a param and replay events on purpose.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("history", schedule="@daily", start_date=pendulum.datetime(2020, 1, 1), catchup=True):
    EmptyOperator(task_id="load")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("history", schedule="@daily", start_date=pendulum.datetime(2020, 1, 1), catchup=False):
    EmptyOperator(task_id="load")
`,
    },
  },
  find({ facts: { dag } }) {
    if (dag.catchup !== true || !isOnClock(dag)) return [];
    const since = dag.start_date === null ? '' : ` since ${dag.start_date}`;
    // A default is seldom meant: the deployment may have another one ([scheduler] catchup_by_default).
    const isMeant = dag.arguments?.['catchup'] === true;
    const message = `${dag.dag_id} catches up missed intervals${since}${isMeant ? '' : ' by default'}; an event-driven DAG has none`;
    return [{ task: null, severity: isMeant ? 'medium' : 'low', message, evidence: [dagCitation(dag, message, 'catchup')] }];
  },
};
