import { lower } from '../candidate.js';
import { isMidDag } from '../sensors.js';
import type { SensorDetector } from './detector.js';
import { readFields, sensorDraft } from './sensor-draft.js';

/** Sensors whose arguments name the source: messages, rows, partitions, tables, files, HTTP, tickets. */
export const tableDrivenSensors: SensorDetector = {
  categories: [
    'message',
    'row_change',
    'partition_added',
    'table_created',
    'file_arrival',
    'http_state',
    'human_or_ticket',
    'repo_event',
    'metric_event',
    'email',
  ],
  detect(waiting, context) {
    const kind = waiting.sensor.source_kind;
    if (kind === null || !waiting.sensor.has_event) return [];
    return [sensorDraft(waiting, context, { kind, ...readFields(waiting) })];
  },
};

/** Sensors that wait for a job or a piece of infrastructure. */
export const jobSensors: SensorDetector = {
  categories: ['job_completion', 'infra_state'],
  detect(waiting, context) {
    const kind = waiting.sensor.source_kind;
    if (kind === null || !waiting.sensor.has_event) return [];
    const { fields, judgement } = readFields(waiting);
    const own = 'work before it in this DAG may have started what it waits for: then the event continues a run and starts none';
    const judged = isMidDag(waiting.task, waiting.topology) ? lower(judgement, own) : judgement;
    return [sensorDraft(waiting, context, { kind, fields, judgement: judged })];
  },
};
