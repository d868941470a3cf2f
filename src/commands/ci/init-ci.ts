import path from 'node:path';
import { KnownError, exitCodes, type ExitCode } from '../../errors.js';
import { ciSystems } from '../../options/choices.js';
import type { Options } from '../../options/options.js';
import { pathKind } from '../../options/path-kind.js';
import { oneOf } from '../../options/values.js';
import type { Io } from '../io.js';
import { ciTemplates } from './templates.js';

/** Signs of a system in a repository, asked for in this order. */
const signs = [
  ['gitlab', '.gitlab-ci.yml'],
  ['github', '.github'],
] as const;

/** Writes the files that bring the check into a CI system. What is there already is never changed. */
export async function initCi(given: string | undefined, options: Options, io: Io): Promise<ExitCode> {
  const folder = options.workingDirectory;
  const system = given === undefined ? found(folder) : oneOf('the CI system', given, ciSystems);
  const { files, next } = ciTemplates[system];
  const targets = files.map((file) => ({ ...file, target: path.join(folder, file.path) }));
  const known = targets.find(({ target }) => pathKind(target) !== undefined);
  if (known !== undefined) throw new KnownError(`${known.path} is there already`, 'delete or rename it first, or take over from the new one what you need');
  for (const { path: name, target, text } of targets) {
    await io.save(target, text);
    await io.result(`${name}\n`);
  }
  io.note(next);
  return exitCodes.clean;
}

function found(folder: string): (typeof ciSystems)[number] {
  const sign = signs.find(([, name]) => pathKind(path.join(folder, name)) !== undefined);
  if (sign !== undefined) return sign[0];
  throw new KnownError('no CI system is named, and this folder shows none', `name one of ${ciSystems.join(', ')}`);
}
