import type { GraphDocument, ImportError } from '../../model/graph.js';
import type { Estate, FindingDraft } from './rule.js';

/** Findings for the files that Airflow would refuse for certain reasons. */
export function importErrors(estate: Estate, kinds: ReadonlySet<ImportError['kind']>): FindingDraft[] {
  return estate.analysis.graph.import_errors
    .filter((error) => kinds.has(error.kind))
    .map((error) => ({
      level: levelOf(error, estate.analysis.graph),
      dag_id: null,
      task_id: null,
      subject: `${error.kind} ${subjectOf(error)}`,
      message: error.reason,
      place: { file: error.file, line: error.line },
      related: [],
    }));
}

/** What the error is about, without the places that its words name. */
function subjectOf({ reason }: ImportError): string {
  const duplicate = /^dag_id (.+) is already used in /s.exec(reason)?.[1];
  return duplicate ?? reason.replaceAll(/\bline \d+/g, 'line');
}

/** Ways to know the release that are a guess: another one may take what this one refuses. */
const guesses: ReadonlySet<GraphDocument['airflow_version']['source']> = new Set(['imports', 'default']);

/** What a module raises while it is imported is certain only where the release is, and is one that the tables are made for. */
function levelOf({ kind }: ImportError, { airflow_version: { version, source } }: GraphDocument): 'error' | 'warning' {
  const isDoubtful = guesses.has(source) || Number.parseInt(version, 10) < 2;
  return kind === 'exception' && isDoubtful ? 'warning' : 'error';
}
