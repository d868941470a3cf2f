import type { ImportError } from '../../model/graph.js';
import type { Estate, FindingDraft } from './rule.js';

/** Findings for the files that Airflow would refuse for certain reasons. */
export function importErrors(estate: Estate, kinds: ReadonlySet<ImportError['kind']>): FindingDraft[] {
  return estate.analysis.graph.import_errors
    .filter((error) => kinds.has(error.kind))
    .map((error) => ({
      level: 'error',
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
