import * as z from 'zod';

/** Where a number comes from: the graph (`measured`), the user's context file (`declared`), or a table of this tool. */
export const Origin = z.enum(['measured', 'declared', 'default']);
export type Origin = z.infer<typeof Origin>;

export const Unit = z.enum(['seconds', 'minutes', 'hours', 'days', 'runs', 'attempts', 'messages', 'events_per_hour']);
export type Unit = z.infer<typeof Unit>;

/** A number that can be asked where it comes from. */
export const Quantity = z.strictObject({ value: z.number().min(0), unit: Unit, origin: Origin, source: z.string().min(1) });
export type Quantity = z.infer<typeof Quantity>;

/** Who answers for something. `missing`: nobody is named, and the plan asks. */
export const Person = z.strictObject({ name: z.string(), origin: z.enum(['declared', 'code', 'missing']), source: z.string() });
export type Person = z.infer<typeof Person>;

export const EventSystem = z.enum([
  'eventbridge',
  'pubsub',
  'event_grid',
  'kafka',
  'sqs',
  'service_bus',
  'http_gateway',
  'change_log',
  'airflow_assets',
  'airflow_runs',
  'job_events',
  'file_agent',
]);
export type EventSystem = z.infer<typeof EventSystem>;

/** The way of one event from its source into Airflow. */
export const Route = z.strictObject({
  /** The contract of what travels on it. */
  contract: z.string(),
  system: EventSystem,
  /** Bus, topic or queue. */
  channel: z.string().min(1),
  /** Who reads from the channel: rule, subscription, consumer group. */
  subscription: z.string().min(1),
  /** What the subscription lets through; empty lets everything through. */
  filter: z.string(),
  /** How it gets into Airflow on the planned version. */
  entry: z.string().min(1),
  origin: Origin,
});
export type Route = z.infer<typeof Route>;

export const Ordering = z.strictObject({
  guarantee: z.enum(['none', 'per_key', 'total']),
  /** Fields of the event whose events keep their order. */
  partition_key: z.array(z.string()),
  out_of_order: z.string().min(1),
});
export type Ordering = z.infer<typeof Ordering>;

/** Where keys of done work are remembered: longer than any event can come back. */
export const DedupeStore = z.strictObject({ store: z.string().min(1), retention: Quantity, guard: z.string().min(1) });
export type DedupeStore = z.infer<typeof DedupeStore>;

/** What a second delivery does to one sink, and what prevents it. */
export const SinkControl = z.strictObject({
  task_id: z.string(),
  sink: z.string().min(1),
  effect: z.enum(['overwrite', 'merge', 'append', 'side_effect', 'unknown']),
  /** Whether the same delivery twice leaves the sink as once does. */
  second_delivery: z.enum(['harmless', 'harmful', 'unknown']),
  dedupe_key: z.array(z.string()),
  replay: z.string().min(1),
  evidence: z.array(z.string()),
});
export type SinkControl = z.infer<typeof SinkControl>;

export const Backpressure = z.strictObject({
  /** Where events wait. */
  queue: z.string().min(1),
  max_active_runs: Quantity,
  pool: z.string(),
  rate: Quantity,
  overflow: z.string().min(1),
  /** Runs that one burst may start at most before the rest waits. */
  storm_limit: Quantity,
  /** Events that come within this time become one run; 0 = each its own. */
  batch_window: Quantity,
});
export type Backpressure = z.infer<typeof Backpressure>;

export const RetryTier = z.strictObject({
  tier: z.enum(['immediate', 'delayed', 'dead_letter']),
  attempts: Quantity,
  /** Before each attempt. */
  delays_seconds: z.array(z.number().min(0)),
  action: z.string().min(1),
});
export type RetryTier = z.infer<typeof RetryTier>;

export const DeadLetter = z.strictObject({
  where: z.string().min(1),
  owner: Person,
  triage: z.array(z.string().min(1)).min(1),
  alert_depth: Quantity,
  alert_age: Quantity,
  retention: Quantity,
  redrive: z.array(z.string().min(1)).min(1),
});
export type DeadLetter = z.infer<typeof DeadLetter>;

/** What is agreed about events that must meet. */
export const JoinRule = z.strictObject({
  join: z.enum(['all', 'any', 'mixed']),
  /** Fields in which the legs agree; empty where no evidence says which, and the plan asks. */
  correlation_key: z.array(z.string()),
  /** What the code says about it, or why no field follows from that. */
  correlation_reason: z.string().min(1),
  evidence: z.array(z.string()),
  window: Quantity,
  slowest_leg: Quantity,
  late: z.string().min(1),
  partial: z.string().min(1),
  on_timeout: z.string().min(1),
});
export type JoinRule = z.infer<typeof JoinRule>;

export const SignalKind = z.enum([
  'trigger_to_ready',
  'event_lag',
  'consumer_health',
  'contract_violations',
  'replay_volume',
  'dead_letter_depth',
  'dead_letter_age',
]);
export type SignalKind = z.infer<typeof SignalKind>;

/** What is watched, by which query or metric, from which value on, and who is called. */
export const Signal = z.strictObject({
  kind: SignalKind,
  metric: z.string().min(1),
  threshold: Quantity,
  notify: Person,
});
export type Signal = z.infer<typeof Signal>;

/** The first service level: from the event to the data that it makes. */
export const Slo = z.strictObject({ target: Quantity, today: Quantity, measured_by: z.string().min(1) });
export type Slo = z.infer<typeof Slo>;

/** How a DAG that events start is run: everything beside its trigger. */
export const Controls = z.strictObject({
  owner: Person,
  on_call: Person,
  routes: z.array(Route).min(1),
  /** What makes the delivery guarantee true. */
  guarantee_rests_on: z.array(z.string().min(1)).min(1),
  ordering: Ordering,
  dedupe: DedupeStore,
  sinks: z.array(SinkControl),
  backpressure: Backpressure,
  retries: z.array(RetryTier).min(3),
  dead_letter: DeadLetter,
  fan_in: JoinRule.nullable(),
  slo: Slo,
  signals: z.array(Signal),
  assumptions: z.array(z.string()),
});
export type Controls = z.infer<typeof Controls>;
