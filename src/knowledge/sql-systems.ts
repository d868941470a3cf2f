/** Database systems whose SQL tasks run, and what tells their tables apart. */
export type SqlSystemName =
  | 'athena' | 'bigquery' | 'clickhouse' | 'databricks' | 'druid' | 'exasol' | 'hive' | 'mssql' | 'mysql' | 'oracle' | 'postgres' | 'redshift'
  | 'snowflake' | 'spanner' | 'sqlite' | 'teradata' | 'trino' | 'vertica';

export interface SqlSystem {
  /** How people write it. */
  title: string;
  /** The SQL parser's dialect. */
  dialect: 'bigquery' | 'snowflake' | 'redshift' | 'postgres' | 'mysql' | 'spark' | 'hive' | 'trino' | 'athena' | 'databricks' | 'clickhouse' | 'oracle' | 'sqlite' | 'teradata' | 'tsql' | 'generic';
  /** Parts of a full table name. */
  parts: number;
  /** From so many parts on, a name means the same table over every connection; null where each connection may lead to another server. */
  globalFrom: number | null;
  /** The schema of a name without one. */
  schema: string | null;
}

export const sqlSystems: Readonly<Record<SqlSystemName, SqlSystem>> = {
  athena: { title: 'Glue catalogue', dialect: 'athena', parts: 2, globalFrom: 2, schema: null },
  bigquery: { title: 'BigQuery', dialect: 'bigquery', parts: 3, globalFrom: 2, schema: null },
  clickhouse: { title: 'ClickHouse', dialect: 'clickhouse', parts: 2, globalFrom: null, schema: 'default' },
  databricks: { title: 'Databricks', dialect: 'databricks', parts: 3, globalFrom: 3, schema: null },
  druid: { title: 'Druid', dialect: 'generic', parts: 2, globalFrom: null, schema: null },
  exasol: { title: 'Exasol', dialect: 'generic', parts: 2, globalFrom: null, schema: null },
  hive: { title: 'Hive metastore', dialect: 'hive', parts: 2, globalFrom: 2, schema: 'default' },
  mssql: { title: 'SQL Server', dialect: 'tsql', parts: 3, globalFrom: null, schema: 'dbo' },
  mysql: { title: 'MySQL', dialect: 'mysql', parts: 2, globalFrom: null, schema: null },
  oracle: { title: 'Oracle', dialect: 'oracle', parts: 2, globalFrom: null, schema: null },
  postgres: { title: 'Postgres', dialect: 'postgres', parts: 3, globalFrom: null, schema: 'public' },
  redshift: { title: 'Redshift', dialect: 'redshift', parts: 3, globalFrom: null, schema: 'public' },
  snowflake: { title: 'Snowflake', dialect: 'snowflake', parts: 3, globalFrom: 3, schema: 'public' },
  spanner: { title: 'Spanner', dialect: 'generic', parts: 2, globalFrom: null, schema: null },
  sqlite: { title: 'SQLite', dialect: 'sqlite', parts: 2, globalFrom: null, schema: 'main' },
  teradata: { title: 'Teradata', dialect: 'teradata', parts: 2, globalFrom: null, schema: null },
  trino: { title: 'Trino', dialect: 'trino', parts: 3, globalFrom: 3, schema: null },
  vertica: { title: 'Vertica', dialect: 'generic', parts: 3, globalFrom: null, schema: 'public' },
};

/** How a class (an operator or a hook) reaches a database. */
export interface SqlClient {
  system: SqlSystemName | null;
  /** The argument with the connection's id, and the id when it isn't given. */
  connection: string;
  fallback: string | null;
}

const row = (system: SqlSystemName | null, connection: string, fallback: string | null = null): SqlClient => ({ system, connection, fallback });
const postgres = row('postgres', 'postgres_conn_id', 'postgres_default');
const mysql = row('mysql', 'mysql_conn_id', 'mysql_default');
const mssql = row('mssql', 'mssql_conn_id', 'mssql_default');
const oracle = row('oracle', 'oracle_conn_id', 'oracle_default');
const snowflake = row('snowflake', 'snowflake_conn_id', 'snowflake_default');
const redshift = row('redshift', 'redshift_conn_id', 'redshift_default');
const bigquery = row('bigquery', 'gcp_conn_id', 'google_cloud_default');
const databricks = row('databricks', 'databricks_conn_id', 'databricks_default');
const trino = row('trino', 'trino_conn_id', 'trino_default');
const presto = row('trino', 'presto_conn_id', 'presto_default');
const hive = row('hive', 'hive_cli_conn_id', 'hive_cli_default');
const hiveServer = row('hive', 'hiveserver2_conn_id', 'hiveserver2_default');
const vertica = row('vertica', 'vertica_conn_id', 'vertica_default');
const teradata = row('teradata', 'teradata_conn_id', 'teradata_default');
const exasol = row('exasol', 'exasol_conn_id', 'exasol_default');

/** By class name: operators that run SQL or read by it, and the hooks behind them. */
export const sqlClients: ReadonlyMap<string, SqlClient> = new Map<string, SqlClient>([
  ...(['PostgresOperator', 'PostgresHook', 'PostgresToGCSOperator', 'PgVectorIngestOperator'] as const).map((name) => [name, postgres] as const),
  ...(['MySqlOperator', 'MySqlHook', 'MySQLToGCSOperator', 'MySqlToHiveOperator'] as const).map((name) => [name, mysql] as const),
  ...(['MsSqlOperator', 'MsSqlHook', 'MSSQLToGCSOperator', 'MsSqlToHiveOperator'] as const).map((name) => [name, mssql] as const),
  ...(['OracleOperator', 'OracleHook', 'OracleToGCSOperator', 'OracleToAzureDataLakeOperator'] as const).map((name) => [name, oracle] as const),
  ['OracleToOracleOperator', row('oracle', 'oracle_source_conn_id')],
  ...(
    ['SnowflakeOperator', 'SnowflakeHook', 'SnowflakeSqlApiOperator', 'SnowflakeSqlApiHook', 'SnowflakeCheckOperator', 'SnowflakeValueCheckOperator', 'SnowflakeIntervalCheckOperator', 'CopyFromExternalStageToSnowflakeOperator', 'SnowflakeSensorAsync'] as const
  ).map((name) => [name, snowflake] as const),
  ...(['RedshiftSQLOperator', 'RedshiftSQLHook', 'RedshiftToS3Operator', 'S3ToRedshiftOperator'] as const).map((name) => [name, redshift] as const),
  ['RedshiftDataOperator', row('redshift', 'cluster_identifier')],
  ...(
    ['BigQueryInsertJobOperator', 'BigQueryExecuteQueryOperator', 'BigQueryOperator', 'BigQueryCheckOperator', 'BigQueryValueCheckOperator', 'BigQueryIntervalCheckOperator', 'BigQueryColumnCheckOperator', 'BigQueryTableCheckOperator', 'BigQueryHook'] as const
  ).map((name) => [name, bigquery] as const),
  ...(['DatabricksSqlOperator', 'DatabricksSqlHook', 'DatabricksCopyIntoOperator', 'DatabricksSqlSensor', 'DatabricksPartitionSensor'] as const).map((name) => [name, databricks] as const),
  ...(['TrinoOperator', 'TrinoHook', 'TrinoToGCSOperator', 'TrinoToMySqlOperator'] as const).map((name) => [name, trino] as const),
  ...(['PrestoOperator', 'PrestoHook', 'PrestoToGCSOperator', 'PrestoToMySqlOperator', 'PrestoToMySqlTransfer'] as const).map((name) => [name, presto] as const),
  ...(['HiveOperator', 'HiveCliHook', 'HiveToDynamoDBOperator'] as const).map((name) => [name, hive] as const),
  ...(['HiveServer2Hook', 'HiveToMySqlOperator', 'HiveToSambaOperator'] as const).map((name) => [name, hiveServer] as const),
  ['HiveToDruidOperator', row('hive', 'metastore_conn_id', 'metastore_default')],
  ['SparkSqlOperator', row('hive', 'conn_id', 'spark_sql_default')],
  ['SparkSqlHook', row('hive', 'conn_id', 'spark_sql_default')],
  ['AthenaOperator', row('athena', 'aws_conn_id', 'aws_default')],
  ['AWSAthenaOperator', row('athena', 'aws_conn_id', 'aws_default')],
  ['AthenaHook', row('athena', 'aws_conn_id', 'aws_default')],
  ...(['VerticaOperator', 'VerticaHook', 'VerticaToHiveOperator', 'VerticaToMySqlOperator'] as const).map((name) => [name, vertica] as const),
  ...(['TeradataOperator', 'TeradataHook', 'BteqOperator'] as const).map((name) => [name, teradata] as const),
  ['TeradataToTeradataOperator', row('teradata', 'source_teradata_conn_id')],
  ...(['ExasolOperator', 'ExasolHook', 'ExasolToS3Operator'] as const).map((name) => [name, exasol] as const),
  ['SqliteOperator', row('sqlite', 'sqlite_conn_id', 'sqlite_default')],
  ['SqliteHook', row('sqlite', 'sqlite_conn_id', 'sqlite_default')],
  ['ClickHouseOperator', row('clickhouse', 'clickhouse_conn_id', 'clickhouse_default')],
  ['ClickHouseHook', row('clickhouse', 'clickhouse_conn_id', 'clickhouse_default')],
  ['DruidDbApiHook', row('druid', 'druid_broker_conn_id', 'druid_broker_default')],
  ['SpannerQueryDatabaseInstanceOperator', row('spanner', 'instance_id')],
  ['CloudSQLExecuteQueryOperator', row(null, 'gcp_cloudsql_conn_id', 'google_cloud_sql_default')],
  ['JdbcOperator', row(null, 'jdbc_conn_id', 'jdbc_default')],
  ['JdbcHook', row(null, 'jdbc_conn_id', 'jdbc_default')],
  ['OdbcHook', row(null, 'odbc_conn_id', 'odbc_default')],
  ['GenericTransfer', row(null, 'source_conn_id')],
  ['SqlToS3Operator', row(null, 'sql_conn_id')],
  ['SqlToSlackWebhookOperator', row(null, 'sql_conn_id')],
  ['SqlToSlackApiFileOperator', row(null, 'sql_conn_id')],
  ['SQLToGoogleSheetsOperator', row(null, 'sql_conn_id')],
  ['CassandraToGCSOperator', row(null, 'cassandra_conn_id', 'cassandra_default')],
  ['YQExecuteQueryOperator', row(null, 'yandex_conn_id')],
]);

/** Calls of libraries that give a session of a system without an Airflow connection, by a part of their dotted name. */
export const sqlLibraries: readonly { path: RegExp; system: SqlSystemName }[] = [
  { path: /(?:^|\.)bigquery\.Client\b|(?:^|\.)pandas_gbq\.|(?:^|\.)read_gbq$/, system: 'bigquery' },
  { path: /(?:^|\.)(?:SparkSession|spark|sparkSession|sqlContext)\b/, system: 'hive' },
  { path: /(?:^|\.)(?:athena|wrangler\.athena|awswrangler\.athena)\b/, system: 'athena' },
  { path: /^psycopg2?\b|(?:^|\.)psycopg2?\.connect\b/, system: 'postgres' },
  { path: /(?:^|\.)snowflake\.connector\.connect\b/, system: 'snowflake' },
  { path: /(?:^|\.)(?:pymysql|MySQLdb|mysql\.connector)\.connect\b/, system: 'mysql' },
  { path: /(?:^|\.)(?:cx_Oracle|oracledb)\.connect\b/, system: 'oracle' },
  { path: /(?:^|\.)pyodbc\.connect\b/, system: 'mssql' },
  { path: /(?:^|\.)sqlite3\.connect\b/, system: 'sqlite' },
];
