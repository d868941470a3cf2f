import type { Place } from '../../model/place.js';
import type { UnknownKind } from '../../model/unknown.js';
import type { ParameterNode } from '../../parse/syntax.js';
import { dependingOn, withoutAlternatives } from '../conditions.js';
import { PyRaise } from '../runtime.js';
import type { Scope } from '../scope.js';
import { PyBoundMethod, PyFunction, PyStaticMethod, PyClassMethod, Unknown, noKeywords } from '../values.js';
import type { Keywords, Value, PyClass, PyNative } from '../values.js';
import { initialize } from './attributes.js';
import { closeBranches } from './branches.js';
import { makeGenerator } from './generators.js';
import type { Frame, Machine } from './machine.js';
import { bindParameters } from './parameters.js';

/** Calls deeper than this are taken for endless; CPython's own limit is 1,000 frames. */
const MAX_CALL_DEPTH = 200;

/** Calls any value. An unknown callee gives an unknown, and what it was handed is no longer known. */
export function callValue(machine: Machine, callee: Value, args: readonly Value[], keywords: Keywords, place: Place): Value {
  machine.step(place);
  if (callee !== null && typeof callee === 'object') {
    switch (callee.kind) {
      case 'function':
        return callFunction(machine, callee, args, keywords, place);
      case 'native':
        return callNative(machine, callee, args, keywords, place);
      case 'method':
        return callValue(machine, callee.callee, [callee.self, ...args], keywords, place);
      case 'class':
        return machine.callClass(callee, args, keywords, place);
      case 'unknown':
        return machine.callUnknown(callee, args, keywords, place);
      case 'staticmethod':
      case 'classmethod':
        return callValue(machine, callee.callee, args, keywords, place);
      default:
        break;
    }
  }
  const special = machine.findSpecial(callee, '__call__');
  if (special !== undefined) return callValue(machine, special, args, keywords, place);
  return machine.raise('TypeError', `'${machine.classOf(callee).name}' object is not callable`, place);
}

function callNative(machine: Machine, callee: PyNative, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const result = withoutAlternatives(callee.call(machine, args, keywords, place));
  if (result instanceof Unknown && (hidesArguments(args) || mayFail(callee, result))) machine.mayRaise(result);
  return result;
}

/** What hides the result may as well raise: `int(x)` of an unknown text. */
function hidesArguments(args: readonly Value[]): boolean {
  return args.some((value) => value instanceof Unknown);
}

/** Kinds of unknowns that stand for something which may not be there: asking for it then raises. */
const failingKinds: ReadonlySet<UnknownKind> = new Set(['budget', 'connection', 'environment', 'external_data', 'file_unreadable', 'missing_variable', 'not_modelled']);

/** `get` and `getenv` give None for a name that the environment doesn't have. */
function mayFail(callee: PyNative, result: Unknown): boolean {
  return failingKinds.has(result.reason.kind) && !(result.reason.kind === 'environment' && ['get', 'getenv'].includes(callee.name));
}

/** Builtin classes that take anything. */
const neverRaising: ReadonlySet<string> = new Set(['bool', 'str', 'type', 'object']);

/** Calls a function of the repository: binds the arguments, runs the body, and gives what it returns. */
function callFunction(machine: Machine, callee: PyFunction, args: readonly Value[], keywords: Keywords, place: Place): Value {
  if (machine.frames.length >= MAX_CALL_DEPTH) return machine.unknown('budget', `calls are nested deeper than ${MAX_CALL_DEPTH.toString()}`, place);
  const { node } = callee;
  const variables = bindParameters(machine, callee, args, keywords, place);
  const scope: Scope = { kind: 'function', variables, parent: callee.closure, module: callee.closure.module, names: machine.namesOf(node), qualifier: `${callee.qualifiedName}.<locals>.` };
  machine.owners.set(scope, { cls: callee.ownerClass, self: firstArgument(node.parameters, variables) });
  const frame: Frame = {
    returned: null,
    alternatives: [],
    isCollected: false,
    restReason: undefined,
    rest: [],
    branchDepth: machine.branches.length,
    place,
  };
  if (node.kind === 'function' && node.isGenerator) return makeGenerator(machine, node.body, scope, frame);
  machine.frames.push(frame);
  try {
    if (node.kind === 'lambda') return machine.evaluate(node.body, scope);
    machine.execute(node.body, scope);
    const result = resultOf(frame);
    return node.isAsync ? machine.unknown('runtime_value', 'the result of a coroutine', place) : result;
  } catch (error) {
    const early = error instanceof PyRaise ? earlyResultOf(machine, frame) : undefined;
    if (early === undefined) throw error;
    return early;
  } finally {
    closeBranches(machine, frame.branchDepth);
    machine.frames.pop();
  }
}

function resultOf(frame: Frame): Value {
  const { alternatives, restReason, returned } = frame;
  if (alternatives.length === 0 || restReason === undefined) return returned;
  const isSame = alternatives.every(({ value }) => value === returned);
  if (isSame) return returned;
  return dependingOn(restReason, frame.isCollected ? alternatives : [...alternatives, { value: returned, conditions: frame.rest }]);
}

/**
 * What a function that raises has returned where it had left before, on a condition that isn't known: it raises only
 * where it had not. Undefined when it surely raises.
 */
function earlyResultOf(machine: Machine, { alternatives, restReason }: Frame): Unknown | undefined {
  const [first, ...others] = alternatives;
  if (restReason === undefined || first === undefined) return undefined;
  const condition = others.length === 0 ? first.conditions[0] : undefined;
  machine.mayRaise(restReason, condition);
  if (machine.tryDepth === 0) machine.doubt(new Unknown(restReason.reason), condition);
  return dependingOn(restReason, alternatives);
}

function firstArgument(parameters: readonly ParameterNode[], variables: ReadonlyMap<string, Value>): Value | undefined {
  const [first] = parameters;
  return first === undefined ? undefined : variables.get(first.name);
}

/** Makes the value of a `def` or `lambda`: its defaults are evaluated now, once. */
export function makeFunction(machine: Machine, node: PyFunction['node'], name: string, scope: Scope): PyFunction {
  const defaults = new Map<string, Value>();
  for (const parameter of node.parameters) {
    if (parameter.default !== null) defaults.set(parameter.name, machine.evaluate(parameter.default, scope));
  }
  const module = machine.moduleOf(scope);
  const qualifier = scope.names?.globals.has(name) === true ? '' : (scope.qualifier ?? '');
  return new PyFunction(machine.stamp(), name, qualifier + name, node, scope, module, defaults, undefined, new Map(), node);
}

/** Makes an instance: `__new__` of the class (ours or a modelled one), then `__init__`. */
export function callClass(machine: Machine, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value {
  const metaCall = cls.metaclass?.mro.map((each) => (each.path === 'type' ? undefined : each.attributes.get('__call__'))).find((each) => each !== undefined);
  if (metaCall !== undefined) return machine.call(metaCall, [cls, ...args], keywords, place);
  return instantiate(machine, cls, args, keywords, place);
}

/** What `type.__call__` does. */
export function instantiate(machine: Machine, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value {
  if (cls.abstractMethods !== undefined) refuseAbstract(machine, cls, cls.abstractMethods, place);
  const instance = withoutAlternatives(makeInstance(machine, cls, args, keywords, place));
  if (instance instanceof Unknown && hidesArguments(args) && !neverRaising.has(cls.path)) machine.mayRaise(instance);
  if (cls.mro.find((each) => each.construct !== undefined)?.isReadyWhenMade === true) return instance;
  if (instance instanceof Unknown || !machine.classOf(instance).mro.includes(cls)) return instance;
  const initializer = initializerOf(cls);
  if (initializer !== undefined) machine.call(initializer, [instance, ...args], keywords, place);
  else if (isRefilled(cls)) initialize(machine, instance, args, keywords, place);
  else if (cls.unknownBase !== undefined) machine.escapeAll([instance, ...args, ...keywords.values()], cls.unknownBase);
  return instance;
}

/** A list, dict or set whose class says how it is made, and leaves the filling to the builtin type. */
function isRefilled(cls: PyClass): boolean {
  const made = cls.mro.find((each) => each.attributes.has('__new__') || each.construct !== undefined);
  return made?.place !== undefined && cls.mro.some((each) => each.module === 'builtins' && filledByInit.has(each.name));
}

function refuseAbstract(machine: Machine, cls: PyClass, names: readonly string[], place: Place): never {
  const list = names.map((name) => `'${name}'`).join(', ');
  const noun = names.length === 1 ? 'method' : 'methods';
  return machine.raise('TypeError', `Can't instantiate abstract class ${cls.name} without an implementation for abstract ${noun} ${list}`, place);
}

function initializerOf(cls: PyClass): Value | undefined {
  for (const each of cls.mro) {
    const value = each.attributes.get('__init__');
    if (value !== undefined) return value;
  }
  return undefined;
}

const filledByInit: ReadonlySet<string> = new Set(['list', 'dict', 'set']);

function makeInstance(machine: Machine, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): Value {
  for (const each of cls.mro) {
    const own = each.attributes.get('__new__');
    if (own !== undefined) {
      const callee = own instanceof PyStaticMethod || own instanceof PyClassMethod || own instanceof PyBoundMethod ? own.callee : own;
      return machine.call(callee, [cls, ...args], keywords, place);
    }
    if (each.construct === undefined) continue;
    // The repository's own `__init__` fills a list, dict or set, by `super().__init__()` or not at all.
    if (each.module === 'builtins' && filledByInit.has(each.name) && initializerOf(cls) !== undefined) return each.construct(machine, cls, [], noKeywords, place);
    return each.construct(machine, cls, args, keywords, place);
  }
  if (initializerOf(cls) === undefined && cls.unknownBase === undefined && args.length + keywords.size > 0) {
    return machine.raise('TypeError', `${cls.name}() takes no arguments`, place);
  }
  return machine.instance(cls);
}
