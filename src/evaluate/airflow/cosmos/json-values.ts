import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';
import { isObject } from './node.js';

/** A value of JSON as Python's; a number without a fraction is taken for an int. */
export function fromJson(rt: Runtime, value: unknown): Value {
  if (Array.isArray(value)) return rt.list(value.map((item) => fromJson(rt, item)));
  if (isObject(value)) return rt.dict(Object.entries(value).map(([key, item]) => [key, fromJson(rt, item)] as const));
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}
