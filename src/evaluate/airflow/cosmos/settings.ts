import type { Place } from '../../../model/place.js';
import { pathText } from '../../library/paths/path-text.js';
import { libraryPlace } from '../../library/define.js';
import type { Runtime } from '../../runtime.js';
import { noKeywords, PyDict, PyList, Unknown } from '../../values.js';
import type { Keywords, Value } from '../../values.js';
import { raiseCosmos } from './errors.js';
import { pathParts } from './node.js';

/** What can't be rendered, and why: the group stays one whose tasks are not known. */
export class NotRendered extends Error {
  constructor(readonly reason: Unknown) {
    super(reason.reason.text);
  }
}

/** What the configuration objects say, as plain values. */
export interface Settings {
  readonly mode: string;
  readonly tests: string;
  readonly indirectSelection: string;
  readonly loadMethod: string;
  readonly manifest: string | undefined;
  /** The project's folder as the tasks see it. */
  readonly project: string;
  /** The folder as `ProjectConfig` gives it, where Airflow wants to find it while it reads DAGs. */
  readonly ownProject: string | undefined;
  readonly models: string | undefined;
  readonly projectName: string;
  readonly profilesFile: string | undefined;
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly sources: string;
  readonly seeds: string;
  readonly isGrouped: boolean;
  readonly detaches: boolean;
  readonly prunesSources: boolean;
  readonly inheritsOwner: boolean;
  readonly emptyEphemeral: boolean;
  /** Arguments of every task. */
  readonly arguments: Map<string, Value>;
}

/** Reads the attributes of one configuration object; a value that isn't known ends the rendering. */
class Reader {
  constructor(
    private readonly rt: Runtime,
    private readonly object: Value,
    private readonly place: Place,
  ) {}

  get(name: string): Value {
    const { rt, object, place } = this;
    if (object instanceof Unknown) throw new NotRendered(object);
    const value = rt.findAttribute(object, name, place) ?? null;
    if (value instanceof Unknown) throw new NotRendered(value);
    return value;
  }

  member(name: string): string {
    const value = this.get(name);
    const text = value === null ? null : this.rt.findAttribute(value, 'value', this.place);
    if (typeof text !== 'string') throw new NotRendered(this.rt.unknown('not_modelled', `${name} is no member of Cosmos' own enum`, this.place));
    return text;
  }

  path(name: string): string | undefined {
    const value = this.get(name);
    return value === null || value === '' ? undefined : pathText(this.rt, value, this.place);
  }

  isTrue(name: string): boolean {
    const truth = this.rt.truth(this.get(name), this.place);
    if (truth instanceof Unknown) throw new NotRendered(truth);
    return truth;
  }

  /** A list of texts; a plain text is taken letter by letter, as Python iterates it. */
  texts(name: string): string[] {
    const value = this.get(name);
    if (typeof value === 'string') return [...value];
    if (value === null) return this.rt.raise('TypeError', "'NoneType' object is not iterable", this.place);
    const items = value instanceof PyList && value.taint !== undefined ? value.taint : this.rt.items(value, this.place);
    if (items instanceof Unknown) throw new NotRendered(items);
    return items.map((item) => {
      if (item instanceof Unknown) throw new NotRendered(item);
      return typeof item === 'string' ? item : this.rt.raise('AttributeError', `'${this.rt.classOf(item).name}' object has no attribute 'split'`, this.place);
    });
  }
}

/** Reads what `DbtDag` or `DbtTaskGroup` got; raises NotRendered, or CosmosValueError as Cosmos does. */
export function readSettings(rt: Runtime, keywords: Keywords, place: Place): Settings {
  const made = (name: string): Value => rt.call(rt.getAttribute(rt.librarySource('cosmos'), name, libraryPlace), [], noKeywords, place);
  const given = (name: string): Value => keywords.get(name) ?? null;
  const reader = (value: Value): Reader => new Reader(rt, value, place);
  const project = reader(given('project_config') ?? rt.raise('TypeError', "missing 1 required positional argument: 'project_config'", place));
  const execution = reader(given('execution_config') ?? made('ExecutionConfig'));
  const render = reader(given('render_config') ?? made('RenderConfig'));
  const profile = given('profile_config');
  const mode = execution.member('execution_mode');
  refuseUnmodelled(rt, render, mode, place);
  if (profile === null && (mode === 'local' || mode === 'virtualenv')) raiseCosmos(rt, 'CosmosValueError', `The profile_config is mandatory when using ${mode}`, place);
  const ownProject = project.path('dbt_project_path');
  const executionProject = execution.path('project_path');
  if (ownProject !== undefined && (executionProject ?? render.path('project_path')) !== undefined) {
    raiseCosmos(rt, 'CosmosValueError', 'ProjectConfig.dbt_project_path excludes those of RenderConfig and ExecutionConfig', place);
  }
  const path = ownProject ?? executionProject;
  if (path === undefined) return raiseCosmos(rt, 'CosmosValueError', 'ExecutionConfig.dbt_project_path is required', place);
  const seeds = render.member('seed_rendering_behavior');
  if (seeds === 'when_seed_changes' && mode !== 'local' && mode !== 'virtualenv') raiseCosmos(rt, 'CosmosValueError', `WHEN_SEED_CHANGES does not go with ${mode}`, place);
  const arguments_ = taskArguments(rt, { project, execution, render, operatorArguments: given('operator_args'), profile, mode }, place);
  return {
    mode,
    tests: render.member('test_behavior'),
    indirectSelection: execution.member('test_indirect_selection'),
    loadMethod: render.member('load_method'),
    manifest: project.path('manifest_path'),
    project: path,
    ownProject,
    models: project.path('models_path'),
    projectName: nameOf(render.path('project_path') ?? ownProject) ?? textOf(project.get('project_name')),
    profilesFile: profile === null || profile instanceof Unknown ? undefined : reader(profile).path('profiles_yml_filepath'),
    select: render.texts('select'),
    exclude: render.texts('exclude'),
    sources: render.member('source_rendering_behavior'),
    seeds,
    isGrouped: render.isTrue('group_nodes_by_folder'),
    detaches: render.isTrue('should_detach_multiple_parents_tests'),
    prunesSources: render.isTrue('source_pruning'),
    inheritsOwner: render.isTrue('enable_owner_inheritance'),
    emptyEphemeral: render.isTrue('ephemeral_models_as_empty_operator'),
    arguments: arguments_,
  };
}

const textOf = (value: Value): string => (typeof value === 'string' ? value : '');

/** `Path(...).stem`. */
function nameOf(path: string | undefined): string | undefined {
  const last = path === undefined ? undefined : pathParts(path).at(-1);
  return last === undefined || last === '/' ? undefined : last.replace(/(?<=.)\.[^.]+$/, '');
}

/** What shapes the graph by code of the repository or by dbt itself. */
function refuseUnmodelled(rt: Runtime, render: Reader, mode: string, place: Place): void {
  const refuse = (text: string): never => {
    throw new NotRendered(rt.unknown('not_modelled', text, place));
  };
  if (!['local', 'virtualenv', 'docker', 'kubernetes'].includes(mode)) refuse(`Cosmos' execution mode ${mode} is not modelled`);
  for (const name of ['node_converters', 'normalize_task_id', 'normalize_task_display_name', 'selector']) {
    if (render.isTrue(name)) refuse(`RenderConfig.${name} is not modelled`);
  }
}

interface Sources {
  readonly project: Reader;
  readonly execution: Reader;
  readonly render: Reader;
  readonly operatorArguments: Value;
  readonly profile: Value;
  readonly mode: string;
}

function taskArguments(rt: Runtime, sources: Sources, place: Place): Map<string, Value> {
  const { project, execution, render, operatorArguments, mode } = sources;
  const result = readOperatorArguments(rt, operatorArguments, place);
  const environment = project.get('env_vars');
  if (result.has('env') && rt.truth(environment, place) !== false) raiseCosmos(rt, 'CosmosValueError', 'env_vars and operator_args env exclude each other', place);
  for (const name of ['dbt_executable_path', 'invocation_mode']) {
    const value = execution.get(name);
    if (value !== null) result.set(name, value);
  }
  if (mode === 'local' || mode === 'virtualenv') {
    const installs = execution.get('install_dbt_deps');
    if (installs !== null) result.set('install_deps', installs);
    else if (!result.has('install_deps')) result.set('install_deps', project.get('install_dbt_deps'));
    if (!result.has('copy_dbt_packages')) result.set('copy_dbt_packages', project.get('copy_dbt_packages'));
  }
  const path = project.get('dbt_project_path') ?? execution.get('project_path');
  const own: readonly (readonly [string, Value])[] = [
    ['project_dir', path],
    ['partial_parse', project.get('partial_parse')],
    ['profile_config', sources.profile],
    ['emit_datasets', render.get('emit_datasets')],
    ['env', result.get('env') ?? environment],
    ['vars', result.get('vars') ?? project.get('dbt_vars')],
    ['manifest_filepath', project.get('manifest_path')],
  ];
  for (const [name, value] of own) result.set(name, value);
  return result;
}

function readOperatorArguments(rt: Runtime, value: Value, place: Place): Map<string, Value> {
  const result = new Map<string, Value>();
  if (value === null) return result;
  if (value instanceof Unknown) throw new NotRendered(value);
  if (!(value instanceof PyDict)) throw new NotRendered(rt.unknown('not_modelled', 'operator_args that are no dict', place));
  if (value.taint !== undefined) throw new NotRendered(value.taint);
  for (const { key, value: item } of value.entries.values()) if (typeof key === 'string') result.set(key, item);
  for (const name of ['task_id', 'dag', 'task_group', 'extra_context']) {
    if (result.has(name)) rt.raise('TypeError', `got multiple values for keyword argument '${name}'`, place);
  }
  return result;
}
