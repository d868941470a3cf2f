import type { Runtime } from '../../runtime.js';
import type { NativeCall, Value, PyInstance } from '../../values.js';
import { PyClass, PyTuple, Unknown } from '../../values.js';
import { instanceOf, stateOf } from '../arguments.js';
import { defineClass } from '../define.js';

/** A name that only annotations use: it can be subscripted, joined with `|` and called, and means nothing at run time. */
interface MarkerState {
  readonly kind: 'marker';
  readonly text: string;
  /** What `__origin__` is: `Generic[T]` as a base class means Generic. */
  readonly origin: PyClass | undefined;
}

const text = (value: Value | undefined): string => stateOf<MarkerState>(value, 'marker')?.text ?? '';

function shown(rt: Runtime, value: Value | undefined): string {
  if (value === null || value === undefined) return 'None';
  if (value instanceof PyClass) return value.path;
  if (value instanceof Unknown) return value.path;
  if (value instanceof PyTuple) return value.items.map((item) => shown(rt, item)).join(', ');
  const found = rt.repr(value, { file: '', line: 1 });
  return typeof found === 'string' ? found : '';
}

const joined: NativeCall = (rt, [self, other]) => makeMarker(rt, `${shown(rt, self)} | ${shown(rt, other)}`);

const markerClass = defineClass({
  name: '_SpecialForm',
  module: 'typing',
  methods: {
    __getitem__: (rt, [self, key]) => {
      const state = stateOf<MarkerState>(self, 'marker');
      return makeMarker(rt, `${state?.text ?? ''}[${shown(rt, key)}]`, state?.origin);
    },
    __or__: joined,
    __ror__: (rt, [self, other]) => joined(rt, [other ?? null, self ?? null], new Map(), { file: '', line: 1 }),
    __call__: (_rt, [self]) => self ?? null,
    __repr__: (_rt, [self]) => text(self),
  },
  properties: { __name__: (_rt, self) => text(self).split('.').at(-1) ?? '' },
});

/** A marker; `origin` is the class that it stands for as a base. */
export function makeMarker(rt: Runtime, name: string, origin?: PyClass): PyInstance {
  const marker = instanceOf(rt, markerClass(rt), { kind: 'marker', text: name, origin } satisfies MarkerState);
  if (origin) marker.attributes.set('__origin__', origin);
  return marker;
}
