import type { Writer } from '../writer.js';

const parameterLists: readonly (readonly [signature: string, names: Readonly<Record<string, string>>])[] = [
  ['', {}],
  ['a', { a: 'int' }],
  ['a, b=<int>', { a: 'int', b: 'int' }],
  ['a, *args', { a: 'int', args: 'tuple' }],
  ['*args, k=<str>', { args: 'tuple', k: 'str' }],
  ['a, /, b, *, c=<int>', { a: 'int', b: 'int', c: 'int' }],
  ['a, b=<int>, *args, c=<str>, **kw', { a: 'int', b: 'int', args: 'tuple', c: 'str', kw: 'dict' }],
  ['**kw', { kw: 'dict' }],
  ['a=<int>, /, **kw', { a: 'int', kw: 'dict' }],
  ['a, acc=[]', { a: 'int', acc: 'ints' }],
  ['a: int, *, b: str = <str>', { a: 'int', b: 'str' }],
];

const argumentLists = [
  '', '<int>', '<int>, <int>', '<int>, b=<int>', '*<ints>', '<int>, *<ints>, c=<str>', 'a=<int>', '<int>, **<dict>', '<int>, <int>, <int>', 'k=<str>', 'a=<int>, b=<int>', '<int>, c=<int>', '*<ints>, **<dict>', 'b=<int>', '<int>, <int>, c=<str>, d=<int>', '**{"a": <int>}',
];

/** A function with calls that fit and calls that don't. */
export function functionTopic(writer: Writer): string[] {
  const { draw } = writer;
  const name = writer.fresh('f');
  const [signature, names] = draw.pick(parameterLists);
  const head = writer.fillLines('parameters', `def ${name}(${signature}):`);
  writer.enter(names);
  const body = writer.statements(draw.integer(0, 3), '    ');
  const result = writer.fillLines('returns', `    return ${draw.pick(['<any>', `[${Object.keys(names).join(', ')}]`, '<int>', '<str>', '(<any>, <any>)'])}`);
  writer.leave();
  if ('acc' in names) body.push('    acc.append(a)');
  const calls = Array.from({ length: draw.integer(1, 3) }, () => guarded(writer, `${name}(${draw.pick(argumentLists)})`)).flat();
  return [...decorators(writer, name), ...head, ...body, ...result, ...calls];
}

function decorators(writer: Writer, name: string): string[] {
  if (!writer.draw.chance(0.25)) return [];
  const wrap = writer.fresh('deco');
  const inner = ['    def wrapper(*args, **kwargs):', `        return (${writer.expression('str')}, function(*args, **kwargs))`];
  const kind = writer.draw.pick(['plain', 'wraps', 'arguments']);
  if (kind === 'plain') return [`def ${wrap}(function):`, ...inner, '    return wrapper', `@${wrap}`];
  if (kind === 'wraps') return ['import functools', `def ${wrap}(function):`, '    @functools.wraps(function)', ...inner, `    ${name}`.trim() === '' ? '' : '    return wrapper', `@${wrap}`];
  return [`def ${wrap}(times, label=${writer.expression('str')}):`, '    def decorate(function):', ...inner.map((line) => `    ${line}`), '        wrapper.times = times', '        return wrapper', '    return decorate', `@${wrap}(${writer.expression('int')})`];
}

/** An assignment of an expression that may raise, with the exception kept. */
export function guarded(writer: Writer, text: string): string[] {
  const name = writer.fresh('r');
  return [`try:`, ...writer.fillLines('guarded', `    ${name} = ${text}`), 'except Exception as error:', `    ${name} = error`];
}

/** Closures, late binding, global and nonlocal. */
const scopeTexts = [
  'def <@f>(n):\n    <=int> = <int>\n    def inner(d=1):\n        nonlocal n\n        n += d\n        return n\n    return inner\n<@c> = <@f>(<int>)\n<@r> = [<@c>(), <@c>(<int>), <@c>()]',
  '<@g> = <int>\ndef <@f>():\n    global <@g>\n    <@g> = <@g> + <int>\n    return <@g>\n<@r> = (<@f>(), <@f>(), <@g>)',
  '<@r> = [f() for f in [lambda: i for i in range(3)]]\n<@s> = [f() for f in [lambda i=i: i for i in range(3)]]',
  'def <@f>():\n    try:\n        return <@g>x\n    finally:\n        <@g>y = 1\ntry:\n    <@r> = <@f>()\nexcept NameError as e:\n    <@r> = e',
  'def <@f>(flag):\n    if flag:\n        value = <any>\n    return value\ntry:\n    <@r> = (<@f>(True), <@f>(False))\nexcept UnboundLocalError as e:\n    <@r> = e',
  'def <@f>(x):\n    def inner():\n        return x\n    x = <any>\n    return inner()\n<@r> = <@f>(<any>)',
  'class <@C>:\n    n = <int>\n    both = [n for _ in range(2)] if False else n\n    def get(self):\n        try:\n            return n\n        except NameError as e:\n            return str(e)\n<@r> = (<@C>.n, <@C>().get())',
  'def <@f>():\n    x = <int>\n    class K:\n        y = x + 1\n        def m(self): return x\n    return K.y, K().m()\n<@r> = <@f>()',
  'x<@r> = <int>\n<@r> = [x<@r> for x<@r> in <ints>]\n<@s> = x<@r>',
  'def <@f>(n):\n    return 1 if n <= 1 else n * <@f>(n - 1)\n<@r> = [<@f>(n) for n in range(6)]',
  'def <@f>(*a, **k):\n    return sorted(locals().items())\n<@r> = <@f>(<int>, z=<any>)',
  'def <@f>():\n    for <@i> in <ints>[:3]:\n        try:\n            continue\n        finally:\n            if <@i> == <int>:\n                return ("f", <@i>)\n    return "end"\n<@r> = <@f>()',
  'def <@f>(x):\n    "doc of f"\n    return x\n<@r> = (<@f>.__name__, <@f>.__doc__, <@f>.__qualname__, <@f>.__module__, <@f>.__defaults__)\n<@f>.extra = <any>\n<@s> = <@f>.__dict__',
  '<@r> = (lambda *a, k=<int>, **kw: (a, k, kw))(<int>, *<ints>, k=<any>, w=<any>)',
  'def <@f>():\n    <@l> = []\n    def add(x, into=<@l>):\n        into.append(x)\n        return into\n    add(<any>)\n    return add(<any>), <@l>\n<@r> = <@f>()',
  '<@r> = 0\nfor <@i> in range(3):\n    def <@f>():\n        return <@i>\n    <@r> += <@f>()\ndel <@i>\ntry:\n    <@f>()\nexcept NameError as e:\n    <@s> = str(e)',
  '<@r> = [(a, b) for a in range(3) if a for b in range(a) if b != a]\n<@s> = {a: {b for b in range(a)} for a in range(3)}',
  'def <@f>(a, b):\n    a, b = b, a\n    a, c = b, (a, b)\n    return a, b, c\n<@r> = <@f>(<any>, <any>)',
  'def <@f>(log, x):\n    log.append(x)\n    return x\n<@l> = []\n<@r> = {<@f>(<@l>, 1): <@f>(<@l>, 2), <@f>(<@l>, 3): <@f>(<@l>, 4)}\n<@f>(<@l>, [5, 6])[<@f>(<@l>, 0)] = <@f>(<@l>, 7)\n<@s> = <@f>(<@l>, 1) < <@f>(<@l>, 0) < <@f>(<@l>, 9)',
  'import functools\n@functools.lru_cache(maxsize=None)\ndef <@f>(n):\n    return n if n < 2 else <@f>(n - 1) + <@f>(n - 2)\n<@r> = <@f>(<small> + 10)',
  'import functools\n<@r> = functools.reduce(lambda a, b: a * 3 + b, <ints>, <int>)\n<@s> = functools.partial(int, base=2)("101")',
];

export function scopeTopic(writer: Writer): string[] {
  return writer.fillLines('scopes', writer.draw.pick(scopeTexts));
}

const generatorTexts = [
  'def <@g>(n):\n    for i in range(n):\n        yield i\n        if i > 3:\n            return "done"\n<@r> = list(<@g>(<small>))\n<@s> = sum(<@g>(6))',
  'def <@g>():\n    x = yield 1\n    while x is not None:\n        x = yield x * 2\n    return "end"\n<@it> = <@g>()\n<@r> = [next(<@it>), <@it>.send(<int>), <@it>.send(<str>)]\ntry:\n    next(<@it>)\nexcept StopIteration as e:\n    <@s> = e.value',
  'def <@a>():\n    yield 1\n    return <any>\ndef <@b>():\n    got = yield from <@a>()\n    yield got\n    yield from <iterable>\n<@r> = list(<@b>())',
  'def <@g>(log):\n    try:\n        log.append("start")\n        yield 1\n        yield 2\n    finally:\n        log.append("end")\n<@l> = []\nfor <@i> in <@g>(<@l>):\n    break\n<@it> = <@g>(<@l>)\n<@r> = next(<@it>)\n<@it>.close()',
  'def <@g>():\n    while True:\n        try:\n            x = yield\n        except ValueError as e:\n            yield ("caught", str(e))\n<@it> = <@g>()\nnext(<@it>)\n<@r> = <@it>.throw(ValueError(<str>))',
  'from itertools import islice, count, chain, takewhile, accumulate\n<@r> = list(islice(count(<int>), 3))\n<@s> = list(chain(<ints>, <strs>))\n<@t> = list(takewhile(lambda v: v < 3, <ints>))\n<@u> = list(accumulate(<ints>))',
  'def <@fib>():\n    a, b = 0, 1\n    while True:\n        yield a\n        a, b = b, a + b\n<@r> = []\nfor <@x> in <@fib>():\n    if <@x> > 50: break\n    <@r>.append(<@x>)',
  '<@it> = (x * 2 for x in <ints>)\n<@r> = next(<@it>, None)\n<@s> = list(<@it>)\n<@t> = list(<@it>)',
  '<@it> = iter(<ints>)\n<@r> = list(zip(<@it>, <@it>))\n<@s> = list(<@it>)',
  'def <@walk>(t):\n    if isinstance(t, list):\n        for c in t:\n            yield from <@walk>(c)\n    else:\n        yield t\n<@r> = list(<@walk>([1, [<int>, [<str>]], <ints>]))',
  '<@l> = [3, 2, 1]\n<@r> = list(iter(<@l>.pop, 2))\n<@s> = <@l>',
  'class <@C>:\n    def __init__(self, n): self.n = n\n    def __iter__(self): return self\n    def __next__(self):\n        if self.n <= 0: raise StopIteration\n        self.n -= 1\n        return self.n\n<@r> = list(<@C>(<small>))\n<@s> = [a for a in <@C>(3) if a]\n<@t> = sum(<@C>(4)) + max(<@C>(2))\n<@a>, *<@b> = <@C>(3)',
  'class <@C>:\n    def __getitem__(self, i):\n        if i > 2: raise IndexError(i)\n        return i * <int>\n<@r> = list(<@C>())\n<@s> = <int> in <@C>()\n<@t> = list(reversed([*<@C>()]))',
  'class <@T>:\n    def __init__(self, *kids): self.kids = kids\n    def __iter__(self):\n        yield self.__class__.__name__\n        for k in self.kids:\n            yield from k\n    def __len__(self): return len(self.kids)\n<@r> = list(<@T>(<@T>(), <@T>(<@T>())))\n<@s> = len(<@T>(1, 2)), bool(<@T>())',
  'def <@g>():\n    <@x> = yield 1\n    return <@x>\ntry:\n    <@it> = <@g>()\n    <@it>.send(5)\nexcept TypeError as e:\n    <@r> = str(e)',
  'def <@g>():\n    raise StopIteration("x")\n    yield\ntry:\n    <@r> = list(<@g>())\nexcept RuntimeError as e:\n    <@r> = (str(e), type(e.__cause__).__name__)',
  'def <@g>(n):\n    for i in range(n):\n        got = (yield i)\n        if got: yield [got, (yield got)]\n<@it> = <@g>(3)\n<@r> = [next(<@it>), <@it>.send("a"), next(<@it>)]',
  'def <@g>():\n    total = 0\n    while (x := (yield total)) is not None:\n        total += x\n<@it> = <@g>()\nnext(<@it>)\n<@r> = [<@it>.send(v) for v in (1, 2, <nonzero>)]',
];

export function generatorTopic(writer: Writer): string[] {
  return writer.fillLines('generators', writer.draw.pick(generatorTexts));
}
