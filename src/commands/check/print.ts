import type { CheckDocument } from '../../model/check.js';
import type { CheckFormat, FormatTarget } from '../../options/check-options.js';
import type { Options } from '../../options/options.js';
import type { CheckView } from '../../report/check/view.js';
import { countsText } from '../../report/check/view.js';
import { ruleCatalog } from '../../rules.js';
import { withoutCommands, type Io } from '../io.js';
import { printedTarget } from '../target.js';
import type { CurrentState } from './state.js';

/** Renderers are loaded when they are asked for. */
const renderers: Record<CheckFormat, (view: CheckView, options: { color: boolean }) => Promise<string>> = {
  text: async (view, options) => (await import('../../report/check/text.js')).renderCheckText(view, options),
  github: async (view) => (await import('../../report/check/github.js')).renderGithubAnnotations(view),
  summary: async (view) => (await import('../../report/check/markdown.js')).renderCheckMarkdown(view),
  markdown: async (view) => (await import('../../report/check/markdown.js')).renderCheckComment(view),
  sarif: async (view) => (await import('../../report/check/sarif.js')).renderSarif(view),
  gitlab: async (view) => (await import('../../report/check/gitlab.js')).renderGitlab(view),
  junit: async (view) => (await import('../../report/check/junit.js')).renderJunit(view),
  json: async (view) => (await import('../../report/json.js')).renderJson(view.document),
};

const extensions: Record<CheckFormat, string> = {
  text: 'txt',
  github: 'txt',
  summary: 'md',
  markdown: 'md',
  sarif: 'sarif',
  gitlab: 'json',
  junit: 'xml',
  json: 'json',
};

/** Writes a check in every format that is asked for. Where no person reads it, the counts are said beside. */
export async function printCheck(document: CheckDocument, { linesOf, shownPrefix }: CurrentState, options: Options, io: Io): Promise<void> {
  const rules = new Map(ruleCatalog().map((rule) => [rule.id, rule]));
  const view: CheckView = { document, rules, linesOf, shownPrefix };
  for (const wanted of options.check.formats) await write(wanted, view, options, io);
  if (options.check.formats.some(({ format, target }) => format === 'text' && target === '-')) return;
  io.note(countsText(view));
  for (const reason of document.incomplete) io.note(`not looked at: ${reason}`);
  for (const bug of document.bugs) io.error(`bug in rule ${bug.rule}${bug.file === null ? '' : ` at ${bug.file}`}: ${bug.text}`);
}

async function write({ format, target }: FormatTarget, view: CheckView, options: Options, io: Io): Promise<void> {
  const text = await renderers[format](view, { color: options.color && target === '-' });
  // A pipe's end may be a CI job's log, where a line can be a command.
  if (target === '-') await io.result(format === 'text' ? withoutCommands(text) : text);
  else if (format === 'summary') await io.append(target, text);
  else await io.save(printedTarget({ ...options, output: target }, `${view.document.name}.findings`, extensions[format]), text);
}
