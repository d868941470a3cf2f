import type { Sink } from '../model/analysis.js';

interface LoadMode {
  mode: Sink['mode'];
  second: Sink['second_delivery'];
  reason: string;
}

/** How an operator that loads a table does it when nothing is said, and arguments that make it do otherwise. */
export interface LoadModeRow extends LoadMode {
  class: string;
  /** The first that holds; without values it holds when the argument is given and not false. */
  switches: readonly (LoadMode & { argument: string; values: readonly string[] })[];
}

const append: LoadMode = { mode: 'append', second: 'harmful', reason: 'it inserts rows and looks at none that are there' };
const overwrite: LoadMode = { mode: 'overwrite', second: 'harmless', reason: 'it replaces the table' };
const partition: LoadMode = { mode: 'overwrite_partition', second: 'harmless', reason: 'it overwrites the partition that it names' };
const merge: LoadMode = { mode: 'merge', second: 'harmless', reason: 'rows with a known key are replaced or passed over' };
const remembers: LoadMode = { mode: 'merge', second: 'harmless', reason: 'files that it has loaded are remembered and passed over' };

/** `LOAD DATA ... OVERWRITE INTO TABLE`, by the operators' own default. */
const intoHive = { ...overwrite, reason: 'it overwrites the table', switches: [{ argument: 'partition', values: [], ...partition }, { argument: 'recreate', values: [], ...overwrite }] };
const replacing = [{ argument: 'replace', values: [], ...merge }];

export const loadModes: readonly LoadModeRow[] = [
  { class: 'SQLInsertRowsOperator', ...append, switches: replacing },
  { class: 'GenericTransfer', ...append, switches: [{ argument: 'preoperator', values: [], mode: 'unknown', second: 'unknown', reason: 'what its preoperator clears is not looked at' }] },
  { class: 'BigQueryToMySqlOperator', ...append, switches: replacing },
  { class: 'BigQueryToPostgresOperator', ...append, switches: replacing },
  { class: 'BigQueryToMsSqlOperator', ...append, switches: [] },
  { class: 'HiveToMySqlOperator', ...append, switches: [{ argument: 'mysql_preoperator', values: [], mode: 'unknown', second: 'unknown', reason: 'what its preoperator clears is not looked at' }] },
  { class: 'PrestoToMySqlOperator', ...append, switches: [{ argument: 'mysql_preoperator', values: [], mode: 'unknown', second: 'unknown', reason: 'what its preoperator clears is not looked at' }] },
  { class: 'TrinoToMySqlOperator', ...append, switches: [{ argument: 'mysql_preoperator', values: [], mode: 'unknown', second: 'unknown', reason: 'what its preoperator clears is not looked at' }] },
  { class: 'VerticaToMySqlOperator', ...append, switches: [{ argument: 'mysql_preoperator', values: [], mode: 'unknown', second: 'unknown', reason: 'what its preoperator clears is not looked at' }] },
  { class: 'OracleToOracleOperator', ...append, switches: [] },
  { class: 'TeradataToTeradataOperator', ...append, switches: [] },
  { class: 'GCSToTrinoOperator', ...append, switches: [] },
  { class: 'GCSToPrestoOperator', ...append, switches: [] },
  { class: 'S3ToSqlOperator', ...append, switches: [] },
  { class: 'S3ToMySqlOperator', ...append, switches: [{ argument: 'mysql_duplicate_key_handling', values: ['REPLACE', 'IGNORE'], ...merge }] },
  { class: 'S3ToHiveOperator', ...intoHive },
  { class: 'MySqlToHiveOperator', ...intoHive },
  { class: 'MsSqlToHiveOperator', ...intoHive },
  { class: 'VerticaToHiveOperator', ...intoHive },
  { class: 'CopyFromExternalStageToSnowflakeOperator', ...remembers, switches: [{ argument: 'copy_options', values: ['FORCE=TRUE', 'FORCE = TRUE'], ...append }] },
  { class: 'DatabricksCopyIntoOperator', ...remembers, switches: [{ argument: 'force_copy', values: [], ...append }] },
  { class: 'BigQueryCreateEmptyTableOperator', mode: 'overwrite', second: 'harmless', reason: 'it only names columns', switches: [] },
  { class: 'BigQueryCreateTableOperator', mode: 'overwrite', second: 'harmless', reason: 'it only names columns', switches: [] },
  { class: 'BigQueryCreateExternalTableOperator', mode: 'overwrite', second: 'harmless', reason: 'it only says where the data lies', switches: [] },
];

/** Operators that fail when the object is there already, unless `replace` is set; by the default of the Amazon provider it isn't. */
export const refusesExisting: ReadonlySet<string> = new Set([
  'S3CreateObjectOperator', 'S3FileTransformOperator', 'LocalFilesystemToS3Operator', 'SqlToS3Operator', 'HttpToS3Operator', 'ExasolToS3Operator',
  'FTPToS3Operator', 'SFTPToS3Operator', 'SalesforceToS3Operator', 'MongoToS3Operator',
]);

/** Operators that pass over objects that are there already, unless `replace` is set. */
export const keepsExisting: ReadonlySet<string> = new Set(['GCSToS3Operator', 'AzureBlobStorageToS3Operator']);
