import { KnownError, exitCodes, type ExitCode } from '../../errors.js';
import { INDEX_SCHEMA_VERSION, TOOL_VERSION } from '../../model/version.js';
import type { Options } from '../../options/options.js';
import type { Io } from '../io.js';
import { graphFrom } from '../source.js';
import { printedTarget } from '../target.js';

/** Writes what other repositories' checks need to know about this one. */
export async function index(name: string | undefined, options: Options, io: Io): Promise<ExitCode> {
  const graph = (await graphFrom(options, io, 'read')).document();
  const called = name ?? graph.name;
  if (!/^[\w.-]+$/.test(called)) throw new KnownError(`${JSON.stringify(called)} can't be a name in paths`, 'give --name with letters, digits, dots, dashes and underscores');
  const document = { schema: 'dag2event/index', schema_version: INDEX_SCHEMA_VERSION, tool_version: TOOL_VERSION, name: called, graph };
  await io.save(printedTarget(options, `${called}.index`, 'json'), `${JSON.stringify(document)}\n`);
  return exitCodes.clean;
}
