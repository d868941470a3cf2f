import type { Place } from '../../model/place.js';
import { packageModule } from '../airflow/packages.js';
import { airflowModule } from '../airflow/modules.js';
import { worldOf } from '../airflow/world.js';
import { inertModules, libraryModules } from '../library/modules.js';
import { libraryModule } from '../library/module-values.js';
import { librarySourceFile } from '../../knowledge/library/sources.js';
import type { ParseFile } from '../create.js';
import type { Scope } from '../scope.js';
import { PyModule, Unknown } from '../values.js';
import type { Value } from '../values.js';
import { PyRaise } from '../runtime.js';
import { apart } from './attempts.js';
import { isInside, locateModule, locateMounted, virtualRoot } from './modules.js';
import type { ModuleLocation } from './modules.js';
import type { Machine, Record } from './machine.js';

export function emptyRecord(): Record {
  return { assumptions: new Map(), inputs: new Map(), doubts: [], conditions: [], orders: [] };
}

/** Finds and evaluates modules; each once, until a file changes something that they share. */
export class ModuleLoader {
  readonly modules = new Map<string, PyModule | Unknown>();
  // Weak, so that what a DAG file made goes when the next file comes.
  private readonly scopes = new WeakMap<PyModule, Scope>();
  private readonly owners = new WeakMap<Scope, PyModule>();
  private readonly records = new Map<string, Record>();
  /** Texts of the files whose functions may still be called: conditions are shown as they are written. */
  readonly sources = new Map<string, string>();
  private readonly imported = new Set<string>();
  private readonly failedImports = new WeakMap<PyRaise, Place>();
  private loaded = '';
  /** Stamps between which finished modules of the repository made their objects, outermost imports only. */
  private readonly windows: (readonly [first: number, last: number])[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly parseFile: ParseFile,
  ) {}

  /** Forgets the repository's modules: a file has changed an object of theirs. */
  forget(): void {
    for (const [name, module] of this.modules) if (!(module instanceof PyModule) || module.file !== '') this.modules.delete(name);
    this.records.clear();
    this.windows.length = 0;
  }

  /** Whether an object was made by a module that other files share. */
  isShared(stamp: number): boolean {
    return this.windows.some(([first, last]) => first <= stamp && stamp <= last);
  }

  moduleOf(scope: Scope): PyModule {
    const module = this.owners.get(scope);
    if (module === undefined) throw new Error('scope without module');
    return module;
  }

  scopeOf(module: PyModule): Scope {
    let scope = this.scopes.get(module);
    if (scope === undefined) {
      scope = moduleScope(module.variables);
      this.scopes.set(module, scope);
      this.owners.set(scope, module);
    }
    return scope;
  }

  importModule(name: string, place: Place): Value {
    const known = this.modules.get(name);
    if (known !== undefined) {
      this.inherit(name);
      if (known instanceof Unknown && !known.isInert) this.machine.mayRaise(known);
      return known;
    }
    const top = name.split('.')[0] ?? name;
    if (Object.hasOwn(libraryModules, name)) return this.keep(name, libraryModule(this.machine, name));
    const { ownPackage } = this.machine.repository;
    const isOwn = ownPackage !== undefined && isInside(name, ownPackage);
    if (top === 'airflow' && !isOwn) return this.keep(name, airflowModule(this.machine, name, place));
    const location = locateModule(this.machine, name);
    if (location !== undefined) return this.importRepositoryModule(name, location, place);
    const packaged = packageModule(this.machine, name, place);
    if (packaged !== undefined) return this.keep(name, packaged);
    if (Object.hasOwn(libraryModules, top)) return this.keep(name, libraryModule(this.machine, name));
    const mounted = locateMounted(this.machine, name);
    if (mounted !== undefined) {
      const what = mounted.folder === '' ? 'the repository itself' : `${mounted.folder}/`;
      this.machine.assume('import', `package ${top} is ${what}: what is imported from it is there`, place);
      return this.importRepositoryModule(name, mounted, place);
    }
    return this.keep(name, opaqueModule(this.machine, name, top, place));
  }

  /** Where the outermost import stands that an exception came out of. */
  importPlaceOf(error: PyRaise): Place | undefined {
    return this.failedImports.get(error);
  }

  /** Evaluates a DAG file as Airflow loads it: under a name of its own, without a parent package. */
  loadFile(file: string, name: string): PyModule {
    // What a DAG file made goes with it, unless another imported it.
    if (!this.imported.has(this.loaded)) this.sources.delete(this.loaded);
    this.loaded = file;
    return this.evaluate(name, '', { file, isPackage: false }, () => undefined);
  }

  /**
   * The Python that a modelled library is partly written in. It is the same whatever asks for it, so that conditions and
   * records of the asking file have no part in it.
   */
  librarySource(module: string): PyModule {
    const file = librarySourceFile(module);
    const known = this.modules.get(file);
    if (known instanceof PyModule) return known;
    const branches = this.machine.branches.splice(0);
    const attempts = this.machine.attempts.splice(0);
    this.machine.records.push(emptyRecord());
    try {
      const parsed = this.parseFile(file);
      const made = new PyModule(this.machine.stamp(), module, new Map<string, Value>([['__name__', module], ['__doc__', null]]));
      this.modules.set(file, made);
      this.sources.set(file, parsed?.source ?? '');
      this.machine.execute(parsed?.body ?? [], this.scopeOf(made));
      return made;
    } finally {
      this.machine.records.pop();
      this.machine.branches.push(...branches);
      this.machine.attempts.push(...attempts);
    }
  }

  private keep<T extends PyModule | Unknown>(name: string, module: T): T {
    this.modules.set(name, module);
    return module;
  }

  private inherit(name: string): void {
    const record = this.records.get(name);
    const current = this.machine.records.at(-1);
    if (record === undefined || current === undefined || record === current) return;
    for (const [key, value] of record.assumptions) current.assumptions.set(key, value);
    for (const [key, value] of record.inputs) current.inputs.set(key, value);
    for (const condition of record.conditions) if (!current.conditions.includes(condition)) current.conditions.push(condition);
    for (const doubt of record.doubts) if (!current.doubts.includes(doubt)) current.doubts.push(doubt);
    for (const order of record.orders) if (!current.orders.includes(order)) current.orders.push(order);
  }

  private importRepositoryModule(name: string, location: ModuleLocation, place: Place): Value {
    const dot = name.lastIndexOf('.');
    const parent = dot === -1 ? undefined : this.importModule(name.slice(0, dot), place);
    const known = this.modules.get(name);
    if (known !== undefined) return known;
    const record = emptyRecord();
    this.imported.add(location.file);
    this.machine.records.push(record);
    const first = this.machine.stamp();
    const dagsBefore = worldOf(this.machine).made.length;
    let module: PyModule;
    try {
      const pack = location.isPackage ? name : name.slice(0, Math.max(dot, 0));
      module = apart(this.machine, () => this.evaluate(name, pack, location, (made) => this.modules.set(name, made)));
    } catch (error) {
      this.modules.delete(name);
      if (error instanceof PyRaise) this.failedImports.set(error, place);
      throw error;
    } finally {
      this.machine.records.pop();
    }
    this.records.set(name, record);
    this.inherit(name);
    this.windows.push([first, this.machine.stamp()]);
    // A DAG belongs to the file that brings it in: the next file that imports the module makes its own.
    if (worldOf(this.machine).made.length > dagsBefore) this.machine.touchShared(first);
    if (parent instanceof PyModule && dot !== -1) parent.variables.set(name.slice(dot + 1), module);
    return module;
  }

  private evaluate(name: string, pack: string, location: ModuleLocation, register: (module: PyModule) => unknown): PyModule {
    const module = this.create(name, pack, location.file);
    if (location.isPackage) module.variables.set('__path__', this.machine.list([`${virtualRoot}/${location.file.replace(/\/?__init__\.py$/, '')}`]));
    register(module);
    this.run(module);
    return module;
  }

  /** A module of a file that nothing has run yet. */
  create(name: string, pack: string, file: string): PyModule {
    const variables = new Map<string, Value>([
      ['__name__', name],
      ['__package__', pack],
      ['__file__', `${virtualRoot}/${file}`],
      ['__doc__', null],
    ]);
    return new PyModule(this.machine.stamp(), name, variables, file);
  }

  /** Runs the code of a module's file in it. */
  run(module: PyModule): void {
    const { file, name, variables } = module;
    if (!file.endsWith('.py')) return;
    const parsed = this.parseFile(file);
    const place: Place = { file, line: parsed?.problems[0]?.line ?? 1 };
    if (parsed === undefined) return this.machine.raise('ImportError', `${file} cannot be read`, place);
    const [problem] = parsed.problems;
    if (problem !== undefined) return this.machine.raise('SyntaxError', problem.message, place);
    if (parsed.unread !== undefined) {
      const { message, line } = parsed.unread;
      const reason = { kind: 'not_modelled', text: message, place: { file, line } } as const;
      throw new PyRaise(new Unknown(reason, name), reason.place);
    }
    const [first] = parsed.body;
    if (first?.kind === 'expression' && first.value.kind === 'constant' && typeof first.value.value === 'string') {
      variables.set('__doc__', first.value.value);
    }
    this.sources.set(file, parsed.source);
    this.machine.execute(parsed.body, this.scopeOf(module));
  }
}

/** A module's own scope. */
function moduleScope(variables: Map<string, Value>): Scope {
  const scope: { -readonly [K in keyof Scope]: Scope[K] } = {
    kind: 'module',
    variables,
    parent: undefined,
    module: undefined as unknown as Scope,
    names: undefined,
  };
  scope.module = scope;
  return scope;
}

/** A module that is neither the repository's nor modelled. */
function opaqueModule(machine: Machine, name: string, top: string, place: Place): Unknown {
  const isInert = inertModules.has(top) || inertModules.has(name);
  const text = isInert ? `library ${top} is not modelled` : `module ${name} is not in the repository`;
  const module = new Unknown({ kind: isInert ? 'opaque_library' : 'missing_module', text, place }, name, isInert, 'module');
  // Whether a package that is hardly known is installed can't be told: an `except ImportError` may run.
  if (!isInert) machine.mayRaise(module);
  return module;
}
