import type { UnknownKind } from './unknown.js';

/** What would make an unknown of each kind known. One line for the user. */
export const unknownCures: Record<UnknownKind, string> = {
  budget: 'simplify the loop or recursion at this place; it is larger than the analyser unrolls',
  condition: 'give the value that the condition depends on (--variables, --env)',
  connection: 'a connection is only known where Airflow runs; keep what shapes the DAG in a Variable or in the code',
  dynamic_import: 'import the module by a literal name',
  environment: 'give the environment variable with --env NAME=VALUE',
  escape: 'the object is handed to code outside the repository that could change it; build it in the repository',
  external_data: 'the structure depends on a database, network or file outside the repository at parse time',
  file_unreadable: 'make the file readable inside the repository',
  loop: 'the loop runs over something unknown; make its source known',
  missing_module: 'add the module to the repository or point --dags-root at the folder that holds it',
  missing_variable: 'give the Airflow Variable with --variables FILE',
  mutation: 'the object is changed under a condition that is not known',
  not_modelled: 'this function is not modelled; the structure that depends on it is not known',
  opaque_library: 'the library is not modelled; the structure that depends on its result is not known',
  parse: 'write valid Python into the file, or delete it',
  random: 'the value is random at every parse; use a constant',
  runtime_value: 'the value exists only while the task runs',
  secret: 'secrets of files are not read; give a stand-in with --env NAME=VALUE (for a Variable --env AIRFLOW_VAR_NAME=VALUE)',
  time: 'the value depends on the clock at parse time; use a constant',
  unsupported_syntax: 'this language form is not evaluated; use a simpler one',
  version: 'say the Airflow version with --airflow-version, or the releases of providers with --requirements FILE (what pip freeze prints where Airflow runs)',
};
