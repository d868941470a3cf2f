import type { ModuleTable } from '../../runtime.js';
import { fromPython, hiding } from '../from-python.js';

/** `bisect`. */
export const bisectModule: ModuleTable = hiding('bisect', ['bisect', 'bisect_left', 'bisect_right', 'insort', 'insort_left', 'insort_right']);

/** `heapq`. */
export const heapqModule: ModuleTable = hiding('heapq', ['heapify', 'heappop', 'heappush', 'heappushpop', 'heapreplace', 'merge', 'nlargest', 'nsmallest']);

/** `calendar`. */
export const calendarModule: ModuleTable = {
  ...hiding('calendar', ['firstweekday', 'isleap', 'leapdays', 'monthcalendar', 'monthrange', 'timegm', 'weekday']),
  ...fromPython('calendar', [
    'Calendar', 'Day', 'FEBRUARY', 'FRIDAY', 'IllegalMonthError', 'IllegalWeekdayError', 'JANUARY', 'MONDAY', 'Month', 'SATURDAY', 'SUNDAY', 'THURSDAY', 'TUESDAY',
    'WEDNESDAY', 'day_abbr', 'day_name', 'month_abbr', 'month_name',
  ]),
};
