import { defineInvariant, isEmptyText, stagePath } from './invariant.js';

/** No hazard vanishes: each is answered in the stage of its DAG. */
export const hazardsAnswered = defineInvariant({
  id: 'hazards-answered',
  codes: {
    HAZARD_IGNORED: 'Answer the hazard in the stage of its DAG, or have it accepted by name.',
    HAZARD_FOREIGN: 'Answer a hazard in the stage of its own DAG.',
  },
  check({ plan, facts }, report) {
    const owner = new Map(plan.analysis.hazards.map(({ id, dag_id }) => [id, dag_id]));
    plan.stages.forEach(({ dag_id, hazards }, index) => {
      const answered = new Set(hazards.filter(({ answer }) => !isEmptyText(answer)).map(({ hazard }) => hazard));
      for (const { id, rule } of facts.hazardsOf.get(dag_id) ?? [])
        if (!answered.has(id)) report('HAZARD_IGNORED', stagePath(index, 'hazards'), `${rule} of ${dag_id} (${id}) has no answer.`);
      hazards.forEach(({ hazard }, at) => {
        const dagId = owner.get(hazard);
        if (dagId !== undefined && dagId !== dag_id)
          report('HAZARD_FOREIGN', stagePath(index, 'hazards', at), `${hazard} is a hazard of ${dagId}.`);
      });
    });
  },
});
