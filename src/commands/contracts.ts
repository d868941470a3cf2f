import path from 'node:path';
import type { ContractDiff } from '../emit/contracts/diff.js';
import type { Update } from '../emit/contracts/registry.js';
import type { ExitCode } from '../errors.js';
import { KnownError, exitCodes } from '../errors.js';
import type { Options } from '../options/options.js';
import { pathKind } from '../options/path-kind.js';
import type { Io } from './io.js';
import { readRegistry } from './registry-folder.js';
import { planFrom } from './source.js';

const DEFAULT_FOLDER = 'contracts';

/** Writes the contracts of a plan as a registry of files, and keeps what was edited there by hand. */
export async function contracts(options: Options, io: Io): Promise<ExitCode> {
  const folder = options.output ?? path.join(options.workingDirectory, DEFAULT_FOLDER);
  if (folder === '-' || pathKind(folder) === 'file') throw new KnownError('contracts are written as files', 'give a folder with --output');
  const plan = await planFrom(options, io);
  const { updateRegistry } = await import('../emit/contracts/registry.js');
  const update = updateRegistry(plan, readRegistry(folder));
  for (const [file, text] of update.writes) await io.save(path.join(folder, file), text);
  for (const line of describe(update)) io.note(line);
  const shown = path.relative(options.workingDirectory, folder) || '.';
  await io.result(`${shown}: ${plan.contracts.length} contracts, ${update.writes.size} files written, ${update.unchanged} unchanged\n`);
  if (update.broken.length > 0) return exitCodes.incomplete;
  return update.conflicts.length > 0 ? exitCodes.findings : exitCodes.clean;
}

function describe({ edited, conflicts, orphans, broken }: Update): string[] {
  return [
    ...edited.map((file) => `${file}: edited by hand, kept`),
    ...conflicts.map(({ path: file, at, kept, planned }) => `${file}${at}: edited to ${JSON.stringify(kept) ?? 'nothing'}, planned is ${JSON.stringify(planned) ?? 'nothing'}; the edit is kept`),
    ...orphans.map((folder) => `${folder}: no DAG of the plan is started by it any more; kept`),
    ...broken.map(({ path: file, reason }) => `${file}: can't be read (${reason}); left as it is`),
  ];
}

/** What changed between two registries, and whether it breaks anybody. */
export async function contractsDiff(before: string, options: Options, io: Io): Promise<ExitCode> {
  const [old, now] = [path.resolve(options.workingDirectory, before), options.path];
  for (const [given, folder] of [[before, old], [options.givenPath, now]] as const)
    if (pathKind(folder) !== 'folder') throw new KnownError(`${given} is not a folder`, 'give two folders that `dag2event contracts` wrote');
  const { diffRegistries } = await import('../emit/contracts/diff.js');
  const diffs = diffRegistries(readRegistry(old), readRegistry(now));
  const text = options.format === 'json' ? `${JSON.stringify(diffs, undefined, 2)}\n` : describeDiffs(diffs);
  await io.save(options.output ?? '-', text);
  return diffs.some(({ verdict }) => verdict === 'breaking' || verdict === 'forward') ? exitCodes.findings : exitCodes.clean;
}

function describeDiffs(diffs: readonly ContractDiff[]): string {
  if (diffs.length === 0) return 'No contract changed.\n';
  const lines = diffs.flatMap(({ contract, kind, verdict, changes }) => [
    `${contract}: ${kind}, ${verdict}`,
    ...changes.map(({ at, text, effect }) => `  ${at === '' ? '/' : at}: ${text} (${effectWords[effect]})`),
  ]);
  return `${lines.join('\n')}\n`;
}

const effectWords = {
  none: 'harmless',
  wider: 'old consumers may meet what they do not know',
  narrower: 'new consumers refuse some old events',
  other: 'neither way is safe',
} as const;
