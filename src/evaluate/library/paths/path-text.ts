import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';
import { noKeywords } from '../../values.js';
import { plain, stateOf, typeNameOf } from '../arguments.js';

/** State of a `pathlib` path: its text as `str()` gives it. */
export interface PathState {
  readonly kind: 'path';
  readonly text: string;
}

/** `os.fspath`: the text of a str or path; raises TypeError for anything else. */
export function pathText(rt: Runtime, value: Value | undefined, place: Place): string {
  const inner = plain(value);
  if (typeof inner === 'string') return inner;
  const path = stateOf<PathState>(inner, 'path');
  if (path) return path.text;
  const special = inner === undefined ? undefined : rt.findSpecial(inner, '__fspath__');
  const text = special === undefined ? undefined : rt.call(special, [], noKeywords, place);
  if (typeof text === 'string') return text;
  return rt.raise('TypeError', `expected str, bytes or os.PathLike object, not ${typeNameOf(rt, inner)}`, place);
}
