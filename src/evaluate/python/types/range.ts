import { type NativeCall, PyRange, PySlice, Unknown } from '../../values.js';
import { contains } from '../protocol/membership.js';
import { asInteger, typeName } from '../protocol/kinds.js';
import { sliceIndices } from '../protocol/slices.js';
import { strictMethodMaker, wrongSelf } from './arguments.js';
import { countOf } from './convert.js';

const method = strictMethodMaker<PyRange>((rt, self, name, place) => {
  if (self instanceof PyRange || self instanceof Unknown) return self;
  return wrongSelf(rt, 'range', name, typeName(self), place);
});

/** Methods of `range`. */
export const rangeMethods: Readonly<Record<string, NativeCall>> = {
  index: method('index', ['value'], {}, ({ rt, self, place }, { value }) => {
    const number = asInteger(value);
    if (number !== undefined && contains(rt, self, number, place) === true) return (number - self.start) / self.step;
    return rt.raise('ValueError', `${String(number ?? typeName(value))} is not in range`, place);
  }),
  count: method('count', ['value'], {}, ({ rt, self, place }, { value }) => {
    const found = contains(rt, self, value, place);
    return found instanceof Unknown ? found : found ? 1n : 0n;
  }),
};

const sliceMethod = strictMethodMaker<PySlice>((rt, self, name, place) => {
  if (self instanceof PySlice || self instanceof Unknown) return self;
  return wrongSelf(rt, 'slice', name, typeName(self), place);
});

/** Methods of `slice`. */
export const sliceMethods: Readonly<Record<string, NativeCall>> = {
  indices: sliceMethod('indices', ['length'], {}, ({ rt, self, place }, { length }) => {
    const indices = sliceIndices(rt, self, countOf(rt, length, place), place);
    if (indices instanceof Unknown) return indices;
    return rt.tuple([BigInt(indices.start), BigInt(indices.stop), BigInt(indices.step)]);
  }),
};
