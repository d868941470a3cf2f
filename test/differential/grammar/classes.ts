import type { Writer } from '../writer.js';
import { guarded } from './functions.js';

/** Methods that a random class may get. `<@C>` is the class itself. */
const members: readonly string[] = [
  'def __init__(self, x=<int>, *rest):\n    self.x = x\n    self.rest = rest',
  'def __init__(self, *args, **kwargs):\n    super().__init__(*args, **kwargs)\n    self.extra = <any>',
  'def __init__(self, x):\n    super().__init__()\n    self.x = x',
  "def m(self):\n    return ('m', type(self).__name__)",
  "def m(self):\n    return ['+'] + [super().m()]",
  'def n(self, a=<int>, *args):\n    return (a, args, getattr(self, "x", None))',
  '@property\ndef p(self):\n    return <any>',
  '@property\ndef q(self):\n    return self._q\n@q.setter\ndef q(self, value):\n    self._q = [value]\n@q.deleter\ndef q(self):\n    del self._q',
  '@staticmethod\ndef s(a=<int>):\n    return a',
  '@classmethod\ndef c(cls, a=<int>):\n    return cls.__name__, a',
  '@classmethod\ndef make(cls, *args):\n    return cls(*args)',
  'attr = <any>',
  'shared = []',
  'x = <int>',
  "def __repr__(self):\n    return f'<{type(self).__name__} {getattr(self, \"x\", None)!r}>'",
  "def __str__(self):\n    return 'str:' + str(getattr(self, 'x', ''))",
  'def __eq__(self, other):\n    return getattr(self, "x", 0) == getattr(other, "x", None)',
  'def __eq__(self, other):\n    if not isinstance(other, type(self)): return NotImplemented\n    return True',
  'def __hash__(self):\n    return 7',
  'def __lt__(self, other):\n    return getattr(self, "x", 0) < getattr(other, "x", 0)',
  'def __le__(self, other):\n    return NotImplemented',
  "def __add__(self, other):\n    return ('add', type(self).__name__, other if isinstance(other, int) else type(other).__name__)",
  "def __radd__(self, other):\n    return ('radd', type(self).__name__, other if isinstance(other, (int, str)) else type(other).__name__)",
  'def __iadd__(self, other):\n    self.added = other\n    return self',
  'def __mul__(self, other):\n    return NotImplemented',
  "def __rmul__(self, other):\n    return 'rmul'",
  "def __sub__(self, other): return 'sub'",
  "def __neg__(self): return -<int>",
  "def __invert__(self): return 'inv'",
  "def __abs__(self): return <int>",
  'def __len__(self): return abs(<small>)',
  'def __bool__(self): return <bool>',
  'def __contains__(self, item): return item == <int>',
  'def __getitem__(self, key):\n    return (key.start, key.stop, key.step) if isinstance(key, slice) else key',
  'def __setitem__(self, key, value):\n    self.item = (key, value)',
  'def __delitem__(self, key):\n    self.deleted = key',
  "def __call__(self, *args, **kwargs): return ('call', args, kwargs)",
  'def __iter__(self): return iter(<ints>)',
  'def __enter__(self):\n    self.entered = True\n    return <any>',
  'def __exit__(self, kind, value, trace):\n    self.left = kind and kind.__name__\n    return <bool>',
  "def __getattr__(self, name):\n    if name.startswith('_'): raise AttributeError(name)\n    return 'dyn:' + name",
  "def __setattr__(self, name, value):\n    object.__setattr__(self, name, ('set', value))",
  "def __delattr__(self, name):\n    super().__setattr__('gone', name)",
  'def __format__(self, spec): return f"fmt[{spec}]"',
  'def __index__(self): return <small>',
  'def __int__(self): return <int>',
  'def __float__(self): return 2.5',
  'def __round__(self, n=None): return ("round", n)',
  "def __init_subclass__(cls, tag=None, **kwargs):\n    super().__init_subclass__(**kwargs)\n    cls.tag = (cls.__name__, tag)",
  'def __class_getitem__(cls, item): return (cls.__name__, item)',
  '__hash__ = None',
  'def __reversed__(self): return "rev"',
  'def __divmod__(self, other): return "dm"',
  'def __pow__(self, other): return "pow"',
  'def __rshift__(self, other): return ("rs", other if isinstance(other, int) else "obj")',
  'def __and__(self, other): return "and"',
  'def __matmul__(self, other): return "mat"',
  'def __truediv__(self, other): return "div"',
  'def __ror__(self, other): return "ror"',
  'def __new__(cls, *args, **kwargs):\n    made = super().__new__(cls)\n    made.fresh = len(args)\n    return made',
  '__match_args__ = ("x", "attr")',
  'def __bytes__(self): return b"by"',
  'def __missing__(self, key): return ("missing", key)',
  'def __getattribute__(self, name):\n    if name == "hook": return "hooked"\n    return super().__getattribute__(name)',
  'def __dir__(self): return ["z", "a"]',
  'def __length_hint__(self): return 3',
];

const builtinBases = ['', '', '', '', '', '', 'dict', 'list', 'str', 'int', 'Exception', 'float', 'ValueError', 'object'];

/** What is asked of instances; `o` is one, `u` another, `C` the class. */
const questions: readonly string[] = [
  'o.m()', 'o.n()', 'o.n(<int>, <int>)', 'o.p', 'o.q', 'o.s()', 'o.c()', 'C.s(<int>)', 'C.c()', 'C.m', 'o.attr', 'C.attr', 'o.x', 'C.x', 'repr(o)', 'str(o)', 'o == u', 'o != u', 'o < u', 'o <= u', 'o > u', 'sorted([o, u])', 'o + 1', '1 + o', 'o + u', '"s" + o', '[1] + o', 'o * 2', '2 * o', 'o - u', '-o', '~o', 'abs(o)', 'len(o)', 'bool(o)', 'not o', '<int> in o', 'o[<int>]', 'o[1:2]', 'o[::<small>]', 'o[<any>]', 'o()', 'o(<int>, k=<int>)', 'list(o)', '[*o]', 'iter(o)', 'o.nope', 'o.hook', 'getattr(o, "zz", <int>)', 'hasattr(o, "p")', 'hasattr(o, "nope")', 'isinstance(o, C)', 'isinstance(o, int)', 'issubclass(C, B)', 'isinstance(u, B)', 'hash(o) == hash(o)', 'f"{o:>5}"', 'f"{o}"', '"%s" % (o,)', 'format(o, "x")', 'int(o)', 'float(o)', 'round(o)', 'round(o, 1)', '[10, 20, 30, 40][o]', 'range(o)', 'hex(o)', 'C.tag', 'type(o).__name__', 'C.__name__', '[k.__name__ for k in C.__mro__]', 'C.__bases__', 'C.__qualname__', 'C.__module__', 'o.__class__', 'type(o) is C', 'o.__class__.__name__', 'reversed(o)', 'divmod(o, 2)', 'o ** 2', 'o >> 1', 'o >> u', '1 >> o', '[2] >> o', 'o & 1', 'o @ u', 'o / 2', '1 | o', 'o | 1', 'C.make()', 'C.make(<int>)', '{o: 1}', 'len({o, u})', 'o is o', 'o in [o]', 'u in (o, u)', '[o].index(o)', 'max(o, u)', 'callable(o)', 'callable(C)', 'C.p', 'type(C.p).__name__', 'type(C.__dict__["m"]).__name__', 'C()', 'C(<int>)', 'C(<any>, <any>)', 'o.rest', 'o.extra', 'o.fresh', 'o.__eq__(u)', 'C.__eq__(o, u)', 'o.shared is u.shared', 'C.__doc__', 'type(o).m(o)', 'super(C, o).m()', 'tuple(o)', 'dict(o)', 'sum(o)', 'o.copy()', 'o.upper()', 'o.args', '"x".join(o)', 'o.n', 'type(o.m).__name__', 'o.m.__name__', 'o.m.__self__ is o', 'C.n.__name__', 'isinstance(C, type)', 'C.__dict__["attr"]', '"m" in C.__dict__', 'list(C.__dict__)[:2]', 'C.__subclasses__()', 'C.mro()', 'o.__str__()', 'o.__repr__()', 'o.__hash__()', 'C.__call__()', 'print(o)', 'all([o])', 'o and 1', 'o or 2', '1 if o else 0', 'str.upper(o)', 'o.__ne__(u)', 'o.__lt__(u)', 'C.__hash__', 'o.__class__ == C', 'type(C)', 'type(C).__name__', 'o.__doc__', 'C.__annotations__', 'o.__module__', 'o.__contains__(1)', 'o.__getitem__(0)', 'any(o)', 'enumerate(o)', 'min(o)', 'chr(o)', 'o * u', 'o.__iter__', 'next(o)', 'zip(o, o)', 'list(map(str, o))', '(lambda *a: a)(*o)',
];

const changes: readonly string[] = [
  'o.x = <any>', 'o.y = <any>', 'o.q = <any>', 'o.p = <any>', 'del o.x', 'del o.q', 'del o.nope', 'o[<int>] = <any>', 'del o[<int>]', 'o += 1', 'C.attr = <any>', 'C.m = lambda self: ("patched", self is o)', 'setattr(o, "z", <int>)', 'delattr(o, "x")', 'C.shared.append(<int>)', 'o.shared = <ints>', 'with o as w:\n    w', 'with o:\n    raise ValueError(<int>)', 'o.__dict__["d"] = <any>', 'o.__dict__.update(e=<any>)', 'o.m = lambda: "own"', 'o.__len__ = lambda: 5', 'match o:\n    case C(x, y):\n        o.matched = (x, y)\n    case C(x=value):\n        o.matched = value\n    case _:\n        pass', 'for item in o:\n    last = item', 'raise o', 'a, b = o', 'del C.attr', 'C.p = <any>', 'assert o', 'object.__setattr__(o, "raw", <any>)', 'o.attr = <any>', 'o.append(<int>)', 'o.update(a=1)', 'o.add(<int>)', 'C.late = property(lambda self: <any>)', 'C.__repr__ = lambda self: "patched repr"',
];

/** A hierarchy of classes with random members, and questions to their instances. */
export function classTopic(writer: Writer): string[] {
  const { draw } = writer;
  const classes: string[] = [];
  const lines: string[] = [];
  for (let index = draw.integer(1, 4); index > 0; index--) {
    const name = writer.fresh('C');
    lines.push(...definition(writer, name, classes));
    classes.push(name);
  }
  const cls = classes.at(-1) ?? '';
  const base = classes[0] ?? '';
  const [one, other] = [writer.fresh('o'), writer.fresh('u')];
  const named = (text: string): string => text.replace(/\bo\b(?!['"=])/g, one).replace(/\bu\b(?!['"=])/g, other).replace(/\bC\b/g, cls).replace(/\bB\b/g, base);
  for (const name of [one, other]) {
    lines.push('try:', ...writer.fillLines('instances', `    ${name} = ${draw.pick(classes)}(${draw.pick(['', '', '<int>', '<int>, <any>', '<any>', '<ints>', '<str>'])})`), 'except Exception as error:', `    ${name} = error`);
  }
  for (let index = draw.integer(2, 6); index > 0; index--) {
    if (draw.chance(0.25)) lines.push('try:', ...writer.fillLines('changes', named(draw.pick(changes))).map((line) => `    ${line}`), 'except Exception as error:', `    ${writer.fresh('r')} = error`);
    else lines.push(...guarded(writer, named(draw.pick(questions))));
  }
  return lines;
}

function definition(writer: Writer, name: string, known: readonly string[]): string[] {
  const { draw } = writer;
  const bases = draw.chance(0.7) && known.length > 0 ? draw.some(known, 0.4).reverse() : [draw.pick(builtinBases)].filter((base) => base !== '');
  if (draw.chance(0.06)) bases.push(draw.pick(['dict', 'Exception', 'int']));
  const keywords = draw.chance(0.08) ? [`tag=${writer.expression('int')}`] : [];
  const body = draw.some(members, 0.09).flatMap((text) => writer.fillLines('members', text)).map((line) => `    ${line}`);
  return [`class ${name}(${[...bases, ...keywords].join(', ')}):`, ...body];
}
