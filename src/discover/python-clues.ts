import type { DeploymentPython } from '../model/graph.js';

/** What a place says about the deployment's Python 3: its minor versions, from least to most. */
export interface PythonClue {
  readonly least: number;
  readonly most: number;
  readonly text: string;
}

interface PythonClueSource {
  /** Which files, by their path from the root. */
  readonly path: RegExp;
  readonly source: DeploymentPython['source'];
  readonly find: (text: string) => PythonClue | undefined;
}

const dockerfile = /(^|\/)[\w.-]*Dockerfile[\w.-]*$/i;
const compose = /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/;
const requirements = /(^|\/)([\w.-]*requirements[\w.-]*|constraints[\w.-]*)(\/[\w.-]+)?\.(txt|in)$/;

/**
 * Where a repository says which Python its Airflow runs on; the first that leaves one minor version wins. An image of
 * Airflow says most; what a developer's machine takes says least.
 */
export const pythonClueSources: readonly PythonClueSource[] = [
  { path: dockerfile, source: 'dockerfile', find: (text) => findInAirflowImage(withArguments(text)) },
  { path: compose, source: 'dockerfile', find: findInAirflowImage },
  { path: dockerfile, source: 'dockerfile', find: (text) => findInConstraints(withArguments(text)) },
  { path: requirements, source: 'requirements', find: findInConstraints },
  { path: dockerfile, source: 'dockerfile', find: (text) => findInPythonImage(withArguments(text)) },
  { path: /^\.python-version$/, source: 'project', find: (text) => findOne(text, /^(?:cpython-)?3\.(\d+)(?:\.\d+)?[ \t]*$/m) },
  { path: /^runtime\.txt$/, source: 'project', find: (text) => findOne(text, /^python-3\.(\d+)(?:\.\d+)?[ \t]*$/m) },
  { path: /^Pipfile$/, source: 'project', find: (text) => findOne(text, /^python_(?:full_)?version[ \t]*=[ \t]*["']3\.(\d+)(?:\.\d+)?["']/m) },
  { path: /^environment\.ya?ml$/, source: 'project', find: (text) => findOne(text, /^[ \t]*-[ \t]*python==?3\.(\d+)(?:\.\d+|\.\*)?[ \t]*$/m) },
  { path: /^pyproject\.toml$/, source: 'project', find: (text) => findRange(text, /^(?:requires-)?python[ \t]*=[ \t]*["']([^"'\n]+)["']/m) },
  { path: /^setup\.(cfg|py)$/, source: 'project', find: (text) => findRange(text, /^[ \t]*python_requires[ \t]*=[ \t]*["']?([^"'\n]+)/m) },
];

/** A tag of Airflow's images (`2.9.3-python3.11`) or of Astronomer's (`12.7.1-python-3.11`). */
function findInAirflowImage(text: string): PythonClue | undefined {
  return findOne(text, /(?:\/airflow|\/(?:astro-)?runtime):[\w.-]*?-?python-?3\.(\d+)/);
}

function findInConstraints(text: string): PythonClue | undefined {
  return findOne(text, /\/constraints-[\w.]+\/constraints(?:-[a-z-]+)?-3\.(\d+)\.txt/);
}

/** A plain Python image counts where Airflow is put into it; of several stages the last one runs. */
function findInPythonImage(text: string): PythonClue | undefined {
  if (!/apache[-_]airflow/i.test(text)) return undefined;
  const images = [...text.matchAll(/^FROM[ \t]+(?:--\S+[ \t]+)?(?:[\w.:-]+\/)*python:3\.(\d+)/gim)];
  const last = images.at(-1);
  return last === undefined ? undefined : one(last);
}

/** A Dockerfile with the defaults of its arguments in their places. */
function withArguments(text: string): string {
  const defaults = new Map([...text.matchAll(/^ARG[ \t]+(\w+)=["']?([\w.-]+)/gm)].map((match) => [match[1] ?? '', match[2] ?? ''] as const));
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, plain?: string) => defaults.get(braced ?? plain ?? '') ?? whole);
}

function findOne(text: string, pattern: RegExp): PythonClue | undefined {
  const match = pattern.exec(text);
  return match === null ? undefined : one(match);
}

function one(match: RegExpExecArray | RegExpMatchArray): PythonClue {
  const minor = Number(match[1]);
  return { least: minor, most: minor, text: match[0].trim() };
}

function findRange(text: string, pattern: RegExp): PythonClue | undefined {
  const match = pattern.exec(text);
  const specifier = match?.[1];
  const range = specifier === undefined ? undefined : readRange(specifier);
  return match === null || range === undefined ? undefined : { ...range, text: match[0].trim() };
}

const everyMinor = { least: 0, most: Number.POSITIVE_INFINITY };

/** Minor versions by each operator of PEP 440, and of Poetry (`^`, `~`, no operator). */
const ranges: Readonly<Record<string, (minor: number, patch: string | undefined) => Omit<PythonClue, 'text'>>> = {
  '': (minor) => ({ least: minor, most: minor }),
  '==': (minor) => ({ least: minor, most: minor }),
  '~': (minor) => ({ least: minor, most: minor }),
  '~=': (minor, patch) => ({ least: minor, most: patch === undefined ? everyMinor.most : minor }),
  '^': (minor) => ({ ...everyMinor, least: minor }),
  '>=': (minor) => ({ ...everyMinor, least: minor }),
  '>': (minor) => ({ ...everyMinor, least: minor }),
  '<=': (minor) => ({ ...everyMinor, most: minor }),
  '<': (minor, patch) => ({ ...everyMinor, most: Number(patch ?? 0) > 0 ? minor : minor - 1 }),
  '!=': () => everyMinor,
};

function readRange(specifier: string): Omit<PythonClue, 'text'> | undefined {
  let { least, most } = everyMinor;
  for (const part of specifier.split(',')) {
    const match = /^\s*([\^~=<>!]*)\s*(\d+)(?:\.(\d+))?(?:\.(\d+|\*))?(?:\.\*)?\s*$/.exec(part);
    const range = ranges[match?.[1] ?? ''];
    if (match === null || range === undefined) return undefined;
    // `<4` and `>=3` leave every minor version.
    if (match[3] === undefined) continue;
    if (match[2] !== '3') return undefined;
    const next = range(Number(match[3]), match[4]);
    least = Math.max(least, next.least);
    most = Math.min(most, next.most);
  }
  return least > most || (least === everyMinor.least && most === everyMinor.most) ? undefined : { least, most };
}
