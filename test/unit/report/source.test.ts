import { describe, expect, test } from 'vitest';
import { countPlan } from '../../../src/report/facts/numbers.js';
import { describeFields, describeSource } from '../../../src/report/facts/source.js';
import { clampMiddle } from '../../../src/report/visible.js';
import { ordinaryPlan } from './documents.js';

describe('a source in words', () => {
  const sql = 'select 1\n   from erp.stock\n';

  test('stands in one line, its statement last, its address once', () => {
    expect(describeFields({ conn_id: 'erp', sql, table: 'erp.stock' })).toBe('conn_id=erp, table=erp.stock, sql=select 1 from erp.stock');
    expect(describeFields({ name: 's3://a/b', uri: 's3://a/b' })).toBe('uri=s3://a/b');
    expect(describeFields({ name: 'b', uri: 's3://a/b' })).toBe('name=b, uri=s3://a/b');
  });

  test('is never without a name', () => {
    expect(describeSource({ fields: { conn_id: 'erp', sql, table: 'erp.stock' }, task_id: 'wait' })).toBe('erp.stock');
    expect(describeSource({ fields: {}, task_id: 'wait' })).toBe('what wait waits for');
  });

  test('keeps the end of an address that is too long', () => {
    expect(clampMiddle('landing-bucket/suppliers/nordljus/stock.csv', 21)).toBe('landi…dljus/stock.csv');
    expect(clampMiddle('short', 21)).toBe('short');
  });
});

test('what becomes of the DAGs adds up to all of them', () => {
  const { moves, graph, moving } = countPlan(ordinaryPlan());
  expect(Object.values(moves).reduce((sum, count) => sum + count, 0)).toBe(graph.dags);
  expect(moving).toBe(moves.event + moves.hybrid);
});
