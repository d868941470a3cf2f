import type { ExitCode } from '../errors.js';
import { exitCodes } from '../errors.js';
import type { GraphDocument } from '../model/graph.js';
import type { Options } from '../options/options.js';
import type { Io } from './io.js';
import { graphFrom } from './source.js';
import { printedTarget } from './target.js';

const extensions: Record<string, string> = { text: 'txt', json: 'json', dot: 'dot', mermaid: 'mmd' };

/** What Airflow would build; with --unknowns what could not be known, and what would make it known. */
export async function graph(options: Options, io: Io): Promise<ExitCode> {
  // A text is given as it is, without making a document of it.
  const isPlain = options.format === 'json' && !options.unknowns;
  const result = await graphFrom(options, io, isPlain ? 'write' : 'read');
  const content = isPlain ? result.parts() : await render(result.document(), options);
  await io.save(printedTarget(options, result.name, extensions[options.format] ?? 'txt'), content);
  return exitCodes.clean;
}

async function render(document: GraphDocument, options: Options): Promise<string> {
  if (options.format === 'json') {
    const { renderJson } = await import('../report/json.js');
    return renderJson(options.unknowns ? (await import('../report/facts/unknown-document.js')).onlyUnknowns(document) : document);
  }
  if (options.unknowns) return (await import('../report/text/unknowns.js')).renderUnknowns(document);
  if (options.format === 'dot') return (await import('../report/diagram/dot.js')).renderGraphDot(document);
  if (options.format === 'mermaid') return (await import('../report/diagram/mermaid.js')).renderGraphMermaid(document);
  const { renderGraphText } = await import('../report/text/graph.js');
  return renderGraphText(document, { color: options.color && options.output === undefined });
}
