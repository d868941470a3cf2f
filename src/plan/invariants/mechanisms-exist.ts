import type { PlanDocument } from '../../model/plan.js';
import { missingNames } from '../tables/mechanisms.js';
import { defineInvariant, isEmptyText, phasePath, stagePath } from './invariant.js';

/** A plan speaks only of what the analysed Airflow version has. */
export const mechanismsExist = defineInvariant({
  id: 'mechanisms-exist',
  codes: {
    MECHANISM_MISSING: 'Say by which mechanism the event starts the DAG.',
    MECHANISM_VERSION: 'Use what the analysed Airflow version has.',
  },
  check({ plan, facts }, report) {
    const version = plan.analysis.graph.airflow_version.version;
    const look = (text: string, path: string): void => {
      for (const name of missingNames(text, facts.version)) report('MECHANISM_VERSION', path, `Airflow ${version} has no ${name}.`);
    };
    plan.stages.forEach((stage, index) => {
      if (stage.trigger) {
        if (isEmptyText(stage.trigger.mechanism))
          report('MECHANISM_MISSING', stagePath(index, 'trigger', 'mechanism'), `${stage.dag_id} has a trigger without a mechanism.`);
        look(stage.trigger.mechanism, stagePath(index, 'trigger', 'mechanism'));
      }
      look(stage.rationale, stagePath(index, 'rationale'));
    });
    plan.phases.forEach((phase, index) => look(phaseText(phase), phasePath(index)));
  },
});

function phaseText({ title, goal, canary, rollback }: PlanDocument['phases'][number]): string {
  return [title, goal, canary.text, canary.metric, canary.stop_rule, ...rollback.steps, rollback.replay].join('\n');
}
