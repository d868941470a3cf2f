import type { Runtime } from '../runtime.js';
import type { PyDict, Value } from '../values.js';

/** Attributes of an object whose `__dict__` was set to a dict: they are its entries, read and written there. */
export class DictAttributes extends Map<string, Value> {
  constructor(
    private readonly rt: Runtime,
    readonly dict: PyDict,
  ) {
    super();
  }
  override get size(): number {
    return this.names().length;
  }
  override get(name: string): Value | undefined {
    return this.dict.taint ?? this.dict.entries.get(name)?.value;
  }
  override has(name: string): boolean {
    return this.dict.taint !== undefined || this.dict.entries.has(name);
  }
  override set(name: string, value: Value): this {
    this.rt.mutate(this.dict);
    this.dict.entries.set(name, { key: name, value });
    return this;
  }
  override delete(name: string): boolean {
    this.rt.mutate(this.dict);
    return this.dict.entries.delete(name);
  }
  override *entries(): MapIterator<[string, Value]> {
    for (const { key, value } of this.dict.entries.values()) if (typeof key === 'string') yield [key, value];
  }
  override *keys(): MapIterator<string> {
    yield* this.names();
  }
  override *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }
  override [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }
  override forEach(visit: (value: Value, name: string, map: Map<string, Value>) => void): void {
    for (const [name, value] of this.entries()) visit(value, name, this);
  }
  private names(): string[] {
    return [...this.entries()].map(([name]) => name);
  }
}
