import { DictAttributes } from './dict-attributes.js';
import { hiddenAttribute } from '../library/time/hidden-moment.js';
import type { Place } from '../../model/place.js';
import { PyRaise, type Runtime } from '../runtime.js';
import { makeException } from './exceptions.js';
import { Wrapped } from './protocol/kinds.js';
import { isRaised } from './protocol/special.js';
import { builtinMethod, builtinPart } from './types/dunders.js';
import {
  Mutable,
  PyBoundMethod,
  PyClass,
  PyClassMethod,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyModule,
  PyNative,
  PyProperty,
  PySet,
  PyStaticMethod,
  PyTuple,
  Unknown,
  noKeywords,
} from '../values.js';
import type { HashKey, Keywords, Value ,
  PySuper} from '../values.js';

/** An attribute along a class's method resolution order. */
export function lookUpClass(cls: PyClass, name: string): Value | undefined {
  for (const each of cls.mro) {
    const value = each.attributes.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Binds what was found on a class to an instance, by the descriptor protocol. */
function bind(rt: Runtime, value: Value, self: Value, cls: PyClass, place: Place): Value {
  if (value === null || typeof value !== 'object') return value;
  switch (value.kind) {
    case 'function':
      return new PyBoundMethod(self, value);
    case 'native':
      return value.bindsSelf ? new PyBoundMethod(self, value) : value;
    case 'property':
      return rt.call(value.getter, [self], noKeywords, place);
    case 'staticmethod':
      return value.callee;
    case 'classmethod':
      return new PyBoundMethod(cls, value.callee);
    case 'instance': {
      const getter = lookUpClass(value.cls, '__get__');
      return getter === undefined ? value : rt.call(new PyBoundMethod(value, getter), [self, cls], noKeywords, place);
    }
    default:
      return value;
  }
}

/** Special methods that every object has. */
const everywhere: ReadonlySet<string> = new Set(['__repr__', '__str__', '__eq__', '__ne__', '__lt__', '__le__', '__gt__', '__ge__', '__hash__', '__init__', '__format__', '__dir__', '__sizeof__', '__reduce__', '__reduce_ex__']);

/** What is kept among an exception's attributes and belongs to the exception itself, not to its `__dict__`. */
const exceptionParts: ReadonlySet<string> = new Set(['args', 'name', 'obj', 'value', 'code', 'errno', 'strerror', 'filename', '__cause__', '__context__', '__suppress_context__', '__traceback__', 'exceptions', 'message']);

function ownDict(rt: Runtime, self: Value, own: Map<string, Value>): Value {
  if (self instanceof PyInstance && self.taint !== undefined) return self.taint;
  if (self instanceof PyInstance && own.has('args') && rt.isInstance(self, rt.builtinClass('BaseException'))) {
    return rt.dict([...own].filter(([name]) => !exceptionParts.has(name)));
  }
  return own instanceof DictAttributes ? own.dict : rt.namespace(own);
}

function isDataDescriptor(value: Value | undefined): boolean {
  if (value instanceof PyProperty) return !value.isCached;
  return value instanceof PyInstance && lookUpClass(value.cls, '__set__') !== undefined;
}

function findOnInstance(rt: Runtime, self: Value, cls: PyClass, own: Map<string, Value> | undefined, name: string, place: Place): Value | undefined {
  const onClass = lookUpClass(cls, name);
  if (isDataDescriptor(onClass) && onClass !== undefined) return bind(rt, onClass, self, cls, place);
  const mine = own?.get(name);
  if (mine !== undefined) return mine;
  if (onClass !== undefined) {
    const value = bind(rt, onClass, self, cls, place);
    if (onClass instanceof PyProperty && onClass.isCached) own?.set(name, value);
    return value;
  }
  if (name === '__class__') return cls;
  if (name === '__dict__' && own !== undefined && cls.slots === undefined) return ownDict(rt, self, own);
  const fallback = lookUpClass(cls, '__getattr__');
  if (fallback !== undefined) {
    // `object` and the builtin types have these, so that `__getattr__` is never asked for them.
    if (everywhere.has(name)) return rt.unknown('not_modelled', `${name} of an object is not modelled`, place);
    return rt.call(bind(rt, fallback, self, cls, place), [name], noKeywords, place);
  }
  return cls.unknownBase === undefined ? undefined : derive(cls.unknownBase, name);
}

/** An attribute of an unknown: unknown for the same reason, with a longer path. */
function derive(value: Unknown, name: string): Unknown {
  return new Unknown(value.reason, value.path === '' ? '' : `${value.path}.${name}`, value.isInert);
}

function findOnClass(rt: Runtime, cls: PyClass, name: string, place: Place): Value | undefined {
  const value = lookUpClass(cls, name);
  if (value !== undefined) {
    if (value instanceof PyClassMethod) return new PyBoundMethod(cls, value.callee);
    if (value instanceof PyStaticMethod) return value.callee;
    if (value instanceof PyInstance) {
      const getter = lookUpClass(value.cls, '__get__');
      if (getter !== undefined) return rt.call(new PyBoundMethod(value, getter), [null, cls], noKeywords, place);
    }
    return value;
  }
  const special = classSpecials[name];
  if (special !== undefined) return special(rt, cls);
  const meta = cls.metaclass ?? rt.builtinClass('type');
  const onMeta = lookUpClass(meta, name);
  if (onMeta !== undefined) return bind(rt, onMeta, cls, meta, place);
  if (cls.slots?.has(name) === true) return rt.unknown('not_modelled', 'a slot of a class is not modelled', place);
  return cls.unknownBase === undefined ? undefined : derive(cls.unknownBase, name);
}

const classSpecials: Readonly<Record<string, (rt: Runtime, cls: PyClass) => Value>> = {
  __name__: (_rt, cls) => cls.name,
  __qualname__: (_rt, cls) => cls.qualifiedName,
  __module__: (_rt, cls) => cls.module,
  __doc__: () => null,
  __mro__: (rt, cls) => rt.tuple(cls.mro),
  __bases__: (rt, cls) => rt.tuple(cls.bases),
  __dict__: (rt, cls) => rt.dict([...cls.attributes]),
  __class__: (rt, cls) => cls.metaclass ?? rt.builtinClass('type'),
};

function findOnFunction(rt: Runtime, value: PyFunction, name: string): Value | undefined {
  const own = value.attributes.get(name);
  if (own !== undefined) return own;
  switch (name) {
    case '__name__':
      return value.name;
    case '__qualname__':
      return value.qualifiedName;
    case '__module__':
      return value.module.name;
    case '__doc__':
      return docOf(value);
    case '__dict__':
      return rt.dict([...value.attributes]);
    case '__annotations__':
      return annotationsOf(rt, value);
    case '__defaults__':
      return value.defaults.size === 0 ? null : rt.tuple([...value.defaults.values()]);
    default:
      return undefined;
  }
}

/** What a function's annotations mean; `from __future__ import annotations` would make texts of them. */
function annotationsOf(rt: Runtime, { node, closure, module, place }: PyFunction): Value {
  if (module.variables.has('annotations')) return rt.unknown('not_modelled', 'annotations that are kept as text are not modelled', place);
  const returns = node.kind === 'function' && node.returns !== null ? [['return', node.returns] as const] : [];
  const nodes = [...node.parameters.flatMap((each) => (each.annotation === null ? [] : [[each.name, each.annotation] as const])), ...returns];
  return rt.dict(nodes.map(([name, annotation]) => [name, rt.evaluate(annotation, closure)] as const));
}

function docOf(value: PyFunction): Value {
  if (value.node.kind === 'lambda') return null;
  const [first] = value.node.body;
  if (first?.kind !== 'expression' || first.value.kind !== 'constant') return null;
  return typeof first.value.value === 'string' ? first.value.value : null;
}

function findOnNative(value: PyNative, name: string): Value | undefined {
  const own = value.attributes.get(name);
  if (own !== undefined) return own;
  if (name === '__name__' || name === '__qualname__') return value.name;
  return name === '__doc__' ? null : undefined;
}

function findOnMethod(rt: Runtime, value: PyBoundMethod, name: string, place: Place): Value | undefined {
  if (name === '__self__') return value.self;
  if (name === '__func__') return value.callee;
  return findAttribute(rt, value.callee, name, place);
}

function findOnSuper(rt: Runtime, value: PySuper, name: string, place: Place): Value | undefined {
  const { mro } = value.selfClass;
  for (const cls of mro.slice(mro.indexOf(value.startAfter) + 1)) {
    const found = cls.attributes.get(name);
    if (found === undefined) continue;
    if (value.self === value.selfClass && !(found instanceof PyClassMethod)) return found instanceof PyStaticMethod ? found.callee : found;
    return bind(rt, found, value.self, value.selfClass, place);
  }
  const { unknownBase } = value.selfClass;
  if (unknownBase !== undefined) return derive(unknownBase, name);
  if (name === '__init__') return new PyNative(name, (runtime, args, keywords, at) => initialize(runtime, value.self, args, keywords, at), false);
  // `object` has this, and it does nothing.
  if (name === '__init_subclass__') return new PyNative(name, () => null, false);
  const part = builtinPart(value.self);
  return part === undefined || part instanceof PyClass ? undefined : builtinMethod(part, name);
}

/** `__init__` of the builtin type that a class of the repository derives from. */
export function initialize(rt: Runtime, self: Value, args: readonly Value[], keywords: Keywords, place: Place): null {
  if (self instanceof PyClass) return null;
  const cls = rt.classOf(self);
  const form = cls.mro.find((each) => each.module === 'builtins');
  const part = self instanceof PyInstance && self.native instanceof Wrapped ? self.native.value : self;
  if (part instanceof PyList || part instanceof PyDict || part instanceof PySet) {
    const made = form === undefined ? null : rt.call(form, args, keywords, place);
    rt.mutate(part);
    if (made instanceof Unknown) part.taint ??= made;
    else if (part instanceof PyList && made instanceof PyList) part.items = made.items;
    else if (part instanceof PyDict && made instanceof PyDict) refill(part.entries, made.entries);
    else if (part instanceof PySet && made instanceof PySet) refill(part.entries, made.entries);
    return null;
  }
  const isOwn = cls.mro.every((each) => each.place !== undefined || each.module === 'builtins');
  if (isOwn && cls.unknownBase === undefined && args.length + keywords.size > 0) {
    rt.raise('TypeError', 'object.__init__() takes exactly one argument (the instance to initialize)', place);
  }
  return null;
}

function refill<V>(target: Map<HashKey, V>, source: ReadonlyMap<HashKey, V>): void {
  target.clear();
  for (const [key, value] of source) target.set(key, value);
}

/** `value.name`, or undefined when there is no such attribute. */
export function findAttribute(rt: Runtime, value: Value, name: string, place: Place): Value | undefined {
  if (value === null || typeof value !== 'object') return findOnInstance(rt, value, rt.classOf(value), undefined, name, place);
  switch (value.kind) {
    case 'unknown':
      return hiddenAttribute(rt, value, name, place) ?? derive(value, name);
    case 'instance':
      if (value.taint !== undefined && value.attributes.has(name)) return value.taint;
      if (value.cls.attributeHook !== undefined) return findByHook(rt, value, value.cls.attributeHook, name, place);
      return findOnInstance(rt, value, value.cls, value.attributes, name, place);
    case 'class':
      return findOnClass(rt, value, name, place);
    case 'module':
      return findOnModule(rt, value, name, place);
    case 'function':
      return firstFound(findOnFunction(rt, value, name), () => findOnInstance(rt, value, rt.classOf(value), undefined, name, place));
    case 'native':
      return firstFound(findOnNative(value, name), () => findOnInstance(rt, value, rt.classOf(value), undefined, name, place));
    case 'method':
      return findOnMethod(rt, value, name, place);
    case 'super':
      return findOnSuper(rt, value, name, place);
    case 'dict':
    case 'tuple':
      return findOnInstance(rt, value, rt.classOf(value), value.attributes, name, place);
    case 'property':
      return findOnProperty(value, name);
    default:
      return findOnInstance(rt, value, rt.classOf(value), undefined, name, place);
  }
}

/** `None` is a value: only undefined means that there is none. */
function firstFound(found: Value | undefined, otherwise: () => Value | undefined): Value | undefined {
  return found === undefined ? otherwise() : found;
}

/** An attribute of an instance whose class has `__getattribute__`; `__getattr__` is asked when that finds none. */
function findByHook(rt: Runtime, self: PyInstance, hook: Value, name: string, place: Place): Value | undefined {
  try {
    return rt.call(bind(rt, hook, self, self.cls, place), [name], noKeywords, place);
  } catch (caught) {
    if (!isRaised(rt, caught, 'AttributeError')) throw caught;
    const fallback = lookUpClass(self.cls, '__getattr__');
    if (fallback === undefined) throw caught;
    return rt.call(bind(rt, fallback, self, self.cls, place), [name], noKeywords, place);
  }
}

/** What `object.__getattribute__` does. */
export function findDefault(rt: Runtime, self: Value, name: string, place: Place): Value | undefined {
  return self instanceof PyInstance ? findOnInstance(rt, self, self.cls, self.attributes, name, place) : findAttribute(rt, self, name, place);
}

/** Raises the AttributeError of something that has no such attribute. */
export function noAttribute(rt: Runtime, value: Value, name: string, place: Place): never {
  const made = makeException(rt, rt.builtinClass('AttributeError'), [`${describeOwner(rt, value)} has no attribute '${name}'`]);
  made.attributes.set('name', name);
  made.attributes.set('obj', value);
  throw new PyRaise(made, place);
}

/** `@x.setter` and `@x.deleter` of a property. */
function findOnProperty(value: PyProperty, name: string): Value | undefined {
  if (name === 'fget') return value.getter;
  if (name === 'setter') return new PyNative('setter', (_rt, [setter = null]) => new PyProperty(value.getter, setter, false, value.deleter), false);
  if (name === 'getter') return new PyNative('getter', (_rt, [getter = null]) => new PyProperty(getter, value.setter, false, value.deleter), false);
  if (name === 'deleter') return new PyNative('deleter', (_rt, [deleter = null]) => new PyProperty(value.getter, value.setter, false, deleter), false);
  if (name === 'fset') return value.setter;
  return name === 'fdel' ? value.deleter : undefined;
}

function findOnModule(rt: Runtime, module: PyModule, name: string, place: Place): Value | undefined {
  const own = module.variables.get(name);
  if (own !== undefined) return own;
  if (name === '__name__') return module.name;
  if (name === '__dict__') return rt.dict([...module.variables]);
  return module.fallback?.(name, place);
}

/** The special method of a value's class, bound; instances' own attributes don't count. */
export function findSpecial(rt: Runtime, value: Value, name: string): Value | undefined {
  if (value instanceof Unknown) return undefined;
  const cls = value instanceof PyClass ? value.metaclass : rt.classOf(value);
  if (cls === undefined) return undefined;
  const found = lookUpClass(cls, name);
  if (found === undefined) return undefined;
  return bind(rt, found, value, cls, { file: '', line: 1 });
}

/** A name for messages: what kind of thing has no such attribute. */
export function describeOwner(rt: Runtime, value: Value): string {
  if (value instanceof PyModule) return `module '${value.name}'`;
  if (value instanceof PyClass) return `type object '${value.name}'`;
  return `'${rt.classOf(value).name}' object`;
}

/** Sets an attribute; a data descriptor or `__setattr__` of the class takes it. */
export function setAttribute(rt: Runtime, target: Value, name: string, item: Value, place: Place): void {
  if (target instanceof Unknown) {
    rt.escape(item, target);
    return;
  }
  if (target instanceof PyInstance || target instanceof PyDict || target instanceof PyTuple) {
    setOnInstance(rt, target, name, item, place);
    return;
  }
  if (target instanceof PyClass && target.place === undefined) {
    // A class of a library is the same for all files: the change is noted, not made.
    rt.doubtFile(rt.unknown('mutation', `${target.path}.${name} is changed, which later code of any file sees`, place));
    return;
  }
  const hook = target instanceof PyClass && target.metaclass !== undefined ? lookUpClass(target.metaclass, '__setattr__') : undefined;
  if (target instanceof PyClass && target.metaclass !== undefined && hook !== undefined && hook !== lookUpClass(rt.builtinClass('object'), '__setattr__')) {
    rt.call(bind(rt, hook, target, target.metaclass, place), [name, item], noKeywords, place);
    return;
  }
  if (target instanceof PyClass || target instanceof PyFunction) {
    rt.mutate(target);
    target.attributes.set(name, item);
    return;
  }
  if (target instanceof PyModule) {
    rt.mutate(target);
    target.variables.set(name, item);
    return;
  }
  if (target instanceof PyNative) {
    target.attributes.set(name, item);
    return;
  }
  if (target instanceof PyBoundMethod) {
    setAttribute(rt, target.callee, name, item, place);
    return;
  }
  noAttribute(rt, target, name, place);
}

function setOnInstance(rt: Runtime, target: PyInstance | PyDict | PyTuple, name: string, item: Value, place: Place): void {
  const cls = rt.classOf(target);
  const hook = lookUpClass(cls, '__setattr__');
  if (hook !== undefined && hook !== lookUpClass(rt.builtinClass('object'), '__setattr__')) {
    rt.call(bind(rt, hook, target, cls, place), [name, item], noKeywords, place);
  } else storeAttribute(rt, target, name, item, place);
}

/** What `object.__setattr__` does: a data descriptor of the class takes the value, or the object stores it. */
export function storeAttribute(rt: Runtime, target: Value, name: string, item: Value, place: Place): void {
  const cls = rt.classOf(target);
  if (name === '__class__') return changeClass(rt, target, item, place);
  const onClass = lookUpClass(cls, name);
  if (onClass instanceof PyProperty && !onClass.isCached) {
    if (onClass.setter === null) rt.raise('AttributeError', `property '${name}' of '${cls.name}' object has no setter`, place);
    rt.call(onClass.setter, [target, item], noKeywords, place);
    return;
  }
  if (onClass instanceof PyInstance) {
    const setter = lookUpClass(onClass.cls, '__set__');
    if (setter !== undefined) {
      rt.call(new PyBoundMethod(onClass, setter), [target, item], noKeywords, place);
      return;
    }
  }
  if (name === '__dict__' && cls.slots === undefined && cls.place !== undefined) return changeDict(rt, target, item, place);
  if (cls.slots !== undefined && !cls.slots.has(name)) {
    if (onClass !== undefined) rt.raise('AttributeError', `'${cls.name}' object attribute '${name}' is read-only`, place);
    noAttribute(rt, target, name, place);
  }
  if (target instanceof PyInstance && target.cls.module !== 'builtins') {
    rt.mutate(target);
    target.attributes.set(name, item);
  } else if (target instanceof PyInstance && rt.isInstance(target, rt.builtinClass('BaseException'))) {
    rt.mutate(target);
    target.attributes.set(name, item);
  } else if (target instanceof PyTuple && target.cls?.place !== undefined && !target.cls.attributes.has('_fields')) {
    target.attributes ??= new Map();
    target.attributes.set(name, item);
  } else if (target instanceof PyDict && target.cls !== undefined) {
    rt.mutate(target);
    target.attributes ??= new Map();
    target.attributes.set(name, item);
  } else noAttribute(rt, target, name, place);
}

/** `object.__dict__ = dict`: from then on the attributes are the entries of that dict, whichever way they change. */
function changeDict(rt: Runtime, target: Value, item: Value, place: Place): void {
  if (item instanceof Unknown) return rt.escape(target, item);
  if (!(item instanceof PyDict)) return rt.raise('TypeError', `__dict__ must be set to a dictionary, not a '${rt.classOf(item).name}'`, place);
  if (!(target instanceof PyInstance || target instanceof PyDict)) return rt.escape(target, rt.unknown('not_modelled', 'setting __dict__ of such an object', place));
  rt.mutate(target);
  target.attributes = new DictAttributes(rt, item);
}

/** `object.__class__ = cls`: only between classes of the repository, whose instances have one form. */
function changeClass(rt: Runtime, target: Value, item: Value, place: Place): void {
  if (!(item instanceof PyClass)) {
    if (item instanceof Unknown) return rt.escape(target, item);
    return rt.raise('TypeError', `__class__ must be set to a class, not '${rt.classOf(item).name}' object`, place);
  }
  const cls = rt.classOf(target);
  if (target instanceof PyTuple && cls.place !== undefined && item.place !== undefined && solidBase(item) === 'tuple') {
    target.cls = item;
    return;
  }
  if (cls.place === undefined || item.place === undefined) {
    return rt.raise('TypeError', '__class__ assignment only supported for mutable types or ModuleType subclasses', place);
  }
  if (!(target instanceof PyInstance) || target.native !== undefined || solidBase(item) !== 'object' || item.slots !== cls.slots) {
    return rt.escape(target, rt.unknown('not_modelled', 'a change of __class__ between classes of different form', place));
  }
  rt.mutate(target);
  target.cls = item;
}

function solidBase(cls: PyClass): string {
  return cls.mro.find((each) => each.module === 'builtins')?.name ?? 'object';
}

/** `del value.name`; a property's deleter or `__delattr__` of the class takes it. */
export function deleteAttribute(rt: Runtime, target: Value, name: string, place: Place): void {
  if (target instanceof Unknown) return;
  const cls = rt.classOf(target);
  const hook = target instanceof PyClass ? undefined : lookUpClass(cls, '__delattr__');
  if (hook !== undefined && hook !== lookUpClass(rt.builtinClass('object'), '__delattr__')) {
    rt.call(bind(rt, hook, target, cls, place), [name], noKeywords, place);
  } else dropAttribute(rt, target, name, place);
}

/** What `object.__delattr__` does. */
export function dropAttribute(rt: Runtime, target: Value, name: string, place: Place): void {
  const cls = rt.classOf(target);
  const onClass = target instanceof PyClass ? undefined : lookUpClass(cls, name);
  if (onClass instanceof PyProperty && !onClass.isCached) {
    if (onClass.deleter === null) rt.raise('AttributeError', `property '${name}' of '${cls.name}' object has no deleter`, place);
    rt.call(onClass.deleter, [target], noKeywords, place);
    return;
  }
  if (onClass instanceof PyInstance) {
    const deleter = lookUpClass(onClass.cls, '__delete__');
    if (deleter !== undefined) {
      rt.call(new PyBoundMethod(onClass, deleter), [target], noKeywords, place);
      return;
    }
  }
  const own = ownAttributes(target);
  if (own === undefined || !own.has(name)) {
    if (own === undefined && target instanceof Mutable) return rt.escape(target, rt.unknown('not_modelled', 'a deleted attribute', place));
    return noAttribute(rt, target, name, place);
  }
  if (target instanceof Mutable) rt.mutate(target);
  own.delete(name);
}

function ownAttributes(target: Value): Map<string, Value> | undefined {
  if (target instanceof PyInstance || target instanceof PyClass || target instanceof PyFunction) return target.attributes;
  if (target instanceof PyModule) return target.variables;
  if (target instanceof PyDict || target instanceof PyTuple) return target.attributes ?? new Map<string, Value>();
  return undefined;
}
