import type { Runtime } from '../../runtime.js';
import type { PyClass, Value } from '../../values.js';
import { defineClass, libraryPlace, oncePerRun } from '../define.js';

// Builtin classes that count as instances by registration.
const registered: Readonly<Record<string, readonly string[]>> = {
  Sequence: ['list', 'tuple', 'str', 'bytes', 'range'],
  MutableSequence: ['list'],
  Mapping: ['dict'],
  MutableMapping: ['dict'],
  Set: ['set', 'frozenset'],
  MutableSet: ['set'],
};

// What counts as an instance of these depends on the methods that a class has, which `isinstance` doesn't look at.
const structural = ['Callable', 'Collection', 'Container', 'Generator', 'Hashable', 'Iterable', 'Iterator', 'Reversible', 'Sized'] as const;

const nominal = Object.fromEntries(Object.keys(registered).map((name) => [name, defineClass({ name, module: 'collections.abc' })]));
const registrationKey = {};

/** Puts the abstract classes into the order of the builtin ones, where `isinstance` finds them. */
export function registerAbstract(rt: Runtime): void {
  oncePerRun(rt, registrationKey, () => {
    for (const [name, builtins] of Object.entries(registered)) {
      const abstract = nominal[name]?.(rt);
      for (const each of builtins) if (abstract) insert(rt.builtinClass(each), abstract);
    }
    return true;
  });
}

function insert(cls: PyClass, abstract: PyClass): void {
  cls.mro = [...cls.mro.slice(0, -1), abstract, ...cls.mro.slice(-1)];
}

const nominalValue = (name: string) => (rt: Runtime): Value => {
  registerAbstract(rt);
  return nominal[name]?.(rt) ?? null;
};

const structuralValue = (name: string) => (rt: Runtime): Value =>
  rt.unknown('not_modelled', `collections.abc.${name} is not modelled`, libraryPlace, `collections.abc.${name}`);

/** Names of `collections.abc`; `typing` has the same ones. */
export const abstractClasses: Readonly<Record<string, (rt: Runtime) => Value>> = {
  ...Object.fromEntries(Object.keys(registered).map((name) => [name, nominalValue(name)])),
  ...Object.fromEntries(structural.map((name) => [name, structuralValue(name)])),
};
