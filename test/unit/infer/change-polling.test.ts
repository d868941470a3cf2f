import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import type { TriggerCandidate } from '../../../src/model/analysis.js';
import type { BodyFact, Task } from '../../../src/model/graph.js';
import { cron, dag, graph, task } from './graph.js';

const sql = (text: string) => task('copy', 'SQLExecuteQueryOperator', { arguments: { sql: text, conn_id: 'shop' } });
const fact = (kind: BodyFact['kind'], name: string, detail: string): BodyFact => ({ kind, name, detail, file: 'dags/code.py', line: 3 });
const code = (...body: BodyFact[]) => task('copy', 'PythonOperator', { body });

function changes(tasks: Task[], edges: string[] = [], schedule = cron('*/5 * * * *')): TriggerCandidate[] {
  const analysis = inferAnalysis(graph([dag('d', { tasks, edges, schedule })]));
  return analysis.candidates.filter((each) => each.source_kind === 'cdc' && each.task_id === null);
}

describe('a table that a DAG asks for what is new', () => {
  it.each([
    ["SELECT * FROM shop.orders WHERE updated_at > '{{ prev_start_date_success }}'", 'updated_at', 'medium'],
    ["SELECT * FROM shop.orders o WHERE o.\"updated_at\" >= TIMESTAMP '{{ prev_data_interval_end_success }}'", 'updated_at', 'medium'],
    ["SELECT * FROM shop.orders WHERE changed > '{{ var.value.last_run }}'", 'changed', 'low'],
    ['INSERT INTO dwh.o SELECT * FROM shop.orders WHERE id > (SELECT MAX(id) FROM dwh.o)', 'id', 'medium'],
    ['INSERT INTO dwh.o SELECT * FROM shop.orders WHERE id > (SELECT COALESCE(MAX(id), 0) FROM dwh.o)', 'id', 'medium'],
  ])('%s', (text, column, confidence) => {
    expect(changes([sql(text)])).toMatchObject([{ fields: { table: 'shop.orders', column, task: 'copy' }, confidence }]);
  });

  it('knows a mark that code keeps in a Variable', () => {
    const kept = [fact('variable', 'orders_mark', 'Variable.get'), fact('variable', 'orders_mark', 'Variable.set')];
    const asked = fact('sql', 'get_records', "select * from shop.orders where updated_at > '{{ var.value.orders_mark }}'");
    const [found] = changes([code(...kept, asked)]);
    expect(found).toMatchObject({ fields: { table: 'shop.orders' }, confidence: 'medium' });
    expect(found?.evidence).toHaveLength(2);
    const parameter = fact('sql', 'get_records', 'select * from shop.orders where id > %s');
    expect(changes([code(...kept, parameter)])).toHaveLength(1);
    expect(changes([code(fact('sql', 'get_first', 'SELECT MAX(id) FROM shop.orders'), parameter)])).toHaveLength(1);
    expect(changes([code(...kept, fact('sql', 'get_first', 'SELECT MAX(id) FROM shop.orders'))])).toHaveLength(1);
  });

  it.each<[string, Task[]]>([
    ['a window of the run', [sql("SELECT * FROM shop.orders WHERE updated_at >= '{{ data_interval_start }}'")]],
    ['a fixed bound', [sql('SELECT * FROM shop.orders WHERE total > 100')]],
    ['a parameter that nothing keeps', [code(fact('sql', 'get_records', 'select * from shop.orders where total > %s'))]],
    ['a comment', [sql("SELECT * FROM shop.orders -- WHERE updated_at > '{{ prev_start_date_success }}'")]],
    ['a text', [sql("SELECT 'updated_at > {{ prev_start_date_success }}' FROM shop.orders")]],
    ['an upper bound', [sql("SELECT * FROM shop.orders WHERE updated_at < '{{ prev_start_date_success }}'")]],
    ['a table of its own', [sql("INSERT INTO stage.o SELECT 1; SELECT * FROM stage.o WHERE updated_at > '{{ prev_start_date_success }}'")]],
    ['a highest value that nothing keeps', [code(fact('sql', 'get_first', 'SELECT MAX(id) FROM shop.orders'))]],
  ])('is not %s', (_, tasks) => {
    expect(changes(tasks)).toEqual([]);
  });

  it('is not what lies behind a sensor, nor in a DAG without a clock', () => {
    const asking = sql("SELECT * FROM shop.orders WHERE updated_at > '{{ prev_start_date_success }}'");
    const wait = task('wait', 'FileSensor', { arguments: { filepath: '/a' } });
    expect(changes([wait, asking], ['wait >> copy'])).toEqual([]);
    const manual = inferAnalysis(graph([dag('d', { tasks: [asking], schedule: { kind: 'none', timetable: 'NullTimetable' } })]));
    expect(manual.candidates).toEqual([]);
  });
});
