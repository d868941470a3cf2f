import type { PyClass, PyFunction, PyInstance, PyModule } from '../values.js';
import { PyBoundMethod, PyClass as ClassValue, PyClassMethod, PyFunction as FunctionValue, PyInstance as InstanceValue, PyModule as ModuleValue, PyNative, PyStaticMethod, Unknown } from '../values.js';
import type { Value } from '../values.js';

/** What the text of a body tells about an expression without running it. */
export interface Known {
  /** Dotted name: of a module, class or function, or of the call that made the object. */
  readonly path?: string;
  /** A text; what is only known at run time stands in it as `{{ name }}`. */
  readonly text?: string;
  /** Known arguments of the call that made the object. */
  readonly made?: Readonly<Record<string, string>>;
  /** The template context of the run. */
  readonly isContext?: boolean;
  /** Given by `**context`. */
  readonly isFilled?: boolean;
  /** A function of the repository, and what its first parameter stands for when it is a method. */
  readonly callable?: { readonly function: PyFunction; readonly self: Known | undefined };
  /** The class that the object is an instance of. */
  readonly cls?: PyClass;
  /** The class itself. */
  readonly isClass?: boolean;
  readonly instance?: PyInstance;
  readonly module?: PyModule;
}

export const nothing: Known = {};

/** What a value that exists after the file has run tells. */
export function knownOfValue(value: Value | undefined): Known {
  if (typeof value === 'string') return { text: value };
  if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean') return { text: String(value) };
  if (value instanceof ModuleValue) return { path: value.name, module: value };
  if (value instanceof ClassValue) return { path: ownPath(value.module, value.name), cls: value, isClass: true };
  if (value instanceof FunctionValue) return { path: ownPath(value.module.name, value.qualifiedName), callable: { function: value, self: undefined } };
  if (value instanceof PyNative) return { path: value.name };
  if (value instanceof PyStaticMethod) return knownOfValue(value.callee);
  if (value instanceof PyBoundMethod || value instanceof PyClassMethod) {
    const callee = knownOfValue(value.callee);
    const self = value instanceof PyBoundMethod ? knownOfValue(value.self) : nothing;
    return callee.callable === undefined ? callee : { ...callee, callable: { function: callee.callable.function, self } };
  }
  if (value instanceof InstanceValue) return { path: ownPath(value.cls.module, value.cls.name), cls: value.cls, instance: value };
  if (value instanceof Unknown && value.path !== '') return { path: value.path };
  return nothing;
}

/** What the DAG file itself defines goes by its bare name: the name that Airflow gives the file's module says nothing. */
function ownPath(module: string, name: string): string {
  return module === '' || module === 'builtins' || module.startsWith('unusual_prefix_') ? name : `${module}.${name}`;
}

/** `object.name`, from what is known of the object. */
export function attributeOf(object: Known, name: string): Known {
  const path = object.path === undefined ? undefined : `${object.path}.${name}`;
  const found = object.module?.variables.get(name) ?? object.instance?.attributes.get(name);
  // A modelled module only holds what somebody has asked for: the name must not depend on that.
  if (found instanceof PyNative && path !== undefined) return { path };
  if (found !== undefined) {
    const known = knownOfValue(found);
    return known.path === undefined && path !== undefined ? { ...known, path } : known;
  }
  const method = object.cls?.mro.map((each) => each.attributes.get(name)).find((each) => each !== undefined);
  const known = method === undefined ? nothing : knownOfValue(method);
  if (known.callable !== undefined) {
    const bindsSelf = !(method instanceof PyStaticMethod);
    const self = bindsSelf && object.isClass !== true ? object : bindsSelf && method instanceof PyClassMethod ? object : undefined;
    return { path: path ?? known.path ?? name, callable: { function: known.callable.function, self } };
  }
  if (known.text !== undefined) return known;
  return path === undefined ? nothing : { path, ...(object.made === undefined ? {} : { made: object.made }) };
}
