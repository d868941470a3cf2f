import { grouped } from './plural.js';

const units = [
  { least: 2 * 86_400, seconds: 86_400, word: 'days' },
  { least: 2 * 3_600, seconds: 3_600, word: 'h' },
  { least: 120, seconds: 60, word: 'min' },
] as const;

/** A duration in the unit that reads best, with one digit behind the point at most: `8.3 h`. */
export function describeDuration(seconds: number): string {
  const unit = units.find(({ least }) => seconds >= least);
  if (unit === undefined) return `${Math.round(seconds)} s`;
  return `${grouped(Math.round((seconds / unit.seconds) * 10) / 10)} ${unit.word}`;
}
