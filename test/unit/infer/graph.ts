import type * as z from 'zod';
import { Dag, GraphDocument, Task, type Edge } from '../../../src/model/graph.js';
import { GRAPH_SCHEMA_VERSION } from '../../../src/model/version.js';
import { cron, plainDag, plainTask } from '../../support/documents.js';

export { cron };

/** Builders of graph documents for tests: the shape is checked by zod, so that they cannot drift from the model. */

export function task(taskId: string, operator: string, more: Partial<Task> = {}): Task {
  const operatorPath = `airflow.providers.example.${operator}`;
  return Task.parse(plainTask(taskId, { operator, operator_path: operatorPath, operator_bases: [operator, 'BaseOperator'], ...more }));
}

/** `edges` as `a >> b` texts. */
export function dag(dagId: string, more: Partial<Omit<Dag, 'edges'>> & { edges?: string[] } = {}): Dag {
  const { edges = [], ...rest } = more;
  return Dag.parse(plainDag(dagId, { ...rest, edges: edges.map(edge) }));
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
