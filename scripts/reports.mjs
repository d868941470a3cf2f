// Renders the committed example report anew. CI runs it and fails when a byte differs.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const examples = ['retail-platform'];

for (const example of examples) {
  const repository = path.join('fixtures', 'repos', example);
  // Which binding ran stands in the document: the one that works everywhere keeps the bytes the same everywhere.
  const words = [path.join('dist', 'cli.js'), repository, '--offline', '--parser', 'wasm', '--output', 'reports/'];
  execFileSync(process.execPath, words, { cwd: root, stdio: 'inherit' });
}
