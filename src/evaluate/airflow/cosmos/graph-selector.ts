import type { DbtNodes } from './node.js';
import { entry, filePath, nodeName, objectOf, resourceName, textOfParts } from './node.js';
import type { DbtNode } from './node.js';

/** A `select` or `exclude` that Cosmos refuses with an exception of that class. */
export class SelectorMistake extends Error {
  constructor(
    readonly exception: 'CosmosValueError' | 'ValueError',
    message: string,
  ) {
    super(message);
  }
}

/** One term of a statement: what stands before and after the `+`, or `@`. */
export interface Term {
  readonly before: string | undefined;
  readonly name: string;
  readonly after: string | undefined;
}

/** Splits a term as Cosmos does; undefined for one with a `+` inside, which it drops without a word. */
export function readTerm(text: string): Term | undefined {
  const found = /^(@|[0-9]*\+)?([^+]+)(\+[0-9]*)?$/.exec(text);
  return found?.[2] === undefined ? undefined : { before: found[1], name: found[2], after: found[3] };
}

/** `config.KEY:VALUE` without its prefix as key and value. */
export function readConfigTerm(text: string): readonly [key: string, value: string] {
  const [key, value, ...rest] = text.split(':');
  if (key === undefined || value === undefined || rest.length > 0) throw new SelectorMistake('ValueError', `expected one colon in '${text}'`);
  return [key, value];
}

/** Whether a dotted path in a node's configuration ends at a value; Cosmos goes no deeper than there are dicts. */
export function holdsValue(config: Readonly<Record<string, unknown>>, path: string, value: string): boolean {
  let current: unknown = config;
  for (const key of path.split('.')) {
    if (typeof current !== 'object' || current === null || Array.isArray(current)) continue;
    if (!Object.hasOwn(current, key)) return false;
    current = entry(objectOf(current), key);
  }
  return current === value;
}

/** Python's `text in value` for what JSON holds. */
export function isIn(text: string, value: unknown): boolean {
  return Array.isArray(value) ? value.includes(text) : typeof value === 'string' && value.includes(text);
}

/** Ids that a term with graph operators selects; ids of nodes that the manifest doesn't have may be among them. */
export function selectByGraph(term: Term, nodes: DbtNodes): Set<string> {
  const roots = rootsOf(term.name.includes('/') && !term.name.startsWith('path:') ? `path:${term.name}` : term.name, nodes);
  const selected = new Set(roots);
  if (term.before === '@') {
    const below = walk(roots, -1, children(nodes));
    for (const id of below) selected.add(id);
    for (const id of walk(new Set([...roots, ...below]), -1, parents(nodes))) selected.add(id);
    return selected;
  }
  if (term.before !== undefined) for (const id of walk(roots, depthOf(term.before.slice(0, -1)), parents(nodes))) selected.add(id);
  if (term.after !== undefined) for (const id of walk(roots, depthOf(term.after.slice(1)), children(nodes))) selected.add(id);
  return selected;
}

const depthOf = (digits: string): number => (digits === '' ? -1 : Number(digits));

type Step = (id: string) => Iterable<string>;

const parents =
  (nodes: DbtNodes): Step =>
  (id) =>
    nodes.get(id)?.dependsOn ?? [];

function children(nodes: DbtNodes): Step {
  const below = new Map<string, string[]>();
  for (const node of nodes.values()) {
    for (const parent of node.dependsOn) {
      const list = below.get(parent);
      if (list === undefined) below.set(parent, [node.id]);
      else list.push(node.id);
    }
  }
  return (id) => below.get(id) ?? [];
}

/** What lies up to `depth` steps away (-1: however far), the starts themselves not counted. */
function walk(starts: ReadonlySet<string>, depth: number, step: Step): Set<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  let generation: ReadonlySet<string> = starts;
  for (let left = depth; left !== 0 && generation.size > 0; left -= 1) {
    const next = new Set<string>();
    for (const id of generation) {
      if (seen.has(id)) continue;
      seen.add(id);
      for (const other of step(id)) next.add(other);
    }
    for (const id of next) found.add(id);
    generation = next;
  }
  return found;
}

/** Methods in the order in which Cosmos asks whether a term holds their prefix (anywhere in it, but for packages). */
const methods: readonly (readonly [prefix: string, matches: (node: DbtNode, value: string) => boolean])[] = [
  ['path:', (node, value) => textOfParts(filePath(node)).includes(value.replace(/\*+$/, ''))],
  ['tag:', (node, value) => node.tags.includes(value)],
  ['fqn:', (node, value) => node.fullName === value.trim()],
  ['source:', (node, value) => node.type === 'source' && resourceName(node) === value],
  ['exposure:', (node, value) => node.type === 'exposure' && resourceName(node) === value],
];

function rootsOf(name: string, nodes: DbtNodes): Set<string> {
  const choose = (matches: (node: DbtNode) => boolean): Set<string> =>
    new Set([...nodes.values()].filter(matches).map((node) => node.id));
  for (const [prefix, matches] of methods) {
    if (name.includes(prefix)) return choose((node) => matches(node, name.slice(prefix.length)));
  }
  if (name.startsWith('package:')) {
    const wanted = name.slice('package:'.length).trim();
    return wanted === '' ? new Set() : choose((node) => node.packageName === wanted);
  }
  if (name.includes('config.')) return choose(configMatcher(name.slice('config.'.length)));
  const patched = name.replaceAll('.', '_');
  // Of several nodes with one name (a model and a seed) the last one counts.
  const last = [...nodes.values()].filter((node) => nodeName(node) === patched).at(-1);
  return new Set(last === undefined ? [] : [last.id]);
}

function configMatcher(text: string): (node: DbtNode) => boolean {
  const [key, value] = readConfigTerm(text);
  if (key === 'tags') return (node) => isIn(value, entry(node.config, key) ?? []);
  if (key === 'materialized' || key === 'schema') return (node) => (entry(node.config, key) ?? '') === value;
  return key.startsWith('meta') ? (node) => holdsValue(node.config, key, value) : () => false;
}
