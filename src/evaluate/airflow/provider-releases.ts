import { airflowReleaseDate, providerOf } from '../../knowledge/airflow/api.js';
import type { ReleaseGap } from '../../knowledge/airflow/api.js';
import type { ProviderClue } from '../../model/repository.js';
import { compareReleases, isAtLeast } from '../../util/release.js';
import type { Runtime } from '../runtime.js';
import { worldOf } from './world.js';

/** Whether the installed release is from before or after something went, and what says so. */
export interface ReleaseVerdict {
  readonly side: 'before' | 'after' | 'open';
  readonly text: string;
}

type Side = ReleaseVerdict['side'];

/** Days between the making of a provider release and an Airflow release whose constraints surely name it or a later one. */
const SETTLING_DAYS = 45;

/** Providers that Airflow's own image holds, in the releases of its constraints: its extras and what Airflow itself requires. */
const imageProviders = new Set(
  'amazon celery cncf-kubernetes common-sql docker elasticsearch ftp google grpc hashicorp http imap microsoft-azure mysql odbc postgres redis sendgrid sftp slack snowflake sqlite ssh'.split(' '),
);

/** Where the deployment stands to a change of a provider, by what the repository pins. */
export function judgeRelease(rt: Runtime, path: string, gap: ReleaseGap): ReleaseVerdict {
  const provider = providerOf(path) ?? '';
  const known = rt.repository.providers;
  const name = `apache-airflow-providers-${provider}`;
  const clues = known?.pins.get(provider) ?? [];
  const exact = clues.filter(({ specifier }) => exactRelease(specifier) !== undefined);
  const decisive = exact.length > 0 ? exact : clues;
  if (decisive.length > 0) {
    const sides = new Set(decisive.map(({ specifier }) => sideOfSpecifier(specifier, gap)));
    const [side = 'open'] = exact.length > 0 ? sides : [...sides].filter((each) => each !== 'open');
    const isSplit = exact.length > 0 ? sides.size > 1 : sides.has('before') && sides.has('after');
    return isSplit || side === 'open' ? { side: 'open', text: `${written(decisive)} leave the release of ${name} open` } : { side, text: `${name}${written(decisive)}` };
  }
  const release = known?.release;
  if (release === undefined || (release.kind === 'image' && !imageProviders.has(provider))) {
    return { side: 'open', text: `no file of the repository says which release of ${name} is installed` };
  }
  const side = sideOfDate(airflowReleaseDate(release.airflow), gap.date);
  const what = `the ${release.kind} of Airflow ${release.airflow} (${release.file}:${release.line.toString()})`;
  return { side, text: side === 'open' ? `${what} leave${release.kind === 'image' ? 's' : ''} the release of ${name} open` : `${name} as in ${what}` };
}

/** Whether the repository pins the very release of a provider that the tables describe. */
export function isTabulatedRelease(rt: Runtime, path: string): boolean {
  const provider = providerOf(path) ?? '';
  const release = pinnedRelease(rt, path);
  return release !== undefined && release === worldOf(rt).api.providerRelease(provider);
}

/** The release of the provider of a path, where the repository pins one. */
export function pinnedRelease(rt: Runtime, path: string): string | undefined {
  const clues = rt.repository.providers?.pins.get(providerOf(path) ?? '') ?? [];
  const [release, ...others] = new Set(clues.map(({ specifier }) => exactRelease(specifier)));
  return others.length === 0 ? release : undefined;
}

function written(clues: readonly ProviderClue[]): string {
  return [...new Set(clues.map(({ specifier, file, line }) => `${specifier} (${file}:${line.toString()})`))].join(' and ');
}

function exactRelease(specifier: string): string | undefined {
  return /^={2,3}(\d+(?:\.\d+)+)$/.exec(specifier)?.[1];
}

/** What the parts of a specifier say together; a part that isn't understood says nothing. */
function sideOfSpecifier(specifier: string, gap: ReleaseGap): Side {
  const sides = specifier.split(',').map((part) => sideOfPart(part, gap));
  return sides.find((side) => side !== 'open') ?? 'open';
}

function sideOfPart(part: string, { last, gone }: ReleaseGap): Side {
  const match = /^([\^~=<>!]*)v?(\d+(?:\.\d+)*)(\.\*)?$/.exec(part);
  const [, operator = '', release = '', star] = match ?? [];
  if (match === null) return 'open';
  const isFirstOfMajor = !gone.startsWith(`${last.split('.')[0] ?? ''}.`);
  const isBefore = (limit: string): boolean => isAtLeast(last, limit) || (isFirstOfMajor && compareReleases(limit, gone) <= 0);
  if (star === undefined && (operator === '==' || operator === '===')) {
    if (isAtLeast(release, gone)) return 'after';
    return isAtLeast(last, release) || isFirstOfMajor ? 'before' : 'open';
  }
  if (operator === '<' || operator === '<=') return isBefore(release) && compareReleases(release, gone) <= (operator === '<' ? 0 : -1) ? 'before' : 'open';
  if (operator === '!=') return 'open';
  if (isAtLeast(release, gone)) return 'after';
  const limit = upperLimit(operator, release, star !== undefined);
  return limit !== undefined && isBefore(limit) ? 'before' : 'open';
}

/** The first release that `==4.*`, `~=4.5`, `^4.1` and `~4.1` leave out; undefined where there is none. */
function upperLimit(operator: string, release: string, hasStar: boolean): string | undefined {
  const parts = release.split('.').map(Number);
  const raised = (count: number): string => [...parts.slice(0, count - 1), (parts[count - 1] ?? 0) + 1].join('.');
  if (hasStar) return raised(parts.length);
  switch (operator) {
    case '~=':
      return raised(Math.max(parts.length - 1, 1));
    case '^':
      return raised(1);
    case '~':
      return raised(Math.min(parts.length, 2));
    default:
      return undefined;
  }
}

function sideOfDate(airflow: string | undefined, gone: string): Side {
  if (airflow === undefined) return 'open';
  const days = (Date.parse(airflow) - Date.parse(gone)) / 86_400_000;
  if (days < 0) return 'before';
  return days > SETTLING_DAYS ? 'after' : 'open';
}
