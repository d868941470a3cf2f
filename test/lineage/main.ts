import { readdirSync, readFileSync } from 'node:fs';
import { inferAnalysis } from '../../src/infer/infer.js';
import { loadSqlParser } from '../../src/infer/sql/parser.js';
import { graphOfSource } from '../support/graph.js';

const folder = new URL('../../fixtures/lineage/', import.meta.url);

/** A repository of a few DAGs, with the links between DAGs and the pairs that only the clock links, as a person labelled them. */
export interface LineageCase {
  group: string;
  name: string;
  links: string[];
  coupled: string[];
  files: Record<string, string>;
}

/** Each `###` starts a case: its labels, a line `---`, the DAGs, and further files behind `--- file: NAME`. */
export function labelledCases(): LineageCase[] {
  const prelude = readFileSync(new URL('prelude.py', folder), 'utf8');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) => readFileSync(new URL(name, folder), 'utf8').split(/^### /m).slice(1).map((text) => parsed(name.replace('.txt', ''), text, prelude)));
}

function parsed(group: string, text: string, prelude: string): LineageCase {
  const [head = '', ...rest] = text.split(/^---\n/m);
  const [name = '', ...labels] = head.trim().split('\n');
  const [code = '', ...more] = rest.join('---\n').split(/^--- file: (\S+)\n/m);
  const files: Record<string, string> = { 'case.py': `${prelude}\n\n${code}` };
  for (let index = 0; index + 1 < more.length; index += 2) files[more[index] ?? ''] = more[index + 1] ?? '';
  const valuesOf = (label: string): string[] => labels.flatMap((line) => (line.startsWith(`${label}: `) ? [line.slice(label.length + 2)] : []));
  return { group, name, links: valuesOf('links'), coupled: valuesOf('coupled'), files };
}

/** What was found against what was labelled. */
export interface Scored extends LineageCase {
  found: { links: string[]; coupled: string[] };
  missed: string[];
  wrong: string[];
  problems: string[];
}

/** Analyses a case. Links within one DAG are not labelled. */
export async function score(each: LineageCase): Promise<Scored> {
  await loadSqlParser();
  const graph = await graphOfSource(each.files, { airflowVersion: '3.2.2' });
  const analysis = inferAnalysis(graph);
  const links = (analysis.lineage ?? []).filter(({ writer, reader }) => writer.dag_id !== reader.dag_id).map(({ writer, reader }) => `${writer.dag_id}.${writer.task_id} > ${reader.dag_id}.${reader.task_id}`);
  const coupled = analysis.hazards.filter(({ rule }) => rule === 'H27').map(({ id, dag_id }) => `${/#([^:]+):/.exec(id)?.[1] ?? id} > ${dag_id}`);
  const found = { links: distinct(links), coupled: distinct(coupled) };
  return {
    ...each,
    found,
    missed: [...without(each.links, found.links), ...without(each.coupled, found.coupled).map((pair) => `coupled ${pair}`)],
    wrong: [...without(found.links, each.links), ...without(found.coupled, each.coupled).map((pair) => `coupled ${pair}`)],
    problems: [...graph.import_errors.map(({ reason }) => reason), ...(graph.dags.length < 2 ? ['not both DAGs were found'] : [])],
  };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

function without(values: readonly string[], others: readonly string[]): string[] {
  return values.filter((value) => !others.includes(value));
}

export interface Rates {
  name: string;
  cases: number;
  precision: number;
  recall: number;
}

/** Precision and recall over links and couplings, by group and for all. */
export function rates(scored: readonly Scored[]): Rates[] {
  const of = (name: string, some: readonly Scored[]): Rates => {
    const wrong = some.flatMap((each) => each.wrong).length;
    const missed = some.flatMap((each) => each.missed).length;
    const labelled = some.flatMap((each) => [...each.links, ...each.coupled]).length;
    const right = labelled - missed;
    return { name, cases: some.length, precision: right + wrong === 0 ? 1 : right / (right + wrong), recall: labelled === 0 ? 1 : right / labelled };
  };
  const groups = [...new Set(scored.map(({ group }) => group))];
  return [...groups.map((group) => of(group, scored.filter((each) => each.group === group))), of('all', scored)];
}
