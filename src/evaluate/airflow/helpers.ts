import { PyDict, PyList, PySet, PyTuple, Unknown } from '../values.js';
import type { NativeCall } from '../values.js';

/** `exactly_one(...)`: of arguments that are no containers. */
export const exactlyOne: NativeCall = (rt, args, _keywords, place) => {
  let count = 0;
  for (const value of args) {
    const isTrue = rt.truth(value, place);
    if (isTrue instanceof Unknown) return isTrue;
    if (isTrue) count += 1;
  }
  const [first = null] = args;
  const isContainer = first instanceof PyList || first instanceof PyTuple || first instanceof PyDict || first instanceof PySet;
  return isContainer ? rt.raise('ValueError', 'Not supported for iterable args.', place) : count === 1;
};

/** A function that notes something for OpenLineage in an object's params, which no part of the graph shows. */
export const returnsFirst: NativeCall = (rt, args, keywords, place) => {
  const [first] = args;
  return first ?? keywords.get('obj') ?? rt.raise('TypeError', "missing 1 required positional argument: 'obj'", place);
};
