import type { Quantity, Unit } from '../../model/controls.js';

type Make = (value: number, unit: Unit, source: string) => Quantity;

const make = (origin: Quantity['origin']): Make => (value, unit, source) => ({ value, unit, origin, source });

/** A number that the graph holds. */
export const measured = make('measured');

/** A number of the user's context file. */
export const declared = make('declared');

/** A number of this tool's tables, or one that follows from such a number. */
export const assumed = make('default');

/** The file that declared numbers come from, as plans call it. */
export const CONTEXT_FILE = 'dag2event.context.yaml';
