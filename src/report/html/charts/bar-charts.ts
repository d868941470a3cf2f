import type { Verdict } from '../../../model/analysis.js';
import { compareText } from '../../../model/place.js';
import { countOf, grouped } from '../../facts/plural.js';
import { slotHoursWon } from '../../facts/waits.js';
import { severities, severityWords } from '../../words.js';
import { folderOf } from '../drawing/map-model.js';
import { code, html, name, nothing } from '../safe.js';
import type { PlanContext } from '../view/context.js';
import type { RuleHazards } from '../view/hazards.js';
import { dagLink } from '../view/parts.js';
import { barsOf } from './chart.js';
import type { Chart } from './chart.js';

/** Longer charts are read as tables of their own views. */
const MOST_ROWS = 30;

function leftOut(count: number, what: string): string {
  return count <= MOST_ROWS ? '' : `${countOf(count - MOST_ROWS, what)} with less are left out.`;
}

/** Hours that waiting sensors hold worker slots, by DAG. */
export function slotHoursChart(context: PlanContext): Chart | null {
  const { hours, dags, unknown } = slotHoursWon(context.plan);
  if (dags.length === 0) return null;
  const sorted = [...dags].sort((a, b) => (b.factors.slot_hours.value ?? 0) - (a.factors.slot_hours.value ?? 0) || compareText(a.dag_id, b.dag_id));
  const most = sorted[0]?.factors.slot_hours.value ?? 0;
  return {
    id: 'chart-slots',
    title: `Waiting sensors hold up to ${grouped(hours)} worker slot hours a day`,
    note: 'Sensors in mode poke of DAGs that move: each run until its timeout or the next start. Events in their place give the slots back.',
    legend: [],
    drawing: nothing,
    head: ['DAG', 'Sensors', 'Hours a day, at most'],
    rows: sorted.slice(0, MOST_ROWS).map(({ dag_id: dagId, factors }) => {
      const value = factors.slot_hours.value ?? 0;
      const sensors = (context.candidates.get(dagId) ?? []).filter((candidate) => candidate.replaces?.mode === 'poke' && candidate.task_id !== null);
      const names = [...new Set(sensors.map((sensor) => `${sensor.replaces?.operator ?? ''} ${sensor.task_id ?? ''}`))];
      return {
        label: dagLink(dagId, context),
        bars: barsOf([[{ kind: 'cron', value }]], most),
        cells: [html`${names.map((each, index) => html`${index === 0 ? '' : ', '}${code(each)}`)}`, html`${grouped(value)}`],
      };
    }),
    left: [leftOut(sorted.length, 'DAG'), unknown === 0 ? '' : `Of ${countOf(unknown, 'DAG')} no schedule tells the pace.`].filter((text) => text !== '').join(' '),
  };
}

/** Hazards by rule and severity. */
export function hazardsChart(rules: readonly RuleHazards[]): Chart | null {
  const [first] = [...rules].sort((a, b) => b.hazards - a.hazards);
  if (first === undefined) return null;
  const most = first.hazards;
  const total = rules.reduce((sum, rule) => sum + rule.hazards, 0);
  return {
    id: 'chart-hazards',
    title: `${grouped(most)} of ${countOf(total, 'hazard')}: ${first.title.charAt(0).toLowerCase()}${first.title.slice(1)}`,
    note: 'Hazards by kind and severity; the commonest kind is in the title.',
    legend: severities.map((severity) => ({ kind: severity, word: severityWords[severity] })),
    drawing: nothing,
    head: ['Kind', ...severities.map((severity) => severityWords[severity])],
    rows: rules.slice(0, MOST_ROWS).map(({ rule, title, counts }) => {
      const parts = severities.map((severity) => ({ kind: severity, value: counts.find((each) => each.severity === severity)?.count ?? 0 }));
      return { label: html`${name(rule, 20)} ${name(title, 60)}`, bars: barsOf([parts], most), cells: parts.map(({ value }) => html`${value}`) };
    }),
    left: leftOut(rules.length, 'kind'),
  };
}

const verdictKinds: readonly { readonly verdict: Verdict['verdict']; readonly kind: string; readonly word: string }[] = [
  { verdict: 'ready', kind: 'ready', word: 'ready' },
  { verdict: 'needs_work', kind: 'work', word: 'needs work' },
  { verdict: 'stay_on_cron', kind: 'cron', word: 'stays on cron' },
  { verdict: 'event_driven', kind: 'already', word: 'on events already' },
  { verdict: 'manual', kind: 'manual', word: 'manual' },
];

/** Verdicts by what groups the DAGs. */
export function readinessChart(context: PlanContext, by: 'folder' | 'owner'): Chart | null {
  const groups = new Map<string, Verdict['verdict'][]>();
  for (const dag of context.plan.analysis.graph.dags) {
    const verdict = context.verdicts.get(dag.dag_id)?.verdict;
    const key = by === 'folder' ? folderOf(dag) : (dag.owner ?? 'no owner');
    if (verdict !== undefined) groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  if (groups.size < 2) return null;
  const sorted = [...groups].sort(([a, left], [b, right]) => right.length - left.length || compareText(a, b));
  const most = sorted[0]?.[1].length ?? 0;
  const used = verdictKinds.filter(({ verdict }) => sorted.some(([, all]) => all.includes(verdict)));
  const [largest, all = []] = sorted[0] ?? ['', []];
  const work = all.filter((verdict) => verdict === 'needs_work').length;
  return {
    id: `chart-${by}`,
    title: `${largest} has most DAGs: ${countOf(all.length, 'DAG')}, of which ${work} ${work === 1 ? 'needs' : 'need'} work`,
    note: `Readiness of the DAGs by ${by}.`,
    legend: used.map(({ kind, word }) => ({ kind, word })),
    drawing: nothing,
    head: [by === 'folder' ? 'Folder' : 'Owner', ...used.map(({ word }) => word)],
    rows: sorted.slice(0, MOST_ROWS).map(([key, verdicts]) => {
      const parts = used.map(({ verdict, kind }) => ({ kind, value: verdicts.filter((each) => each === verdict).length }));
      return { label: name(key), bars: barsOf([parts], most), cells: parts.map(({ value }) => html`${value}`) };
    }),
    left: leftOut(sorted.length, by),
  };
}
