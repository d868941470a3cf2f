import type { Runtime } from '../runtime.js';
import { Unknown } from '../values.js';
import type { NativeCall, Value } from '../values.js';
import { defineModelledClass } from './define.js';

/** What a `@dag` function gets for its parameter: an object, not the value; iterating it raises. */
export function makeDagParam(rt: Runtime, name: Value): Value {
  const cls = defineModelledClass(rt, 'airflow.models.param.DagParam', {
    methods: {
      __iter__: (runtime, _args, _keywords, place) => runtime.raise('TypeError', "'DagParam' object is not iterable", place),
      __str__: (runtime, _args, _keywords, place) => runtime.unknown('random', 'the text of a DagParam holds an address', place),
    },
    isOpen: true,
  });
  const instance = rt.instance(cls);
  instance.attributes.set('_name', name);
  return instance;
}

/** `Param(default, ...)`: keeps its default and whether it has one. */
export const makeParam: NativeCall = (rt, [value], keywords) => {
  const cls = defineModelledClass(rt, 'airflow.models.param.Param', { isOpen: true });
  const instance = rt.instance(cls);
  const given = keywords.get('default') ?? value;
  if (given !== undefined) instance.attributes.set('value', given);
  for (const [name, each] of keywords) instance.attributes.set(name, each);
  return instance;
};

/** The default of a Param, or the value itself. */
export function paramDefault(value: Value): Value | undefined {
  if (value instanceof Unknown || value === null || typeof value !== 'object' || value.kind !== 'instance') return value;
  return value.cls.path === 'airflow.models.param.Param' ? value.attributes.get('value') : value;
}
