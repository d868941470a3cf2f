import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractCommit } from './extract.js';

/** A commit as files: the folder that stands for the root of the checkout, and what could not be put there. */
export interface CommitFolder {
  readonly checkout: string;
  readonly notes: readonly string[];
}

/** Lays what a commit holds below some paths into a temporary folder that is gone after the work. */
export async function withCommit<T>(top: string, commit: string, paths: readonly string[], work: (folder: CommitFolder) => Promise<T>): Promise<T> {
  const temporary = realpathSync(mkdtempSync(path.join(tmpdir(), 'dag2event-base-')));
  try {
    // The name of the root stands in the document, and a checkout is known by its .git.
    const checkout = path.join(temporary, path.basename(top) || 'repository');
    mkdirSync(path.join(checkout, '.git'), { recursive: true });
    return await work({ checkout, notes: extractCommit(top, commit, paths, checkout) });
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
