import * as z from 'zod';
import { GraphDocument } from './graph.js';

/** What is known of a repository, for the checks of others: `dag2event index` writes it. */
export const IndexDocument = z.strictObject({
  schema: z.literal('dag2event/index'),
  schema_version: z.string(),
  tool_version: z.string(),
  /** How the repository is called where its DAGs are named: put before its files. */
  name: z.string().regex(/^[\w.-]+$/, 'use letters, digits, dots, dashes and underscores'),
  graph: GraphDocument,
});
export type IndexDocument = z.infer<typeof IndexDocument>;
