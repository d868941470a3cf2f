import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ExitCode } from '../errors.js';
import { KnownError, exitCodes } from '../errors.js';
import { contextTemplate } from '../knowledge/context-template.js';
import type { Options } from '../options/options.js';
import { pathKind } from '../options/path-kind.js';
import type { Io } from './io.js';

const CONTEXT = 'dag2event.context.yaml';

/** Writes the context file with every key as a comment. A file that is there is never overwritten. */
export async function init(options: Options, io: Io): Promise<ExitCode> {
  if (options.output === '-') {
    await io.result(contextTemplate);
    return exitCodes.clean;
  }
  const folder = options.path;
  if (pathKind(folder) !== 'folder') throw new KnownError(`${options.givenPath} is not a folder`, 'give the repository, or nothing for the present folder');
  const file = options.output ?? path.join(folder, CONTEXT);
  if (existsSync(file)) throw new KnownError(`${file} is already there`, 'edit it, or print the template with --output -');
  await io.save(file, contextTemplate);
  await io.result(`${path.relative(options.workingDirectory, file) || file}\n`);
  return exitCodes.clean;
}
