import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import { PyClass, PyNative, PyProperty, Unknown } from '../values.js';
import type { NativeCall, Value } from '../values.js';
import { worldOf } from './world.js';

interface ModelledClass {
  readonly methods?: Readonly<Record<string, NativeCall>>;
  readonly properties?: Readonly<Record<string, Value>>;
  readonly construct?: PyClass['construct'];
  /** Attributes that aren't listed are unknown instead of missing. */
  readonly isOpen?: boolean;
  readonly base?: PyClass;
}

const builtinPlace: Place = { file: '', line: 1 };

/** One of Airflow's classes as we model it; one object per run and path. */
export function defineModelledClass(rt: Runtime, path: string, shape: ModelledClass): PyClass {
  const { classes } = worldOf(rt);
  const known = classes.get(path);
  if (known !== undefined) return known;
  const dot = path.lastIndexOf('.');
  const base = shape.base ?? rt.builtinClass('object');
  const cls = new PyClass(rt.stamp(), path.slice(dot + 1), path.slice(0, dot), [base], undefined);
  classes.set(path, cls);
  cls.mro = [cls, ...base.mro];
  if (shape.construct !== undefined) cls.construct = shape.construct;
  if (shape.isOpen === true) {
    const text = `an attribute of ${cls.name} that is not modelled`;
    cls.unknownBase = new Unknown({ kind: 'not_modelled', text, place: builtinPlace }, path, true);
  }
  for (const [name, call] of Object.entries(shape.methods ?? {})) cls.attributes.set(name, new PyNative(name, call));
  for (const [name, value] of Object.entries(shape.properties ?? {})) cls.attributes.set(name, value);
  return cls;
}

/** A property that is computed from the instance. */
export function property(get: (rt: Runtime, self: Value, place: Place) => Value): PyProperty {
  return new PyProperty(new PyNative('get', (rt, [self = null], _keywords, place) => get(rt, self, place)));
}
