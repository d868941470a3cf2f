import type { ModuleTable, Runtime } from '../../runtime.js';
import type { NativeCall, Value, PyInstance } from '../../values.js';
import { Unknown } from '../../values.js';
import { defineClass, lenient, oncePerRun, silentFunctions } from '../define.js';

const messages = ['debug', 'info', 'warning', 'warn', 'error', 'exception', 'critical', 'fatal', 'log'] as const;
const silent: NativeCall = () => null;
const quiet = (names: readonly string[]): Record<string, NativeCall> => Object.fromEntries(names.map((name) => [name, silent]));

const settings = ['setLevel', 'addHandler', 'removeHandler', 'addFilter', 'removeFilter', 'setFormatter', 'flush', 'close', 'emit', 'handle', 'acquire', 'release'];

const handlerClass = defineClass({
  name: 'Handler', module: 'logging', construct: (rt, cls) => rt.instance(cls), methods: quiet(settings), isOpen: true,
});

const loggerClass = defineClass({
  name: 'Logger',
  module: 'logging',
  construct: (rt, cls) => rt.instance(cls),
  methods: {
    ...quiet([...messages, ...settings]),
    getChild: (rt, [, name]) => logger(rt, name ?? null),
    isEnabledFor: (rt, _args, _keywords, place) => rt.unknown('environment', 'the log level is not known', place),
    getEffectiveLevel: (rt, _args, _keywords, place) => rt.unknown('environment', 'the log level is not known', place),
    hasHandlers: (rt, _args, _keywords, place) => rt.unknown('environment', 'the log handlers are not known', place),
  },
  isOpen: true,
});

const loggersKey = {};

/** The logger of a name: what it is told has no effect. */
function logger(rt: Runtime, name: Value): PyInstance {
  const loggers = oncePerRun(rt, loggersKey, () => new Map<unknown, PyInstance>());
  const key = name instanceof Unknown ? name : String(name);
  const made = loggers.get(key) ?? rt.instance(loggerClass(rt));
  made.attributes.set('name', name);
  loggers.set(key, made);
  return made;
}

const levels: Readonly<Record<string, bigint>> = { NOTSET: 0n, DEBUG: 10n, INFO: 20n, WARN: 30n, WARNING: 30n, ERROR: 40n, CRITICAL: 50n, FATAL: 50n };

const levelName: NativeCall = (_rt, [level]) => {
  if (level instanceof Unknown) return level;
  const found = Object.entries(levels).filter(([name]) => name !== 'WARN' && name !== 'FATAL').find(([name, value]) => value === level || name === level);
  if (!found) return `Level ${String(level)}`;
  return typeof level === 'string' ? found[1] : found[0];
};

/** `logging`. */
export const loggingModule: ModuleTable = {
  ...silentFunctions([...messages, 'basicConfig', 'disable', 'captureWarnings', 'addLevelName', 'shutdown', 'setLoggerClass']),
  ...Object.fromEntries(Object.entries(levels).map(([name, value]) => [name, () => value])),
  getLogger: () => lenient('getLogger', (rt, [name = 'root']) => logger(rt, name)),
  getLevelName: () => lenient('getLevelName', levelName),
  Logger: loggerClass,
  LoggerAdapter: defineClass({
    name: 'LoggerAdapter', module: 'logging', construct: (rt, cls) => rt.instance(cls), methods: quiet([...messages, ...settings]), isOpen: true,
  }),
  root: (rt) => logger(rt, 'root'),
  Handler: handlerClass,
  StreamHandler: defineClass({ name: 'StreamHandler', module: 'logging', bases: [handlerClass] }),
  FileHandler: defineClass({ name: 'FileHandler', module: 'logging', bases: [handlerClass] }),
  NullHandler: defineClass({ name: 'NullHandler', module: 'logging', bases: [handlerClass] }),
  Formatter: defineClass({ name: 'Formatter', module: 'logging', construct: (rt, cls) => rt.instance(cls), isOpen: true }),
  Filter: defineClass({ name: 'Filter', module: 'logging', construct: (rt, cls) => rt.instance(cls), isOpen: true }),
};

const managerClass = defineClass({
  name: 'catch_warnings', module: 'warnings', construct: (rt, cls) => rt.instance(cls), methods: { __enter__: (rt) => rt.list([]), __exit__: () => null },
});

/** `warnings`. */
export const warningsModule: ModuleTable = {
  ...silentFunctions(['warn', 'warn_explicit', 'filterwarnings', 'simplefilter', 'resetwarnings', 'showwarning']),
  catch_warnings: managerClass,
};
