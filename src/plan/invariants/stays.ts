import { defineInvariant, isEmptyText, stagePath } from './invariant.js';

/** What stays on cron says why and is in no phase; what moves has no reason to stay. */
export const stays = defineInvariant({
  id: 'stays',
  codes: {
    STAY_NO_REASON: 'Say why the DAG stays on cron.',
    STAY_HAS_PHASE: 'Take a DAG that keeps its start out of the phases.',
    MOVE_HAS_STAY_REASON: 'Clear the reason to stay of a DAG that moves.',
    MOVE_WITHOUT_CLOCK: 'Only a DAG that a clock starts today can leave cron.',
  },
  check({ plan, progress }, report) {
    plan.stages.forEach(({ dag_id, today, target, stay_reason }, index) => {
      const isMoved = progress.has(dag_id);
      if (target === 'cron' && isEmptyText(stay_reason))
        report('STAY_NO_REASON', stagePath(index, 'stay_reason'), `${dag_id} stays on cron without a reason.`);
      if (isMoved && (target === 'cron' || target === 'manual'))
        report('STAY_HAS_PHASE', stagePath(index, 'target'), `${dag_id} stays as it is, but a phase moves it.`);
      if (target !== 'cron' && stay_reason !== '')
        report('MOVE_HAS_STAY_REASON', stagePath(index, 'stay_reason'), `${dag_id} moves, but has a reason to stay.`);
      if (isMoved && today !== 'cron')
        report('MOVE_WITHOUT_CLOCK', stagePath(index, 'today'), `${dag_id} is not started by a clock today, but a phase moves it.`);
    });
  },
});
