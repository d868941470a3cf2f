import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import { PyClass, PyInstance, PyNative, Unknown } from '../../values.js';
import type { Keywords, NativeCall, Value } from '../../values.js';
import { assetOf } from '../assets.js';
import { importString } from '../dag-factory/values.js';
import { mergeDefaultArgs } from '../default-args.js';
import { baseOperatorClass, operatorClass } from '../operator-class.js';
import { finishInit, initializeOperator, surroundingsOf, templateFieldsOf } from '../operator-init.js';
import { DagState, GroupState } from '../state.js';
import { currentGroup, isAirflow3, stateOf, worldOf } from '../world.js';
import { raiseCosmos } from './errors.js';

/** Arguments of the part that all operators of Cosmos share; the others go to the Airflow operator, or nowhere. */
const ownArguments = [
  'project_dir', 'conn_id', 'select', 'exclude', 'selector', 'vars', 'models', 'emit_datasets', 'indirect_selection', 'cache_selected_only',
  'no_version_check', 'fail_fast', 'quiet', 'warn_error', 'db_name', 'schema', 'env', 'append_env', 'output_encoding', 'skip_exit_code',
  'partial_parse', 'cancel_query_on_kill', 'dbt_executable_path', 'dbt_cmd_flags', 'dbt_cmd_global_flags', 'cache_dir', 'extra_context',
  'interceptors', 'profile_config', 'install_deps', 'full_refresh', 'args',
];

const commonFields = ['env', 'select', 'exclude', 'selector', 'vars', 'models', 'dbt_cmd_flags'];

/** A way of running dbt: the Airflow operator under it, what it templates besides, and what must be given. */
interface Mode {
  readonly name: string;
  /** Undefined for `BaseOperator`. */
  readonly base: string | undefined;
  readonly fields: readonly string[];
  readonly required: readonly string[];
  readonly commands: readonly string[];
}

const commands = ['Build', 'LS', 'Seed', 'Snapshot', 'Source', 'Run', 'Test', 'RunOperation', 'Clone'];
const localFields = ['compiled_sql', 'freshness', 'install_deps'];

/** Execution modes by the module of their operators. */
export const modes: Readonly<Record<string, Mode>> = {
  local: {
    name: 'Local', base: undefined, fields: localFields, required: ['project_dir', 'profile_config'],
    commands: [...commands, 'Docs', 'DocsS3', 'DocsAzureStorage', 'DocsGCS', 'Compile'],
  },
  virtualenv: { name: 'Virtualenv', base: undefined, fields: [...localFields, 'virtualenv_dir', 'is_virtualenv_dir_temporary'], required: ['project_dir', 'profile_config'], commands: [...commands, 'Docs'] },
  docker: { name: 'Docker', base: 'airflow.providers.docker.operators.docker.DockerOperator', fields: [], required: ['image', 'project_dir'], commands },
  kubernetes: { name: 'Kubernetes', base: 'airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator', fields: [], required: ['project_dir'], commands: [...commands, 'Docs', 'DocsS3'] },
};

/** What single commands template besides, and what they require. */
const commandFields: Readonly<Record<string, readonly string[]>> = { Build: ['full_refresh'], Seed: ['full_refresh'], Run: ['full_refresh'], RunOperation: ['args'] };
const commandRequired: Readonly<Record<string, readonly string[]>> = { RunOperation: ['macro_name'] };

/** The operator class of a mode and command (`local`, `Run`). */
export function dbtOperatorClass(rt: Runtime, mode: string, command: string): PyClass | undefined {
  const known = Object.hasOwn(modes, mode) ? modes[mode] : undefined;
  if (known?.commands.includes(command) !== true) return undefined;
  return makeClass(rt, `cosmos.operators.${mode}.Dbt${command}${known.name}Operator`, known, command);
}

/** Names of before the modes: those of `local` without its name. */
export const operatorTable: Readonly<Record<string, (rt: Runtime) => Value>> = Object.fromEntries(
  Object.entries(modes).flatMap(([module, mode]) =>
    mode.commands.flatMap((command) => {
      const make = (rt: Runtime): Value => makeClass(rt, `cosmos.operators.${module}.Dbt${command}${mode.name}Operator`, mode, command);
      const entry = [`Dbt${command}${mode.name}Operator`, make] as const;
      return module === 'local' ? [entry, [`Dbt${command}Operator`, make] as const] : [entry];
    }),
  ),
);

function makeClass(rt: Runtime, path: string, mode: Mode, command: string): PyClass {
  const { classes } = worldOf(rt);
  const known = classes.get(path);
  if (known !== undefined) return known;
  const base = mode.base === undefined ? baseOperatorClass(rt) : operatorClass(rt, mode.base);
  const dot = path.lastIndexOf('.');
  const cls = new PyClass(rt.stamp(), path.slice(dot + 1), path.slice(0, dot), [base], undefined);
  classes.set(path, cls);
  cls.mro = [cls, ...base.mro];
  cls.unknownBase = new Unknown({ kind: 'not_modelled', text: `an attribute of ${cls.name} that only its own code knows`, place: { file: '', line: 1 } }, path, true);
  const required = [...mode.required, ...(commandRequired[command] ?? [])];
  cls.attributes.set('__init__', new PyNative('__init__', initialize(cls, base, required, mode.base === undefined)));
  const inherited = templateFieldsOf(base);
  const own = [...commonFields, ...mode.fields, ...(commandFields[command] ?? [])];
  cls.attributes.set('template_fields', inherited === undefined ? cls.unknownBase : rt.tuple([...own, ...inherited]));
  return cls;
}

function initialize(cls: PyClass, base: PyClass, required: readonly string[], isLocal: boolean): NativeCall {
  return (rt, args, keywords, place) => {
    const [self = null] = args;
    if (!(self instanceof PyInstance)) return null;
    const { dag, group } = surroundingsOf(rt, keywords, place);
    const defaults = mergeDefaultArgs(rt, dag, group, keywords.get('default_args'), place);
    const find = (name: string): Value | undefined => (keywords.has(name) ? keywords.get(name) : defaults.values.get(name));
    const missing = required.filter((name) => !keywords.has(name) && !defaults.values.has(name));
    if (missing.length > 0 && defaults.hidden === undefined) rt.raise('TypeError', `${cls.name} is missing ${missing.join(', ')}`, place);
    if (isLocal) refuseOutputs(rt, keywords, place);
    if (cls.module.endsWith('.docker')) refuseMapping(rt, find('profile_config') ?? null, place);
    for (const name of ownArguments) {
      const value = find(name);
      if (value !== undefined) self.attributes.set(name, value);
    }
    const forwarded = forwardedArguments(rt, base, keywords);
    if (isLocal && !isAirflow3(rt)) addAlias(rt, self, forwarded, keywords.get('emit_datasets') ?? true, place);
    initializeOperator(rt, [...args], forwarded, place, base.path);
    finish(rt, self, cls, place);
    return null;
  };
}

function finish(rt: Runtime, self: PyInstance, cls: PyClass, place: Place): void {
  const state = stateOf(self);
  if (state?.kind !== 'task') return;
  for (const name of commonFields) {
    const value = self.attributes.get(name);
    if (value !== undefined && !state.keywords.has(name)) state.keywords.set(name, value);
  }
  if (self.cls.mro.find((each) => each.attributes.has('__init__')) === cls) finishInit(rt, state, place);
}

/** Fields that Cosmos fills while a task runs: giving them is refused. */
function refuseOutputs(rt: Runtime, keywords: Keywords, place: Place): void {
  const given = ['compiled_sql', 'freshness'].filter((name) => keywords.has(name));
  if (given.length > 0) raiseCosmos(rt, 'CosmosValueError', `${given.join(', ')} can't be given`, place);
}

/** A container can't ask Airflow for a connection: only a file of profiles will do. */
function refuseMapping(rt: Runtime, profile: Value, place: Place): void {
  if (profile === null || profile instanceof Unknown) return;
  const file = rt.findAttribute(profile, 'profiles_yml_filepath', place) ?? null;
  if (file === null || file === '') raiseCosmos(rt, 'CosmosValueError', 'For ExecutionMode.DOCKER a profile must be a file', place);
}

/** What the Airflow operator has a parameter for; Cosmos drops anything else without a word. */
function forwardedArguments(rt: Runtime, base: PyClass, keywords: Keywords): Map<string, Value> {
  const accepted = worldOf(rt).api.acceptedParameters(base.path);
  return new Map([...keywords].filter(([name]) => accepted === null || accepted.has(name) || name === 'default_args'));
}

/** On Airflow 2.10 and later a local task has a dataset alias of its own among its outlets; datasets there become aliases. */
function addAlias(rt: Runtime, self: PyInstance, forwarded: Map<string, Value>, flag: Value, place: Place): void {
  if (rt.airflow.minor < 10) return;
  const emits = rt.truth(flag, place);
  if (emits === false) return;
  if (emits instanceof Unknown) {
    forwarded.set('outlets', emits);
    return;
  }
  const given = forwarded.get('outlets');
  const items = given === undefined ? [] : rt.items(given, place);
  const name = aliasName(rt, self, forwarded, place);
  if (items instanceof Unknown || name instanceof Unknown) {
    forwarded.set('outlets', items instanceof Unknown ? items : name);
    return;
  }
  const cls = importString({ rt, place, isOld: false }, 'airflow.datasets.DatasetAlias');
  const alias = (text: string): Value => rt.call(cls, [], new Map([['name', text]]), place);
  const kept = items.flatMap((item) => {
    const asset = assetOf(item);
    return item instanceof Unknown || asset?.kind === 'alias' ? [item] : asset?.kind === 'asset' ? [alias(asset.uri)] : [];
  });
  forwarded.set('outlets', rt.list([...kept, alias(name)]));
}

/** DAG, innermost group and task joined by `__`: only what the call itself names, not what the open blocks say. */
function aliasName(rt: Runtime, self: PyInstance, keywords: Keywords, place: Place): string | Unknown {
  const named = namedSurroundings(rt, self, keywords);
  const taskId = keywords.get('task_id') ?? '';
  if (named.dag !== undefined && named.dag.dagId === undefined) return named.dag.unknowns[0] ?? rt.unknown('not_modelled', 'a dag_id that is not known', place);
  if (typeof taskId !== 'string') return taskId instanceof Unknown ? taskId : '';
  const last = (text: string): string => text.slice(text.lastIndexOf('.') + 1);
  const ids = [named.dag?.dagId ?? '', last(named.group?.groupId ?? '')].filter((id) => id !== '');
  return [...ids, last(taskId)].join('__');
}

interface Named {
  readonly dag: DagState | undefined;
  readonly group: GroupState | undefined;
}

/** A subclass of the repository is handed the open blocks by our own model of its constructor: they don't count. */
function namedSurroundings(rt: Runtime, self: PyInstance, keywords: Keywords): Named {
  const world = worldOf(rt);
  const isWrapped = !self.cls.mro.find((each) => each.attributes.has('__init__'))?.module.startsWith('cosmos.');
  const dag = stateOf(keywords.get('dag'));
  const group = stateOf(keywords.get('task_group'));
  const open = world.dags.at(-1);
  const ownGroup = group instanceof GroupState && !(isWrapped && group === currentGroup(world, open)) ? group : undefined;
  const ownDag = dag instanceof DagState && !(isWrapped && dag === open) ? dag : undefined;
  return { dag: ownGroup === undefined ? ownDag : ownGroup.dag, group: ownGroup };
}
