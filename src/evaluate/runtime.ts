import type { Place } from '../model/place.js';
import type { PythonVersion } from '../model/python.js';
import type { Repository } from '../model/repository.js';
import type { UnknownKind } from '../model/unknown.js';
import type { Assumption, Condition, RequiredInput } from '../model/graph.js';
import type { Expression } from '../parse/syntax.js';
import type { Scope } from './scope.js';
import type {
  Keywords,
  Mutable,
  PyClass,
  PyDict,
  PyInstance,
  PyIterator,
  PyList,
  PyModule,
  PySet,
  PyTuple,
  Unknown,
  Value,
} from './values.js';

/** A Python exception on its way up. `value` is the exception instance (or an unknown, when `raise` got one). */
export class PyRaise extends Error {
  constructor(
    readonly value: PyInstance | Unknown,
    readonly place: Place,
  ) {
    super('python exception');
  }
}

/** What the parts of the evaluator offer each other: each part is a table of functions that take this as first argument. */
export interface Runtime {
  readonly repository: Repository;
  /** The deployment's Python. */
  readonly python: PythonVersion;
  /** Major and minor Airflow version, e.g. `{ major: 2, minor: 11 }`. */
  readonly airflow: { readonly major: number; readonly minor: number; readonly text: string };

  // --- making values
  /** The next object stamp. */
  stamp(): number;
  list(items: Value[]): PyList;
  tuple(items: readonly Value[]): PyTuple;
  dict(entries?: Iterable<readonly [Value, Value]>): PyDict;
  set(items: Iterable<Value>, isFrozen?: boolean): PySet;
  iterator(name: string, source: Iterable<Value>): PyIterator;
  instance(cls: PyClass): PyInstance;
  unknown(kind: UnknownKind, text: string, place: Place, path?: string): Unknown;

  // --- Python's operations
  evaluate(node: Expression, scope: Scope): Value;
  call(callee: Value, args: readonly Value[], keywords: Keywords, place: Place): Value;
  /** `value.name`; raises AttributeError. */
  getAttribute(value: Value, name: string, place: Place): Value;
  /** `value.name`, or undefined when it has no such attribute. */
  findAttribute(value: Value, name: string, place: Place): Value | undefined;
  /** The special method `name` of the value's class, bound to the value; undefined when its class has none. */
  findSpecial(value: Value, name: string): Value | undefined;
  setAttribute(value: Value, name: string, item: Value, place: Place): void;
  getItem(value: Value, key: Value, place: Place): Value;
  setItem(value: Value, key: Value, item: Value, place: Place): void;
  /** Items of an iterable, or the unknown that hides them; raises TypeError for what is not iterable. */
  items(value: Value, place: Place): Value[] | Unknown;
  /** Lazily, for infinite iterators; yields at most the budget. */
  iterate(value: Value, place: Place): Iterable<Value> | Unknown;
  truth(value: Value, place: Place): boolean | Unknown;
  equals(left: Value, right: Value, place: Place): boolean | Unknown;
  /** Raises TypeError when the two can't be ordered. Negative, zero or positive. */
  compare(left: Value, right: Value, place: Place): number | Unknown;
  binary(operator: string, left: Value, right: Value, place: Place): Value;
  str(value: Value, place: Place): string | Unknown;
  repr(value: Value, place: Place): string | Unknown;
  format(value: Value, spec: string, place: Place): string | Unknown;
  classOf(value: Value): PyClass;
  isInstance(value: Value, cls: PyClass): boolean;
  /** `type(name, bases, namespace)`, for a metaclass of the repository's or `type` itself. */
  makeClass(metaclass: PyClass | undefined, name: Value, bases: Value, namespace: Value, keywords: Keywords, place: Place): Value;
  /** Makes an instance without asking the metaclass. */
  instantiate(cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value;
  /** A dict that is the variables themselves: `vars(object)`, `object.__dict__`. */
  namespace(variables: Map<string, Value>): PyDict;
  /** A builtin class by name (`dict`, `ValueError`, ...). */
  builtinClass(name: string): PyClass;
  /** A module by its full name, evaluated when it belongs to the repository; an unknown when it can't be had. */
  importModule(name: string, place: Place): Value;
  /** A module of a repository file, apart from what `import` finds; nothing of it has run yet. */
  createModule(name: string, file: string): PyModule;
  /** Runs the code of such a module. */
  runModule(module: PyModule): void;
  /** The part of a modelled library that is written in Python, evaluated once in a run. */
  librarySource(module: string): PyModule;

  // --- errors and honesty
  /** Raises a Python exception of a builtin class. */
  raise(className: string, message: string, place: Place): never;
  /** Call before changing an object: taints it when the change happens under a condition that isn't known. */
  mutate(object: Mutable): void;
  /** Notes a change to what was made at that stamp: when a module that files share made it, later files must not see it. */
  touchShared(stamp: number): void;
  /** Why a change to the object now may not happen in reality; undefined when it surely does. Changes nothing. */
  doubtOn(object: Mutable): Unknown | undefined;
  /** The conditions, outermost first, under which a change to the object now happens; none when it surely does. */
  conditionsOn(object: Pick<Mutable, 'stamp'>): readonly Condition[];
  /** Marks everything reachable from a value as no longer known: it was handed to code that can't be seen. */
  escape(value: Value, reason: Unknown): void;
  /** Notes that something was called that may make DAGs unseen. */
  noteStranger(reason: Unknown): void;
  /** Notes what the result rests on. */
  assume(kind: Assumption['kind'], text: string, place: Place): void;
  /** Items whose order Python doesn't promise, in the order that this runtime tries; notes why, when there are several. */
  inAnyOrder<T>(items: readonly T[], reason: () => Unknown): T[];
  /** Notes a Variable, environment variable or connection that was asked for. */
  require(kind: RequiredInput['kind'], name: string, state: RequiredInput['state'], place: Place): void;
  /** Notes that Airflow may refuse what happens now: the file, unless a `try` body catches it. */
  mayFail(reason: Unknown): void;
  /** Notes that everything in the file that is evaluated may differ from what we make of it. */
  doubtFile(reason: Unknown): void;
  /** An instance of a user's subclass of a builtin class, holding the builtin value. */
  makeSubclassInstance(cls: PyClass, value: Value, place: Place): Value;
  /** The place in the DAG file from which the code at `place` was reached. */
  placeInDagFile(place: Place): Place;
  /** Counts work; throws when the budget is used up. */
  step(place: Place, amount?: number): void;
}

/** A modelled module: names to values, made when first asked for. */
export type ModuleTable = Readonly<Record<string, (rt: Runtime) => Value>>;
