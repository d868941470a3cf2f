import { KnownError, exitCodes, type ExitCode } from '../../errors.js';
import type { Options } from '../../options/options.js';
import { factsOfShard, type Shard } from '../../shards.js';
import type { Io } from '../io.js';
import { printedTarget } from '../target.js';

/** Evaluates one share of the files and writes what they gave. Nothing is judged: that needs all shares. */
export async function writeShard(options: Options, shard: Shard, io: Io): Promise<ExitCode> {
  const { bases, isBaseAsked } = options.check;
  if (isBaseAsked && bases.length > 0) throw new KnownError('--shard only writes facts, and --base is for the judgement', 'give --base to dag2event merge');
  const facts = await factsOfShard({ ...options }, shard, io);
  await io.save(printedTarget(options, `facts-${shard.index}-${shard.count}`, 'json'), `${JSON.stringify(facts)}\n`);
  io.note(`share ${shard.index} of ${shard.count}: ${facts.facts.length} files`);
  return exitCodes.clean;
}
