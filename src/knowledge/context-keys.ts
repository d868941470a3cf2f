/** Template context keys that a run without a logical date lacks since Airflow 3.0. */
export const logicalDateKeys: ReadonlySet<string> = new Set([
  'data_interval_end',
  'data_interval_start',
  'ds',
  'ds_nodash',
  'logical_date',
  'prev_data_interval_end_success',
  'prev_data_interval_start_success',
  'ts',
  'ts_nodash',
  'ts_nodash_with_tz',
]);

/** Context keys about the logical date that Airflow 3.0 removed for every run. */
export const removedDateKeys: ReadonlySet<string> = new Set([
  'execution_date',
  'next_ds',
  'next_ds_nodash',
  'next_execution_date',
  'prev_ds',
  'prev_ds_nodash',
  'prev_execution_date',
  'prev_execution_date_success',
  'tomorrow_ds',
  'tomorrow_ds_nodash',
  'yesterday_ds',
  'yesterday_ds_nodash',
]);

/** Objects of the context that carry the same dates as attributes. */
export const datedObjects: ReadonlySet<string> = new Set(['dag_run', 'task_instance', 'ti']);

/** Those attributes. */
export const datedAttributes: ReadonlySet<string> = new Set([
  'data_interval_end',
  'data_interval_start',
  'execution_date',
  'logical_date',
]);
