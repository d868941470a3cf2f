import type { TriggerCandidate } from '../../model/analysis.js';
import { isAtLeast } from '../../util/release.js';
import type { PlanFacts } from './plan-facts.js';
import { isPush } from './push.js';
import { isConfirmed } from './user-context.js';

/** Why a candidate can't start its DAG. */
export type UnusableReason =
  | 'clock'
  | 'mid_dag'
  | 'low_confidence'
  | 'no_mechanism'
  | 'already_pushed'
  | 'too_old'
  | 'outside'
  | 'opaque_producer';

/** Whether a candidate may start its DAG, decided by elimination; undefined when nothing speaks against it. */
export function whyUnusable(candidate: TriggerCandidate, facts: PlanFacts): UnusableReason | undefined {
  if (candidate.source_kind === 'clock') return 'clock';
  if (candidate.is_mid_dag) return 'mid_dag';
  if (candidate.confidence === 'low' && !isConfirmed(candidate, facts.context)) return 'low_confidence';
  if (candidate.mechanism.kind === 'none') return 'no_mechanism';
  if (!isAtLeast(facts.version, candidate.mechanism.since)) return 'too_old';
  if (isPush(candidate)) return 'already_pushed';
  const producers = facts.producers.get(candidate.id);
  if (!producers || producers.outside.length > 0) return 'outside';
  if (producers.known.some((dagId) => facts.dags.get(dagId)?.status === 'opaque')) return 'opaque_producer';
  return undefined;
}

type Words = (candidate: TriggerCandidate, facts: PlanFacts) => string;

/** The reason as the rest of a sentence that begins with what the candidate is. */
export const unusableWords: Record<UnusableReason, Words> = {
  clock: () => 'is a rule of the calendar, which no event carries',
  mid_dag: ({ task_id }) => `is awaited in the middle of the DAG${task_id === null ? '' : ` (task ${task_id})`}, so it can't start it`,
  low_confidence: () => 'is only a guess (low confidence)',
  no_mechanism: () => 'has no way into Airflow here',
  too_old: ({ mechanism }, { analysis }) =>
    `needs Airflow ${mechanism.since}; here it is ${analysis.graph.airflow_version.version}`,
  already_pushed: () => 'already starts it beside its clock, so the clock is there for something else',
  outside: ({ id }, { producers }) =>
    `comes from ${producers.get(id)?.outside.join(', ') ?? 'an unknown DAG'}, which is not in this repository, so nothing here can make it announce itself`,
  opaque_producer: ({ id }, { producers }) =>
    `comes from ${producers.get(id)?.known.join(', ') ?? 'an unknown DAG'}, whose graph could not be read`,
};

/** What to ask so that the candidate becomes usable; undefined where no answer would help. */
export const unusableQuestions: Record<UnusableReason, Words | undefined> = {
  clock: undefined,
  mid_dag: ({ dag_id, task_id }) => `Can ${dag_id} be split at ${task_id ?? 'the waiting task'}, so that the second half starts by the event?`,
  low_confidence: (candidate) => `Is it true that ${candidate.dag_id} waits for ${describeCandidate(candidate)}?`,
  no_mechanism: (candidate) => `Who could announce ${describeCandidate(candidate)} to Airflow?`,
  too_old: ({ mechanism }) => `When will Airflow be at ${mechanism.since} or newer?`,
  already_pushed: ({ dag_id }) => `Which runs of ${dag_id} come from its clock alone, now that another DAG starts it as well?`,
  outside: ({ id }, { producers }) =>
    `Who runs ${producers.get(id)?.outside.join(', ') ?? 'the awaited DAG'}, and can it announce its success (an asset event by REST)?`,
  opaque_producer: undefined,
};

const kindWords: Record<TriggerCandidate['source_kind'], string> = {
  s3: 'an object in S3',
  gcs: 'an object in Cloud Storage',
  azure_blob: 'a blob in Azure',
  kafka: 'a Kafka message',
  sqs: 'an SQS message',
  pubsub: 'a Pub/Sub message',
  servicebus: 'a Service Bus message',
  webhook: 'a webhook call',
  cdc: 'a row change',
  asset: 'an update of an asset',
  dag_completion: 'the success of a DAG',
  job_completion: 'the end of a job',
  file: 'a file',
  clock: 'a point in time',
};

/** A candidate in words: what it is and what identifies it. */
export function describeCandidate({ source_kind, fields, filter }: TriggerCandidate): string {
  const { resource, external_dag_id: writer, external_task_id: task } = fields;
  if (source_kind === 'asset' && resource !== undefined && writer !== undefined)
    return `what ${task === undefined ? writer : `${writer}.${task}`} writes (${short(resource)})`;
  const identity = Object.keys(fields)
    .filter((field) => field !== 'sql' || fields['table'] === undefined)
    .sort()
    .map((field) => `${field} ${short(fields[field] ?? '')}`)
    .join(', ');
  const details = [identity, short(filter)].filter((part) => part !== '').join('; ');
  return details === '' ? kindWords[source_kind] : `${kindWords[source_kind]} (${details})`;
}

/** A query or a URL says what it is by its beginning; the whole of it is in the candidate. */
const LONGEST_FIELD = 80;

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_FIELD ? line : `${line.slice(0, LONGEST_FIELD - 3)}...`;
}
