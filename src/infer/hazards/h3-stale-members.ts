import { dagCitation } from '../evidence.js';
import { assetJoin, assetLeaves } from '../sources/asset-expression.js';
import { assetsOf } from '../sources/assets.js';
import type { HazardRule } from './rule.js';

/** H3: an AND of assets has no deadline. */
export const staleMembersHazard: HazardRule = {
  doc: {
    id: 'H3',
    kind: 'hazard',
    title: 'Waits for several assets without a deadline',
    level: 'low',
    versions: '2.4 and later',
    why:
      'A schedule over several assets fires when each was updated at least once since the last run. Updates never expire: a ' +
      'stale member counts for ever, a producer that stopped blocks for ever, and nobody is told.',
    cure: 'Check the age of each event in the first task, or add a clock (AssetOrTimeSchedule) and an alert on the last event.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("join", schedule=[Asset("s3://lake/orders"), Asset("s3://lake/payments")]):
    EmptyOperator(task_id="start")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.empty import EmptyOperator

with DAG("join", schedule=Asset("s3://lake/orders") | Asset("s3://lake/payments")):
    EmptyOperator(task_id="start")
`,
    },
  },
  find({ facts: { dag } }) {
    const expression = dag.schedule.kind === 'assets' ? assetsOf(dag) : undefined;
    if (!expression || assetJoin(expression) === 'any') return [];
    const count = assetLeaves(expression).length;
    if (count < 2) return [];
    const what = assetJoin(expression) === 'all' ? `all of ${count} assets were updated` : `its condition over ${count} assets holds`;
    const message = `${dag.dag_id} starts only when ${what}; no update expires, and nothing ends the wait`;
    return [{ task: null, severity: 'low', message, evidence: [dagCitation(dag, message, 'schedule')] }];
  },
};
