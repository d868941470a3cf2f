// Compares a graph document with what Airflow built, field by field. Plain JavaScript, so that the conformance runner
// needs nothing but Node and the vitest suites can share it; the shapes are in compare.d.mts.

import { compareDag, compareOtherFields } from './compare-dag.mjs';
import { byText, differenceOfSets } from './differences.mjs';

export { compareDag, compareOtherFields };

const ownerOf = (link) => (link.kind === 'trigger' ? link.source : link.target);

/** Sensor and trigger links of one DAG. Airflow 2.x doesn't see those of mapped tasks, so they are left out. */
function linksOf(document, dag) {
  const mapped = new Set(dag.tasks.filter((task) => task.is_mapped).map((task) => task.task_id));
  return document.dag_dependencies
    .filter((link) => link.kind === 'sensor' || link.kind === 'trigger')
    .filter((link) => ownerOf(link) === dag.dag_id && !mapped.has(link.dependency_id))
    .map((link) => `${link.kind} ${link.source} -> ${link.target} by ${link.dependency_id}`);
}

/** The file that brings a DAG in: not always the one in which it is built, which is what our `file` and `line` say. */
const filesOf = (document, id) => document.files.filter((file) => file.dag_ids.includes(id)).map((file) => file.file);

/** Files of which our document says that something in them is not known or not readable. */
function explainedFiles(document) {
  return new Set([
    ...document.import_errors.map((error) => error.file),
    ...document.unknowns.map((unknown) => unknown.file),
    ...document.dags.flatMap((dag) => dag.unknowns.map((unknown) => unknown.file)),
    ...document.dags.filter((dag) => dag.unknowns.length > 0).flatMap((dag) => filesOf(document, dag.dag_id)),
  ]);
}

/** Import errors that we claim and Airflow doesn't have, and those whose kinds differ. */
function compareImportErrors(truth, document) {
  const kinds = new Map(truth.import_errors.map((error) => [error.file, error.kind]));
  return document.import_errors.flatMap((error) => {
    const expected = kinds.get(error.file);
    if (expected === error.kind) return [];
    return [{ field: `import error of ${error.file}`, truth: expected ?? null, ours: error.kind }];
  });
}

/** The first reason why a DAG is not exact, as a line for the list of top reasons. */
function reasonOf(dag) {
  const [first] = dag.unknowns;
  return first === undefined ? `${dag.status} without a reason` : `${first.kind}: ${first.reason}`;
}

function countReasons(dags) {
  const counts = new Map();
  for (const dag of dags) counts.set(reasonOf(dag), (counts.get(reasonOf(dag)) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || byText(a.reason, b.reason));
}

/** Compares a whole document. `wrong` and the three lists after it are what must be empty. */
export function compareDocuments(truth, document) {
  const expected = new Map(truth.dags.map((dag) => [dag.dag_id, dag]));
  const found = new Set(document.dags.map((dag) => dag.dag_id));
  const explained = explainedFiles(document);
  const exact = document.dags.filter((dag) => dag.status === 'exact');
  const judged = exact.flatMap((ours) => {
    const dag = expected.get(ours.dag_id);
    if (dag === undefined) return [];
    const links = truth.dag_dependencies === null ? [] : differenceOfSets('dag dependencies', linksOf(truth, dag), linksOf(document, ours));
    const files = differenceOfSets('file', [dag.file], filesOf(document, ours.dag_id));
    const differences = [...files, ...compareDag(dag, ours), ...links];
    return [{ dag_id: ours.dag_id, differences, other: compareOtherFields(dag, ours) }];
  });
  const missed = truth.dags.filter((dag) => !found.has(dag.dag_id));
  const errorFiles = new Set(document.import_errors.map((error) => error.file));
  return {
    dags: truth.dags.length,
    exact: exact.length,
    right: judged.filter((dag) => dag.differences.length === 0).length,
    wrong: judged.filter((dag) => dag.differences.length > 0),
    invented: exact.filter((dag) => !expected.has(dag.dag_id)).map((dag) => dag.dag_id),
    missedSilently: missed.filter((dag) => !explained.has(dag.file)).map((dag) => dag.dag_id),
    wrongImportErrors: compareImportErrors(truth, document),
    missed: missed.filter((dag) => explained.has(dag.file)).map((dag) => dag.dag_id),
    missedImportErrors: truth.import_errors.filter((error) => !errorFiles.has(error.file)).map((error) => error.file),
    other: judged.filter((dag) => dag.other.length > 0).map(({ dag_id, other }) => ({ dag_id, differences: other })),
    reasons: countReasons(document.dags.filter((dag) => dag.status !== 'exact')),
  };
}

/** How many claims of a comparison are wrong: a number that must be 0. */
export function countSilentlyWrong(comparison) {
  const { wrong, invented, missedSilently, wrongImportErrors } = comparison;
  return wrong.length + invented.length + missedSilently.length + wrongImportErrors.length;
}
