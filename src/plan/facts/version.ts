/** An Airflow release as far as mechanisms depend on it. */
export interface Version {
  major: number;
  minor: number;
}

/** Reads `3.2.1`, `2.11`, `2.9.x`. What isn't a version is older than everything, so that no newer mechanism is promised. */
export function parseVersion(text: string): Version {
  const match = /^(\d+)\.(\d+)/.exec(text.trim());
  return match ? { major: Number(match[1]), minor: Number(match[2]) } : { major: 0, minor: 0 };
}

/** Whether `version` is `since` or newer; an empty `since` means every version. */
export function isAtLeast(version: Version, since: string): boolean {
  if (since === '') return true;
  const other = parseVersion(since);
  return version.major > other.major || (version.major === other.major && version.minor >= other.minor);
}

/** Whether `since <= version < until`; an empty bound is open. */
export function isWithin(version: Version, since: string, until: string): boolean {
  return isAtLeast(version, since) && (until === '' || !isAtLeast(version, until));
}
