import { renameSync } from 'node:fs';
import path from 'node:path';
import { runPythonModule } from '../support/judges.js';
import type { Estate } from './estate.js';
import type { Random } from './random.js';

/** Edits that change nothing of what the estate means. */
export const harmlessEdits: Readonly<Record<string, (estate: Estate, random: Random) => void>> = {
  'lines at the top': (estate, random) => {
    const file = random.of(estate.files('.py'));
    const text = estate.read(file);
    // A docstring must stay the first statement, and a future import the first after it.
    estate.write(file, `${'\n'.repeat(random.below(5))}# moved ${random.below(1e6)}\n${text}`);
  },
  'blank lines and comments between statements': (estate, random) => {
    const file = random.of(estate.files('.py'));
    const lines = estate.read(file).split('\n');
    const starts = lines.flatMap((line, index) => (/^(def|class|with|@|[a-z_]+ = |for )/i.test(line) && !/^\s*[)\]}]/.test(line) && !(lines[index - 1] ?? '').startsWith('@') ? [index] : []));
    if (starts.length === 0) return;
    lines.splice(random.of(starts), 0, '', '# a remark', '');
    estate.write(file, lines.join('\n'));
  },
  'a renamed file': (estate, random) => {
    const file = random.of(estate.dagFiles());
    const name = `${random.of(['a', 'm', 'z'])}_${random.below(1e6)}.py`;
    renameSync(path.join(estate.root, file), path.join(estate.root, path.dirname(file), name));
  },
  'a moved line of code within its brackets': (estate, random) => {
    const file = random.of(estate.files('.py'));
    estate.write(file, estate.read(file).replace(/\(([a-z_]+="[^"\n]*"), /, (_found, first: string) => `(\n    ${first},\n    `));
  },
  'another formatting by black': (estate, random) => format(estate, random, 'black'),
  'another formatting by ruff': (estate, random) => format(estate, random, 'ruff'),
  'functions in another order': (estate, random) => {
    const file = random.of(estate.files('.py'));
    const parts = estate.read(file).split(/^(?=def |@task)/m);
    // Only functions side by side: what stands between them may use the first and be used by the second.
    const index = parts.findIndex((part, at) => at > 0 && isFunction(part) && isFunction(parts[at + 1] ?? ''));
    if (index < 0) return;
    [parts[index], parts[index + 1]] = [`${(parts[index + 1] ?? '').trimEnd()}\n\n\n`, parts[index] ?? ''];
    estate.write(file, parts.join(''));
  },
};

/** A top-level function without a decorator and without anything after it. */
function isFunction(part: string): boolean {
  return part.startsWith('def ') && part.split('\n').slice(1).every((line) => line === '' || /^[ )\]]/.test(line));
}

function format(estate: Estate, random: Random, tool: 'black' | 'ruff'): void {
  const file = path.join(estate.root, random.of(estate.files('.py')));
  const length = String(random.of([60, 79, 88, 100, 140]));
  if (tool === 'black') runPythonModule('black', ['-q', '-l', length, ...(random.below(2) === 0 ? ['-C'] : []), file]);
  else runPythonModule('ruff', ['format', '-q', '--isolated', '--line-length', length, file]);
}
