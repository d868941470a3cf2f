import { splitArchivePath } from '../discover/archive.js';
import { compareText } from '../model/place.js';
import type { Place } from '../model/place.js';
import type { Assumption, ImportError, RequiredInput } from '../model/graph.js';
import { BudgetExceeded } from './budgets.js';
import type { Interpreter } from './create.js';
import { emptyRecord } from './python/loader.js';
import { describeException } from './python/exceptions.js';
import { PyRaise } from './runtime.js';
import { DagState } from './airflow/state.js';
import { withSubdags } from './airflow/subdags.js';
import { resetWorld, stateOf, worldOf } from './airflow/world.js';
import type { PyModule } from './values.js';
import { Unknown } from './values.js';

/** What evaluating one file as Airflow loads it gave. */
export interface FileResult {
  readonly file: string;
  /** DAGs that Airflow would register, in the order they were made. */
  readonly dags: readonly DagState[];
  readonly importError: ImportError | undefined;
  readonly unknowns: readonly Unknown[];
  readonly assumptions: readonly Assumption[];
  readonly inputs: readonly RequiredInput[];
  /** Why the order of something that shaped the file's values may be another. */
  readonly orders: readonly Unknown[];
}

/** Evaluates a DAG file. Never throws for what stands in the file. */
export function evaluateFile(machine: Interpreter, file: string): FileResult {
  machine.startFile(file);
  resetWorld(machine);
  const record = emptyRecord();
  machine.records.length = 0;
  machine.records.push(record);
  let module: PyModule | undefined;
  let importError: ImportError | undefined;
  const unknowns: Unknown[] = [];
  try {
    module = machine.loader.loadFile(file, dagModuleName(file));
  } catch (error) {
    const outcome = judge(machine, file, error);
    if (outcome instanceof Unknown) unknowns.push(outcome);
    else importError = outcome;
  }
  unknowns.push(...record.doubts);
  const dags = importError === undefined ? registeredDags(machine, module, unknowns.length > record.doubts.length) : [];
  for (const dag of dags) {
    for (const unknown of unknowns) dag.spoil(unknown);
    dag.conditions = [...dag.conditions, ...record.conditions];
  }
  unknowns.push(...possibleDags(machine, module, dags));
  return {
    file,
    dags,
    importError,
    unknowns,
    assumptions: [...record.assumptions.values()],
    inputs: [...record.inputs.values()],
    orders: record.orders,
  };
}

/** Airflow's own name holds a hash of the absolute path, which no result may depend on. */
function dagModuleName(file: string): string {
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.py$/, '');
  // A module of an archive is imported under its own name.
  return splitArchivePath(file) === undefined ? `unusual_prefix_${stem}` : stem;
}

/** What stopped a file: an exception that Python raises too, or the end of what can be told. */
function judge(machine: Interpreter, file: string, error: unknown): ImportError | Unknown {
  const here = (place: Place): Place => (place.file === '' ? { file, line: 1 } : { file: place.file, line: place.line });
  if (error instanceof PyRaise) {
    const place = here(error.place);
    if (error.value instanceof Unknown) return error.value;
    const kind = error.value.cls.name === 'SyntaxError' ? 'syntax' : 'exception';
    if (place.file === file) return { kind, reason: describeException(machine, error), file, line: place.line };
    const imported = machine.loader.importPlaceOf(error);
    const line = imported?.file === file ? imported.line : 1;
    return { kind, reason: `${describeException(machine, error)} (${place.file}:${place.line.toString()})`, file, line };
  }
  if (error instanceof BudgetExceeded) {
    return new Unknown({ kind: 'budget', text: error.message, place: here(error.place) });
  }
  if (error instanceof RangeError) {
    return new Unknown({ kind: 'budget', text: 'the code is nested too deep to be evaluated', place: { file, line: 1 } });
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new Unknown({ kind: 'not_modelled', text: `the analyser failed on this file, which is a bug: ${text.split('\n').slice(0, 2).join(' ')}`, place: { file, line: 1 } });
}

/**
 * What may hold DAGs that can't be seen: variables that hold the result of a call of something unknown, and in a file
 * without any DAG every such call. They say nothing about the DAGs that are seen.
 */
function possibleDags(machine: Interpreter, module: PyModule | undefined, dags: readonly DagState[]): Unknown[] {
  if (dags.length === 0) return machine.strangers.slice(0, 1);
  const values = [...(module?.variables.values() ?? [])];
  return values.flatMap((value) => (value instanceof Unknown && !value.isInert && value.path.endsWith('()') ? [value] : []));
}

/** DAGs among the module's variables, and those whose `with` block ended while the file was read. */
function registeredDags(machine: Interpreter, module: PyModule | undefined, wasCut: boolean): DagState[] {
  const world = worldOf(machine);
  const values = [...(module?.variables.values() ?? []), ...machine.hiddenGlobals];
  const visible = new Set(world.registered);
  for (const value of values) {
    const state = stateOf(value);
    if (state instanceof DagState) visible.add(state);
  }
  const reasons = new Set(values.flatMap((value) => (value instanceof Unknown ? [value.reason] : [])));
  // A DAG that only one arm of an unknown condition makes hides behind the variable's unknown.
  for (const dag of world.made) if (wasCut || dag.unknowns.some((each) => reasons.has(each.reason))) visible.add(dag);
  const dags = withSubdags(visible);
  return dags.sort((a, b) => compareText(a.dagId ?? '', b.dagId ?? ''));
}
