import type * as z from 'zod';
import { Dag, GRAPH_SCHEMA_VERSION, GraphDocument, Task, type Edge } from '../../../src/model/graph.js';

/** Builders of graph documents for tests: the shape is checked by zod, so that they cannot drift from the model. */

export function task(taskId: string, operator: string, more: Partial<Task> = {}): Task {
  return Task.parse({
    task_id: taskId,
    operator,
    operator_path: `airflow.providers.example.${operator}`,
    operator_bases: [operator, 'BaseOperator'],
    group_id: null,
    is_mapped: false,
    is_setup: false,
    is_teardown: false,
    trigger_rule: 'all_success',
    owner: null,
    pool: null,
    retries: null,
    depends_on_past: false,
    wait_for_downstream: false,
    inlets: [],
    outlets: [],
    template_fields: [],
    arguments: {},
    template_files: [],
    callable: null,
    body: [],
    link: null,
    is_opaque: false,
    file: 'dags/example.py',
    line: 10,
    ...more,
  });
}

/** `edges` as `a >> b` texts. */
export function dag(dagId: string, more: Partial<Omit<Dag, 'edges'>> & { edges?: string[] } = {}): Dag {
  const { edges = [], ...rest } = more;
  return Dag.parse({
    dag_id: dagId,
    status: 'exact',
    file: 'dags/example.py',
    line: 5,
    schedule: cron('0 4 * * *'),
    catchup: false,
    start_date: '2026-01-01T00:00:00+00:00',
    end_date: null,
    max_active_runs: null,
    is_paused_upon_creation: null,
    description: null,
    doc_md: null,
    owner: null,
    tags: [],
    params: {},
    tasks: [],
    edges: edges.map(edge),
    task_groups: [],
    unknowns: [],
    assumptions: [],
    ...rest,
  });
}

export function cron(expression: string, timezone = 'UTC'): Dag['schedule'] {
  return { kind: 'cron', expression, timezone, timetable: 'CronTriggerTimetable' };
}

export function onAssets(assets: Extract<Dag['schedule'], { kind: 'assets' }>['assets']): Dag['schedule'] {
  return { kind: 'assets', assets, timetable: 'AssetTriggeredTimetable' };
}

export function asset(uri: string): { asset: { name: string; uri: string } } {
  return { asset: { name: uri, uri } };
}

export function graph(dags: Dag[], more: Partial<z.input<typeof GraphDocument>> & { release?: string } = {}): GraphDocument {
  const { release = '3.2.2', ...rest } = more;
  return GraphDocument.parse({
    schema: 'dag2event/graph',
    schema_version: GRAPH_SCHEMA_VERSION,
    tool_version: '0.0.0',
    name: 'example',
    airflow_version: { version: release, source: 'option', detail: '' },
    parser: 'wasm',
    files: [],
    import_errors: [],
    dags,
    assets: [],
    dag_dependencies: [],
    inputs: [],
    opaque_modules: [],
    unknowns: [],
    ...rest,
  });
}

function edge(text: string): Edge {
  const [upstream = '', downstream = ''] = text.split('>>').map((part) => part.trim());
  return { upstream, downstream, label: null, file: 'dags/example.py', line: 20 };
}
