import { expect, test } from 'vitest';
import type { Schedule } from '../../../src/model/graph.js';
import { clockPeriodHours, runsPerWeek } from '../../../src/plan/facts/clock-period.js';

test.each([
  ['*/5 * * * *', 1],
  ['0 2 * * *', 24],
  ['0 6,18 * * *', 12],
  ['0 8-17 * * *', 15],
  ['30 5 * * 1', 168],
  ['30 5 * * 1-5', 72],
  ['0 0 * * mon,tue', 144],
  ['0 0 1 * *', 744],
  ['0 0 1 1 *', 8784],
  ['@weekly', 168],
  ['not a cron', 24],
])('the clock %s leaves at most %i hours between runs', (expression, hours) => {
  const schedule: Schedule = { kind: 'cron', expression, timezone: 'UTC', timetable: 'CronTriggerTimetable' };
  expect(clockPeriodHours(schedule)).toBe(hours);
});

test.each([
  ['*/5 * * * *', 2016],
  ['0 2 * * *', 7],
  ['0 8-17 * * 1-5', 50],
  ['30 5 * * 1', 1],
  ['0 0 1 * *', 12 / (365.25 / 7)],
  ['0 0 1 1 *', 1 / (365.25 / 7)],
])('the clock %s runs %d times in a week', (expression, runs) => {
  const schedule: Schedule = { kind: 'cron', expression, timezone: 'UTC', timetable: 'CronTriggerTimetable' };
  expect(runsPerWeek(schedule)).toBeCloseTo(runs);
});

test('a clock by interval runs as often as it fits; nothing else has a known cadence', () => {
  expect(runsPerWeek({ kind: 'delta', seconds: 3600, timetable: 'DeltaDataIntervalTimetable' })).toBe(168);
  expect(runsPerWeek({ kind: 'timetable', timetable: 'Workdays' })).toBeUndefined();
  expect(runsPerWeek({ kind: 'none', timetable: 'NullTimetable' })).toBeUndefined();
});
