import { isDay } from '../../check/suppress/directive.js';
import { exceptionRules } from '../../check/suppress/rules.js';
import { KnownError, exitCodes, type ExitCode } from '../../errors.js';
import type { BaselineEntry, CheckedFinding } from '../../model/check.js';
import { compareText } from '../../model/place.js';
import { BASELINE_SCHEMA_VERSION } from '../../model/version.js';
import type { CheckOptions } from '../../options/check-options.js';
import type { Options } from '../../options/options.js';
import { renderJson } from '../../report/json.js';
import type { Io } from '../io.js';
import { printedTarget, shownPath } from '../target.js';
import { judged, readYardstick } from './judgement.js';
import { currentState } from './state.js';

/** Writes down the findings of today. What stood in the baseline keeps its reason, owner and day; what is gone is left out. */
export async function baseline(options: Options, io: Io): Promise<ExitCode> {
  const { entry } = options.check;
  if (entry.expires !== undefined && !isDay(entry.expires)) throw new KnownError(`--expires ${entry.expires} is no day`, 'write it as YYYY-MM-DD');
  const current = await currentState(options, io);
  // A file that is named and not there yet is written.
  const { baseline: known, baselinePath, plan } = await readYardstick(options, current, { isNewAllowed: true });
  const { findings } = await judged(current.analysis, current.directives, options, { baseline: known, baselinePath, plan }, current.neighbours);
  const own = new Set(exceptionRules.map((rule) => rule.doc.id));
  const accepted = findings.filter((finding) => finding.state !== 'suppressed' && !own.has(finding.rule));
  const before = new Map(known.entries.map((each) => [each.fingerprint, each]));
  const entries = accepted.map((finding) => entryOf(finding, before.get(finding.fingerprint), entry)).sort(compareEntries);
  const added = entries.filter((each) => !before.has(each.fingerprint)).length;
  const target = options.output === undefined ? baselinePath : printedTarget(options, '.dag2event-baseline', 'json');
  await io.save(target, renderJson({ schema: 'dag2event/baseline', schema_version: BASELINE_SCHEMA_VERSION, entries }));
  io.note(`${shownPath(options, target)}: ${entries.length} findings (${added} added, ${before.size - (entries.length - added)} gone)`);
  return exitCodes.clean;
}

function entryOf({ fingerprint, rule, dag_id, task_id, message }: CheckedFinding, known: BaselineEntry | undefined, fresh: CheckOptions['entry']): BaselineEntry {
  const { reason, owner, expires } = known ?? fresh;
  return { fingerprint, rule, dag_id, task_id, message, ...(reason !== undefined && { reason }), ...(owner !== undefined && { owner }), ...(expires !== undefined && { expires }) };
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return compareText(a.rule, b.rule) || compareText(a.dag_id ?? '', b.dag_id ?? '') || compareText(a.task_id ?? '', b.task_id ?? '') || compareText(a.fingerprint, b.fingerprint);
}
