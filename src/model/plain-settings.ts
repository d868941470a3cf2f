import type { CheckSettings } from './check.js';

// Apart from the schema: options are read in every run, and the library of schemas is not.

/** How findings are judged where nobody says otherwise. */
export const plainSettings: CheckSettings = { preset: 'recommended', rules: {}, overrides: [] };
