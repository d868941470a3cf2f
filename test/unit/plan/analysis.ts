import { AnalysisDocument, type Mechanism, type SourceKind } from '../../../src/model/analysis.js';
import type { Task } from '../../../src/model/graph.js';
import { cron, plainDag, plainTask } from '../../support/documents.js';

type Input = Record<string, unknown>;

interface DagInput {
  id: string;
  /** A cron expression; null: no schedule. An object stands for itself. */
  schedule?: string | null | Input;
  status?: 'exact' | 'partial' | 'opaque';
  /** DAG ids for which an ExternalTaskSensor waits. */
  sensors?: (string | null)[];
  unknowns?: Input[];
  catchup?: boolean;
}

interface CandidateInput {
  id: string;
  dag: string;
  kind: SourceKind;
  fields?: Record<string, string>;
  confidence?: 'high' | 'medium' | 'low';
  mechanism?: Mechanism['kind'];
  since?: string;
  polls?: boolean;
  isMidDag?: boolean;
  task?: string;
}

const firstRelease: Record<Mechanism['kind'], string> = {
  asset_schedule: '2.4.0',
  asset_watcher: '3.0.0',
  rest_asset_event: '2.9.0',
  trigger_dag_run: '',
  none: '',
};

export interface AnalysisInput {
  version?: string;
  dags: DagInput[];
  candidates?: CandidateInput[];
  hazards?: { id: string; rule: string; dag: string; severity?: 'high' | 'medium' | 'low' }[];
  fanIns?: { dag: string; join: 'all' | 'any' | 'mixed'; legs: string[] }[];
  assets?: { name: string; producers: string[]; consumers: string[] }[];
  dependencies?: { source: string; target: string; kind: 'sensor' | 'trigger' | 'asset' | 'marker' }[];
  verdicts?: { dag: string; verdict: 'ready' | 'needs_work' | 'stay_on_cron'; reasons?: string[] }[];
  opaqueModules?: { module: string; dags: string[] }[];
}

const file = 'dags/platform.py';
const place = { file, line: 1 };

/** An analysis document of these parts, checked by the schema, so that no test rests on a shape that can't exist. */
export function buildAnalysis(input: AnalysisInput): AnalysisDocument {
  const candidates = (input.candidates ?? []).map(candidate);
  return AnalysisDocument.parse({
    schema: 'dag2event/analysis',
    schema_version: '1.0',
    tool_version: '0.1.0',
    graph: graph(input),
    evidence: [...candidates, ...(input.hazards ?? []).map(({ id, dag }) => ({ id, dag_id: dag }))].map(({ id, dag_id }) => ({
      id: `evidence:${id}`,
      dag_id,
      task_id: null,
      text: 'line',
      place,
    })),
    candidates,
    fan_ins: (input.fanIns ?? []).map(({ dag, join, legs }, index) => ({
      id: `fan_in:${index}`,
      dag_id: dag,
      task_id: null,
      join,
      legs,
      text: 'several sources meet',
      evidence: legs.map((leg) => `evidence:${leg}`),
    })),
    hazards: (input.hazards ?? []).map(({ id, rule, dag, severity = 'medium' }) => ({
      title: `Title of ${rule}`,
      id,
      rule,
      severity,
      dag_id: dag,
      task_id: null,
      message: 'what would break',
      cure: 'what to do',
      evidence: [`evidence:${id}`],
    })),
    verdicts: (input.verdicts ?? []).map(({ dag, verdict, reasons = [] }) => ({ dag_id: dag, verdict, reasons })),
  });
}

function graph(input: AnalysisInput): Input {
  return {
    schema: 'dag2event/graph',
    schema_version: '1.0',
    tool_version: '0.1.0',
    name: 'platform',
    airflow_version: { version: input.version ?? '3.2.2', source: 'option', detail: '' },
    parser: 'native',
    files: [{ file, status: 'dags', dag_ids: input.dags.map(({ id }) => id) }],
    import_errors: [],
    dags: input.dags.map(dag),
    assets: (input.assets ?? []).map(({ name, producers, consumers }) => ({
      name,
      uri: `x-asset://${name}`,
      producers: producers.map((dag_id) => ({ dag_id, task_id: 'publish' })),
      consumers,
      ...place,
    })),
    dag_dependencies: (input.dependencies ?? []).map((one) => ({ ...one, dependency_id: 'task', ...place })),
    inputs: [],
    opaque_modules: input.opaqueModules ?? [],
    unknowns: [],
  };
}

function dag({ id, schedule = '0 2 * * *', status = 'exact', sensors = [], unknowns = [], catchup = false }: DagInput): Input {
  const tasks = sensors.map((external, index) => sensorTask(`wait_${index}`, external));
  return {
    ...plainDag(id, { status, ...place, catchup, start_date: '2024-01-01T00:00:00+00:00', max_active_runs: 16, owner: 'data', tasks }),
    schedule: scheduleOf(schedule),
    unknowns,
  };
}

function scheduleOf(schedule: string | null | Input): Input {
  if (schedule === null) return { kind: 'none', timetable: 'NullTimetable' };
  return typeof schedule === 'string' ? cron(schedule) : schedule;
}

function sensorTask(taskId: string, external_dag_id: string | null): Task {
  return plainTask(taskId, {
    operator: 'ExternalTaskSensor',
    operator_path: 'airflow.providers.standard.sensors.external_task.ExternalTaskSensor',
    operator_bases: ['ExternalTaskSensor'],
    link: {
      kind: 'sensor',
      external_dag_id,
      external_task_ids: [],
      external_task_group_id: null,
      execution_delta: null,
      has_execution_date_fn: false,
    },
    ...place,
  });
}

function candidate(input: CandidateInput) {
  const { id, dag, kind, confidence = 'high', mechanism = 'asset_schedule', polls = false } = input;
  return {
    id,
    dag_id: dag,
    task_id: input.task ?? (polls ? 'wait_0' : null),
    source_kind: kind,
    fields: input.fields ?? {},
    filter: '',
    confidence,
    confidence_reasons: ['said by the test'],
    evidence: [`evidence:${id}`],
    replaces: polls
      ? { operator: 'Sensor', mode: 'poke', poke_interval_seconds: 60, timeout_seconds: 604800 }
      : null,
    mechanism: { kind: mechanism, text: `by ${mechanism}`, since: input.since ?? firstRelease[mechanism] },
    is_mid_dag: input.isMidDag ?? false,
  };
}
