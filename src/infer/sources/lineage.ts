import type { CandidateDraft } from '../candidate.js';
import type { InferContext } from '../context.js';
import type { ClockCoupling } from '../lineage/coupling.js';
import { accessCitation } from '../lineage/citation.js';
import { mechanismFor } from '../mechanism.js';

/** What another DAG writes and this one reads: an asset that the writer could announce. */
export function lineageDrafts(couplings: readonly ClockCoupling[], context: InferContext): CandidateDraft[] {
  return couplings.map(({ reader, writer, resource, match, read, written }) => ({
    dag: reader.dag,
    task: null,
    source_kind: 'asset',
    fields: { resource: resource.text, external_dag_id: writer.dag.dag_id, external_task_id: writer.task.task_id },
    filter: '',
    judgement: {
      confidence: 'medium',
      reasons: [`${writer.dag.dag_id}.${writer.task.task_id} writes ${resource.text}`, ...match.reasons, 'only the clock makes this DAG come after it'],
    },
    evidence: [
      accessCitation(read),
      accessCitation(written),
    ],
    replaces: null,
    mechanism: mechanismFor('asset', context.release),
    is_mid_dag: false,
  }));
}
