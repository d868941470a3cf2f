import type { ProviderClue } from '../model/repository.js';

/** What a place says about providers: which release of one, or of which Airflow release the constraints or the image choose them. */
export type ProviderFact =
  | { readonly kind: 'pin'; readonly provider: string; readonly clue: Omit<ProviderClue, 'file'> }
  | { readonly kind: 'constraints' | 'image'; readonly airflow: string; readonly line: number };

interface ProviderClueSource {
  /** Which files, by their path from the root. */
  readonly path: RegExp;
  readonly source: null;
  readonly find: (text: string) => readonly ProviderFact[] | undefined;
}

/** Where a repository says which releases of Airflow's providers it runs on. */
export const providerClueSources: readonly ProviderClueSource[] = [
  { path: /(^|\/)(uv|poetry|pdm)\.lock$/, source: null, find: found(lockedPackages) },
  { path: /(^|\/)Pipfile\.lock$/, source: null, find: found(pipfilePackages) },
  { path: /(^|\/)([\w.-]*requirements[\w.-]*|constraints[\w.-]*)(\/[\w.-]+)?\.(txt|in)$/, source: null, find: found(providersInRequirements) },
  { path: /(^|\/)(pyproject\.toml|Pipfile|setup\.cfg|setup\.py|environment\.ya?ml)$/, source: null, find: found(requirements) },
  { path: /(^|\/)[\w.-]*Dockerfile[\w.-]*$/i, source: null, find: found(requirements, constraintsUrls, images) },
  { path: /(^|\/)(docker-)?compose[\w.-]*\.ya?ml$/, source: null, find: found(requirements, images) },
];

/** What a requirements file says about providers. */
export function providersInRequirements(text: string): ProviderFact[] {
  return [...requirements(text), ...constraintsUrls(text)];
}

type Finder = (text: string) => ProviderFact[];

function found(...finders: readonly Finder[]): (text: string) => readonly ProviderFact[] | undefined {
  return (text) => {
    const facts = finders.flatMap((find) => find(text));
    return facts.length === 0 ? undefined : facts;
  };
}

const name = 'apache[-_.]airflow[-_.]providers[-_.]([a-z0-9]+(?:[-_.][a-z0-9]+)*)';

const locked = new RegExp(`^name = "${name}"\\r?\\nversion = "([\\d.]+)"`, 'gim');

function lockedPackages(text: string): ProviderFact[] {
  return [...text.matchAll(locked)].map((match) => pin(match[1], `==${match[2] ?? ''}`, text, match.index));
}

const lockedByPipenv = new RegExp(`"${name}"\\s*:\\s*\\{[^{}]*?"version"\\s*:\\s*"(==[\\d.]+)"`, 'gi');

function pipfilePackages(text: string): ProviderFact[] {
  return [...text.matchAll(lockedByPipenv)].map((match) => pin(match[1], match[2], text, match.index));
}

/** A package, its extras, then what it says about the release: as pip, Poetry and Pipenv write it. */
const requirement = new RegExp(
  `(?<![\\w-])${name}(?![\\w-])["']?\\s*(?:\\[[^\\]]*\\])?["']?\\s*(?:=\\s*(?:\\{[^}\\n]*?version\\s*=\\s*)?["'])?\\s*([\\^~=<>!]*\\s*v?\\d[\\w.*]*(?:\\s*,\\s*[<>=!~]+\\s*[\\w.*]+)*)`,
  'gi',
);

function requirements(text: string): ProviderFact[] {
  const body = text.replace(/^\s*#.*$/gm, (line) => ' '.repeat(line.length));
  return [...body.matchAll(requirement)].map((match) => pin(match[1], match[2], text, match.index));
}

function constraintsUrls(text: string): ProviderFact[] {
  const body = text.replace(/^\s*#.*$/gm, (line) => ' '.repeat(line.length));
  return releases('constraints', body, /constraints-(\d+\.\d+\.\d+)\//g);
}

function images(text: string): ProviderFact[] {
  return releases('image', text, /apache\/airflow:(\d+\.\d+\.\d+)/g);
}

function releases(kind: 'constraints' | 'image', text: string, pattern: RegExp): ProviderFact[] {
  return [...text.matchAll(pattern)].map((match) => ({ kind, airflow: match[1] ?? '', line: lineAt(text, match.index) }));
}

function pin(provider = '', specifier = '', text: string, index: number): ProviderFact {
  const written = specifier.replaceAll(/\s/g, '');
  const clue = { specifier: /^v?\d/.test(written) ? `==${written}` : written, line: lineAt(text, index) };
  return { kind: 'pin', provider: provider.toLowerCase().replaceAll(/[_.]/g, '-'), clue };
}

function lineAt(text: string, index: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
