import type { Place } from '../../../model/place.js';
import type { ModuleTable, Runtime } from '../../runtime.js';
import type { Keywords, PyClass, Value } from '../../values.js';
import { PyDict, Unknown, noKeywords } from '../../values.js';
import { builtin, defineClass, lenient, submodules } from '../define.js';
import { fromPython } from '../from-python.js';
import { registerAbstract } from '../typing/abstract.js';
import { namedtuple } from '../classes/namedtuple.js';

/** A dict of a subclass with what `dict(...)` would hold. */
function makeDict(rt: Runtime, cls: PyClass, args: readonly Value[], keywords: Keywords, place: Place): PyDict | Unknown {
  const made = rt.call(rt.builtinClass('dict'), args, keywords, place);
  if (!(made instanceof PyDict)) return made instanceof Unknown ? made : rt.unknown('not_modelled', 'this dict is not modelled', place);
  made.cls = cls;
  made.attributes = new Map();
  return made;
}

/** The repr of the dict inside. */
function inner(rt: Runtime, self: Value | undefined, place: Place): string | Unknown {
  if (!(self instanceof PyDict)) return '{}';
  return self.taint ?? rt.repr(rt.dict([...self.entries.values()].map((entry) => [entry.key, entry.value] as const)), place);
}

const defaultDict = defineClass({
  name: 'defaultdict',
  module: 'collections',
  bases: [builtin('dict')],
  construct: (rt, cls, [factory = null, ...args], keywords, place) => {
    const made = makeDict(rt, cls, args, keywords, place);
    if (made instanceof PyDict) made.attributes?.set('default_factory', factory);
    return made;
  },
  methods: {
    __missing__: (rt, [self, key], _keywords, place) => {
      const factory = self instanceof PyDict ? (self.attributes?.get('default_factory') ?? null) : null;
      if (factory === null) {
        const shownKey = rt.repr(key ?? null, place);
        return rt.raise('KeyError', typeof shownKey === 'string' ? shownKey : '', place);
      }
      const value = rt.call(factory, [], noKeywords, place);
      rt.setItem(self ?? null, key ?? null, value, place);
      return value;
    },
    __repr__: (rt, [self], _keywords, place) => {
      const text = inner(rt, self, place);
      const factory = rt.repr(self instanceof PyDict ? (self.attributes?.get('default_factory') ?? null) : null, place);
      if (text instanceof Unknown) return text;
      return typeof factory === 'string' ? `defaultdict(${factory}, ${text})` : factory;
    },
    copy: (rt, [self], _keywords, place) => {
      const made = makeDict(rt, rt.classOf(self ?? null), [self ?? null], noKeywords, place);
      if (made instanceof PyDict && self instanceof PyDict) made.attributes?.set('default_factory', self.attributes?.get('default_factory') ?? null);
      return made;
    },
  },
});

/** Classes made before the abstract ones are registered would not count as mappings. */
const registeredFirst = (cls: (rt: Runtime) => PyClass) => (rt: Runtime): PyClass => {
  registerAbstract(rt);
  return cls(rt);
};

/** `collections`. */
export const collectionsModule: ModuleTable = {
  ...submodules('collections', ['abc']),
  defaultdict: registeredFirst(defaultDict),
  namedtuple: () => lenient('namedtuple', namedtuple),
  ...fromPython('collections', ['ChainMap', 'Counter', 'OrderedDict', 'UserDict', 'UserList', 'UserString', 'deque']),
};
