import { holdsSecret } from '../claude/redact.js';
import { contractPath, defineInvariant, phasePath, stagePath } from './invariant.js';

/** A plan is read by many: nothing in it opens a door. */
export const noSecrets = defineInvariant({
  id: 'no-secrets',
  codes: { SECRET_SHOWN: 'Take the secret out, and say where it is kept instead.' },
  check({ plan }, report) {
    plan.stages.forEach((stage, index) => {
      if (holdsSecret(stage)) report('SECRET_SHOWN', stagePath(index), `The stage of ${stage.dag_id} holds what looks like a secret.`);
    });
    plan.phases.forEach((phase, index) => {
      if (holdsSecret(phase)) report('SECRET_SHOWN', phasePath(index), `${phase.id} holds what looks like a secret.`);
    });
    plan.contracts.forEach((contract, index) => {
      if (holdsSecret(contract)) report('SECRET_SHOWN', contractPath(index), `${contract.event} holds what looks like a secret.`);
    });
    if (holdsSecret(plan.runbook)) report('SECRET_SHOWN', '/runbook', 'The runbook holds what looks like a secret.');
    plan.questions.forEach((question, index) => {
      if (holdsSecret(question)) report('SECRET_SHOWN', `/questions/${index}`, 'A question holds what looks like a secret.');
    });
  },
});
