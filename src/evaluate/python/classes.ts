import type { Place } from '../../model/place.js';
import type { ClassNode } from '../../parse/syntax.js';
import { classFinishers } from '../finishers.js';
import type { Scope } from '../scope.js';
import { PyClass, PyFunction, Unknown, noKeywords } from '../values.js';
import type { Value } from '../values.js';
import { evaluateArguments } from './expressions.js';
import type { Machine } from './machine.js';

/** Runs a class statement: evaluates bases, runs the body, orders the bases, and lets bases finish the class. */
export function defineClass(machine: Machine, node: ClassNode, scope: Scope): Value {
  const { positional, keywords, hidden } = evaluateArguments(machine, node.bases, scope, node);
  const bases: PyClass[] = [];
  let unknownBase = hidden;
  for (const base of positional) {
    const cls = machine.baseClassOf(baseClass(machine, base));
    if (cls instanceof PyClass) bases.push(cls);
    else if (cls instanceof Unknown) unknownBase ??= cls;
    else machine.raise('TypeError', 'bases must be types', node);
  }
  if (bases.length === 0) bases.push(machine.builtinClass('object'));
  const cls = new PyClass(machine.stamp(), node.name, moduleName(scope), bases, node);
  cls.unknownBase = unknownBase ?? bases.find((base) => base.unknownBase !== undefined)?.unknownBase;
  cls.mro = linearize(machine, cls, bases, node);
  const metaclass = keywords.get('metaclass');
  cls.metaclass = metaclass instanceof PyClass ? metaclass : bases.find((base) => base.metaclass !== undefined)?.metaclass;
  if (metaclass instanceof Unknown) cls.unknownBase ??= metaclass;
  cls.qualifiedName = (scope.qualifier ?? '') + node.name;
  const body: Scope = { kind: 'class', variables: cls.attributes, parent: scope, module: scope.module, names: undefined, qualifier: `${cls.qualifiedName}.` };
  cls.attributes.set('__module__', cls.module);
  cls.attributes.set('__qualname__', cls.qualifiedName);
  const docstring = docOf(node);
  if (docstring !== undefined) cls.attributes.set('__doc__', docstring);
  machine.execute(node.body, body);
  takeQualifiedName(cls);
  adopt(cls);
  setNames(machine, cls, node);
  initSubclass(machine, cls, keywords, node);
  finish(machine, cls, node);
  return cls;
}

/** The body sees `__qualname__` as a variable; afterwards it belongs to the class itself, not to its namespace. */
function takeQualifiedName(cls: PyClass): void {
  const name = cls.attributes.get('__qualname__');
  if (typeof name === 'string') cls.qualifiedName = name;
  cls.attributes.delete('__qualname__');
}

/** A subscripted generic (`Generic[T]`, `list[str]`) stands for its class; `__mro_entries__` is not modelled beyond that. */
function baseClass(machine: Machine, base: Value): Value {
  if (base instanceof PyClass || base instanceof Unknown) return base;
  const origin = machine.findAttribute(base, '__origin__', { file: '', line: 1 });
  if (origin instanceof PyClass) return origin;
  // A function used as base, as `typing.NamedTuple` and `typing.TypedDict` are.
  const marker = machine.findAttribute(base, '__class_base__', { file: '', line: 1 });
  return marker ?? base;
}

function moduleName(scope: Scope): string {
  const name = scope.module.variables.get('__name__');
  return typeof name === 'string' ? name : '';
}

function docOf(node: ClassNode): string | undefined {
  const [first] = node.body;
  if (first?.kind !== 'expression' || first.value.kind !== 'constant') return undefined;
  return typeof first.value.value === 'string' ? first.value.value : undefined;
}

/** C3 linearisation (https://www.python.org/download/releases/2.3/mro/). */
function linearize(machine: Machine, cls: PyClass, bases: readonly PyClass[], place: Place): PyClass[] {
  const sequences = [...bases.map((base) => [...base.mro]), [...bases]];
  const result: PyClass[] = [cls];
  for (;;) {
    const left = sequences.filter((sequence) => sequence.length > 0);
    if (left.length === 0) return result;
    const next = left.map((sequence) => sequence[0]).find((head) => head !== undefined && left.every((other) => !other.slice(1).includes(head)));
    if (next === undefined) return machine.raise('TypeError', 'Cannot create a consistent method resolution order (MRO)', place);
    result.push(next);
    for (const sequence of sequences) if (sequence[0] === next) sequence.shift();
  }
}

/** Functions in a class body know their class: `super()` without arguments means it. */
function adopt(cls: PyClass): void {
  for (const value of cls.attributes.values()) {
    for (const member of functionsIn(value)) member.ownerClass ??= cls;
  }
}

function functionsIn(value: Value): PyFunction[] {
  if (value instanceof PyFunction) return [value];
  if (value === null || typeof value !== 'object') return [];
  if (value.kind === 'staticmethod' || value.kind === 'classmethod') return functionsIn(value.callee);
  if (value.kind === 'property') return [...functionsIn(value.getter), ...functionsIn(value.setter)];
  return [];
}

function setNames(machine: Machine, cls: PyClass, place: Place): void {
  for (const [name, value] of [...cls.attributes]) {
    if (value === null || typeof value !== 'object' || value.kind !== 'instance') continue;
    const hook = machine.findSpecial(value, '__set_name__');
    if (hook !== undefined) machine.call(hook, [cls, name], noKeywords, place);
  }
}

function initSubclass(machine: Machine, cls: PyClass, keywords: ReadonlyMap<string, Value>, place: Place): void {
  const own = cls.attributes.get('__init_subclass__');
  if (own instanceof PyFunction) cls.attributes.set('__init_subclass__', machine.classMethod(own));
  for (const base of cls.mro.slice(1)) {
    const hook = base.attributes.get('__init_subclass__');
    if (hook === undefined) continue;
    const rest = new Map([...keywords].filter(([name]) => name !== 'metaclass'));
    const callee = typeof hook === 'object' && hook !== null && hook.kind === 'classmethod' ? hook.callee : hook;
    machine.call(callee, [cls], rest, place);
    return;
  }
}

function finish(machine: Machine, cls: PyClass, place: Place): void {
  for (const base of cls.mro.slice(1)) {
    const finisher = classFinishers.get(base.path);
    if (finisher !== undefined) {
      finisher(machine, cls, place);
      return;
    }
  }
}
