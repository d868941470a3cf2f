import { compareText } from '../../../model/place.js';
import type { Place } from '../../../model/place.js';
import { IGNORE_FILE_NAME, isIgnored, parseIgnoreFile } from '../../../discover/ignore-file.js';
import type { IgnoreRule } from '../../../discover/ignore-file.js';
import { bind } from '../../library/arguments.js';
import { defineClass, lenient } from '../../library/define.js';
import { pathText } from '../../library/paths/path-text.js';
import { repositoryPath, locate } from '../../library/paths/repository.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import { PyRaise } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyDict, PyInstance, PyList, Unknown } from '../../values.js';
import { buildDag } from './build-dag.js';
import { dagsFolderPath, fileDefaults, mergeDefaultArgs } from './defaults.js';
import { loadConfig } from './load-config.js';
import { copyDict, get, mapping, pairs, set } from './values.js';
import type { Site } from './values.js';

/** dag-factory (https://github.com/astronomer/dag-factory): DAGs of YAML files, in the API of 1.x and of before. */

interface Source {
  readonly path: string | undefined;
  readonly config: Value | undefined;
  readonly defaultsFolder: string;
  readonly defaults: Value | undefined;
}

/** Keys of a configuration that are no DAGs. */
const noDags = new Set(['default', 'task_groups']);

/** The DAGs of one configuration by id, or why it isn't known. */
function buildDags(site: Site, source: Source): Map<string, Value> | Unknown {
  const { rt, place } = site;
  const hasPath = source.path !== undefined && source.path !== '';
  if (hasPath === (source.config !== undefined && source.config !== null)) rt.raise('AssertionError', 'Either `config_filepath` or `config` should be provided', place);
  const config = hasPath ? loadConfig(site, source.path ?? '') : (source.config ?? null);
  if (config instanceof Unknown) return config;
  const given = source.defaults instanceof PyDict ? source.defaults : fileDefaults(site, source.path, source.defaultsFolder);
  if (given instanceof Unknown) return given;
  const all = mapping(site, config);
  const own = get(all, 'default') ?? rt.dict();
  const defaults = mapping(site, own);
  set(defaults, 'default_args', mergeDefaultArgs(site, [given, defaults]));
  const levels = site.isOld ? [] : pairs(given).filter(([key]) => key !== 'default_args');
  const dags = new Map<string, Value>();
  for (const [name, value] of pairs(all)) {
    if (noDags.has(name)) continue;
    const dagConfig = rt.dict([...levels, ...pairs(copyDict(rt, mapping(site, value)))]);
    dags.set(name, buildDag(site, name, dagConfig, defaults));
  }
  return dags;
}

function register(site: Site, source: Source, globals: Value): void {
  const dags = buildDags(site, source);
  if (dags instanceof Unknown) site.rt.noteStranger(new Unknown(dags.reason, 'dagfactory.load_yaml_dags'));
  else for (const [id, dag] of dags) site.rt.setItem(globals, id, dag, site.place);
}

/** The text of a path that may be given; empty for one that isn't known, which `hiddenOf` has found before. */
const text = ({ rt, place }: Site, value: Value | undefined, otherwise: string): string =>
  value === undefined || value === null ? otherwise : value instanceof Unknown ? '' : pathText(rt, value, place);

const hiddenOf = (values: readonly (Value | undefined)[]): Unknown | undefined => values.find((each) => each instanceof Unknown);

const loaderParameters = 'globals_dict dags_folder? config_filepath? defaults_config_path? config_dict? defaults_config_dict? suffix? default_args_config_path?';

const loadYamlDags: NativeCall = (rt, args, keywords, place) => {
  const bound = bind(rt, 'load_yaml_dags', loaderParameters, args, keywords, place);
  const site: Site = { rt, place, isOld: false };
  const globals = bound.globals_dict ?? null;
  const defaultsFolder = text(site, bound.defaults_config_path ?? bound.default_args_config_path, dagsFolderPath(site));
  const path = text(site, bound.config_filepath, '');
  const folder = text(site, bound.dags_folder, dagsFolderPath(site));
  const hidden = hiddenOf(Object.values(bound));
  if (hidden !== undefined) {
    rt.noteStranger(hidden);
    return null;
  }
  const source = { defaultsFolder, defaults: bound.defaults_config_dict };
  if (path !== '' || (bound.config_dict !== undefined && bound.config_dict !== null)) {
    register(site, { ...source, path: path === '' ? undefined : path, config: bound.config_dict }, globals);
  } else loadFolder(site, folder, bound.suffix, source, globals);
  return null;
};

/** Every file of a folder is tried; dag-factory passes over one that it can't use, which is said here. */
function loadFolder(site: Site, folder: string, suffix: Value | undefined, source: Omit<Source, 'path' | 'config'>, globals: Value): void {
  const { rt, place } = site;
  const location = locate(rt, folder, place);
  if (location === undefined) {
    rt.noteStranger(rt.unknown('external_data', `'${folder}' lies outside the repository`, place, 'dagfactory.load_yaml_dags'));
    return;
  }
  const suffixes = suffix instanceof PyList ? suffix.items.filter((item) => typeof item === 'string') : ['.yaml', '.yml'];
  for (const file of configFiles(rt, location.inside, suffixes)) {
    try {
      register(site, { ...source, path: `${repositoryPath}/${file}`, config: undefined }, globals);
    } catch (error) {
      if (!(error instanceof PyRaise) || error.value instanceof Unknown) throw error;
      rt.assume('file', `${file} gives no DAG: dag-factory passes over it (${describeRaise(rt, error)})`, place);
    }
  }
}

function describeRaise(rt: Runtime, error: PyRaise): string {
  if (!(error.value instanceof PyInstance)) return '';
  const message = rt.str(error.value, error.place);
  return `${error.value.cls.name}${typeof message === 'string' ? `: ${message}` : ''}`.slice(0, 200);
}

interface Folder {
  readonly path: string;
  readonly rules: readonly IgnoreRule[];
}

/** Files below a folder with one of the endings, as `.airflowignore` files on the way let them through. */
function configFiles(rt: Runtime, top: string, suffixes: readonly string[]): string[] {
  const found: string[] = [];
  const { files } = rt.repository;
  const syntax = rt.airflow.major >= 3 ? 'glob' : 'regexp';
  const within = (path: string): string => (top === '' ? path : path.slice(top.length + 1));
  const open: Folder[] = [{ path: top, rules: [] }];
  for (let folder = open.shift(); folder !== undefined; folder = open.shift()) {
    const at = (name: string): string => (folder.path === '' ? name : `${folder.path}/${name}`);
    const bytes = files.read(at(IGNORE_FILE_NAME));
    const own = bytes === undefined ? [] : parseIgnoreFile(new TextDecoder().decode(bytes), within(folder.path), syntax).rules;
    const rules = [...folder.rules, ...own];
    for (const name of files.list(folder.path) ?? []) {
      const path = at(name);
      const isDirectory = files.kind(path) === 'directory';
      if (isIgnored({ path: within(path), name, isDirectory }, rules)) continue;
      if (isDirectory) open.push({ path, rules });
      else if (suffixes.some((suffix) => name.endsWith(suffix))) found.push(path);
    }
  }
  return found.sort(compareText);
}

const factoryClass = defineClass({
  name: 'DagFactory',
  module: 'dagfactory',
  methods: {
    __init__: (rt, [self = null, ...args], keywords, place) => {
      const bound = bind(rt, 'DagFactory', 'config_filepath? config? default_args_config_path? default_args_config_dict? config_dict? defaults_config_path? defaults_config_dict?', args, keywords, place);
      if (!(self instanceof PyInstance)) return null;
      self.attributes.set('config_filepath', bound.config_filepath ?? null);
      self.attributes.set('config', bound.config ?? bound.config_dict ?? null);
      self.attributes.set('defaults', bound.default_args_config_dict ?? bound.defaults_config_dict ?? null);
      self.attributes.set('defaults_folder', bound.default_args_config_path ?? bound.defaults_config_path ?? null);
      return null;
    },
    generate_dags: (rt, [self, globals = null], keywords, place) => {
      withSource(rt, self, place, (site, source) => register(site, source, keywords.get('globals') ?? globals));
      return null;
    },
    // It takes DAGs away that an earlier parse left in a module; a fresh one holds none.
    clean_dags: () => null,
    build_dags: (rt, [self], _keywords, place) =>
      withSource(rt, self, place, (site, source) => {
        const dags = buildDags(site, source);
        return dags instanceof Unknown ? dags : rt.dict([...dags]);
      }) ?? null,
  },
});

function withSource<T>(rt: Runtime, self: Value | undefined, place: Place, use: (site: Site, source: Source) => T): T | Value {
  if (!(self instanceof PyInstance)) return null;
  const site: Site = { rt, place, isOld: true };
  const path = text(site, self.attributes.get('config_filepath'), '');
  const folder = text(site, self.attributes.get('defaults_folder'), dagsFolderPath(site));
  const config = self.attributes.get('config');
  const hidden = hiddenOf([...self.attributes.values()]);
  if (hidden !== undefined) {
    rt.noteStranger(hidden);
    return hidden;
  }
  return use(site, { path: path === '' ? undefined : path, config, defaultsFolder: folder, defaults: self.attributes.get('defaults') });
}

/** `dagfactory` and `dagfactory.dagfactory`. */
export const dagFactoryModule: ModuleTable = {
  load_yaml_dags: () => lenient('load_yaml_dags', loadYamlDags),
  DagFactory: factoryClass,
};
