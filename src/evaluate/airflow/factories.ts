import type { Runtime } from '../runtime.js';
import { Unknown } from '../values.js';
import type { NativeCall, PyInstance, Value } from '../values.js';
import { defineModelledClass, property } from './define.js';
import { FactoryState } from './state.js';
import { stateOf, worldOf } from './world.js';

type Parts = Pick<FactoryState, 'what' | 'callee' | 'operator' | 'keywords' | 'partial' | 'flags'>;

/** The object that a decorator or `partial()` gives. */
export function makeFactory(rt: Runtime, parts: Parts): PyInstance {
  const instance = rt.instance(factoryClass(rt, parts.what));
  instance.native = new FactoryState(parts.what, parts.callee, parts.operator, parts.keywords, parts.partial, parts.flags);
  return instance;
}

const withState =
  (use: (rt: Runtime, state: FactoryState, ...rest: [readonly Value[], ReadonlyMap<string, Value>, Parameters<NativeCall>[3]]) => Value): NativeCall =>
  (rt, [self = null, ...args], keywords, place) => {
    const state = stateOf(self);
    return state instanceof FactoryState ? use(rt, state, args, keywords, place) : null;
  };

function factoryClass(rt: Runtime, what: FactoryState['what']): ReturnType<typeof defineModelledClass> {
  const wrapped = property((_rt, self) => {
    const state = stateOf(self);
    return state instanceof FactoryState ? state.callee : null;
  });
  return defineModelledClass(rt, `airflow.sdk._factory.${what}`, {
    methods: {
      __call__: withState((runtime, state, args, keywords, place) => worldOf(runtime).services.callFactory(runtime, state, args, keywords, place)),
      expand: withState((runtime, state, _args, keywords, place) => worldOf(runtime).services.expandFactory(runtime, state, keywords, place)),
      expand_kwargs: withState((runtime, state, [value], keywords, place) =>
        worldOf(runtime).services.expandFactory(runtime, state, new Map([['', value ?? keywords.get('kwargs') ?? new Unknown({ kind: 'not_modelled', text: 'expand_kwargs without an argument', place })]]), place),
      ),
      override: withState((runtime, state, _args, keywords, place) => worldOf(runtime).services.copyFactory(runtime, state, 'override', keywords, place)),
      partial: withState((runtime, state, _args, keywords, place) => worldOf(runtime).services.copyFactory(runtime, state, 'partial', keywords, place)),
    },
    properties: {
      function: wrapped,
      __wrapped__: wrapped,
      __name__: property((runtime, self, place) => {
        const state = stateOf(self);
        return state instanceof FactoryState ? runtime.getAttribute(state.callee, '__name__', place) : null;
      }),
      __doc__: property((runtime, self, place) => {
        const state = stateOf(self);
        return state instanceof FactoryState ? runtime.getAttribute(state.callee, '__doc__', place) : null;
      }),
    },
    isOpen: true,
  });
}
