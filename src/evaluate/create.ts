import type { Place } from '../model/place.js';
import { toPythonVersion } from '../model/python.js';
import type { PythonVersion } from '../model/python.js';
import type { Repository } from '../model/repository.js';
import type { UnknownKind } from '../model/unknown.js';
import { splitArchivePath } from '../discover/archive.js';
import type { Assumption, Condition, RequiredInput } from '../model/graph.js';
import type { Expression, FunctionNode, LambdaNode, ModuleNode, NodeBase, Statement } from '../parse/syntax.js';
import { deleteAttribute, findAttribute, noAttribute, findSpecial, lookUpClass, setAttribute, describeOwner } from './python/attributes.js';
import { doubtAttempt } from './python/attempts.js';
import { setVariable } from './python/branches.js';
import { equipBuiltinClasses, makeBuiltinClasses, makeBuiltinNames } from './python/builtins.js';
import { callClass, callValue, instantiate, makeFunction } from './python/calls.js';
import { escapeValue } from './python/escapes.js';
import { makeException } from './python/exceptions.js';
import { evaluateExpression } from './python/expressions.js';
import { enter, exit } from './python/managers.js';
import type { Attempt, Branch, Completion, Frame, Machine, Record } from './python/machine.js';
import { makeClass } from './python/class-making.js';
import { absoluteName, importName, importStar } from './python/modules.js';
import { ModuleLoader } from './python/loader.js';
import { assign, lookUp, remove, unbind } from './python/scopes.js';
import { globalsOf, hiddenGlobal, localsOf, superOf, namespaceOf } from './python/scope-functions.js';
import { namesOf } from './python/scoping.js';
import { executeBlock } from './python/statements.js';
import { typeName, Wrapped } from './python/protocol/kinds.js';
import { binary } from './python/protocol/arithmetic.js';
import { equals } from './python/protocol/equality.js';
import { formatValue } from './python/protocol/format.js';
import { hashKey } from './python/protocol/hash.js';
import { getItem, setItem } from './python/protocol/items.js';
import { items, iterate } from './python/protocol/iteration.js';
import { compareValues } from './python/protocol/ordering.js';
import { repr, str } from './python/protocol/text.js';
import { builtinMethod } from './python/types/dunders.js';
import { truth } from './python/protocol/truth.js';
import { openFile } from './library/files.js';
import { BudgetExceeded, budgets } from './budgets.js';
import { isSame, withoutAlternatives } from './conditions.js';
import { installAirflow } from './airflow/install.js';
import { isAirflowObject } from './airflow/state.js';
import { callDerived, callUnknown, opaqueBase } from './airflow/unknown-calls.js';
import { arrange } from './order.js';
import type { ItemOrder } from './order.js';
import { PyRaise } from './runtime.js';
import type { Scope, ScopeNames } from './scope.js';
import {
  PyClassMethod,
  PyDict,
  PyInstance,
  PyIterator,
  PyList,
  PySet,
  PyTuple,
  Unknown,
} from './values.js';
import type { HashKey, Keywords, Mutable, PyClass, Value ,
  PyModule} from './values.js';

/** Conditions are cut after this many characters; a report shows less. */
const MAX_CONDITION = 1_000;

/** Parses a repository file; the loader asks for each file once. */
export type ParseFile = (file: string) => ModuleNode | undefined;

/** Makes a runtime for one repository: evaluates its modules, never runs them. */
export function createRuntime(repository: Repository, parseFile: ParseFile, order: ItemOrder = 'held'): Interpreter {
  return new Interpreter(repository, parseFile, order);
}

export class Interpreter implements Machine {
  readonly python: PythonVersion;
  readonly airflow: { readonly major: number; readonly minor: number; readonly text: string };
  readonly branches: Branch[] = [];
  readonly attempts: Attempt[] = [];
  readonly frames: Frame[] = [];
  readonly records: Record[] = [];
  readonly handled: PyRaise[] = [];
  readonly owners = new WeakMap<Scope, { cls: PyClass | undefined; self: Value | undefined }>();
  readonly hiddenNames = new WeakMap<Scope, Unknown>();
  readonly hiddenGlobals: Value[] = [];
  /** Calls of what can't be seen in the current file. */
  readonly strangers: Unknown[] = [];
  readonly loader: ModuleLoader;
  doubtfulEvents = 0;
  archive = '';
  lastDoubtful: Unknown | undefined;
  tryDepth = 0;
  sharedWasChanged = false;
  private dagFile = '';
  private lastStamp = 0;
  private steps = 0;
  private readonly names = new WeakMap<FunctionNode | LambdaNode, ScopeNames>();
  private readonly classes: ReadonlyMap<string, PyClass>;
  private readonly builtinNames: ReadonlyMap<string, Value>;

  constructor(
    readonly repository: Repository,
    parseFile: ParseFile,
    private readonly order: ItemOrder,
  ) {
    const [major = 3, minor = 0] = repository.airflowVersion.version.split('.').map(Number);
    this.airflow = { major, minor, text: repository.airflowVersion.version };
    this.python = toPythonVersion(repository.pythonVersion?.version);
    installAirflow(this);
    this.loader = new ModuleLoader(this, parseFile);
    this.classes = makeBuiltinClasses(() => this.stamp());
    equipBuiltinClasses(this, this.classes);
    this.builtinNames = makeBuiltinNames(this, this.classes, { open: openFile });
  }

  get modules(): Map<string, PyModule | Unknown> {
    return this.loader.modules;
  }

  // --- making values
  stamp(): number {
    this.lastStamp += 1;
    return this.lastStamp;
  }
  list(list: Value[]): PyList {
    return new PyList(this.stamp(), list);
  }
  tuple(list: readonly Value[]): PyTuple {
    return new PyTuple(list);
  }
  dict(entries: Iterable<readonly [Value, Value]> = []): PyDict {
    const dict = new PyDict(this.stamp());
    for (const [key, value] of entries) setItem(this, dict, key, value, nowhere);
    return dict;
  }
  set(values: Iterable<Value>, isFrozen = false): PySet {
    const entries = new Map<HashKey, Value>();
    let taint: Unknown | undefined;
    for (const value of values) {
      const key = hashKey(this, value, nowhere);
      if (key instanceof Unknown) taint ??= key;
      else if (!entries.has(key)) entries.set(key, value);
    }
    const set = new PySet(this.stamp(), entries, isFrozen);
    set.taint = taint;
    return set;
  }
  iterator(name: string, source: Iterable<Value>): PyIterator {
    return new PyIterator(this.stamp(), name, source[Symbol.iterator]() as Iterator<Value, undefined, undefined>);
  }
  instance(cls: PyClass): PyInstance {
    return new PyInstance(this.stamp(), cls);
  }
  unknown(kind: UnknownKind, text: string, place: Place, path = ''): Unknown {
    return new Unknown({ kind, text, place }, path);
  }
  makeSubclassInstance(cls: PyClass, value: Value, place: Place): Value {
    if (value instanceof Unknown) return value;
    if (value instanceof PyDict) {
      value.cls = cls;
      value.attributes = new Map();
      return value;
    }
    if (value instanceof PyTuple) return new PyTuple(value.items, cls);
    const instance = this.instance(cls);
    instance.native = new Wrapped(value);
    this.step(place);
    return instance;
  }

  // --- Python's operations
  evaluate(node: Expression, scope: Scope): Value {
    return evaluateExpression(this, node, scope);
  }
  execute(statements: readonly Statement[], scope: Scope): Completion {
    return executeBlock(this, statements, scope);
  }
  call(callee: Value, args: readonly Value[], keywords: Keywords, place: Place): Value {
    return callValue(this, callee, args, keywords, place);
  }
  callClass(cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value {
    const base = cls.unknownBase;
    const opaque = base === undefined || base.isInert ? undefined : callDerived(this, cls, base, args, keywords, place);
    return opaque ?? callClass(this, cls, args, keywords, place);
  }
  instantiate(cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value {
    return instantiate(this, cls, args, keywords, place);
  }
  makeClass(metaclass: PyClass | undefined, name: Value, bases: Value, namespace: Value, keywords: Keywords, place: Place): Value {
    return makeClass(this, metaclass, [name, bases, namespace], keywords, place);
  }
  namespace(variables: Map<string, Value>): PyDict {
    return namespaceOf(this, variables);
  }
  callUnknown(callee: Unknown, args: readonly Value[], keywords: Keywords, place: Place): Value {
    this.mayRaise(callee);
    return callUnknown(this, callee, args, keywords, place);
  }
  callHidden(callee: Value, args: readonly Value[], keywords: Keywords, hidden: Unknown, place: Place): Value {
    const target = callee instanceof Unknown ? callee : new Unknown(hidden.reason);
    return callUnknown(this, target, [...args, callee], keywords, place, callee);
  }
  callInScope(name: 'super' | 'globals' | 'locals' | 'vars', scope: Scope, place: Place): Value {
    if (name === 'super') return superOf(this, scope, place);
    return name === 'globals' ? globalsOf(this, scope) : localsOf(this, scope);
  }
  getAttribute(value: Value, name: string, place: Place): Value {
    const found = this.findAttribute(value, name, place);
    if (found !== undefined) return found;
    const method = builtinMethod(value, name);
    if (method !== undefined) return method;
    // Every object has special methods that are not modelled; whether this one is among them is not known.
    if (/^__\w+__$/.test(name)) return this.unknown('not_modelled', `${name} of ${describeOwner(this, value)} is not modelled`, place);
    return noAttribute(this, value, name, place);
  }
  findAttribute(value: Value, name: string, place: Place): Value | undefined {
    if (value instanceof Unknown && !value.isInert) this.mayRaise(value);
    const found = findAttribute(this, value, name, place);
    return value instanceof Unknown ? withoutAlternatives(found) : found;
  }
  findSpecial(value: Value, name: string): Value | undefined {
    return findSpecial(this, value, name);
  }
  setAttribute(value: Value, name: string, item: Value, place: Place): void {
    if (value instanceof Unknown && !value.isInert) this.mayRaise(value);
    setAttribute(this, value, name, item, place);
  }
  deleteAttribute(value: Value, name: string, place: Place): void {
    if (value instanceof Unknown) this.mayRaise(value);
    deleteAttribute(this, value, name, place);
  }
  getItem(value: Value, key: Value, place: Place): Value {
    if (value instanceof Unknown) this.mayRaise(value);
    else if (key instanceof Unknown) this.mayRaise(key);
    return getItem(this, value, key, place);
  }
  setItem(value: Value, key: Value, item: Value, place: Place): void {
    if (hiddenGlobal(value, key)) this.hiddenGlobals.push(item);
    if (value instanceof Unknown) {
      this.escape(item, value);
      this.mayRaise(value);
    }
    setItem(this, value, key, item, place);
  }
  items(value: Value, place: Place): Value[] | Unknown {
    if (value instanceof Unknown) this.mayRaise(value);
    return value instanceof Unknown ? items(this, withoutAlternatives(value), place) : items(this, value, place);
  }
  iterate(value: Value, place: Place): Iterable<Value> | Unknown {
    if (value instanceof Unknown) this.mayRaise(value);
    return value instanceof Unknown ? iterate(this, withoutAlternatives(value), place) : iterate(this, value, place);
  }
  truth(value: Value, place: Place): boolean | Unknown {
    return isPlainAirflowObject(value) ? true : truth(this, value, place);
  }
  equals(left: Value, right: Value, place: Place): boolean | Unknown {
    return equals(this, left, right, place);
  }
  compare(left: Value, right: Value, place: Place): number | Unknown {
    return compareValues(this, left, right, place);
  }
  binary(operator: string, left: Value, right: Value, place: Place): Value {
    const result = binary(this, operator, left, right, place);
    if (result instanceof Unknown) this.mayRaise(result);
    return result;
  }
  str(value: Value, place: Place): string | Unknown {
    return str(this, value, place);
  }
  repr(value: Value, place: Place): string | Unknown {
    return repr(this, value, place);
  }
  format(value: Value, spec: string, place: Place): string | Unknown {
    return formatValue(this, value, spec, place);
  }
  classOf(value: Value): PyClass {
    if (value instanceof PyInstance) return value.cls;
    if ((value instanceof PyTuple || value instanceof PyDict) && value.cls !== undefined) return value.cls;
    if (value !== null && typeof value === 'object' && value.kind === 'class') return value.metaclass ?? this.builtinClass('type');
    return this.classes.get(typeName(value)) ?? this.builtinClass('object');
  }
  isInstance(value: Value, cls: PyClass): boolean {
    return this.classOf(value).mro.includes(cls);
  }
  builtinClass(name: string): PyClass {
    const cls = this.classes.get(name);
    if (cls === undefined) throw new Error(`no builtin class ${name}`);
    return cls;
  }
  builtin(name: string): Value | undefined {
    return this.builtinNames.get(name);
  }
  lookUp(name: string, scope: Scope, place: Place): Value {
    return lookUp(this, name, scope, place);
  }
  assign(name: string, value: Value, scope: Scope): void {
    assign(this, name, value, scope);
  }
  remove(name: string, scope: Scope, place: Place): void {
    remove(this, name, scope, place);
  }
  unbind(name: string, scope: Scope): void {
    unbind(this, name, scope);
  }
  setVariable(variables: Map<string, Value>, name: string, value: Value | undefined): void {
    setVariable(this, variables, name, value);
  }
  reopen(reason: Unknown, conditions: readonly Condition[]): void {
    const since = this.stamp();
    this.branches.push({ reason, since, journal: new Map(), conditions });
  }
  textOf(node: NodeBase): string {
    const source = this.loader.sources.get(node.file);
    return (source?.slice(node.start, Math.min(node.end, node.start + MAX_CONDITION)) ?? '...').replace(/\s+/g, ' ');
  }
  placeInRepository(place: Place): Place {
    if (!place.file.startsWith('<')) return place;
    return this.frames.findLast((frame) => !frame.place.file.startsWith('<'))?.place ?? { file: this.dagFile, line: 1 };
  }
  namesOf(node: FunctionNode | LambdaNode): ScopeNames {
    let names = this.names.get(node);
    if (names === undefined) this.names.set(node, (names = namesOf(node)));
    return names;
  }
  makeFunction(node: FunctionNode | LambdaNode, name: string, scope: Scope): Value {
    return makeFunction(this, node, name, scope);
  }
  classMethod(callee: Value): Value {
    return new PyClassMethod(callee);
  }
  baseClassOf(base: Value): Value {
    return base instanceof Unknown ? (opaqueBase(this, base) ?? base) : base;
  }
  enter(manager: Value, place: Place): Value {
    return enter(this, manager, place);
  }
  exit(manager: Value, error: PyRaise | undefined, place: Place): boolean {
    return exit(this, manager, error, place);
  }
  annotate(name: string, annotation: Expression, scope: Scope): void {
    let held = scope.variables.get('__annotations__');
    if (!(held instanceof PyDict)) scope.variables.set('__annotations__', (held = this.dict()));
    let value: Value;
    try {
      value = this.evaluate(annotation, scope);
    } catch (error) {
      if (!(error instanceof PyRaise)) throw error;
      value = this.unknown('not_modelled', 'an annotation that is only a name for tools', annotation);
    }
    setItem(this, held, name, value, annotation);
  }

  // --- modules
  importModule(name: string, place: Place): Value {
    return this.loader.importModule(name, place);
  }
  createModule(name: string, file: string): PyModule {
    return this.loader.create(name, name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : '', file);
  }
  runModule(module: PyModule): void {
    this.loader.run(module);
  }
  librarySource(module: string): PyModule {
    return this.loader.librarySource(module);
  }
  importFrom(module: string, level: number, scope: Scope, place: Place): Value {
    return this.importModule(absoluteName(this, module, level, scope, place), place);
  }
  importName(module: Value, name: string, place: Place): Value {
    return importName(this, module, name, place);
  }
  importStar(module: Value, scope: Scope, place: Place): void {
    importStar(this, module, scope, place);
  }
  moduleOf(scope: Scope): PyModule {
    return this.loader.moduleOf(scope.module);
  }
  scopeOf(module: PyModule): Scope {
    return this.loader.scopeOf(module);
  }

  // --- errors and honesty
  raise(className: string, message: string, place: Place): never {
    throw new PyRaise(makeException(this, this.builtinClass(className), [message]), place);
  }
  mutate(object: Mutable): void {
    const reason = this.doubtOn(object);
    if (reason !== undefined) object.taint ??= new Unknown(reason.reason);
    this.touchShared(object.stamp);
  }
  noteStranger(reason: Unknown): void {
    this.strangers.push(reason);
  }
  mayRaise(reason: Unknown, condition?: Condition): void {
    this.doubtfulEvents += 1;
    this.lastDoubtful = reason;
    if (this.attempts.length > 0) doubtAttempt(this, reason, condition);
  }
  /** Notes a change to something that a finished module made: later files must not see it. */
  touchShared(stamp: number): void {
    if (this.loader.isShared(stamp)) this.sharedWasChanged = true;
  }
  doubtOn(object: Mutable): Unknown | undefined {
    const branch = this.branches.find((each) => object.stamp < each.since);
    return branch?.reason ?? this.attempts.find(({ doubt }) => doubt !== undefined && object.stamp < doubt.since)?.doubt?.reason;
  }
  conditionsOn(object: Pick<Mutable, 'stamp'>): readonly Condition[] {
    if (this.branches.length === 0 && this.attempts.length === 0) return [];
    const doubts = this.attempts.flatMap((each) => each.doubt ?? []);
    const open = [...this.branches, ...doubts].filter((each) => object.stamp < each.since).sort((a, b) => a.since - b.since);
    const conditions = open.flatMap((each) => each.conditions);
    // The turns of a loop are written once.
    return conditions.filter((each, index) => !conditions.slice(0, index).some((earlier) => isSame(earlier, each)));
  }
  escape(value: Value, reason: Unknown): void {
    escapeValue(this, value, reason);
  }
  escapeAll(values: readonly Value[], reason: Unknown): void {
    for (const value of values) this.escape(value, reason);
  }
  doubt(reason: Unknown, condition?: Condition): void {
    const conditions = this.records.at(-1)?.conditions;
    if (condition !== undefined && conditions?.some((each) => isSame(each, condition)) === false) conditions.push(condition);
    noteOnce(this.records.at(-1)?.doubts, reason);
  }
  mayFail(reason: Unknown): void {
    this.mayRaise(reason);
    if (this.attempts.length === 0) this.doubt(reason);
  }
  doubtFile(reason: Unknown): void {
    this.doubt(reason);
  }
  inAnyOrder<T>(items: readonly T[], reason: () => Unknown): T[] {
    if (items.length > 1) noteOnce(this.records.at(-1)?.orders, reason());
    return arrange(items, this.order);
  }
  assume(kind: Assumption['kind'], text: string, place: Place): void {
    const { file, line } = place;
    this.records.at(-1)?.assumptions.set(`${kind} ${file}:${line.toString()} ${text}`, { kind, text, file, line });
  }
  require(kind: RequiredInput['kind'], name: string, state: RequiredInput['state'], place: Place): void {
    const inputs = this.records.at(-1)?.inputs;
    const key = `${kind} ${name} ${state}`;
    const known = inputs?.get(key);
    const where = { file: place.file, line: place.line };
    if (known === undefined) inputs?.set(key, { kind, name, state, places: [where] });
    else if (!known.places.some((each) => each.file === where.file && each.line === where.line)) known.places.push(where);
  }
  placeInDagFile(place: Place): Place {
    if (place.file === this.dagFile) return place;
    return this.frames.find((frame) => frame.place.file === this.dagFile)?.place ?? { file: this.dagFile, line: 1 };
  }
  step(place: Place, amount = 1): void {
    this.steps += amount;
    if (this.steps > budgets.stepsPerFile) throw new BudgetExceeded('steps', place);
  }
  /** Starts a file's budget; the counter is per file, so that one file can't use up another's. */
  startFile(file: string): void {
    this.dagFile = file;
    this.steps = 0;
    this.branches.length = 0;
    this.attempts.length = 0;
    this.frames.length = 0;
    this.handled.length = 0;
    this.tryDepth = 0;
    this.doubtfulEvents = 0;
    this.hiddenGlobals.length = 0;
    this.strangers.length = 0;
    const archive = splitArchivePath(file)?.archive ?? '';
    if (this.sharedWasChanged || archive !== this.archive) this.loader.forget();
    this.archive = archive;
    this.sharedWasChanged = false;
  }
}

/** One reason of a kind for each place is enough. */
function noteOnce(notes: Unknown[] | undefined, reason: Unknown): void {
  const { kind, place } = reason.reason;
  const isKnown = notes?.some((each) => each.reason.kind === kind && each.reason.place.line === place.line && each.reason.place.file === place.file);
  if (isKnown !== true) notes?.push(reason);
}

/** DAGs, tasks, groups and XComArgs are true: Airflow gives them neither `__bool__` nor `__len__`. */
function isPlainAirflowObject(value: Value): boolean {
  if (!(value instanceof PyInstance) || !isAirflowObject(value.native) || !['dag', 'task', 'group', 'xcom'].includes(value.native.kind)) return false;
  return lookUpClass(value.cls, '__bool__') === undefined && lookUpClass(value.cls, '__len__') === undefined;
}

/** Place of operations that no line of the repository asks for. */
const nowhere: Place = { file: '', line: 1 };
