import { compareText } from '../../model/place.js';
import type { Place } from '../../model/place.js';
import type { RepositoryFiles } from '../../model/repository.js';
import { inertSubmodules } from '../library/modules.js';
import type { Scope } from '../scope.js';
import { PyModule, Unknown } from '../values.js';
import type { Value } from '../values.js';
import type { Machine } from './machine.js';
import { mountedFolder } from './mounted.js';

/** Where `__file__` of a repository file seems to lie: no real path of the machine ever gets into a result. */
export const virtualRoot = '/repo';

/** The repository file of a dotted module name, or undefined. A folder without `__init__.py` is a namespace package. */
export interface ModuleLocation {
  readonly file: string;
  readonly isPackage: boolean;
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** Whether a dotted name is a module's or that of a module below it. */
export function isInside(name: string, module: string): boolean {
  return name === module || name.startsWith(`${module}.`);
}

/** Finds a module in the folders that Airflow has on `sys.path`. */
export function locateModule(machine: Machine, name: string): ModuleLocation | undefined {
  const { files, importRoots, ownPackage } = machine.repository;
  const own = ownPackage !== undefined && isInside(name, ownPackage);
  const relative = (own ? name.slice(ownPackage.length + 1) : name).replaceAll('.', '/');
  if (own && relative === '') return { file: '__init__.py', isPackage: true };
  // Airflow puts an archive itself on the path while it reads the modules at its top.
  for (const root of own ? [''] : machine.archive === '' ? importRoots : [machine.archive, ...importRoots]) {
    const found = moduleAt(files, join(root, relative));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Finds a module of a package that the deployment makes of a folder of the repository. */
export function locateMounted(machine: Machine, name: string): (ModuleLocation & { readonly folder: string }) | undefined {
  const [top = '', ...rest] = name.split('.');
  const folder = mountedFolder(machine.repository, top);
  const found = folder === undefined ? undefined : moduleAt(machine.repository.files, rest.length === 0 ? folder : join(folder, rest.join('/')));
  return folder === undefined || found === undefined ? undefined : { ...found, folder };
}

function moduleAt(files: RepositoryFiles, base: string): ModuleLocation | undefined {
  const init = join(base, '__init__.py');
  if (files.kind(init) === 'file') return { file: init, isPackage: true };
  if (base !== '' && files.kind(`${base}.py`) === 'file') return { file: `${base}.py`, isPackage: false };
  return base === '' || files.kind(base) === 'directory' ? { file: base, isPackage: true } : undefined;
}

/** The module that `from ..a import b` means in a scope. */
export function absoluteName(machine: Machine, module: string, level: number, scope: Scope, place: Place): string {
  if (level === 0) return module;
  const pack = scope.module.variables.get('__package__');
  const parts = typeof pack === 'string' && pack !== '' ? pack.split('.') : [];
  if (parts.length === 0) machine.raise('ImportError', 'attempted relative import with no known parent package', place);
  if (level > parts.length) machine.raise('ImportError', 'attempted relative import beyond top-level package', place);
  const base = parts.slice(0, parts.length - level + 1).join('.');
  return module === '' ? base : `${base}.${module}`;
}

/** `from module import name`: an attribute, or else a submodule. */
export function importName(machine: Machine, module: Value, name: string, place: Place): Value {
  if (module instanceof Unknown && inertSubmodules.has(`${module.path}.${name}`)) return machine.importModule(`${module.path}.${name}`, place);
  const found = machine.findAttribute(module, name, place);
  if (found !== undefined) return found;
  if (module instanceof PyModule) {
    const submodule = `${module.name}.${name}`;
    if ((locateModule(machine, submodule) ?? locateMounted(machine, submodule)) !== undefined) return machine.importModule(submodule, place);
    return machine.raise('ImportError', `cannot import name '${name}' from '${module.name}'`, place);
  }
  return machine.raise('ImportError', `cannot import name '${name}'`, place);
}

/** `from module import *`: what `__all__` names, or every name that doesn't start with an underscore. */
export function importStar(machine: Machine, module: Value, scope: Scope, place: Place): void {
  if (module instanceof Unknown) {
    machine.hiddenNames.set(scope.module, module);
    return;
  }
  if (!(module instanceof PyModule)) return;
  const listed = module.variables.get('__all__');
  const names = listed === undefined ? publicNames(module) : machine.items(listed, place);
  if (names instanceof Unknown) {
    machine.hiddenNames.set(scope.module, names);
    return;
  }
  for (const name of names) {
    if (typeof name === 'string') machine.assign(name, importName(machine, module, name, place), scope);
  }
  const hidden = machine.hiddenNames.get(machine.scopeOf(module));
  if (hidden !== undefined) machine.hiddenNames.set(scope.module, hidden);
  if (module.fallback !== undefined && module.variables.size === 0) {
    machine.hiddenNames.set(scope.module, machine.unknown('not_modelled', `which names ${module.name} exports is not modelled`, place));
  }
}

function publicNames(module: PyModule): string[] {
  return [...module.variables.keys()].filter((name) => !name.startsWith('_')).sort(compareText);
}
