import type { Place } from '../../../model/place.js';
import { libraryPlace } from '../../library/define.js';
import type { Runtime } from '../../runtime.js';
import { PyRaise } from '../../runtime.js';
import { PyInstance, noKeywords } from '../../values.js';

/** Raises one of Cosmos' exceptions, or one of Python's. */
export function raiseCosmos(rt: Runtime, name: 'CosmosValueError' | 'ValueError', message: string, place: Place): never {
  if (name === 'ValueError') return rt.raise(name, message, place);
  const cls = rt.getAttribute(rt.librarySource('cosmos'), name, libraryPlace);
  const instance = rt.call(cls, [message], noKeywords, place);
  if (!(instance instanceof PyInstance)) return rt.raise('ValueError', message, place);
  throw new PyRaise(instance, place);
}
