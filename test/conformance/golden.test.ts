import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { graphRepository } from '../../src/pipeline.js';
import type { TruthDocument } from './compare.mjs';
import { compareDocuments } from './compare.mjs';
import type { Corpus } from './corpora.mjs';
import { corpora, judge } from './corpora.mjs';
import { comparisonLines } from './print.mjs';

const fromProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const ours = corpora.flatMap((corpus) => (corpus.golden === null ? [] : [{ ...corpus, golden: corpus.golden }]));

async function analyse(corpus: Corpus) {
  const path = fromProject(corpus.root);
  return graphRepository({ path, dagsRoot: `${path}/${corpus.dags}`, airflowVersion: corpus.airflow });
}

describe('the graph of our fixtures is the one that Airflow builds', () => {
  it.each(ours)('$name on Airflow $airflow', async (corpus) => {
    const truth = JSON.parse(readFileSync(fromProject(corpus.golden), 'utf8')) as TruthDocument;
    const document = await analyse(corpus);
    const comparison = compareDocuments(truth, document);
    const report = comparisonLines(corpus, comparison, { verbose: false }).join('\n');
    expect(judge(corpus, comparison, document), report).toEqual([]);
  });

  it('has a golden for every fixture', () => {
    expect(ours.filter((corpus) => !existsSync(fromProject(corpus.golden)))).toEqual([]);
  });
});
