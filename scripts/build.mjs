// Compiles src to dist and copies what the compiler doesn't: templates, data tables, the grammar's WASM.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const dist = path.join(root, 'dist');
const isAsset = (file) => /\.(json|ejs|css|js|yaml|md)$/.test(file);

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', path.join(root, 'tsconfig.build.json')], {
  stdio: 'inherit',
});
for (const folder of ['knowledge', 'report']) {
  cpSync(path.join(root, 'src', folder), path.join(dist, folder), {
    recursive: true,
    filter: (source) => !path.extname(source) || isAsset(source),
  });
}
mkdirSync(path.join(dist, 'parse'), { recursive: true });
const grammar = path.join(path.dirname(require.resolve('tree-sitter-python/package.json')), 'tree-sitter-python.wasm');
copyFileSync(grammar, path.join(dist, 'parse', 'tree-sitter-python.wasm'));
chmodSync(path.join(dist, 'cli.js'), 0o755);
