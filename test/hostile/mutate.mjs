// Damage to a Python file: small enough that most mutants are nearly right, which is where acceptance is hard.

import fc from 'fast-check';

/** Strings, comments, numbers, names, operators, white space, line breaks: joined again they are the text. */
const pieces = /"""|'''|"[^"\n]*"|'[^'\n]*'|#[^\n]*|\d[\w.]*|\w+|\n[ \t]*|[ \t]+|[^\w\s]|\s/gu;

/** What is put between tokens: keywords, brackets, and the beginnings of everything that can go wrong. */
const words = [
  'return', 'yield', 'yield from x', 'await', 'async', 'break', 'continue', 'global x', 'nonlocal x', 'lambda', 'lambda x:', 'not', 'in', 'is',
  'and', 'or', 'if', 'else', 'elif', 'for', 'while', 'def', 'class', 'del', 'pass', 'import', 'from', 'as', 'with', 'try', 'except', 'except*',
  'finally', 'raise', 'assert', 'match', 'case', 'type', '_', 'None', 'True', '__debug__', 'print "x"', 'exec "x"', '*', '**', '*a', '**b', ':=',
  'a := 1', '=', '==', '->', ':', ';', ',', '.', '...', '@', '!', '?', '$', '`', '<>', '\\', '\\\n', '~', '-', '(', ')', '[', ']', '{', '}',
  '"', "'", '"""', "f'{x}'", "f'{x!r:>{y}}'", "f'{'", "f'}'", "f'{x", "b'x'", "b'é'", "'\\x1'", "'\\u12'", "'\\N{x'", 'r"\\"', 'u"x"', "rb'x'",
  '0777', '0', '1_', '1__0', '0b2', '0o8', '0x', '1e', '1.5j', '1if x else 2', '12abc', '9'.repeat(4301), '1e999', 'é', 'ﬁ', '\u00a0', '\u200b',
  '\t', '    ', ' ', '\n', '\n\n', '\r', '\f', '#', '\ufeff', '[x for x in y]', '(x async for x in y)', '[await x for x in y]', '{**a}', '{*a}',
  'x, *y', '*x, *y = z', 'f(a=1, a=2)', 'f(a=1, 2)', 'f(**a, *b)', 'f(x for x in y, 1)', 'def f(a, a): pass', 'def f(a=1, b): pass', 'def f(*): pass',
  'def f[T](x: T): pass', 'type X = int', 'from __future__ import annotations', 'from x import *', 'import a.b as c', '(yield)', 'x: int = 1',
  '(x): int', 'x, y: int', 'x += 1', 'x = y = 1', 'f() = 1', '[(x := 1) for x in y]', '[x := 1, 2]', '@x', '@x()[0]', 'while x: pass',
  'match x:\n    case [a, *b]: pass\n    case {"k": 1, **r}: pass\n    case C(x=1) | None: pass\n    case _: pass\n',
  'try:\n    pass\nexcept* A:\n    pass\n', 'with (a as b, c): pass', 'async def f():\n    await x\n',
];

const kinds = ['delete', 'repeat', 'swap', 'move', 'insert', 'insert', 'insert', 'replace', 'indent', 'dedent', 'retab', 'join', 'nest', 'cut', 'drop line', 'copy line'];

const edit = fc.record({
  kind: fc.constantFrom(...kinds),
  at: fc.nat(1_000_000),
  to: fc.nat(1_000_000),
  word: fc.nat(words.length - 1),
});

/** Which of so many files, and what is done to it. */
export const mutation = (files) => fc.record({ file: fc.nat(files - 1), edits: fc.array(edit, { minLength: 1, maxLength: 3 }) });

/** Applies edits one after another. */
export function mutate(source, edits) {
  return edits.reduce((text, each) => applyEdit(text, each), source).toWellFormed?.() ?? source;
}

function applyEdit(text, { kind, at, to, word }) {
  const onLines = lineEdits[kind];
  if (onLines !== undefined) {
    const lines = text.split('\n');
    onLines(lines, at % lines.length, to % lines.length, words[word]);
    return lines.join('\n');
  }
  const tokens = text.match(pieces) ?? [''];
  // White space is hit seldom: most damage is to tokens.
  let index = at % tokens.length;
  if (/^[ \t]+$/.test(tokens[index]) && to % 4 !== 0) index = (index + 1) % tokens.length;
  tokenEdits[kind](tokens, index, to % tokens.length, words[word], to);
  return tokens.join('');
}

const tokenEdits = {
  delete: (tokens, at) => tokens.splice(at, 1),
  repeat: (tokens, at) => tokens.splice(at, 0, tokens[at], /\w$/.test(tokens[at]) ? ' ' : ''),
  swap: (tokens, at, to) => ([tokens[at], tokens[to]] = [tokens[to], tokens[at]]),
  move: (tokens, at, to) => tokens.splice(to, 0, ...tokens.splice(at, 1)),
  insert: (tokens, at, _to, word) => tokens.splice(at, 0, ' ', word, ' '),
  replace: (tokens, at, _to, word) => (tokens[at] = word),
  nest: (tokens, at, _to, _word, seed) => {
    const depth = [1, 2, 5, 30, 90, 199, 260][seed % 7];
    const [open, close] = [['(', ')'], ['[', ']'], ['{', '}'], ['f(', ')'], ['-(', ')'], ['(x, ', ')'], ['not (', ')']][seed % 5];
    tokens[at] = open.repeat(depth) + tokens[at] + close.repeat(depth);
  },
  cut: (tokens, at, _to, _word, seed) => {
    tokens[at] = tokens[at].slice(0, seed % (tokens[at].length + 1));
  },
};

const lineEdits = {
  indent: (lines, at) => (lines[at] = `    ${lines[at]}`),
  dedent: (lines, at, to) => (lines[at] = lines[at].slice(Math.min(1 + (to % 4), lines[at].length - lines[at].trimStart().length))),
  retab: (lines, at) => (lines[at] = lines[at].replace(/^ {1,8}/, '\t')),
  join: (lines, at) => lines.splice(at, 2, `${lines[at]}${lines[at + 1] ?? ''}`),
  'drop line': (lines, at) => lines.splice(at, 1),
  'copy line': (lines, at, to) => lines.splice(to, 0, lines[at]),
};
