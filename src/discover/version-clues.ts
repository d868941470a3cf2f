import type { AirflowVersion } from '../model/graph.js';

/** The newest release of each major version that the knowledge tables describe. */
export const newestKnown = { 2: '2.11.2', 3: '3.2.2' } as const;

/** A place that names the Airflow version. */
export interface VersionClue {
  version: string;
  /** A pin or an image, rather than one end of a range. */
  isExact: boolean;
  text: string;
}

interface ClueSource {
  /** Which files, by their path from the root. */
  path: RegExp;
  source: AirflowVersion['source'];
  find: (text: string) => VersionClue | undefined;
}

/** Where a repository says which Airflow it runs on. An exact version wins; among those, the first in this order. */
export const clueSources: readonly ClueSource[] = [
  { path: /(^|\/)(uv|poetry|pdm)\.lock$/, source: 'requirements', find: findInLockFile },
  { path: /(^|\/)constraints[\w.-]*\.txt$/, source: 'requirements', find: findInRequirements },
  { path: /(^|\/)[\w.-]*requirements[\w.-]*(\/[\w.-]+)?\.(txt|in)$/, source: 'requirements', find: findInRequirements },
  {
    path: /(^|\/)(pyproject\.toml|Pipfile|setup\.cfg|setup\.py|environment\.ya?ml)$/,
    source: 'requirements',
    find: findInRequirements,
  },
  { path: /(^|\/)[\w.-]*Dockerfile[\w.-]*$/i, source: 'dockerfile', find: findInImage },
  { path: /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/, source: 'dockerfile', find: findInImage },
];

/** `apache-airflow` itself (or its core), never a provider; then its extras, then what it says about the version. */
const requirement =
  /(?<![\w-])apache[-_]airflow(?:[-_]core)?(?![\w-])["']?(?:\[[^\]]*\])?["']?\s*(?:=\s*(?:\{[^}\n]*?version\s*=\s*)?["'])?\s*([\^~=<>!]*\s*v?\d[^\s"'#;]*(?:\s*,\s*[<>=!~]+\s*[\d.*]+)*)/;

const constraintsUrl = /constraints-(\d+\.\d+(?:\.\d+)?)\//;

function findInLockFile(text: string): VersionClue | undefined {
  const version = /name = "apache-airflow"\r?\nversion = "(\d+\.\d+\.\d+)/.exec(text)?.[1];
  return version === undefined ? undefined : { version, isExact: true, text: `apache-airflow ${version}` };
}

export function findInRequirements(text: string): VersionClue | undefined {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*#/.test(line));
  const body = lines.join('\n');
  const specifier = requirement.exec(body)?.[1]?.trim();
  const range = specifier === undefined ? undefined : readSpecifier(specifier);
  if (range?.isExact) return range;
  const constraint = constraintsUrl.exec(body)?.[1];
  if (constraint !== undefined) return { version: full(constraint), isExact: true, text: `constraints-${constraint}` };
  return range;
}

function readSpecifier(specifier: string): VersionClue | undefined {
  const parts = specifier.split(',').map((part) => /^\s*([\^~=<>!]*)\s*v?(\d+(?:\.\d+){0,2})(\.\*)?/.exec(part));
  const text = `apache-airflow${/^\d/.test(specifier) ? '==' : ''}${specifier}`;
  const find = (operators: RegExp) => parts.find((part) => part && operators.test(part[1] ?? ''));
  const exact = find(/^(={0,3})$/);
  if (exact?.[2]) return { version: full(exact[2]), isExact: exact[3] === undefined, text };
  const lower = find(/^(~=?|\^|>=|>)$/);
  if (lower?.[2]) return { version: full(lower[2]), isExact: false, text };
  const upper = find(/^</);
  return upper?.[2]?.startsWith('3') ? { version: newestKnown[2], isExact: false, text } : undefined;
}

/** Airflow minor version of each Astro Runtime major version up to 13; later runtimes carry Airflow's own number. */
const astroRuntimes: Record<string, string> = {
  '4': '2.2.0',
  '5': '2.3.0',
  '6': '2.4.0',
  '7': '2.5.0',
  '8': '2.6.0',
  '9': '2.7.0',
  '10': '2.8.0',
  '11': '2.9.0',
  '12': '2.10.0',
  '13': '2.11.0',
};

function findInImage(text: string): VersionClue | undefined {
  const exact =
    /apache\/airflow:(?:slim-)?(\d+\.\d+\.\d+)/.exec(text) ??
    /composer-[\w.]+-airflow-(\d+\.\d+\.\d+)/.exec(text) ??
    /AIRFLOW_VERSION[=:]\s*["']?(\d+\.\d+\.\d+)/.exec(text) ??
    constraintsUrl.exec(text);
  if (exact?.[1]) return { version: full(exact[1]), isExact: true, text: exact[0] };
  const runtime = /astro-runtime:(\d+)\./.exec(text);
  const known = astroRuntimes[runtime?.[1] ?? ''];
  if (runtime && known) return { version: known, isExact: true, text: runtime[0] };
  const newRuntime = /\/runtime:(3\.\d+)-/.exec(text);
  return newRuntime?.[1] ? { version: full(newRuntime[1]), isExact: true, text: newRuntime[0] } : findInRequirements(text);
}

/** `2.9` as `2.9.0`. */
function full(version: string): string {
  const parts = version.split('.');
  return [parts[0] ?? '0', parts[1] ?? '0', parts[2] ?? '0'].join('.');
}
