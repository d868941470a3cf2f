import type { Condition, Dag, Edge, GraphDocument } from '../../model/graph.js';
import { describeConditions } from '../../util/condition-text.js';
import { visible } from '../visible.js';

/** The graph as a Mermaid flowchart: a subgraph per DAG, dashed links between DAGs. */

/** Text as a quoted Mermaid label. `#` starts an entity there, and Markdown and HTML are read inside quotes. */
function quoted(text: string): string {
  const safe = visible(text).replace(/[^\p{L}\p{N} .,:;/_-]/gu, (character) => {
    return character === '"' ? '#quot;' : `#${character.codePointAt(0) ?? 0};`;
  });
  return `"${safe === '' ? ' ' : safe}"`;
}

/** A label with the condition under which the thing is there. */
function withCondition(label: string, condition: readonly Condition[] | undefined): string {
  return condition === undefined ? label : `${label} when ${describeConditions(condition)}`.trim();
}

function edgeLine(from: string, to: string, { label, condition }: Edge): string {
  const text = withCondition(label ?? '', condition);
  return `    ${from} ${condition === undefined ? '-->' : '-.->'}${text === '' ? '' : `|${quoted(text)}|`} ${to}`;
}

function dagLines(dag: Dag, index: number): string[] {
  const prefix = `d${index}`;
  const tasks = new Map(dag.tasks.map((task, taskIndex) => [task.task_id, `${prefix}_t${taskIndex}`]));
  const edges = dag.edges.flatMap((edge) => {
    const [from, to] = [tasks.get(edge.upstream), tasks.get(edge.downstream)];
    return from === undefined || to === undefined ? [] : [edgeLine(from, to, edge)];
  });
  return [
    `  subgraph ${prefix} [${quoted(withCondition(dag.dag_id, dag.condition))}]`,
    ...dag.tasks.map((task, taskIndex) => {
      const label = quoted(withCondition(task.task_id, task.condition));
      return `    ${prefix}_t${taskIndex}${task.is_mapped ? `[[${label}]]` : `[${label}]`}`;
    }),
    ...edges,
    ...dag.tasks.flatMap((task, taskIndex) => (task.condition === undefined ? [] : [`    style ${prefix}_t${taskIndex} stroke-dasharray: 5 3`])),
    '  end',
  ];
}

function linkLines(graph: GraphDocument): string[] {
  const names = new Map(graph.dags.map((dag, index) => [dag.dag_id, `d${index}`]));
  const outside: string[] = [];
  const nameOf = (dagId: string): string => {
    const known = names.get(dagId);
    if (known !== undefined) return known;
    const name = `x${names.size}`;
    names.set(dagId, name);
    outside.push(`  ${name}(${quoted(dagId)})`);
    return name;
  };
  const links = graph.dag_dependencies.map(
    (link) => `  ${nameOf(link.source)} -.->|${quoted(`${link.kind} ${link.dependency_id}`)}| ${nameOf(link.target)}`,
  );
  return [...outside, ...links];
}

/** The graph as a Mermaid document. */
export function renderGraphMermaid(graph: GraphDocument): string {
  return ['flowchart LR', ...graph.dags.flatMap(dagLines), ...linkLines(graph), ''].join('\n');
}
