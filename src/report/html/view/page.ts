import type { PlanDocument } from '../../../model/plan.js';
import { countPlan } from '../../facts/numbers.js';
import { rankUnknowns } from '../../facts/unknown-ranking.js';
import { drawMap, mapRequest } from '../drawing/draw-map.js';
import { dagsByFolder, mapOf } from '../drawing/map-model.js';
import type { MapModel } from '../drawing/map-model.js';
import { drawTaskGraph, taskGraphOf } from '../drawing/task-graph.js';
import { layOut } from '../layout/lay-out.js';
import type { SafeHtml } from '../safe.js';
import { visible } from '../../visible.js';
import { contextOf } from './context.js';
import type { PlanContext } from './context.js';
import { dagView } from './dag.js';
import type { DagView } from './dag.js';
import { hazardsByRule } from './hazards.js';
import type { RuleHazards } from './hazards.js';
import { sharedTextsOf } from './shared-texts.js';
import type { SharedTexts } from './shared-texts.js';

/** Everything that the page's templates print. */
export interface PageView {
  readonly plan: PlanDocument;
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
  readonly shared: SharedTexts;
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

function navigationOf({ analysis, phases, questions }: PlanDocument, unknowns: number): PageView['nav'] {
  return [
    ['overview', 'Overview', null],
    ['dags', 'DAGs', analysis.graph.dags.length],
    ['phases', 'Phases', phases.length],
    ['hazards', 'Hazards', analysis.hazards.length],
    ['questions', 'Questions', questions.length],
    ['unknowns', 'Not known', unknowns],
    ['about', 'About', null],
  ];
}

/** Above this many tasks in all, task tables alone are shown: the drawings would make up most of the page. */
const MOST_DRAWN_TASKS = 3_000;

export async function pageView(plan: PlanDocument): Promise<PageView> {
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
  return {
    plan,
    context,
    nav: navigationOf(plan, unknowns.length),
    numbers,
    map,
    mapDrawing: mapLayout === undefined ? { html: '' } : drawMap(map, mapLayout, 'Map of the DAGs'),
    dags,
    folders: foldersOf(dags, map),
    hazards: hazardsByRule(dags.flatMap((view) => view.hazards)),
    unknowns,
    shared: sharedTextsOf(plan),
  };
}
