import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceKind } from '../../../src/model/analysis.js';
import { PlanDocument } from '../../../src/model/plan.js';
import { checkPlan } from '../../../src/plan/invariants/check-plan.js';
import { planOffline } from '../../../src/plan/offline/plan-offline.js';
import type { AnalysisInput } from './analysis.js';
import { buildAnalysis } from './analysis.js';
import { platform } from './platform.js';

const plan = planOffline(platform());
const stage = (dagId: string, document = plan) => document.stages.find(({ dag_id }) => dag_id === dagId);

/** The number of the phase in which a DAG changes to a mode. */
function phaseOf(dagId: string, to: 'hybrid' | 'event'): number {
  const change = (phase: PlanDocument['phases'][number]) => phase.changes.some((one) => one.stage === `stage:${dagId}` && one.to === to);
  return plan.phases.findIndex(change) + 1;
}

describe('planOffline', () => {
  test.each(['2.3.4', '2.7.0', '2.9.3', '2.11.2', '3.0.0', '3.2.2', '3.4.0', 'unheard of'])('is whole and valid on Airflow %s', (version) => {
    const document = planOffline(platform(version));
    expect(checkPlan(document)).toEqual([]);
    expect(PlanDocument.parse(document)).toEqual(document);
  });

  test('says how far each DAG goes', () => {
    expect(Object.fromEntries(plan.stages.map(({ dag_id, target }) => [dag_id, target]))).toEqual({
      asset_reader: 'event',
      by_hand: 'manual',
      circle_a: 'cron',
      circle_b: 'cron',
      export_events: 'event',
      landing_orders: 'event',
      lands_late: 'cron',
          month_end: 'cron',
      nothing_found: 'cron',
      opaque_one: 'cron',
      partial_one: 'hybrid',
      pushed: 'event',
      read_by_clock: 'event',
      reconcile: 'event',
      refine_orders: 'event',
      report_orders: 'event',
      waits_midway: 'cron',
    });
  });

  test('says why a DAG stays', () => {
    expect(stage('month_end')?.stay_reason).toBe('It closes the books on the first of the month.');
    expect(stage('nothing_found')?.stay_reason).toContain('Nothing was found');
    expect(stage('lands_late')?.stay_reason).toContain('low confidence');
    expect(stage('waits_midway')?.stay_reason).toContain('in the middle of the DAG (task wait_0)');
    expect(stage('circle_a')?.stay_reason).toContain('through circle_b');
    expect(stage('opaque_one')?.stay_reason).toContain('could not be read');
  });

  test('moves a polling DAG before the DAG that it polls', () => {
    expect(phaseOf('report_orders', 'event')).toBeLessThan(phaseOf('refine_orders', 'hybrid'));
    expect(phaseOf('refine_orders', 'event')).toBeLessThan(phaseOf('landing_orders', 'hybrid'));
  });

  test('makes producers observable before those that wait for them', () => {
    const observe = plan.phases.findIndex(({ emits }) => emits.includes('stage:refine_orders')) + 1;
    expect(observe).toBeGreaterThan(0);
    expect(observe).toBeLessThan(phaseOf('report_orders', 'hybrid'));
  });

  test('does not ask a producer to announce what it announces already', () => {
    expect(stage('reconcile')?.waits_on).toEqual(['landing_orders']);
    const alone = planOffline(
      buildAnalysis({
        dags: [{ id: 'writer' }, { id: 'reader' }],
        assets: [{ name: 'gold', producers: ['writer'], consumers: [] }],
        candidates: [{ id: 'c1', dag: 'reader', kind: 'asset', fields: { uri: 'x-asset://gold' } }],
      }),
    );
    expect(alone.phases.map(({ kind }) => kind)).toEqual(['hybrid', 'event']);
  });

  test('keys a join of different sources by the fields of each', () => {
    expect(stage('reconcile')?.trigger).toMatchObject({ source_kind: 'asset', join: 'all', candidates: ['c04', 'c05'] });
    expect(stage('reconcile')?.dedupe_key).toContain('gcs.generation');
    expect(stage('reconcile')?.dedupe_key).toContain('asset.source_run_id');
  });

  test('takes the clock of a watched queue only when a forwarder replaces the watcher', () => {
    expect(stage('export_events')).toMatchObject({ target: 'event', delivery: 'effectively_once', dedupe_key: ['topic', 'partition', 'offset'] });
    expect(stage('export_events')?.trigger?.mechanism).toContain('a forwarder with retries and a dead-letter queue');
    const entry = plan.phases[phaseOf('export_events', 'event') - 1]?.entry ?? [];
    expect(entry.join()).toContain('In place of the watchers of export_events');
  });

  test('while the watcher is there, its losses are told', () => {
    const document = planOffline(
      buildAnalysis({
        dags: [{ id: 'reader', status: 'partial' }],
        candidates: [{ id: 'c1', dag: 'reader', kind: 'sqs', mechanism: 'asset_watcher', fields: { queue: 'q' } }],
      }),
    );
    expect(stage('reader', document)).toMatchObject({ target: 'hybrid', delivery: 'at_most_once' });
  });

  test('what follows the calendar keeps its clock beside the event', () => {
    const document = planOffline(
      buildAnalysis({
        dags: [{ id: 'weekly', schedule: '0 5 * * 1' }],
        candidates: [{ id: 'c1', dag: 'weekly', kind: 'gcs', mechanism: 'rest_asset_event' }],
        hazards: [{ id: 'h1', rule: 'H18', dag: 'weekly' }],
      }),
    );
    expect(stage('weekly', document)?.target).toBe('hybrid');
    expect(document.summary).not.toContain('the clock goes');
  });

  test('an unknown hazard rule is never called met', () => {
    expect(stage('reconcile')?.hazards).toEqual([
      { hazard: 'h3', answer: 'No standing answer for X9: it must be accepted by name before the cutover. Suggested cure: what to do' },
    ]);
  });

  test('runs that build on each other and append stay on cron, and nothing is promised for them', () => {
    const hazards = [
      { id: 'h1', rule: 'H10', dag: 'ledger' },
      { id: 'h2', rule: 'H26', dag: 'ledger' },
    ];
    const candidates = [{ id: 'c1', dag: 'ledger', kind: 's3' as const, mechanism: 'rest_asset_event' as const }];
    const plan = (given: typeof hazards) => stage('ledger', planOffline(buildAnalysis({ dags: [{ id: 'ledger' }], candidates, hazards: given })));
    const [past] = hazards;
    expect(plan(past ? [past] : [])?.target).toBe('event');
    expect(plan(hazards)).toMatchObject({ target: 'cron', stay_reason: expect.stringContaining('append without a key') as string });
    expect(plan(hazards)?.hazards.every(({ answer }) => answer.startsWith('Nothing is done while the DAG stays on cron.'))).toBe(true);
  });

  test('a severe hazard without an answer keeps the clock', () => {
    const document = planOffline(
      buildAnalysis({
        dags: [{ id: 'risky' }],
        candidates: [{ id: 'c1', dag: 'risky', kind: 's3', mechanism: 'rest_asset_event' }],
        hazards: [{ id: 'h1', rule: 'X1', dag: 'risky', severity: 'high' }],
      }),
    );
    expect(stage('risky', document)?.target).toBe('hybrid');
  });

  test('a producer that is not in the repository can not be relied on', () => {
    const document = planOffline(
      buildAnalysis({
        dags: [{ id: 'reader', sensors: ['elsewhere'] }],
        candidates: [{ id: 'c1', dag: 'reader', kind: 'dag_completion', fields: { external_dag_id: 'elsewhere' }, polls: true }],
      }),
    );
    expect(stage('reader', document)).toMatchObject({ target: 'cron' });
    expect(document.questions[0]?.question).toContain('Who runs elsewhere');
  });

  test('asks first what unlocks most', () => {
    const counts = plan.questions.map(({ unlocks }) => unlocks.length);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(plan.questions.find(({ question }) => question.includes('company_dags'))?.unlocks).toEqual(['opaque_one']);
  });

  test('rollback is one line for each DAG, quoted where YAML would misread it', () => {
    const document = planOffline(
      buildAnalysis({
        dags: [{ id: 'no' }, { id: '2024' }, { id: 'plain.name-1' }],
        candidates: ['no', '2024', 'plain.name-1'].map((dag, index) => ({ id: `c${index}`, dag, kind: 'gcs' as const, mechanism: 'rest_asset_event' as const })),
      }),
    );
    expect(document.phases[0]?.rollback.switch).toBe('In dag2event.modes.yaml: "2024": cron; "no": cron; plain.name-1: cron');
  });

  test('a repository without DAGs has an empty plan', () => {
    const document = planOffline(buildAnalysis({ dags: [] }));
    expect(document).toMatchObject({ stages: [], phases: [], questions: [] });
    expect(checkPlan(document)).toEqual([]);
  });

  test('gives the same plan whatever the order of the analysis', () => {
    const turned = platform();
    turned.graph.dags.reverse();
    turned.graph.dag_dependencies.reverse();
    turned.candidates.reverse();
    const { analysis: _analysis, ...rest } = planOffline(turned);
    const { analysis: _other, ...expected } = plan;
    expect(rest).toEqual(expected);
  });

  test('plans 5,000 DAGs in a long chain in a time that does not explode', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `dag_${String(index).padStart(4, '0')}`);
    const document = buildAnalysis({
      dags: ids.map((id) => ({ id })),
      candidates: ids.slice(1).map((dag, index) => ({ id: `c${index}`, dag, kind: 'dag_completion', fields: { external_dag_id: ids[index] ?? '' } })),
    });
    const started = performance.now();
    const { stages } = planOffline(document);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(stages.filter(({ target }) => target === 'event')).toHaveLength(4999);
  });
});

describe('any analysis', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const id = fc.constantFrom(...ids);
  const kinds: SourceKind[] = ['s3', 'kafka', 'dag_completion', 'asset', 'clock', 'cdc', 'file'];
  const candidate = fc.record({
    dag: id,
    kind: fc.constantFrom(...kinds),
    producer: fc.oneof(id, fc.constant('elsewhere'), fc.constant('')),
    confidence: fc.constantFrom('high' as const, 'high' as const, 'medium' as const, 'low' as const),
    mechanism: fc.constantFrom('asset_schedule' as const, 'asset_watcher' as const, 'rest_asset_event' as const, 'trigger_dag_run' as const, 'none' as const),
    polls: fc.boolean(),
    isMidDag: fc.boolean(),
  });
  const input = fc.record({
    version: fc.constantFrom('2.3.0', '2.6.0', '2.10.1', '3.1.0'),
    dags: fc.tuple(
      ...ids.map((dag) =>
        fc.record({
          id: fc.constant(dag),
          schedule: fc.constantFrom('0 2 * * *', '@weekly', null),
          status: fc.constantFrom('exact' as const, 'exact' as const, 'partial' as const, 'opaque' as const),
          sensors: fc.array(fc.oneof(id, fc.constant(null)), { maxLength: 1 }),
        }),
      ),
    ),
    candidates: fc.array(candidate, { maxLength: 14 }),
    hazards: fc.array(fc.record({ dag: id, rule: fc.constantFrom('H1', 'H11', 'X1'), severity: fc.constantFrom('high' as const, 'low' as const) }), { maxLength: 5 }),
    fanIns: fc.array(fc.record({ dag: id, join: fc.constantFrom('all' as const, 'any' as const, 'mixed' as const) }), { maxLength: 3 }),
    dependencies: fc.array(fc.record({ source: id, target: id, kind: fc.constantFrom('sensor' as const, 'trigger' as const) }), { maxLength: 4 }),
  });

  test('gets a plan that breaks no invariant', () => {
    fc.assert(
      fc.property(input, (raw) => {
        const document = planOffline(buildAnalysis(complete(raw)));
        expect(checkPlan(document)).toEqual([]);
        expect(document.stages.map(({ dag_id }) => dag_id)).toEqual(ids);
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  type Raw = typeof input extends fc.Arbitrary<infer Value> ? Value : never;

  function complete({ candidates, hazards, fanIns, ...rest }: Raw): AnalysisInput {
    const named = candidates.map(({ producer, ...one }, index) => ({
      ...one,
      id: `c${index}`,
      fields: one.kind === 'dag_completion' || one.kind === 'asset' ? { external_dag_id: producer } : {},
    }));
    return {
      ...rest,
      candidates: named,
      hazards: hazards.map((one, index) => ({ ...one, id: `h${index}` })),
      fanIns: fanIns.flatMap(({ dag, join }) => {
        const legs = named.filter((one) => one.dag === dag).map((one) => one.id);
        return legs.length > 1 ? [{ dag, join, legs }] : [];
      }),
    };
  }
});
