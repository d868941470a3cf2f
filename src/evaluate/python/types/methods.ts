import type { NativeCall } from '../../values.js';
import { bytesMethods, bytesStatics } from './bytes.js';
import { dictMethods, dictStatics, viewMethods } from './dict.js';
import { listMethods, tupleMethods } from './list.js';
import { floatMethods, floatStatics, intMethods, intStatics } from './number.js';
import { rangeMethods, sliceMethods } from './range.js';
import { frozensetMethods, setMethods } from './set.js';
import { strMethods, strStatics } from './str.js';

/** The builtin types whose methods we model. */
export type TypeName =
  | 'str'
  | 'bytes'
  | 'list'
  | 'tuple'
  | 'dict'
  | 'dict_keys'
  | 'dict_values'
  | 'dict_items'
  | 'set'
  | 'frozenset'
  | 'int'
  | 'float'
  | 'range'
  | 'slice';

type Methods = Readonly<Record<string, NativeCall>>;

/** Methods by type; `self` is the first argument. Class and static methods (`dict.fromkeys`) are among them. */
export const typeMethods: Readonly<Record<TypeName, Methods>> = {
  str: { ...strMethods, ...strStatics },
  bytes: { ...bytesMethods, ...bytesStatics },
  list: listMethods,
  tuple: tupleMethods,
  dict: { ...dictMethods, ...dictStatics },
  dict_keys: viewMethods,
  dict_values: {},
  dict_items: viewMethods,
  set: setMethods,
  frozenset: frozensetMethods,
  int: { ...intMethods, ...intStatics },
  float: { ...floatMethods, ...floatStatics },
  range: rangeMethods,
  slice: sliceMethods,
};
