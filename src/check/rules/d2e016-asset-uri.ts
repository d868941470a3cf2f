import { placeOf, type CheckRule, type Estate, type FindingDraft } from './rule.js';

/** What makes a URI one of several spellings of the same place. */
const oddities: readonly { pattern: RegExp; text: string }[] = [
  { pattern: /^[a-z0-9+.-]*[A-Z][A-Za-z0-9+.-]*:/, text: 'its scheme has capital letters' },
  { pattern: /\s/, text: 'it holds white space' },
  { pattern: /^[^:]+:\/\/[^?#]*[^/:]\/\//, text: 'it has an empty part between two slashes' },
  { pattern: /^[^:]+:\/\/[^?#]*\/\.{1,2}(\/|$)/, text: 'it has a relative part' },
  { pattern: /^[^:]+:\/\/[^/?#]+\/[^?#]*\/$/, text: 'it ends with a slash' },
];

/** D2E016: a URI that the next author will spell otherwise. */
export const assetUri: CheckRule = {
  doc: {
    id: 'D2E016',
    kind: 'check',
    title: 'Asset URI that is not in normal form',
    level: 'note',
    versions: '2.4 and later',
    why: 'Airflow compares URIs to the letter. One with a slash at its end, capital letters in its scheme or empty parts is not equal to the usual spelling of the same place.',
    cure: 'Write the scheme in small letters, and the path without empty or relative parts and without a slash at its end.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("load", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load", outlets=[Asset("x-lake://raw/orders/")])
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Asset

with DAG("load", schedule="@daily"):
    BashOperator(task_id="load", bash_command="load", outlets=[Asset("x-lake://raw/orders")])
`,
    },
  },
  find: (estate) => estate.analysis.graph.assets.flatMap((asset) => findAt(asset, estate)),
};

function findAt({ uri, producers, consumers, file, line }: Estate['analysis']['graph']['assets'][number], estate: Estate): FindingDraft[] {
  const found = oddities.filter(({ pattern }) => uri.includes('://') && pattern.test(uri));
  if (found.length === 0) return [];
  const [producer] = producers;
  const user = producer === undefined ? estate.dag(consumers[0] ?? '') : estate.task(producer.dag_id, producer.task_id);
  return [
    {
      level: 'note',
      dag_id: producer?.dag_id ?? consumers[0] ?? null,
      task_id: producer?.task_id ?? null,
      subject: uri,
      message: `the asset ${uri} is not in normal form: ${found.map(({ text }) => text).join(', ')}`,
      place: user === undefined ? { file, line } : placeOf(user),
      related: [],
    },
  ];
}
