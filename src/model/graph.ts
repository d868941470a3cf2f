import * as z from 'zod';
import { UnknownFact } from './unknown.js';

/**
 * A value as it stands in a document. JSON values stand for themselves; everything else is an object with one key
 * that starts with `$`: `{$unknown}`, `{$int}` (beyond 2^53), `{$float}` (nan, inf), `{$timedelta}` (seconds),
 * `{$datetime}` (ISO 8601), `{$callable}`, `{$xcom}`, `{$asset}`, `{$object}` (class name), `{$set}`, `{$redacted}`.
 */
export type ArgumentValue =
  | null
  | boolean
  | number
  | string
  | ArgumentValue[]
  | { [key: string]: ArgumentValue };

export const ArgumentValue: z.ZodType<ArgumentValue> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.string(),
    z.array(ArgumentValue),
    z.record(z.string(), ArgumentValue),
  ]),
);

export const AssetKey = z.strictObject({ name: z.string(), uri: z.string() });
export type AssetKey = z.infer<typeof AssetKey>;

/** What watches an asset of a DAG's schedule: the trigger's class, its known arguments, and where the watcher is made. */
export const WatcherTrigger = z.strictObject({
  asset: AssetKey,
  watcher: z.string(),
  /** Dotted path of the class; empty when it isn't known. */
  trigger: z.string(),
  arguments: z.record(z.string(), ArgumentValue),
  file: z.string(),
  line: z.int().min(1),
});
export type WatcherTrigger = z.infer<typeof WatcherTrigger>;

/** An asset condition: one asset, an alias, a reference, or `all`/`any` of others. */
export type AssetExpression =
  | { asset: AssetKey; watchers?: string[] | undefined }
  | { alias: string }
  | { ref: { name?: string | undefined; uri?: string | undefined } }
  | { all: AssetExpression[] }
  | { any: AssetExpression[] }
  | { unknown: string };

export const AssetExpression: z.ZodType<AssetExpression> = z.lazy(() =>
  z.union([
    z.strictObject({ asset: AssetKey, watchers: z.array(z.string()).optional() }),
    z.strictObject({ alias: z.string() }),
    z.strictObject({ ref: z.strictObject({ name: z.string().optional(), uri: z.string().optional() }) }),
    z.strictObject({ all: z.array(AssetExpression) }),
    z.strictObject({ any: z.array(AssetExpression) }),
    z.strictObject({ unknown: z.string() }),
  ]),
);

/**
 * The arm of a condition: `then` and `else` of an `if`, a conditional expression, `and`/`or`, `assert` or `case`; the
 * body of a `loop` whose number of turns isn't known; a `try` body that goes on, or its `handler`; the `rest` of a function
 * or loop that another arm left; `either` of several ways, which the text then names.
 */
export const ConditionArm = z.enum(['then', 'else', 'loop', 'try', 'handler', 'rest', 'either']);
export type ConditionArm = z.infer<typeof ConditionArm>;

/** Something that isn't known and decides over a part of the graph, as it is written, and which of its arms is meant. */
export const Condition = z.strictObject({ text: z.string(), file: z.string(), line: z.int().min(1), arm: ConditionArm });
export type Condition = z.infer<typeof Condition>;

/** Conditions that all hold, outermost first. Absent where there are none: those of a DAG are not repeated at its parts. */
const condition = z.array(Condition).min(1).optional();

/** The clock part of a schedule. `timetable` is the class that Airflow makes of it on the analysed version. */
const timeSchedules = [
  z.strictObject({
    kind: z.literal('cron'),
    expression: z.string(),
    preset: z.string().optional(),
    timezone: z.string(),
    timetable: z.string(),
  }),
  z.strictObject({ kind: z.literal('delta'), seconds: z.number(), timetable: z.string() }),
  z.strictObject({ kind: z.literal('timetable'), timetable: z.string(), timezone: z.string().optional() }),
] as const;

export const TimeSchedule = z.discriminatedUnion('kind', [...timeSchedules]);
export type TimeSchedule = z.infer<typeof TimeSchedule>;

const knownSchedules = [
  z.strictObject({ kind: z.literal('none'), timetable: z.string() }),
  z.strictObject({ kind: z.literal('once'), timetable: z.string() }),
  z.strictObject({ kind: z.literal('continuous'), timetable: z.string() }),
  ...timeSchedules,
  z.strictObject({ kind: z.literal('assets'), assets: AssetExpression, timetable: z.string() }),
  z.strictObject({
    kind: z.literal('assets_or_time'),
    assets: AssetExpression,
    time: TimeSchedule,
    timetable: z.string(),
  }),
] as const;

const unknownSchedule = z.strictObject({ kind: z.literal('unknown'), reason: z.string() });

/** What starts a DAG today. Of one that depends on a condition the alternatives are told, as far as they are known. */
export const Schedule = z.discriminatedUnion('kind', [
  ...knownSchedules,
  unknownSchedule.extend({
    alternatives: z.array(z.strictObject({ schedule: z.discriminatedUnion('kind', [...knownSchedules, unknownSchedule]), condition })).optional(),
  }),
]);
export type Schedule = z.infer<typeof Schedule>;

/** A task's link to another DAG, as Airflow's own dependency detector sees it. */
export const TaskLink = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sensor'),
    external_dag_id: z.string().nullable(),
    external_task_ids: z.array(z.string()),
    external_task_group_id: z.string().nullable(),
    /** Seconds between this run's logical date and the awaited one's; null without `execution_delta`. */
    execution_delta: z.number().nullable(),
    has_execution_date_fn: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('trigger'),
    trigger_dag_id: z.string().nullable(),
    wait_for_completion: z.boolean(),
    has_conf: z.boolean(),
  }),
  z.strictObject({
    kind: z.literal('marker'),
    external_dag_id: z.string().nullable(),
    external_task_id: z.string().nullable(),
  }),
]);
export type TaskLink = z.infer<typeof TaskLink>;

/** What a task's function does when it runs, read from its body and never evaluated. */
export const BodyFact = z.strictObject({
  /**
   * `context`: a template context key; `call`: a call, by its dotted name; `loop`: one that sleeps between its turns;
   * `sql`: a statement (`name` is the call that runs it, or `mention`); `uri` and `file`: an address (`name` says
   * `read`, `write` or `mention`); `variable`: an Airflow Variable read or set; `connection`: a connection id; `xcom`: a value handed over.
   */
  kind: z.enum(['context', 'call', 'loop', 'sql', 'uri', 'file', 'variable', 'connection', 'xcom']),
  name: z.string(),
  /** Of a call its first argument; where only a part of a text is known, the rest stands as `{{ name }}`. */
  detail: z.string(),
  /** Known arguments by name, or by position. Of a database connection that is handed on: `con^0`, what the call that made it was given. */
  arguments: z.record(z.string(), z.string()).optional(),
  /** Known arguments of the call that made the object whose method is called; with `^` of the call before that, and so on. */
  receiver: z.record(z.string(), z.string()).optional(),
  file: z.string(),
  line: z.int().min(1),
});
export type BodyFact = z.infer<typeof BodyFact>;

/** A function that a DAG or its tasks hand to Airflow beside the work: a callback, a macro, a date function. */
export const HandedFunction = z.strictObject({
  /** The argument: `on_failure_callback`, `user_defined_macros.NAME`, `execution_date_fn`. */
  role: z.string(),
  name: z.string(),
  /** The tasks that it is given to; none when it is the DAG's own. */
  task_ids: z.array(z.string()),
  body: z.array(BodyFact),
  file: z.string(),
  line: z.int().min(1),
});
export type HandedFunction = z.infer<typeof HandedFunction>;

/** An argument whose value is another one at each parse. */
export const VolatileValue = z.strictObject({
  kind: z.enum(['time', 'random']),
  /** The argument, with the path within it. */
  argument: z.string(),
  /** The tasks that have it; none when it is the DAG's own. */
  task_ids: z.array(z.string()),
  reason: z.string(),
  file: z.string(),
  line: z.int().min(1),
});
export type VolatileValue = z.infer<typeof VolatileValue>;

export const Task = z.strictObject({
  task_id: z.string(),
  /** The operator's class name, as Airflow's `task_type`. */
  operator: z.string(),
  /** Dotted path of the class when it is known. */
  operator_path: z.string(),
  /** Class names of the operator and its known ancestors, nearest first: what a rule matches a subclass by. */
  operator_bases: z.array(z.string()),
  group_id: z.string().nullable(),
  is_mapped: z.boolean(),
  is_setup: z.boolean(),
  is_teardown: z.boolean(),
  trigger_rule: z.string(),
  owner: z.string().nullable(),
  pool: z.string().nullable(),
  retries: z.number().nullable(),
  depends_on_past: z.boolean(),
  wait_for_downstream: z.boolean(),
  inlets: z.array(AssetExpression),
  outlets: z.array(AssetExpression),
  /** Names of the templated arguments; null where the class's own are not known. */
  template_fields: z.array(z.string()).nullable(),
  /** Keyword arguments after default_args; of a mapped task also what it expands over. */
  arguments: z.record(z.string(), ArgumentValue),
  /** Files that templated arguments name: `file` is null when it isn't in the repository, `text` when it can't be read. */
  template_files: z.array(
    z.strictObject({ field: z.string(), name: z.string(), file: z.string().nullable(), text: z.string().nullable() }),
  ),
  /** The function that a Python task runs. */
  callable: z.strictObject({ name: z.string(), file: z.string(), line: z.int().min(1) }).nullable(),
  body: z.array(BodyFact),
  link: TaskLink.nullable(),
  /** Set when the class could not be resolved to one that is known. */
  is_opaque: z.boolean(),
  condition,
  file: z.string(),
  line: z.int().min(1),
});
export type Task = z.infer<typeof Task>;

export const Edge = z.strictObject({
  upstream: z.string(),
  downstream: z.string(),
  label: z.string().nullable(),
  condition,
  file: z.string(),
  line: z.int().min(1),
});
export type Edge = z.infer<typeof Edge>;

export const TaskGroup = z.strictObject({
  group_id: z.string(),
  parent_group_id: z.string().nullable(),
  is_mapped: z.boolean(),
  tooltip: z.string(),
  condition,
  file: z.string(),
  line: z.int().min(1),
});
export type TaskGroup = z.infer<typeof TaskGroup>;

/** What a DAG's graph rests on that the code alone doesn't fix: a default used, a Variable given. */
export const Assumption = z.strictObject({
  kind: z.enum(['airflow_version', 'environment', 'import', 'variable', 'variable_default', 'environment_default', 'file', 'package']),
  text: z.string(),
  file: z.string(),
  line: z.int().min(1),
});
export type Assumption = z.infer<typeof Assumption>;

/** `exact`: the graph Airflow builds. `partial`: something in `unknowns` is missing. `opaque`: only the DAG itself is known. */
export const DagStatus = z.enum(['exact', 'partial', 'opaque']);
export type DagStatus = z.infer<typeof DagStatus>;

export const Dag = z.strictObject({
  dag_id: z.string(),
  status: DagStatus,
  condition,
  file: z.string(),
  line: z.int().min(1),
  schedule: Schedule,
  catchup: z.boolean().nullable(),
  start_date: z.string().nullable(),
  end_date: z.string().nullable(),
  max_active_runs: z.number().nullable(),
  is_paused_upon_creation: z.boolean().nullable(),
  description: z.string().nullable(),
  doc_md: z.string().nullable(),
  owner: z.string().nullable(),
  tags: z.array(z.string()),
  params: z.record(z.string(), ArgumentValue),
  tasks: z.array(Task),
  edges: z.array(Edge),
  task_groups: z.array(TaskGroup),
  unknowns: z.array(UnknownFact),
  assumptions: z.array(Assumption),
  /** Known arguments that stand nowhere else in the document. */
  arguments: z.record(z.string(), ArgumentValue).optional(),
  functions: z.array(HandedFunction).optional(),
  volatile: z.array(VolatileValue).optional(),
  watchers: z.array(WatcherTrigger).optional(),
  /** Of arguments that depend on a condition, by name: what they may be and when. The schedule's stand with it. */
  alternatives: z.record(z.string(), z.array(z.strictObject({ value: ArgumentValue, condition }))).optional(),
});
export type Dag = z.infer<typeof Dag>;

/** An asset that some DAG names, with who writes and who waits for it. */
export const Asset = z.strictObject({
  name: z.string(),
  uri: z.string(),
  producers: z.array(z.strictObject({ dag_id: z.string(), task_id: z.string() })),
  consumers: z.array(z.string()),
  file: z.string(),
  line: z.int().min(1),
});
export type Asset = z.infer<typeof Asset>;

/** A link between DAGs, in Airflow's direction: `source` comes first, `target` depends on it. */
export const DagDependency = z.strictObject({
  source: z.string(),
  target: z.string(),
  kind: z.enum(['asset', 'asset_alias', 'marker', 'sensor', 'trigger']),
  /** The task or asset that makes the link. */
  dependency_id: z.string(),
  file: z.string(),
  line: z.int().min(1),
});
export type DagDependency = z.infer<typeof DagDependency>;

/** A file that Airflow would refuse, and why. */
export const ImportError = z.strictObject({
  kind: z.enum(['syntax', 'encoding', 'exception', 'duplicate_dag_id', 'cycle', 'too_large', 'unreadable']),
  reason: z.string(),
  file: z.string(),
  line: z.int().min(1),
});
export type ImportError = z.infer<typeof ImportError>;

export const SourceFile = z.strictObject({
  file: z.string(),
  status: z.enum(['dags', 'no_dags', 'skipped', 'broken']),
  dag_ids: z.array(z.string()),
});
export type SourceFile = z.infer<typeof SourceFile>;

/** A Variable, environment variable or connection that the code asks for while it is parsed. */
export const RequiredInput = z.strictObject({
  kind: z.enum(['variable', 'environment', 'connection']),
  name: z.string(),
  state: z.enum(['given', 'default_used', 'missing']),
  places: z.array(z.strictObject({ file: z.string(), line: z.int().min(1) })),
});
export type RequiredInput = z.infer<typeof RequiredInput>;

export const AirflowVersion = z.strictObject({
  version: z.string(),
  source: z.enum(['option', 'requirements', 'dockerfile', 'imports', 'default']),
  detail: z.string(),
});
export type AirflowVersion = z.infer<typeof AirflowVersion>;

/** The Python that the deployment runs on: what a file may hold depends on it. */
export const DeploymentPython = z.strictObject({
  version: z.string(),
  source: z.enum(['option', 'dockerfile', 'requirements', 'project', 'default']),
  detail: z.string(),
});
export type DeploymentPython = z.infer<typeof DeploymentPython>;

/** What Airflow would build from a repository, and what could not be known. */
export const GraphDocument = z.strictObject({
  schema: z.literal('dag2event/graph'),
  schema_version: z.string(),
  tool_version: z.string(),
  name: z.string(),
  airflow_version: AirflowVersion,
  /** Missing in documents of before it was looked for. */
  python_version: DeploymentPython.optional(),
  parser: z.enum(['native', 'wasm']),
  files: z.array(SourceFile),
  import_errors: z.array(ImportError),
  dags: z.array(Dag),
  assets: z.array(Asset),
  dag_dependencies: z.array(DagDependency),
  inputs: z.array(RequiredInput),
  /** Modules that are neither in the repository nor modelled, with the DAGs that they take out of `exact`. */
  opaque_modules: z.array(z.strictObject({ module: z.string(), dags: z.array(z.string()) })),
  unknowns: z.array(UnknownFact),
});
export type GraphDocument = z.infer<typeof GraphDocument>;
