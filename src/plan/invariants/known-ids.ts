import { defineInvariant, phasePath, stagePath } from './invariant.js';

/** No id is invented: everything that a plan names is in its analysis or in the plan itself. */
export const knownIds = defineInvariant({
  id: 'known-ids',
  codes: {
    UNKNOWN_DAG: 'Name a DAG of the analysis.',
    UNKNOWN_CANDIDATE: 'Name a candidate of the analysis.',
    UNKNOWN_HAZARD: 'Name a hazard of the analysis.',
    UNKNOWN_STAGE: 'Name a stage of the plan.',
    UNKNOWN_EVIDENCE: 'Cite evidence that is in the analysis.',
  },
  check({ plan, facts, stages }, report) {
    const hazards = new Set(plan.analysis.hazards.map(({ id }) => id));
    const evidence = new Set(plan.analysis.evidence.map(({ id }) => id));
    plan.stages.forEach((stage, index) => {
      if (!facts.dags.has(stage.dag_id)) report('UNKNOWN_DAG', stagePath(index, 'dag_id'), `There is no DAG ${stage.dag_id}.`);
      stage.waits_on.forEach((dagId, at) => {
        if (!facts.dags.has(dagId)) report('UNKNOWN_DAG', stagePath(index, 'waits_on', at), `There is no DAG ${dagId}.`);
      });
      stage.trigger?.candidates.forEach((id, at) => {
        const candidate = facts.candidates.get(id);
        const path = stagePath(index, 'trigger', 'candidates', at);
        if (!candidate) report('UNKNOWN_CANDIDATE', path, `There is no candidate ${id}.`);
        else if (candidate.evidence.some((cited) => !evidence.has(cited)))
          report('UNKNOWN_EVIDENCE', path, `The candidate ${id} cites evidence that is not there.`);
      });
      stage.controls?.fan_in?.evidence.forEach((id, at) => {
        if (!evidence.has(id)) report('UNKNOWN_EVIDENCE', stagePath(index, 'controls', 'fan_in', 'evidence', at), `There is no evidence ${id}.`);
      });
      stage.hazards.forEach(({ hazard }, at) => {
        if (!hazards.has(hazard)) report('UNKNOWN_HAZARD', stagePath(index, 'hazards', at), `There is no hazard ${hazard}.`);
      });
    });
    plan.phases.forEach((phase, index) => {
      phase.changes.forEach(({ stage }, at) => {
        if (!stages.has(stage)) report('UNKNOWN_STAGE', phasePath(index, 'changes', at), `There is no stage ${stage}.`);
      });
      phase.emits.forEach((stage, at) => {
        if (!stages.has(stage)) report('UNKNOWN_STAGE', phasePath(index, 'emits', at), `There is no stage ${stage}.`);
      });
    });
    plan.questions.forEach(({ unlocks }, index) => {
      for (const dagId of unlocks)
        if (!facts.dags.has(dagId)) report('UNKNOWN_DAG', `/questions/${index}/unlocks`, `There is no DAG ${dagId}.`);
    });
  },
});
