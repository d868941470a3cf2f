import type { Place } from '../../model/place.js';
import type { Runtime } from '../runtime.js';
import type { PyClass } from '../values.js';
import { finishEnumClass } from './classes/enum.js';
import { finishAbstractClass, finishedAbstract } from './typing/abstract.js';
import { finishNamedTupleClass } from './classes/namedtuple.js';

export { finishEnumClass, finishNamedTupleClass };

/** What happens to a class when its body has run, by the path of one of its bases. */
export const classFinishers: ReadonlyMap<string, (rt: Runtime, cls: PyClass, place: Place) => void> = new Map([
  ['enum.Enum', finishEnumClass],
  ['typing.NamedTuple', finishNamedTupleClass],
  ...finishedAbstract.map((path) => [path, finishAbstractClass] as const),
]);
