import { KnownError } from '../errors.js';
import type { AirflowVersion } from '../model/graph.js';
import type { RepositoryFiles } from '../model/repository.js';
import { findClues } from './clue-files.js';
import { clueSources, newestKnown } from './version-clues.js';

/** Forms that only Airflow 3 has, and forms that Airflow 3 no longer has. */
const onlyIn3 = /^\s*(?:from|import) airflow\.sdk\b/m;
const onlyIn2 =
  /\bschedule_interval\s*=|^\s*(?:from|import) airflow\.(?:contrib|operators\.subdag|operators\.\w+_operator|utils\.dates)\b/m;

/** What the user said: `2.9.3`, `2.9`, or only `2` or `3` for the newest known of it. */
export function readVersionOption(text: string): AirflowVersion {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(text.trim());
  const major = match?.[1];
  if (major !== '1' && major !== '2' && major !== '3') {
    throw new KnownError(
      `${JSON.stringify(text)} is no Airflow version that can be analysed`,
      `give it like 2.11.2 or 3.2.2; the newest known are ${Object.values(newestKnown).join(' and ')}`,
    );
  }
  if (match?.[2] === undefined && major !== '1') {
    return { version: newestKnown[major === '2' ? 2 : 3], source: 'option', detail: `--airflow-version ${text}` };
  }
  const version = [major, match?.[2] ?? '10', match?.[3] ?? (major === '1' ? '15' : '0')].join('.');
  return { version, source: 'option', detail: `--airflow-version ${text}` };
}

/** The version that the project's own files name; undefined when none does. */
export function detectFromProject(files: RepositoryFiles, folders: readonly string[]): AirflowVersion | undefined {
  const found = findClues(files, folders, clueSources);
  const best = found.find(({ clue }) => clue.isExact) ?? found[0];
  if (best === undefined) return undefined;
  const bound = best.clue.isExact ? '' : ', taken as the version meant';
  return { version: best.clue.version, source: best.source, detail: `${best.file}: ${best.clue.text}${bound}` };
}

/** The version by how the DAG files are written; without a clue the newest that is known. */
export function detectFromSources(sources: Iterable<string>): AirflowVersion {
  let three = 0;
  let two = 0;
  for (const text of sources) {
    if (onlyIn3.test(text)) three++;
    else if (onlyIn2.test(text)) two++;
  }
  if (three > 0 && three >= two) {
    return { version: newestKnown[3], source: 'imports', detail: `${plural(three)} airflow.sdk, which Airflow 3 brought` };
  }
  if (two > 0) {
    return { version: newestKnown[2], source: 'imports', detail: `${plural(two)} forms that Airflow 3 removed` };
  }
  return { version: newestKnown[3], source: 'default', detail: 'nothing in the repository names a version: the newest known' };
}

function plural(count: number): string {
  return count === 1 ? '1 file uses' : `${count} files use`;
}
