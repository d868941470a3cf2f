import { defineInvariant, isEmptyText, phasePath } from './invariant.js';

/** A phase says when it may begin, when it is done, and what it is for. */
export const phaseCriteria = defineInvariant({
  id: 'phase-criteria',
  codes: {
    ENTRY_MISSING: 'Say what must be true before the phase begins.',
    EXIT_MISSING: 'Say what must be true before the next phase begins.',
    PHASE_WORDLESS: 'Give the phase a title and a goal.',
  },
  check({ plan }, report) {
    plan.phases.forEach(({ id, entry, exit, title, goal }, index) => {
      if (entry.every(isEmptyText)) report('ENTRY_MISSING', phasePath(index, 'entry'), `${id} has no entry criterion.`);
      if (exit.every(isEmptyText)) report('EXIT_MISSING', phasePath(index, 'exit'), `${id} has no exit criterion.`);
      if (isEmptyText(title) || isEmptyText(goal)) report('PHASE_WORDLESS', phasePath(index, 'title'), `${id} has no title or goal.`);
    });
  },
});
