/** Orders two dotted versions by their numbers; a missing part counts as 0, a suffix (`rc1`, `.dev0`) is ignored. */
export function compareReleases(a: string, b: string): number {
  const left = numbers(a);
  const right = numbers(b);
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/** Whether a release is `minimum` or newer. */
export function isAtLeast(release: string, minimum: string): boolean {
  return compareReleases(release, minimum) >= 0;
}

function numbers(release: string): number[] {
  return (/^\d+(?:\.\d+)*/.exec(release)?.[0] ?? '').split('.').map(Number);
}
