import type { Runtime } from '../runtime.js';
import { PyInstance, PyNative } from '../values.js';
import type { Value, PyClass } from '../values.js';
import { Wrapped } from '../python/protocol/kinds.js';
import { defineModelledClass } from './define.js';
import { worldOf } from './world.js';

/** An enum of Airflow (`TriggerRule`, `State`, ...): members are text that is also a member. */
export function enumClass(rt: Runtime, path: string): PyClass {
  const cls = defineModelledClass(rt, path, { base: rt.builtinClass('str'), isOpen: true });
  const members = worldOf(rt).api.enumMembers(path) ?? {};
  const made: Value[] = [];
  for (const [name, value] of Object.entries(members)) {
    const member = memberOf(rt, cls, name, value);
    cls.attributes.set(name, member);
    made.push(member);
  }
  cls.attributes.set('__members__', rt.dict(Object.keys(members).map((name, index) => [name, made[index] ?? null] as const)));
  cls.construct = (runtime, _cls, [value = null], _keywords, place) => {
    const index = Object.values(members).findIndex((each) => each === value);
    return made[index] ?? runtime.raise('ValueError', `${String(value)} is not a valid ${cls.name}`, place);
  };
  cls.isReadyWhenMade = true;
  return cls;
}

function memberOf(rt: Runtime, cls: PyClass, name: string, value: unknown): Value {
  if (typeof value !== 'string') return typeof value === 'number' ? BigInt(value) : null;
  const instance = new PyInstance(rt.stamp(), cls);
  instance.native = new Wrapped(value);
  instance.attributes.set('value', value);
  instance.attributes.set('name', name);
  cls.attributes.set('__str__', new PyNative('__str__', (_rt, [self = null]) => (self instanceof PyInstance ? (self.attributes.get('value') ?? null) : null)));
  return instance;
}
