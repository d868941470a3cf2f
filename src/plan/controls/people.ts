import type { Person } from '../../model/controls.js';
import type { Dag } from '../../model/graph.js';
import { entryFor } from '../facts/user-context.js';
import type { PlanFacts } from '../facts/plan-facts.js';
import { CONTEXT_FILE } from './quantity.js';

/** Airflow's own default of `owner`: it names nobody. */
const namesNobody = new Set(['airflow', 'Airflow', '']);

export const nobody: Person = { name: '', origin: 'missing', source: `owners in ${CONTEXT_FILE} would say it` };

/** Who answers for a DAG: the context file before the code. */
export function ownerOf(dag: Dag, facts: PlanFacts): Person {
  const entry = entryFor(facts.context.owners, dag);
  if (entry) return { name: entry.owner, origin: 'declared', source: CONTEXT_FILE };
  if (dag.owner !== null && !namesNobody.has(dag.owner)) return { name: dag.owner, origin: 'code', source: `${dag.file}:${dag.line}` };
  return nobody;
}

/** Who is called for a DAG: the owner where nobody else is named. */
export function onCallOf(dag: Dag, facts: PlanFacts): Person {
  const entry = entryFor(facts.context.owners, dag);
  if (entry?.['on-call'] !== undefined) return { name: entry['on-call'], origin: 'declared', source: CONTEXT_FILE };
  return ownerOf(dag, facts);
}

/** Several people as one: whoever of them is missing stays visible in `origin`. */
export function together(people: readonly Person[]): Person {
  const named = people.filter(({ origin }) => origin !== 'missing');
  const [first] = named;
  if (!first) return nobody;
  const names = [...new Set(named.map(({ name }) => name))];
  const sources = [...new Set(named.map(({ source }) => source))];
  return { name: names.join(', '), origin: named.every(({ origin }) => origin === 'declared') ? 'declared' : first.origin, source: sources.join(', ') };
}
