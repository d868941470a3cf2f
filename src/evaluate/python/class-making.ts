import type { Place } from '../../model/place.js';
import { type Keywords, PyClass, PyDict, PyModule, Unknown, type Value } from '../values.js';
import { finishClass, startClass } from './classes.js';
import type { Machine } from './machine.js';

/** The name of the module that a place lies in. */
function moduleAt(machine: Machine, place: Place): string {
  for (const module of machine.modules.values()) if (module instanceof PyModule && module.file === place.file) return module.name;
  return '';
}

/** `type(name, bases, namespace)`: a class without a class statement. */
export function makeClass(machine: Machine, metaclass: PyClass | undefined, [name = null, bases = null, namespace = null]: readonly Value[], keywords: Keywords, place: Place): Value {
  if (name instanceof Unknown || namespace instanceof Unknown) return name instanceof Unknown ? name : namespace;
  if (typeof name !== 'string') return machine.raise('TypeError', `type.__new__() argument 1 must be str, not ${machine.classOf(name).name}`, place);
  if (!(namespace instanceof PyDict)) return machine.raise('TypeError', `type.__new__() argument 3 must be dict, not ${machine.classOf(namespace).name}`, place);
  const items = machine.items(bases, place);
  if (items instanceof Unknown) return items;
  if (namespace.taint !== undefined) return namespace.taint;
  const parents: PyClass[] = [];
  for (const base of items) {
    if (base instanceof PyClass) parents.push(base);
    else return base instanceof Unknown ? machine.unknown('not_modelled', 'type() with a base that is not known', place) : machine.raise('TypeError', 'bases must be types', place);
  }
  const inherited = parents.find((base) => base.metaclass !== undefined)?.metaclass;
  const module = [...namespace.entries.values()].find((entry) => entry.key === '__module__')?.value ?? moduleAt(machine, place);
  const cls = startClass(machine, name, typeof module === 'string' ? module : '', parents, metaclass ?? inherited, place);
  cls.attributes.set('__module__', cls.module);
  for (const { key, value } of namespace.entries.values()) if (typeof key === 'string') cls.attributes.set(key, value);
  return finishClass(machine, cls, keywords, place);
}
