import type { Comparison } from './compare.mjs';

export interface Corpus {
  name: string;
  airflow: string;
  root: string;
  dags: string;
  variables: string | null;
  golden: string | null;
  minimumRight: number;
  environment?: string;
  isLong?: boolean;
  leftOut?: string[];
  unknowable: string[];
}

interface Judged {
  dags: { dag_id: string; status: string }[];
}

export const corpora: readonly Corpus[];
export const environments: Record<string, { requirements: string | null; packages: string[] }>;

/** What a comparison and a document must not show; empty when the corpus passes. */
export function judge(corpus: Corpus, comparison: Comparison, document: Judged): string[];
