import { chmodSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pruneKept, readKept, writeKept } from '../../../src/cache/kept-file.js';
import { makeRepository } from '../discover/temporary-repository.js';

const bytes = (text: string) => Buffer.from(text);

test('what was kept comes back; what is damaged, or others may write, does not', () => {
  const file = path.join(makeRepository({}), 'deep', 'kept');
  expect(readKept(file)).toBeUndefined();
  writeKept(file, [bytes('one '), bytes('two')]);
  expect(readKept(file)?.toString()).toBe('one two');
  chmodSync(file, 0o666);
  expect(readKept(file)).toBeUndefined();
  writeKept(file, [bytes('again')]);
  expect(readKept(file)?.toString()).toBe('again');
  writeFileSync(file, 'no digest');
  expect(readKept(file)).toBeUndefined();
});

test('a folder that can not be written is no error', () => {
  const root = makeRepository({ file: 'not a folder' });
  expect(() => writeKept(path.join(root, 'file', 'kept'), [bytes('x')])).not.toThrow();
  expect(() => pruneKept(path.join(root, 'file'), 0)).not.toThrow();
});

test('the files that were used longest ago go first', () => {
  const folder = makeRepository({ old: '12345', middle: '12345', young: '12345' });
  for (const [index, name] of ['old', 'middle', 'young'].entries()) utimesSync(path.join(folder, name), index + 1, index + 1);
  pruneKept(folder, 10);
  expect(readdirSync(folder).sort()).toEqual(['middle', 'young']);
});
