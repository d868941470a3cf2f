import * as z from 'zod';
import { SourceKind } from './analysis.js';
import { Person, Quantity } from './controls.js';

/** The subset of JSON Schema that draft-07 and 2020-12 read alike. */
export const PayloadField = z.strictObject({
  type: z.enum(['string', 'integer', 'number', 'boolean', 'object']),
  description: z.string().min(1),
  format: z.string().optional(),
});
export type PayloadField = z.infer<typeof PayloadField>;

export const PayloadSchema = z.strictObject({
  type: z.literal('object'),
  properties: z.record(z.string(), PayloadField),
  required: z.array(z.string()),
  additionalProperties: z.boolean(),
});
export type PayloadSchema = z.infer<typeof PayloadSchema>;

export const Producer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('dag'), dag_ids: z.array(z.string()).min(1) }),
  z.strictObject({ kind: z.literal('outside'), name: z.string().min(1) }),
]);
export type Producer = z.infer<typeof Producer>;

/** What producer and consumers of one event agree on. */
export const EventContract = z.strictObject({
  id: z.string(),
  /** Dotted, lower case: `s3.landing.orders.object_created`. */
  event: z.string(),
  version: z.int().min(1),
  source_kind: SourceKind,
  description: z.string().min(1),
  producer: Producer,
  owner: Person,
  /** DAG ids. */
  consumers: z.array(z.string()).min(1),
  payload: PayloadSchema,
  example: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  delivery: z.enum(['at_most_once', 'at_least_once', 'effectively_once']),
  partition_key: z.array(z.string()),
  dedupe_key: z.array(z.string()).min(1),
  retention: Quantity,
  /** From the event at its source to its start in Airflow. */
  slo: Quantity,
  compatibility: z.string().min(1),
  evolution: z.array(z.string().min(1)).min(1),
  evidence: z.array(z.string()),
});
export type EventContract = z.infer<typeof EventContract>;
