import type { ModuleTable } from '../../runtime.js';
import { bind, numberOf, textOf } from '../arguments.js';
import { strictFunctions } from '../define.js';
import { pytzFixed, pytzZone, unknownTimeZoneClass, zoneInfoClass, zoneInfoNotFoundClass } from '../time/named-zones.js';
import { libraryPlace } from '../define.js';

/** `zoneinfo`. */
export const zoneinfoModule: ModuleTable = { ZoneInfo: zoneInfoClass, ZoneInfoNotFoundError: zoneInfoNotFoundClass };

/** `pytz`. */
export const pytzModule: ModuleTable = {
  ...strictFunctions({
    timezone: (rt, args, keywords, place) => pytzZone(rt, textOf(rt, bind(rt, 'timezone', 'zone', args, keywords, place).zone, place), place),
    FixedOffset: (rt, [minutes], _keywords, place) => pytzFixed(rt, numberOf(rt, minutes, place)),
  }),
  utc: (rt) => pytzZone(rt, 'UTC', libraryPlace),
  UTC: (rt) => pytzZone(rt, 'UTC', libraryPlace),
  UnknownTimeZoneError: unknownTimeZoneClass,
};

/** `pytz.exceptions`. */
export const pytzExceptionsModule: ModuleTable = { UnknownTimeZoneError: unknownTimeZoneClass };
