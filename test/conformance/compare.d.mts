import type { AssetExpression, GraphDocument, Schedule, TaskLink } from '../../src/model/graph.js';

/** One task as the dump of Airflow's DagBag has it. */
export interface TruthTask {
  task_id: string;
  operator: string;
  group_id: string | null;
  is_mapped: boolean;
  is_setup: boolean;
  is_teardown: boolean;
  trigger_rule: string;
  owner: string | null;
  pool: string | null;
  retries: number | null;
  depends_on_past: boolean;
  wait_for_downstream: boolean;
  inlets: AssetExpression[];
  outlets: AssetExpression[];
  link: TaskLink | null;
}

export interface TruthDag {
  dag_id: string;
  file: string;
  schedule: Schedule;
  catchup: boolean | null;
  max_active_runs: number | null;
  description: string | null;
  tags: string[];
  tasks: TruthTask[];
  edges: { upstream: string; downstream: string; label: string | null }[];
  task_groups: { group_id: string; parent_group_id: string | null; is_mapped: boolean }[];
}

interface Link {
  source: string;
  target: string;
  kind: string;
  dependency_id: string;
}

/** What `dump.py` writes. */
export interface TruthDocument {
  airflow_version: string;
  dags: TruthDag[];
  dag_dependencies: Link[];
  import_errors: { file: string; kind: string; exception: string | null }[];
}

/** The part of a graph document's DAG that is compared. */
export interface ComparedDag extends TruthDag {
  status: GraphDocument['dags'][number]['status'];
  unknowns: { kind: string; reason: string; file: string }[];
}

/** The part of a graph document that is compared: every `GraphDocument` is one. */
export interface ComparedDocument {
  files: { file: string; dag_ids: string[] }[];
  dags: ComparedDag[];
  dag_dependencies: Link[];
  import_errors: { file: string; kind: string }[];
  unknowns: { file: string }[];
}

export interface Difference {
  field: string;
  truth: unknown;
  ours: unknown;
}

export interface DagDifferences {
  dag_id: string;
  differences: Difference[];
}

export interface Comparison {
  /** DAGs that Airflow builds. */
  dags: number;
  exact: number;
  right: number;
  wrong: DagDifferences[];
  invented: string[];
  missedSilently: string[];
  wrongImportErrors: Difference[];
  /** DAGs that we don't have, in files of which we say that something is not known. */
  missed: string[];
  missedImportErrors: string[];
  other: DagDifferences[];
  reasons: { reason: string; count: number }[];
}

export function canonical(value: unknown): string;
export function compareDag(truth: TruthDag, ours: TruthDag): Difference[];
export function compareOtherFields(truth: TruthDag, ours: TruthDag): Difference[];
export function compareDocuments(truth: TruthDocument, document: ComparedDocument): Comparison;
export function countSilentlyWrong(comparison: Comparison): number;
