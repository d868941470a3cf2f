import { describe, expect, it } from 'vitest';

import { airflowApi, legacyAlias } from '../../../src/knowledge/airflow/api.js';

const two = airflowApi('2.11.2');
const three = airflowApi('3.2.2');

/** `from module import name` -> where it leads on 2.11 and on 3.2; null: the import fails. */
const IMPORTS: readonly [module: string, name: string, on2: string | null, on3: string | null][] = [
  ['airflow', 'DAG', 'airflow.models.dag.DAG', 'airflow.sdk.definitions.dag.DAG'],
  ['airflow', '__version__', 'airflow.__version__', 'airflow.__version__'],
  ['airflow', 'Dataset', 'airflow.datasets.Dataset', 'airflow.sdk.definitions.asset.Asset'],
  ['airflow', 'Asset', null, 'airflow.sdk.definitions.asset.Asset'],
  ['airflow.sdk', 'DAG', null, 'airflow.sdk.definitions.dag.DAG'],
  ['airflow.sdk', 'task', null, 'airflow.sdk.definitions.decorators.task'],
  ['airflow.decorators', 'task', 'airflow.decorators.task', 'airflow.sdk.definitions.decorators.task'],
  ['airflow.decorators', 'dag', 'airflow.models.dag.dag', 'airflow.sdk.definitions.dag.dag'],
  ['airflow.datasets', 'Dataset', 'airflow.datasets.Dataset', null],
  ['airflow.models', 'BaseOperator', 'airflow.models.baseoperator.BaseOperator', 'airflow.sdk.bases.operator.BaseOperator'],
  ['airflow.models.baseoperator', 'chain', 'airflow.models.baseoperator.chain', 'airflow.sdk.bases.operator.chain'],
  ['airflow.operators.bash', 'BashOperator', 'airflow.operators.bash.BashOperator', 'airflow.providers.standard.operators.bash.BashOperator'],
  ['airflow.operators.bash_operator', 'BashOperator', 'airflow.operators.bash.BashOperator', null],
  ['airflow.operators.dummy', 'DummyOperator', 'airflow.operators.empty.EmptyOperator', null],
  ['airflow.operators.subdag', 'SubDagOperator', 'airflow.operators.subdag.SubDagOperator', null],
  ['airflow.operators', 'bash', 'airflow.operators.bash', 'airflow.operators.bash'],
  ['airflow.utils.dates', 'days_ago', 'airflow.utils.dates.days_ago', null],
  ['airflow.utils.task_group', 'TaskGroup', 'airflow.utils.task_group.TaskGroup', 'airflow.sdk.definitions.taskgroup.TaskGroup'],
  ['airflow.utils.trigger_rule', 'TriggerRule', 'airflow.utils.trigger_rule.TriggerRule', 'airflow.task.trigger_rule.TriggerRule'],
  ['airflow.utils.weekday', 'WeekDay', 'airflow.utils.weekday.WeekDay', null],
  ['airflow.models.param', 'Param', 'airflow.models.param.Param', 'airflow.sdk.definitions.param.Param'],
  ['airflow.models.param', 'NoSuchName', null, null],
  ['airflow.models.param', 'constructor', null, null],
  ['airflow.no_such_module', 'X', null, null],
];

describe('imports', () => {
  it.each(IMPORTS)('from %s import %s', (module, name, on2, on3) => {
    expect(two.resolve(module, name)?.path ?? null).toBe(on2);
    expect(three.resolve(module, name)?.path ?? null).toBe(on3);
  });

  it('tells kinds apart', () => {
    const kinds = [
      two.resolve('airflow.operators.python', 'PythonOperator'),
      two.resolve('airflow.models', 'DAG'),
      two.resolve('airflow.models.baseoperator', 'chain'),
      two.resolve('airflow.decorators', 'task'),
      two.resolve('airflow.operators', 'python'),
      two.resolve('airflow.models.dag', 'timedelta'),
    ];
    expect(kinds.map((name) => name?.kind)).toEqual(['operator', 'class', 'function', 'value', 'module', 'class']);
  });

  it('separates absent from not listed', () => {
    expect([two.hasModule('airflow.sdk'), two.knowsModule('airflow.sdk')]).toEqual([false, true]);
    expect([two.hasModule('airflow.www.app'), two.knowsModule('airflow.www.app')]).toEqual([false, false]);
    expect(two.knowsModule('airflow.providers.acme.operators.rocket')).toBe(false);
    expect(two.knowsModule('airflow.providers.http.operators.gone')).toBe(true);
    expect(two.knowsModule('os')).toBe(false);
  });

  it('knows where removed import paths went', () => {
    expect(two.resolve('airflow.operators.postgres_operator', 'PostgresOperator')).toBeUndefined();
    expect(legacyAlias('airflow.operators.postgres_operator.PostgresOperator')).toBe(
      'airflow.providers.postgres.operators.postgres.PostgresOperator',
    );
    expect(legacyAlias('airflow.operators.postgres_operator.NoSuchName')).toBeUndefined();
  });

  it('reads the nearest table', () => {
    const versions = ['1.10.15', '2.4', '2.11.2', '3.0.0', '3.3'].map((version) => airflowApi(version).version);
    expect(versions).toEqual(['2.11', '2.11', '2.11', '3.2', '3.2']);
    expect(airflowApi('1.10.15').resolve('airflow.contrib.sensors.file_sensor', 'FileSensor')?.path).toBe(
      'airflow.sensors.filesystem.FileSensor',
    );
  });
});

describe('operators', () => {
  it('knows what BashOperator templates, takes and derives from', () => {
    const bash = two.operator('airflow.operators.bash.BashOperator');
    expect(bash).toMatchObject({
      name: 'BashOperator',
      operatorName: 'BashOperator',
      templateFields: ['bash_command', 'env', 'cwd'],
      bases: ['airflow.models.baseoperator.BaseOperator'],
      required: ['bash_command'],
      isSensor: false,
    });
    expect(bash?.defaults).toMatchObject({ env: null, append_env: false, skip_on_exit_code: 99 });
    expect(bash?.templateExtensions).toEqual(['.sh', '.bash']);
  });

  it('reaches an operator by an importable alias', () => {
    expect(three.operator('airflow.operators.bash.BashOperator')?.path).toBe(
      'airflow.providers.standard.operators.bash.BashOperator',
    );
  });

  it('collects accepted keywords along the bases', () => {
    const accepted = three.acceptedParameters('airflow.providers.amazon.aws.sensors.s3.S3KeySensor');
    const expected = ['bucket_key', 'aws_conn_id', 'poke_interval', 'mode', 'task_id', 'trigger_rule', 'outlets'];
    expect(expected.filter((name) => !accepted?.has(name))).toEqual([]);
    expect(accepted?.has('bash_command')).toBe(false);
    expect(accepted?.has('**')).toBe(false);
    expect(three.acceptedParameters('airflow.nowhere.Operator')).toBeNull();
  });

  it('knows what 3.0 took away from every operator', () => {
    expect(two.acceptedParameters('airflow.models.BaseOperator')?.has('task_concurrency')).toBe(true);
    expect(three.acceptedParameters('airflow.models.BaseOperator')?.has('task_concurrency')).toBe(false);
  });

  it('marks sensors and branches', () => {
    const sensor = two.operator('airflow.sensors.external_task.ExternalTaskSensor');
    expect(sensor?.isSensor).toBe(true);
    expect(sensor?.templateFields).toContain('external_dag_id');
    const branch = two.operator('airflow.operators.python.BranchPythonOperator');
    expect(branch?.bases).toEqual([
      'airflow.operators.python.PythonOperator',
      'airflow.operators.branch.BranchMixIn',
      'airflow.models.skipmixin.SkipMixin',
      'airflow.models.baseoperator.BaseOperator',
    ]);
    expect(branch?.parameters).toBeNull();
  });

  it('maps task decorators to their operators', () => {
    expect(two.decorator('python')).toEqual({
      path: 'airflow.decorators.python._PythonDecoratedOperator',
      operatorName: '@task',
      templateFields: ['templates_dict', 'op_args', 'op_kwargs'],
      multipleOutputs: true,
    });
    expect(three.decorator('short_circuit')?.operatorName).toBe('@task.short_circuit');
    expect(three.decorator('sensor')?.operatorName).toBe('@task.sensor');
    expect(three.decorator('docker')?.templateFields).toContain('op_kwargs');
    expect(two.decorator('run_if')).toBeUndefined();
    expect(two.decorator('stub')).toBeDefined();
  });
});

describe('signatures and vocabulary', () => {
  it('orders parameters and says their kinds', () => {
    expect(two.signature('airflow.DAG')?.slice(0, 3).map((parameter) => parameter.name)).toEqual([
      'dag_id',
      'description',
      'schedule',
    ]);
    expect(two.signature('airflow.utils.task_group.TaskGroup')?.[0]).toEqual({
      name: 'group_id',
      kind: 'positional_or_keyword',
      required: true,
    });
    expect(three.signature('airflow.sdk.chain')).toEqual([{ name: 'tasks', kind: 'var_positional', required: false }]);
    expect(three.signature('airflow.sdk.TaskGroup')?.find(({ name }) => name === 'dag')).not.toHaveProperty('default');
  });

  it('knows enums and constants', () => {
    expect(two.enumMembers('airflow.utils.trigger_rule.TriggerRule')).toMatchObject({ ALL_DONE: 'all_done' });
    expect(three.enumMembers('airflow.sdk.TriggerRule')).toMatchObject({ ALL_DONE: 'all_done' });
    expect(two.enumMembers('airflow.utils.trigger_rule.TriggerRule')).toHaveProperty('NONE_FAILED_OR_SKIPPED');
    expect(three.enumMembers('airflow.utils.trigger_rule.TriggerRule')).not.toHaveProperty('NONE_FAILED_OR_SKIPPED');
    expect(two.enumMembers('airflow.utils.weekday.WeekDay')).toMatchObject({ MONDAY: 1 });
    expect(three.enumMembers('airflow.utils.state.State')).toMatchObject({ SUCCESS: 'success', NONE: null });
    expect(two.value('airflow.utils.dates.cron_presets')).toMatchObject({ '@quarterly': '0 0 1 */3 *' });
    expect(two.value('airflow.models.baseoperator.DEFAULT_RETRIES')).toBe(0);
    expect(three.value('airflow.__version__')).toBe('3.2.2');
  });
});
