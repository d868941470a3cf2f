import { remoteRun } from '../../knowledge/mechanisms.js';
import type { TaskLink } from '../../model/graph.js';
import { because, lower, type CandidateDraft, type Judgement } from '../candidate.js';
import type { InferContext } from '../context.js';
import { dagCitation, taskCitation } from '../evidence.js';
import { chooseMechanism } from '../mechanism.js';
import type { WaitingTask } from '../sensors.js';
import type { SensorDetector } from './detector.js';
import { readFields, sensorDraft, startingJudgement } from './sensor-draft.js';

type SensorLink = Extract<TaskLink, { kind: 'sensor' }>;

/** ExternalTaskSensor and its relatives: the end of another DAG, or of tasks in it. */
export const dagSensors: SensorDetector = {
  categories: ['dag_completion'],
  detect(waiting, context) {
    const { link } = waiting.task;
    return link?.kind === 'sensor' ? [localDraft(waiting, link, context)] : [remoteDraft(waiting, context)];
  },
};

function localDraft(waiting: WaitingTask, link: SensorLink, context: InferContext): CandidateDraft {
  const draft = sensorDraft(waiting, context, {
    kind: 'dag_completion',
    fields: linkFields(link),
    judgement: judgeLink(startingJudgement(waiting), link, context),
  });
  const awaited = link.external_dag_id === null ? undefined : context.dags.get(link.external_dag_id)?.dag;
  if (!awaited) return draft;
  const tasks = awaited.tasks.filter((task) => link.external_task_ids.includes(task.task_id));
  const cited = tasks.map((task) => taskCitation(awaited, task, `${awaited.dag_id}.${task.task_id} is awaited by ${waiting.dag.dag_id}`, 'awaited'));
  const whole = dagCitation(awaited, `${awaited.dag_id} is awaited by ${waiting.dag.dag_id}`, 'awaited');
  return { ...draft, evidence: [...draft.evidence, ...(cited.length > 0 ? cited : [whole])] };
}

function linkFields(link: SensorLink): Record<string, string> {
  return {
    ...(link.external_dag_id !== null && { external_dag_id: link.external_dag_id }),
    ...(link.external_task_ids.length > 0 && { external_task_id: link.external_task_ids.join(', ') }),
    ...(link.external_task_group_id !== null && { external_task_group_id: link.external_task_group_id }),
  };
}

function judgeLink(start: Judgement, link: SensorLink, context: InferContext): Judgement {
  let judgement = start;
  if (link.external_dag_id === null) return lower(judgement, 'external_dag_id is not known');
  const awaited = context.dags.get(link.external_dag_id)?.dag;
  if (!awaited) return lower(judgement, `${link.external_dag_id} is not a DAG of this repository`);
  const producing = awaited.tasks.filter((task) => link.external_task_ids.includes(task.task_id) && task.outlets.length > 0);
  if (producing.length > 0) judgement = because(judgement, 'the awaited task already updates an asset');
  if (link.has_execution_date_fn) judgement = because(judgement, 'execution_date_fn picks the awaited run: the cadences differ');
  if (link.execution_delta !== null && link.execution_delta !== 0) {
    judgement = because(judgement, `execution_delta of ${link.execution_delta} s: the two DAGs run for different logical dates`);
  }
  return judgement;
}

/** A DAG of another deployment: its end can only come in over the API. */
function remoteDraft(waiting: WaitingTask, context: InferContext): CandidateDraft {
  const draft = sensorDraft(waiting, context, { kind: 'dag_completion', ...readFields(waiting) });
  const isLocal = waiting.sensor.class.startsWith('ExternalTaskSensor');
  return isLocal ? draft : { ...draft, mechanism: chooseMechanism(remoteRun, context.release) };
}
