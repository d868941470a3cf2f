import * as z from 'zod';

/** A position in a file of the analysed repository. `file` is relative to its root with `/`; lines and columns start at 1. */
export const Place = z.strictObject({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1).optional(),
});
