import { Unknown } from '../../values.js';
import { typeName, unwrap } from '../protocol/kinds.js';
import { strictMethodMaker, wrongSelf } from './arguments.js';

/** Makes methods of `str`. */
export const stringMethod = strictMethodMaker<string>((rt, self, name, place) => {
  const plain = unwrap(self);
  if (typeof plain === 'string' || plain instanceof Unknown) return plain;
  return wrongSelf(rt, 'str', name, typeName(self), place);
});
