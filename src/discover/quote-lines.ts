import type { AnalysisDocument, Evidence } from '../model/analysis.js';
import { redactCode } from '../util/redact.js';
import { openFiles } from './files.js';
import { findShape } from './shape.js';

/** Longer lines say nothing more to a reader who knows the place. */
const LONGEST_LINE = 160;

/** A line of code as a report may show it: one line, without what looks like a secret. */
export function quotableLine(line: string): string {
  const text = redactCode(line.trim()).replace(/\s+/g, ' ');
  return text.length > LONGEST_LINE ? `${text.slice(0, LONGEST_LINE)}…` : text;
}

/** The analysis with the line of the file at each place of its evidence. A file that can't be read quotes nothing. */
export function quoteLines(analysis: AnalysisDocument, request: { path: string; dagsRoot?: string | undefined }): AnalysisDocument {
  const files = openFiles(findShape(request.path, request.dagsRoot).root);
  const decoder = new TextDecoder();
  const known = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] => {
    const lines = known.get(file) ?? decoder.decode(files.read(file) ?? new Uint8Array()).split(/\r\n|\r|\n/);
    known.set(file, lines);
    return lines;
  };
  const quoted = (evidence: Evidence): Evidence => {
    const line = quotableLine(linesOf(evidence.place.file)[evidence.place.line - 1] ?? '');
    return line === '' ? evidence : { ...evidence, line };
  };
  return { ...analysis, evidence: analysis.evidence.map(quoted) };
}
