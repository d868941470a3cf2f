import * as z from 'zod';

export const situations = [
  'duplicates',
  'out_of_order',
  'schema_change',
  'trigger_storm',
  'silent_dead_letters',
  'source_outage',
  'replay_after_rollback',
] as const;

export const Situation = z.enum(situations);
export type Situation = z.infer<typeof Situation>;

/** What the on-call does in one situation, in this order. */
export const RunbookEntry = z.strictObject({
  situation: Situation,
  title: z.string().min(1),
  /** DAG ids that it can hit. */
  dags: z.array(z.string()),
  detect: z.array(z.string().min(1)).min(1),
  decide: z.array(z.string().min(1)).min(1),
  act: z.array(z.string().min(1)).min(1),
  verify: z.array(z.string().min(1)).min(1),
});
export type RunbookEntry = z.infer<typeof RunbookEntry>;
