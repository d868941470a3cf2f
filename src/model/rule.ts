import * as z from 'zod';

/** A small DAG file that shows a rule, for the Airflow version that its imports are of. */
export const RuleExample = z.strictObject({ airflow: z.string(), source: z.string() });
export type RuleExample = z.infer<typeof RuleExample>;

/** What a rule says about itself: all that `explain` prints, and what its tests run. */
export const RuleDoc = z.strictObject({
  /** Stable for ever: hazards are `H1`, `H2`, ...; check rules are `D2E001`, `D2E002`, ... */
  id: z.string(),
  kind: z.enum(['hazard', 'check']),
  title: z.string(),
  /** A hazard's usual severity or a check's level. */
  level: z.enum(['high', 'medium', 'low', 'error', 'warning', 'note']),
  /** Which Airflow versions it is about. */
  versions: z.string(),
  why: z.string(),
  cure: z.string(),
  bad: RuleExample,
  good: RuleExample,
});
export type RuleDoc = z.infer<typeof RuleDoc>;
