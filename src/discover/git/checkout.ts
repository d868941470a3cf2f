import { realpathSync } from 'node:fs';
import path from 'node:path';
import { askGit, linesOf, partsOf } from './run-git.js';

/** A working tree of git around a folder. */
export interface Checkout {
  /** Absolute real path of its root. */
  readonly top: string;
  /** The folder in it, with a slash at its end; empty for the root itself. */
  readonly prefix: string;
  readonly isShallow: boolean;
  /** Id of the commit that is checked out; undefined before the first. */
  readonly head: string | undefined;
}

/** Why there is nothing to compare with: one line for a person. */
export interface NoBase {
  readonly kind: 'none';
  readonly reason: string;
  /** Whether there is nothing before the change, so that everything is new. */
  readonly isBeginning?: boolean;
}

/** The commit from which a change started. */
export interface FoundBase {
  readonly kind: 'found';
  readonly checkout: Checkout;
  /** As it was asked for. */
  readonly ref: string;
  readonly commit: string;
  /** Files of the folder that are not as in the commit, relative to it, sorted. Of a renamed one both names. */
  readonly changed: readonly string[];
}

/** The working tree around a folder, or why there is none. */
export function findCheckout(folder: string): Checkout | NoBase {
  const asked = askGit(folder, ['rev-parse', '--show-toplevel', '--show-prefix', '--is-shallow-repository']);
  if (asked.kind === 'missing') return none('git is not installed');
  if (asked.kind === 'refusal') return none(/not a git repository/.test(asked.reason) ? `${folder} is no git checkout` : `git refuses: ${asked.reason}`);
  const [top = '', prefix = '', shallow = ''] = linesOf(asked) ?? [];
  const head = linesOf(askGit(folder, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']))?.[0];
  return { top: realpathSync(path.resolve(folder, top)), prefix, isShallow: shallow === 'true', head };
}

/** The first of some commits that is there, and where the change left it. */
export function findBase(folder: string, refs: readonly string[]): FoundBase | NoBase {
  const checkout = findCheckout(folder);
  if ('kind' in checkout) return checkout;
  if (checkout.head === undefined) return { kind: 'none', reason: 'the repository has no commit yet', isBeginning: true };
  const [asked = ''] = refs;
  for (const ref of refs) {
    const commit = commitOf(folder, ref);
    if (commit === undefined) continue;
    const base = linesOf(askGit(folder, ['merge-base', commit, checkout.head]))?.[0];
    if (base === undefined) return none(checkout.isShallow ? shallowReason(`where the change left ${ref}`) : `${ref} and what is checked out have no commit in common`);
    const changed = changedSince(folder, base);
    return changed === undefined ? none(`git can't say what changed since ${ref}`) : { kind: 'found', checkout, ref, commit: base, changed };
  }
  return none(checkout.isShallow ? shallowReason(asked) : `${asked} is no commit of this repository`);
}

function shallowReason(what: string): string {
  return `${what} is not in this shallow clone (fetch the whole history, as by fetch-depth: 0 or GIT_DEPTH: 0)`;
}

/** A clone of a CI job often has branches only as those of `origin`. */
function commitOf(folder: string, ref: string): string | undefined {
  for (const name of [ref, `origin/${ref}`]) {
    const found = linesOf(askGit(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]))?.[0];
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}

/** What the working tree has otherwise, files included that git doesn't know yet. */
function changedSince(folder: string, commit: string): string[] | undefined {
  const tracked = partsOf(askGit(folder, ['diff', '--name-only', '--no-renames', '--no-ext-diff', '--no-textconv', '--relative', '-z', commit, '--']));
  const untracked = partsOf(askGit(folder, ['ls-files', '--others', '--exclude-standard', '-z']));
  if (tracked === undefined || untracked === undefined) return undefined;
  return [...new Set([...tracked, ...untracked])].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function none(reason: string): NoBase {
  return { kind: 'none', reason };
}
