// Tree-sitter alone, as its own documentation uses it: the floor that an analysis is measured against.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Room for the longest text, so that the native binding takes it whole. */
const roomFor = (text) => Math.max(32 * 1024, text.length * 2 + 2);

/** A function that parses one text and lets the tree go. */
export async function loadRawParser(name) {
  return name === 'native' ? loadNative() : loadWasm();
}

async function loadNative() {
  const { default: Parser } = await import('tree-sitter');
  const { default: Python } = await import('tree-sitter-python');
  const parser = new Parser();
  parser.setLanguage(Python);
  return (text) => parser.parse(text, undefined, { bufferSize: roomFor(text) });
}

async function loadWasm() {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  const parser = new Parser();
  const grammar = join(dirname(createRequire(import.meta.url).resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm');
  parser.setLanguage(await Language.load(grammar));
  return (text) => parser.parse(text).delete();
}
