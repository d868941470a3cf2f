/** An operator whose argument says whether it appends. `fallback` is its default. */
export interface WriteModeRow {
  class: string;
  /** Path to the argument through nested dictionaries. */
  argument: readonly string[];
  fallback: string;
  appends: readonly string[];
  /** Modes that empty the target first. */
  overwrites: readonly string[];
  /** Paths to the arguments that name the target. */
  target: readonly (readonly string[])[];
}

export const writeModes: readonly WriteModeRow[] = [
  { class: 'GCSToBigQueryOperator', argument: ['write_disposition'], fallback: 'WRITE_EMPTY', appends: ['WRITE_APPEND'], overwrites: ['WRITE_TRUNCATE'], target: [['destination_project_dataset_table']] },
  { class: 'BigQueryToBigQueryOperator', argument: ['write_disposition'], fallback: 'WRITE_EMPTY', appends: ['WRITE_APPEND'], overwrites: ['WRITE_TRUNCATE'], target: [['destination_project_dataset_table']] },
  { class: 'BigQueryExecuteQueryOperator', argument: ['write_disposition'], fallback: 'WRITE_EMPTY', appends: ['WRITE_APPEND'], overwrites: ['WRITE_TRUNCATE'], target: [['destination_dataset_table']] },
  { class: 'BigQueryInsertJobOperator', argument: ['configuration', 'query', 'writeDisposition'], fallback: '', appends: ['WRITE_APPEND'], overwrites: ['WRITE_TRUNCATE'], target: [['configuration', 'query', 'destinationTable']] },
  { class: 'BigQueryInsertJobOperator', argument: ['configuration', 'load', 'writeDisposition'], fallback: '', appends: ['WRITE_APPEND'], overwrites: ['WRITE_TRUNCATE'], target: [['configuration', 'load', 'destinationTable']] },
  { class: 'S3ToRedshiftOperator', argument: ['method'], fallback: 'APPEND', appends: ['APPEND'], overwrites: ['REPLACE'], target: [['schema'], ['table']] },
];

/** An operator that does something to the outside at every run. */
export interface SideEffectRow {
  class: string;
  effect: string;
  /** It has the effect only when the argument has none of these values (`method='GET'` reads). */
  unless?: { argument: string; values: readonly string[] };
}

const readMethods = { argument: 'method', values: ['GET', 'HEAD', 'OPTIONS'] };

export const sideEffects: readonly SideEffectRow[] = [
  { class: 'EmailOperator', effect: 'sends a mail' },
  { class: 'SlackAPIPostOperator', effect: 'posts to Slack' },
  { class: 'SlackAPIFileOperator', effect: 'posts a file to Slack' },
  { class: 'SlackWebhookOperator', effect: 'posts to Slack' },
  { class: 'SqlToSlackWebhookOperator', effect: 'posts to Slack' },
  { class: 'SqlToSlackApiFileOperator', effect: 'posts a file to Slack' },
  { class: 'TelegramOperator', effect: 'sends a Telegram message' },
  { class: 'DiscordWebhookOperator', effect: 'posts to Discord' },
  { class: 'MSTeamsWebhookOperator', effect: 'posts to Teams' },
  { class: 'PagerdutyEventsOperator', effect: 'raises a PagerDuty event' },
  { class: 'OpsgenieCreateAlertOperator', effect: 'raises an Opsgenie alert' },
  { class: 'JiraOperator', effect: 'changes Jira' },
  { class: 'HttpOperator', effect: 'calls an HTTP endpoint that may change something', unless: readMethods },
  { class: 'SimpleHttpOperator', effect: 'calls an HTTP endpoint that may change something', unless: readMethods },
  { class: 'SnsPublishOperator', effect: 'publishes to SNS' },
  { class: 'SqsPublishOperator', effect: 'sends to a queue' },
  { class: 'PubSubPublishMessageOperator', effect: 'publishes to Pub/Sub' },
  { class: 'ProduceToTopicOperator', effect: 'writes to a Kafka topic' },
  { class: 'EventBridgePutEventsOperator', effect: 'puts events on a bus' },
  { class: 'AzureServiceBusSendMessageOperator', effect: 'sends to Service Bus' },
];

/** Calls in task code with an effect on the outside, by the end of their dotted name. */
export const sideEffectCalls: readonly { name: string; effect: string }[] = [
  { name: 'requests.post', effect: 'posts to an HTTP endpoint' },
  { name: 'httpx.post', effect: 'posts to an HTTP endpoint' },
  { name: 'send_email', effect: 'sends a mail' },
  { name: 'chat_postMessage', effect: 'posts to Slack' },
  { name: 'sendmail', effect: 'sends a mail' },
  { name: 'put_events', effect: 'puts events on a bus' },
];

/** Last words of addresses that are only asked, though by POST: tokens, searches and lists. */
const askedEndpoints: ReadonlySet<string> = new Set([
  'access_token', 'auth', 'authenticate', 'count', 'get', 'graphql', 'list', 'login', 'oauth', 'oauth2', 'query', 'search', 'status', 'token',
]);

/** Whether an address is one that a POST only asks: by the last word of its path, as APIs name such. */
export function isAskedEndpoint(address: string): boolean {
  const path = address.replace(/[?#].*$/, '').replace(/\/+$/, '');
  const last = path.slice(path.lastIndexOf('/') + 1);
  return askedEndpoints.has(last.toLowerCase());
}
