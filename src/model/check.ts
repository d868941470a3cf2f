import * as z from 'zod';
import { AirflowVersion } from './graph.js';
import { Finding } from './analysis.js';

/** `new` counts for the verdict; the others are shown with the reason why they don't. */
export const FindingState = z.enum(['new', 'baseline', 'suppressed']);
export type FindingState = z.infer<typeof FindingState>;

export const CheckedFinding = Finding.extend({
  state: FindingState,
  /** Why it doesn't count: the reason given in the comment or in the baseline; null for a new one. */
  justification: z.string().nullable(),
  /** Changed files that a finding in an unchanged file rests on; empty when nothing was compared. */
  because_of: z.array(z.string()),
});
export type CheckedFinding = z.infer<typeof CheckedFinding>;

/** What was judged: everything, or what is new since a commit. `reason` says why everything, where a comparison was wanted. */
export const CheckScope = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('all'), reason: z.string() }),
  z.strictObject({ kind: z.literal('changed'), base: z.string(), commit: z.string(), changed_files: z.array(z.string()) }),
]);
export type CheckScope = z.infer<typeof CheckScope>;

/** A rule that failed: a bug of this tool. `file` is the one whose DAGs it failed at, where that is known. */
export const RuleBug = z.strictObject({ rule: z.string(), file: z.string().nullable(), text: z.string() });
export type RuleBug = z.infer<typeof RuleBug>;

export const CheckCounts = z.strictObject({
  error: z.int(),
  warning: z.int(),
  note: z.int(),
  /** Known by the baseline. */
  baseline: z.int(),
  /** Suppressed by a comment. */
  suppressed: z.int(),
  /** There before the change as well, and left out. */
  unchanged: z.int(),
});
export type CheckCounts = z.infer<typeof CheckCounts>;

/** The result of a check: what every output format starts from. */
export const CheckDocument = z.strictObject({
  schema: z.literal('dag2event/check'),
  schema_version: z.string(),
  tool_version: z.string(),
  name: z.string(),
  airflow_version: AirflowVersion,
  /** DAGs that were looked at. */
  dags: z.int(),
  scope: CheckScope,
  /** Folder of the places' files in the checkout, with a slash at its end; empty for its root. */
  prefix: z.string(),
  counts: CheckCounts,
  /** By place, then rule. */
  findings: z.array(CheckedFinding),
  /** What could not be looked at. */
  incomplete: z.array(z.string()),
  bugs: z.array(RuleBug),
  /** 0 clean, 1 findings, 3 incomplete. */
  exit_code: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
});
export type CheckDocument = z.infer<typeof CheckDocument>;

/** A finding that a team has accepted: it doesn't count until it is gone. */
export const BaselineEntry = z.strictObject({
  fingerprint: z.string(),
  rule: z.string(),
  dag_id: z.string().nullable(),
  task_id: z.string().nullable(),
  /** As it was when the baseline was written: for the reader, not for the comparison. */
  message: z.string(),
  reason: z.string().optional(),
  owner: z.string().optional(),
  /** The last day (YYYY-MM-DD) on which it counts. */
  expires: z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write the date as YYYY-MM-DD').optional(),
});
export type BaselineEntry = z.infer<typeof BaselineEntry>;

export const BaselineDocument = z.strictObject({
  schema: z.literal('dag2event/baseline'),
  schema_version: z.string(),
  entries: z.array(BaselineEntry),
});
export type BaselineDocument = z.infer<typeof BaselineDocument>;

export const RuleLevel = z.enum(['off', 'note', 'warning', 'error']);
export type RuleLevel = z.infer<typeof RuleLevel>;

export const PresetName = z.enum(['recommended', 'strict']);
export type PresetName = z.infer<typeof PresetName>;

/** How findings are judged: a preset, levels by rule, and other levels for some paths or tags. The last that matches wins. */
export const CheckSettings = z.strictObject({
  preset: PresetName.default('recommended').describe('recommended: what is right nearly always; strict: everything, one level higher'),
  rules: z.record(z.string(), RuleLevel).default({}).describe('Level of a rule by its id'),
  overrides: z
    .array(
      z.strictObject({
        paths: z.array(z.string().min(1)).min(1).optional().describe('Files, as in .gitignore'),
        tags: z.array(z.string().min(1)).min(1).optional().describe('DAGs with one of these tags'),
        rules: z.record(z.string(), RuleLevel),
      }),
    )
    .default([])
    .describe('Other levels for some files or DAGs; with paths and tags, both must match'),
});
export type CheckSettings = z.infer<typeof CheckSettings>;
