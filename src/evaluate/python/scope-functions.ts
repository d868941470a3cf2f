import type { Place } from '../../model/place.js';
import { PyClass, PyDict, PySuper, Unknown } from '../values.js';
import type { HashKey, Value } from '../values.js';
import type { Scope } from '../scope.js';
import { setVariable } from './branches.js';
import type { Machine } from './machine.js';

type Entry = { key: Value; value: Value };

/** The entries of `globals()`: a live view of a module's variables. */
class NamespaceEntries extends Map<HashKey, Entry> {
  constructor(
    private readonly machine: Machine,
    private readonly variables: Map<string, Value>,
  ) {
    super();
  }
  override get size(): number {
    return this.variables.size;
  }
  override get(key: HashKey): Entry | undefined {
    if (typeof key !== 'string') return undefined;
    const value = this.variables.get(key);
    return value === undefined ? undefined : { key, value };
  }
  override has(key: HashKey): boolean {
    return typeof key === 'string' && this.variables.has(key);
  }
  override set(key: HashKey, entry: Entry): this {
    if (typeof key === 'string') setVariable(this.machine, this.variables, key, entry.value);
    else this.machine.hiddenGlobals.push(entry.value);
    return this;
  }
  override delete(key: HashKey): boolean {
    return typeof key === 'string' && this.variables.delete(key);
  }
  override clear(): void {
    this.variables.clear();
  }
  override *entries(): MapIterator<[HashKey, Entry]> {
    for (const [key, value] of this.variables) yield [key, { key, value }];
  }
  override *keys(): MapIterator<HashKey> {
    yield* this.variables.keys();
  }
  override *values(): MapIterator<Entry> {
    for (const [key, value] of this.variables) yield { key, value };
  }
  override [Symbol.iterator](): MapIterator<[HashKey, Entry]> {
    return this.entries();
  }
  override forEach(visit: (value: Entry, key: HashKey, map: Map<HashKey, Entry>) => void): void {
    for (const [key, value] of this.variables) visit({ key, value }, key, this);
  }
}

/** `globals()`: writes through it create module variables, which is how factories register DAGs. */
export function globalsOf(machine: Machine, scope: Scope): PyDict {
  return new PyDict(machine.stamp(), new NamespaceEntries(machine, scope.module.variables));
}

/** A dict that is the variables themselves. */
export function namespaceOf(machine: Machine, variables: Map<string, Value>): PyDict {
  return new PyDict(machine.stamp(), new NamespaceEntries(machine, variables));
}

/** `locals()` and `vars()`: at module and class level the live namespace, in a function a copy. */
export function localsOf(machine: Machine, scope: Scope): PyDict {
  if (scope.kind === 'module') return globalsOf(machine, scope);
  if (scope.kind === 'class') return new PyDict(machine.stamp(), new NamespaceEntries(machine, scope.variables));
  return machine.dict([...scope.variables]);
}

/** `super()` without arguments: of the class and first argument of the function around it. */
export function superOf(machine: Machine, scope: Scope, place: Place): Value {
  for (let outer: Scope | undefined = scope; outer !== undefined; outer = outer.parent) {
    const owner = machine.owners.get(outer);
    if (owner?.cls === undefined || owner.self === undefined) continue;
    const { cls, self } = owner;
    // In a class method the first argument is the class itself, in a method of a metaclass an instance of that.
    return new PySuper(cls, self, self instanceof PyClass && self.mro.includes(cls) ? self : machine.classOf(self));
  }
  return machine.raise('RuntimeError', 'super(): no arguments', place);
}

/** Whether an assignment stores into `globals()` under a key that isn't known. */
export function hiddenGlobal(target: Value, key: Value): boolean {
  return key instanceof Unknown && target instanceof PyDict && target.entries instanceof NamespaceEntries;
}
