import { createHash } from 'node:crypto';
import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyBytes, PyInstance, Unknown } from '../../values.js';
import { bytesOf, hashOfText, instanceOf, stateOf, textOf } from '../arguments.js';
import { defineClass, propagating, propagatingAll, strictFunctions, unknownFunctions } from '../define.js';

interface DigestState {
  readonly kind: 'digest';
  readonly algorithm: string;
  parts: Uint8Array[];
}

const digest = (value: Value | undefined): Buffer => {
  const state = stateOf<DigestState>(value, 'digest');
  const hash = createHash(state?.algorithm ?? 'md5');
  for (const part of state?.parts ?? []) hash.update(part);
  return hash.digest();
};

const hashClass = defineClass({
  name: 'HASH',
  module: '_hashlib',
  isOpen: true,
  methods: {
    hexdigest: (_rt, [self]) => (self instanceof PyInstance && self.taint) || digest(self).toString('hex'),
    digest: (_rt, [self]) => (self instanceof PyInstance && self.taint) || new PyBytes(new Uint8Array(digest(self))),
    update: (rt, [self, data = null], _keywords, place) => {
      if (!(self instanceof PyInstance)) return null;
      if (data instanceof Unknown) self.taint ??= data;
      else {
        rt.mutate(self);
        stateOf<DigestState>(self, 'digest')?.parts.push(bytesOf(rt, data, place));
      }
      return null;
    },
  },
  properties: { name: (_rt, self) => stateOf<DigestState>(self, 'digest')?.algorithm ?? '' },
});

const start = (rt: Runtime, algorithm: string, data: Value | undefined, place: Place): Value =>
  instanceOf(rt, hashClass(rt), { kind: 'digest', algorithm, parts: data === undefined ? [] : [bytesOf(rt, data, place)] } satisfies DigestState);

const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;

/** `hashlib`: pure functions of their input. */
export const hashlibModule: ModuleTable = strictFunctions({
  ...Object.fromEntries(algorithms.map((name): [string, NativeCall] => [name, (rt, [data], _keywords, place) => start(rt, name, data, place)])),
  new: (rt, [name, data], _keywords, place) => {
    const algorithm = algorithms.find((each) => each === textOf(rt, name, place).toLowerCase());
    return algorithm ? start(rt, algorithm, data, place) : rt.unknown('not_modelled', `hashlib.new('${String(name)}') is not modelled`, place);
  },
});

const encoding = (name: 'base64' | 'base64url' | 'hex', change: (text: string) => string = (text) => text): NativeCall => (rt, [data], _keywords, place) =>
  new PyBytes(new TextEncoder().encode(change(Buffer.from(bytesOf(rt, data, place)).toString(name))));

const decoding: NativeCall = (rt, [data], _keywords, place) => {
  const text = typeof data === 'string' ? data : new TextDecoder().decode(bytesOf(rt, data, place));
  const kept = text.replace(/[^A-Za-z0-9+/=_-]/g, '');
  if (kept.replace(/=+$/, '').length % 4 === 1 || (kept.length % 4 !== 0)) return rt.raise('ValueError', 'Incorrect padding', place);
  return new PyBytes(new Uint8Array(Buffer.from(kept, 'base64')));
};

const padded = (text: string): string => text + '='.repeat((4 - (text.length % 4)) % 4);

/** `base64`. */
export const base64Module: ModuleTable = strictFunctions({
  b64encode: encoding('base64'),
  standard_b64encode: encoding('base64'),
  urlsafe_b64encode: encoding('base64url', padded),
  b64decode: decoding,
  standard_b64decode: decoding,
  urlsafe_b64decode: decoding,
  b16encode: encoding('hex', (text) => text.toUpperCase()),
});

interface UuidState {
  readonly kind: 'uuid';
  readonly hex: string;
}

const hex = (value: Value | undefined): string => stateOf<UuidState>(value, 'uuid')?.hex ?? '';
const dashed = (text: string): string => [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');

const uuidClass = defineClass({
  name: 'UUID',
  module: 'uuid',
  construct: (rt, cls, args, keywords, place) =>
    propagating(() => {
      const text = textOf(rt, args[0] ?? keywords.get('hex'), place).replace(/urn:|uuid:|[{}-]/g, '').toLowerCase();
      if (!/^[0-9a-f]{32}$/.test(text)) return rt.raise('ValueError', 'badly formed hexadecimal UUID string', place);
      return instanceOf(rt, cls, { kind: 'uuid', hex: text } satisfies UuidState);
    })(rt, args, keywords, place),
  methods: propagatingAll({
    __str__: (_rt, [self]) => dashed(hex(self)),
    __repr__: (_rt, [self]) => `UUID('${dashed(hex(self))}')`,
    __eq__: (_rt, [self, other]) => stateOf<UuidState>(other, 'uuid') !== undefined && hex(self) === hex(other),
    __hash__: (_rt, [self]) => hashOfText(`uuid:${hex(self)}`),
  }),
  properties: { hex: (_rt, self) => hex(self), int: (_rt, self) => BigInt(`0x${hex(self)}`), version: (_rt, self) => BigInt(`0x${hex(self)[12] ?? '0'}`) },
});

const named = (algorithm: 'md5' | 'sha1', version: number): NativeCall => (rt, [space, name], _keywords, place) => {
  const bytes = createHash(algorithm).update(Buffer.from(hex(space), 'hex')).update(textOf(rt, name, place), 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return instanceOf(rt, uuidClass(rt), { kind: 'uuid', hex: bytes.toString('hex') } satisfies UuidState);
};

const namespace = (digit: string) => (rt: Runtime): Value =>
  instanceOf(rt, uuidClass(rt), { kind: 'uuid', hex: `6ba7b81${digit}9dad11d180b400c04fd430c8` } satisfies UuidState);

/** `uuid`. */
export const uuidModule: ModuleTable = {
  ...unknownFunctions('uuid', 'random', { uuid1: 'UUID', uuid4: 'UUID', getnode: 'int' }),
  ...strictFunctions({ uuid3: named('md5', 3), uuid5: named('sha1', 5) }),
  UUID: uuidClass,
  NAMESPACE_DNS: namespace('0'),
  NAMESPACE_URL: namespace('1'),
  NAMESPACE_OID: namespace('2'),
  NAMESPACE_X500: namespace('4'),
};
