import { pushedRun } from '../../knowledge/mechanisms.js';
import type { Dag, Task } from '../../model/graph.js';
import type { CandidateDraft } from '../candidate.js';
import { dagCitation, taskCitation } from '../evidence.js';
import { chooseMechanism } from '../mechanism.js';
import type { InferContext } from '../context.js';
import type { DagDetector } from './detector.js';

/** A DAG that TriggerDagRunOperator of another DAG starts: the push exists already. */
export const dagTriggers: DagDetector = ({ dag }, context) =>
  context.graph.dags.flatMap((source) =>
    source.tasks.flatMap((task) => {
      const isPush = task.link?.kind === 'trigger' && task.link.trigger_dag_id === dag.dag_id && source.dag_id !== dag.dag_id;
      return isPush ? [pushDraft(dag, source, task, context)] : [];
    }),
  );

function pushDraft(dag: Dag, source: Dag, task: Task, context: InferContext): CandidateDraft {
  const link = task.link?.kind === 'trigger' ? task.link : undefined;
  const reasons = [`${source.dag_id}.${task.task_id} starts this DAG by its id`];
  if (link?.has_conf) reasons.push('the run gets a conf: an asset event carries it only as extra');
  if (link?.wait_for_completion) reasons.push('the caller waits for the run to end');
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
