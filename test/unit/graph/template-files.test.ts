import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import { graphOfSource } from '../../support/graph.js';

const source = `import pendulum
from airflow.sdk import DAG
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator

with DAG("load", schedule="0 2 * * *", start_date=pendulum.datetime(2026, 1, 1), template_searchpath=["/repo/sql"]):
    SQLExecuteQueryOperator(task_id="load", conn_id="dwh", sql="load.sql")

with DAG("mart", schedule="0 4 * * *", start_date=pendulum.datetime(2026, 1, 1)):
    SQLExecuteQueryOperator(task_id="build", conn_id="dwh", sql=["sql/mart.sql", "select 1", "missing.sql"])
`;
const files = {
  'dags.py': source,
  'sql/load.sql': 'insert into core.orders\nselect * from raw.orders where day = \'{{ ds }}\'\n',
  'sql/mart.sql': 'create table mart.orders as select * from core.orders\n',
};

describe('files that templated arguments name', () => {
  it('are read from the search path and from the folder of the DAG', async () => {
    const { dags } = await graphOfSource(files);
    expect(dags.flatMap((dag) => dag.tasks.flatMap((task) => task.template_files.map(({ field, name, file }) => [task.task_id, field, name, file])))).toEqual([
      ['load', 'sql', 'load.sql', 'sql/load.sql'],
      ['build', 'sql', 'sql/mart.sql', 'sql/mart.sql'],
      ['build', 'sql', 'missing.sql', null],
    ]);
  });

  it('tell what a task reads, writes and dates, each at its own line', async () => {
    const analysis = inferAnalysis(await graphOfSource(files));
    const placeOf = (rule: string): unknown => {
      const hazard = analysis.hazards.find((each) => each.rule === rule);
      return analysis.evidence.find((each) => each.id === hazard?.evidence[0])?.place;
    };
    expect(placeOf('H1')).toEqual({ file: 'sql/load.sql', line: 2 });
    expect(placeOf('H26')).toEqual({ file: 'sql/load.sql', line: 1 });
    expect(analysis.hazards.filter((each) => each.rule === 'H27').map((each) => each.dag_id)).toEqual(['mart']);
  });

  it('are left out where the operator renders no files, and hide secrets', async () => {
    const bash = source.replace('sql="load.sql"', 'sql="select 1"').replaceAll('missing.sql', 'sql/secret.sql');
    const graph = await graphOfSource({ ...files, 'dags.py': bash, 'sql/secret.sql': "copy x password='hunter2hunter2'" });
    const [load, mart] = graph.dags.map((dag) => dag.tasks[0]?.template_files ?? []);
    expect(load).toEqual([]);
    expect(JSON.stringify(mart)).not.toContain('hunter2');
  });
});
