import type { Place } from '../../../model/place.js';
import { PyRaise, type Runtime } from '../../runtime.js';
import { type NativeCall, noKeywords, PyClass, PyInstance, PyIterator, Unknown, type Value } from '../../values.js';
import { next } from '../protocol/iteration.js';
import { typeName } from '../protocol/kinds.js';
import { isRaised, raiseWith } from '../protocol/special.js';
import { wrongSelf } from './arguments.js';

function iteratorOf(rt: Runtime, self: Value | undefined, name: string, place: Place): PyIterator | Unknown {
  if (self instanceof PyIterator) return self.taint ?? self;
  return self instanceof Unknown ? self : wrongSelf(rt, 'generator', name, typeName(self ?? null), place);
}

/** What every iterator has. */
export const iteratorMethods: Readonly<Record<string, NativeCall>> = {
  __iter__: (_rt, [self = null]) => self,
  __next__: (rt, [self = null], _keywords, place) => next(rt, self, place),
};

/** Goes on with a generator; its return value is in the StopIteration at its end. */
function resume(rt: Runtime, generator: PyIterator, step: () => IteratorResult<Value, Value | undefined>, place: Place): Value {
  rt.mutate(generator);
  const result = step();
  if (result.done !== true) return result.value;
  return generator.taint ?? raiseWith(rt, 'StopIteration', result.value === undefined || result.value === null ? [] : [result.value], place);
}

const send: NativeCall = (rt, [self, value = null], _keywords, place) => {
  const generator = iteratorOf(rt, self, 'send', place);
  return generator instanceof Unknown ? generator : resume(rt, generator, () => generator.source.next(value), place);
};

const throwInto: NativeCall = (rt, [self, type = null, value], _keywords, place) => {
  const generator = iteratorOf(rt, self, 'throw', place);
  if (generator instanceof Unknown) return generator;
  const made = type instanceof PyClass ? rt.call(type, value === undefined || value === null ? [] : [value], noKeywords, place) : type;
  if (made instanceof Unknown) return made;
  if (!(made instanceof PyInstance)) {
    return rt.raise('TypeError', `exceptions must be classes or instances deriving from BaseException, not ${typeName(made)}`, place);
  }
  return resume(rt, generator, () => generator.source.throw?.(new PyRaise(made, place)) ?? { done: true, value: undefined }, place);
};

const close: NativeCall = (rt, [self], _keywords, place) => {
  const generator = iteratorOf(rt, self, 'close', place);
  if (generator instanceof Unknown) return generator;
  const exit = rt.call(rt.builtinClass('GeneratorExit'), [], noKeywords, place);
  if (!(exit instanceof PyInstance)) return null;
  rt.mutate(generator);
  try {
    const step = generator.source.throw?.(new PyRaise(exit, place));
    if (step?.done !== false) return null;
  } catch (caught) {
    if (isRaised(rt, caught, 'GeneratorExit') || isRaised(rt, caught, 'StopIteration')) return null;
    throw caught;
  }
  return rt.raise('RuntimeError', 'generator ignored GeneratorExit', place);
};

/** Methods of generators (https://docs.python.org/3/reference/expressions.html#generator-iterator-methods). */
export const generatorMethods: Readonly<Record<string, NativeCall>> = { ...iteratorMethods, send, throw: throwInto, close };
