/** A comparison has to see several runs of the slowest clock in the phase. */
export const CANARY_CLOCK_PERIODS = 3;

export const CANARY_HOURS_MIN = 48;

/** Beyond this nobody keeps watching; a yearly DAG is compared by a run started by hand. */
export const CANARY_HOURS_MAX = 62 * 24;
