import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';
import { PyModule, Unknown } from '../../values.js';
import { textOf } from '../arguments.js';
import { toRepositoryFile } from './repository.js';

/** Path of the folder of a package of the repository, by its name or module; the unknown that hides it. */
export function packageFolder(rt: Runtime, given: Value, place: Place): string | Unknown {
  const module = given instanceof PyModule || given instanceof Unknown ? given : rt.importModule(textOf(rt, given, place), place);
  if (module instanceof Unknown) return module;
  const file = module instanceof PyModule ? module.variables.get('__file__') : undefined;
  if (typeof file !== 'string') return rt.unknown('not_modelled', 'where this package lies is not known', place);
  // A namespace package is its folder itself.
  const inside = toRepositoryFile(file, '');
  return inside !== undefined && rt.repository.files.kind(inside) === 'directory' ? file : file.replace(/\/[^/]*$/, '');
}
