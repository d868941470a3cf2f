import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { graphRepository } from '../../src/pipeline.js';
import type { TruthDocument } from './compare.mjs';
import { compareDocuments } from './compare.mjs';
import type { Corpus } from './corpora.mjs';
import { corpora, judge } from './corpora.mjs';

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
    // The parts that say what is wrong come first, so that a failure names the DAG and the field.
    const { wrong, invented, missedSilently, wrongImportErrors } = comparison;
    expect({ wrong, invented, missedSilently, wrongImportErrors }).toEqual({
      wrong: [],
      invented: [],
      missedSilently: [],
      wrongImportErrors: [],
    });
    expect(judge(corpus, comparison, document)).toEqual([]);
  });

  it('has a golden for every fixture', () => {
    expect(ours.filter((corpus) => !existsSync(fromProject(corpus.golden)))).toEqual([]);
  });
});
