import { changesCadence } from '../facts/cadence.js';
import { followsCalendar } from '../facts/calendar.js';
import { waitsLeft } from '../facts/waits.js';
import { defineInvariant, stagePath } from './invariant.js';

/** DAGs about which too little is known, or that would harm themselves, don't move. */
export const unmovableStay = defineInvariant({
  id: 'unmovable-stay',
  codes: {
    OPAQUE_MOVES: 'Leave a DAG on cron whose graph could not be read.',
    PARTIAL_TO_EVENT: 'Keep the clock as the safety net while a part of the graph is not known.',
    VERDICT_IGNORED: 'Leave a DAG on cron that the analysis says belongs there.',
    CALENDAR_TO_EVENT: 'Keep the clock beside the event where the calendar decides about runs.',
    CYCLE_MOVES: 'Leave DAGs of a dependency cycle on cron: started by events it would never stop.',
    CADENCE_MULTIPLIED: 'Leave the DAG on its clock until somebody says that a run after each event is wanted.',
    WAIT_LEFT: 'Add the candidate that replaces the sensor, or leave the DAG on cron.',
  },
  check({ plan, facts, progress }, report) {
    plan.stages.forEach(({ dag_id, trigger, target }, index) => {
      if (!progress.has(dag_id)) return;
      const path = stagePath(index, 'target');
      const status = facts.dags.get(dag_id)?.status;
      if (status === 'opaque') report('OPAQUE_MOVES', path, `${dag_id} could not be read, but moves.`);
      if (status === 'partial' && target === 'event') report('PARTIAL_TO_EVENT', path, `${dag_id} is known in part only, but loses its clock.`);
      if (facts.verdicts.get(dag_id)?.verdict === 'stay_on_cron') report('VERDICT_IGNORED', path, `${dag_id} belongs on cron, but moves.`);
      if (target === 'event' && followsCalendar(dag_id, facts)) report('CALENDAR_TO_EVENT', path, `${dag_id} follows the calendar, but loses its clock.`);
      if (facts.cycles.has(dag_id)) report('CYCLE_MOVES', path, `${dag_id} is part of a cycle, but moves.`);
      const legs = (trigger?.candidates ?? []).flatMap((id) => facts.candidates.get(id) ?? []);
      if (trigger && changesCadence(dag_id, legs, trigger.join, facts)) report('CADENCE_MULTIPLIED', path, `Events would start ${dag_id} much more often than its clock does.`);
      for (const { task_id } of waitsLeft(dag_id, legs, facts))
        report('WAIT_LEFT', path, `${dag_id} moves, but its task ${task_id} still waits for another DAG's logical date.`);
    });
  },
});
