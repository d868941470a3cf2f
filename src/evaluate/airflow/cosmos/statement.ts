import { readConfigTerm, readTerm, SelectorMistake } from './graph-selector.js';
import type { Term } from './graph-selector.js';
import { joinParts, pathParts } from './node.js';

/** One statement of `select` or `exclude`: terms that a node must meet together, by the method that they ask. */
export interface Statement {
  readonly paths: (readonly string[])[];
  readonly tags: string[];
  readonly names: string[];
  readonly config: Map<string, string>;
  readonly sources: string[];
  readonly exposures: string[];
  readonly packages: string[];
  readonly bare: string[];
  readonly types: string[];
  readonly excludedTypes: string[];
  readonly graph: Term[];
}

/** Keys of a node's configuration that Cosmos can ask for, besides `meta.…`. */
export const askedConfig: ReadonlySet<string> = new Set(['materialized', 'schema', 'tags', 'meta']);

type Take = (statement: Statement, value: string, project: readonly string[]) => void;

/** Prefixes in the order in which Cosmos tries them. */
const prefixes: readonly (readonly [prefix: string, take: Take])[] = [
  ['path:', (statement, value, project) => void statement.paths.push(joinParts(project, pathParts(value.replace(/\*+$/, ''))))],
  ['tag:', (statement, value) => void statement.tags.push(value)],
  ['config.', takeConfig],
  ['source:', (statement, value) => void statement.sources.push(value.trim())],
  ['exposure:', (statement, value) => void statement.exposures.push(value.trim())],
  ['package:', takePackage],
  ['resource_type:', (statement, value) => void statement.types.push(value.trim())],
  ['exclude_resource_type:', (statement, value) => void statement.excludedTypes.push(value.trim())],
  ['fqn:', (statement, value) => void statement.names.push(value.trim())],
];

function takeConfig(statement: Statement, text: string): void {
  const [key, value] = readConfigTerm(text);
  if (askedConfig.has(key) || key.startsWith('meta')) statement.config.set(key, value);
}

function takePackage(statement: Statement, value: string): void {
  if (value.trim() === '') throw new SelectorMistake('CosmosValueError', 'package: requires the name of a package');
  statement.packages.push(value.trim());
}

/** Reads a statement as Cosmos does, `,` between terms; paths are taken from the project's folder. */
export function readStatement(text: string, project: readonly string[]): Statement {
  const statement: Statement = { paths: [], tags: [], names: [], config: new Map(), sources: [], exposures: [], packages: [], bare: [], types: [], excludedTypes: [], graph: [] };
  for (const item of text.split(',')) {
    const term = readTerm(item);
    if (term === undefined) continue;
    if (term.before !== undefined || term.after !== undefined) statement.graph.push(term);
    else takePlain(statement, term, project);
  }
  return statement;
}

function takePlain(statement: Statement, term: Term, project: readonly string[]): void {
  const { name } = term;
  for (const [prefix, take] of prefixes) {
    if (!name.startsWith(prefix)) continue;
    take(statement, name.slice(prefix.length), project);
    return;
  }
  if (name.includes('/')) statement.paths.push(joinParts(project, pathParts(name.replace(/\*+$/, ''))));
  else if (/[:+@.]/.test(name)) statement.graph.push(term);
  else if (name.trim() !== '') statement.bare.push(name.trim());
}

/** Whether nothing is asked: such a statement selects every node. */
export function isEmpty(statement: Statement): boolean {
  return Object.values(statement).every((each: readonly unknown[] | ReadonlyMap<string, string>) => (Array.isArray(each) ? each.length : 'size' in each ? each.size : 0) === 0);
}

const known = ['path:', 'tag:', 'fqn:', 'resource_type:', 'exclude_resource_type:', 'source:', 'exposure:', 'package:', ...[...askedConfig].map((key) => `config.${key}`)];

/** Raises for a method that Cosmos doesn't know. */
export function checkStatement(text: string, what: 'select' | 'exclude'): void {
  if (known.some((prefix) => text.startsWith(prefix)) || text.includes('+') || !text.includes(':')) return;
  throw new SelectorMistake('CosmosValueError', `Invalid ${what} filter: ${text}`);
}
