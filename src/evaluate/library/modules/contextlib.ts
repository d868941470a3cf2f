import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import { PyRaise } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyInstance, PyIterator, PyNative, Unknown, noKeywords } from '../../values.js';
import { instanceOf, stateOf } from '../arguments.js';
import { defineClass, lenient } from '../define.js';
import { fromPython } from '../from-python.js';

interface ManagerState {
  readonly kind: 'manager';
  readonly generator: Value;
  /** Makes the same manager anew: a decorated function enters a fresh one at each call. */
  readonly again: (rt: Runtime, place: Place) => Value;
}

/** What `@contextmanager` functions return: entering runs to the `yield`, leaving runs the rest. */
const managerClass = defineClass({
  name: '_GeneratorContextManager',
  module: 'contextlib',
  methods: {
    __enter__: (rt, [self], _keywords, place) => {
      const generator = stateOf<ManagerState>(self, 'manager')?.generator ?? null;
      if (!(generator instanceof PyIterator)) return generator;
      const step = generator.source.next();
      return step.done ? rt.raise('RuntimeError', "generator didn't yield", place) : step.value;
    },
    __exit__: (rt, [self, , error], _keywords, place) => {
      const generator = stateOf<ManagerState>(self, 'manager')?.generator ?? null;
      return generator instanceof PyIterator ? leave(rt, generator, error ?? null, place) : false;
    },
    __call__: (_rt, [self, callee = null]) => decorated(stateOf<ManagerState>(self, 'manager'), callee),
  },
});

/** A manager as a decorator (`ContextDecorator`). */
function decorated(state: ManagerState | undefined, callee: Value): Value {
  return new PyNative('inner', (rt, args, keywords, place) => {
    const manager = state?.again(rt, place) ?? null;
    const generator = stateOf<ManagerState>(manager, 'manager')?.generator ?? null;
    const entered = rt.call(rt.getAttribute(manager, '__enter__', place), [], noKeywords, place);
    if (!(generator instanceof PyIterator)) return entered;
    let result: Value;
    try {
      result = rt.call(callee, args, keywords, place);
    } catch (raised) {
      if (!(raised instanceof PyRaise) || leave(rt, generator, raised.value, place) !== true) throw raised;
      return null;
    }
    leave(rt, generator, null, place);
    return result;
  });
}

function leave(rt: Runtime, generator: PyIterator, error: Value, place: Place): Value {
  if (error === null) {
    const step = generator.source.next();
    return step.done ? false : rt.raise('RuntimeError', "generator didn't stop", place);
  }
  if (!(error instanceof PyInstance) && !(error instanceof Unknown)) return false;
  try {
    generator.source.throw?.(new PyRaise(error, place));
    return true;
  } catch (raised) {
    if (raised instanceof PyRaise && raised.value === error) return false;
    throw raised;
  }
}

const contextmanager: NativeCall = (_rt, [callee = null]) => {
  const made = lenient('contextmanager', (rt, args, keywords, place) => {
    const again = (runtime: Runtime, at: Place): Value => {
      const generator = runtime.call(callee, args, keywords, at);
      return generator instanceof Unknown ? generator : instanceOf(runtime, managerClass(runtime), { kind: 'manager', generator, again } satisfies ManagerState);
    };
    return again(rt, place);
  });
  made.attributes.set('__wrapped__', callee);
  return made;
};

/** `contextlib`. */
export const contextlibModule: ModuleTable = {
  contextmanager: () => lenient('contextmanager', contextmanager),
  ...fromPython('contextlib', ['AbstractContextManager', 'ContextDecorator', 'ExitStack', 'chdir', 'closing', 'nullcontext', 'redirect_stderr', 'redirect_stdout', 'suppress']),
};
