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

/** Methods by type; `self` is the first argument. */
export const typeMethods: Readonly<Record<TypeName, Methods>> = {
  str: strMethods,
  bytes: bytesMethods,
  list: listMethods,
  tuple: tupleMethods,
  dict: dictMethods,
  dict_keys: viewMethods,
  dict_values: {},
  dict_items: viewMethods,
  set: setMethods,
  frozenset: frozensetMethods,
  int: intMethods,
  float: floatMethods,
  range: rangeMethods,
  slice: sliceMethods,
};

/** Class and static methods by type; a class may be passed as first argument, or nothing in its stead. */
export const typeStatics: Readonly<Partial<Record<TypeName, Methods>>> = {
  str: strStatics,
  bytes: bytesStatics,
  dict: dictStatics,
  int: intStatics,
  float: floatStatics,
};
