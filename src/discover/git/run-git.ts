import { spawnSync } from 'node:child_process';

/** What git said. `missing`: there is no git to ask. */
export type GitAnswer = { kind: 'answer'; stdout: Buffer } | { kind: 'refusal'; reason: string } | { kind: 'missing' };

/** More output than this is no answer to a question that is asked here. */
const MAX_OUTPUT_BYTES = 1 << 30;

/** Nothing of a repository's configuration may run a program or reach for a network, as a clone with missing parts would. */
const settings = ['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.quotePath=false', 'protocol.allow=never', 'diff.external='];

/** Asks git something about a folder. */
export function askGit(folder: string, words: readonly string[], input?: string): GitAnswer {
  // A hook's own variables would have git look elsewhere than in the folder.
  const { GIT_DIR: _directory, GIT_WORK_TREE: _tree, GIT_PREFIX: _prefix, ...inherited } = process.env;
  const result = spawnSync('git', ['--no-pager', '--literal-pathspecs', ...settings.flatMap((each) => ['-c', each]), '-C', folder, ...words], {
    input: input ?? '',
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...inherited, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    windowsHide: true,
  });
  if (result.error !== undefined) {
    const { code = '' } = result.error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { kind: 'missing' } : { kind: 'refusal', reason: code === '' ? result.error.message : code };
  }
  if (result.status === 0) return { kind: 'answer', stdout: result.stdout };
  const [reason = ''] = result.stderr.toString('utf8').split('\n');
  return { kind: 'refusal', reason: reason.replace(/^(fatal|error): /, '') };
}

/** The lines of an answer; undefined where git refused. */
export function linesOf(answer: GitAnswer): string[] | undefined {
  return answer.kind === 'answer' ? answer.stdout.toString('utf8').replace(/\n$/, '').split('\n') : undefined;
}

/** The parts of an answer to a question with `-z`; undefined where git refused. */
export function partsOf(answer: GitAnswer): string[] | undefined {
  return answer.kind === 'answer' ? answer.stdout.toString('utf8').split('\0').filter((part) => part !== '') : undefined;
}
