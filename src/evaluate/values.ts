import type { FunctionNode, LambdaNode } from '../parse/syntax.js';
import type { Condition } from '../model/graph.js';
import type { Place } from '../model/place.js';
import type { UnknownKind } from '../model/unknown.js';
import type { Runtime } from './runtime.js';
import type { Scope } from './scope.js';

/**
 * A Python value. `None` is null, `int` is bigint, `float` is number, `str` is string, `bool` is boolean; everything
 * else is an object of one of the classes below, told apart by `kind`.
 */
export type Value = null | boolean | bigint | number | string | PyObject;

export type PyObject =
  | Unknown
  | PyBytes
  | PyList
  | PyTuple
  | PyDict
  | PySet
  | PyRange
  | PySlice
  | PyEllipsis
  | PyNotImplemented
  | PyFunction
  | PyNative
  | PyBoundMethod
  | PyProperty
  | PyStaticMethod
  | PyClassMethod
  | PySuper
  | PyClass
  | PyInstance
  | PyModule
  | PyIterator;

export type Keywords = ReadonlyMap<string, Value>;
export const noKeywords: Keywords = new Map();

/** A value that can't be known; it carries why and where, flows through expressions and spoils only what depends on it. */
export class Unknown {
  readonly kind = 'unknown';
  constructor(
    readonly reason: { kind: UnknownKind; text: string; place: Place },
    /** Dotted name where the value comes from, e.g. `company.operators.LoadOperator`; empty when it has none. */
    readonly path: string = '',
    /** Whether calling it is known to leave DAGs and arguments alone (a library that knows nothing of Airflow). */
    readonly isInert: boolean = false,
    /** The Python type's name when at least that is known (`str`, `datetime`, ...); empty otherwise. */
    readonly typeName: string = '',
    /** What it may be, where the arms of a condition gave a name different values. */
    readonly alternatives: readonly Alternative[] = [],
  ) {}
}

/** A module of which nothing but that it is one is known: it is true and not None. */
export function isHiddenModule(value: Value): boolean {
  return value instanceof Unknown && value.typeName === 'module';
}

/** A value that an unknown may be, and when. */
export interface Alternative {
  readonly value: Value;
  /** Outermost first; all of them hold. */
  readonly conditions: readonly Condition[];
}

/** What every object that can be changed has: when it was made, and whether its content is still known. */
export abstract class Mutable {
  /** Set when something that can't be followed may have changed the object. */
  taint: Unknown | undefined;
  /** The runtime's object counter when the object was made: objects older than a branch are shared by its arms. */
  constructor(readonly stamp: number) {}
}

export class PyBytes {
  readonly kind = 'bytes';
  constructor(readonly bytes: Uint8Array) {}
}

export class PyList extends Mutable {
  readonly kind = 'list';
  constructor(
    stamp: number,
    public items: Value[],
  ) {
    super(stamp);
  }
}

export class PyTuple {
  readonly kind = 'tuple';
  /** Attributes of an instance of a user's subclass. */
  attributes: Map<string, Value> | undefined;
  /** The class when the tuple is an instance of a named tuple or another subclass of tuple. */
  constructor(
    readonly items: readonly Value[],
    public cls: PyClass | undefined = undefined,
  ) {}
}

/** What a dict or set entry is found by; equal Python keys (`1`, `1.0`, `True`) have the same one. See python/hash.ts. */
export type HashKey = unknown;

export class PyDict extends Mutable {
  readonly kind = 'dict';
  /** Class of a dict subclass (`defaultdict`, `OrderedDict`, a user's); undefined for dict itself. */
  cls: PyClass | undefined;
  /** Attributes of an instance of a user's dict subclass; `default_factory` of a defaultdict. */
  attributes: Map<string, Value> | undefined;
  readonly entries: Map<HashKey, { key: Value; value: Value }>;
  constructor(stamp: number, entries: Map<HashKey, { key: Value; value: Value }> = new Map()) {
    super(stamp);
    this.entries = entries;
  }
}

export class PySet extends Mutable {
  readonly kind = 'set';
  constructor(
    stamp: number,
    readonly entries: Map<HashKey, Value>,
    readonly isFrozen: boolean = false,
  ) {
    super(stamp);
  }
}

export class PyRange {
  readonly kind = 'range';
  constructor(
    readonly start: bigint,
    readonly stop: bigint,
    readonly step: bigint,
  ) {}
}

export class PySlice {
  readonly kind = 'slice';
  constructor(
    readonly start: Value,
    readonly stop: Value,
    readonly step: Value,
  ) {}
}

export class PyEllipsis {
  readonly kind = 'ellipsis';
}
export class PyNotImplemented {
  readonly kind = 'not_implemented';
}
export const ellipsis = new PyEllipsis();
export const notImplemented = new PyNotImplemented();

/** A function or lambda of the repository. */
export class PyFunction extends Mutable {
  readonly kind = 'function';
  readonly attributes = new Map<string, Value>();
  constructor(
    stamp: number,
    public name: string,
    public qualifiedName: string,
    readonly node: FunctionNode | LambdaNode,
    readonly closure: Scope,
    readonly module: PyModule,
    /** Values of the defaults, evaluated when the function was defined, by parameter name. */
    readonly defaults: ReadonlyMap<string, Value>,
    /** The class in whose body it was defined: what `super()` without arguments means. */
    public ownerClass: PyClass | undefined,
    readonly annotations: ReadonlyMap<string, Value>,
    readonly place: Place,
  ) {
    super(stamp);
  }
}

/** How a modelled function is called. `place` is the call's, for unknowns and errors. */
export type NativeCall = (rt: Runtime, args: readonly Value[], keywords: Keywords, place: Place) => Value;

/** A function that we model: a builtin, a library function, part of Airflow's API. */
export class PyNative {
  readonly kind = 'native';
  readonly attributes = new Map<string, Value>();
  constructor(
    readonly name: string,
    readonly call: NativeCall,
    /** Whether it binds `self` when found on a class, as a Python function does. */
    readonly bindsSelf: boolean = true,
  ) {}
}

export class PyBoundMethod {
  readonly kind = 'method';
  constructor(
    readonly self: Value,
    readonly callee: Value,
  ) {}
}

export class PyProperty {
  readonly kind = 'property';
  constructor(
    readonly getter: Value,
    readonly setter: Value = null,
    readonly isCached: boolean = false,
    readonly deleter: Value = null,
  ) {}
}

export class PyStaticMethod {
  readonly kind = 'staticmethod';
  constructor(readonly callee: Value) {}
}

export class PyClassMethod {
  readonly kind = 'classmethod';
  constructor(readonly callee: Value) {}
}

export class PySuper {
  readonly kind = 'super';
  constructor(
    readonly startAfter: PyClass,
    readonly self: Value,
    readonly selfClass: PyClass,
  ) {}
}

/** A class: of the repository, of Python's builtins, of a modelled library, or of Airflow. */
export class PyClass extends Mutable {
  readonly kind = 'class';
  readonly attributes = new Map<string, Value>();
  /** Method resolution order, itself first. */
  mro: readonly PyClass[] = [this];
  /** Makes an instance (`__new__` of a modelled class); found along the MRO. */
  construct: ((rt: Runtime, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place) => Value) | undefined;
  /** Whether `construct` also does what `__init__` does. */
  isReadyWhenMade = false;
  /** Set when a base class is not known: attributes that are not found are then unknown instead of missing. */
  unknownBase: Unknown | undefined;
  /** `__qualname__`. */
  qualifiedName: string;
  /** Names of `__slots__` along the order when instances have no `__dict__`. */
  slots: ReadonlySet<string> | undefined;
  /** `__getattribute__` of the repository's own: it answers every attribute access. */
  attributeHook: Value | undefined;
  /** Names that `abc.abstractmethod` marks and no class of the order fills; undefined when there are none. */
  abstractMethods: readonly string[] | undefined;
  /** Classes that name this one among their bases. */
  readonly subclasses: PyClass[] = [];
  /** The metaclass when it isn't `type`. */
  metaclass: PyClass | undefined;
  constructor(
    stamp: number,
    readonly name: string,
    readonly module: string,
    readonly bases: readonly PyClass[],
    readonly place: Place | undefined,
  ) {
    super(stamp);
    this.qualifiedName = name;
  }
  /** Dotted path of the class. */
  get path(): string {
    return this.module === 'builtins' ? this.name : `${this.module}.${this.name}`;
  }
}

/** An instance of a class. `native` holds the state of a modelled one (a datetime's fields, a DAG's tasks). */
export class PyInstance extends Mutable {
  readonly kind = 'instance';
  attributes = new Map<string, Value>();
  native: unknown;
  constructor(
    stamp: number,
    public cls: PyClass,
  ) {
    super(stamp);
  }
}

export class PyModule extends Mutable {
  readonly kind = 'module';
  constructor(
    stamp: number,
    readonly name: string,
    readonly variables: Map<string, Value>,
    /** The repository file that it was read from; empty for a modelled module. */
    readonly file: string = '',
    /** What an attribute is that isn't among the variables (lazily modelled modules); undefined = AttributeError. */
    readonly fallback: ((name: string, place: Place) => Value | undefined) | undefined = undefined,
  ) {
    super(stamp);
  }
}

/** An iterator: of a container, a generator, or a modelled function such as `zip`. */
export class PyIterator extends Mutable {
  readonly kind = 'iterator';
  constructor(
    stamp: number,
    readonly name: string,
    readonly source: Iterator<Value, Value | undefined, Value | undefined>,
  ) {
    super(stamp);
  }
  /** What the generator returned, until a StopIteration has told it. */
  returned: Value | undefined;
}
