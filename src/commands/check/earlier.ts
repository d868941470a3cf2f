import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyzeCommit, baseOf, type EarlierState, type FoundBase } from '../../changes.js';
import { KnownError } from '../../errors.js';
import type { CheckScope } from '../../model/check.js';
import type { Options } from '../../options/options.js';
import type { AnalysisRequest } from '../../pipeline.js';
import type { Io } from '../io.js';
import type { CurrentState } from './state.js';

/** What a change is compared with. `state` is undefined when everything counts. */
export interface Comparison {
  readonly scope: CheckScope;
  readonly state: EarlierState | 'nothing' | undefined;
  /** Whether less was done than asked: everything counts although something was to be compared with. */
  readonly isMissed: boolean;
}

/** The state from which a change started, where one is asked for or the CI system names it; else the reason why not. */
export async function comparisonFor(options: Options, current: CurrentState, io: Io): Promise<Comparison> {
  const { bases } = options.check;
  if (bases.length === 0) return { ...everything(''), isMissed: false };
  if (current.root === undefined) return everything('a stored document has no history to compare with');
  const base = await baseOf(current.root, bases);
  if (base.kind === 'none') return { ...everything(`not compared: ${base.reason}`), isMissed: base.isBeginning !== true };
  try {
    const state = await stateAt(base, options, current.root, io);
    return { scope: { kind: 'changed', base: base.ref, commit: base.commit, changed_files: [...base.changed] }, state: state ?? 'nothing', isMissed: false };
  } catch (error) {
    if (!(error instanceof KnownError)) throw error;
    return everything(`not compared: ${base.ref} can't be analysed: ${error.message}`);
  }
}

function everything(reason: string): Comparison {
  return { scope: { kind: 'all', reason }, state: undefined, isMissed: true };
}

async function stateAt(base: FoundBase, options: Options, root: string, io: Io): Promise<EarlierState | undefined> {
  const { top } = base.checkout;
  const inTop = (file: string) => {
    const relative = path.relative(top, file);
    return relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative) ? undefined : relative.split(path.sep).join('/');
  };
  const given = [options.variablesFile, options.connectionsFile, options.environmentFile];
  const target = inTop(await realPath(options.path)) ?? '';
  const question = {
    target,
    dagsRoot: options.dagsRoot === undefined ? undefined : (inTop(options.dagsRoot) ?? options.dagsRoot),
    files: given.map((file) => (file === undefined ? undefined : (inTop(file) ?? digestOf(file)))),
    airflowVersion: options.airflowVersion,
    pythonVersion: options.pythonVersion,
    onlyGivenInputs: options.onlyGivenInputs,
    environment: [...options.environment],
    parser: options.parser,
  };
  const requestAt = async (checkout: string): Promise<AnalysisRequest | undefined> => {
    const there = (file: string | undefined) => {
      const relative = file === undefined ? undefined : inTop(file);
      return relative === undefined ? file : path.join(checkout, relative);
    };
    const folder = path.join(checkout, target);
    if (!existsSync(folder)) return undefined;
    const own = await options.elsewhere(folder);
    const dagsRoot = there(own.dagsRoot);
    if (dagsRoot !== undefined && !existsSync(dagsRoot)) return undefined;
    const ifThere = (file: string | undefined) => (file !== undefined && existsSync(file) ? file : undefined);
    const { airflowVersion, pythonVersion, onlyGivenInputs, environment, parser, jobs } = own;
    return {
      path: folder,
      dagsRoot,
      airflowVersion,
      pythonVersion,
      onlyGivenInputs,
      environment,
      parser,
      jobs,
      variablesFile: ifThere(there(own.variablesFile)),
      connectionsFile: ifThere(there(own.connectionsFile)),
      environmentFile: ifThere(there(own.environmentFile)),
    };
  };
  const others = given.flatMap((file) => (file === undefined ? [] : (inTop(file) ?? [])));
  return analyzeCommit(base, { root: inTop(root) ?? '', others, question, cache: options.cache, requestAt }, io);
}

async function realPath(file: string): Promise<string> {
  const { realpath } = await import('node:fs/promises');
  return realpath(file);
}

/** A file outside of the checkout is today's for both states. */
function digestOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
