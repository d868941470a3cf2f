import type { AnalysisDocument, FanIn, FanOut, RankedDag } from '../../model/analysis.js';
import { meetingTerms } from '../facts/meeting-terms.js';
import { verdictWords } from '../words.js';
import { clean, type Paint } from './terminal.js';

/** Our own sentences may name several DAGs: they are shown whole, up to what a fault would make of them. */
const LONGEST_SENTENCE = 800;
/** The rest of the order stands in the document. */
const MOST_RANKED = 15;

const factorWords: readonly (readonly [keyof RankedDag['factors'], string])[] = [
  ['risk', 'risk'],
  ['effort', 'effort'],
  ['latency', 'latency'],
  ['slot_hours', 'slots'],
  ['dependants', 'depend'],
];

/** In which order to move what can move, with every factor that decided. */
export function rankingLines({ ranking }: AnalysisDocument, paint: Paint): string[] {
  if (ranking === undefined || ranking.length === 0) return [];
  const shown = ranking.slice(0, MOST_RANKED);
  const rest = ranking.length - shown.length;
  return [
    '',
    `${paint('bold', 'What to move first')}  ready before needs work, then least risk, least effort, most latency won, most slot hours won, fewest dependants`,
    ...shown.flatMap((dag) => rankedLines(dag, paint)),
    ...(rest > 0 ? [`  and ${rest} more in the document (--format json)`] : []),
  ];
}

function rankedLines(dag: RankedDag, paint: Paint): string[] {
  const behind = dag.behind === '' ? '' : `  ${paint('dim', `behind the one before: ${clean(dag.behind, LONGEST_SENTENCE)}`)}`;
  const factors = factorWords.map(([name, word]) => `     ${word.padEnd(8)} ${clean(dag.factors[name].text, LONGEST_SENTENCE)}`);
  return [`  ${String(dag.position).padStart(2)} ${paint('bold', clean(dag.dag_id))}  ${verdictWords[dag.verdict]}${behind}`, ...factors];
}

/** A meeting of events with its terms. */
export function meetingLines(fanIn: FanIn): string[] {
  const terms = meetingTerms(fanIn).map(({ word, text }) => `           ${word.padEnd(8)} ${clean(text, LONGEST_SENTENCE)}`);
  return [`  meet   ${clean(fanIn.text, LONGEST_SENTENCE)}`, ...terms];
}

/** What a run sets off downstream. */
export function cascadeLine({ text }: FanOut): string {
  return `  sets   ${clean(text, LONGEST_SENTENCE)}`;
}
