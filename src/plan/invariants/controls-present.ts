import { legsOf, isStartedByEvents } from '../controls/legs.js';
import { defineInvariant, stagePath } from './invariant.js';

/** A DAG that events start has everything that running it needs; one that none starts has none of it. */
export const controlsPresent = defineInvariant({
  id: 'controls-present',
  codes: {
    CONTROLS_MISSING: 'Give the stage its routes, retries, dead letters and signals.',
    CONTROLS_FOREIGN: 'Take the controls away where no event starts the DAG.',
    ROUTE_MISSING: 'Give each event of the trigger its way into Airflow.',
    STORM_UNBOUNDED: 'Say how many runs a burst may start: at least one, and no more than may be active.',
  },
  check({ plan, facts }, report) {
    plan.stages.forEach((stage, index) => {
      const { controls, dag_id } = stage;
      const path = stagePath(index, 'controls');
      if (!isStartedByEvents(stage)) {
        if (controls !== null) report('CONTROLS_FOREIGN', path, `No event starts ${dag_id}.`);
        return;
      }
      if (controls === null) return report('CONTROLS_MISSING', path, `${dag_id} is started by events, but nothing says how it is run.`);
      const legs = legsOf(stage, facts).length;
      if (controls.routes.length < legs) report('ROUTE_MISSING', `${path}/routes`, `${dag_id} has ${legs} events and ${controls.routes.length} ways.`);
      const { max_active_runs, storm_limit } = controls.backpressure;
      if (max_active_runs.value < 1 || storm_limit.value < 1 || storm_limit.value > max_active_runs.value)
        report('STORM_UNBOUNDED', `${path}/backpressure`, `A burst may start ${storm_limit.value} runs of ${dag_id}, and ${max_active_runs.value} may be active.`);
    });
  },
});
