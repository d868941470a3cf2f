import type { ExitCode } from '../errors.js';
import { KnownError, exitCodes } from '../errors.js';
import { nearestWord } from '../options/nearest.js';
import type { Options } from '../options/options.js';
import { renderJson } from '../report/json.js';
import { renderRuleList, renderRuleText } from '../report/text/rules.js';
import { ruleCatalog, ruleNamed } from '../rules.js';
import type { Io } from './io.js';

/** Every rule, one a line. */
export async function rules(options: Options, io: Io): Promise<ExitCode> {
  const all = ruleCatalog();
  await print(options, io, options.format === 'json' ? renderJson(all) : renderRuleList(all, textOptions(options)));
  return exitCodes.clean;
}

/** One rule in full. */
export async function explain(id: string, options: Options, io: Io): Promise<ExitCode> {
  const rule = ruleNamed(id);
  if (rule === undefined) {
    const ids = ruleCatalog().map((known) => known.id);
    const nearest = ids.find((known) => known.toLowerCase().startsWith(id.toLowerCase())) ?? nearestWord(id, ids);
    const advice = nearest === undefined ? '`dag2event rules` lists them' : `did you mean ${nearest}? \`dag2event rules\` lists them`;
    throw new KnownError(`no rule has the id ${JSON.stringify(id)}`, advice);
  }
  await print(options, io, options.format === 'json' ? renderJson(rule) : renderRuleText(rule, textOptions(options)));
  return exitCodes.clean;
}

function print(options: Options, io: Io, text: string): Promise<void> {
  return io.save(options.output ?? '-', text);
}

function textOptions(options: Options): { color: boolean } {
  return { color: options.color && options.output === undefined };
}
