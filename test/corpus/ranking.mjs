// What costs the DAGs of a repository their `exact`, counted.

import { byText } from '../conformance/differences.mjs';

const place = ({ file, line }) => `${file}:${line}`;

/** Every unknown with the number of DAGs that it costs and the first place where it stands, dearest first. */
export function rankUnknowns(document) {
  const found = new Map();
  const add = (unknown, dag) => {
    const key = `${unknown.kind}\n${unknown.reason}`;
    const entry = found.get(key) ?? { kind: unknown.kind, reason: unknown.reason, dags: new Set(), place: place(unknown) };
    found.set(key, entry);
    if (dag !== null) entry.dags.add(dag.dag_id);
  };
  for (const dag of document.dags) for (const unknown of dag.unknowns) add(unknown, dag);
  for (const unknown of document.unknowns) add(unknown, null);
  return [...found.values()]
    .map(({ kind, reason, dags, place: first }) => ({ kind, reason, dags: dags.size, place: first }))
    .sort((a, b) => b.dags - a.dags || byText(a.kind, b.kind) || byText(a.reason, b.reason));
}

/** Modules of which nothing is known, by the DAGs that they cost. */
export function rankModules(document) {
  return document.opaque_modules
    .map(({ module, dags }) => ({ module, dags: dags.length }))
    .sort((a, b) => b.dags - a.dags || byText(a.module, b.module));
}

/** How many DAGs have each status. */
export function countStatuses(document) {
  const count = (status) => document.dags.filter((dag) => dag.status === status).length;
  return { dags: document.dags.length, exact: count('exact'), partial: count('partial'), opaque: count('opaque') };
}

/** DAGs that are not exact and say nothing about why: there must be none. */
export function findUnexplained(document) {
  return document.dags.filter((dag) => dag.status !== 'exact' && dag.unknowns.length === 0).map((dag) => dag.dag_id);
}
