import type { Hazard } from '../../model/analysis.js';
import { otherPlaces, placeOf, type CheckRule, type Estate, type FindingDraft } from './rule.js';

/** D2E004: the DAG is on events already, and a task still asks for the logical date. */
export const eventWithoutDate: CheckRule = {
  doc: {
    id: 'D2E004',
    kind: 'check',
    title: 'Event-triggered DAG that uses the logical date',
    level: 'error',
    versions: '2.4 to 2.11 as a warning; an error since 3.0',
    why:
      'A run that assets start has no logical date in Airflow 3: the template or the function fails. In Airflow 2 the date is ' +
      'there and is the date of the event, not of the data.',
    cure: 'Take the date from triggering_asset_events or dag_run.run_after.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("export", schedule=[Asset("s3://lake/orders")]):
    BashOperator(task_id="export", bash_command="export --day {{ ds_nodash }}")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("export", schedule=[Asset("s3://lake/orders")]):
    BashOperator(task_id="export", bash_command="export --day {{ dag_run.run_after | ds_nodash }}")
`,
    },
  },
  find: (estate) => estate.analysis.hazards.filter((hazard) => hazard.rule === 'H1').flatMap((hazard) => findAt(hazard, estate)),
};

function findAt(hazard: Hazard, estate: Estate): FindingDraft[] {
  const kind = estate.dag(hazard.dag_id)?.schedule.kind;
  const task = hazard.task_id === null ? undefined : estate.task(hazard.dag_id, hazard.task_id);
  if (!task || (kind !== 'assets' && kind !== 'assets_or_time')) return [];
  const place = placeOf(task);
  return [
    {
      level: hazard.severity === 'high' ? 'error' : 'warning',
      dag_id: hazard.dag_id,
      task_id: task.task_id,
      subject: 'logical_date',
      message: hazard.message,
      place,
      related: otherPlaces(estate.places(hazard.evidence), place),
    },
  ];
}
