import type { AnalysisDocument, Evidence, Hazard, Severity, TriggerCandidate } from '../../model/analysis.js';
import { countAnalysis } from '../facts/numbers.js';
import { countOf } from '../facts/plural.js';
import { describeFields } from '../facts/source.js';
import { describeSchedule } from '../facts/schedule.js';
import { confidenceWords, mechanismWords, severities, sourceWords, verdictWords } from '../words.js';
import { clampMiddle } from '../visible.js';
import { statusStyles } from './graph.js';
import { cascadeLine, meetingLines, rankingLines } from './ranking.js';
import { clean, columns, lines, painter } from './terminal.js';
import type { Paint, Style, TextOptions } from './terminal.js';

/** The analysis for a terminal: per DAG the verdict, what could start it, where events meet, what would break. */

export const severityStyles: Record<Severity, Style> = { high: 'red', medium: 'yellow', low: 'blue' };

/** Our own sentences may name several DAGs and schedules: they are shown whole, up to what a fault would make of them. */
const LONGEST_SENTENCE = 800;
const LONGEST_FIELDS = 110;
const LONGEST_NAME = 60;

type EvidenceById = ReadonlyMap<string, Evidence>;

function placeOf(id: string, evidence: EvidenceById): string {
  const found = evidence.get(id);
  return found === undefined ? '' : `${clean(found.place.file)}:${found.place.line}`;
}

function candidateRow(candidate: TriggerCandidate, evidence: EvidenceById, paint: Paint): string[] {
  const [first = ''] = candidate.evidence;
  const fields = clean(clampMiddle(describeFields(candidate.fields), LONGEST_FIELDS));
  return [
    `  ${paint('cyan', 'event')}`,
    clean(candidate.task_id ?? 'the DAG', LONGEST_NAME),
    `${sourceWords[candidate.source_kind]} ${fields}`.trimEnd(),
    `${confidenceWords[candidate.confidence]}, by ${mechanismWords[candidate.mechanism.kind]}`,
    paint('dim', placeOf(first, evidence)),
  ];
}

/** Hazards of one rule under its title; the cure stands once when they share it. */
function hazardLines(hazards: readonly Hazard[], evidence: EvidenceById, paint: Paint): string[] {
  const groups = new Map<string, Hazard[]>();
  for (const hazard of hazards) {
    const key = JSON.stringify([hazard.rule, hazard.cure]);
    groups.set(key, [...(groups.get(key) ?? []), hazard]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [
      `  ${paint('bold', first.rule)}  ${clean(first.title)}`,
      ...columns(group.map((hazard) => [`    ${paint(severityStyles[hazard.severity], hazard.severity)}`, hazardText(hazard, evidence, paint)])),
      `    cure    ${clean(first.cure, LONGEST_SENTENCE)}`,
    ];
  });
}

function hazardText(hazard: Hazard, evidence: EvidenceById, paint: Paint): string {
  return `${clean(hazard.message, LONGEST_SENTENCE)}  ${paint('dim', placeOf(hazard.evidence[0] ?? '', evidence))}`;
}

function grouped<Item extends { dag_id: string }>(items: readonly Item[]): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.dag_id);
    if (group === undefined) groups.set(item.dag_id, [item]);
    else group.push(item);
  }
  return groups;
}

/** The analysis as text for a terminal. */
export function renderAnalysisText(analysis: AnalysisDocument, options: TextOptions): string {
  const paint = painter(options);
  const numbers = countAnalysis(analysis);
  const evidence: EvidenceById = new Map(analysis.evidence.map((item) => [item.id, item]));
  const candidates = grouped(analysis.candidates);
  const fanIns = grouped(analysis.fan_ins);
  const fanOuts = grouped(analysis.fan_outs ?? []);
  const hazards = grouped(analysis.hazards);
  const verdicts = new Map(analysis.verdicts.map((verdict) => [verdict.dag_id, verdict]));
  const parts = [
    `${paint('bold', clean(analysis.graph.name))}  ${countOf(numbers.graph.dags, 'DAG')}, ` +
      `${countOf(numbers.candidates, 'possible trigger')}, ${countOf(analysis.fan_ins.length, 'fan-in')}, ` +
      `hazards: ${severities.map((severity) => `${numbers.hazards[severity]} ${severity}`).join(', ')}`,
  ];
  for (const dag of analysis.graph.dags) {
    const verdict = verdicts.get(dag.dag_id);
    const word = verdict === undefined ? 'no verdict' : verdictWords[verdict.verdict];
    parts.push(
      '',
      `${paint('bold', clean(dag.dag_id))}  ${word}  ${paint(statusStyles[dag.status], dag.status)}`,
      `  today  ${clean(describeSchedule(dag.schedule))}`,
      ...(verdict?.reasons ?? []).map((reason) => `  why    ${clean(reason, LONGEST_SENTENCE)}`),
      ...columns((candidates.get(dag.dag_id) ?? []).map((candidate) => candidateRow(candidate, evidence, paint))),
      ...(fanIns.get(dag.dag_id) ?? []).flatMap(meetingLines),
      ...(fanOuts.get(dag.dag_id) ?? []).map(cascadeLine),
    );
    parts.push(...hazardLines(hazards.get(dag.dag_id) ?? [], evidence, paint));
  }
  return lines([...parts, ...rankingLines(analysis, paint)]);
}
