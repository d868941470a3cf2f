/** A release of Python 3. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
}

/** What is assumed where nothing says which Python the deployment runs: that of Airflow's own images since 2.10. */
export const defaultPython: PythonVersion = { major: 3, minor: 12 };

/** `3.11` as numbers. */
export function toPythonVersion(text: string | undefined): PythonVersion {
  const [major, minor] = (text ?? '').split('.').map(Number);
  return major === undefined || minor === undefined ? defaultPython : { major, minor };
}
