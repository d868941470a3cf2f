import * as z from 'zod';

/** A position in a file of the analysed repository. `file` is relative to its root with `/`; lines and columns start at 1. */
export const Place = z.strictObject({
  file: z.string(),
  line: z.int().min(1),
  column: z.int().min(1).optional(),
});
export type Place = z.infer<typeof Place>;

/** Orders places by file (code units), then line, then column. */
export function comparePlaces(a: Place, b: Place): number {
  return compareText(a.file, b.file) || a.line - b.line || (a.column ?? 0) - (b.column ?? 0);
}

/** Orders two strings by UTF-16 code unit, the same on every machine and locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
