/** The first wave is a pilot: few enough DAGs that one team watches every run. */
export const PILOT_WAVE_SIZE = 3;

/** DAGs that change mode together later on: what a team can watch, and put back within minutes. */
export const WAVE_SIZE = 8;
