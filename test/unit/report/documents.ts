import { AnalysisDocument } from '../../../src/model/analysis.js';
import type { Evidence, FanIn, Hazard, SourceKind, TriggerCandidate, Verdict } from '../../../src/model/analysis.js';
import { GraphDocument } from '../../../src/model/graph.js';
import type { Dag, DagDependency, Schedule, Task } from '../../../src/model/graph.js';
import { cron, plainDag, plainTask } from '../../support/documents.js';
import { PlanDocument } from '../../../src/model/plan.js';
import type { Controls, Person, Quantity } from '../../../src/model/controls.js';
import type { EventContract } from '../../../src/model/contract.js';
import type { Phase, Stage } from '../../../src/model/plan.js';
import type { RunbookEntry } from '../../../src/model/runbook.js';
import { ANALYSIS_SCHEMA_VERSION, GRAPH_SCHEMA_VERSION, PLAN_SCHEMA_VERSION } from '../../../src/model/version.js';

/** Builders of documents for renderer tests. Every document is parsed by its schema, so that it stays a true one. */

export { cron };

export const noSchedule: Schedule = { kind: 'none', timetable: 'NullTimetable' };

export function makeTask(task_id: string, overrides: Partial<Task> = {}): Task {
  return plainTask(task_id, { operator_path: 'airflow.operators.python.PythonOperator', line: 20, ...overrides });
}

export function makeDag(dag_id: string, overrides: Partial<Dag> = {}): Dag {
  return plainDag(dag_id, { line: 12, start_date: '2024-01-01T00:00:00+00:00', max_active_runs: 1, owner: 'data-platform', ...overrides });
}

/** A chain of tasks. */
export function chain(ids: readonly string[], file = 'dags/example.py'): Pick<Dag, 'tasks' | 'edges'> {
  return {
    tasks: ids.map((id, index) => makeTask(id, { file, line: 20 + index * 8 })),
    edges: ids.slice(1).map((downstream, index) => ({
      upstream: ids[index] ?? '',
      downstream,
      label: null,
      file,
      line: 80 + index,
    })),
  };
}

export function makeGraph(overrides: Partial<GraphDocument> = {}): GraphDocument {
  return GraphDocument.parse({
    schema: 'dag2event/graph',
    schema_version: GRAPH_SCHEMA_VERSION,
    tool_version: '0.1.0',
    name: 'retail-platform',
    airflow_version: { version: '2.11.2', source: 'requirements', detail: 'requirements.txt pins apache-airflow==2.11.2' },
    parser: 'wasm',
    files: [],
    import_errors: [],
    dags: [],
    assets: [],
    dag_dependencies: [],
    inputs: [],
    opaque_modules: [],
    unknowns: [],
    ...overrides,
  });
}

export function makeAnalysis(graph: GraphDocument, overrides: Partial<AnalysisDocument> = {}): AnalysisDocument {
  return AnalysisDocument.parse({
    schema: 'dag2event/analysis',
    schema_version: ANALYSIS_SCHEMA_VERSION,
    tool_version: '0.1.0',
    graph,
    evidence: [],
    candidates: [],
    fan_ins: [],
    hazards: [],
    verdicts: [],
    ...overrides,
  });
}

export function makePlan(analysis: AnalysisDocument, overrides: Partial<PlanDocument> = {}): PlanDocument {
  return PlanDocument.parse({
    schema: 'dag2event/plan',
    contracts: [],
    runbook: [],
    context: {},
    score: { total: 0, parts: [] },
    schema_version: PLAN_SCHEMA_VERSION,
    tool_version: '0.1.0',
    analysis,
    summary: 'There is no DAG, so there is nothing to plan.',
    stages: [],
    phases: [],
    questions: [],
    refinement: {
      status: 'not_asked',
      detail: '',
      model: '',
      effort: '',
      sdk: '',
      prompt_version: '',
      calls: 0,
      cache_hits: 0,
      repairs: 0,
      input_tokens: 0,
      output_tokens: 0,
      cost_usd: 0,
      changes: [],
      refused: [],
    },
    ...overrides,
  });
}

export function makeEvidence(id: string, dag_id: string, text: string, file: string, line: number): Evidence {
  return { id, dag_id, task_id: null, text, place: { file, line } };
}

export function makeCandidate(
  id: string,
  dag_id: string,
  source_kind: SourceKind,
  fields: Record<string, string>,
  evidence: string,
): TriggerCandidate {
  return {
    id,
    dag_id,
    task_id: 'wait_for_input',
    source_kind,
    fields,
    filter: '',
    confidence: 'high',
    confidence_reasons: ['bucket and key are literal', 'the sensor is the first task'],
    evidence: [evidence],
    replaces: { operator: 'S3KeySensor', mode: 'poke', poke_interval_seconds: 60, timeout_seconds: 21_600 },
    mechanism: {
      kind: 'asset_watcher',
      text: 'an asset with a watcher on the queue that the bucket notifies',
      since: '3.0',
    },
    is_mid_dag: false,
  };
}

export function makeHazard(id: string, dag_id: string, rule: string, severity: Hazard['severity'], evidence: string): Hazard {
  return {
    id,
    rule,
    title: 'Uses the logical date or data interval',
    severity,
    dag_id,
    task_id: 'load',
    message: 'The template {{ ds }} reads the logical date, which an event-driven run does not have.',
    cure: 'take the date from the event and pass it on as conf',
    evidence: [evidence],
  };
}

export function makeStage(dag_id: string, overrides: Partial<Stage> = {}): Stage {
  return {
    id: `stage:${dag_id}`,
    dag_id,
    wave: 0,
    today: 'cron',
    target: 'cron',
    stay_reason: '',
    trigger: null,
    delivery: 'at_least_once',
    delivery_reason: 'the queue may deliver a message twice',
    dedupe_key: ['bucket', 'key', 'version-id'],
    replay: 'send the events of the window again; the key makes a second run a no-op',
    waits_on: [],
    hazards: [],
    questions: [],
    rationale: 'The only input is named by a sensor that waits for it.',
    controls: null,
    author: 'rules',
    ...overrides,
  };
}

export function makePhase(number: number, changes: Phase['changes'], overrides: Partial<Phase> = {}): Phase {
  return {
    id: `phase-${number}`,
    number,
    kind: 'event',
    emits: [],
    title: `Move the ${number === 1 ? 'ingest' : 'downstream'} DAGs`,
    goal: 'The DAGs start when their input is there; the clock stays as a safety net for two weeks.',
    changes,
    entry: ['The bucket sends notifications to a queue with a dead-letter route.', 'An owner is named for the queue.'],
    tasks: [],
    decides: { name: 'data-platform', origin: 'code', source: 'dags/example.py:5' },
    exit: ['14 days without a run that only the clock started.', 'The dead-letter queue is empty.'],
    canary: {
      text: 'One DAG runs on events beside its cron run and writes to a shadow table.',
      metric: 'difference of row counts between both tables, and time from event to ready',
      hours: 72,
      stop_rule: 'a difference in any table, or two missed events',
    },
    rollback: {
      switch: 'MODE in dags/mode.yaml',
      to: 'cron',
      steps: ['Set the mode of the DAG to cron.', 'Merge; the scheduler reads the change at the next parse.', 'Clear the runs of the window.'],
      minutes: 15,
      replay: 'Runs that the events started stay; the key makes the cron run of the same window a no-op.',
    },
    author: 'rules',
    ...overrides,
  };
}

interface Row {
  readonly id: string;
  readonly file: string;
  readonly schedule?: Schedule;
  readonly tasks: readonly string[];
  readonly source?: { kind: SourceKind; fields: Record<string, string> };
  readonly after?: readonly string[];
  readonly target: Stage['target'];
  readonly wave: number;
  readonly hazards?: readonly (readonly [rule: string, severity: Hazard['severity']])[];
  readonly status?: Dag['status'];
  readonly stay?: string;
}

const tenants = ['north', 'south', 'west'];

const rows: readonly Row[] = [
  { id: 'ingest_orders', file: 'dags/ingest/orders.py', tasks: ['wait_for_input', 'load', 'publish'], source: { kind: 's3', fields: { bucket: 'retail-raw', key: 'orders/{{ ds }}/part-*.parquet' } }, target: 'event', wave: 2, hazards: [['H1', 'high']] },
  { id: 'ingest_returns', file: 'dags/ingest/returns.py', tasks: ['wait_for_input', 'load', 'publish'], source: { kind: 's3', fields: { bucket: 'retail-raw', key: 'returns/' } }, target: 'event', wave: 2 },
  { id: 'ingest_clickstream', file: 'dags/ingest/clickstream.py', schedule: cron('*/10 * * * *'), tasks: ['consume', 'compact', 'publish'], source: { kind: 'kafka', fields: { topic: 'web.clicks.v2' } }, target: 'event', wave: 2 },
  { id: 'ingest_payments', file: 'dags/ingest/payments.py', schedule: cron('*/15 * * * *'), tasks: ['poll', 'load'], source: { kind: 'sqs', fields: { queue: 'payments-settled' } }, target: 'event', wave: 2, hazards: [['H9', 'medium']] },
  { id: 'ingest_exchange_rates', file: 'dags/ingest/rates.py', tasks: ['call', 'load'], target: 'cron', wave: 0, stay: 'the central bank publishes at a fixed time of day and sends nothing' },
  { id: 'ingest_customers_cdc', file: 'dags/ingest/customers.py', schedule: cron('*/5 * * * *'), tasks: ['poll_table', 'merge', 'publish'], source: { kind: 'cdc', fields: { table: 'crm.customers' } }, target: 'hybrid', wave: 2, hazards: [['H14', 'high']] },
  { id: 'ingest_supplier_portal', file: 'dags/ingest/portal.py', schedule: cron('0 6 * * 1-5', 'Europe/Zurich'), tasks: ['ask', 'download', 'load'], source: { kind: 'webhook', fields: { endpoint: 'https://portal.example.com/api/v2/deliveries' } }, target: 'hybrid', wave: 3 },
  ...tenants.map((tenant): Row => ({ id: `inventory_${tenant}`, file: 'dags/factory/inventory.py', schedule: cron('30 3 * * *'), tasks: ['wait_for_input', 'count', 'reconcile', 'publish'], source: { kind: 'gcs', fields: { bucket: `inventory-${tenant}`, prefix: 'export/' } }, target: 'event', wave: 3 })),
  { id: 'staging_orders', file: 'dags/staging/orders.py', schedule: cron('0 5 * * *'), tasks: ['wait_for_orders', 'clean', 'test'], after: ['ingest_orders'], target: 'event', wave: 3, hazards: [['H2', 'medium']] },
  { id: 'staging_returns', file: 'dags/staging/returns.py', schedule: cron('15 5 * * *'), tasks: ['clean', 'test'], after: ['ingest_returns'], target: 'event', wave: 3 },
  { id: 'staging_customers', file: 'dags/staging/customers.py', schedule: cron('0 5 * * *'), tasks: ['snapshot', 'clean'], after: ['ingest_customers_cdc'], target: 'event', wave: 3 },
  { id: 'staging_clicks', file: 'dags/staging/clicks.py', schedule: cron('30 * * * *'), tasks: ['sessionize', 'test'], after: ['ingest_clickstream'], target: 'event', wave: 3 },
  { id: 'mart_sales', file: 'dags/marts/sales.py', schedule: cron('0 6 * * *'), tasks: ['wait_for_orders', 'wait_for_returns', 'wait_for_customers', 'wait_for_rates', 'wait_for_payments', 'extract.orders', 'extract.returns', 'extract.rates', 'join', 'aggregate', 'test', 'publish'], after: ['staging_orders', 'staging_returns', 'staging_customers', 'ingest_exchange_rates', 'ingest_payments'], target: 'hybrid', wave: 4, hazards: [['H1', 'high'], ['H7', 'medium']] },
  { id: 'mart_inventory', file: 'dags/marts/inventory.py', schedule: cron('0 6 * * *'), tasks: ['collect', 'aggregate', 'publish'], after: tenants.map((tenant) => `inventory_${tenant}`), target: 'event', wave: 4 },
  { id: 'mart_marketing', file: 'dags/marts/marketing.py', schedule: cron('0 7 * * *'), tasks: ['attribution', 'publish'], after: ['staging_clicks', 'mart_sales'], target: 'event', wave: 4 },
  { id: 'forecast_demand', file: 'dags/ml/forecast.py', schedule: cron('0 8 * * *'), tasks: ['features', 'train', 'score', 'publish'], after: ['mart_sales', 'mart_inventory'], target: 'event', wave: 4, hazards: [['H11', 'low']] },
  { id: 'replenishment', file: 'dags/ml/replenishment.py', schedule: noSchedule, tasks: ['plan', 'order'], after: ['forecast_demand'], target: 'event', wave: 4 },
  { id: 'export_finance', file: 'dags/exports/finance.py', schedule: cron('0 9 1 * *'), tasks: ['close_month', 'export'], after: ['mart_sales'], target: 'cron', wave: 0, stay: 'the month closes on a calendar day, whatever has arrived', hazards: [['H18', 'low']] },
  { id: 'export_partners', file: 'dags/exports/partners.py', schedule: cron('30 9 * * *'), tasks: ['render', 'send'], after: ['mart_marketing'], target: 'hybrid', wave: 4, status: 'partial' },
  { id: 'backfill_history', file: 'dags/ops/backfill.py', schedule: noSchedule, tasks: ['select', 'replay'], target: 'manual', wave: 0 },
  { id: 'retention', file: 'dags/ops/retention.py', schedule: cron('0 1 * * 0'), tasks: ['drop_partitions'], target: 'cron', wave: 0, stay: 'retention is a rule of the calendar' },
  { id: 'quality_probe', file: 'dags/ops/quality.py', schedule: cron('0 * * * *'), tasks: ['probe', 'alert'], target: 'cron', wave: 0, status: 'partial', stay: 'what it reads is not known' },
  { id: 'tenant_loader', file: 'dags/factory/tenants.py', schedule: { kind: 'unknown', reason: 'the schedule comes from Variable "tenant_schedule"' }, tasks: [], target: 'cron', wave: 0, status: 'opaque', stay: 'its schedule is not known' },
];

function todayOf({ schedule }: Row): Stage['today'] {
  if (schedule === undefined || schedule.kind === 'cron') return 'cron';
  return schedule.kind === 'unknown' ? 'unknown' : 'manual';
}

function dagOf(row: Row): Dag {
  const graph = chain(row.tasks, row.file);
  const isFanIn = row.id === 'mart_sales';
  const missing = { kind: 'missing_variable' as const, reason: 'Variable "tenant_schedule" is not given', file: row.file, line: 14 };
  return makeDag(row.id, {
    file: row.file,
    line: 12,
    status: row.status ?? 'exact',
    ...(row.schedule === undefined ? {} : { schedule: row.schedule }),
    tags: [row.file.split('/')[1] ?? '', 'retail'],
    description: isFanIn ? 'Sales by store and day, from five sources that must all be there.' : null,
    ...graph,
    ...(isFanIn ? salesGraph(graph.tasks, row.file) : {}),
    unknowns: row.status === undefined ? [] : [missing],
    assumptions: row.id === 'ingest_orders' ? [{ kind: 'variable_default', text: 'Variable "raw_bucket" has its default "retail-raw"', file: row.file, line: 9 }] : [],
  });
}

function salesGraph(tasks: readonly Task[], file: string): Pick<Dag, 'tasks' | 'edges' | 'task_groups'> {
  const edge = (upstream: string, downstream: string): Dag['edges'][number] => ({ upstream, downstream, label: null, file, line: 90 });
  const waits = tasks.filter((task) => task.task_id.startsWith('wait_for_')).map((task) => task.task_id);
  const extracts = tasks.filter((task) => task.task_id.startsWith('extract.')).map((task) => task.task_id);
  return {
    tasks: tasks.map((task) => ({
      ...task,
      ...(task.task_id.startsWith('wait_for_') ? { operator: 'ExternalTaskSensor' } : {}),
      ...(task.task_id.startsWith('extract.') ? { group_id: 'extract', is_mapped: task.task_id === 'extract.orders' } : {}),
      ...(task.task_id === 'publish' ? { trigger_rule: 'none_failed_min_one_success' } : {}),
    })),
    edges: [
      ...waits.flatMap((wait) => extracts.map((extract) => edge(wait, extract))),
      ...extracts.map((extract) => edge(extract, 'join')),
      edge('join', 'aggregate'),
      edge('aggregate', 'test'),
      edge('test', 'publish'),
    ],
    task_groups: [{ group_id: 'extract', parent_group_id: null, is_mapped: false, tooltip: '', file, line: 40 }],
  };
}

function dependenciesOf(row: Row): DagDependency[] {
  const kinds: DagDependency['kind'][] = ['sensor', 'asset', 'trigger'];
  return (row.after ?? []).map((source, index) => ({
    source,
    target: row.id,
    kind: kinds[(row.id.length + index) % kinds.length] ?? 'asset',
    dependency_id: `wait_for_${source}`,
    file: row.file,
    line: 30 + index,
  }));
}

function hazardsOf(row: Row): Hazard[] {
  return (row.hazards ?? []).map(([rule, severity]) => makeHazard(`hazard:${row.id}:${rule}`, row.id, rule, severity, `evidence:${row.id}`));
}

function candidatesOf(row: Row): TriggerCandidate[] {
  const fromSource =
    row.source === undefined ? [] : [makeCandidate(`candidate:${row.id}`, row.id, row.source.kind, row.source.fields, `evidence:${row.id}`)];
  const fromDags = (row.after ?? []).map((source) =>
    makeCandidate(`candidate:${row.id}:${source}`, row.id, 'dag_completion', { external_dag_id: source }, `evidence:${row.id}`),
  );
  return [...fromSource, ...fromDags];
}

function fanInsOf(row: Row): FanIn[] {
  const legs = candidatesOf(row).map((candidate) => candidate.id);
  if (legs.length < 2) return [];
  return [{ id: `fan-in:${row.id}`, dag_id: row.id, task_id: row.tasks[0] ?? null, join: 'all', legs, text: `${legs.length} inputs of the same day must be there before work goes on`, evidence: [`evidence:${row.id}`] }];
}

function stageOf(row: Row): Stage {
  const candidates = candidatesOf(row);
  const [first] = candidates;
  return makeStage(row.id, {
    wave: row.wave,
    today: todayOf(row),
    target: row.target,
    stay_reason: row.stay ?? '',
    trigger:
      row.wave === 0 || first === undefined
        ? null
        : {
            source_kind: first.source_kind,
            candidates: candidates.map((candidate) => candidate.id),
            join: candidates.length > 1 ? 'all' : 'single',
            text: candidates.length > 1 ? 'when all of its inputs are there' : 'when its input is there',
            mechanism: 'asset schedule; the producer marks the asset',
          },
    waits_on: [...(row.after ?? [])],
    hazards: hazardsOf(row).map((hazard) => ({ hazard: hazard.id, answer: 'the event carries the business date, and the load takes it from there' })),
    questions: row.source?.kind === 'webhook' ? ['Can the supplier portal call a webhook when a delivery is booked?'] : [],
  });
}

function verdictOf(row: Row): Verdict {
  if (row.target === 'manual') return { dag_id: row.id, verdict: 'manual', reasons: ['it is started by hand'] };
  if (row.stay !== undefined) return { dag_id: row.id, verdict: 'stay_on_cron', reasons: [row.stay] };
  const isReady = (row.hazards ?? []).length === 0;
  return { dag_id: row.id, verdict: isReady ? 'ready' : 'needs_work', reasons: isReady ? [] : ['a hazard must be cured first'] };
}

/** An ordinary estate of about 25 DAGs. */
export function ordinaryPlan(): PlanDocument {
  const graph = makeGraph({
    dags: rows.map(dagOf),
    files: [...new Set(rows.map((row) => row.file))].map((file) => ({ file, status: 'dags', dag_ids: rows.filter((row) => row.file === file).map((row) => row.id) })),
    dag_dependencies: rows.flatMap(dependenciesOf),
    import_errors: [{ kind: 'syntax', reason: "Missing parentheses in call to 'print' (Python 2)", file: 'dags/legacy/report_py2.py', line: 7 }],
    inputs: [
      { kind: 'variable', name: 'tenant_schedule', state: 'missing', places: [{ file: 'dags/factory/tenants.py', line: 14 }] },
      { kind: 'variable', name: 'raw_bucket', state: 'default_used', places: [{ file: 'dags/ingest/orders.py', line: 9 }] },
      { kind: 'environment', name: 'STAGE', state: 'given', places: [{ file: 'dags/common/stage.py', line: 3 }] },
    ],
    opaque_modules: [{ module: 'partner_sdk', dags: ['export_partners'] }],
  });
  const analysis = makeAnalysis(graph, {
    evidence: rows.map((row) => makeEvidence(`evidence:${row.id}`, row.id, 'wait_for_input = S3KeySensor(task_id="wait_for_input", bucket_name=RAW, bucket_key="orders/{{ ds }}/")', row.file, 34)),
    candidates: rows.flatMap(candidatesOf),
    fan_ins: rows.flatMap(fanInsOf),
    hazards: rows.flatMap(hazardsOf),
    verdicts: rows.map(verdictOf),
  });
  const changesOf = (wave: number): Phase['changes'] =>
    rows.filter((row) => row.wave === wave).map((row) => ({ stage: `stage:${row.id}`, from: 'cron', to: row.target === 'event' ? 'event' : 'hybrid' }));
  return makePlan(analysis, {
    summary:
      '19 of 25 DAGs can leave the clock in four phases. Ingest goes first, because four DAGs poll for files and messages that already announce themselves. Sales needs a fan-in of five inputs and keeps its clock as a safety net until the exchange rates arrive as an event. Five DAGs stay on cron: they follow the calendar, or what they read is not known.',
    stages: rows.map(stageOf),
    phases: [
      makePhase(1, [], {
        kind: 'observe',
        emits: rows.filter((row) => row.wave > 0).map((row) => `stage:${row.id}`),
        title: 'Producers announce what they have written',
        goal: 'Every DAG that another one waits for marks an asset when it is done. No schedule changes.',
      }),
      makePhase(2, changesOf(2), { title: 'Ingest starts when data arrives' }),
      makePhase(3, changesOf(3), { title: 'Staging follows ingest', kind: 'hybrid' }),
      makePhase(4, changesOf(4), { title: 'Marts, forecasts and exports follow staging', author: 'claude' }),
    ],
    questions: [
      { question: 'Can the supplier portal call a webhook when a delivery is booked?', unlocks: ['ingest_supplier_portal'] },
      { question: 'Who owns the queue that the raw bucket would notify?', unlocks: ['ingest_orders', 'ingest_returns'] },
    ],
  });
}

/** Nothing was found. */
export function emptyPlan(): PlanDocument {
  return makePlan(makeAnalysis(makeGraph({ name: 'empty' })));
}

export const hostileTexts: readonly string[] = [
  '<script>window.hacked = 1</script>',
  '</script><script>window.hacked = 2</script>',
  '"><img src=x onerror="window.hacked = 3">',
  "' onmouseover='window.hacked = 4",
  '`onfocus=window.hacked=5 autofocus`',
  '\u202egnp.tset\u202c right to left',
  '👩‍👩‍👧 family and 🚀',
  'x'.repeat(500),
  'two\nlines\r\nand a \u001b[31mred\u0007 tail',
  '__proto__',
  'constructor',
  'toString',
  '',
  '-->]]>{{7*7}}${7*7}<%= 7*7 %>',
  'javascript:window.hacked=6',
  '[click](javascript:window.hacked=7) @everyone #1 | cell',
  '\ud800 lone surrogate',
  'end --> subgraph x["#quot;"]; click x "javascript:1"',
];

/** How a DAG is run on events, with one text in every place that takes one. */
function makeControls(text: string, contract: string, evidence: string): Controls {
  const some = text === '' ? 'nothing' : text;
  const person: Person = { name: text, origin: 'code', source: text };
  const amount = (unit: Quantity['unit']): Quantity => ({ value: 3, unit, origin: 'default', source: some });
  return {
    owner: person,
    on_call: { ...person, origin: 'missing' },
    routes: [{ contract, system: 'eventbridge', channel: some, subscription: some, filter: text, entry: some, origin: 'default' }],
    guarantee_rests_on: [some],
    ordering: { guarantee: 'per_key', partition_key: [text], out_of_order: some },
    dedupe: { store: some, retention: amount('hours'), guard: some },
    sinks: [{ task_id: text, sink: some, effect: 'append', second_delivery: 'harmful', dedupe_key: [text], replay: some, evidence: [evidence] }],
    backpressure: { queue: some, max_active_runs: amount('runs'), pool: text, rate: amount('events_per_hour'), overflow: some, storm_limit: amount('runs'), batch_window: amount('seconds') },
    retries: (['immediate', 'delayed', 'dead_letter'] as const).map((tier) => ({ tier, attempts: amount('attempts'), delays_seconds: tier === 'dead_letter' ? [] : [60], action: some })),
    dead_letter: { where: some, owner: person, triage: [some], alert_depth: amount('messages'), alert_age: amount('minutes'), retention: amount('days'), redrive: [some] },
    fan_in: { join: 'all', correlation_key: [text], correlation_reason: some, evidence: [evidence], window: amount('hours'), slowest_leg: amount('hours'), late: some, partial: some, on_timeout: some },
    slo: { target: amount('minutes'), today: amount('minutes'), measured_by: some },
    signals: [{ kind: 'event_lag', metric: some, threshold: amount('minutes'), notify: person }],
    assumptions: [text],
  };
}

function makeContract(text: string, id: string, evidence: string): EventContract {
  const some = text === '' ? 'nothing' : text;
  return {
    id,
    event: text,
    version: 1,
    source_kind: 's3',
    description: some,
    producer: { kind: 'outside', name: some },
    owner: { name: text, origin: 'declared', source: text },
    consumers: [text],
    payload: { type: 'object', properties: { [`${text}field`]: { type: 'string', description: some, format: text } }, required: [`${text}field`], additionalProperties: true },
    example: { [`${text}field`]: text },
    delivery: 'at_least_once',
    partition_key: [text],
    dedupe_key: [text],
    retention: { value: 1, unit: 'days', origin: 'default', source: some },
    slo: { value: 1, unit: 'minutes', origin: 'default', source: some },
    compatibility: some,
    evolution: [some],
    evidence: [evidence],
  };
}

function makeSituation(text: string, situation: RunbookEntry['situation']): RunbookEntry {
  const some = text === '' ? 'nothing' : text;
  return { situation, title: some, dags: [text], detect: [some], decide: [some], act: [some], verify: [some] };
}

/** Every text that a repository can choose is hostile. */
export function hostilePlan(): PlanDocument {
  const ids = hostileTexts;
  const dags = ids.map((text, index) => {
    const file = `dags/${text.slice(0, 60)}.py`;
    return makeDag(text, {
      file,
      status: 'partial',
      description: text,
      doc_md: text,
      owner: text,
      tags: [text],
      schedule: { kind: 'unknown', reason: text },
      tasks: [makeTask(text, { file, operator: text, group_id: text }), makeTask(`${text}.b`, { file, trigger_rule: text, is_mapped: true })],
      edges: [
        { upstream: text, downstream: `${text}.b`, label: text, file, line: 3 },
        { upstream: text, downstream: 'a task that is not there', label: null, file, line: 4 },
      ],
      task_groups: [{ group_id: text, parent_group_id: index % 2 === 0 ? null : text, is_mapped: false, tooltip: text, file, line: 2 }],
      unknowns: [{ kind: 'condition', reason: text, file, line: 5 }],
      assumptions: [{ kind: 'variable', text, file, line: 6 }],
    });
  });
  const graph = makeGraph({
    name: ids[0] ?? '',
    airflow_version: { version: '</title><script>window.hacked=8</script>', source: 'default', detail: ids[1] ?? '' },
    dags,
    files: dags.map((dag) => ({ file: dag.file, status: 'dags', dag_ids: [dag.dag_id] })),
    import_errors: ids.map((text) => ({ kind: 'exception', reason: text, file: text, line: 1 })),
    dag_dependencies: [
      ...ids.slice(1).map((target, index) => ({ source: ids[index] ?? '', target, kind: 'sensor' as const, dependency_id: target, file: target, line: 1 })),
      { source: 'not here <b>', target: ids[0] ?? '', kind: 'trigger', dependency_id: 'x', file: 'dags/x.py', line: 1 },
      { source: '__proto__', target: '__proto__', kind: 'asset', dependency_id: 'x', file: 'dags/x.py', line: 1 },
    ],
    inputs: ids.map((text) => ({ kind: 'variable', name: text, state: 'missing', places: [{ file: text, line: 1 }] })),
    opaque_modules: ids.map((text) => ({ module: text, dags: [text] })),
    unknowns: ids.map((text) => ({ kind: 'dynamic_import', reason: text, file: text, line: 1 })),
  });
  const analysis = makeAnalysis(graph, {
    evidence: ids.map((text, index) => ({ ...makeEvidence(`e${index}`, text, text, text, 1), line: text })),
    ranking: ids.map((text, index) => {
      const factor = { value: 1 + index, text, evidence: [`e${index}`] };
      return { dag_id: text, position: index + 1, verdict: 'ready' as const, behind: text, factors: { latency: factor, slot_hours: factor, effort: factor, risk: factor, dependants: factor } };
    }),
    task_resources: ids.map((text) => ({ dag_id: text, task_id: text, reads: [{ resource: { kind: 'table' as const, key: text, text }, how: 'sql' as const, confidence: 'low' as const, reasons: [text], evidence: ['e0'] }], writes: [], unknowns: [{ reason: text, place: { file: text, line: 1 } }] })),
    sinks: ids.map((text) => ({ dag_id: text, task_id: text, target: text, mode: 'append' as const, second_delivery: 'harmful' as const, dedupe_key: text, reasons: [text], evidence: ['e0'] })),
    candidates: ids.map((text, index) => ({
      ...makeCandidate(`c${index}`, text, 's3', { bucket: text, ['__proto__x']: text }, `e${index}`),
      filter: text,
      confidence_reasons: [text],
      replaces: { operator: text, mode: text, poke_interval_seconds: 30, timeout_seconds: null },
      mechanism: { kind: 'asset_watcher' as const, text, since: text },
    })),
    fan_ins: ids.map((text, index) => ({ id: `f${index}`, dag_id: text, task_id: text, join: 'all' as const, legs: ['c0', 'c1'], text, evidence: [`e${index}`, 'no such evidence'] })),
    hazards: ids.map((text, index) => ({ ...makeHazard(`h${index}`, text, 'H1', 'high', `e${index}`), task_id: text, message: text, cure: text })),
    verdicts: ids.map((text) => ({ dag_id: text, verdict: 'needs_work' as const, reasons: [text] })),
  });
  return makePlan(analysis, {
    summary: ids.join(' '),
    stages: ids.map((text, index) =>
      makeStage(text, {
        id: `s${index}`,
        wave: 1,
        target: 'event',
        trigger: { source_kind: 's3', candidates: [`c${index}`], join: 'single', text, mechanism: text },
        delivery_reason: text,
        dedupe_key: [text],
        replay: text,
        waits_on: [text],
        hazards: [{ hazard: `h${index}`, answer: text }],
        questions: [text],
        rationale: text,
        controls: makeControls(text, `k${index}`, `e${index}`),
      }),
    ),
    contracts: ids.map((text, index) => makeContract(text, `k${index}`, `e${index}`)),
    runbook: (['duplicates', 'out_of_order', 'schema_change', 'trigger_storm', 'silent_dead_letters', 'source_outage', 'replay_after_rollback'] as const).map((situation, index) => makeSituation(ids[index] ?? '', situation)),
    score: { total: 50, parts: [{ name: 'sound', share: 0.5, weight: 40 }] },
    phases: ids.slice(0, 3).map((text, index) =>
      makePhase(index + 1, ids.map((_, stage) => ({ stage: `s${stage}`, from: 'cron', to: 'event' })), {
        title: text,
        goal: text,
        entry: [text],
        exit: [text],
        tasks: [{ text, effort: { value: 2, unit: 'hours', origin: 'default', source: text } }],
        decides: { name: text, origin: 'code', source: text },
        canary: { text, metric: text, hours: 1, stop_rule: text },
        rollback: { switch: text, to: 'cron', steps: [text], minutes: 1, replay: text },
      }),
    ),
    questions: ids.map((text) => ({ question: text, unlocks: [text] })),
    refinement: { status: 'partly_applied', detail: ids[2] ?? '', model: ids[3] ?? '', input_tokens: 12_345, output_tokens: 678, cost_usd: 0.1, effort: 'high', sdk: '1.0.0', prompt_version: '1', calls: 2, cache_hits: 1, repairs: 1, changes: ids.map((text) => ({ path: text, before: text, after: text, reason: text })), refused: [...ids] },
  });
}

const LARGE_FOLDERS = 24;

/** An estate of many DAGs, each with a few tasks. */
export function largePlan(count = 400): PlanDocument {
  const ids = Array.from({ length: count }, (_, index) => `domain_${index % LARGE_FOLDERS}_pipeline_${index}`);
  const fileOf = (index: number): string => `dags/domain_${index % LARGE_FOLDERS}/pipeline_${index}.py`;
  const graph = makeGraph({
    name: 'large-estate',
    dags: ids.map((id, index) =>
      makeDag(id, { file: fileOf(index), ...chain(['wait_for_input', 'extract', 'clean', 'join', 'test', 'load', 'publish', 'notify'].slice(0, 2 + (index % 7)), fileOf(index)) }),
    ),
    files: ids.map((id, index) => ({ file: fileOf(index), status: 'dags', dag_ids: [id] })),
    dag_dependencies: ids.slice(1).flatMap((target, index) =>
      index % 3 === 0 ? [] : [{ source: ids[Math.floor(index / 2)] ?? '', target, kind: index % 2 === 0 ? ('sensor' as const) : ('asset' as const), dependency_id: 'wait_for_input', file: fileOf(index + 1), line: 30 }],
    ),
  });
  const isMoving = (index: number): boolean => index % 4 !== 3;
  const waveOf = (index: number): number => (isMoving(index) ? 1 + (index % 5) : 0);
  const analysis = makeAnalysis(graph, {
    evidence: ids.map((id, index) => makeEvidence(`e${index}`, id, 'wait = S3KeySensor(task_id="wait_for_input", bucket_key=KEY)', fileOf(index), 34)),
    candidates: ids.map((id, index) => makeCandidate(`c${index}`, id, 's3', { bucket: `bucket-${index % LARGE_FOLDERS}`, key: `in/${index}/` }, `e${index}`)),
    hazards: ids.flatMap((id, index) => (index % 3 === 0 ? [makeHazard(`h${index}`, id, `H${1 + (index % 5)}`, index % 2 === 0 ? 'high' : 'low', `e${index}`)] : [])),
    verdicts: ids.map((dag_id, index) => ({ dag_id, verdict: isMoving(index) ? ('ready' as const) : ('stay_on_cron' as const), reasons: [] })),
  });
  return makePlan(analysis, {
    summary: `${count} DAGs in five phases.`,
    stages: ids.map((id, index) =>
      makeStage(id, {
        wave: waveOf(index),
        target: isMoving(index) ? 'event' : 'cron',
        stay_reason: isMoving(index) ? '' : 'it follows the calendar',
        trigger: isMoving(index) ? { source_kind: 's3', candidates: [`c${index}`], join: 'single', text: 'when its input is there', mechanism: 'asset watcher' } : null,
      }),
    ),
    phases: [1, 2, 3, 4, 5].map((number) =>
      makePhase(number, ids.flatMap((id, index) => (waveOf(index) === number ? [{ stage: `stage:${id}`, from: 'cron' as const, to: 'event' as const }] : []))),
    ),
  });
}
