import { createRequire } from 'node:module';
import type { Confidence, SourceKind } from '../model/analysis.js';

export type SensorCategory =
  | 'custom_code'
  | 'dag_completion'
  | 'email'
  | 'file_arrival'
  | 'http_state'
  | 'human_or_ticket'
  | 'infra_state'
  | 'job_completion'
  | 'message'
  | 'metric_event'
  | 'object_created'
  | 'object_quiescence'
  | 'object_updated'
  | 'partition_added'
  | 'queue_empty'
  | 'replication_state'
  | 'repo_event'
  | 'row_change'
  | 'table_created'
  | 'time';

/** What one sensor class waits for, and the event that says the same. A row of `sensors.json`. */
export interface SensorKnowledge {
  class: string;
  module: string;
  /** Names that the class had in old releases. */
  old_names: readonly string[];
  category: SensorCategory;
  /** Null when only the task's own code says what it waits for, or nothing announces it. */
  source_kind: SourceKind | null;
  has_event: boolean;
  event: string;
  confidence: Confidence;
  /** Field of a trigger candidate to the keyword argument that gives it. */
  fields: Readonly<Record<string, string>>;
  /** Whether the class always defers to the triggerer. */
  is_deferred: boolean;
}

/** The table of sensor classes; its rows are ours and are checked against their shape by a test. */
export const sensorTable = createRequire(import.meta.url)('./sensors.json') as readonly SensorKnowledge[];

const sensorsByName: ReadonlyMap<string, SensorKnowledge> = new Map(
  sensorTable.flatMap((row) => [row.class, ...row.old_names].map((name) => [name, row] as const)),
);

/** The row of a sensor class by its name. */
export function sensorNamed(name: string): SensorKnowledge | undefined {
  return sensorsByName.get(name);
}
