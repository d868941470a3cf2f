import type { Dag, ImportError, RequiredInput } from '../model/graph.js';
import type { UnknownFact } from '../model/unknown.js';

/** What one file gave, as plain data: it crosses from worker threads. */
export interface FileFacts {
  readonly file: string;
  readonly dags: readonly Dag[];
  readonly importErrors: readonly ImportError[];
  readonly unknowns: readonly UnknownFact[];
  readonly inputs: readonly RequiredInput[];
}
