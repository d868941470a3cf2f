import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import { PyRaise } from '../../runtime.js';
import type { NativeCall, Value } from '../../values.js';
import { PyClass, PyInstance, PyIterator, Unknown, noKeywords } from '../../values.js';
import { instanceOf, stateOf } from '../arguments.js';
import { defineClass, lenient } from '../define.js';

interface ManagerState {
  readonly kind: 'manager';
  readonly generator: Value;
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
    // A manager can decorate a function; it is entered at each call.
    __call__: (rt, _args, _keywords, place) => rt.unknown('not_modelled', 'a context manager used as a decorator is not modelled', place),
  },
});

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
    const generator = rt.call(callee, args, keywords, place);
    return generator instanceof Unknown ? generator : instanceOf(rt, managerClass(rt), { kind: 'manager', generator } satisfies ManagerState);
  });
  made.attributes.set('__wrapped__', callee);
  return made;
};

const nothing = (name: string) =>
  defineClass({
    name,
    module: 'contextlib',
    construct: (rt, cls, [value = null]) => {
      const made = rt.instance(cls);
      made.attributes.set('enter_result', value);
      return made;
    },
    methods: { __enter__: (_rt, [self]) => (self instanceof PyInstance ? (self.attributes.get('enter_result') ?? null) : null), __exit__: () => null },
  });

const suppress = defineClass({
  name: 'suppress',
  module: 'contextlib',
  construct: (rt, cls, args) => {
    const made = rt.instance(cls);
    made.attributes.set('_exceptions', rt.tuple(args));
    return made;
  },
  methods: {
    __enter__: () => null,
    __exit__: (rt, [self, type], _keywords, place) => {
      if (type instanceof Unknown) return type;
      if (!(type instanceof PyClass)) return false;
      const wanted = rt.items(rt.getAttribute(self ?? null, '_exceptions', place), place);
      return wanted instanceof Unknown ? wanted : wanted.some((each) => each instanceof PyClass && type.mro.includes(each));
    },
  },
});

const exitStack = defineClass({
  name: 'ExitStack',
  module: 'contextlib',
  construct: (rt, cls) => {
    const made = rt.instance(cls);
    made.native = { kind: 'exit_stack', managers: [] satisfies Value[] };
    return made;
  },
  methods: {
    __enter__: (_rt, [self]) => self ?? null,
    enter_context: (rt, [self, manager = null], _keywords, place) => {
      if (manager instanceof Unknown) return manager;
      const entered = rt.call(rt.getAttribute(manager, '__enter__', place), [], noKeywords, place);
      stateOf<{ kind: 'exit_stack'; managers: Value[] }>(self, 'exit_stack')?.managers.push(manager);
      return entered;
    },
    __exit__: (rt, [self, ...error], _keywords, place) => {
      const managers = stateOf<{ kind: 'exit_stack'; managers: Value[] }>(self, 'exit_stack')?.managers.splice(0) ?? [];
      const results = managers.reverse().map((manager) => rt.truth(rt.call(rt.getAttribute(manager, '__exit__', place), error, noKeywords, place), place));
      return results.find((result) => result instanceof Unknown) ?? results.includes(true);
    },
    callback: (rt, _args, _keywords, place) => rt.unknown('not_modelled', 'ExitStack.callback is not modelled', place),
    close: (rt, [self], _keywords, place) => rt.call(rt.getAttribute(self ?? null, '__exit__', place), [null, null, null], noKeywords, place),
  },
});

/** `contextlib`. */
export const contextlibModule: ModuleTable = {
  contextmanager: () => lenient('contextmanager', contextmanager),
  suppress,
  nullcontext: nothing('nullcontext'),
  closing: nothing('closing'),
  redirect_stdout: nothing('redirect_stdout'),
  redirect_stderr: nothing('redirect_stderr'),
  ExitStack: exitStack,
  ContextDecorator: defineClass({ name: 'ContextDecorator', module: 'contextlib' }),
  AbstractContextManager: defineClass({ name: 'AbstractContextManager', module: 'contextlib', methods: { __enter__: (_rt, [self]) => self ?? null, __exit__: () => null } }),
};
