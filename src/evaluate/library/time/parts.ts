import type { PyInstance } from '../../values.js';

/** State of a `datetime.timezone`, `zoneinfo.ZoneInfo`, `pytz` or `pendulum` time zone. */
export interface TimeZoneState {
  readonly kind: 'timezone';
  /** IANA name, or what `tzname()` says for a fixed offset. */
  readonly name: string;
  /** Set for a fixed offset: seconds east of UTC. */
  readonly offsetSeconds?: number;
  readonly family: 'datetime' | 'zoneinfo' | 'pytz' | 'pendulum' | 'dateutil';
}

export interface DateState {
  readonly kind: 'date';
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export interface TimeState {
  readonly kind: 'time';
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly zone: PyInstance | undefined;
  readonly fold: number;
}

/** State of a `datetime.datetime` and of its subclasses (`pendulum.DateTime`). */
export interface DateTimeState {
  readonly kind: 'datetime';
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly zone: PyInstance | undefined;
  readonly fold: number;
}

export interface TimeDeltaState {
  readonly kind: 'timedelta';
  readonly microseconds: bigint;
}

export const microsecondsPerDay = 86_400_000_000n;
