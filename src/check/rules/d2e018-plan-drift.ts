import type { Dag } from '../../model/graph.js';
import type { Mode, Stage } from '../../model/plan.js';
import { placeOf, type CheckRule, type FindingDraft } from './rule.js';

/** D2E018: the DAG is run otherwise than the plan that the team follows says. */
export const planDrift: CheckRule = {
  doc: {
    id: 'D2E018',
    kind: 'check',
    title: 'DAG whose mode is not what the plan says',
    level: 'warning',
    versions: '2.4 and later',
    why:
      'The plan (--plan) says in which order DAGs leave their clocks, what each waits for and how it comes back. A DAG that moves ' +
      'past it, or back, has none of that: no canary, no rollback, and consumers that may not be ready.',
    cure: 'Follow the plan, or make it anew with dag2event plan and commit it with the change.',
    bad: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset

# The plan says: export stays on its clock (target cron).
with DAG("export", schedule=[Asset("s3://lake/orders")]):
    pass
# --- plan: export cron cron
`,
    },
    good: {
      airflow: '3.2.2',
      source: `from airflow.sdk import DAG, Asset

# The plan says: export moves from its clock to events.
with DAG("export", schedule=[Asset("s3://lake/orders")]):
    pass
# --- plan: export cron event
`,
    },
  },
  find: (estate) => {
    const stages = new Map((estate.plan?.stages ?? []).map((stage) => [stage.dag_id, stage]));
    return stages.size === 0 ? [] : estate.analysis.graph.dags.flatMap((dag) => findAt(dag, stages.get(dag.dag_id)));
  },
};

type PlanMode = Stage['today'];

const order: readonly Mode[] = ['cron', 'hybrid', 'event'];

function findAt(dag: Dag, stage: Stage | undefined): FindingDraft[] {
  const mode = modeOf(dag);
  if (mode === 'unknown') return [];
  const place = placeOf(dag);
  const draft = { level: 'warning' as const, dag_id: dag.dag_id, task_id: null, place, related: [] };
  if (stage === undefined) {
    // A DAG that nothing schedules needs no plan.
    if (mode === 'manual') return [];
    return [{ ...draft, level: 'note', subject: 'unplanned', message: `${dag.dag_id} (${mode}) is not in the plan` }];
  }
  if (isOnTheWay(mode, stage)) return [];
  return [{ ...draft, subject: 'mode', message: `${dag.dag_id} is run by ${mode}; the plan takes it from ${stage.today} to ${stage.target}` }];
}

/** Whether the mode lies between where the plan found the DAG and where it takes it. */
function isOnTheWay(mode: PlanMode, { today, target }: Stage): boolean {
  if (mode === today || mode === target || today === 'unknown') return true;
  const [from, to, at] = [today, target, mode].map((each) => order.findIndex((known) => known === each));
  return from !== undefined && to !== undefined && at !== undefined && from >= 0 && to >= 0 && at >= Math.min(from, to) && at <= Math.max(from, to);
}

function modeOf({ schedule }: Dag): PlanMode {
  switch (schedule.kind) {
    case 'cron':
    case 'delta':
    case 'timetable':
      return 'cron';
    case 'assets':
      return 'event';
    case 'assets_or_time':
      return 'hybrid';
    case 'none':
    case 'once':
      return 'manual';
    default:
      return 'unknown';
  }
}
