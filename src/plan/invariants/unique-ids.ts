import { defineInvariant, phasePath, stagePath } from './invariant.js';

/** Ids name one thing, and phases are numbered in the order in which they come. */
export const uniqueIds = defineInvariant({
  id: 'unique-ids',
  codes: {
    STAGE_ID_TWICE: 'Give each stage its own id.',
    PHASE_ID_TWICE: 'Give each phase its own id.',
    PHASE_NUMBER: 'Number the phases 1, 2, 3, ... in their order.',
  },
  check({ plan }, report) {
    repeated(plan.stages.map(({ id }) => id)).forEach(([id, index]) =>
      report('STAGE_ID_TWICE', stagePath(index, 'id'), `The stage id ${id} is used twice.`),
    );
    repeated(plan.phases.map(({ id }) => id)).forEach(([id, index]) =>
      report('PHASE_ID_TWICE', phasePath(index, 'id'), `The phase id ${id} is used twice.`),
    );
    plan.phases.forEach(({ id, number }, index) => {
      if (number !== index + 1)
        report('PHASE_NUMBER', phasePath(index, 'number'), `${id} has number ${number} but comes as number ${index + 1}.`);
    });
  },
});

function repeated(ids: readonly string[]): [string, number][] {
  const seen = new Set<string>();
  return ids.flatMap((id, index): [string, number][] => {
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew ? [] : [[id, index]];
  });
}
