/** Days since 1970-01-01 of a date of the proleptic Gregorian calendar. */
export function daysFromDate(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** The date that lies so many days after 1970-01-01. */
export function dateFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1 };
}

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Monday is 0. */
export function weekday(year: number, month: number, day: number): number {
  return (((daysFromDate(year, month, day) + 3) % 7) + 7) % 7;
}

export function dayOfYear(year: number, month: number, day: number): number {
  return daysFromDate(year, month, day) - daysFromDate(year, 1, 1) + 1;
}

/** ISO year, week and weekday (Monday is 1). */
export function isoCalendar(year: number, month: number, day: number): { year: number; week: number; weekday: number } {
  const isoWeekday = weekday(year, month, day) + 1;
  const thursday = dateFromDays(daysFromDate(year, month, day) + 4 - isoWeekday);
  const week = Math.floor((dayOfYear(thursday.year, thursday.month, thursday.day) - 1) / 7) + 1;
  return { year: thursday.year, week, weekday: isoWeekday };
}

export const pad = (value: number | bigint, width: number): string => String(value).padStart(width, '0');

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const monthNames = [
  'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December',
] as const;
