import type { Place } from '../../model/place.js';
import { PyRaise } from '../runtime.js';
import type { Runtime } from '../runtime.js';
import { PyClass, PyInstance, PyTuple, Unknown, noKeywords } from '../values.js';
import type { Value } from '../values.js';

/** Python's exception classes with their base, parents first (https://docs.python.org/3/library/exceptions.html). */
export const exceptionClasses: readonly (readonly [name: string, base: string])[] = [
  ['BaseException', 'object'],
  ['Exception', 'BaseException'],
  ['GeneratorExit', 'BaseException'],
  ['KeyboardInterrupt', 'BaseException'],
  ['SystemExit', 'BaseException'],
  ['ArithmeticError', 'Exception'],
  ['FloatingPointError', 'ArithmeticError'],
  ['OverflowError', 'ArithmeticError'],
  ['ZeroDivisionError', 'ArithmeticError'],
  ['AssertionError', 'Exception'],
  ['AttributeError', 'Exception'],
  ['BufferError', 'Exception'],
  ['EOFError', 'Exception'],
  ['ImportError', 'Exception'],
  ['ModuleNotFoundError', 'ImportError'],
  ['LookupError', 'Exception'],
  ['IndexError', 'LookupError'],
  ['KeyError', 'LookupError'],
  ['MemoryError', 'Exception'],
  ['NameError', 'Exception'],
  ['UnboundLocalError', 'NameError'],
  ['OSError', 'Exception'],
  ['BlockingIOError', 'OSError'],
  ['ChildProcessError', 'OSError'],
  ['ConnectionError', 'OSError'],
  ['BrokenPipeError', 'ConnectionError'],
  ['ConnectionAbortedError', 'ConnectionError'],
  ['ConnectionRefusedError', 'ConnectionError'],
  ['ConnectionResetError', 'ConnectionError'],
  ['FileExistsError', 'OSError'],
  ['FileNotFoundError', 'OSError'],
  ['InterruptedError', 'OSError'],
  ['IsADirectoryError', 'OSError'],
  ['NotADirectoryError', 'OSError'],
  ['PermissionError', 'OSError'],
  ['ProcessLookupError', 'OSError'],
  ['TimeoutError', 'OSError'],
  ['ReferenceError', 'Exception'],
  ['RuntimeError', 'Exception'],
  ['NotImplementedError', 'RuntimeError'],
  ['RecursionError', 'RuntimeError'],
  ['StopAsyncIteration', 'Exception'],
  ['StopIteration', 'Exception'],
  ['SyntaxError', 'Exception'],
  ['IndentationError', 'SyntaxError'],
  ['TabError', 'IndentationError'],
  ['SystemError', 'Exception'],
  ['TypeError', 'Exception'],
  ['ValueError', 'Exception'],
  ['UnicodeError', 'ValueError'],
  ['UnicodeDecodeError', 'UnicodeError'],
  ['UnicodeEncodeError', 'UnicodeError'],
  ['Warning', 'Exception'],
  ['BytesWarning', 'Warning'],
  ['DeprecationWarning', 'Warning'],
  ['FutureWarning', 'Warning'],
  ['ImportWarning', 'Warning'],
  ['PendingDeprecationWarning', 'Warning'],
  ['ResourceWarning', 'Warning'],
  ['RuntimeWarning', 'Warning'],
  ['SyntaxWarning', 'Warning'],
  ['UnicodeWarning', 'Warning'],
  ['UserWarning', 'Warning'],
  ['BaseExceptionGroup', 'BaseException'],
  ['ExceptionGroup', 'Exception'],
];

/** Other names of exception classes. */
export const exceptionAliases: Readonly<Record<string, string>> = { EnvironmentError: 'OSError', IOError: 'OSError' };

/** Makes an instance of an exception class with its `args`. */
export function makeException(rt: Runtime, cls: PyClass, args: readonly Value[]): PyInstance {
  const instance = rt.instance(cls);
  instance.attributes.set('args', rt.tuple(args));
  for (const [name, index] of partsOf(cls)) if (index < args.length || index === 0) instance.attributes.set(name, args[index] ?? null);
  return instance;
}

/** Attributes that stand for arguments, by the class that has them. */
const argumentNames: Readonly<Record<string, readonly (readonly [name: string, index: number])[]>> = {
  StopIteration: [['value', 0]],
  SystemExit: [['code', 0]],
  OSError: [['errno', 0], ['strerror', 1], ['filename', 2]],
};

function partsOf(cls: PyClass): readonly (readonly [name: string, index: number])[] {
  for (const each of cls.mro) {
    const names = each.module === 'builtins' ? argumentNames[each.name] : undefined;
    if (names !== undefined) return names;
  }
  return [];
}

/** Whether an `except` clause's type (a class or a tuple of them) takes an exception. */
export function exceptionMatches(rt: Runtime, value: PyInstance | Unknown, type: Value, place: Place): boolean | Unknown {
  if (type instanceof PyTuple) {
    const results = type.items.map((each) => exceptionMatches(rt, value, each, place));
    return results.find((result) => result === true) ?? results.find((result) => result instanceof Unknown) ?? false;
  }
  if (type instanceof Unknown) {
    // A class of a library that isn't known can't be the class of an exception that Python itself raises, unless it is
    // an ancestor: only Exception and BaseException are, and those are known.
    return value instanceof Unknown ? value : isBuiltinException(value) && type.path !== '' ? false : type;
  }
  if (!(type instanceof PyClass)) {
    return rt.raise('TypeError', 'catching classes that do not inherit from BaseException is not allowed', place);
  }
  if (value instanceof Unknown) {
    return type.path === 'Exception' || type.path === 'BaseException' ? true : value;
  }
  if (value.cls.mro.includes(type)) return true;
  return value.cls.unknownBase ?? false;
}

function isBuiltinException(value: PyInstance): boolean {
  return value.cls.module === 'builtins';
}

/** What `raise value` throws. */
export function raiseValue(rt: Runtime, value: Value, place: Place): PyRaise {
  if (value instanceof Unknown) return new PyRaise(value, place);
  const instance = value instanceof PyClass ? rt.call(value, [], noKeywords, place) : value;
  if (instance instanceof Unknown) return new PyRaise(instance, place);
  const base = rt.builtinClass('BaseException');
  if (instance instanceof PyInstance && (rt.isInstance(instance, base) || instance.cls.unknownBase !== undefined)) {
    return new PyRaise(instance, place);
  }
  return rt.raise('TypeError', 'exceptions must derive from BaseException', place);
}

/** One line about an exception, as the last line of a traceback: `ValueError: bad`. */
export function describeException(rt: Runtime, error: PyRaise): string {
  if (error.value instanceof Unknown) return `an exception that is not known: ${error.value.reason.text}`;
  const { cls } = error.value;
  const text = rt.str(error.value, error.place);
  const name = cls.module === 'builtins' ? cls.name : cls.path;
  return text === '' || text instanceof Unknown ? name : `${name}: ${text}`;
}
