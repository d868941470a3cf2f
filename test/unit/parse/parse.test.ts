import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBinding } from '../../../src/parse/binding.js';
import type { Binding } from '../../../src/parse/binding.js';
import { parseModule } from '../../../src/parse/parse.js';

let native: Binding | undefined;
let wasm: Binding;

beforeAll(async () => {
  wasm = await loadBinding('wasm');
  const loaded = await loadBinding('auto');
  native = loaded.name === 'native' ? loaded : undefined;
});

/** Text of a tree in which big integers and bytes are told apart from other values. */
function dump(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each === 'bigint') return `${each.toString()}n`;
    return each instanceof Uint8Array ? `bytes ${[...each].join(' ')}` : each;
  });
}

function problemsOf(source: string): string[] {
  return parseModule(wasm, 'x.py', source).problems.map((problem) => `${problem.line.toString()}: ${problem.message}`);
}

describe('both bindings', () => {
  it('give the same tree of every Python file of the fixtures', () => {
    const files = readdirSync('fixtures', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.py'))
      .map((name) => `fixtures/${name}`);
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const source = readFileSync(file, 'utf8');
      const expected = dump(parseModule(wasm, file, source));
      if (native !== undefined) expect(dump(parseModule(native, file, source)), file).toBe(expected);
    }
  });

  it('count offsets in UTF-16 units behind characters of every width', () => {
    const source = 'a = "é漢🎉"; b = 1\nc = b\n';
    for (const binding of native === undefined ? [wasm] : [wasm, native]) {
      const { body } = parseModule(binding, 'x.py', source);
      expect(body.map((node) => source.slice(node.start, node.end))).toEqual(['a = "é漢🎉"', 'b = 1', 'c = b']);
    }
  });

  it('read a file larger than the native default buffer of 32 KiB', () => {
    const source = 'x = 1\n'.repeat(20_000);
    for (const binding of native === undefined ? [wasm] : [wasm, native]) {
      expect(parseModule(binding, 'x.py', source).body.length).toBe(20_000);
    }
  });
});

describe('what CPython refuses is a problem with its line', () => {
  it.each([
    ['Python 2 print', 'x = 1\nprint "x"\n', ["2: Missing parentheses in call to 'print'. Did you mean print(...)?"]],
    ['Python 2 exec', 'exec "x"\n', ["1: Missing parentheses in call to 'exec'. Did you mean exec(...)?"]],
    ['Python 2 except', 'try:\n    pass\nexcept A, e:\n    pass\n', ['3: multiple exception types must be parenthesized']],
    ['return outside a function', 'return 1\n', ["1: 'return' outside function"]],
    ['break outside a loop', 'if x:\n    break\n', ["2: 'break' outside loop"]],
    ['repeated keyword', 'f(a=1, a=2)\n', ['1: keyword argument repeated: a']],
    ['positional after keyword', 'f(a=1, 2)\n', ['1: positional argument follows keyword argument']],
    ['repeated parameter', 'def f(a, a): pass\n', ["1: duplicate argument 'a' in function definition"]],
    ['default before none', 'def f(a=1, b): pass\n', ['1: parameter without a default follows parameter with a default']],
    ['old octal', 'x = 0777\n', ['1: leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers']],
    ['Python 2 backquotes', 'x = `1`\n', ['1: invalid syntax']],
    ['assigning to a call', 'f() = 1\n', ['1: cannot assign to function call']],
    ['an unknown encoding', '# coding: uft-8\nx = 1\n', ['1: unknown encoding: uft-8']],
    ['an undeclared nonlocal', 'def f():\n    nonlocal x\n', ["2: no binding for nonlocal 'x' found"]],
    ['a hidden case', 'match x:\n    case y: pass\n    case 1: pass\n', ["2: name capture 'y' makes remaining patterns unreachable"]],
    ['a stray tab', 'if x:\n        y\n\tz\n', ['3: inconsistent use of tabs and spaces in indentation']],
    ['a null byte', 'x = 1\ny = "\0"\n', ['2: source code cannot contain null bytes']],
    ['10,000 brackets', `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`, ['1: too many nested parentheses']],
  ])('%s', (_name, source, expected) => {
    expect(problemsOf(source)).toEqual(expected);
  });

  it('but 150 brackets are fine', () => {
    expect(problemsOf(`x = ${'('.repeat(150)}1${')'.repeat(150)}\n`)).toEqual([]);
  });
});

it.each([
  [String.raw`r"\""`, String.raw`\"`],
  [String.raw`r"\s=\""`, String.raw`\s=\"`],
  ['""', ''],
  ["'''a' '''", "a' "],
  ['"""\n"\\"\n"""', '\n""\n'],
  ['"a" "" "b"', 'ab'],
])('reads the literal %s', (literal, value) => {
  const [statement] = parseModule(wasm, 'x.py', literal).body;
  expect(statement?.kind === 'expression' && statement.value.kind === 'constant' ? statement.value.value : undefined).toBe(value);
});

it('moves a star outwards over the whole expression', () => {
  const { body } = parseModule(wasm, 'x.py', 'f(*g(1), *a.b, *c[0])\n[*h(2)]\n');
  const [call, list] = body.map((node) => (node.kind === 'expression' ? node.value : undefined));
  expect(call?.kind === 'call' ? call.arguments.map((each) => [each.form, each.value.kind]) : []).toEqual([
    ['star', 'call'],
    ['star', 'attribute'],
    ['star', 'subscript'],
  ]);
  expect(list?.kind === 'list' ? list.elements.map((each) => (each.kind === 'starred' ? each.value.kind : each.kind)) : []).toEqual(['call']);
});
