/** An nth weekday of the month: `fri#2`, or the last one: `l5`. */
export type Nth = number | 'last';

/** A parsed five-field cron expression. A field that doesn't restrict is null. */
export interface Cron {
  expression: string;
  minutes: readonly number[];
  hours: readonly number[];
  /** Airflow treats a cron that covers every hour apart from the others when clocks change. */
  coversEveryHour: boolean;
  days: ReadonlySet<number> | null;
  onLastDay: boolean;
  months: ReadonlySet<number> | null;
  weekdays: ReadonlySet<number> | null;
  /** Weekday (0 = Sunday) to the occurrences within the month. */
  nthWeekdays: ReadonlyMap<number, ReadonlySet<Nth>>;
}

export type CronResult = { kind: 'cron'; cron: Cron } | { kind: 'invalid'; reason: string };

/** Airflow's own names for common schedules; the cron library adds `@midnight` and `@annually`. */
export const cronPresets: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@quarterly': '0 0 1 */3 *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};
