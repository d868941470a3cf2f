import type { UserContext } from '../../model/context.js';

type Cloud = NonNullable<NonNullable<UserContext['platform']>['cloud']>;

/** Where keys of done work can be kept: every one of these refuses a second insert of the same key. */
export const keyStores: Record<Cloud, string> = {
  aws: 'DynamoDB table dag2event_keys (dag_id, key), written by a conditional put, with a time to live',
  gcp: 'Firestore collection dag2event_keys, one document per dag_id and key, written by create, with a time to live',
  azure: 'Cosmos DB container dag2event_keys (dag_id, key), written by create, with a time to live',
  other: 'a table dag2event_keys with a unique constraint on (dag_id, key) in a database that the tasks reach',
};
