/** How a trigger of an AssetWatcher takes events from where they wait. */
export interface WatcherTriggerRow {
  /** The class, and for the general message trigger the scheme that it is given. */
  class: string;
  scheme?: string;
  /** The argument that says whether an event is taken away when it is seen; absent where nothing decides that. */
  switch?: string;
  /** Its default; without a switch whether events are taken away. */
  takesAway: boolean;
  /** What happens to an event that was seen while its run fails. */
  taken: string;
  /** What happens when the switch is off. */
  left: string;
  /** Arguments that name the place: two watchers with the same are two readers of one place. */
  place: readonly string[];
}

const sqs = {
  switch: 'delete_message_on_reception',
  takesAway: true,
  taken: 'deletes each message when it receives it, before any task has run',
  left: 'leaves messages in the queue, so that each comes again after its visibility timeout',
  place: ['sqs_queue', 'queue'],
};
const kafka = {
  switch: 'commit_offset',
  takesAway: true,
  taken: 'commits the offset when it has seen a message, before any task has run',
  left: 'commits no offset, so that a restarted triggerer reads the same messages again',
  place: ['topics', 'queue'],
};
const pubsub = {
  switch: 'ack_messages',
  takesAway: true,
  taken: 'acknowledges each message when it is pulled, before any task has run',
  left: 'acknowledges nothing, so that each message comes again',
  place: ['subscription'],
};
const redis = {
  takesAway: true,
  taken: 'listens to a channel that keeps nothing: what is sent while no triggerer listens is gone',
  left: '',
  place: ['channels'],
};
const servicebus = {
  takesAway: true,
  taken: 'completes each message when it is received, before any task has run',
  left: '',
  place: ['queues', 'topics'],
};

/**
 * The triggers of the providers that an asset can be watched with. Sources: the trigger modules of the providers amazon
 * 9.7, apache.kafka 1.9, google 19.5, redis 4.3, microsoft.azure 13.0 and standard 1.0.
 */
export const watcherTriggers: readonly WatcherTriggerRow[] = [
  { class: 'MessageQueueTrigger', scheme: 'sqs', ...sqs },
  { class: 'SqsSensorTrigger', ...sqs },
  { class: 'MessageQueueTrigger', scheme: 'kafka', ...kafka },
  { class: 'KafkaMessageQueueTrigger', ...kafka },
  { class: 'AwaitMessageTrigger', ...kafka },
  { class: 'MessageQueueTrigger', scheme: 'google+pubsub', ...pubsub },
  { class: 'PubsubPullTrigger', ...pubsub },
  { class: 'MessageQueueTrigger', scheme: 'redis+pubsub', ...redis },
  { class: 'MessageQueueTrigger', scheme: 'azure+servicebus', ...servicebus },
  { class: 'AzureServiceBusQueueTrigger', ...servicebus },
  { class: 'AzureServiceBusSubscriptionTrigger', ...servicebus },
  { class: 'FileDeleteTrigger', takesAway: true, taken: 'deletes the file when it sees it, before any task could read it', left: '', place: ['filepath'] },
];
