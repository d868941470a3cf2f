import type { AssetExpression, AssetKey, Schedule } from '../../model/graph.js';
import { describeConditions } from '../../util/condition-text.js';
import { countOf } from './plural.js';

function assetName(asset: AssetKey): string {
  return asset.name === '' ? asset.uri : asset.name;
}

function joined(parts: readonly AssetExpression[], operator: string, isNested: boolean): string {
  const text = parts.map((part) => describeAssets(part, true)).join(` ${operator} `);
  return isNested && parts.length > 1 ? `(${text})` : text;
}

/** An asset condition in Airflow's own notation: `(a & b) | c`. */
export function describeAssets(expression: AssetExpression, isNested = false): string {
  if ('asset' in expression) return assetName(expression.asset);
  if ('alias' in expression) return `alias ${expression.alias}`;
  if ('ref' in expression) return expression.ref.name ?? expression.ref.uri ?? 'an unnamed reference';
  if ('all' in expression) return joined(expression.all, '&', isNested);
  if ('any' in expression) return joined(expression.any, '|', isNested);
  return `unknown (${expression.unknown})`;
}

const units = [
  { seconds: 86_400, one: 'day' },
  { seconds: 3_600, one: 'hour' },
  { seconds: 60, one: 'minute' },
];

/** A duration in the largest unit that divides it: `6 hours`, `90 seconds`. */
export function describeSeconds(seconds: number): string {
  const unit = units.find((candidate) => seconds !== 0 && seconds % candidate.seconds === 0);
  return unit === undefined ? countOf(seconds, 'second') : countOf(seconds / unit.seconds, unit.one);
}

/** Hours in days where they are whole days: `21 days`, `36 hours`. */
export function describeHours(hours: number): string {
  return describeSeconds(hours * 3_600);
}

type Alternative = NonNullable<Extract<Schedule, { kind: 'unknown' }>['alternatives']>[number];

function describeAlternative({ schedule, condition }: Alternative): string {
  const when = condition === undefined ? '' : ` when ${describeConditions(condition)}`;
  return describeSchedule(schedule) + when;
}

/** What starts a DAG today, in one line. */
export function describeSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'none':
      return 'none (manual or triggered)';
    case 'once':
      return '@once';
    case 'continuous':
      return '@continuous';
    case 'cron': {
      const zone = schedule.timezone === 'UTC' ? '' : ` ${schedule.timezone}`;
      return schedule.preset === undefined
        ? `${schedule.expression}${zone}`
        : `${schedule.preset} (${schedule.expression})${zone}`;
    }
    case 'delta':
      return `every ${describeSeconds(schedule.seconds)}`;
    case 'timetable':
      return `timetable ${schedule.timetable}`;
    case 'assets':
      return `assets: ${describeAssets(schedule.assets)}`;
    case 'assets_or_time':
      return `${describeSchedule(schedule.time)} or assets: ${describeAssets(schedule.assets)}`;
    case 'unknown':
      if (schedule.alternatives === undefined) return `unknown: ${schedule.reason}`;
      return `${schedule.alternatives.map(describeAlternative).join('; ')} (${schedule.reason})`;
  }
}
