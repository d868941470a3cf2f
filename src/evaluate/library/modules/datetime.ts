import type { ModuleTable } from '../../runtime.js';
import { timeClass } from '../time/clock.js';
import { dateClass } from '../time/date.js';
import { datetimeClass } from '../time/datetime.js';
import { timedeltaClass } from '../time/timedelta.js';
import { timezoneClass, tzinfoClass } from '../time/timezone.js';

/** `datetime`. */
export const datetimeModule: ModuleTable = {
  date: dateClass,
  datetime: datetimeClass,
  time: timeClass,
  timedelta: timedeltaClass,
  timezone: timezoneClass,
  tzinfo: tzinfoClass,
  UTC: (rt) => timezoneClass(rt).attributes.get('utc') ?? null,
  MINYEAR: () => 1n,
  MAXYEAR: () => 9999n,
};
