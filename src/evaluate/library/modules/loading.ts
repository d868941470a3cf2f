import { compareText } from '../../../model/place.js';
import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyBytes, PyModule, Unknown, noKeywords } from '../../values.js';
import { bind, instanceOf, stateOf, textOf } from '../arguments.js';
import { namedtuple } from '../classes/namedtuple.js';
import { defineClass, inertUnknown, libraryPlace, strictFunctions } from '../define.js';
import { openPath, readBytes, readText } from '../files.js';
import { packageFolder } from '../paths/packages.js';
import { pathText } from '../paths/path-text.js';
import { join } from '../paths/posix.js';
import { locate } from '../paths/repository.js';

/** What is to be loaded: a module of a name from a file. */
interface LoaderState {
  readonly kind: 'loader';
  readonly name: string;
  readonly path: string;
}

const stateOfLoader = (rt: Runtime, value: Value | undefined, place: Place): LoaderState =>
  stateOf<LoaderState>(value, 'loader') ?? rt.raise('AttributeError', 'no loader', place);

/** Makes the module of a file; an unknown when the file lies outside of what can be seen. */
function create(rt: Runtime, { name, path }: LoaderState, place: Place): PyModule | Unknown {
  const location = locate(rt, path, place);
  if (!location) return rt.unknown('external_data', `'${path}' lies outside the repository`, place);
  return rt.createModule(name, location.inside);
}

function run(rt: Runtime, module: Value | undefined, place: Place): void {
  if (!(module instanceof PyModule)) return;
  if (rt.repository.files.kind(module.file) !== 'file') rt.raise('FileNotFoundError', `[Errno 2] No such file or directory: '${module.file}'`, place);
  rt.runModule(module);
}

const loaderClass = defineClass({
  name: 'SourceFileLoader',
  module: 'importlib.machinery',
  construct: (rt, cls, args, keywords, place) => {
    const { fullname, path } = bind(rt, 'SourceFileLoader', 'fullname path', args, keywords, place);
    if (fullname instanceof Unknown) return fullname;
    if (path instanceof Unknown) return path;
    return instanceOf(rt, cls, { kind: 'loader', name: textOf(rt, fullname, place), path: pathText(rt, path, place) } satisfies LoaderState);
  },
  methods: {
    create_module: () => null,
    exec_module: (rt, [, module], _keywords, place) => {
      run(rt, module, place);
      return null;
    },
    load_module: (rt, [self], _keywords, place) => {
      const module = create(rt, stateOfLoader(rt, self, place), place);
      run(rt, module, place);
      return module;
    },
  },
  properties: {
    name: (rt, self, place) => stateOfLoader(rt, self, place).name,
    path: (rt, self, place) => stateOfLoader(rt, self, place).path,
  },
});

const specClass = defineClass({ name: 'ModuleSpec', module: 'importlib.machinery', isOpen: true });

const specFromFile: NativeCall = (rt, args, keywords, place) => {
  const { name, location, loader } = bind(rt, 'spec_from_file_location', 'name location? * loader? submodule_search_locations?', args, keywords, place);
  const path = pathText(rt, location, place);
  if ((loader === undefined || loader === null) && !path.endsWith('.py')) return null;
  const spec = instanceOf(rt, specClass(rt), undefined);
  const parent = textOf(rt, name, place);
  const made = loader ?? rt.call(loaderClass(rt), [parent, path], noKeywords, place);
  for (const [key, value] of Object.entries({ name: parent, origin: path, loader: made, has_location: true, parent: parent.slice(0, Math.max(parent.lastIndexOf('.'), 0)) })) spec.attributes.set(key, value);
  return spec;
};

const moduleFromSpec: NativeCall = (rt, [spec = null], _keywords, place) => {
  const loader = rt.getAttribute(spec, 'loader', place);
  const state = stateOf<LoaderState>(loader, 'loader');
  if (!state) return loader instanceof Unknown ? loader : inertUnknown('this loader is not modelled', place);
  const module = create(rt, { ...state, name: textOf(rt, rt.getAttribute(spec, 'name', place), place) }, place);
  if (module instanceof PyModule) module.variables.set('__spec__', spec);
  return module;
};

/** `importlib.util`. */
export const importlibUtilModule: ModuleTable = strictFunctions({ spec_from_file_location: specFromFile, module_from_spec: moduleFromSpec });

/** `importlib.machinery`. */
export const importlibMachineryModule: ModuleTable = { SourceFileLoader: loaderClass, ModuleSpec: specClass };

const infoNames = 'module_finder name ispkg';
const infoKey = (rt: Runtime): Value => namedtuple(rt, ['ModuleInfo', infoNames], noKeywords, libraryPlace);

/** Modules of folders, sorted within each as Python's finder sorts them. */
const iterModules: NativeCall = (rt, args, keywords, place) => {
  const { path, prefix } = bind(rt, 'iter_modules', 'path? prefix?', args, keywords, place);
  if (path === undefined || path === null) return rt.unknown('environment', 'pkgutil.iter_modules() of all of sys.path depends on the machine', place);
  if (typeof path === 'string') return rt.raise('ValueError', 'path must be None or list of paths to look for modules in', place);
  const folders = rt.items(path, place);
  if (folders instanceof Unknown) return folders;
  const found = new Map<string, boolean>();
  for (const folder of folders) {
    if (folder instanceof Unknown) return folder;
    const text = pathText(rt, folder, place);
    const location = locate(rt, text, place);
    if (!location) return rt.unknown('external_data', `'${text}' lies outside the repository`, place);
    for (const [name, isPackage] of modulesIn(rt, location.inside)) if (!found.has(name)) found.set(name, isPackage);
  }
  const cls = infoKey(rt);
  const start = typeof prefix === 'string' ? prefix : '';
  const finder = inertUnknown('finders of modules are not modelled', place);
  return rt.iterator('generator', [...found].map(([name, isPackage]) => rt.call(cls, [finder, start + name, isPackage], noKeywords, place)));
};

function modulesIn(rt: Runtime, folder: string): (readonly [string, boolean])[] {
  const inside = (name: string): string => (folder === '' ? name : `${folder}/${name}`);
  return [...(rt.repository.files.list(folder) ?? [])].sort(compareText).flatMap((name): (readonly [string, boolean])[] => {
    if (name.endsWith('.py')) return name === '__init__.py' ? [] : [[name.slice(0, -3), false]];
    return !name.includes('.') && rt.repository.files.kind(`${inside(name)}/__init__.py`) === 'file' ? [[name, true]] : [];
  });
}

const resource = (read: (rt: Runtime, path: string, place: Place) => Value): NativeCall => (rt, [pack = null, name], _keywords, place) => {
  const folder = packageFolder(rt, pack, place);
  return folder instanceof Unknown ? folder : read(rt, join(folder, textOf(rt, name, place)), place);
};

const bytesAt = (rt: Runtime, path: string, place: Place): Value => {
  const bytes = readBytes(rt, path, place);
  return bytes instanceof Unknown ? bytes : new PyBytes(bytes);
};

/** `pkgutil`. */
export const pkgutilModule: ModuleTable = strictFunctions({ iter_modules: iterModules, get_data: resource(bytesAt) });

/** `importlib.resources`. */
export const importlibResourcesModule: ModuleTable = strictFunctions({
  files: (rt, [pack = null], _keywords, place) => {
    const folder = packageFolder(rt, pack, place);
    if (folder instanceof Unknown) return folder;
    return rt.call(rt.getAttribute(rt.importModule('pathlib', place), 'Path', place), [folder], noKeywords, place);
  },
  read_text: resource((rt, path, place) => readText(rt, path, 'utf-8', place)),
  read_binary: resource(bytesAt),
  open_text: resource((rt, path, place) => openPath(rt, path, 'r', 'utf-8', place)),
  open_binary: resource((rt, path, place) => openPath(rt, path, 'rb', 'utf-8', place)),
});
