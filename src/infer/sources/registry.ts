import type { SensorCategory } from '../../knowledge/sensors.js';
import type { CandidateDraft } from '../candidate.js';
import type { DagFacts, InferContext } from '../context.js';
import { scheduledAssets } from './assets.js';
import { changePolling } from './change-polling.js';
import { customSensors, pollingLoops } from './custom-code.js';
import { dagSensors } from './dag-sensors.js';
import { dagTriggers } from './dag-triggers.js';
import type { DagDetector, SensorDetector } from './detector.js';
import { objectSensors } from './objects.js';
import { jobSensors, tableDrivenSensors } from './table-driven.js';

/** Detectors of waiting tasks. A category belongs to one of them; categories without one wait for nothing but time. */
export const sensorDetectors: readonly SensorDetector[] = [objectSensors, tableDrivenSensors, jobSensors, dagSensors, customSensors];

/** Detectors of what starts a DAG as a whole. */
export const dagDetectors: readonly DagDetector[] = [scheduledAssets, dagTriggers, pollingLoops, changePolling];

/** Everything that the detectors find for one DAG: what starts it as a whole first, then its tasks in their order. */
export function detectSources(facts: DagFacts, context: InferContext): CandidateDraft[] {
  const byCategory = new Map<SensorCategory, SensorDetector>(
    sensorDetectors.flatMap((detector) => detector.categories.map((category) => [category, detector] as const)),
  );
  return [
    ...dagDetectors.flatMap((detect) => detect(facts, context)),
    ...facts.waiting.flatMap((waiting) => byCategory.get(waiting.sensor.category)?.detect(waiting, context) ?? []),
  ];
}
