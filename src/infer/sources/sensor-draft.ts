import type { SourceKind } from '../../model/analysis.js';
import { readNamedTexts, type Reading } from '../argument.js';
import { atMost, because, lower, type CandidateDraft, type Judgement } from '../candidate.js';
import type { InferContext } from '../context.js';
import { taskCitation } from '../evidence.js';
import { mechanismFor } from '../mechanism.js';
import { isMidDag, type WaitingTask } from '../sensors.js';
import { waitingOf } from '../waiting.js';

/** A draft for a waiting task, with everything that doesn't depend on the kind of sensor. */
export function sensorDraft(
  waiting: WaitingTask,
  context: InferContext,
  found: { kind: SourceKind; fields: Record<string, string>; filter?: string; judgement: Judgement },
): CandidateDraft {
  const { dag, task, sensor, topology } = waiting;
  const { replaces, text } = waitingOf(task, sensor);
  const named = Object.entries(found.fields).map(([name, value]) => `${name}=${value}`);
  return {
    dag,
    task,
    source_kind: found.kind,
    fields: found.fields,
    filter: found.filter ?? '',
    judgement: found.judgement,
    evidence: [
      taskCitation(dag, task, `${task.operator} ${task.task_id} waits for ${named.join(', ') || 'something not known'}`, found.kind),
      taskCitation(dag, task, `${task.operator} waits with ${text}`, 'waiting'),
    ],
    replaces,
    mechanism: mechanismFor(found.kind, context.release),
    is_mid_dag: isMidDag(task, topology),
  };
}

/** How sure the table is about a class, and how it was matched. */
export function startingJudgement({ sensor, match, task }: WaitingTask): Judgement {
  const judgement: Judgement = { confidence: sensor.confidence, reasons: [`${sensor.class}: ${sensor.event}`] };
  if (match === 'ancestor') return lower(judgement, `${task.operator} is matched through ${sensor.class}; its own code may wait for more`);
  if (match === 'name') return lower(judgement, `${task.operator} is matched by its name; where it is imported from is not known`);
  return judgement;
}

/** Reads the fields that the table names. What isn't known stays out and lowers the confidence. */
export function readFields(waiting: WaitingTask): { fields: Record<string, string>; judgement: Judgement } {
  const fields: Record<string, string> = {};
  let judgement = startingJudgement(waiting);
  for (const [field, argument] of Object.entries(waiting.sensor.fields)) {
    const reading = readNamedTexts(waiting.task.arguments[argument]);
    if (reading.kind === 'texts') fields[field] = reading.texts.join(', ');
    judgement = judgeReading(judgement, argument, reading);
  }
  if (waiting.task.is_mapped) judgement = because(judgement, 'the task is mapped: one wait per element');
  return { fields, judgement };
}

/** What a reading does to the confidence. */
export function judgeReading(judgement: Judgement, argument: string, reading: Reading): Judgement {
  if (reading.kind === 'unknown') return atMost(judgement, 'low', `${argument} is not known: ${reading.reason}`);
  if (reading.kind === 'texts' && reading.unknown !== null) {
    return lower(judgement, `a member of ${argument} is not known: ${reading.unknown}`);
  }
  return judgement;
}
