import { polledCalls, polledCommands } from '../../knowledge/polled-calls.js';
import type { SourceKind } from '../../model/analysis.js';
import type { BodyFact, Task } from '../../model/graph.js';
import { readTexts } from '../argument.js';
import { atMost, type CandidateDraft, type Judgement } from '../candidate.js';
import type { DagFacts, InferContext } from '../context.js';
import { taskCitation } from '../evidence.js';
import { mechanismFor } from '../mechanism.js';
import { isMidDag, type WaitingTask } from '../sensors.js';
import type { DagDetector, SensorDetector } from './detector.js';
import { sensorDraft, startingJudgement } from './sensor-draft.js';

/** PythonSensor, `@task.sensor`, BashSensor and classes of the repository's own: their code says what they look at. */
export const customSensors: SensorDetector = {
  categories: ['custom_code'],
  detect: (waiting, context) => [...commandDrafts(waiting, context), ...polledKinds(waiting.task).map((found) => bodyDraft(waiting, found, context))],
};

/** A task that polls in a loop of its own instead of being a sensor. */
export const pollingLoops: DagDetector = (facts, context) =>
  facts.dag.tasks.flatMap((task) => {
    const loop = task.body.find((fact) => fact.kind === 'loop');
    const isSensor = facts.waiting.some((waiting) => waiting.task === task);
    return loop && !isSensor ? polledKinds(task).map((found) => loopDraft(facts, task, { ...found, loop }, context)) : [];
  });

interface Polled {
  kind: SourceKind;
  call: BodyFact;
  uri: BodyFact | undefined;
}

function polledKinds(task: Task): Polled[] {
  const found = new Map<SourceKind, Polled>();
  for (const call of task.body) {
    const kind = call.kind === 'call' ? polledKind(call.name) : undefined;
    if (kind !== undefined && !found.has(kind)) found.set(kind, { kind, call, uri: uriFor(kind, task) });
  }
  return [...found.values()];
}

function polledKind(call: string): SourceKind | undefined {
  return polledCalls.find((row) => row.names.some((name) => call === name || call.endsWith(`.${name}`)))?.kind;
}

const schemes: Readonly<Partial<Record<SourceKind, RegExp>>> = { s3: /^s3/, gcs: /^gs:/, webhook: /^https?:/, azure_blob: /^(wasb|abfs)/ };

function uriFor(kind: SourceKind, task: Task): BodyFact | undefined {
  const scheme = schemes[kind];
  // An address that merely stands in the text may be that of something else.
  const uris = task.body.filter((fact) => fact.name !== 'mention' && scheme?.test(fact.detail || fact.name));
  // Two addresses in one function: which of them it waits for is not known.
  return uris.every((fact) => fact.detail === uris[0]?.detail) ? uris[0] : undefined;
}

function bodyDraft(waiting: WaitingTask, found: Polled, context: InferContext): CandidateDraft {
  const fields = fieldsOf(found);
  const draft = sensorDraft(waiting, context, {
    kind: found.kind,
    fields,
    judgement: judgePolled(found, [...startingJudgement(waiting).reasons, `its code calls ${found.call.name}`]),
  });
  return { ...draft, evidence: [...draft.evidence, callCitation(waiting.dag, waiting.task, found.call)] };
}

/** A store announces what it gets; that a service which is asked could call instead is only a hope. */
function judgePolled({ kind, uri }: Polled, reasons: string[]): Judgement {
  const judgement: Judgement = { confidence: uri ? 'medium' : 'low', reasons };
  return kind === 'webhook' ? atMost(judgement, 'low', 'whether the service that it asks can call back is not known') : judgement;
}

function loopDraft(facts: DagFacts, task: Task, found: Polled & { loop: BodyFact }, context: InferContext): CandidateDraft {
  return {
    dag: facts.dag,
    task,
    source_kind: found.kind,
    fields: fieldsOf(found),
    filter: '',
    judgement: judgePolled(found, [`its function polls ${found.call.name} in a loop`]),
    evidence: [
      callCitation(facts.dag, task, found.call),
      { dag: facts.dag, task, label: 'loop', text: `polls in a loop: ${found.loop.detail || found.loop.name}`, place: placeOf(found.loop) },
    ],
    replaces: { operator: task.operator, mode: 'loop', poke_interval_seconds: null, timeout_seconds: null },
    mechanism: mechanismFor(found.kind, context.release),
    is_mid_dag: isMidDag(task, facts.topology),
  };
}

function commandDrafts(waiting: WaitingTask, context: InferContext): CandidateDraft[] {
  const command = readTexts(waiting.task.arguments['bash_command']);
  if (command.kind !== 'texts') return [];
  const text = command.texts.join('\n');
  return polledCommands.flatMap(({ kind, pattern, field }) => {
    const address = pattern.exec(text)?.[1];
    if (address === undefined) return [];
    const reasons = [...startingJudgement(waiting).reasons, `its command looks at ${address}`];
    return [sensorDraft(waiting, context, { kind, fields: { [field]: address }, judgement: { confidence: 'medium', reasons } })];
  });
}

function fieldsOf(found: Polled): Record<string, string> {
  return found.uri ? { uri: found.uri.detail || found.uri.name } : {};
}

function callCitation(dag: DagFacts['dag'], task: Task, call: BodyFact) {
  return { ...taskCitation(dag, task, `${task.task_id} calls ${call.name}`, `call:${call.name}`), place: placeOf(call) };
}

function placeOf(fact: BodyFact) {
  return { file: fact.file, line: fact.line };
}
