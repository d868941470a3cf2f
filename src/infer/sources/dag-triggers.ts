import { pushedRun } from '../../knowledge/mechanisms.js';
import type { Dag } from '../../model/graph.js';
import type { CandidateDraft } from '../candidate.js';
import type { InferContext, Push } from '../context.js';
import { dagCitation, taskCitation } from '../evidence.js';
import { chooseMechanism } from '../mechanism.js';
import type { DagDetector } from './detector.js';

/** A DAG that TriggerDagRunOperator of another DAG starts: the push exists already. */
export const dagTriggers: DagDetector = ({ dag }, context) =>
  (context.pushes.get(dag.dag_id) ?? []).map((push) => pushDraft(dag, push, context));

function pushDraft(dag: Dag, push: Push, context: InferContext): CandidateDraft {
  const { dag: source, task } = push;
  const reasons = [`${source.dag_id}.${task.task_id} starts this DAG by its id`];
  if (push.has_conf) reasons.push('the run gets a conf: an asset event carries it only as extra');
  if (push.wait_for_completion) reasons.push('the caller waits for the run to end');
  return {
    dag,
    task: null,
    source_kind: 'dag_completion',
    fields: { external_dag_id: source.dag_id, external_task_id: task.task_id },
    filter: '',
    judgement: { confidence: 'high', reasons },
    evidence: [
      taskCitation(source, task, `${task.operator} ${task.task_id} triggers ${dag.dag_id}`, 'trigger'),
      dagCitation(dag, `${dag.dag_id} is triggered by ${source.dag_id}`, 'triggered'),
    ],
    replaces: null,
    mechanism: chooseMechanism([pushedRun], context.release),
    is_mid_dag: false,
  };
}
