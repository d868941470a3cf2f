export interface Corpus {
  name: string;
  airflow: string;
  root: string;
  dags: string;
  variables: string | null;
  golden: string | null;
  minimumRight: number;
}

export const corpora: readonly Corpus[];
export const environments: Record<string, { requirements: string; packages: string[] }>;
