import { describe, expect, it } from 'vitest';
import { tablesInSql } from '../../../src/infer/sql/tables.js';

describe('tablesInSql', () => {
  it.each<[string, string[], string[]]>([
    ['SELECT * FROM a.b JOIN "C"."d" ON 1=1', [], ['a.b', 'c.d']],
    ['select x from `proj-1.ds.t`, u', [], ['proj-1.ds.t']],
    ['WITH x AS (SELECT 1 FROM y) SELECT * FROM x', [], ['y']],
    ['SELECT * FROM (SELECT 1 FROM t) q', [], ['t']],
    ['SELECT * FROM unnest(arr)', [], []],
    ['SELECT * FROM generate_series(1, 2)', [], []],
    ['SELECT extract(day FROM ts) FROM t', [], ['t']],
    ['CREATE OR REPLACE TABLE a AS SELECT * FROM b', ['a overwrite'], ['b']],
    ['CREATE TABLE IF NOT EXISTS a (x int)', ['a keyed'], []],
    ['INSERT INTO a.b SELECT 1; DELETE FROM c', ['a.b append', 'c delete'], []],
    ['MERGE INTO t USING s ON 1=1', ['t keyed'], ['s']],
    ['INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE x = 1', ['t keyed'], []],
    ["SELECT 1 -- FROM a\n/* FROM b */ FROM c WHERE x = 'FROM d'", [], ['c']],
    ['SELECT $$ FROM a $$ FROM b', [], ['b']],
    ['INSERT INTO {{ params.table }} SELECT 1', [], []],
    ['SELECT * FROM raw_{{ ds_nodash }}', [], ['raw_*']],
    ['not sql at all', [], []],
    ['', [], []],
  ])('%s', (sql, writes, reads) => {
    const found = tablesInSql(sql);
    expect(found.writes.map(({ table, mode }) => `${table} ${mode}`)).toEqual(writes);
    expect(found.reads).toEqual(reads);
  });
});
