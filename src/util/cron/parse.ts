import { cronPresets, type Cron, type CronResult } from './cron.js';
import { FieldProblem, parseField, type Field, type FieldRule } from './field.js';

const monthNames = { jan: 1, feb: 2, mar: 3, apr: 4, may: 5, jun: 6, jul: 7, aug: 8, sep: 9, oct: 10, nov: 11, dec: 12 };
const weekdayNames = { sun: 0, mon: 1, tue: 2, wed: 3, thu: 4, fri: 5, sat: 6 };
const plain = { names: {}, aliases: {}, allowsLast: false, allowsNth: false };

const minuteRule: FieldRule = { ...plain, name: 'minute', low: 0, high: 59 };
const hourRule: FieldRule = { ...plain, name: 'hour', low: 0, high: 23 };
const dayRule: FieldRule = { ...plain, name: 'day of month', low: 1, high: 31, allowsLast: true };
const monthRule: FieldRule = { ...plain, name: 'month', low: 1, high: 12, names: monthNames };
const weekdayRule: FieldRule = {
  ...plain,
  name: 'day of week',
  low: 0,
  high: 6,
  names: weekdayNames,
  aliases: { 7: 0 },
  allowsNth: true,
};

/** Parses a five-field cron expression or an Airflow preset, with the meaning that Airflow's cron library gives it. */
export function parseCron(expression: string): CronResult {
  const fields = expandPreset(expression).toLowerCase().match(/[^ \t\n\r\f\v]+/g) ?? [];
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday) {
    return { kind: 'invalid', reason: `'${expression}' has ${fields.length} fields; a cron schedule has 5` };
  }
  try {
    return { kind: 'cron', cron: build(expression, { minute, hour, day, month, weekday }) };
  } catch (problem) {
    if (problem instanceof FieldProblem) return { kind: 'invalid', reason: problem.message };
    throw problem;
  }
}

function expandPreset(expression: string): string {
  return cronPresets[expression.trim().toLowerCase()] ?? expression;
}

interface FieldTexts {
  minute: string;
  hour: string;
  day: string;
  month: string;
  weekday: string;
}

function build(expression: string, texts: FieldTexts): Cron {
  const minute = parseField(texts.minute, minuteRule);
  const hour = parseField(texts.hour, hourRule);
  const day = parseField(texts.day, dayRule);
  const month = parseField(texts.month, monthRule);
  const weekday = parseField(texts.weekday, weekdayRule);
  checkNth(weekday);
  return {
    expression,
    minutes: list(minute, minuteRule),
    hours: list(hour, hourRule),
    // A star inside a list is not "every hour" to Airflow, although it fires every hour.
    coversEveryHour: hour.values.size === (hour.isStar ? 0 : 24),
    days: restriction(day, dayRule, texts.weekday),
    onLastDay: day.hasLast && !day.isStar,
    months: month.isStar || month.values.size === 12 ? null : month.values,
    weekdays: restriction(weekday, weekdayRule, texts.day),
    nthWeekdays: weekday.nth,
  };
}

function list(field: Field, rule: FieldRule): number[] {
  if (!field.isStar) return [...field.values].sort((a, b) => a - b);
  return Array.from({ length: rule.high - rule.low + 1 }, (_, index) => rule.low + index);
}

/** A field that lists all its values restricts nothing, unless the other day field has no star: then days are joined by OR. */
function restriction(field: Field, rule: FieldRule, otherText: string): ReadonlySet<number> | null {
  if (field.isStar) return null;
  const isFull = field.values.size + (field.hasLast ? 1 : 0) === rule.high - rule.low + 1;
  return isFull && otherText.includes('*') ? null : field.values;
}

function checkNth(weekday: Field): void {
  if (weekday.nth.size === 0) return;
  const hasPlain = [...weekday.values].some((value) => !weekday.nth.has(value));
  if (hasPlain && weekday.values.size !== 7) {
    throw new FieldProblem('the day of week field mixes plain days with # or L');
  }
}
