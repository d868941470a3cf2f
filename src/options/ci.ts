import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

/** A CI system: how it is known, what it wants to be told how, and from where a change started. */
export interface Ci {
  readonly name: string;
  /** Formats that it understands on its own channels. */
  readonly formats: readonly ('github' | 'summary')[];
  /** Commits or branches to compare with, the best first; empty when there is no change to judge. */
  readonly bases: readonly string[];
}

interface CiRow {
  readonly name: string;
  readonly isHere: (environment: Environment) => boolean;
  readonly formats: Ci['formats'];
  readonly bases: (environment: Environment) => (string | undefined)[];
}

const isSet = (name: string) => (environment: Environment) => (environment[name] ?? '') !== '';

/** Sources: the variables' documentation of each system. */
const rows: readonly CiRow[] = [
  {
    name: 'GitHub Actions',
    isHere: (environment) => environment['GITHUB_ACTIONS'] === 'true',
    formats: ['github', 'summary'],
    bases: (environment) => githubBases(environment),
  },
  {
    name: 'GitLab CI',
    isHere: isSet('GITLAB_CI'),
    formats: [],
    bases: (environment) => {
      const target = environment['CI_MERGE_REQUEST_TARGET_BRANCH_NAME'];
      const before = environment['CI_COMMIT_BEFORE_SHA'];
      return [environment['CI_MERGE_REQUEST_DIFF_BASE_SHA'], environment['CI_MERGE_REQUEST_TARGET_BRANCH_SHA'], originOf(target), before];
    },
  },
  { name: 'Azure Pipelines', isHere: isSet('TF_BUILD'), formats: [], bases: (environment) => [originOf(environment['SYSTEM_PULLREQUEST_TARGETBRANCH'])] },
  {
    name: 'Bitbucket Pipelines',
    isHere: isSet('BITBUCKET_BUILD_NUMBER'),
    formats: [],
    bases: (environment) => [environment['BITBUCKET_PR_DESTINATION_COMMIT'], originOf(environment['BITBUCKET_PR_DESTINATION_BRANCH'])],
  },
  { name: 'Jenkins', isHere: isSet('JENKINS_URL'), formats: [], bases: (environment) => [originOf(environment['CHANGE_TARGET'])] },
  { name: 'Buildkite', isHere: isSet('BUILDKITE'), formats: [], bases: (environment) => [originOf(environment['BUILDKITE_PULL_REQUEST_BASE_BRANCH'])] },
];

/** The CI system around a process; undefined on a person's own machine. */
export function detectCi(environment: Environment): Ci | undefined {
  const row = rows.find((each) => each.isHere(environment));
  if (row === undefined) return undefined;
  const bases = row.bases(environment).filter((base): base is string => base !== undefined && base !== '' && !/^0+$/.test(base));
  return { name: row.name, formats: row.formats, bases: [...new Set(bases)] };
}

function originOf(branch: string | undefined): string | undefined {
  const name = branch?.replace(/^refs\/heads\//, '') ?? '';
  return name === '' ? undefined : `origin/${name}`;
}

/** The event file names the commits of pull requests, merge queues and pushes. */
function githubBases(environment: Environment): (string | undefined)[] {
  const event = eventOf(environment['GITHUB_EVENT_PATH']);
  const sha = (...path: string[]): string | undefined => {
    let value: unknown = event;
    for (const key of path) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
    return typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value) ? value : undefined;
  };
  return [sha('pull_request', 'base', 'sha'), sha('merge_group', 'base_sha'), originOf(environment['GITHUB_BASE_REF']), sha('before')];
}

function eventOf(file: string | undefined): unknown {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}
