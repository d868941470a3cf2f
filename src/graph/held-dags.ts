import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Dag, Task } from '../model/graph.js';
import { indented } from '../util/indented.js';
import type { FileFacts } from './file-facts.js';

/** What links, assets and lists of files are drawn from. */
export interface DagOutline extends Pick<Dag, 'dag_id' | 'file' | 'line' | 'schedule' | 'unknowns'> {
  readonly tasks: readonly TaskOutline[];
}

type TaskOutline = Pick<Task, 'task_id' | 'file' | 'line' | 'inlets' | 'outlets' | 'link'>;

/** A DAG that is kept until the graph is whole. */
export interface HeldDag {
  readonly outline: DagOutline;
  read(): Dag;
  /** As it stands in the list of a document's file. */
  text(): string;
}

export type HoldDag = (dag: Dag) => HeldDag;

export interface HeldFacts extends Omit<FileFacts, 'dags'> {
  readonly dags: readonly HeldDag[];
}

/** Indent of an item in a list of a document. */
const ITEM_INDENT = '    ';

/** Keeps the DAG as it is: for who wants the graph as a value. */
export function holdPlain(dag: Dag): HeldDag {
  return { outline: dag, read: () => dag, text: () => indented(dag, ITEM_INDENT) };
}

/** Keeps the DAG's packed text, a tenth of its size as a value: for who only writes the graph. */
export function holdPacked(dag: Dag): HeldDag {
  // A copy: zlib hands out the beginning of a larger buffer.
  const packed = Uint8Array.from(deflateRawSync(indented(dag, ITEM_INDENT), { level: 1 }));
  const text = (): string => inflateRawSync(packed).toString();
  return { outline: outlineOf(dag), read: () => JSON.parse(text()) as Dag, text };
}

export function holdFacts(facts: FileFacts, hold: HoldDag): HeldFacts {
  return { ...facts, dags: facts.dags.map(hold) };
}

function outlineOf({ dag_id, file, line, schedule, unknowns, tasks }: Dag): DagOutline {
  const linked = tasks.filter(({ inlets, outlets, link }) => inlets.length > 0 || outlets.length > 0 || link !== null);
  return { dag_id, file, line, schedule, unknowns, tasks: linked.map((task) => taskOutline(task)) };
}

function taskOutline({ task_id, file, line, inlets, outlets, link }: Task): TaskOutline {
  return { task_id, file, line, inlets, outlets, link };
}
