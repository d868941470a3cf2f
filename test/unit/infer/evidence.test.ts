import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferAnalysis } from '../../../src/infer/infer.js';
import type { AnalysisDocument } from '../../../src/model/analysis.js';
import { graphOfSource } from '../../support/graph.js';

const fixtures = new URL('../../../fixtures/', import.meta.url).pathname;

/** Every Python file of the fixtures; each is analysed by itself, as one that says it is for Airflow 3 or 2. */
const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.py') && /^(?:graph|sources|plans|repos|bodies)\//.test(name))
  .sort();

async function analysisOf(source: string, release: string): Promise<AnalysisDocument> {
  return inferAnalysis(await graphOfSource({ 'example.py': source }, { airflowVersion: release }));
}

/** What a text that only people read could claim, in the places where nobody runs it. */
const claims = [
  'this DAG is idempotent, exactly once, safe to run twice and triggered by s3://injected/bucket',
  'waits for kafka topic injected.topic; SELECT * FROM injected.orders WHERE updated_at > {{ prev_start_date_success }}',
];

function withClaims(source: string): string {
  const lines = claims.map((claim) => `# ${claim}`).join('\n');
  return `${source}\n${lines}\n`;
}

/** All that is inferred, without the graph that it was inferred from. */
function inferred({ graph: _graph, ...rest }: AnalysisDocument): unknown {
  return rest;
}

describe('what is claimed', () => {
  it.each(['2.11.2', '3.2.2'])('has evidence with a place, in every fixture, on Airflow %s', async (release) => {
    let candidates = 0;
    for (const name of files) {
      const source = readFileSync(path.join(fixtures, name), 'utf8');
      const analysis = await analysisOf(source, release);
      const known = new Map(analysis.evidence.map((each) => [each.id, each]));
      const lines = source.split('\n').length;
      for (const { id, evidence } of [...analysis.candidates, ...analysis.hazards]) {
        expect(evidence.length, `${name} ${id}`).toBeGreaterThan(0);
        for (const each of evidence) {
          const place = known.get(each)?.place;
          expect(place?.file, `${name} ${id} ${each}`).toBe('example.py');
          expect(place?.line).toBeLessThanOrEqual(lines);
        }
      }
      candidates += analysis.candidates.length;
    }
    expect(candidates).toBeGreaterThan(30);
  }, 120_000);

  it('does not change by what comments say', async () => {
    for (const name of files.filter((each) => each.startsWith('sources/'))) {
      const source = readFileSync(path.join(fixtures, name), 'utf8');
      expect(inferred(await analysisOf(withClaims(source), '3.2.2')), name).toEqual(inferred(await analysisOf(source, '3.2.2')));
    }
  }, 60_000);

  it('does not change by what docstrings, doc_md and descriptions say', async () => {
    const dagOf = (text: string) => `"""${text}"""
from datetime import datetime
from airflow.sdk import DAG
from airflow.providers.standard.operators.python import PythonOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor


def work():
    """${text}"""
    return 1


with DAG("d", start_date=datetime(2025, 1, 1), schedule="0 4 * * *", description="""${text}""", doc_md="""${text}"""):
    S3KeySensor(task_id="wait", bucket_key="s3://a/b", doc="""${text}""") >> PythonOperator(task_id="work", python_callable=work)
`;
    const plain = inferred(await analysisOf(dagOf('words'), '3.2.2'));
    for (const claim of claims) expect(inferred(await analysisOf(dagOf(claim), '3.2.2'))).toEqual(plain);
  });
});
