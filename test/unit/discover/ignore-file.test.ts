import { describe, expect, test } from 'vitest';
import type { IgnoreSyntax } from '../../../src/discover/ignore-file.js';
import { isIgnored, parseIgnoreFile } from '../../../src/discover/ignore-file.js';

function ignores(text: string, path: string, syntax: IgnoreSyntax, folder = ''): boolean {
  const { rules } = parseIgnoreFile(text, folder, syntax);
  const isDirectory = path.endsWith('/');
  const plain = isDirectory ? path.slice(0, -1) : path;
  return isIgnored({ path: plain, name: plain.split('/').at(-1) ?? plain, isDirectory }, rules);
}

describe('glob, as .gitignore', () => {
  test.each<[string, string, boolean]>([
    ['*.py', 'a/b.py', true],
    ['b.py', 'a/b.py', true],
    ['/b.py', 'a/b.py', false],
    ['/b.py', 'b.py', true],
    ['a/*.py', 'a/b.py', true],
    ['a/*.py', 'x/a/b.py', false],
    ['**/c.py', 'a/b/c.py', true],
    ['a/', 'a/', true],
    ['a.py/', 'a.py', false],
    ['*.py\n!b.py', 'b.py', false],
    ['!b.py\n*.py', 'b.py', true],
    ['B.py', 'b.py', false],
    ['b.py # why', 'b.py', true],
    ['# b.py', 'b.py', false],
    ['/', 'b.py', false],
  ])('%j on %s: %s', (text, path, expected) => {
    expect(ignores(text, path, 'glob')).toBe(expected);
  });

  test('an anchored pattern starts in the folder of its file', () => {
    expect(ignores('/b.py', 'a/b.py', 'glob', 'a')).toBe(true);
    expect(ignores('/b.py', 'a/c/b.py', 'glob', 'a')).toBe(false);
  });
});

describe('regexp, searched in the path from the dags folder', () => {
  test.each<[string, string, boolean]>([
    ['b', 'a/b.py', true],
    ['^b', 'a/b.py', false],
    ['a/.*_test', 'a/x_test.py', true],
    ['(?i)B\\.PY', 'b.py', true],
    ['(?P<x>b)\\.py\\Z', 'b.py', true],
    ['*.py', 'b.py', false],
    ['b#c', 'b.py', true],
  ])('%j on %s: %s', (text, path, expected) => {
    expect(ignores(text, path, 'regexp')).toBe(expected);
  });

  test('a pattern that would backtrack without end is cut off', () => {
    const started = performance.now();
    expect(ignores('(a+)+$', `${'a'.repeat(60)}!.py`, 'regexp')).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(ignores('(a+)+$', 'aaa', 'regexp')).toBe(true);
  });
});
