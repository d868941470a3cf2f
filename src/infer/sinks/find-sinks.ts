import { eventKeys } from '../../knowledge/event-keys.js';
import type { Sink, TriggerCandidate } from '../../model/analysis.js';
import type { Dag, Task } from '../../model/graph.js';
import { compareText } from '../../model/place.js';
import type { InferContext } from '../context.js';
import { accessCitation } from '../lineage/citation.js';
import { resourceOf, type Access } from '../lineage/resource.js';
import { hasHole } from '../template/holes.js';
import type { Topology } from '../topology.js';
import { modeByArguments } from './argument-modes.js';
import { sideEffectsOf } from './side-effects.js';
import { judgeWrite, type SinkJudgement } from './write-kinds.js';

/** How each task writes, and what a second delivery of the same event would do. */
export function findSinks(candidatesOf: (dagId: string) => readonly TriggerCandidate[], context: InferContext): Sink[] {
  const sinks = [...context.dags.values()].flatMap(({ dag, topology }) => {
    const key = eventKeyOf(candidatesOf(dag.dag_id));
    return dag.tasks.flatMap((task) => [...writtenBy({ dag, task, topology, key }, context), ...sideEffectSinks({ dag, task, topology, key }, context)]);
  });
  return sinks.sort((a, b) => compareText(a.dag_id, b.dag_id) || compareText(a.task_id, b.task_id) || compareText(a.target, b.target));
}

interface Scope {
  dag: Dag;
  task: Task;
  topology: Topology;
  /** What an event of the DAG's best candidate carries; null without a candidate. */
  key: string | null;
}

function writtenBy({ dag, task, topology, key }: Scope, context: InferContext): Sink[] {
  const writes = context.accessesOf(dag, task).accesses.filter(({ direction, how, found, write }) => direction === 'write' && how !== 'asset' && found.kind !== 'http' && write !== 'define');
  return writes.map((access) => {
    const judged = judge({ dag, task, topology }, access, context);
    return {
      dag_id: dag.dag_id,
      task_id: task.task_id,
      target: resourceOf(access.found).text,
      mode: judged.mode,
      second_delivery: judged.second,
      dedupe_key: partitionKey(access, judged) ?? key,
      reasons: judged.reasons,
      evidence: [context.book.cite(accessCitation({ dag, task, access }))],
    };
  });
}

function judge({ dag, task, topology }: Pick<Scope, 'dag' | 'task' | 'topology'>, access: Access, context: InferContext): SinkJudgement {
  const byArgument = access.how === 'argument' ? modeByArguments(task, access) : undefined;
  const judged = byArgument ?? judgeWrite(access);
  if (judged.mode !== 'append') return judged;
  const cleared = clearedBefore({ dag, task, topology }, access, context);
  if (cleared === undefined) return judged;
  return { mode: cleared.isPart ? 'overwrite_partition' : 'overwrite', second: 'harmless', reasons: [...judged.reasons, `${cleared.taskId} clears it before`] };
}

/** A task before it that takes away what the last run wrote. */
function clearedBefore({ dag, task, topology }: Pick<Scope, 'dag' | 'task' | 'topology'>, access: Access, context: InferContext): { taskId: string; isPart: boolean } | undefined {
  const key = resourceOf(access.found).key;
  for (const taskId of topology.ancestors(task.task_id)) {
    const before = topology.tasks.get(taskId);
    const clear = before && context.accessesOf(dag, before).accesses.find((each) => each.direction === 'write' && resourceOf(each.found).key === key && ['delete', 'overwrite', 'overwrite_part'].includes(each.write ?? ''));
    if (clear) return { taskId, isPart: clear.write !== 'overwrite' };
  }
  return undefined;
}

function sideEffectSinks({ dag, task, key }: Scope, context: InferContext): Sink[] {
  return sideEffectsOf(dag, task).map(({ effect, citation }) => ({
    dag_id: dag.dag_id,
    task_id: task.task_id,
    target: effect,
    mode: 'side_effect',
    second_delivery: 'harmful',
    dedupe_key: key,
    reasons: ['what has gone out cannot be taken back'],
    evidence: [context.book.cite(citation)],
  }));
}

/** A date of the run in the target's name is a key of its own: each delivery of that date writes the same place. */
function partitionKey({ found }: Access, { mode }: SinkJudgement): string | null {
  const name = found.form === 'path' ? found.path : found.form === 'table' ? found.parts.join('.') : '';
  if (mode !== 'overwrite_partition') return null;
  return hasHole(name) && name.includes('{date}') ? 'date of the run, in the name of the target' : null;
}

const levels = { high: 2, medium: 1, low: 0 } as const;

function eventKeyOf(candidates: readonly TriggerCandidate[]): string | null {
  const [best] = [...candidates].filter(({ is_mid_dag: isMid }) => !isMid).sort((a, b) => levels[b.confidence] - levels[a.confidence] || compareText(a.id, b.id));
  return best ? eventKeys[best.source_kind] : null;
}
