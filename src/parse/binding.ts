import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { KnownError } from '../errors.js';
import type { GrammarNames, SyntaxCursor } from './raw-tree.js';

export type ParserChoice = 'auto' | 'native' | 'wasm';

/** A loaded tree-sitter: gives a cursor over the tree of a text, and frees what lies outside the JavaScript heap. */
export interface Binding {
  readonly name: 'native' | 'wasm';
  /** The grammar's names by number, as far as they came by. */
  readonly names: GrammarNames;
  /** `hasError` says whether anything in the tree doesn't parse. */
  withCursor<T>(source: string, use: (cursor: SyntaxCursor, hasError: boolean) => T): T;
  /** To be awaited now and then in a long run: frees trees that nothing uses any more. */
  freeTrees(): Promise<void>;
}

/** The native binding's text buffer grows with the file: with its default of 32 KiB longer files fail. */
const NATIVE_BUFFER_BYTES = 1 << 15;

/**
 * Loads tree-sitter with the Python grammar. `auto` takes the native binding where it loads and WebAssembly elsewhere.
 * @throws KnownError when the binding that was asked for can't be loaded.
 */
export async function loadBinding(choice: ParserChoice): Promise<Binding> {
  if (choice !== 'wasm') {
    try {
      return await loadNative();
    } catch (cause) {
      if (choice === 'native') {
        throw new KnownError(
          'the native tree-sitter binding cannot be loaded on this machine',
          'use --parser wasm (the default falls back to it by itself), or install the optional packages tree-sitter and tree-sitter-python',
          { cause },
        );
      }
    }
  }
  return await loadWasm();
}

async function loadNative(): Promise<Binding> {
  const { default: Parser } = await import('tree-sitter');
  const { default: Python } = await import('tree-sitter-python');
  const parser = new Parser();
  parser.setLanguage(Python);
  return {
    name: 'native',
    names: { types: [], fields: [] },
    withCursor: (source, use) => {
      const bufferSize = Math.max(NATIVE_BUFFER_BYTES, source.length * 2 + 2);
      const { rootNode } = parser.parse(source, undefined, { bufferSize });
      return use(rootNode.walk(), rootNode.hasError);
    },
    // Node frees what lies behind collected objects in a turn of the event loop, never in between: about 60 KB a file.
    freeTrees: () => setImmediate(),
  };
}

async function loadWasm(): Promise<Binding> {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammarFile()));
  return {
    name: 'wasm',
    names: { types: [], fields: [] },
    withCursor: (source, use) => {
      const tree = parser.parse(source);
      if (tree === null) throw new Error('tree-sitter gave no tree');
      const cursor = tree.walk();
      try {
        return use(cursor, tree.rootNode.hasError);
      } finally {
        cursor.delete();
        tree.delete();
      }
    },
    freeTrees: () => Promise.resolve(),
  };
}

/** The grammar lies beside the compiled file; in a source checkout it is still in its package. */
function grammarFile(): string {
  const shipped = path.join(path.dirname(fileURLToPath(import.meta.url)), 'tree-sitter-python.wasm');
  if (existsSync(shipped)) return shipped;
  const manifest = createRequire(import.meta.url).resolve('tree-sitter-python/package.json');
  return path.join(path.dirname(manifest), 'tree-sitter-python.wasm');
}
