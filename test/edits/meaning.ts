import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Estate } from './estate.js';
import type { Random } from './random.js';

/** Edits that may change what the estate means, each in place. */
export const edits: Readonly<Record<string, (estate: Estate, random: Random) => void>> = {
  'a comment at the top': (estate, random) => {
    const file = random.of(estate.files('.py'));
    estate.write(file, `# ${random.below(1e6)}\n${estate.read(file)}`);
  },
  'a schedule': (estate, random) => replaceIn(estate, random.of(estate.files('.py')), /"(\d+|\*\/\d+) (\d+|\*) \* \* (\*|\d)"/, () => `"${random.below(60)} ${random.of(['*', String(random.below(24))])} * * ${random.of(['*', '1'])}"`),
  'a schedule to an asset': (estate, random) => replaceIn(estate, random.of(estate.dagFiles()), /schedule="[^"]*"/, () => `schedule=[__import__("airflow.sdk").sdk.Asset("x-new://a/${random.below(9)}")]`),
  'a mode': (estate, random) => replaceIn(estate, random.of(estate.files('.py')), /mode="(poke|reschedule)"|deferrable=(True|False)/, (found) => (found.includes('True') ? 'deferrable=False' : found.includes('False') ? 'deferrable=True' : found.includes('poke') ? 'mode="reschedule"' : 'mode="poke"')),
  'a dag_id': (estate, random) => replaceIn(estate, random.of(estate.dagFiles()), /dag_id="([a-z_]+)"/, (found) => found.replace(/"$/, `_${random.below(9)}"`)),
  'a task_id': (estate, random) => replaceIn(estate, random.of(estate.files('.py')), /task_id="([a-z_]+)"/, (found) => found.replace(/"$/, `_${random.below(9)}"`)),
  'a YAML file': (estate, random) => replaceIn(estate, random.of(estate.files('.yaml')), /\b\d+\b/g, (found) => (random.below(3) === 0 ? String(random.below(24)) : found)),
  'an SQL file': (estate, random) => replaceIn(estate, random.of(estate.files('.sql')), /\b(from|join|into) ([a-z_]+\.[a-z_]+)/gi, (found) => (random.below(2) === 0 ? `${found}_${random.below(3)}` : found)),
  'a Variable': (estate, random) => replaceIn(estate, 'variables.json', /"[a-z]+"/g, (found) => (random.below(8) === 0 ? `"v${random.below(9)}"` : found)),
  'a deleted file': (estate, random) => rmSync(path.join(estate.root, random.of(estate.files('.py', '.yaml', '.sql')))),
  'a renamed file': (estate, random) => {
    const file = random.of(estate.dagFiles());
    renameSync(path.join(estate.root, file), path.join(estate.root, file.replace(/\.py$/, `_${random.below(100)}.py`)));
  },
  'a broken file': (estate, random) => {
    const file = random.of(estate.dagFiles());
    estate.write(file, `${estate.read(file)}\n${random.of(['def (', 'raise ValueError("x")', '"""', 'import nothing_like_this'])}\n`);
  },
  'a copy': (estate, random) => estate.write(`dags/copy_${random.below(100)}.py`, estate.read(random.of(estate.dagFiles()))),
  'a suppression': (estate, random) => replaceIn(estate, random.of(estate.files('.py')), /\n( *\w+ = \w*Sensor\()/, (found) => found.replace('\n', `\n${/^\n( *)/.exec(found)?.[1] ?? ''}# dag2event: ignore[${random.of(['D2E001', 'D2E003', 'D2E002'])}] -- tried\n`)),
  'a release': (estate, random) => estate.write('requirements.txt', `apache-airflow==${random.of(['2.10.5', '2.11.2', '3.0.6', '3.2.2'])}\n`),
};

function replaceIn(estate: Estate, file: string, pattern: RegExp, made: (found: string) => string): void {
  const text = estate.read(file);
  estate.write(file, text.replace(pattern, (found) => made(found)));
}
