import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Where the optional packages of the native binding lie, without loading them: they are built where they are installed. */
export function nativePackages(): string[] {
  return ['tree-sitter', 'tree-sitter-python'].map((name) => {
    try {
      return require.resolve(name);
    } catch {
      return '';
    }
  });
}
