import { WAVE_SIZE } from '../tables/wave-size.js';
import { defineInvariant, phasePath } from './invariant.js';

/** No phase moves more DAGs than a team can watch and put back. */
export const waveSize = defineInvariant({
  id: 'wave-size',
  codes: { PHASE_TOO_LARGE: `Split the phase: at most ${WAVE_SIZE} DAGs change mode at once.` },
  check({ plan }, report) {
    plan.phases.forEach(({ id, changes }, index) => {
      if (changes.length > WAVE_SIZE)
        report('PHASE_TOO_LARGE', phasePath(index, 'changes'), `${id} moves ${changes.length} DAGs at once.`);
    });
  },
});
