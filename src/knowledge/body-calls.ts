/** Calls in task code whose first argument (or the named one) is SQL, by the last part of their dotted name. */
export const sqlCalls: ReadonlyMap<string, readonly string[]> = new Map([
  ['run', ['sql']],
  ['execute', ['sql', 'operation', 'statement', 'query']],
  ['executemany', ['sql', 'operation', 'query']],
  ['execute_query', ['sql', 'query']],
  ['get_records', ['sql']],
  ['get_first', ['sql']],
  ['get_pandas_df', ['sql']],
  ['get_pandas_df_by_chunks', ['sql']],
  ['get_df', ['sql']],
  ['insert_job', ['configuration']],
  ['query', ['query']],
  ['query_and_wait', ['query']],
  ['read_sql', ['sql']],
  ['read_sql_query', ['sql']],
  ['read_gbq', ['query']],
  ['sql', ['sqlQuery']],
]);

export type Access = 'read' | 'write';

/** Calls that read or write what an argument names: the argument's position and names. */
export interface AccessCall {
  access: Access;
  position: number;
  keywords: readonly string[];
}

const reads = (...keywords: string[]): AccessCall => ({ access: 'read', position: 0, keywords });
const writes = (...keywords: string[]): AccessCall => ({ access: 'write', position: 0, keywords });

/** By the last part of the dotted name; pandas, polars, Spark and Airflow's storage hooks. */
export const accessCalls: ReadonlyMap<string, AccessCall> = new Map([
  ['read_csv', reads('filepath_or_buffer', 'source')],
  ['read_parquet', reads('path', 'source')],
  ['read_json', reads('path_or_buf', 'path')],
  ['read_excel', reads('io', 'source')],
  ['read_feather', reads('path')],
  ['read_orc', reads('path')],
  ['read_pickle', reads('filepath_or_buffer')],
  ['read_table', reads('filepath_or_buffer', 'source')],
  ['scan_csv', reads('source')],
  ['scan_parquet', reads('source')],
  ['open_dataset', reads('filename_or_obj')],
  ['to_csv', writes('path_or_buf')],
  ['to_parquet', writes('path')],
  ['to_json', writes('path_or_buf')],
  ['to_excel', writes('excel_writer')],
  ['to_feather', writes('path')],
  ['to_orc', writes('path')],
  ['to_pickle', writes('path')],
  ['write_csv', writes('file')],
  ['write_parquet', writes('file')],
  ['sink_parquet', writes('path')],
  ['load', reads('path')],
  ['parquet', reads('path')],
  ['save', writes('path')],
  ['saveAsTable', writes('name')],
  ['urlopen', reads('url')],
  ['urlretrieve', reads('url')],
]);
