// Turns a comparison into the lines that a person reads.

export const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);
export const short = (value) => {
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
};

const differenceLines = ({ field, truth, ours }) => [
  `      ${field}`,
  `        airflow  ${short(truth)}`,
  `        ours     ${short(ours)}`,
];

function dagLines(title, dags) {
  return dags.length === 0
    ? []
    : [`  ${title}`, ...dags.flatMap((dag) => [`    ${dag.dag_id}`, ...dag.differences.flatMap(differenceLines)])];
}

const idLines = (title, ids) => (ids.length === 0 ? [] : [`  ${title}: ${ids.join(', ')}`]);

/** The result of one corpus. What is wrong is always written out; the rest only when it was asked for. */
export function comparisonLines(corpus, comparison, { verbose }) {
  const { dags, exact, right, wrong, invented, missedSilently, wrongImportErrors, reasons } = comparison;
  return [
    `${corpus.name} on Airflow ${corpus.airflow}`,
    `  DAGs ${dags}   called exact ${exact} (${percent(exact, dags)})   exact and right ${right} (${percent(right, dags)})`,
    `  called exact but wrong ${wrong.length}   not in Airflow ${invented.length}   ` +
      `silently missed ${missedSilently.length}   wrong import errors ${wrongImportErrors.length}`,
    ...dagLines('called exact but wrong', wrong),
    ...idLines('called exact, but Airflow does not have them', invented),
    ...idLines('missed without a word', missedSilently),
    ...dagLines('wrong import errors', wrongImportErrors.length === 0 ? [] : [{ dag_id: '', differences: wrongImportErrors }]),
    ...idLines('missed, with something unknown in the file', comparison.missed),
    ...idLines('import errors of Airflow that we do not report', comparison.missedImportErrors),
    ...(verbose
      ? dagLines('other fields that differ', comparison.other)
      : idLines('other fields differ in', comparison.other.map((dag) => dag.dag_id))),
    ...(reasons.length === 0 ? [] : ['  not exact because']),
    ...reasons.slice(0, verbose ? reasons.length : 10).map(({ reason, count }) => `    ${count}  ${reason}`),
  ];
}

/** One line per corpus at the end. */
export function summaryLines(results) {
  return results.map(({ corpus, comparison, failures }) => {
    const name = `${corpus.name} ${corpus.airflow}`.padEnd(32);
    const counts = comparison === null ? '' : `${comparison.right}/${comparison.dags} right (${percent(comparison.right, comparison.dags)})`;
    return `${failures.length === 0 ? 'pass' : 'FAIL'}  ${name} ${counts}${failures.map((failure) => `\n        ${failure}`).join('')}`;
  });
}
