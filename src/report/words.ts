import type { Confidence, Mechanism, Severity, SourceKind, Verdict } from '../model/analysis.js';
import type { DagStatus, ImportError, RequiredInput } from '../model/graph.js';
import type { Phase, Refinement, Stage } from '../model/plan.js';
import type { UnknownKind } from '../model/unknown.js';

/** Every word that a report prints for a member of a closed union, in one place. */

export type Today = Stage['today'];
export type Target = Stage['target'];

export const modeWords: Record<Today | Target, string> = {
  cron: 'cron',
  hybrid: 'hybrid',
  event: 'event',
  manual: 'manual',
  unknown: 'unknown',
};

/** How a DAG's mode changes, in a few words. */
export function describeMove({ today, target }: Pick<Stage, 'today' | 'target'>): string {
  if (today !== target) return `${modeWords[today]} → ${modeWords[target]}`;
  return target === 'event' ? 'already on events' : `stays ${target === 'cron' ? 'on cron' : target}`;
}

export const targetSentences: Record<Target, string> = {
  cron: 'Stays on cron',
  hybrid: 'Ends as hybrid: events with the clock as a safety net',
  event: 'Ends event-driven',
  manual: 'Stays manual',
};

export const phaseWords: Record<Phase['kind'], string> = {
  observe: 'observe',
  hybrid: 'to hybrid',
  event: 'to event',
};

export const statusSentences: Record<DagStatus, string> = {
  exact: 'the graph that Airflow builds is known completely',
  partial: 'something is missing; the unknowns say what',
  opaque: 'only the DAG itself is known',
};

export const verdictWords: Record<Verdict['verdict'], string> = {
  ready: 'ready',
  needs_work: 'needs work',
  stay_on_cron: 'stays on cron',
  event_driven: 'already event-driven',
  manual: 'manual',
};

export const sourceWords: Record<SourceKind, string> = {
  s3: 'S3 object',
  gcs: 'GCS object',
  azure_blob: 'Azure blob',
  kafka: 'Kafka message',
  sqs: 'SQS message',
  pubsub: 'Pub/Sub message',
  servicebus: 'Service Bus message',
  webhook: 'webhook',
  cdc: 'change data capture',
  asset: 'asset',
  dag_completion: 'end of a DAG',
  job_completion: 'end of a job',
  file: 'file',
  clock: 'clock',
};

export const mechanismWords: Record<Mechanism['kind'], string> = {
  asset_schedule: 'asset schedule',
  asset_watcher: 'asset watcher',
  rest_asset_event: 'asset event over REST',
  trigger_dag_run: 'TriggerDagRun',
  none: 'no mechanism',
};

export const severityWords: Record<Severity, string> = { high: 'high', medium: 'medium', low: 'low' };
export const severities: readonly Severity[] = ['high', 'medium', 'low'];

export const confidenceWords: Record<Confidence, string> = {
  high: 'high confidence',
  medium: 'medium confidence',
  low: 'low confidence',
};

export const moveWords: Record<'event' | 'hybrid' | 'cron' | 'already' | 'manual', string> = {
  event: 'to event',
  hybrid: 'to hybrid',
  cron: 'stay on cron',
  already: 'on events already',
  manual: 'manual',
};

export const joinWords: Record<'single' | 'all' | 'any' | 'mixed', string> = {
  single: 'one event',
  all: 'all of them must arrive',
  any: 'any of them is enough',
  mixed: 'a mixture of all and any',
};

export const deliveryWords: Record<Stage['delivery'], string> = {
  at_most_once: 'at most once',
  at_least_once: 'at least once',
  effectively_once: 'effectively once',
};

export const authorWords: Record<Stage['author'], string> = {
  rules: 'offline rules',
  claude: 'Claude',
};

export const refinementWords: Record<Refinement['status'], string> = {
  not_asked: 'Offline rules wrote all of it; Claude was not asked.',
  applied: 'Offline rules wrote the plan and Claude refined it.',
  partly_applied: 'Offline rules wrote the plan; a part of what Claude proposed was taken, the rest refused.',
  rejected: 'Offline rules wrote all of it; what Claude proposed broke an invariant and was refused.',
  failed: 'Offline rules wrote all of it; Claude was asked and gave no usable answer.',
};

export const unknownWords: Record<UnknownKind, string> = {
  budget: 'too large to unroll',
  condition: 'unknown condition',
  connection: 'connection',
  dynamic_import: 'dynamic import',
  environment: 'environment variable',
  escape: 'handed to unseen code',
  external_data: 'external data',
  file_unreadable: 'unreadable file',
  loop: 'loop over unknown',
  missing_module: 'missing module',
  missing_variable: 'missing Variable',
  mutation: 'conditional change',
  not_modelled: 'not modelled',
  opaque_library: 'unknown library',
  parse: 'syntax error',
  random: 'random value',
  runtime_value: 'runtime value',
  secret: 'secret',
  time: 'depends on the clock',
  unsupported_syntax: 'unsupported syntax',
  version: 'Airflow version',
};

export const inputWords: Record<RequiredInput['kind'], string> = {
  variable: 'Variable',
  environment: 'environment variable',
  connection: 'connection',
};

export const importErrorWords: Record<ImportError['kind'], string> = {
  syntax: 'syntax error',
  encoding: 'not UTF-8',
  exception: 'raises while imported',
  duplicate_dag_id: 'duplicate dag_id',
  cycle: 'cycle between tasks',
  too_large: 'file too large',
  unreadable: 'unreadable',
};
