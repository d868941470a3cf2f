/** A program that a shell command starts, and what its words name. */
export interface ShellProgram {
  /** Its first words. */
  words: readonly string[];
  /** Words without a dash: from all but the last to the last; the last is written, or read; or only flags count. */
  form: 'copy' | 'read_last' | 'write_last' | 'sql' | 'flags';
  /** Flags whose value is read, written, or SQL. */
  reads?: readonly string[];
  writes?: readonly string[];
  sql?: readonly string[];
  system?: 'bigquery' | 'hive' | 'snowflake' | 'postgres' | 'mysql' | 'clickhouse' | 'trino';
}

export const shellPrograms: readonly ShellProgram[] = [
  { words: ['aws', 's3', 'cp'], form: 'copy' },
  { words: ['aws', 's3', 'mv'], form: 'copy' },
  { words: ['aws', 's3', 'sync'], form: 'copy' },
  { words: ['gsutil', 'cp'], form: 'copy' },
  { words: ['gsutil', 'mv'], form: 'copy' },
  { words: ['gsutil', 'rsync'], form: 'copy' },
  { words: ['gcloud', 'storage', 'cp'], form: 'copy' },
  { words: ['gcloud', 'storage', 'mv'], form: 'copy' },
  { words: ['gcloud', 'storage', 'rsync'], form: 'copy' },
  { words: ['azcopy', 'copy'], form: 'copy' },
  { words: ['azcopy', 'cp'], form: 'copy' },
  { words: ['azcopy', 'sync'], form: 'copy' },
  { words: ['rclone', 'copy'], form: 'copy' },
  { words: ['s5cmd', 'cp'], form: 'copy' },
  { words: ['hadoop', 'distcp'], form: 'copy' },
  { words: ['hdfs', 'dfs', '-put'], form: 'copy' },
  { words: ['hdfs', 'dfs', '-get'], form: 'copy' },
  { words: ['hdfs', 'dfs', '-cp'], form: 'copy' },
  { words: ['hadoop', 'fs', '-put'], form: 'copy' },
  { words: ['hadoop', 'fs', '-get'], form: 'copy' },
  { words: ['hadoop', 'fs', '-cp'], form: 'copy' },
  { words: ['s3-dist-cp'], form: 'flags', reads: ['--src'], writes: ['--dest'] },
  { words: ['cp'], form: 'copy' },
  { words: ['mv'], form: 'copy' },
  { words: ['rsync'], form: 'copy' },
  { words: ['cat'], form: 'read_last' },
  { words: ['aws', 's3', 'ls'], form: 'read_last' },
  { words: ['curl'], form: 'flags', writes: ['-o', '--output'] },
  { words: ['wget'], form: 'flags', writes: ['-O'] },
  { words: ['psql'], form: 'sql', sql: ['-c', '--command'], system: 'postgres' },
  { words: ['mysql'], form: 'sql', sql: ['-e', '--execute'], system: 'mysql' },
  { words: ['snowsql'], form: 'sql', sql: ['-q', '--query'], system: 'snowflake' },
  { words: ['bq', 'query'], form: 'sql', sql: [], system: 'bigquery' },
  { words: ['hive'], form: 'sql', sql: ['-e'], system: 'hive' },
  { words: ['beeline'], form: 'sql', sql: ['-e'], system: 'hive' },
  { words: ['spark-sql'], form: 'sql', sql: ['-e'], system: 'hive' },
  { words: ['clickhouse-client'], form: 'sql', sql: ['--query', '-q'], system: 'clickhouse' },
  { words: ['trino'], form: 'sql', sql: ['--execute'], system: 'trino' },
];

/** Words of flags and parameters that say which way data goes. Programs of one's own are known by nothing else. */
export const readingWords: ReadonlySet<string> = new Set(['input', 'inputs', 'in', 'source', 'src', 'from', 'read', 'origin']);
export const writingWords: ReadonlySet<string> = new Set(['output', 'outputs', 'out', 'target', 'dest', 'destination', 'dst', 'to', 'sink', 'write', 'save']);

/** Programs that only print what they are given. */
export const printing: ReadonlySet<string> = new Set(['echo', 'printf', ':', 'export', 'log', 'logger']);
