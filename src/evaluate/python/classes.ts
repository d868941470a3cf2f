import type { Place } from '../../model/place.js';
import type { ClassNode } from '../../parse/syntax.js';
import { classFinishers } from '../finishers.js';
import type { Scope } from '../scope.js';
import { PyClass, PyFunction, Unknown, noKeywords } from '../values.js';
import type { Value } from '../values.js';
import { evaluateArguments } from './expressions.js';
import type { Runtime } from '../runtime.js';
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
  const qualifiedName = (scope.qualifier ?? '') + node.name;
  const given = keywords.get('metaclass');
  keywords.delete('metaclass');
  const metaclass = given instanceof PyClass ? given : bases.find((base) => base.metaclass !== undefined)?.metaclass;
  if (given instanceof Unknown) unknownBase ??= given;
  const variables = new Map<string, Value>([['__module__', moduleName(scope)], ['__qualname__', qualifiedName]]);
  const docstring = docOf(node);
  if (docstring !== undefined) variables.set('__doc__', docstring);
  const body: Scope = { kind: 'class', variables, parent: scope, module: scope.module, names: undefined, qualifier: `${qualifiedName}.` };
  machine.execute(node.body, body);
  if (metaclass !== undefined && makesClasses(metaclass)) {
    return machine.callClass(metaclass, [node.name, machine.tuple(bases), machine.dict(variables)], keywords, node);
  }
  const cls = startClass(machine, node.name, moduleName(scope), bases, metaclass, node);
  cls.qualifiedName = qualifiedName;
  if (unknownBase !== undefined) cls.unknownBase = unknownBase;
  for (const [name, value] of variables) cls.attributes.set(name, value);
  return finishClass(machine, cls, keywords, node);
}

/** Whether a metaclass is the repository's and takes part in making its classes. */
function makesClasses(metaclass: PyClass): boolean {
  return metaclass.mro.some((each) => each.place !== undefined && (each.attributes.has('__new__') || each.attributes.has('__init__')));
}

/** A class before its body has run: its place among its bases. */
export function startClass(machine: Machine, name: string, module: string, given: readonly PyClass[], metaclass: PyClass | undefined, place: Place): PyClass {
  const bases = given.length === 0 ? [machine.builtinClass('object')] : given;
  const repeated = bases.find((base, index) => bases.indexOf(base) !== index);
  if (repeated !== undefined) machine.raise('TypeError', `duplicate base class ${repeated.name}`, place);
  const cls = new PyClass(machine.stamp(), name, module, bases, place);
  cls.unknownBase = bases.find((base) => base.unknownBase !== undefined)?.unknownBase;
  cls.mro = linearize(machine, cls, bases, place);
  checkLayout(machine, bases, place);
  cls.metaclass = metaclass;
  for (const base of bases) base.subclasses.push(cls);
  return cls;
}

/** A class whose body has run: its hooks, its bases' hooks, and what modelled bases do. */
export function finishClass(machine: Machine, cls: PyClass, keywords: ReadonlyMap<string, Value>, place: Place): PyClass {
  takeQualifiedName(cls);
  adopt(cls);
  equipSlots(machine, cls, place);
  if (!cls.attributes.has('__doc__')) cls.attributes.set('__doc__', null);
  cls.attributeHook = cls.mro.find((each) => each.place !== undefined && each.attributes.has('__getattribute__'))?.attributes.get('__getattribute__');
  cls.abstractMethods = abstractMethodsOf(cls);
  setNames(machine, cls, place);
  initSubclass(machine, cls, keywords, place);
  finish(machine, cls, place);
  return cls;
}

/** What stays abstract in a class whose metaclass is `abc.ABCMeta`. */
function abstractMethodsOf(cls: PyClass): readonly string[] | undefined {
  if (cls.metaclass?.mro.some((each) => each.path === 'abc.ABCMeta') !== true || cls.unknownBase !== undefined) return undefined;
  const names = new Set(cls.mro.slice(1).flatMap((each) => each.abstractMethods ?? []));
  for (const [name, value] of cls.attributes) if (isAbstract(value)) names.add(name);
  const left = [...names].filter((name) => isAbstract(cls.mro.map((each) => each.attributes.get(name)).find((value) => value !== undefined)));
  return left.length === 0 ? undefined : left.sort();
}

function isAbstract(value: Value | undefined): boolean {
  return value !== undefined && functionsIn(value).some((each) => each.attributes.get('__isabstractmethod__') === true);
}

/** Builtin types whose instances have a form of their own: a class can hold only one of them. */
const solid: ReadonlySet<string> = new Set(['BaseException', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple', 'type']);

function checkLayout(machine: Machine, bases: readonly PyClass[], place: Place): void {
  const forms = bases.flatMap((base) => base.mro.find((each) => each.module === 'builtins' && solid.has(each.name)) ?? []);
  if (new Set(forms).size > 1) machine.raise('TypeError', 'multiple bases have instance lay-out conflict', place);
}

/** Notes which attributes instances may have when `__slots__` says so in every class of the order. */
export function equipSlots(machine: Runtime, cls: PyClass, place: Place): void {
  const own = cls.attributes.get('__slots__');
  if (own === undefined) return;
  const items = typeof own === 'string' ? [own] : machine.items(own, place);
  if (items instanceof Unknown) return;
  const names = items.filter((item) => typeof item === 'string');
  if (names.length > 0 && cls.mro.some((each) => each.module === 'builtins' && ['int', 'tuple', 'bytes'].includes(each.name))) {
    machine.raise('TypeError', `nonempty __slots__ not supported for subtype of '${cls.bases[0]?.name ?? ''}'`, place);
  }
  for (const name of names) {
    if (cls.attributes.has(name)) machine.raise('ValueError', `'${name}' in __slots__ conflicts with class variable`, place);
  }
  if (names.includes('__dict__') || cls.unknownBase !== undefined) return;
  const inherited = new Set<string>();
  for (const base of cls.mro.slice(1)) {
    if (base.module === 'builtins' && !base.mro.some((each) => each.name === 'BaseException')) continue;
    if (base.slots === undefined) return;
    for (const name of base.slots) inherited.add(name);
  }
  cls.slots = new Set([...inherited, ...names]);
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
    if (next === undefined) {
      const names = bases.map((base) => base.name).join(', ');
      return machine.raise('TypeError', `Cannot create a consistent method resolution\norder (MRO) for bases ${names}`, place);
    }
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
  if (value.kind === 'property') return [...functionsIn(value.getter), ...functionsIn(value.setter), ...functionsIn(value.deleter)];
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
  for (const name of ['__init_subclass__', '__class_getitem__']) {
    const own = cls.attributes.get(name);
    if (own instanceof PyFunction) cls.attributes.set(name, machine.classMethod(own));
  }
  for (const base of cls.mro.slice(1)) {
    const hook = base.attributes.get('__init_subclass__');
    if (hook === undefined) continue;
    const callee = typeof hook === 'object' && hook !== null && hook.kind === 'classmethod' ? hook.callee : hook;
    machine.call(callee, [cls], keywords, place);
    return;
  }
  if (keywords.size > 0 && cls.unknownBase === undefined && cls.mro.slice(1).every((each) => each.place !== undefined || each.module === 'builtins')) {
    machine.raise('TypeError', `${cls.name}.__init_subclass__() takes no keyword arguments`, place);
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
