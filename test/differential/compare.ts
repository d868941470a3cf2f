import type { OurOutcome } from './ours.js';
import type { OurTree } from './trees.js';
import type { Outcome, Tree } from './python.js';

export interface Difference {
  readonly name: string;
  readonly python: string;
  readonly ours: string;
}

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly observed: number;
  /** Names of which something isn't known. */
  readonly unknown: readonly string[];
  /** Their reasons. */
  readonly reasons: readonly string[];
}

/** Compares what a program left behind. What we don't know counts as unknown; everything else must be the same. */
export function compareOutcomes(python: Outcome, ours: OurOutcome): Comparison {
  const differences: Difference[] = [];
  const unknown: string[] = [];
  const reasons: string[] = [];
  const names = Object.keys(python.values);
  const endsAlike = JSON.stringify(python.raised) === JSON.stringify(ours.raised);
  if (python.raised !== null && !endsAlike && ours.mayRaise) return { differences, observed: names.length, unknown: names, reasons: names.map(() => 'whether the program ends early is not known') };
  if (ours.unknown === undefined && !endsAlike) {
    differences.push({ name: '(raised)', python: JSON.stringify(python.raised), ours: JSON.stringify(ours.raised) });
  }
  for (const name of names) {
    const theirs = python.values[name];
    const mine = ours.values[name];
    if (theirs === undefined) continue;
    if (mine === undefined) {
      if (ours.unknown === undefined) differences.push({ name, python: theirs.repr ?? JSON.stringify(theirs.tree), ours: '(not bound)' });
      else {
        unknown.push(name);
        reasons.push(ours.unknown);
      }
      continue;
    }
    const verdict = compareTrees(theirs.tree, mine.tree);
    const isTextWrong = theirs.repr !== null && mine.repr !== null && theirs.repr !== mine.repr;
    if (verdict === 'different' || (isTextWrong && verdict === 'same')) {
      const asTree = !isTextWrong;
      differences.push({
        name,
        python: asTree ? JSON.stringify(theirs.tree) : (theirs.repr ?? ''),
        ours: asTree ? JSON.stringify(mine.tree) : (mine.repr ?? ''),
      });
    } else if (verdict === 'unknown' || (theirs.repr !== null && mine.repr === null)) {
      unknown.push(name);
      reasons.push(mine.why);
    }
  }
  for (const name of Object.keys(ours.values)) {
    const isUnknown = ours.values[name]?.tree === null;
    if (!(name in python.values) && !isUnknown && ours.unknown === undefined) differences.push({ name, python: '(not bound)', ours: ours.values[name]?.repr ?? JSON.stringify(ours.values[name]?.tree) });
  }
  return { differences, observed: names.length, unknown, reasons };
}

type Verdict = 'same' | 'different' | 'unknown';

function compareTrees(theirs: Tree, mine: OurTree): Verdict {
  if (mine === null) return 'unknown';
  if (typeof theirs === 'string' || typeof mine === 'string') return theirs === mine ? 'same' : 'different';
  if (theirs.length !== mine.length) return 'different';
  let verdict: Verdict = 'same';
  for (const [index, part] of theirs.entries()) {
    const inner = compareTrees(part, mine[index] ?? null);
    if (inner === 'different') return inner;
    if (inner === 'unknown') verdict = inner;
  }
  return verdict;
}
