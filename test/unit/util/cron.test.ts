import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nextFire, fireTimes, previousFire } from '../../../src/util/cron/fire.js';
import { createMeetings } from '../../../src/util/cron/meet.js';
import { parseCron } from '../../../src/util/cron/parse.js';
import { openZone, type Zone } from '../../../src/util/cron/zone.js';
import type { Cron } from '../../../src/util/cron/cron.js';

type Case = [expression: string, zone: string, start: string, next: string[], previous: string[]];
interface Golden {
  invalid: string[];
  cases: Case[];
}

const golden = JSON.parse(
  readFileSync(new URL('../../../fixtures/cron/golden.json', import.meta.url), 'utf8'),
) as Golden;

function cronOf(expression: string): Cron {
  const result = parseCron(expression);
  if (result.kind === 'invalid') throw new Error(result.reason);
  return result.cron;
}

function zoneOf(name: string): Zone {
  const zone = openZone(name);
  if (!zone) throw new Error(`no zone ${name}`);
  return zone;
}

function walk(step: (from: number) => number | undefined, start: string, count: number): string[] {
  const times: string[] = [];
  let current: number | undefined = Date.parse(start);
  for (let index = 0; index < count; index += 1) {
    current = step(current);
    if (current === undefined) break;
    times.push(new Date(current).toISOString().replace('.000Z', 'Z'));
  }
  return times;
}

describe('cron against the times that Airflow computes', () => {
  it('has enough cases to mean something', () => {
    expect(golden.cases.length).toBeGreaterThanOrEqual(500);
    expect(golden.invalid.length).toBeGreaterThanOrEqual(10);
  });

  it('finds the same next and previous fire times', () => {
    const wrong = golden.cases.flatMap(([expression, zoneName, start, next, previous]) => {
      const cron = cronOf(expression);
      const zone = zoneOf(zoneName);
      const ours = {
        next: walk((from) => nextFire(cron, zone, from), start, next.length || 1),
        previous: walk((from) => previousFire(cron, zone, from), start, previous.length || 1),
      };
      const isEqual = ours.next.join() === next.join() && ours.previous.join() === previous.join();
      return isEqual ? [] : [{ expression, zoneName, start, ours, airflow: { next, previous } }];
    });
    expect(wrong).toEqual([]);
  });

  it.each(golden.invalid)('refuses %j', (expression) => {
    expect(parseCron(expression).kind).toBe('invalid');
  });
});

describe('fireTimes', () => {
  it('enumerates a window, end excluded', () => {
    const window = { from: Date.parse('2026-03-28T00:00:00Z'), to: Date.parse('2026-03-31T00:30:00Z'), limit: 10 };
    const times = fireTimes(cronOf('30 2 * * *'), zoneOf('Europe/Zurich'), window);
    expect(times.map((time) => new Date(time).toISOString().slice(5, 16))).toEqual([
      '03-28T01:30',
      '03-29T01:30',
      '03-30T00:30',
      '03-31T00:30',
    ].slice(0, 3));
  });

  it('stops at the limit, and at once when nothing ever fires', () => {
    const window = { from: 0, to: Date.parse('2030-01-01T00:00:00Z'), limit: 5 };
    expect(fireTimes(cronOf('* * * * *'), zoneOf('UTC'), window)).toHaveLength(5);
    expect(fireTimes(cronOf('0 0 31 2 *'), zoneOf('UTC'), window)).toEqual([]);
  });
});

describe('openZone', () => {
  it('knows fixed offsets and refuses what is no zone', () => {
    expect(zoneOf('+05:30').offsetAt(0)).toBe(5.5 * 3_600_000);
    expect(openZone('Mars/Olympus')).toBeUndefined();
  });
});

describe('createMeetings', () => {
  const utc = (expression: string) => ({ expression, timezone: 'UTC' });
  const hour = 3600;

  it.each([
    ['0 4 * * *', '0 2 * * *', 2 * hour, 'meets'],
    ['0 4 * * *', '0 2 * * *', 0, 'never'],
    ['0 4 * * *', '0 2 * * *', hour, 'never'],
    ['0 * * * *', '0 2 * * *', 0, 'sometimes'],
    ['0 2 * * *', '0 * * * *', 0, 'meets'],
    ['0 2 * * 1-5', '@daily', 2 * hour, 'meets'],
    ['@daily', '0 0 * * 1-5', 0, 'sometimes'],
    ['*/5 * * * *', '*/5 * * * *', 300, 'meets'],
    ['* * * * *', '0 0 31 2 *', 0, 'never'],
    ['0 0 31 2 *', '@daily', 0, 'unknown'],
  ])('%s waits for %s with a delta of %d s: %s', (waiting, awaited, delta, verdict) => {
    expect(createMeetings()(utc(waiting), utc(awaited), delta).verdict).toBe(verdict);
  });

  it('sees that two zones agree only while their clocks do', () => {
    const zurich = { expression: '0 5 * * *', timezone: 'Europe/Zurich' };
    const meeting = createMeetings()(zurich, utc('0 4 * * *'), 0);
    expect(meeting.verdict).toBe('sometimes');
    expect(meeting.matched).toBeGreaterThan(100);
  });

  it('does not decide about a zone that it does not know', () => {
    expect(createMeetings()({ expression: '@daily', timezone: 'Mars/Base' }, utc('@daily'), 0).verdict).toBe('unknown');
  });
});
