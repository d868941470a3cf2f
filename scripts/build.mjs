// Compiles src to dist and copies what the compiler doesn't: templates, data tables, the grammar's WASM.
// dist is replaced as a whole and only by a build that succeeded.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { bundleProgram } from './bundle.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const dist = path.join(root, 'dist');
const fresh = path.join(root, `dist.${process.pid}`);
const isAsset = (file) => /\.(json|ejs|css|js|yaml|md|py)$/.test(file);

process.on('exit', () => rmSync(fresh, { recursive: true, force: true }));
try {
  const compiler = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', path.join(root, 'tsconfig.build.json'), '--outDir', fresh], { stdio: 'inherit' });
} catch {
  process.exit(1);
}
for (const folder of ['knowledge', 'report']) {
  cpSync(path.join(root, 'src', folder), path.join(fresh, folder), {
    recursive: true,
    filter: (source) => !path.extname(source) || isAsset(source),
  });
}
mkdirSync(path.join(fresh, 'parse'), { recursive: true });
copyFileSync(findGrammar(), path.join(fresh, 'parse', 'tree-sitter-python.wasm'));
chmodSync(path.join(fresh, 'cli.js'), 0o755);
minifyParts(path.join(fresh, 'report', 'templates'));
await bundleProgram(root, fresh);
rmSync(dist, { recursive: true, force: true });
renameSync(fresh, dist);

/** The page carries its scripts and styles: without comments and long names they take half as much of each report. */
function minifyParts(folder) {
  for (const file of readdirSync(folder).filter((name) => /\.(js|css)$/.test(name))) {
    const place = path.join(folder, file);
    const { code } = transformSync(readFileSync(place, 'utf8'), { minify: true, charset: 'utf8', ...(file.endsWith('.css') ? { loader: 'css' } : { target: 'es2022' }) });
    writeFileSync(place, code);
  }
}

/** The grammar's package is optional to users, but a build without it would ship a tool that can't fall back. */
function findGrammar() {
  const manifest = require.resolve('tree-sitter-python/package.json');
  const grammar = path.join(path.dirname(manifest), 'tree-sitter-python.wasm');
  if (!existsSync(grammar)) throw new Error(`${grammar} is missing: the package has changed its layout`);
  return grammar;
}
