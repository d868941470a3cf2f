import type { BodyFact } from '../../model/graph.js';
import { blocksOf, childExpressions, ownExpressions } from '../../parse/walk.js';
import type { CallNode, Expression, Statement } from '../../parse/syntax.js';
import { knownContextKeys } from '../../knowledge/context-keys.js';
import type { PyFunction } from '../values.js';
import { contextParameters, factsOf, type Fact } from './facts.js';
import { bindArguments, frameOf, knownOf, type Frame } from './frame.js';
import type { Known } from './known.js';

/** How far calls of repository functions are followed, and how much is read for one task: beyond lies a framework. */
const limits = { depth: 6, functions: 60, facts: 2_000 } as const;

/** What a task runs, and what is known of its parameters when it does. */
export interface Entry {
  readonly function: PyFunction;
  readonly bound: ReadonlyMap<string, Known>;
}

interface Reading {
  readonly facts: Map<string, BodyFact>;
  readonly active: Set<object>;
  followed: number;
}

/**
 * What a task's code does when it runs, read from its text and from the repository functions that it calls; nothing of
 * it is evaluated. Each fact stands once per place, in the order of reading.
 */
export function readBody(entry: Entry): BodyFact[] {
  const reading: Reading = { facts: new Map(), active: new Set(), followed: 0 };
  const { node } = entry.function;
  const bound = new Map(entry.bound);
  for (const { name, form } of node.parameters) {
    if (bound.has(name)) continue;
    if (form === 'double_star' || name === 'context') bound.set(name, { isContext: true });
    else if (knownContextKeys.has(name)) bound.set(name, { path: name });
  }
  const free = node.parameters.filter(({ name }) => !entry.bound.has(name));
  for (const fact of contextParameters(free, readerOf(entry.function))) note(reading, fact, node.file, node.line);
  readFunction(reading, entry.function, bound);
  return [...reading.facts.values()];
}

function readFunction(reading: Reading, callee: PyFunction, bound: ReadonlyMap<string, Known>): void {
  const { node } = callee;
  if (reading.active.has(node) || reading.active.size >= limits.depth || reading.followed >= limits.functions) return;
  reading.active.add(node);
  reading.followed += 1;
  const frame = frameOf(callee, bound);
  if (node.kind === 'lambda') readExpression(reading, node.body, frame);
  else readStatements(reading, node.body, frame);
  reading.active.delete(node);
}

/** Whether a function's own text reads a name; each function is asked about a few parameters only. */
function readerOf({ node }: PyFunction): (name: string) => boolean {
  if (node.kind === 'lambda') return (name) => mentions(node.body, name);
  return (name) => anyStatement(node.body, (each) => mentions(each, name));
}

function anyStatement(statements: readonly Statement[], test: (node: Expression) => boolean): boolean {
  return statements.some((statement) => ownExpressions(statement).some(test) || blocksOf(statement).some((block) => anyStatement(block, test)));
}

function mentions(node: Expression, name: string): boolean {
  return (node.kind === 'name' && node.name === name) || childExpressions(node).some((each) => mentions(each, name));
}

function readStatements(reading: Reading, statements: readonly Statement[], frame: Frame): void {
  for (const statement of statements) {
    if (isDocumentation(statement)) continue;
    for (const expression of ownExpressions(statement)) readExpression(reading, expression, frame);
    for (const block of blocksOf(statement)) readStatements(reading, block, frame);
    if ((statement.kind === 'while' || statement.kind === 'for') && sleeps(statement.body, frame)) {
      note(reading, { kind: 'loop', name: statement.kind, detail: 'a loop that sleeps between its turns' }, statement.file, statement.line);
    }
  }
}

function isDocumentation(statement: Statement): boolean {
  return statement.kind === 'expression' && statement.value.kind === 'constant';
}

function readExpression(reading: Reading, node: Expression, frame: Frame): void {
  for (const fact of factsOf(node, frame)) note(reading, fact, node.file, node.line);
  if (node.kind === 'call') follow(reading, node, frame);
  for (const child of childExpressions(node)) readExpression(reading, child, frame);
}

function follow(reading: Reading, node: CallNode, frame: Frame): void {
  const { callable } = knownOf(node.callee, frame);
  if (callable === undefined) return;
  const { parameters } = callable.function.node;
  const bound = bindArguments(callable.function.node, node.arguments, callable.self, frame);
  const filled = parameters.filter(({ name }) => bound.get(name)?.isFilled === true);
  for (const fact of contextParameters(filled, readerOf(callable.function))) note(reading, fact, callable.function.node.file, callable.function.node.line);
  readFunction(reading, callable.function, bound);
}

function note(reading: Reading, fact: Fact, file: string, line: number): void {
  if (reading.facts.size >= limits.facts) return;
  const key = identityOf(fact, `${file}:${line.toString()}`);
  const before = reading.facts.get(key);
  if (before === undefined || (isMention(before) && !isMention(fact))) reading.facts.set(key, { ...fact, file, line });
}

/** A statement counts once however often it is named; an address that a call reads or writes isn't also a mention. */
function identityOf(fact: Fact, place: string): string {
  if (fact.kind === 'sql') return `sql\n${fact.detail}`;
  if (fact.kind === 'uri') return `uri\n${place}\n${fact.detail}`;
  return `${fact.kind}\n${place}\n${fact.name}\n${fact.detail}`;
}

/** Whether the text only stands there, and no known call takes it. */
function isMention(fact: Fact): boolean {
  return (fact.kind === 'sql' || fact.kind === 'uri') && fact.name === 'mention';
}

function sleeps(statements: readonly Statement[], frame: Frame): boolean {
  return anyStatement(statements, (each) => hasSleep(each, frame));
}

function hasSleep(node: Expression, frame: Frame): boolean {
  if (node.kind === 'call' && /(^|\.)sleep$/.test(knownOf(node.callee, frame).path ?? '')) return true;
  return childExpressions(node).some((each) => hasSleep(each, frame));
}
