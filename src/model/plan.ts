import * as z from 'zod';
import { AnalysisDocument, SourceKind } from './analysis.js';
import { UserContext } from './context.js';
import { EventContract } from './contract.js';
import { Controls, Person, Quantity } from './controls.js';
import { RunbookEntry } from './runbook.js';

export const Mode = z.enum(['cron', 'hybrid', 'event']);
export type Mode = z.infer<typeof Mode>;

/** Who wrote a part of the plan. */
export const Author = z.enum(['rules', 'claude']);
export type Author = z.infer<typeof Author>;

export const Canary = z.strictObject({
  text: z.string().min(1),
  metric: z.string().min(1),
  hours: z.int().min(1),
  stop_rule: z.string().min(1),
});
export type Canary = z.infer<typeof Canary>;

/** The way back to cron. */
export const Rollback = z.strictObject({
  switch: z.string().min(1),
  to: z.enum(['cron', 'hybrid']),
  steps: z.array(z.string().min(1)).min(1),
  minutes: z.int().min(1),
  replay: z.string().min(1),
});
export type Rollback = z.infer<typeof Rollback>;

export const StageTrigger = z.strictObject({
  source_kind: SourceKind,
  /** Candidate ids that start the DAG. */
  candidates: z.array(z.string()),
  join: z.enum(['single', 'all', 'any', 'mixed']),
  text: z.string(),
  mechanism: z.string(),
});
export type StageTrigger = z.infer<typeof StageTrigger>;

/** The plan for one DAG. */
export const Stage = z.strictObject({
  id: z.string(),
  dag_id: z.string(),
  /** The number of the phase in which the DAG reaches its last mode; 0 = stays where it is. */
  wave: z.int().min(0),
  /** What starts it today; `hybrid` = a clock and assets at once. */
  today: z.enum(['cron', 'hybrid', 'event', 'manual', 'unknown']),
  target: z.enum(['cron', 'hybrid', 'event', 'manual']),
  /** Why it stays on cron; empty when it moves. */
  stay_reason: z.string(),
  trigger: StageTrigger.nullable(),
  delivery: z.enum(['at_most_once', 'at_least_once', 'effectively_once']),
  delivery_reason: z.string(),
  dedupe_key: z.array(z.string()),
  replay: z.string(),
  /** DAG ids that must be observable (emit an event, or stay on a clock that is kept) before this one leaves cron. */
  waits_on: z.array(z.string()),
  /** Hazard ids and how the plan meets each. */
  hazards: z.array(z.strictObject({ hazard: z.string(), answer: z.string() })),
  questions: z.array(z.string()),
  rationale: z.string(),
  /** How it is run on events; null where no event starts it at the end of the plan. */
  controls: Controls.nullable(),
  author: Author,
});
export type Stage = z.infer<typeof Stage>;

/** A step of the migration: which stages change mode, how it is tried and how it is undone. */
export const Phase = z.strictObject({
  id: z.string(),
  number: z.int().min(1),
  /** `observe`: DAGs begin to announce their success, no mode changes. The others carry the mode that they move to. */
  kind: z.enum(['observe', 'hybrid', 'event']),
  title: z.string(),
  goal: z.string(),
  /** Stages that begin to announce their success in this phase: filled in `observe` phases only. */
  emits: z.array(z.string()),
  /** Stages that change mode: empty in `observe` phases only. */
  changes: z.array(z.strictObject({ stage: z.string(), from: Mode, to: Mode })),
  entry: z.array(z.string()).min(1),
  exit: z.array(z.string()).min(1),
  /** What has to be done before the phase begins. */
  tasks: z.array(z.strictObject({ text: z.string().min(1), effort: Quantity })),
  /** Who says that the phase begins, ends or goes back. */
  decides: Person,
  canary: Canary,
  rollback: Rollback,
  author: Author,
});
export type Phase = z.infer<typeof Phase>;

/** What happened when Claude was asked. */
export const Refinement = z.strictObject({
  status: z.enum(['not_asked', 'applied', 'partly_applied', 'rejected', 'failed']),
  detail: z.string(),
  model: z.string(),
  effort: z.string(),
  /** Version of the SDK, and of the words that were sent. */
  sdk: z.string(),
  prompt_version: z.string(),
  /** Answers that were used: of the service, and of the store of earlier answers. */
  calls: z.int().min(0),
  cache_hits: z.int().min(0),
  /** Times that a part was asked for again because it broke an invariant. */
  repairs: z.int().min(0),
  input_tokens: z.int(),
  output_tokens: z.int(),
  cost_usd: z.number(),
  /** `reason`: what Claude says about the stage; empty where it says nothing. */
  changes: z.array(z.strictObject({ path: z.string(), before: z.string(), after: z.string(), reason: z.string() })),
  refused: z.array(z.string()),
});
export type Refinement = z.infer<typeof Refinement>;

/** What a plan is worth, in parts that say why. Shares are 0 to 1. */
export const PlanScore = z.strictObject({
  /** 0 to 100. */
  total: z.number(),
  parts: z.array(
    z.strictObject({
      name: z.enum(['sound', 'placed', 'hazards_met', 'known_operation', 'wait_removed', 'parallel', 'answered']),
      share: z.number(),
      weight: z.number(),
    }),
  ),
});
export type PlanScore = z.infer<typeof PlanScore>;

/** The migration, phase by phase, with the analysis that it rests on. */
export const PlanDocument = z.strictObject({
  schema: z.literal('dag2event/plan'),
  schema_version: z.string(),
  tool_version: z.string(),
  analysis: AnalysisDocument,
  summary: z.string(),
  stages: z.array(Stage),
  phases: z.array(Phase),
  contracts: z.array(EventContract),
  runbook: z.array(RunbookEntry),
  /** What the user's context file says, as it was read; empty without one. */
  context: UserContext,
  questions: z.array(z.strictObject({ question: z.string(), unlocks: z.array(z.string()) })),
  refinement: Refinement,
  score: PlanScore,
});
export type PlanDocument = z.infer<typeof PlanDocument>;
