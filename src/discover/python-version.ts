import { KnownError } from '../errors.js';
import type { DeploymentPython } from '../model/graph.js';
import { defaultPython } from '../model/python.js';
import type { RepositoryFiles } from '../model/repository.js';
import { findClues } from './clue-files.js';
import type { PythonClue } from './python-clues.js';
import { pythonClueSources } from './python-clues.js';

/** The oldest Python that Airflow 2 ran on. */
const OLDEST_MINOR = 6;

/** What the user said: `3.11`, `3.11.4`. */
export function readPythonOption(text: string): DeploymentPython {
  const minor = /^v?3\.(\d+)(?:\.\d+)?$/.exec(text.trim())?.[1];
  if (minor === undefined || Number(minor) < OLDEST_MINOR) {
    throw new KnownError(`${JSON.stringify(text)} is no Python version that can be analysed`, 'give it like 3.12');
  }
  return { version: `3.${minor}`, source: 'option', detail: `--python-version ${text}` };
}

/** The Python that the project's own files name, else the one that is assumed. */
export function detectPython(files: RepositoryFiles, folders: readonly string[]): DeploymentPython {
  const found = findClues(files, folders, pythonClueSources).filter(({ clue }) => clue.most >= OLDEST_MINOR);
  const best = found.find(({ clue }) => clue.least === clue.most) ?? found[0];
  if (best === undefined) {
    return { version: `3.${defaultPython.minor}`, source: 'default', detail: 'nothing in the repository names a version' };
  }
  const { clue, file, source } = best;
  const isOne = clue.least === clue.most;
  return { version: `3.${minorOf(clue)}`, source, detail: `${file}: ${clue.text}${isOne ? '' : `, of which 3.${minorOf(clue)} is assumed`}` };
}

/** A range says what is ruled out, not what runs: the default where it is in the range, else the end next to it. */
function minorOf({ least, most }: PythonClue): number {
  return Math.min(Math.max(defaultPython.minor, least), most);
}
