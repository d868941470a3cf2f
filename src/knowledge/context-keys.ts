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

/** Every name that Airflow fills in from the context when a function's parameter has it (airflow/sdk/definitions/context.py). */
export const knownContextKeys: ReadonlySet<string> = new Set([
  ...logicalDateKeys,
  ...removedDateKeys,
  'conf',
  'conn',
  'dag',
  'dag_run',
  'exception',
  'expanded_ti_count',
  'inlet_events',
  'inlets',
  'macros',
  'map_index_template',
  'outlet_events',
  'outlets',
  'params',
  'prev_end_date_success',
  'prev_start_date_success',
  'reason',
  'run_id',
  'start_date',
  'task',
  'task_instance',
  'task_instance_key_str',
  'task_reschedule_count',
  'templates_dict',
  'test_mode',
  'ti',
  'triggering_asset_events',
  'triggering_dataset_events',
  'try_number',
  'var',
]);
