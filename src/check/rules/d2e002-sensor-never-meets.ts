import { otherPlaces, placeOf, type CheckRule } from './rule.js';

/** D2E002: by the schedules as they stand, the sensor can never find a run, or not for every date. */
export const sensorNeverMeets: CheckRule = {
  doc: {
    id: 'D2E002',
    kind: 'check',
    title: 'ExternalTaskSensor that never, or not always, meets',
    level: 'error',
    versions: '2.4 and later',
    why:
      'The sensor looks for a run of the other DAG with one certain logical date. Where the two schedules share no such date in ' +
      'a whole year it waits until its timeout in every run (an error); where they share some, in some (a warning).',
    cure: 'Correct execution_delta, or replace the sensor by an asset that the awaited task updates.',
    bad: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG

start = pendulum.datetime(2026, 1, 1)

with DAG("load", schedule="30 2 * * *", start_date=start, catchup=False):
    EmptyOperator(task_id="done")

with DAG("report", schedule="@hourly", start_date=start, catchup=False):
    ExternalTaskSensor(task_id="wait", external_dag_id="load", external_task_id="done", mode="reschedule")
`,
    },
    good: {
      airflow: '3.2.2',
      source: `import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG

start = pendulum.datetime(2026, 1, 1)

with DAG("load", schedule="@daily", start_date=start, catchup=False):
    EmptyOperator(task_id="done")

with DAG("report", schedule="0 0 * * *", start_date=start, catchup=False):
    ExternalTaskSensor(task_id="wait", external_dag_id="load", external_task_id="done", mode="reschedule")
`,
    },
  },
  find: (estate) =>
    estate.analysis.hazards
      .filter((hazard) => hazard.rule === 'H11' && /#(never|sometimes)$/.test(hazard.id))
      .flatMap((hazard) => {
        const task = hazard.task_id === null ? undefined : estate.task(hazard.dag_id, hazard.task_id);
        if (task?.link?.kind !== 'sensor') return [];
        const place = placeOf(task);
        return [
          {
            level: hazard.severity === 'high' ? 'error' : 'warning',
            dag_id: hazard.dag_id,
            task_id: task.task_id,
            subject: task.link.external_dag_id ?? '',
            message: hazard.message,
            place,
            related: otherPlaces(estate.places(hazard.evidence), place),
          },
        ];
      }),
};
