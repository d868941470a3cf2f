import { atMost, lower, type Judgement } from '../candidate.js';
import { isMidDag, type WaitingTask } from '../sensors.js';
import { sqlOfTask } from '../sql/of-task.js';
import { tablesInSql } from '../sql/tables.js';
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
    const { fields, judgement } = readFields(waiting);
    return [sensorDraft(waiting, context, { kind, fields: { ...fields, ...tableOf(waiting) }, judgement: judgeProbe(fields, judgement) })];
  },
};

/** Last parts of addresses that tell whether a service is up, which is no news about data. */
const probes = /(?:^|\/)(?:health|healthz|healthcheck|livez|readyz|alive|ping|status|up)\/?$/i;

function judgeProbe({ endpoint }: Record<string, string>, judgement: Judgement): Judgement {
  if (endpoint === undefined || !probes.test(endpoint)) return judgement;
  return atMost(judgement, 'low', `${endpoint} looks like a health check: that a service is up is a condition, not an event`);
}

/** The tables that a polled statement reads: they name the source better than its text does. */
function tableOf({ sensor, task }: WaitingTask): Record<string, string> {
  if (sensor.category !== 'row_change') return {};
  const tables = [...new Set(sqlOfTask(task).flatMap(({ text }) => tablesInSql(text).reads))];
  return tables.length === 0 ? {} : { table: tables.join(', ') };
}

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
