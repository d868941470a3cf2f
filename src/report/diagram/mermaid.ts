import type { Dag, GraphDocument } from '../../model/graph.js';
import { visible } from '../visible.js';

/** The graph as a Mermaid flowchart: a subgraph per DAG, dashed links between DAGs. */

/** Text as a quoted Mermaid label. `#` starts an entity there, and Markdown and HTML are read inside quotes. */
function quoted(text: string): string {
  const safe = visible(text).replace(/[^\p{L}\p{N} .,:;/_-]/gu, (character) => {
    return character === '"' ? '#quot;' : `#${character.codePointAt(0) ?? 0};`;
  });
  return `"${safe === '' ? ' ' : safe}"`;
}

function dagLines(dag: Dag, index: number): string[] {
  const prefix = `d${index}`;
  const tasks = new Map(dag.tasks.map((task, taskIndex) => [task.task_id, `${prefix}_t${taskIndex}`]));
  const edges = dag.edges.flatMap(({ upstream, downstream, label }) => {
    const [from, to] = [tasks.get(upstream), tasks.get(downstream)];
    if (from === undefined || to === undefined) return [];
    return [`    ${from} -->${label === null ? '' : `|${quoted(label)}|`} ${to}`];
  });
  return [
    `  subgraph ${prefix} [${quoted(dag.dag_id)}]`,
    ...dag.tasks.map((task, taskIndex) => {
      const label = quoted(task.task_id);
      return `    ${prefix}_t${taskIndex}${task.is_mapped ? `[[${label}]]` : `[${label}]`}`;
    }),
    ...edges,
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
