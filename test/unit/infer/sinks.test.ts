import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import { graphOfSource } from '../../support/graph.js';

const head = `
import boto3
import pendulum
from airflow.sdk import DAG, task
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.operators.s3 import S3CreateObjectOperator
from airflow.providers.amazon.aws.transfers.s3_to_redshift import S3ToRedshiftOperator
from airflow.providers.common.sql.operators.sql import SQLExecuteQueryOperator
from airflow.providers.google.cloud.transfers.gcs_to_bigquery import GCSToBigQueryOperator
from airflow.providers.postgres.hooks.postgres import PostgresHook
from airflow.providers.smtp.operators.smtp import EmailOperator

def sql(text, task_id="w"):
    return SQLExecuteQueryOperator(task_id=task_id, conn_id="dwh", sql=text)

with DAG("d", schedule="@daily", start_date=pendulum.datetime(2026, 1, 1), catchup=False):
`;

async function sinkOf(code: string): Promise<string[]> {
  const graph = await graphOfSource({ 'd.py': head + code.trim().replace(/^/gm, '    ') });
  expect(graph.import_errors).toEqual([]);
  return (inferAnalysis(graph).sinks ?? []).map(({ task_id, mode, second_delivery }) => `${task_id} ${mode} ${second_delivery}`);
}

const bigquery = (more: string) => `GCSToBigQueryOperator(task_id="w", bucket="b", source_objects=["x"], destination_project_dataset_table="p.d.t"${more})`;
const redshift = (more: string) => `S3ToRedshiftOperator(task_id="w", redshift_conn_id="r", schema="s", table="t", s3_bucket="b", s3_key="k"${more})`;

describe('sinks', () => {
  it.each<[string, string[]]>([
    ['sql("INSERT INTO a.t SELECT 1 FROM a.s")', ['w append harmful']],
    ['sql("DELETE FROM a.t WHERE d = 1; INSERT INTO a.t SELECT 1 FROM a.s")', ['w overwrite_partition harmless']],
    ['sql("TRUNCATE TABLE a.t; INSERT INTO a.t SELECT 1 FROM a.s")', ['w overwrite harmless']],
    ['sql(["DELETE FROM a.t WHERE d = 1", "INSERT INTO a.t SELECT 1 FROM a.s"])', ['w overwrite_partition harmless']],
    ['sql("CREATE OR REPLACE TABLE a.t AS SELECT 1 FROM a.s")', ['w overwrite harmless']],
    ['sql("MERGE INTO a.t USING a.s ON 1 = 1 WHEN MATCHED THEN UPDATE SET x = 1")', ['w merge harmless']],
    ['sql("INSERT INTO a.t SELECT 1 FROM a.s ON CONFLICT (id) DO NOTHING")', ['w merge harmless']],
    ['sql("UPDATE a.t SET n = n + 1")', ['w unknown unknown']],
    ['sql("DELETE FROM a.t WHERE d < 1")', ['w delete harmless']],
    ['sql("CREATE TABLE IF NOT EXISTS a.t (x int)")', []],
    ['sql("SELECT 1 FROM a.t")', []],
    ['sql("DELETE FROM a.t WHERE d = 1", "clear") >> sql("INSERT INTO a.t SELECT 1 FROM a.s")', ['clear delete harmless', 'w overwrite_partition harmless']],
    [bigquery(', write_disposition="WRITE_APPEND"'), ['w append harmful']],
    [bigquery(', write_disposition="WRITE_TRUNCATE"'), ['w overwrite harmless']],
    [bigquery(''), ['w overwrite unknown']],
    [redshift(''), ['w append harmful']],
    [redshift(', method="REPLACE"'), ['w overwrite harmless']],
    [redshift(', method="UPSERT"'), ['w merge harmless']],
    ['S3CreateObjectOperator(task_id="w", s3_bucket="b", s3_key="p/{{ ds }}/x", data="x", replace=True)', ['w overwrite_partition harmless']],
    ['S3CreateObjectOperator(task_id="w", s3_bucket="b", s3_key="p/x", data="x", replace=True)', ['w overwrite harmless']],
    ['S3CreateObjectOperator(task_id="w", s3_bucket="b", s3_key="p/x", data="x")', ['w overwrite unknown']],
    ['S3CreateObjectOperator(task_id="w", s3_bucket="b", s3_key="p/{{ run_id }}/x", data="x", replace=True)', ['w append harmful']],
    ['EmailOperator(task_id="w", to="a@example.com", subject="s", html_content="x")', ['w side_effect harmful']],
    ['GlueJobOperator(task_id="w", job_name="j")', ['w unknown unknown']],
    ['@task\ndef w():\n    PostgresHook("pg").insert_rows(table="a.t", rows=[])\n\nw()', ['w append harmful']],
    ['@task\ndef w():\n    boto3.client("sqs").send_message(QueueUrl="q", MessageBody="x")\n\nw()', ['w append harmful']],
  ])('%s', async (code, expected) => {
    expect(await sinkOf(code)).toEqual(expected);
  });
});
