import * as z from 'zod';
import { GraphDocument } from './graph.js';
import { Place } from './place-schema.js';

/** A source line that supports a claim. `id` is stable within a document and is what a plan cites. */
export const Evidence = z.strictObject({
  id: z.string(),
  dag_id: z.string(),
  task_id: z.string().nullable(),
  text: z.string(),
  place: Place,
  /** The line of code at the place, without what looks like a secret; missing where the file wasn't read. */
  line: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

export const SourceKind = z.enum([
  's3',
  'gcs',
  'azure_blob',
  'kafka',
  'sqs',
  'pubsub',
  'servicebus',
  'webhook',
  'cdc',
  'asset',
  'dag_completion',
  'job_completion',
  'file',
  'clock',
]);
export type SourceKind = z.infer<typeof SourceKind>;

export const Confidence = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof Confidence>;

/** How Airflow would receive the event on the analysed version. */
export const Mechanism = z.strictObject({
  kind: z.enum(['asset_schedule', 'asset_watcher', 'rest_asset_event', 'trigger_dag_run', 'none']),
  text: z.string(),
  /** The first Airflow version that has it; empty when every analysed one does. */
  since: z.string(),
});
export type Mechanism = z.infer<typeof Mechanism>;

/** Something that could start a DAG instead of the clock. */
export const TriggerCandidate = z.strictObject({
  id: z.string(),
  dag_id: z.string(),
  /** The task that waits for it today; null when the DAG as a whole does. */
  task_id: z.string().nullable(),
  source_kind: SourceKind,
  /** Identifying fields: bucket, key, topic, queue, external_dag_id, uri, ... A value may hold a Jinja template. */
  fields: z.record(z.string(), z.string()),
  /** What an event of this source must match; empty when the fields say it all. */
  filter: z.string(),
  confidence: Confidence,
  confidence_reasons: z.array(z.string()),
  evidence: z.array(z.string()).min(1),
  /** What it replaces: the waiting task and how it waits. Null when nothing waits. */
  replaces: z
    .strictObject({
      operator: z.string(),
      mode: z.string(),
      poke_interval_seconds: z.number().nullable(),
      timeout_seconds: z.number().nullable(),
      /** At most, while it waits: null when not known, 0 when the wait gives its slot back; missing in older documents. */
      worker_slot_hours_per_day: z.number().nullable().optional(),
    })
    .nullable(),
  mechanism: Mechanism,
  /** Whether the waiting task has upstream tasks, so that the DAG must be split to be started by this event. */
  is_mid_dag: z.boolean(),
});
export type TriggerCandidate = z.infer<typeof TriggerCandidate>;

/** What tells which events belong together, and where that is written. */
export const CorrelationKey = z.strictObject({
  kind: z.enum(['partition', 'date', 'file', 'run', 'none', 'unknown']),
  text: z.string(),
  evidence: z.array(z.string()),
});
export type CorrelationKey = z.infer<typeof CorrelationKey>;

/** How a meeting behaves today, and how Airflow's own asset queue would hold it on the analysed version. */
export const MeetingTerms = z.strictObject({
  correlation: CorrelationKey,
  /** Over what time legs may come and still count as one; seconds, null when it isn't bounded or not known. */
  window_seconds: z.number().nullable(),
  window: z.string(),
  /** What becomes of a leg that comes after the window. */
  lateness: z.string(),
  /** What happens when only some legs come. */
  partial_arrival: z.string(),
  /** What a second event of the same leg does. */
  duplicates: z.string(),
  /** The candidate that comes last as far as schedules and waits tell; null when nothing tells. */
  slowest_leg: z.strictObject({ candidate: z.string(), text: z.string() }).nullable(),
});
export type MeetingTerms = z.infer<typeof MeetingTerms>;

/** A place where several events must meet before work goes on. */
export const FanIn = z.strictObject({
  id: z.string(),
  dag_id: z.string(),
  /** The task where the legs meet; null when it is the DAG's own schedule. */
  task_id: z.string().nullable(),
  join: z.enum(['all', 'any', 'mixed']),
  /** Ids of candidates that meet here. */
  legs: z.array(z.string()).min(2),
  text: z.string(),
  terms: MeetingTerms.optional(),
  evidence: z.array(z.string()).min(1),
});
export type FanIn = z.infer<typeof FanIn>;

export const Severity = z.enum(['high', 'medium', 'low']);
export type Severity = z.infer<typeof Severity>;

/** Something that would break, or change silently, when the clock goes. */
export const Hazard = z.strictObject({
  id: z.string(),
  /** Rule id, e.g. `H1`. */
  rule: z.string(),
  /** The rule in a few words. */
  title: z.string(),
  severity: Severity,
  dag_id: z.string(),
  task_id: z.string().nullable(),
  message: z.string(),
  cure: z.string(),
  evidence: z.array(z.string()).min(1),
});
export type Hazard = z.infer<typeof Hazard>;

export const ResourceKind = z.enum([
  's3',
  'gcs',
  'azure_blob',
  'object',
  'table',
  'topic',
  'queue',
  'file',
  'http',
  'dbt_model',
  'job',
  'index',
  'asset',
]);
export type ResourceKind = z.infer<typeof ResourceKind>;

/** Something that tasks read and write. Equal keys are the same thing. */
export const Resource = z.strictObject({
  kind: ResourceKind,
  key: z.string(),
  /** As a person would write it; a part that is only known at run time stands as `*`. */
  text: z.string(),
});
export type Resource = z.infer<typeof Resource>;

/** Where it was read from: an argument, SQL text, a shell command, the function's body, or the task's inlets and outlets. */
export const AccessSource = z.enum(['argument', 'sql', 'command', 'body', 'asset']);
export type AccessSource = z.infer<typeof AccessSource>;

/** One resource that a task reads or writes, with the lines that say so. */
export const ResourceAccess = z.strictObject({
  resource: Resource,
  how: AccessSource,
  confidence: Confidence,
  reasons: z.array(z.string()),
  evidence: z.array(z.string()).min(1),
});
export type ResourceAccess = z.infer<typeof ResourceAccess>;

/** What a task reads and writes, as far as it is known. Tasks of which nothing is known to be read or written have none. */
export const TaskResources = z.strictObject({
  dag_id: z.string(),
  task_id: z.string(),
  reads: z.array(ResourceAccess),
  writes: z.array(ResourceAccess),
  /** What stands in the way of a complete answer: SQL that can't be parsed, a name that only the run knows. */
  unknowns: z.array(z.strictObject({ reason: z.string(), place: Place })),
});
export type TaskResources = z.infer<typeof TaskResources>;

/** A task of one DAG writes what a task of another DAG, or the same one, reads. */
export const LineageLink = z.strictObject({
  id: z.string(),
  writer: z.strictObject({ dag_id: z.string(), task_id: z.string() }),
  reader: z.strictObject({ dag_id: z.string(), task_id: z.string() }),
  written: Resource,
  read: Resource,
  confidence: Confidence,
  reasons: z.array(z.string()),
  /** The reader's and the writer's lines. */
  evidence: z.array(z.string()).min(2),
});
export type LineageLink = z.infer<typeof LineageLink>;

export const SinkMode = z.enum(['overwrite_partition', 'overwrite', 'merge', 'append', 'delete', 'side_effect', 'unknown']);
export type SinkMode = z.infer<typeof SinkMode>;

/** How a task writes, and what a second delivery of the same event would do. */
export const Sink = z.strictObject({
  dag_id: z.string(),
  task_id: z.string(),
  /** What is written or done: a resource's text, or the effect. */
  target: z.string(),
  mode: SinkMode,
  second_delivery: z.enum(['harmless', 'harmful', 'unknown']),
  /** What tells one delivery from the next and is carried by the event: the same for every retry. Null where nothing is known to be. */
  dedupe_key: z.string().nullable(),
  reasons: z.array(z.string()),
  evidence: z.array(z.string()).min(1),
});
export type Sink = z.infer<typeof Sink>;

/** Whether a DAG can leave cron: `ready`, `needs_work` (see reasons) or `stay_on_cron` (with the reason). */
export const Verdict = z.strictObject({
  dag_id: z.string(),
  verdict: z.enum(['ready', 'needs_work', 'stay_on_cron', 'event_driven', 'manual']),
  reasons: z.array(z.string()),
});
export type Verdict = z.infer<typeof Verdict>;

/** What one run of a DAG can set off downstream: by assets, by TriggerDagRunOperator and by the events of candidates. */
export const FanOut = z.strictObject({
  dag_id: z.string(),
  /** DAGs that a run starts at once. */
  direct: z.array(z.string()),
  /** Runs that one run can cause downstream, counting each way to a DAG; null when a cycle makes them endless. */
  runs: z.int().nullable(),
  /** Steps of the longest cascade; null in a cycle. */
  depth: z.int().nullable(),
  /** The DAGs of a cycle that this one starts or is part of, in order; empty without one. */
  cycle: z.array(z.string()),
  text: z.string(),
  evidence: z.array(z.string()).min(1),
});
export type FanOut = z.infer<typeof FanOut>;

/** A reason to move a DAG early or late. `value` is what it is compared by; null when it isn't known. */
export const RankFactor = z.strictObject({ value: z.number().nullable(), text: z.string(), evidence: z.array(z.string()) });
export type RankFactor = z.infer<typeof RankFactor>;

/** A DAG that could move, at its place in the order. There is no score: the factors are compared one after the other. */
export const RankedDag = z.strictObject({
  dag_id: z.string(),
  position: z.int().min(1),
  verdict: z.enum(['ready', 'needs_work']),
  factors: z.strictObject({
    /** Seconds between data being ready and the start today, expected. */
    latency: RankFactor,
    /** Hours per day that waiting tasks hold worker slots, at most. */
    slot_hours: RankFactor,
    /** Things to change before the move. */
    effort: RankFactor,
    /** High hazards. */
    risk: RankFactor,
    /** DAGs that depend on this one. */
    dependants: RankFactor,
  }),
  /** Why it stands behind the one before it; empty for the first. */
  behind: z.string(),
});
export type RankedDag = z.infer<typeof RankedDag>;

/** A result of a check rule. Its fingerprint holds neither line nor wording, so that it survives edits. */
export const Finding = z.strictObject({
  rule: z.string(),
  level: z.enum(['error', 'warning', 'note']),
  dag_id: z.string().nullable(),
  task_id: z.string().nullable(),
  message: z.string(),
  cure: z.string(),
  place: Place,
  related: z.array(Place),
  fingerprint: z.string(),
});
export type Finding = z.infer<typeof Finding>;

/** Everything that is known about a repository: what later commands, reports and checks start from. */
export const AnalysisDocument = z.strictObject({
  schema: z.literal('dag2event/analysis'),
  schema_version: z.string(),
  tool_version: z.string(),
  graph: GraphDocument,
  evidence: z.array(Evidence),
  candidates: z.array(TriggerCandidate),
  fan_ins: z.array(FanIn),
  hazards: z.array(Hazard),
  verdicts: z.array(Verdict),
  /** Missing in documents of before they were worked out. */
  fan_outs: z.array(FanOut).optional(),
  ranking: z.array(RankedDag).optional(),
  task_resources: z.array(TaskResources).optional(),
  lineage: z.array(LineageLink).optional(),
  sinks: z.array(Sink).optional(),
});
export type AnalysisDocument = z.infer<typeof AnalysisDocument>;
