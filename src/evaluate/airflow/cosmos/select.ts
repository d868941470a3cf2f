import { holdsValue, isIn, selectByGraph } from './graph-selector.js';
import { entry, filePath, nodeName, resourceName } from './node.js';
import type { DbtNode, DbtNodes } from './node.js';
import { askedConfig, checkStatement, isEmpty, readStatement } from './statement.js';
import type { Statement } from './statement.js';

/** Nodes that were selected; Cosmos keeps them in a set, so that their order is chance unless everything was taken. */
export interface Selection {
  readonly nodes: DbtNodes;
  readonly isOrdered: boolean;
  /** Why the outcome depends on the order of a set; undefined when it doesn't. */
  readonly chance: string | undefined;
}

/** `select` first, then `exclude` from what is left; raises SelectorMistake. */
export function selectNodes(nodes: DbtNodes, project: readonly string[], select: readonly string[], exclude: readonly string[]): Selection {
  if (select.length === 0 && exclude.length === 0) return { nodes, isOrdered: true, chance: undefined };
  for (const text of select) checkStatement(text, 'select');
  for (const text of exclude) checkStatement(text, 'exclude');
  const chosen = new Set<string>();
  for (const text of select) for (const id of new Selector(nodes, readStatement(text, project)).ids()) chosen.add(id);
  const left = select.length === 0 ? nodes : subset(nodes, (id) => chosen.has(id));
  const dropped = new Set<string>();
  let chance: string | undefined;
  for (const text of exclude) {
    const statement = readStatement(text, project);
    if (select.length > 0) chance ??= chanceOf(statement, left, text);
    for (const id of new Selector(left, statement).ids()) dropped.add(id);
  }
  return { nodes: subset(left, (id) => !dropped.has(id)), isOrdered: false, chance };
}

function subset(nodes: DbtNodes, isWanted: (id: string) => boolean): DbtNodes {
  return new Map([...nodes].filter(([id]) => isWanted(id)));
}

/** What an exclusion decides by the order of the selected nodes, which is chance. */
function chanceOf(statement: Statement, nodes: DbtNodes, text: string): string | undefined {
  const all = [...nodes.values()];
  const isDoubled = statement.graph.some((term) => !term.name.includes(':') && all.filter((node) => nodeName(node) === term.name.replaceAll('.', '_')).length > 1);
  const asksParents = statement.paths.length > 0 && all.some((node) => isSchemaTest(node) && nodes.has(node.dependsOn[0] ?? '') && !isBelow(node, statement));
  return isDoubled || asksParents ? `what exclude='${text}' takes away depends on the order of a set in Cosmos` : undefined;
}

const isSchemaTest = (node: DbtNode): boolean => node.type === 'test' && node.file.at(-1) === 'schema.yml' && node.dependsOn.length === 1;

const isBelow = (node: DbtNode, statement: Statement): boolean => {
  const own = filePath(node);
  return statement.paths.some((path) => path.length <= own.length && path.every((part, index) => part === own[index]));
};

/** One statement over the nodes of a project. */
class Selector {
  // Nodes that were looked at: Cosmos looks once, and takes one that it meets again for not selected.
  private readonly visited = new Set<string>();
  constructor(
    private readonly nodes: DbtNodes,
    private readonly statement: Statement,
  ) {}

  ids(): Set<string> {
    if (isEmpty(this.statement)) return new Set(this.nodes.keys());
    const candidates = this.statement.graph.length === 0 ? this.nodes.keys() : this.byGraph();
    return new Set([...candidates].filter((id) => this.includes(this.nodes.get(id))));
  }

  private byGraph(): Iterable<string> {
    const [first = new Set<string>(), ...others] = this.statement.graph.map((term) => selectByGraph(term, this.nodes));
    return [...first].filter((id) => others.every((other) => other.has(id)));
  }

  private includes(node: DbtNode | undefined): boolean {
    if (node === undefined || this.visited.has(node.id)) return false;
    this.visited.add(node.id);
    const [parent] = node.dependsOn;
    // From here on a test has the tags of what it tests, for later statements too.
    if (node.type === 'test' && parent !== undefined) node.tags = this.nodes.get(parent)?.tags ?? [];
    return this.statement.tags.every((tag) => node.tags.includes(tag)) && this.hasConfig(node) && this.passes(node);
  }

  private hasConfig(node: DbtNode): boolean {
    return [...this.statement.config].every(([key, value]) => {
      if (key.startsWith('meta')) return holdsValue(node.config, key, value);
      const own = askedConfig.has(key) ? entry(node.config, key) : undefined;
      return key === 'tags' ? value === '' || isIn(value, own) : own === value;
    });
  }

  private passes(node: DbtNode): boolean {
    const { statement } = this;
    const asks = (wanted: readonly string[], isMet: () => boolean): boolean => wanted.length === 0 || isMet();
    return (
      (statement.paths.length === 0 || this.isInPaths(node)) &&
      asks(statement.names, () => node.fullName !== undefined && statement.names.includes(node.fullName)) &&
      asks(statement.types, () => statement.types.includes(node.type)) &&
      !statement.excludedTypes.includes(node.type) &&
      asks(statement.sources, () => node.type === 'source' && statement.sources.includes(resourceName(node))) &&
      asks(statement.exposures, () => node.type === 'exposure' && statement.exposures.includes(resourceName(node))) &&
      asks(statement.packages, () => statement.packages.includes(node.packageName ?? '')) &&
      asks(statement.bare, () => this.isCalled(node))
    );
  }

  private isCalled(node: DbtNode): boolean {
    const { bare } = this.statement;
    const path = filePath(node);
    return bare.includes(node.packageName ?? '') || bare.includes(nodeName(node)) || bare.some((each) => path.includes(each));
  }

  private isInPaths(node: DbtNode): boolean {
    if (isBelow(node, this.statement)) return true;
    return isSchemaTest(node) && this.includes(this.nodes.get(node.dependsOn[0] ?? ''));
  }
}
