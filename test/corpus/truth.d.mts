import type { ComparedDocument, TruthDocument } from '../conformance/compare.mjs';

export function readTruth(file: string, document: ComparedDocument): TruthDocument;
