import type * as z from 'zod';
import type { Place as PlaceSchema } from './place-schema.js';

// The schema lies apart: who orders places should not have to load a library of schemas.
export type Place = z.infer<typeof PlaceSchema>;

/** Orders places by file (code units), then line, then column. */
export function comparePlaces(a: Place, b: Place): number {
  return compareText(a.file, b.file) || a.line - b.line || (a.column ?? 0) - (b.column ?? 0);
}

/** Orders two strings by UTF-16 code unit, the same on every machine and locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
