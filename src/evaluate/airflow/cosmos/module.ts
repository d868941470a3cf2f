import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import { PyNative, Unknown } from '../../values.js';
import type { Keywords, PyClass, Value } from '../../values.js';
import { dagClass } from '../dag.js';
import { defineModelledClass } from '../define.js';
import { groupClass } from '../group.js';
import { DagState } from '../state.js';
import { stateOf } from '../world.js';

/** Astronomer Cosmos (https://github.com/astronomer/astronomer-cosmos): DAGs and groups of the models of a dbt project. */

/** Arguments that are Cosmos' own: the others go to Airflow's `DAG` or `TaskGroup`. `dag` goes to both. */
const ownArguments: ReadonlySet<string> = new Set([
  'project_config', 'profile_config', 'execution_config', 'render_config', 'task_group', 'operator_args', 'on_warning_callback',
]);

/** A class of Cosmos over Airflow's: what Airflow makes of it is there, the tasks of the dbt project are not known. */
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
      hideTasks(runtime, name, self, place);
      return null;
    }),
  );
  return cls;
}

function hideTasks(rt: Runtime, name: string, self: Value, place: Place): void {
  const state = stateOf(self);
  const dag = state === undefined ? undefined : DagState.of(state);
  dag?.spoil(rt.unknown('external_data', `the tasks of ${name} are those of a dbt project, which is not read`, place));
}

/** What a name of Cosmos is that isn't modelled: its operators may be tasks, anything else is configuration. */
export function cosmosName(module: string, name: string, place: Place): Unknown {
  const path = `${module}.${name}`;
  const isInert = !/(?:Operator|Sensor)$/.test(name);
  return new Unknown({ kind: 'not_modelled', text: `${path} is not modelled`, place }, path, isInert);
}

/** `cosmos` and the modules in which its classes are defined. */
export const cosmosModule: ModuleTable = {
  DbtDag: (rt) => derived(rt, 'DbtDag', dagClass(rt, rt.airflow.major >= 3 ? 'airflow.sdk.definitions.dag.DAG' : 'airflow.models.dag.DAG'), new Map()),
  DbtTaskGroup: (rt) =>
    derived(
      rt,
      'DbtTaskGroup',
      groupClass(rt, rt.airflow.major >= 3 ? 'airflow.sdk.definitions.taskgroup.TaskGroup' : 'airflow.utils.task_group.TaskGroup'),
      new Map([['group_id', 'dbt_task_group']]),
    ),
};
