import { KnownError } from '../errors.js';
import { didYouMean } from './nearest.js';

/** A word of a closed list. */
export function oneOf<T extends string>(option: string, given: string, known: readonly T[]): T {
  const found = known.find((word) => word === given);
  if (found !== undefined) return found;
  const list = `it is one of ${known.join(', ')}`;
  const guess = didYouMean(given, known);
  throw new KnownError(`${option} ${JSON.stringify(given)} is not known`, guess === '' ? list : `${guess} (${list})`);
}

/** A whole number from 1 to `limit`. */
export function readCount(option: string, given: string, limit: number): number {
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= 1 && value <= limit) return value;
  throw new KnownError(`${option} ${JSON.stringify(given)} is no count`, `give a whole number from 1 to ${limit}`);
}

/** An amount of US dollars. */
export function readAmount(option: string, given: string): number {
  if (/^\d+(\.\d+)?$/.test(given)) return Number(given);
  throw new KnownError(`${option} ${JSON.stringify(given)} is no amount`, 'give US dollars, like 0.50');
}

/** `NAME=VALUE` pairs of the command line over those of the configuration file. */
export function readEnvironment(pairs: readonly string[], configured: Readonly<Record<string, string>>): Map<string, string> {
  const environment = new Map(Object.entries(configured));
  for (const pair of pairs) {
    const split = pair.indexOf('=');
    if (split < 1) throw new KnownError(`--env ${JSON.stringify(pair)} has no name and value`, 'write it as NAME=VALUE');
    environment.set(pair.slice(0, split), pair.slice(split + 1));
  }
  return environment;
}

/** A whole number from 0. */
export function readWhole(option: string, given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new KnownError(`${option} ${JSON.stringify(given)} is no number`, 'give a whole number, 0 or more');
}
