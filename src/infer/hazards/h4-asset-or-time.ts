import { isAtLeast } from '../../util/release.js';
import { dagCitation } from '../evidence.js';
import type { HazardRule } from './rule.js';

/** H4: a schedule with both a clock and assets starts the same work in two ways. */
export const assetOrTimeHazard: HazardRule = {
  doc: {
    id: 'H4',
    kind: 'hazard',
    title: 'Starts by clock and by events',
    level: 'medium',
    versions: '2.9 and later',
    why:
      'AssetOrTimeSchedule makes runs of two kinds. Those of the clock have a logical date and carry no events; those of ' +
      'assets carry events and, since 3.0, have no logical date. A run of the clock leaves queued events where they are, so ' +
      'that a run by events can follow at once and do the same work again.',
    cure: 'Let the first task look up, by a key of the data, what has been done, and end the run when nothing is left.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator
from airflow.timetables.assets import AssetOrTimeSchedule
from airflow.timetables.trigger import CronTriggerTimetable

nightly = CronTriggerTimetable("0 2 * * *", timezone="UTC")

with DAG("mart", schedule=AssetOrTimeSchedule(timetable=nightly, assets=[Asset("orders")])):
    BashOperator(task_id="build", bash_command="build-mart")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset
from airflow.providers.standard.operators.bash import BashOperator

with DAG("mart", schedule=[Asset("orders")]):
    BashOperator(task_id="build", bash_command="build-mart")
`,
    },
  },
  find({ facts: { dag }, context }) {
    if (dag.schedule.kind !== 'assets_or_time') return [];
    const dates = isAtLeast(context.release, '3.0.0') ? 'only those of the clock have a logical date' : 'the logical date of those by events is the time of the event';
    const message = `${dag.dag_id} starts by the clock and by assets: ${dates}, and a run of the clock leaves queued events to start another`;
    return [{ task: null, severity: 'medium', message, evidence: [dagCitation(dag, message, 'schedule')] }];
  },
};
