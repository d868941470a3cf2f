import type { NativeCall } from '../../values.js';
import { attributeFunctions } from './attribute-functions.js';
import { iterationFunctions } from './iteration-functions.js';
import { numberFunctions } from './number-functions.js';
import { textFunctions } from './text-functions.js';

/** Builtin functions by name. */
export const builtinFunctions: Readonly<Record<string, NativeCall>> = {
  ...attributeFunctions,
  ...iterationFunctions,
  ...numberFunctions,
  ...textFunctions,
};
