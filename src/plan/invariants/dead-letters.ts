import { defineInvariant, isEmptyText, stagePath } from './invariant.js';

const HOUR_MINUTES = 60;

/** What can't be worked on is kept where somebody looks, and can be sent again. */
export const deadLettersSeen = defineInvariant({
  id: 'dead-letters',
  codes: {
    DEAD_LETTER_MISSING: 'Say where dead letters go, how they are judged and how they are sent again.',
    DEAD_LETTER_UNHEARD: 'Alert on the first dead letter, and on its age, before it is forgotten.',
    DEAD_LETTER_UNOWNED: 'Name who looks at the dead letters, or ask for it.',
  },
  check({ plan }, report) {
    const asked = new Set(plan.questions.flatMap(({ unlocks }) => unlocks));
    plan.stages.forEach(({ dag_id, controls }, index) => {
      if (!controls) return;
      const { where, owner, triage, redrive, alert_depth, alert_age, retention } = controls.dead_letter;
      const path = stagePath(index, 'controls', 'dead_letter');
      if ([where, triage.join(''), redrive.join('')].some(isEmptyText)) report('DEAD_LETTER_MISSING', path, `Dead letters of ${dag_id} have no place, no triage or no way back.`);
      if (alert_depth.value < 1 || alert_age.value <= 0 || alert_age.value >= retention.value * HOUR_MINUTES)
        report('DEAD_LETTER_UNHEARD', path, `Nobody hears of the dead letters of ${dag_id} in time.`);
      const isNamed = owner.origin !== 'missing' && !isEmptyText(owner.name);
      if (!isNamed && !asked.has(dag_id)) report('DEAD_LETTER_UNOWNED', path, `Nobody answers for the dead letters of ${dag_id}, and nobody is asked.`);
    });
  },
});
