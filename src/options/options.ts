import { existsSync } from 'node:fs';
import path from 'node:path';
import { KnownError } from '../errors.js';
import { cacheFolder } from './cache-folder.js';
import { checkOptionsOf, type CheckOptions } from './check-options.js';
import { parsers, efforts } from './choices.js';
import type { LoadedConfig } from './config-file.js';
import { configPath, findContext, loadConfig } from './config-file.js';
import type { Flags, Surroundings } from './flags.js';
import { pathKind } from './path-kind.js';
import { oneOf, readAmount, readCount, readEnvironment } from './values.js';

/** More workers than this only wait for each other. */
const MAX_JOBS = 64;

/** Everything that a command needs to know; made once, never changed. */
export interface Options {
  /** The repository or document, absolute. */
  path: string;
  /** As the user wrote it. */
  givenPath: string;
  dagsRoot: string | undefined;
  airflowVersion: string | undefined;
  pythonVersion: string | undefined;
  variablesFile: string | undefined;
  connectionsFile: string | undefined;
  environmentFile: string | undefined;
  requirementsFile: string | undefined;
  /** Whether inputs that the repository ships are left aside. */
  onlyGivenInputs: boolean;
  environment: ReadonlyMap<string, string>;
  parser: (typeof parsers)[number];
  jobs: number;
  /** Where results are kept between runs, and of which build; undefined keeps none. */
  cache: { folder: string; build: string } | undefined;
  format: string;
  /** The user's context file, absolute; undefined when there is none. */
  contextFile: string | undefined;
  /** Absolute path, `-` for stdout, undefined for the command's own default. */
  output: string | undefined;
  workingDirectory: string;
  quiet: boolean;
  /** Whether results may be painted: they go to a terminal that wants it. */
  color: boolean;
  offline: boolean;
  /** Whether a plan without Claude's part is a failure. */
  claude: boolean;
  effort: (typeof efforts)[number] | undefined;
  /** Where earlier answers are kept; undefined keeps none. */
  repliesFolder: string | undefined;
  /** Whether only earlier answers count. */
  replayOnly: boolean;
  /** Whether it ends before Claude is asked. */
  dryRun: boolean;
  showPayload: boolean;
  maxCost: number | undefined;
  model: string | undefined;
  baseUrl: string | undefined;
  unknowns: boolean;
  check: CheckOptions;
  /** The same words for another folder, with the configuration that lies there. */
  elsewhere: (path: string) => Promise<Readonly<Options>>;
  /** Where credentials are looked for; the DAG files never see it. */
  processEnvironment: Surroundings['environment'];
}

/** For a command without a PATH: no configuration file is looked for. */
export const NO_PATH = '';

/** Command line before environment before configuration file before defaults. */
export async function resolveOptions(
  givenPath: string,
  flags: Flags,
  surroundings: Surroundings,
  formats: readonly [string, ...string[]],
): Promise<Readonly<Options>> {
  const { workingDirectory, environment } = surroundings;
  const absolute = (value: string) => path.resolve(workingDirectory, value);
  const target = absolute(givenPath);
  const config =
    givenPath === NO_PATH
      ? undefined
      : await loadConfig(flags.config === undefined ? undefined : absolute(flags.config), configStart(target));
  const values = config?.values ?? {};
  const parser = flags.parser ?? environment['DAG2EVENT_PARSER'] ?? values.parser ?? 'auto';
  return Object.freeze({
    path: target,
    givenPath,
    dagsRoot: flags.dagsRoot === undefined ? fromConfig(config, 'dags-root') : dagsRootOf(flags.dagsRoot, target, workingDirectory),
    airflowVersion: flags.airflowVersion ?? values['airflow-version'],
    pythonVersion: flags.pythonVersion ?? values['python-version'],
    variablesFile: flags.variables === undefined ? fromConfig(config, 'variables') : absolute(flags.variables),
    connectionsFile: flags.connections === undefined ? fromConfig(config, 'connections') : absolute(flags.connections),
    environmentFile: flags.envFile === undefined ? fromConfig(config, 'env-file') : absolute(flags.envFile),
    requirementsFile: flags.requirements === undefined ? fromConfig(config, 'requirements') : absolute(flags.requirements),
    onlyGivenInputs: flags.discoveredInputs === false || values['discovered-inputs'] === false,
    environment: readEnvironment(flags.env ?? [], values.env ?? {}),
    parser: oneOf('--parser', parser, parsers),
    jobs: flags.jobs === undefined ? (values.jobs ?? 1) : readCount('--jobs', flags.jobs, MAX_JOBS),
    cache: cacheOf(flags, surroundings, absolute),
    contextFile: flags.context === undefined ? (givenPath === NO_PATH ? undefined : findContext(configStart(target))) : absolute(flags.context),
    format: oneOf('--format', flags.format ?? formats[0], formats),
    output: outputOf(flags.output, absolute) ?? fromConfig(config, 'output'),
    workingDirectory,
    quiet: flags.quiet ?? values.quiet ?? false,
    color: isColored(flags, surroundings) && values['no-color'] !== true,
    offline: flags.offline ?? values.offline ?? false,
    claude: flags.claude ?? false,
    effort: flags.effort === undefined ? undefined : oneOf('--effort', flags.effort, efforts),
    repliesFolder: flags.cache === false ? undefined : keptFolder(flags, surroundings, absolute),
    replayOnly: flags.replayOnly ?? false,
    dryRun: flags.dryRun ?? false,
    showPayload: flags.showPayload ?? false,
    maxCost: flags.maxCost === undefined ? undefined : readAmount('--max-cost', flags.maxCost),
    model: flags.model,
    baseUrl: flags.baseUrl,
    unknowns: flags.unknowns ?? false,
    check: checkOptionsOf(flags, config, surroundings),
    elsewhere: (other: string) => resolveOptions(other, flags, surroundings, formats),
    processEnvironment: environment,
  });
}

function keptFolder(flags: Flags, { environment }: Surroundings, absolute: (value: string) => string): string | undefined {
  if (flags.cacheDir === '') throw new KnownError('--cache-dir is empty', 'give a folder, or --no-cache to keep no results');
  return flags.cacheDir === undefined ? cacheFolder(environment) : absolute(flags.cacheDir);
}

/** A build without a name is a checkout whose code may change under the results. */
function cacheOf(flags: Flags, surroundings: Surroundings, absolute: (value: string) => string): Options['cache'] {
  const { build } = surroundings;
  if (flags.cache === false || build === undefined) return undefined;
  const folder = keptFolder(flags, surroundings, absolute);
  return folder === undefined ? undefined : { folder, build };
}

/** Colour is for a terminal whose user didn't refuse it (https://no-color.org). */
export function isColored(flags: Flags, { environment, isTerminal }: Surroundings): boolean {
  const isRefused = flags.color === false || (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return isTerminal && !isRefused;
}

function configStart(target: string): string {
  return pathKind(target) === 'folder' ? target : path.dirname(target);
}

function fromConfig(config: LoadedConfig | undefined, key: 'connections' | 'dags-root' | 'env-file' | 'variables' | 'requirements' | 'output'): string | undefined {
  const value = config?.values[key];
  return config === undefined || value === undefined ? undefined : configPath(config, key, value);
}

/** A folder of the repository by its path in it, or any by its path from here. */
function dagsRootOf(given: string, target: string, workingDirectory: string): string {
  const inside = path.resolve(target, given);
  return existsSync(inside) ? inside : path.resolve(workingDirectory, given);
}

function outputOf(given: string | undefined, absolute: (value: string) => string): string | undefined {
  if (given === undefined || given === '-') return given;
  if (given === '') throw new KnownError('--output is empty', 'give a file, or - for stdout');
  // A folder keeps its slash, so that it is known as one before it exists.
  return given.endsWith('/') ? `${absolute(given)}/` : absolute(given);
}
