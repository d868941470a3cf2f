import type { Condition, Dag, Edge, GraphDocument, TaskGroup } from '../../model/graph.js';
import { describeConditions } from '../../util/condition-text.js';
import { visible } from '../visible.js';

/** The graph in Graphviz's language: one cluster per DAG, nested clusters for task groups. */

/** Text as a quoted DOT string. Node names are ours; repository text only stands in labels. */
function quoted(...texts: readonly string[]): string {
  return `"${texts.map((text) => visible(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"')).join('\\n')}"`;
}

/** The lines that say a condition; none without one. */
function whenLines(condition: readonly Condition[] | undefined): string[] {
  return condition === undefined ? [] : [`when ${describeConditions(condition)}`];
}

function edgeAttributes({ label, condition }: Edge): string {
  const lines = [...(label === null ? [] : [label]), ...whenLines(condition)];
  const attributes = [...(lines.length === 0 ? [] : [`label=${quoted(...lines)}`]), ...(condition === undefined ? [] : ['style=dashed'])];
  return attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
}

interface DagNames {
  readonly prefix: string;
  readonly tasks: ReadonlyMap<string, string>;
}

function groupLines(dag: Dag, group: TaskGroup, names: DagNames, indent: string): string[] {
  const index = dag.task_groups.indexOf(group);
  return [
    `${indent}subgraph "cluster_${names.prefix}_g${index}" {`,
    `${indent}  label=${quoted(group.group_id, ...whenLines(group.condition))};`,
    `${indent}  style="rounded,dashed";`,
    ...memberLines(dag, group.group_id, names, `${indent}  `),
    `${indent}}`,
  ];
}

function memberLines(dag: Dag, groupId: string | null, names: DagNames, indent: string): string[] {
  const known = new Set(dag.task_groups.map((group) => group.group_id));
  const home = (id: string | null): string | null => (id !== null && known.has(id) ? id : null);
  return [
    ...dag.tasks
      .filter((task) => home(task.group_id) === groupId)
      .map(
        (task) =>
          `${indent}"${names.tasks.get(task.task_id) ?? ''}" [label=${quoted(task.task_id, ...whenLines(task.condition))}, tooltip=${quoted(task.operator)}` +
          `${task.is_mapped ? ', peripheries=2' : ''}${task.condition === undefined ? '' : ', style=dashed'}];`,
      ),
    ...dag.task_groups
      .filter((group) => group.group_id !== groupId && home(group.parent_group_id) === groupId)
      .flatMap((group) => groupLines(dag, group, names, indent)),
  ];
}

function dagLines(dag: Dag, index: number): string[] {
  const prefix = `d${index}`;
  const tasks = new Map(dag.tasks.map((task, taskIndex) => [task.task_id, `${prefix}_t${taskIndex}`]));
  const edges = dag.edges.flatMap((edge) => {
    const [from, to] = [tasks.get(edge.upstream), tasks.get(edge.downstream)];
    if (from === undefined || to === undefined) return [];
    return [`    "${from}" -> "${to}"${edgeAttributes(edge)};`];
  });
  return [
    `  subgraph "cluster_${prefix}" {`,
    `    label=${quoted(dag.dag_id, ...whenLines(dag.condition))};`,
    `    "${prefix}" [label=${quoted(dag.dag_id)}, shape=plaintext];`,
    ...memberLines(dag, null, { prefix, tasks }, '    '),
    ...edges,
    '  }',
  ];
}

function linkLines(graph: GraphDocument): string[] {
  const names = new Map(graph.dags.map((dag, index) => [dag.dag_id, `d${index}`]));
  const outside = new Map<string, string>();
  const nameOf = (dagId: string): string => {
    const name = names.get(dagId) ?? outside.get(dagId) ?? `x${outside.size}`;
    if (!names.has(dagId)) outside.set(dagId, name);
    return name;
  };
  const links = graph.dag_dependencies.map(
    (link) =>
      `  "${nameOf(link.source)}" -> "${nameOf(link.target)}" [label=${quoted(`${link.kind} ${link.dependency_id}`)}, style=dashed];`,
  );
  return [...[...outside].map(([dagId, name]) => `  "${name}" [label=${quoted(dagId)}, style=dotted];`), ...links];
}

/** The graph as a DOT document. */
export function renderGraphDot(graph: GraphDocument): string {
  return [
    `digraph ${quoted(graph.name)} {`,
    '  rankdir=LR;',
    '  node [shape=box, fontname="Helvetica"];',
    '  graph [fontname="Helvetica"];',
    ...graph.dags.flatMap(dagLines),
    ...linkLines(graph),
    '}',
    '',
  ].join('\n');
}
