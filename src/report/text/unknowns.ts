import type { GraphDocument } from '../../model/graph.js';
import { countOf } from '../facts/plural.js';
import { rankUnknowns } from '../facts/unknown-ranking.js';
import type { RankedUnknown } from '../facts/unknown-ranking.js';
import { unknownWords } from '../words.js';
import { clean, hanging, lines } from './terminal.js';

/** What isn't known, ranked by the DAGs it costs, each with its cure: the work list towards `exact`. */

const WIDTH = 80;
const PLACES_SHOWN = 3;

function placesText(unknown: RankedUnknown): string {
  const shown = unknown.places.slice(0, PLACES_SHOWN).map((place) => `${clean(place.file)}:${place.line}`);
  const rest = unknown.places.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function unknownLines(unknown: RankedUnknown, index: number): string[] {
  return [
    ...hanging(
      `${String(index + 1).padStart(3)}. `,
      `${countOf(unknown.dagIds.length, 'DAG')} - ${unknownWords[unknown.kind]}: ${clean(unknown.reason)}`,
      WIDTH,
    ),
    ...hanging('     cure   ', unknown.cure, WIDTH),
    ...hanging('     where  ', placesText(unknown), WIDTH),
    '',
  ];
}

/** The unknowns of a graph as ranked text. */
export function renderUnknowns(graph: GraphDocument): string {
  const ranking = rankUnknowns(graph);
  if (ranking.length === 0) return 'Nothing is unknown.\n';
  const notExact = graph.dags.filter((dag) => dag.status !== 'exact').length;
  return lines([
    `${countOf(ranking.length, 'unknown')}; ${countOf(notExact, 'DAG')} of ${graph.dags.length} not exact.`,
    '',
    ...ranking.flatMap(unknownLines).slice(0, -1),
  ]);
}
