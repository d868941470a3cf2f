// The lines that the corpus runner prints.

import { percent, short } from '../conformance/print.mjs';

const listed = (title, lines) => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)]);
const cut = (items, all, most) => (all ? items : items.slice(0, most));

/** What is known of the repository, and what costs most. */
export function documentLines({ statuses, unknowns, modules, unexplained, document }, { all }) {
  const { dags, exact, partial, opaque } = statuses;
  return [
    `Airflow ${document.airflow_version.version} (${document.airflow_version.source})   files ${document.files.length}   ` +
      `import errors ${document.import_errors.length}`,
    `DAGs ${dags}   exact ${exact} (${percent(exact, dags)})   partial ${partial} (${percent(partial, dags)})   ` +
      `opaque ${opaque} (${percent(opaque, dags)})`,
    ...listed(
      'import errors',
      cut(document.import_errors, all, 10).map(({ file, line, kind, reason }) => `${file}:${line}  ${kind}: ${reason}`),
    ),
    ...listed(
      'unknowns, by the DAGs they cost',
      cut(unknowns, all, 25).map(({ kind, reason, dags: cost, place }) => `${String(cost).padStart(4)}  ${kind}: ${reason}  (${place})`),
    ),
    ...listed(
      'modules that are not known, by the DAGs they cost',
      cut(modules, all, 15).map(({ module, dags: cost }) => `${String(cost).padStart(4)}  ${module}`),
    ),
    ...listed('not exact without a reason', unexplained),
  ];
}

function wrongLine({ dag_id, differences }) {
  const [{ field, truth, ours }] = differences;
  const more = differences.length === 1 ? '' : ` and ${differences.length - 1} more`;
  return `${dag_id}  ${field}: Airflow ${short(truth)}, ours ${short(ours)}${more}`;
}

/** How the document stands against what Airflow built. */
export function comparisonLines(comparison, errors) {
  const { dags, right, wrong, invented, missed, missedSilently, wrongImportErrors } = comparison;
  const missing = missed.length + missedSilently.length;
  return [
    `compared with Airflow: DAGs ${dags}   exact and right ${right} (${percent(right, dags)})   exact but wrong ${wrong.length}   ` +
      `partial ${dags - right - wrong.length - missing}   invented ${invented.length}   missed ${missing}`,
    `import errors: both ${errors.both.length}   only Airflow's ${errors.theirs.length}   only ours ${wrongImportErrors.length}`,
    ...listed('exact but wrong', wrong.map(wrongLine)),
    ...listed('exact, in a file that Airflow refused', errors.refused),
    ...listed('exact, and not in Airflow at all', invented.filter((id) => !errors.refused.some((line) => line.startsWith(`${id} `)))),
    ...listed('missed without a word', missedSilently),
    ...listed('missed, with something unknown in the file', missed),
    ...listed('import errors that only Airflow has', errors.theirs),
    ...listed('import errors that only we have, or of another kind', wrongImportErrors.map(({ field, truth, ours }) => `${field}: Airflow ${short(truth)}, ours ${short(ours)}`)),
  ];
}
