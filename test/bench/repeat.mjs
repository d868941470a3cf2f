// Repetition until a time can be believed.

/** Two medians that differ by less are the same time. */
const STABLE = 0.03;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds that `work` took. */
export function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/**
 * Runs all works in turn, round after round, so that whatever else the machine does meets each of them alike. The first
 * rounds warm up and are dropped; it ends when no median of the last rounds differs from that of the rounds before.
 * @returns milliseconds by name, of as many last rounds as were compared
 */
export function repeatTogether(works, { least, most }) {
  const names = Object.keys(works);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const window = Math.floor(least / 2);
  const last = (name) => times[name].slice(-window);
  const isStable = (name) => Math.abs(median(last(name)) / median(times[name].slice(-2 * window, -window)) - 1) < STABLE;
  for (let round = 1; round <= least + most; round += 1) {
    for (const name of names) times[name].push(timed(works[name]));
    if (round >= 2 * least && names.every(isStable)) break;
  }
  return Object.fromEntries(names.map((name) => [name, last(name)]));
}
