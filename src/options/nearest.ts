import { closest, distance } from 'fastest-levenshtein';

/** The known word that was probably meant, as the end of a sentence; empty when none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? '' : `did you mean ${nearest}?`;
}

/** The known word nearest to one that isn't known; undefined when none is near enough to be a slip. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(word.toLowerCase(), known);
  // Half of the letters wrong is another word, not a slip.
  return distance(word.toLowerCase(), nearest) <= Math.max(2, Math.floor(nearest.length / 2)) ? nearest : undefined;
}
