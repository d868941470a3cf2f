import type { Assumption, Condition, RequiredInput } from '../../model/graph.js';
import type { Place } from '../../model/place.js';
import type { Expression, FunctionNode, LambdaNode, NodeBase, Statement } from '../../parse/syntax.js';
import type { PyRaise, Runtime } from '../runtime.js';
import type { Scope, ScopeNames } from '../scope.js';
import type { PyClass, PyModule, Unknown, Value } from '../values.js';

/** How a block ended. */
export type Completion = 'normal' | 'break' | 'continue' | 'return';

/** Variables that a branch has set, with what they were before. */
export type Journal = Map<Map<string, Value>, Map<string, Value | undefined>>;

/** Code that runs under a condition that isn't known. */
export interface Branch {
  readonly reason: Unknown;
  /** Objects with a smaller stamp are older than the branch, so what happens to them may not happen. */
  readonly since: number;
  readonly journal: Journal;
  /** What holds while it runs. */
  readonly conditions: readonly Condition[];
}

/** The body of a `try` statement that is running and whose exceptions can be swallowed. */
export interface Attempt {
  readonly place: Place;
  /** Variables that outlive the body. */
  readonly scopes: ReadonlySet<Map<string, Value>>;
  /** Set from the first operation on that may have raised in reality: the rest of the body may not have run. */
  doubt: Branch | undefined;
}

/** What a function may return, and when. */
interface Returned {
  readonly value: Value;
  readonly conditions: readonly Condition[];
}

/** A running function call or module body. */
export interface Frame {
  /** What a `return` gave. */
  returned: Value;
  /** What other arms of an unknown condition returned before the end. */
  readonly alternatives: Returned[];
  /** Whether what `returned` holds stands among the alternatives: every arm of a fork returned. */
  isCollected: boolean;
  /** Why the rest of the function may not run; set when an arm returned. */
  restReason: Unknown | undefined;
  /** What holds when the rest of the function runs. */
  readonly rest: Condition[];
  /** Depth of the branch stack when the frame began. */
  readonly branchDepth: number;
  readonly place: Place;
}

/** What evaluating one module found out besides its variables; an importer inherits it. */
export interface Record {
  readonly assumptions: Map<string, Assumption>;
  readonly inputs: Map<string, RequiredInput>;
  /** Why everything that the file makes may differ: it can raise, or something escaped. */
  readonly doubts: Unknown[];
  /** What must hold for the file to be read to its end. */
  readonly conditions: Condition[];
  /** Why the order of what was taken one by one may be another. */
  readonly orders: Unknown[];
}

/** The interpreter's own state and the operations that only its parts use. */
export interface Machine extends Runtime {
  readonly branches: Branch[];
  readonly attempts: Attempt[];
  readonly frames: Frame[];
  readonly records: Record[];
  readonly modules: Map<string, PyModule | Unknown>;
  /** How many operations so far might have raised in reality although they didn't here. */
  doubtfulEvents: number;
  /** The archive that the current DAG file lies in; empty for none. */
  readonly archive: string;
  /** What the last of them depended on. */
  lastDoubtful: Unknown | undefined;
  mayRaise(reason: Unknown, condition?: Condition): void;
  /** How many `try` bodies are running. */
  tryDepth: number;
  /** Set when a file has changed an object of a module that other files share. */
  sharedWasChanged: boolean;
  namesOf(node: FunctionNode | LambdaNode): ScopeNames;
  execute(statements: readonly Statement[], scope: Scope): Completion;
  /** Sets a variable, remembering the old value for the branch that runs. */
  setVariable(variables: Map<string, Value>, name: string, value: Value | undefined): void;
  lookUp(name: string, scope: Scope, place: Place): Value;
  assign(name: string, value: Value, scope: Scope): void;
  callClass(cls: PyClass, args: readonly Value[], keywords: ReadonlyMap<string, Value>, place: Place): Value;
  builtin(name: string): Value | undefined;
  /** Calls with arguments of which some are hidden by an unknown `*x` or `**x`. */
  callHidden(callee: Value, args: readonly Value[], keywords: ReadonlyMap<string, Value>, hidden: Unknown, place: Place): Value;
  /** `super()`, `globals()`, `locals()`, `vars()` as they are in a scope. */
  callInScope(name: 'super' | 'globals' | 'locals' | 'vars', scope: Scope, place: Place): Value;
  /** Calls something that can't be seen. */
  callUnknown(callee: Unknown, args: readonly Value[], keywords: ReadonlyMap<string, Value>, place: Place): Value;
  escapeAll(values: readonly Value[], reason: Unknown): void;
  /** The class and first argument of the function that a scope belongs to: what `super()` is made of. */
  readonly owners: WeakMap<Scope, { cls: PyClass | undefined; self: Value | undefined }>;
  moduleOf(scope: Scope): PyModule;
  classMethod(callee: Value): Value;
  /** What stands for a base class that can't be seen, or the value itself. */
  baseClassOf(base: Value): Value;
  /** Goes on under a condition that isn't known, to the end of the function. */
  reopen(reason: Unknown, conditions: readonly Condition[]): void;
  /** Exceptions that are being handled, innermost last: what a bare `raise` raises again. */
  readonly handled: PyRaise[];
  /** Enters a context manager; gives what `as` is bound to. */
  enter(manager: Value, place: Place): Value;
  /** Leaves a context manager; true when it swallowed the exception. */
  exit(manager: Value, error: PyRaise | undefined, place: Place): boolean;
  /** The module of `from .a.b import x`. */
  importFrom(module: string, level: number, scope: Scope, place: Place): Value;
  importName(module: Value, name: string, place: Place): Value;
  importStar(module: Value, scope: Scope, place: Place): void;
  /** Notes a name's annotation in a class or module. */
  annotate(name: string, annotation: Expression, scope: Scope): void;
  remove(name: string, scope: Scope, place: Place): void;
  /** Takes a name away if it is there. */
  unbind(name: string, scope: Scope): void;
  deleteAttribute(object: Value, name: string, place: Place): void;
  makeFunction(node: FunctionNode | LambdaNode, name: string, scope: Scope): Value;
  /** Notes that everything in the file that is evaluated may differ from what we make of it. */
  doubt(reason: Unknown, condition?: Condition): void;
  /** The text of a part of the syntax tree as it is written, in one line. */
  textOf(node: NodeBase): string;
  /** The place, or where the repository's code called the library that it lies in. */
  placeInRepository(place: Place): Place;
  /** Names that a star import of something unknown may have bound, by module scope. */
  readonly hiddenNames: WeakMap<Scope, Unknown>;
  scopeOf(module: PyModule): Scope;
  /** Values stored in `globals()` under a key that isn't known. */
  readonly hiddenGlobals: Value[];
}
