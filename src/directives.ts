import type { BrokenDirective, Directive } from './check/suppress/directive.js';
import { directiveMark } from './check/suppress/comments.js';
import type { GraphDocument } from './model/graph.js';
import { compareText } from './model/place.js';

/** Comments of a repository that are meant for the check. */
export type Directives = (Directive | BrokenDirective)[];

const decoder = new TextDecoder();

/** Reads a repository's files that findings can be about, for lines to show. */
export async function openSources(root: string): Promise<(file: string) => string | undefined> {
  const { openFiles } = await import('./discover/files.js');
  const files = openFiles(root);
  return (file) => {
    const bytes = files.read(file);
    return bytes === undefined ? undefined : decoder.decode(bytes);
  };
}

/** The comments in all files that the graph came from, by file and line. */
export async function collectDirectives(graph: GraphDocument, root: string): Promise<Directives> {
  const { openFiles } = await import('./discover/files.js');
  const { directivesIn } = await import('./check/suppress/directive.js');
  const files = openFiles(root);
  const mark = Buffer.from(directiveMark);
  return filesOf(graph).flatMap((file) => {
    const bytes = files.read(file);
    if (bytes === undefined || !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(mark)) return [];
    return directivesIn(file, decoder.decode(bytes));
  });
}

/** Files that a finding can be placed in. */
function filesOf(graph: GraphDocument): string[] {
  const files = new Set<string>();
  for (const each of [...graph.files, ...graph.import_errors, ...graph.unknowns, ...graph.assets]) files.add(each.file);
  for (const dag of graph.dags) for (const each of [dag, ...dag.tasks, ...dag.unknowns]) files.add(each.file);
  return [...files].sort(compareText);
}
