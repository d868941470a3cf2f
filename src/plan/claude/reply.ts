import * as z from 'zod';

/**
 * What Claude may say: nothing that code can compute. Every field is there, without unions or nesting beyond need,
 * since the grammar that enforces the shape is small.
 */
export const Reply = z.object({
  stages: z.array(
    z.object({
      id: z.string(),
      target: z.enum(['cron', 'hybrid', 'event']),
      candidates: z.array(z.string()),
      join: z.enum(['single', 'all', 'any', 'mixed']),
      dedupe_key: z.array(z.string()),
      rationale: z.string(),
      questions: z.array(z.string()),
    }),
  ),
  phases: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      goal: z.string(),
      canary: z.object({ text: z.string(), metric: z.string(), hours: z.int(), stop_rule: z.string() }),
      rollback: z.object({ steps: z.array(z.string()), minutes: z.int(), replay: z.string() }),
    }),
  ),
});
export type Reply = z.infer<typeof Reply>;
export type StageReply = Reply['stages'][number];
export type PhaseReply = Reply['phases'][number];
