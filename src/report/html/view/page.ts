import type { Phase, PlanDocument } from '../../../model/plan.js';
import type { Changes } from '../../facts/changes.js';
import { countPlan } from '../../facts/numbers.js';
import { slotHoursWon, waitNumbers, waitsOf } from '../../facts/waits.js';
import type { DagWait } from '../../facts/waits.js';
import { rankRemedies, rankUnknowns } from '../../facts/unknown-ranking.js';
import { hazardsChart, readinessChart, slotHoursChart } from '../charts/bar-charts.js';
import type { Chart } from '../charts/chart.js';
import { scheduleChart } from '../charts/schedule-chart.js';
import { waitsChart } from '../charts/waits-chart.js';
import { drawMap, mapRequest } from '../drawing/draw-map.js';
import { dagsByFolder, mapOf } from '../drawing/map-model.js';
import type { MapModel } from '../drawing/map-model.js';
import { drawTaskGraph, taskGraphOf } from '../drawing/task-graph.js';
import { layOut } from '../layout/lay-out.js';
import type { SafeHtml } from '../safe.js';
import { visible } from '../../visible.js';
import { commonOf, contractGroups } from './contracts.js';
import type { ContractGroup } from './contracts.js';
import { contextOf } from './context.js';
import type { PlanContext } from './context.js';
import { dagView } from './dag.js';
import type { DagView } from './dag.js';
import { hazardsByRule } from './hazards.js';
import type { RuleHazards } from './hazards.js';
import { numberSourcesOf } from './number-sources.js';
import type { NumberSources } from './number-sources.js';
import { createSharedTexts } from './shared-texts.js';
import type { SharedTexts } from './shared-texts.js';

/** Everything that the page's templates print. */
export interface PageView {
  readonly plan: PlanDocument;
  /** Since an earlier plan; null where none was given. */
  readonly changes: Changes | null;
  readonly context: PlanContext;
  /** Where the bar at the top leads: id of a view, its word, how many things it holds. */
  readonly nav: readonly (readonly [id: string, word: string, count: number | null])[];
  readonly numbers: ReturnType<typeof countPlan>;
  readonly map: MapModel;
  readonly mapDrawing: SafeHtml;
  readonly dags: readonly DagView[];
  /** The DAG sections in their order; one nameless folder unless the map is by folder. */
  readonly folders: readonly { readonly folder: string; readonly anchor: string; readonly dags: readonly DagView[] }[];
  readonly hazards: readonly RuleHazards[];
  readonly unknowns: ReturnType<typeof rankUnknowns>;
  readonly remedies: ReturnType<typeof rankRemedies>;
  readonly shared: SharedTexts;
  readonly sources: NumberSources;
  readonly contracts: readonly ContractGroup[];
  /** Questions, the one that unlocks most DAGs first. */
  readonly questions: PlanDocument['questions'];
  readonly effortHours: number;
  readonly charts: readonly Chart[];
  readonly waits: ReturnType<typeof waitNumbers>;
  readonly slotHours: ReturnType<typeof slotHoursWon>;
  /** Whether dead letters are looked at in the same way everywhere, so that the runbook tells it. */
  readonly hasSharedTriage: boolean;
}

function chartsOf(context: PlanContext, waits: readonly DagWait[], hazards: readonly RuleHazards[]): Chart[] {
  const charts = [waitsChart(waits), scheduleChart(context), slotHoursChart(context), hazardsChart(hazards), readinessChart(context, 'folder'), readinessChart(context, 'owner')];
  return charts.flatMap((chart) => chart ?? []);
}

/** Hours of work before a phase; what isn't told in hours doesn't count. */
export function effortHours({ tasks }: Phase): number {
  return tasks.reduce((sum, { effort }) => sum + (effort.unit === 'hours' ? effort.value : 0), 0);
}

function foldersOf(views: readonly DagView[], map: MapModel): PageView['folders'] {
  if (!map.isByFolder) return [{ folder: '', anchor: '', dags: views }];
  const byDag = new Map(views.map((view) => [view.dag, view]));
  return dagsByFolder(views.map((view) => view.dag)).map(([folder, dags], index) => ({
    folder,
    anchor: `folder-${index + 1}`,
    dags: dags.flatMap((dag) => byDag.get(dag) ?? []),
  }));
}

function navigationOf({ analysis, phases, questions, contracts, runbook }: PlanDocument, unknowns: number, changes: Changes | undefined): PageView['nav'] {
  return [
    ['overview', 'Overview', null],
    ...(changes === undefined ? [] : [['changes', 'Changes', null] as const]),
    ['dags', 'DAGs', analysis.graph.dags.length],
    ['phases', 'Phases', phases.length],
    ['contracts', 'Contracts', contracts.length],
    ['runbook', 'Runbook', runbook.length],
    ['hazards', 'Hazards', analysis.hazards.length],
    ['charts', 'Charts', null],
    ['questions', 'Questions', questions.length],
    ['unknowns', 'Not known', unknowns],
    ['exports', 'Export', null],
    ['about', 'About', null],
  ];
}

/** Above this many tasks in all, task tables alone are shown: the drawings would make up most of the page. */
const MOST_DRAWN_TASKS = 3_000;

export async function pageView(plan: PlanDocument, changes?: Changes): Promise<PageView> {
  const context = contextOf(plan);
  const { graph } = plan.analysis;
  const numbers = countPlan(plan);
  const unknowns = rankUnknowns(graph);
  const map = mapOf(plan, context.anchors);
  const taskGraphs = numbers.graph.tasks > MOST_DRAWN_TASKS ? [] : graph.dags.flatMap((dag) => taskGraphOf(dag) ?? []);
  const requests = [mapRequest(map), ...taskGraphs.map((taskGraph) => taskGraph.request)];
  const [mapLayout, ...taskLayouts] = await layOut(requests);
  const drawings = new Map(
    taskGraphs.flatMap((taskGraph, index) => {
      const layout = taskLayouts[index];
      const label = `Tasks of ${visible(taskGraph.dag.dag_id)} and their order`;
      return layout === undefined ? [] : [[taskGraph.dag, drawTaskGraph(taskGraph, layout, label)] as const];
    }),
  );
  const dags = graph.dags.map((dag) => dagView(dag, context, drawings.get(dag)));
  const waits = waitsOf(plan);
  const hazards = hazardsByRule(dags.flatMap((view) => view.hazards));
  const charts = chartsOf(context, waits, hazards);
  return {
    plan,
    context,
    charts,
    waits: waitNumbers(waits),
    slotHours: slotHoursWon(plan),
    changes: changes ?? null,
    nav: navigationOf(plan, unknowns.length, changes),
    numbers,
    map,
    mapDrawing: mapLayout === undefined ? { html: '' } : drawMap(map, mapLayout, 'Map of the DAGs'),
    dags,
    folders: foldersOf(dags, map),
    hazards,
    unknowns,
    remedies: rankRemedies(graph),
    shared: createSharedTexts(),
    sources: numberSourcesOf(),
    contracts: contractGroups(plan, context.contractAnchors),
    questions: [...plan.questions].sort((a, b) => b.unlocks.length - a.unlocks.length),
    effortHours: plan.phases.reduce((sum, phase) => sum + effortHours(phase), 0),
    hasSharedTriage: commonOf(plan.stages.flatMap(({ controls }) => controls ?? []), ({ dead_letter }) => dead_letter.triage) !== null,
  };
}
