import { defineInvariant, stagePath } from './invariant.js';

/** Every DAG of the analysis has one stage, and every stage one DAG. */
export const placedOnce = defineInvariant({
  id: 'placed-once',
  codes: {
    DAG_LOST: 'Add a stage for the DAG; one that does not move stays on cron with a reason.',
    DAG_TWICE: 'Keep one stage for the DAG.',
  },
  check({ plan, facts }, report) {
    const seen = new Set<string>();
    plan.stages.forEach(({ dag_id }, index) => {
      if (seen.has(dag_id)) report('DAG_TWICE', stagePath(index, 'dag_id'), `${dag_id} has more than one stage.`);
      seen.add(dag_id);
    });
    for (const dagId of facts.dags.keys()) if (!seen.has(dagId)) report('DAG_LOST', '/stages', `${dagId} has no stage.`);
  },
});
