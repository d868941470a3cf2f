import path from 'node:path';
import { KnownError } from '../errors.js';
import type { CheckSettings } from '../model/check.js';
import { plainSettings } from '../model/plain-settings.js';
import { failLevels, formats } from './choices.js';
import { detectCi, type Ci } from './ci.js';
import { configPath, type LoadedConfig } from './config-file.js';
import type { Flags, Surroundings } from './flags.js';
import { oneOf, readWhole } from './values.js';

export type CheckFormat = (typeof formats.check)[number];

/** A format, and where its text goes: an absolute path, or `-` for stdout. */
export interface FormatTarget {
  readonly format: CheckFormat;
  readonly target: string;
}

/** What only `check` and `baseline` need to know. */
export interface CheckOptions {
  readonly formats: readonly FormatTarget[];
  readonly ci: Ci | undefined;
  /** Commits to compare with, the best first; empty to judge everything. */
  readonly bases: readonly string[];
  /** Whether the user asked for the comparison, so that going without it is no pass. */
  readonly isBaseAsked: boolean;
  /** `default`: the usual file beside the configuration, where it exists. */
  readonly baseline: { kind: 'none' } | { kind: 'default' } | { kind: 'file'; file: string };
  readonly planFile: string | undefined;
  readonly settings: CheckSettings;
  readonly failOn: (typeof failLevels)[number];
  readonly maxWarnings: number | undefined;
  readonly exitZero: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** The share of the files that is evaluated, without judging it. */
  readonly shard: { readonly index: number; readonly count: number } | undefined;
  /** Shares that are judged together, absolute. */
  readonly factsFiles: readonly string[];
  /** What other repositories wrote about themselves, absolute. */
  readonly indexFiles: readonly string[];
  /** For `baseline`: what new entries say. */
  readonly entry: { readonly reason: string | undefined; readonly owner: string | undefined; readonly expires: string | undefined };
}

export function checkOptionsOf(flags: Flags, config: LoadedConfig | undefined, surroundings: Surroundings): CheckOptions {
  const { workingDirectory, environment } = surroundings;
  const absolute = (value: string) => path.resolve(workingDirectory, value);
  const own = config?.values.check;
  const fromConfig = (key: 'baseline' | 'plan') => {
    const value = own?.[key];
    return config === undefined || value === undefined ? undefined : configPath(config, `check.${key}`, value);
  };
  const ci = detectCi(environment);
  if (flags.base !== undefined && flags.all === true) throw new KnownError('--base and --all contradict each other', 'give one of them');
  if (flags.base === '') throw new KnownError('--base is empty', 'give a branch, a tag or a commit');
  const { preset, rules, overrides } = own ?? plainSettings;
  return {
    formats: formatsOf(flags, ci, environment, absolute),
    ci,
    bases: flags.all === true ? [] : flags.base === undefined ? (ci?.bases ?? []) : [flags.base],
    isBaseAsked: flags.base !== undefined,
    baseline: baselineOf(flags.baseline, fromConfig('baseline'), absolute),
    planFile: flags.plan === undefined ? fromConfig('plan') : absolute(flags.plan),
    settings: { preset: flags.preset === undefined ? preset : oneOf('--preset', flags.preset, ['recommended', 'strict']), rules, overrides },
    failOn: flags.failOn === undefined ? (own?.['fail-on'] ?? 'error') : oneOf('--fail-on', flags.failOn, failLevels),
    maxWarnings: flags.maxWarnings === undefined ? own?.['max-warnings'] : readWhole('--max-warnings', flags.maxWarnings),
    exitZero: flags.exitZero ?? false,
    today: surroundings.today ?? new Date().toISOString().slice(0, 10),
    shard: flags.shard === undefined ? undefined : shardOf(flags.shard),
    factsFiles: (flags.facts ?? []).map(absolute),
    indexFiles: (flags.estate ?? []).map(absolute),
    entry: { reason: flags.reason, owner: flags.owner, expires: flags.expires },
  };
}

function shardOf(given: string): { index: number; count: number } {
  const [, index = 0, count = 0] = /^(\d{1,4})\/(\d{1,4})$/.exec(given)?.map(Number) ?? [];
  if (index < 1 || index > count) throw new KnownError(`--shard ${JSON.stringify(given)} is no share`, 'write it as 2/8: the second of eight');
  return { index, count };
}

function baselineOf(given: string | boolean | undefined, configured: string | undefined, absolute: (value: string) => string): CheckOptions['baseline'] {
  if (given === false) return { kind: 'none' };
  if (typeof given === 'string') return { kind: 'file', file: absolute(given) };
  return configured === undefined ? { kind: 'default' } : { kind: 'file', file: configured };
}

/** Formats as they were asked for, or what suits the place: text, and what the CI system shows by itself. */
function formatsOf(flags: Flags, ci: Ci | undefined, environment: Surroundings['environment'], absolute: (value: string) => string): FormatTarget[] {
  const output = flags.output === undefined ? '-' : flags.output === '-' ? '-' : absolute(flags.output);
  const given = flags.formats ?? [];
  if (given.length === 0) return [{ format: 'text', target: output }, ...(ci?.formats ?? []).flatMap((format) => ciTarget(format, environment))];
  const targets = given.map((words) => {
    const [name = '', ...rest] = words.split('=');
    const format = oneOf('--format', name, formats.check);
    const file = rest.join('=');
    if (words.includes('=') && file === '') throw new KnownError(`--format ${words} names no file`, `write it as ${name}=FILE, or ${name} for stdout`);
    return { format, target: file === '' ? (format === 'summary' ? summaryTarget(environment) : output) : file === '-' ? '-' : absolute(file) };
  });
  refuseMixed(targets);
  return targets;
}

function ciTarget(format: 'github' | 'summary', environment: Surroundings['environment']): FormatTarget[] {
  if (format === 'github') return [{ format, target: '-' }];
  return environment['GITHUB_STEP_SUMMARY'] === undefined ? [] : [{ format, target: environment['GITHUB_STEP_SUMMARY'] }];
}

function summaryTarget(environment: Surroundings['environment']): string {
  const file = environment['GITHUB_STEP_SUMMARY'];
  if (file === undefined) throw new KnownError('--format summary has no file', 'run it where GITHUB_STEP_SUMMARY is set, or write summary=FILE');
  return file;
}

/** Lines for people and for GitHub may stand beside each other; two documents in one place are none. */
function refuseMixed(targets: readonly FormatTarget[]): void {
  const known = new Map<string, CheckFormat>();
  for (const { format, target } of targets) {
    const other = known.get(target);
    const isPair = target === '-' && new Set([format, other, 'text', 'github']).size === 2 && format !== other;
    if (other !== undefined && !isPair) throw new KnownError(`--format ${other} and --format ${format} would go to the same place`, `give one of them a file, as in ${format}=FILE`);
    known.set(target, format);
  }
}
