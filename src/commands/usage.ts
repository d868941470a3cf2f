import type { CommanderError } from 'commander';
import { KnownError } from '../errors.js';
import { nearestWord } from '../options/nearest.js';

/** Two operands: a command that isn't one, or a path with a space. */
export function unknownCommand(given: string, second: string, names: readonly string[]): KnownError {
  const nearest = nearestWord(given, names);
  if (nearest !== undefined) return new KnownError(`unknown command ${given}`, `did you mean ${nearest}?`);
  return new KnownError(`one PATH is wanted, and ${second} is a second one`, 'quote a path that holds spaces, or run once for each');
}

/** A path that doesn't exist may be a command with a slip. */
export function withCommandHint(error: KnownError, given: string, names: readonly string[]): KnownError {
  const nearest = /^[a-z-]+$/.test(given) && error.message.includes("doesn't exist") ? nearestWord(given, names) : undefined;
  return nearest === undefined
    ? error
    : new KnownError(`${given} is neither a folder nor a command`, `did you mean the command ${nearest}?`, { cause: error });
}

export function noPath(): KnownError {
  return new KnownError('no PATH given', 'give a repository or dags folder; dag2event --help shows examples');
}

/** What commander objects to, in our words. */
export function usageError(error: CommanderError): KnownError {
  const [first = '', second = ''] = error.message.replace(/^error: /, '').split('\n');
  const guess = /\(Did you mean (.+)\?\)/.exec(second)?.[1];
  const advice = guess === undefined ? 'dag2event --help lists commands and options' : `did you mean ${guess}?`;
  return new KnownError(first, advice, { cause: error });
}
