import type { Place } from '../../../model/place.js';
import { fromPython } from '../../library/from-python.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import { PyNative, Unknown } from '../../values.js';
import type { Keywords, PyClass, Value } from '../../values.js';
import { dagClass } from '../dag.js';
import { defineModelledClass } from '../define.js';
import { groupClass } from '../group.js';
import { DagState } from '../state.js';
import { stateOf } from '../world.js';
import { operatorTable } from './operators.js';
import { otherRelease } from './release.js';
import { renderProject } from './render.js';
import { NotRendered } from './settings.js';

/** Astronomer Cosmos (https://github.com/astronomer/astronomer-cosmos), as of 1.15: DAGs and groups of the models of a dbt project. */

/** Arguments that are Cosmos' own: the others go to Airflow's `DAG` or `TaskGroup`. `dag` goes to both. */
const ownArguments: ReadonlySet<string> = new Set([
  'project_config', 'profile_config', 'execution_config', 'render_config', 'task_group', 'operator_args', 'on_warning_callback',
]);

/** A class of Cosmos over Airflow's, with the tasks of a dbt project in it. */
function derived(rt: Runtime, name: string, base: PyClass, defaults: Keywords): PyClass {
  const path = `cosmos.${name}`;
  const cls = defineModelledClass(rt, path, { isOpen: true, base });
  const initialize = base.attributes.get('__init__');
  if (cls.construct !== undefined || initialize === undefined) return cls;
  cls.construct = (runtime, made) => runtime.instance(made);
  cls.attributes.set(
    '__init__',
    new PyNative('__init__', (runtime, [self = null, ...args], keywords, place) => {
      const forAirflow = [...keywords].filter(([key]) => !ownArguments.has(key));
      const given = args.length > 0 ? forAirflow : [...defaults, ...forAirflow];
      runtime.call(initialize, [self, ...args], new Map(given), place);
      // What stands after the group's id would be taken for the project's configuration too.
      if (args.length > defaults.size) runtime.raise('TypeError', `${name}.__init__() got multiple values for argument 'project_config'`, place);
      render(runtime, self, keywords, place);
      return null;
    }),
  );
  return cls;
}

function render(rt: Runtime, self: Value, keywords: Keywords, place: Place): void {
  const state = stateOf(self);
  const dag = state === undefined ? undefined : DagState.of(state);
  if (dag === undefined) return;
  try {
    renderProject(rt, { dag: dag.instance, group: state?.kind === 'group' ? self : null }, keywords, place);
    const other = otherRelease(rt, place);
    if (other !== undefined) dag.spoil(other);
  } catch (error) {
    if (!(error instanceof NotRendered)) throw error;
    dag.spoil(error.reason);
  }
}

/** What a name of Cosmos is that isn't modelled: its operators may be tasks, anything else is configuration. */
export function cosmosName(rt: Runtime, module: string, name: string, place: Place): Value {
  const path = `${module}.${name}`;
  if (name.endsWith('ProfileMapping')) return profileMapping(rt, path);
  const isInert = !/(?:Operator|Sensor)$/.test(name);
  return new Unknown({ kind: 'not_modelled', text: `${path} is not modelled`, place }, path, isInert);
}

/** A class that makes a dbt profile of a connection: no part of the graph. */
function profileMapping(rt: Runtime, path: string): PyClass {
  const construct: PyClass['construct'] = (runtime, made) => runtime.instance(made);
  const cls = defineModelledClass(rt, path, { isOpen: true, construct, methods: { __bool__: () => true } });
  cls.isReadyWhenMade = true;
  return cls;
}

const configuration = [
  'CosmosValueError', 'DbtResourceType', 'ExecutionConfig', 'ExecutionMode', 'InvocationMode', 'LoadMode', 'ProfileConfig', 'ProjectConfig',
  'RenderConfig', 'SeedRenderingBehavior', 'SourceRenderingBehavior', 'TestBehavior', 'TestIndirectSelection',
];

/** `cosmos` and the modules in which its classes are defined. */
export const cosmosModule: ModuleTable = {
  ...fromPython('cosmos', configuration),
  ...operatorTable,
  DbtDag: (rt) => derived(rt, 'DbtDag', dagClass(rt, rt.airflow.major >= 3 ? 'airflow.sdk.definitions.dag.DAG' : 'airflow.models.dag.DAG'), new Map()),
  DbtTaskGroup: (rt) =>
    derived(
      rt,
      'DbtTaskGroup',
      groupClass(rt, rt.airflow.major >= 3 ? 'airflow.sdk.definitions.taskgroup.TaskGroup' : 'airflow.utils.task_group.TaskGroup'),
      new Map([['group_id', 'dbt_task_group']]),
    ),
};
