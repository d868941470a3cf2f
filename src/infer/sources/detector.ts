import type { SensorCategory } from '../../knowledge/sensors.js';
import type { CandidateDraft } from '../candidate.js';
import type { DagFacts, InferContext } from '../context.js';
import type { WaitingTask } from '../sensors.js';

/** Finds what a waiting task of certain categories waits for. */
export interface SensorDetector {
  categories: readonly SensorCategory[];
  detect(waiting: WaitingTask, context: InferContext): CandidateDraft[];
}

/** Finds what could start a DAG as a whole. */
export type DagDetector = (facts: DagFacts, context: InferContext) => CandidateDraft[];
