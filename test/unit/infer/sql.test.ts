import { describe, expect, it } from 'vitest';
import { tablesInSql } from '../../../src/infer/sql/tables.js';

describe('tablesInSql', () => {
  it.each<[string, string[], string[]]>([
    ['SELECT * FROM a.b JOIN "C"."d" ON 1=1', [], ['a.b', 'c.d']],
    ['select x from `proj-1.ds.t`, u', [], ['proj-1.ds.t', 'u']],
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
    ['DELETE FROM a WHERE d = 1; INSERT INTO a SELECT * FROM b', ['a delete', 'a append'], ['b']],
    ['UPDATE a SET x = 1 FROM b WHERE a.i = b.i', ['a update'], ['b']],
    ["COPY a.b FROM 's3://x/y' IAM_ROLE 'r' FORMAT AS PARQUET", ['a.b append'], []],
    ["UNLOAD ('select * from a.b') TO 's3://x/y'", [], ['a.b']],
    ['CREATE TEMP TABLE z AS SELECT * FROM q; INSERT INTO a SELECT * FROM z', ['a append'], ['q']],
    ['{% if full %}CREATE OR REPLACE TABLE a AS SELECT 1{% else %}INSERT INTO b SELECT 1{% endif %}', ['a overwrite', 'b append'], []],
    ['SELECT * FROM a {{ where }} LIMIT {{ n }}', [], ['a']],
    ['BEGIN INSERT INTO a SELECT * FROM b; END', ['a append'], ['b']],
    ['CREATE PROCEDURE p() BEGIN INSERT INTO a SELECT 1; END', [], []],
    ['CREATE TABLE a (b int REFERENCES c (id))', ['a overwrite'], []],
    ['ALTER TABLE a RENAME TO b', ['b overwrite', 'a overwrite'], ['a']],
    ['not sql at all', [], []],
    ['', [], []],
  ])('%s', (sql, writes, reads) => {
    const found = tablesInSql(sql);
    expect(found.writes.map(({ table, mode }) => `${table} ${mode}`)).toEqual(writes);
    expect(found.reads).toEqual(reads);
  });

  it('says where it could not parse, and reads the other statements', () => {
    const found = tablesInSql('SELECT 1 FROM a;\n\nSELECT FROM WHERE ((;\nINSERT INTO b SELECT 1');
    expect(found.reads).toEqual(['a']);
    expect(found.writes).toEqual([{ table: 'b', mode: 'append' }]);
    expect(found.unknowns.map(({ line }) => line)).toEqual([3]);
  });

  it('reads addresses', () => {
    expect(tablesInSql("COPY a FROM 's3://x/{{ ds }}/y' IAM_ROLE 'r'", 'redshift').readAddresses).toEqual(['s3://x/*/y']);
    expect(tablesInSql("EXPORT DATA OPTIONS(uri='gs://b/*.csv', format='CSV') AS SELECT * FROM d.t", 'bigquery').writtenAddresses).toEqual(['gs://b/*.csv']);
    expect(tablesInSql("LOAD DATA INTO d.t FROM FILES (format='CSV', uris=['gs://b/x.csv'])", 'bigquery').readAddresses).toEqual(['gs://b/x.csv']);
  });
});
