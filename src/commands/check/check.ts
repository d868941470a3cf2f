import type { ExitCode } from '../../errors.js';
import type { Options } from '../../options/options.js';
import { analyzeGraph } from '../../pipeline.js';
import type { Io } from '../io.js';
import { comparisonFor } from './earlier.js';
import { judged, readYardstick } from './judgement.js';
import { printCheck } from './print.js';
import { currentState } from './state.js';

/** Findings for a pull request. The exit code is the verdict. */
export async function check(options: Options, io: Io): Promise<ExitCode> {
  if (options.check.shard !== undefined) {
    const { writeShard } = await import('./shard.js');
    return writeShard(options, options.check.shard, io);
  }
  const current = await currentState(options, io);
  const yardstick = await readYardstick(options, current);
  const { scope, state, isMissed } = await comparisonFor(options, current, io);
  const { checkDocumentOf } = await import('../../check/document.js');
  const now = await judged(current.analysis, current.directives, options, yardstick, current.neighbours);
  const before =
    state === undefined ? undefined : state === 'nothing' ? { findings: [], bugs: [] } : await judged(await analyzeGraph(state.graph), state.directives, options, yardstick, current.neighbours);
  const { failOn, maxWarnings, exitZero, isBaseAsked } = options.check;
  const document = checkDocumentOf({
    analysis: current.analysis,
    now,
    before,
    scope,
    prefix: current.prefix,
    incomplete: isBaseAsked && isMissed && scope.kind === 'all' ? [scope.reason] : [],
    gate: { failOn, maxWarnings, exitZero },
  });
  await printCheck(document, current, options, io);
  return document.exit_code;
}
