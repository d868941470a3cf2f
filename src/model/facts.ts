import * as z from 'zod';
import { Dag, ImportError, RequiredInput } from './graph.js';
import { UnknownFact } from './unknown.js';

/** What some of the files of a repository gave: a share of the work, to be joined with the others. */
export const FactsDocument = z.strictObject({
  schema: z.literal('dag2event/facts'),
  schema_version: z.string(),
  tool_version: z.string(),
  /** Identity of the files and of all that was asked: shares of different ones don't fit together. */
  state: z.string(),
  shard: z.strictObject({ index: z.int().min(1), count: z.int().min(1) }),
  parser: z.enum(['native', 'wasm']),
  facts: z.array(
    z.strictObject({
      file: z.string(),
      dags: z.array(Dag),
      importErrors: z.array(ImportError),
      unknowns: z.array(UnknownFact),
      inputs: z.array(RequiredInput),
    }),
  ),
});
export type FactsDocument = z.infer<typeof FactsDocument>;
