import * as z from 'zod';
import { SourceKind } from './analysis.js';

/** Which DAGs an entry is about. `*` stands for any characters; at least one list is given. */
const selector = {
  dags: z.array(z.string().min(1)).optional().describe('DAG ids, * stands for any characters'),
  tags: z.array(z.string().min(1)).optional().describe('tags of DAGs'),
  paths: z.array(z.string().min(1)).optional().describe('files in the repository, * stands for any characters'),
};

/** An entry about some DAGs: one that names none would silently be about nobody. */
function about<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject({ ...selector, ...shape })
    .refine((entry) => Object.keys(selector).some((key) => key in entry), 'name the DAGs by dags, tags or paths');
}

const positive = z.number().positive();

export const EventSource = z.strictObject({
  kind: SourceKind.exclude(['clock', 'asset', 'dag_completion']).describe('what happens there'),
  match: z.record(z.string(), z.string().min(1)).describe('fields that identify it, e.g. bucket, topic, queue, table; * stands for any characters'),
  channel: z.string().min(1).optional().describe('the bus, topic or queue on which its events already come'),
  consumer: z.string().min(1).optional().describe('the rule, subscription or consumer group for Airflow'),
  owner: z.string().min(1).optional().describe('who answers for the source'),
  starts: z.array(z.string().min(1)).optional().describe('DAGs of which you know that they wait for it'),
  'retention-hours': positive.optional().describe('how long the channel keeps an event'),
  'events-per-hour': positive.optional(),
  'burst-per-minute': positive.optional(),
  ordered: z.boolean().optional().describe('whether events of one key come in their order'),
});
export type EventSource = z.infer<typeof EventSource>;

/** What the team knows and no code says: `dag2event.context.yaml`. */
export const UserContext = z.strictObject({
  namespace: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/).optional().describe('prefix of event types, e.g. com.example.data'),
  platform: z
    .strictObject({
      cloud: z.enum(['aws', 'gcp', 'azure', 'other']).optional(),
      executor: z.string().min(1).optional(),
      brokers: z.array(z.enum(['eventbridge', 'sqs', 'kafka', 'pubsub', 'service_bus', 'event_grid'])).optional().describe('what may be used'),
      'key-store': z.string().min(1).optional().describe('where keys of done work can be kept'),
      'dead-letter-store': z.string().min(1).optional(),
    })
    .optional(),
  'event-sources': z.array(EventSource).optional(),
  throughput: z.array(about({ 'events-per-hour': positive, 'burst-per-minute': positive.optional() })).optional(),
  latency: z.array(about({ minutes: positive.describe('from the event to the finished data') })).optional(),
  cadence: z
    .array(about({ 'every-event': z.boolean().describe('whether a run after each event is wanted, however many there are') }))
    .optional(),
  'failure-tolerance': z
    .array(z.strictObject({ ...selector, loss: z.enum(['never', 'tolerable']).optional(), duplicates: z.enum(['never', 'tolerable']).optional() }))
    .optional(),
  incidents: z.array(about({ what: z.string().min(1) })).optional(),
  owners: z.array(about({ owner: z.string().min(1), 'on-call': z.string().min(1).optional() })).optional(),
  'freeze-windows': z.array(z.strictObject({ when: z.string().min(1), why: z.string().optional() })).optional(),
});
export type UserContext = z.infer<typeof UserContext>;

/** Which DAGs an entry is about. */
export interface Selector {
  dags?: string[] | undefined;
  tags?: string[] | undefined;
  paths?: string[] | undefined;
}
