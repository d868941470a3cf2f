import type { EventSystem } from '../../model/controls.js';

/** How each system holds events: what the plan has to set there, and where its numbers are read. */
export interface EventSystemRow {
  name: string;
  /** Where events wait; `{name}` is the event's name as this system may spell it. */
  queue: string;
  subscription: string;
  overflow: string;
  /** Where an event goes that was tried too often before Airflow had it. */
  dead_letter: string;
  /** How long the channel keeps an event that nobody took, as the plan sets it. */
  retention_hours: number;
  dead_letter_retention_hours: number;
  metrics: { lag: string; dead_letter_depth: string; dead_letter_age: string };
  redrive: string;
}

const failedRuns = 'the failed run itself, and a row in the dead-letter table written by on_failure_callback';

const inAirflow = {
  overflow: 'Events wait in the metadata database; a run takes all that came since the last one, so a burst becomes few runs.',
  dead_letter: failedRuns,
  retention_hours: 14 * 24,
  dead_letter_retention_hours: 14 * 24,
  metrics: {
    lag: 'SELECT count(*) of queued events per DAG in the metadata database (asset_dag_run_queue; dataset_dag_run_queue before 3.0)',
    dead_letter_depth: 'count of rows in the dead-letter table without a redrive',
    dead_letter_age: 'age of the oldest row in the dead-letter table without a redrive',
  },
  redrive: 'Clear the failed run: it keeps the events that started it. Then mark the row of the dead-letter table as redriven.',
};

const sqs = {
  overflow: 'Messages stay in the queue until the consumer takes them; nothing is dropped within the retention.',
  dead_letter: 'SQS dead-letter queue {name}-dlq (redrive policy with maxReceiveCount)',
  retention_hours: 4 * 24,
  dead_letter_retention_hours: 14 * 24,
  metrics: {
    lag: 'CloudWatch AWS/SQS ApproximateAgeOfOldestMessage of {name}',
    dead_letter_depth: 'CloudWatch AWS/SQS ApproximateNumberOfMessagesVisible of {name}-dlq',
    dead_letter_age: 'CloudWatch AWS/SQS ApproximateAgeOfOldestMessage of {name}-dlq',
  },
  redrive: 'Start a message move task from {name}-dlq to {name} (StartMessageMoveTask), slowly at first.',
};

const kafka = {
  overflow: 'Messages stay in the topic until the consumer group reads them; the lag grows, nothing is dropped within the retention.',
  dead_letter: 'Kafka topic {name}.dlq with the original key, headers, partition and offset',
  retention_hours: 7 * 24,
  dead_letter_retention_hours: 14 * 24,
  metrics: {
    lag: 'consumer group lag of {name} (kafka.consumer records-lag-max)',
    dead_letter_depth: 'messages in {name}.dlq above the redrive group’s committed offset',
    dead_letter_age: 'timestamp of the oldest message in {name}.dlq above the redrive group’s committed offset',
  },
  redrive: 'A redrive consumer group reads {name}.dlq and produces each message to {name} with its key and a header x-redrive.',
};

const pubsub = {
  overflow: 'Messages stay in the subscription until they are acknowledged; nothing is dropped within the retention.',
  dead_letter: 'Pub/Sub topic {name}-dead-letter with its own subscription (dead-letter policy with maxDeliveryAttempts)',
  retention_hours: 7 * 24,
  dead_letter_retention_hours: 14 * 24,
  metrics: {
    lag: 'pubsub.googleapis.com/subscription/oldest_unacked_message_age of {name}',
    dead_letter_depth: 'pubsub.googleapis.com/subscription/num_undelivered_messages of {name}-dead-letter',
    dead_letter_age: 'pubsub.googleapis.com/subscription/oldest_unacked_message_age of {name}-dead-letter',
  },
  redrive: 'Pull from {name}-dead-letter and publish each message to {name} again with its attributes.',
};

const serviceBus = {
  overflow: 'Messages stay in the queue until they are completed; nothing is dropped before their time to live.',
  dead_letter: 'the dead-letter subqueue {name}/$DeadLetterQueue (maxDeliveryCount)',
  retention_hours: 7 * 24,
  dead_letter_retention_hours: 14 * 24,
  metrics: {
    lag: 'Service Bus ActiveMessages of {name}',
    dead_letter_depth: 'Service Bus DeadletteredMessages of {name}',
    dead_letter_age: 'EnqueuedTimeUtc of the oldest message in {name}/$DeadLetterQueue',
  },
  redrive: 'Receive from {name}/$DeadLetterQueue, send each message to {name} again, complete the old one.',
};

export const eventSystems: Record<EventSystem, EventSystemRow> = {
  eventbridge: { name: 'EventBridge to SQS', queue: 'SQS queue {name}, target of an EventBridge rule', subscription: 'rule {name} with a retry policy and a dead-letter queue on its target', ...sqs },
  sqs: { name: 'SQS', queue: 'SQS queue {name}', subscription: 'the one consumer of {name}', ...sqs },
  kafka: { name: 'Kafka', queue: 'Kafka topic {name}', subscription: 'consumer group {name}.airflow', ...kafka },
  change_log: { name: 'change data capture to Kafka', queue: 'Kafka topic {name}, written by a log-based connector', subscription: 'consumer group {name}.airflow', ...kafka },
  pubsub: { name: 'Pub/Sub', queue: 'Pub/Sub topic {name}', subscription: 'subscription {name}-airflow with a dead-letter policy', ...pubsub },
  event_grid: { name: 'Event Grid to Service Bus', queue: 'Service Bus queue {name}, destination of an Event Grid subscription', subscription: 'event subscription {name} with retries and dead-lettering', ...serviceBus },
  service_bus: { name: 'Service Bus', queue: 'Service Bus queue {name}', subscription: 'the one receiver of {name}', ...serviceBus },
  http_gateway: {
    name: 'webhook gateway with a queue behind it',
    queue: 'a durable queue {name} behind the gateway, which answers 2xx only after the event is stored there',
    subscription: 'the one consumer of {name}',
    overflow: 'The gateway keeps answering 2xx while the queue takes events in; it answers 429 with Retry-After only when the queue refuses.',
    dead_letter: 'the dead-letter queue {name}-dlq of the queue behind the gateway',
    retention_hours: 4 * 24,
    dead_letter_retention_hours: 14 * 24,
    metrics: {
      lag: 'age of the oldest message in {name}',
      dead_letter_depth: 'messages in {name}-dlq',
      dead_letter_age: 'age of the oldest message in {name}-dlq',
    },
    redrive: 'Move the messages of {name}-dlq back to {name}, slowly at first.',
  },
  job_events: {
    name: 'completion events of the job’s own system',
    queue: 'a queue {name} that takes the completion events of the job’s system',
    subscription: 'a rule for the final states of this job',
    overflow: 'Events wait in the queue until the consumer takes them.',
    dead_letter: 'the dead-letter queue {name}-dlq',
    retention_hours: 4 * 24,
    dead_letter_retention_hours: 14 * 24,
    metrics: {
      lag: 'age of the oldest message in {name}',
      dead_letter_depth: 'messages in {name}-dlq',
      dead_letter_age: 'age of the oldest message in {name}-dlq',
    },
    redrive: 'Move the messages of {name}-dlq back to {name}, or read the state of the job run and send its event again.',
  },
  file_agent: {
    name: 'agent on the file server',
    queue: 'a queue {name} into which the agent on the file server writes when a file is complete',
    subscription: 'the one consumer of {name}',
    overflow: 'Events wait in the queue until the consumer takes them.',
    dead_letter: 'the dead-letter queue {name}-dlq',
    retention_hours: 4 * 24,
    dead_letter_retention_hours: 14 * 24,
    metrics: {
      lag: 'age of the oldest message in {name}',
      dead_letter_depth: 'messages in {name}-dlq',
      dead_letter_age: 'age of the oldest message in {name}-dlq',
    },
    redrive: 'Move the messages of {name}-dlq back to {name}; the agent can list the folder and send what is missing.',
  },
  airflow_assets: { name: "Airflow's asset events", queue: "Airflow's queue of asset events in its metadata database", subscription: 'the DAG’s own schedule', ...inAirflow },
  airflow_runs: {
    name: 'runs that the sender starts',
    queue: 'queued runs of the DAG in the metadata database',
    subscription: 'the sender’s TriggerDagRunOperator or REST call, with a run id made of the dedupe key',
    ...inAirflow,
    overflow: 'Runs wait in state queued until max_active_runs lets them start.',
    metrics: { ...inAirflow.metrics, lag: 'age of the oldest run in state queued (dag_run.queued_at)' },
  },
};
