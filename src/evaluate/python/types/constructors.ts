import type { NativeCall } from '../../values.js';
import { containerConstructors } from './container-constructors.js';
import { iteratorConstructors } from './iterator-constructors.js';
import { numberConstructors } from './number-constructors.js';

function notModelled(name: string): NativeCall {
  return (rt, _args, _keywords, place) => rt.unknown('not_modelled', `${name} is not modelled`, place);
}

/** What calling a builtin class does, by its name. */
export const constructors: Readonly<Record<string, NativeCall>> = {
  ...numberConstructors,
  ...containerConstructors,
  ...iteratorConstructors,
  complex: notModelled('complex'),
  bytearray: notModelled('bytearray'),
  memoryview: notModelled('memoryview'),
};
