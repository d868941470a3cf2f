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
      subject: `${error.kind} ${error.file}`,
      message: error.reason,
      place: { file: error.file, line: error.line },
      related: [],
    }));
}
