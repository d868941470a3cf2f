// What is compared, with which Airflow, and when it passes: shared by the runner and the test of the committed goldens.

import { countSilentlyWrong } from './compare.mjs';

/**
 * @typedef {object} Corpus
 * @property {string} name
 * @property {string} airflow the version that builds it
 * @property {string} root    the folder that is analysed; for `examples` inside the installed package
 * @property {string} dags    the DAGs folder, relative to root
 * @property {string | null} variables relative to root
 * @property {string | null} golden    where the committed truth is; null for corpora that are not ours
 * @property {number} minimumRight     share of DAGs that must be called exact and be right
 * @property {string} [environment]    key of `environments` where it isn't the version
 * @property {boolean} [isLong] runs only when it is named
 * @property {string[]} [leftOut] example DAGs of installed packages are gathered below `root`, without these files
 * @property {boolean} [hasSources] the examples are those of source distributions; `root` says which, and holds stand-ins
 * @property {Record<string, string>} [given] environment variables that both sides get
 * @property {string[]} unknowable     DAGs that depend on something outside the repository: they may not be called exact
 */

const graph = (folder, airflow) => ({
  name: `graph-${folder}`,
  airflow,
  root: `fixtures/graph/${folder}`,
  dags: '.',
  variables: null,
  golden: `fixtures/graph/expected/${folder}-${airflow}.json`,
  minimumRight: 0.9,
  unknowable: [],
});

/** Fixtures of a package that makes DAGs of configuration: in environments that hold it. */
const factory = (folder, airflow) => ({ ...graph(folder, airflow), environment: `${airflow}-factories` });

/** Fixtures of Cosmos: with the providers of the operators that it derives its own from. */
const cosmos = (airflow) => ({ ...graph('cosmos', airflow), environment: `${airflow}-cosmos` });

const repository = (name, airflow, unknowable) => ({
  name,
  airflow,
  root: `fixtures/repos/${name}`,
  dags: 'dags',
  variables: 'variables.json',
  golden: `fixtures/repos/expected/${name}-${airflow}.json`,
  minimumRight: 0.9,
  unknowable,
});

/** A request to the planner with its own context file: its DAGs must be what Airflow builds, or the plan is about others. */
const planned = (name) => ({
  name: `plan-${name}`,
  airflow: '3.2.2',
  root: `fixtures/plans/${name}`,
  dags: 'dags',
  variables: null,
  golden: `fixtures/plans/expected/${name}-3.2.2.json`,
  minimumRight: 1,
  unknowable: [],
});

const examples = (airflow) => ({
  name: 'examples',
  airflow,
  root: 'airflow/example_dags',
  dags: '.',
  variables: null,
  golden: null,
  minimumRight: 0.6,
  unknowable: [],
});

/**
 * What the providers of spring 2022 shipped as examples, on a current Airflow. Three files need a library that can't be
 * built any more or isn't installed, so Airflow refuses them for a reason that is not in them.
 */
const providers2022 = {
  ...examples('2.11.2'),
  name: 'providers-2022',
  root: 'airflow/providers',
  environment: '2.11.2-providers-2022',
  isLong: true,
  leftOut: ['example_ads.py', 'example_mysql_to_gcs.py', 'example_leveldb.py'],
  minimumRight: 0.99,
};

/**
 * The examples of today's providers, which their source distributions carry. Three files use the dag_id of another one:
 * which of the two Airflow keeps depends on the order of the folders on the disk. Those of MySQL and LevelDB need
 * C libraries.
 */
const providersNow = {
  ...examples('3.2.2'),
  name: 'providers-now',
  root: 'test/conformance/providers-now',
  environment: '3.2.2-providers',
  isLong: true,
  hasSources: true,
  leftOut: [
    'system/amazon/aws/example_sagemaker_pipeline.py',
    'system/google/cloud/dataflow/example_dataflow_go.py',
    'system/google/cloud/dataflow/example_dataflow_native_python_async.py',
    'system/google/cloud/bigquery/example_bigquery_to_mysql.py',
    'system/google/cloud/gcs/example_mysql_to_gcs.py',
    'system/google/leveldb/example_leveldb.py',
  ],
  given: { USER: 'somebody', AZURE_AI_AGENTS_RUN_PROTOCOL: 'responses' },
  minimumRight: 0.99,
};

/** @type {readonly Corpus[]} */
export const corpora = [
  graph('common', '2.11.2'),
  graph('airflow2', '2.11.2'),
  factory('dag-factory', '2.11.2'),
  cosmos('2.11.2'),
  repository('retail-platform-2x', '2.11.2', ['robot_maintenance']),
  examples('2.11.2'),
  graph('common', '3.2.2'),
  graph('airflow3', '3.2.2'),
  factory('dag-factory', '3.2.2'),
  cosmos('3.2.2'),
  repository('retail-platform', '3.2.2', ['warehouse_partitions']),
  planned('eventbridge-ingestion'),
  planned('cdc-kafka'),
  planned('webhook-bursts'),
  examples('3.2.2'),
  providers2022,
  providersNow,
];

/** Packages that make DAGs of configuration. */
const factories = ['dag-factory==1.1.0'];
const dbt = [
  'astronomer-cosmos==1.15.1',
  'apache-airflow-providers-standard==1.21.0',
  'apache-airflow-providers-cncf-kubernetes==10.25.0',
  'apache-airflow-providers-docker==4.6.1',
];

/**
 * What each environment holds besides the requirements of its example repository: the standard provider for the graph
 * fixtures, and Kubernetes, without which two of the shipped example files define less than they could.
 */
export const environments = {
  '2.11.2': {
    requirements: 'fixtures/repos/retail-platform-2x/requirements.txt',
    packages: ['apache-airflow-providers-standard==1.21.0', 'apache-airflow-providers-cncf-kubernetes==10.25.0'],
  },
  '3.2.2': {
    requirements: 'fixtures/repos/retail-platform/requirements.txt',
    packages: ['apache-airflow-providers-cncf-kubernetes==10.25.0'],
  },
  '2.11.2-factories': { requirements: null, packages: ['apache-airflow==2.11.2', 'apache-airflow-providers-standard==1.21.0', ...factories] },
  '2.11.2-cosmos': { requirements: null, packages: ['apache-airflow==2.11.2', ...dbt] },
  '3.2.2-cosmos': { requirements: null, packages: ['apache-airflow==3.2.2', ...dbt] },
  '3.2.2-factories': { requirements: null, packages: ['apache-airflow==3.2.2', 'apache-airflow-providers-standard==1.21.0', ...factories] },
  '3.2.2-providers': {
    requirements: 'scripts/knowledge/requirements-3.2.txt',
    // The last three read what the source distributions say of themselves; the examples skip themselves with pytest.
    packages: ['apache-airflow-providers-duckdb==0.2.1', 'pytest==8.4.2', 'pip', 'flit_core==3.12.0', 'hatchling'],
    overrides: 'scripts/knowledge/overrides.txt',
    versions: ['3.12'],
  },
  '2.11.2-providers-2022': {
    requirements: 'test/conformance/providers-2022/requirements.txt',
    packages: [],
    overrides: 'test/conformance/providers-2022/overrides.txt',
    versions: ['3.10'],
    // Generated code of the old Google libraries is refused by the compiled protobuf.
    variables: { PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION: 'python' },
  },
};

/** What a comparison and a document must not show; empty when the corpus passes. */
export function judge(corpus, comparison, document) {
  const wrong = countSilentlyWrong(comparison);
  const share = comparison.dags === 0 ? 0 : comparison.right / comparison.dags;
  const guessed = document.dags.filter((dag) => dag.status === 'exact' && corpus.unknowable.includes(dag.dag_id));
  return [
    ...(wrong === 0 ? [] : [`${wrong} claims are wrong`]),
    ...(share >= corpus.minimumRight ? [] : [`less than ${100 * corpus.minimumRight} % are exact and right`]),
    ...guessed.map((dag) => `${dag.dag_id} is called exact, but depends on something outside the repository`),
  ];
}
