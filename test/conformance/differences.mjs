// Differences between a value of Airflow's and ours.

/** Text that is equal for equal values, whatever the order of their keys. */
export function canonical(value) {
  return JSON.stringify(value ?? null, (_key, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
export const sortedTexts = (values) => values.map(canonical).sort(byText);

/** A list with one difference, or none. */
export function differenceOf(field, truth, ours) {
  return canonical(truth) === canonical(ours) ? [] : [{ field, truth: truth ?? null, ours: ours ?? null }];
}

/** What is in one list and not in the other. */
export function differenceOfSets(field, truth, ours) {
  const [expected, found] = [new Set(truth), new Set(ours)];
  const missing = [...expected].filter((text) => !found.has(text)).sort(byText);
  const extra = [...found].filter((text) => !expected.has(text)).sort(byText);
  return missing.length + extra.length === 0 ? [] : [{ field, truth: missing, ours: extra }];
}
