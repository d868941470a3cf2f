import type { AnalysisDocument } from '../../../src/model/analysis.js';
import { buildAnalysis } from './analysis.js';

/**
 * A small platform with one DAG of each kind that a plan has to tell apart: sources outside Airflow, a chain of sensors,
 * a fan-in of different kinds, a coupling by the clock alone, a cycle, an opaque and a partial DAG, DAGs without a clock.
 */
export function platform(version = '3.2.2'): AnalysisDocument {
  return buildAnalysis({
    version,
    dags: [
      { id: 'landing_orders', schedule: '0 1 * * *' },
      { id: 'refine_orders', schedule: '0 3 * * *', sensors: ['landing_orders'] },
      { id: 'report_orders', schedule: '0 5 * * *', sensors: ['refine_orders'] },
      { id: 'reconcile', schedule: '0 6 * * 1' },
      { id: 'read_by_clock', schedule: '0 4 * * *' },
      { id: 'export_events', schedule: '*/10 * * * *' },
      { id: 'month_end', schedule: '0 0 1 * *' },
      { id: 'nothing_found', schedule: '@daily' },
      { id: 'opaque_one', status: 'opaque' },
      {
        id: 'partial_one',
        status: 'partial',
        unknowns: [{ kind: 'missing_variable', reason: 'the Variable tables is missing', file: 'dags/platform.py', line: 7 }],
      },
      { id: 'circle_a' },
      { id: 'circle_b' },
      { id: 'by_hand', schedule: null },
      { id: 'pushed', schedule: null },
      { id: 'asset_reader', schedule: { kind: 'assets', assets: { asset: { name: 'gold', uri: 'gold' } }, timetable: 'AssetTriggeredTimetable' } },
      { id: 'waits_midway', sensors: ['nothing_found'] },
      { id: 'lands_late', sensors: [] },
    ],
    dependencies: [
      { source: 'landing_orders', target: 'refine_orders', kind: 'sensor' },
      { source: 'refine_orders', target: 'report_orders', kind: 'sensor' },
      { source: 'by_hand', target: 'pushed', kind: 'trigger' },
    ],
    assets: [{ name: 'gold', producers: ['landing_orders'], consumers: ['asset_reader'] }],
    candidates: [
      { id: 'c01', dag: 'landing_orders', kind: 's3', mechanism: 'rest_asset_event', fields: { bucket: 'orders', key: 'in/' }, polls: true },
      { id: 'c02', dag: 'refine_orders', kind: 'dag_completion', fields: { external_dag_id: 'landing_orders' }, polls: true },
      { id: 'c03', dag: 'report_orders', kind: 'dag_completion', fields: { external_dag_id: 'refine_orders' }, polls: true },
      { id: 'c04', dag: 'reconcile', kind: 'gcs', mechanism: 'rest_asset_event', fields: { bucket: 'bank' } },
      { id: 'c05', dag: 'reconcile', kind: 'asset', fields: { name: 'gold' } },
      { id: 'c06', dag: 'read_by_clock', kind: 'asset', fields: { source_dag_id: 'nothing_found', name: 'warehouse.sales' } },
      { id: 'c07', dag: 'export_events', kind: 'kafka', mechanism: 'asset_watcher', since: '3.0', fields: { topic: 'orders.v1' }, polls: true },
      { id: 'c08', dag: 'month_end', kind: 'clock' },
      { id: 'c09', dag: 'opaque_one', kind: 's3', mechanism: 'rest_asset_event', fields: { bucket: 'x' } },
      { id: 'c10', dag: 'partial_one', kind: 's3', mechanism: 'rest_asset_event', fields: { bucket: 'y' } },
      { id: 'c11', dag: 'circle_a', kind: 'dag_completion', fields: { external_dag_id: 'circle_b' } },
      { id: 'c12', dag: 'circle_b', kind: 'dag_completion', fields: { external_dag_id: 'circle_a' } },
      { id: 'c13', dag: 'waits_midway', kind: 'dag_completion', fields: { external_dag_id: 'nothing_found' }, polls: true, isMidDag: true },
      { id: 'c14', dag: 'lands_late', kind: 'file', mechanism: 'rest_asset_event', confidence: 'low', fields: { path: '/in' } },
    ],
    fanIns: [{ dag: 'reconcile', join: 'all', legs: ['c04', 'c05'] }],
    hazards: [
      { id: 'h1', rule: 'H1', dag: 'refine_orders', severity: 'high' },
      { id: 'h2', rule: 'H2', dag: 'landing_orders' },
      { id: 'h3', rule: 'X9', dag: 'reconcile' },
      { id: 'h4', rule: 'H18', dag: 'month_end' },
      { id: 'h5', rule: 'H21', dag: 'pushed' },
    ],
    verdicts: [{ dag: 'month_end', verdict: 'stay_on_cron', reasons: ['It closes the books on the first of the month.'] }],
    opaqueModules: [{ module: 'company_dags', dags: ['opaque_one'] }],
  });
}
