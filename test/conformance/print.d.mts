import type { Comparison } from './compare.mjs';
import type { Corpus } from './corpora.mjs';

/** The result of one corpus, for a person: what is wrong first, then why the rest is not exact. */
export function comparisonLines(corpus: Corpus, comparison: Comparison, options: { verbose: boolean }): string[];
