import type { GraphDocument, RequiredInput } from '../../model/graph.js';
import type { Place } from '../../model/place.js';
import { countOf } from '../facts/plural.js';
import { rankRemedies, rankUnknowns } from '../facts/unknown-ranking.js';
import type { RankedRemedy, RankedUnknown } from '../facts/unknown-ranking.js';
import { inputWords, unknownWords } from '../words.js';
import { clean, hanging, lines } from './terminal.js';

/** What isn't known, ranked by the DAGs it costs, each with its cure: the work list towards `exact`. */

const WIDTH = 80;
const PLACES_SHOWN = 3;

function placesText(places: readonly Place[]): string {
  const shown = places.slice(0, PLACES_SHOWN).map((place) => `${clean(place.file)}:${place.line}`);
  const rest = places.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** `37 DAGs, 12 of them exact with it alone`. */
function gainText({ dagIds, unlockedDagIds }: Pick<RankedUnknown, 'dagIds' | 'unlockedDagIds'>): string {
  const touched = countOf(dagIds.length, 'DAG');
  if (unlockedDagIds.length === 0) return touched;
  if (unlockedDagIds.length < dagIds.length) return `${touched}, ${unlockedDagIds.length} of them exact with it alone`;
  return `${touched}, exact with it alone`;
}

function unknownLines(unknown: RankedUnknown, index: number): string[] {
  return [
    ...hanging(`${String(index + 1).padStart(3)}. `, `${gainText(unknown)} - ${unknownWords[unknown.kind]}: ${clean(unknown.reason)}`, WIDTH),
    ...hanging('     cure   ', unknown.cure, WIDTH),
    ...hanging('     where  ', placesText(unknown.places), WIDTH),
    '',
  ];
}

function remedyLines(remedies: readonly RankedRemedy[]): string[] {
  if (remedies.length < 2) return [];
  return ['What would help:', ...remedies.flatMap((remedy) => hanging('  ', `${remedy.remedy}: ${gainText(remedy)}`, WIDTH)), ''];
}

function inputLines(inputs: readonly RequiredInput[]): string[] {
  const missing = inputs.filter((input) => input.state === 'missing');
  if (missing.length === 0) return [];
  const rows = missing.flatMap((input) => hanging('  ', `${inputWords[input.kind]} ${clean(input.name)}  ${placesText(input.places)}`, WIDTH));
  return ['', 'Asked for and not given:', ...rows];
}

/** The unknowns of a graph as ranked text. */
export function renderUnknowns(graph: GraphDocument): string {
  const ranking = rankUnknowns(graph);
  const inputs = inputLines(graph.inputs);
  if (ranking.length === 0) return lines(['Nothing is unknown.', ...inputs]);
  const notExact = graph.dags.filter((dag) => dag.status !== 'exact').length;
  return lines([
    `${countOf(ranking.length, 'unknown')}; ${countOf(notExact, 'DAG')} of ${graph.dags.length} not exact.`,
    '',
    ...remedyLines(rankRemedies(graph)),
    ...ranking.flatMap(unknownLines).slice(0, -1),
    ...inputs,
  ]);
}
