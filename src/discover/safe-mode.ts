/**
 * Airflow's safe mode: a file is loaded only when its bytes, in lower case, hold `airflow` and `dag` (since 3.0 also
 * `asset` instead of `dag`), anywhere and in any role.
 */
export function mayHoldDag(source: Uint8Array, airflowMajor: number): boolean {
  const text = Buffer.from(source).toString('latin1');
  if (!/airflow/i.test(text)) return false;
  return /dag/i.test(text) || (airflowMajor >= 3 && /asset/i.test(text));
}
