import { scaleLinear } from 'd3-scale';
import { linkVertical } from 'd3-shape';
import { compareText } from '../../../model/place.js';
import { clampMiddle, visible } from '../../visible.js';
import { describeDuration } from '../../facts/duration.js';
import { countOf } from '../../facts/plural.js';
import { sampleWeekText, timeText } from '../../facts/sample-week.js';
import { html, name, nothing } from '../safe.js';
import type { SafeHtml } from '../safe.js';
import type { PlanContext } from '../view/context.js';
import { dagLink } from '../view/parts.js';
import type { Chart } from './chart.js';

/** When clocks start DAGs within a day, and which DAG trusts that another one was earlier. */

interface Row {
  readonly dagId: string;
  readonly mode: string;
  /** Minutes of the day in the chart's zone, ascending, each once. */
  readonly times: readonly number[];
  readonly days: string;
  readonly isOften: boolean;
}

interface Coupling {
  readonly from: Row;
  readonly to: Row;
  readonly kind: 'sensor' | 'clock';
}

const targets = ['event', 'hybrid', 'cron', 'manual'];
const MOST_ROWS = 60;
/** More starts a day than this are a band, not marks. */
const MOST_MARKS = 24;
const DAY = 1_440;

const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function daysText(minutes: readonly number[]): string {
  const days = [...new Set(minutes.map((minute) => Math.floor(minute / DAY)))].filter((day) => day >= 0 && day < 7).sort((a, b) => a - b);
  if (days.length === 7) return 'every day';
  if (days.join() === '0,1,2,3,4') return 'Mon to Fri';
  if (days.join() === '0,1,2,3,4,5') return 'Mon to Sat';
  return days.map((day) => dayNames[day]).join(', ');
}

/** The zone in which most clocks are written. */
function commonZone(zones: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const zone of zones) counts.set(zone, (counts.get(zone) ?? 0) + 1);
  return [...counts].sort(([a, left], [b, right]) => right - left || compareText(a, b))[0]?.[0] ?? 'UTC';
}

interface Rows {
  readonly rows: readonly Row[];
  readonly zone: string;
  /** Clocks that don't start a DAG in the sample week. */
  readonly resting: number;
}

function rowsOf({ plan, weeks, stages }: PlanContext): Rows {
  const known = plan.analysis.graph.dags.flatMap((dag) => {
    const week = weeks(dag);
    return week === undefined ? [] : [{ dag, week }];
  });
  const zone = commonZone(known.map(({ week }) => week.zone));
  const offset = known.find(({ week }) => week.zone === zone)?.week.offset ?? 0;
  const rows = known.flatMap(({ dag, week }): Row[] => {
    if (week.minutes.length === 0) return [];
    const shifted = week.minutes.map((minute) => (((minute + offset - week.offset) % DAY) + DAY) % DAY);
    const times = [...new Set(shifted)].sort((a, b) => a - b);
    return [{ dagId: dag.dag_id, mode: stages.get(dag.dag_id)?.target ?? 'unknown', times, days: daysText(week.minutes), isOften: times.length > MOST_MARKS }];
  });
  return { rows, zone, resting: known.length - rows.length };
}

function couplingsOf(rows: readonly Row[], { reliances }: PlanContext): Coupling[] {
  const byId = new Map(rows.map((row) => [row.dagId, row]));
  const found = new Map<string, Coupling>();
  for (const from of rows) {
    for (const { kind, dagId } of reliances.get(from.dagId) ?? []) {
      const to = dagId === null || kind === 'waiting' ? undefined : byId.get(dagId);
      if (to !== undefined && to !== from) found.set(JSON.stringify([from.dagId, to.dagId]), { from, to, kind: kind === 'read' ? 'clock' : 'sensor' });
    }
  }
  return [...found.values()];
}

/** The last start of the producer before the consumer's first one; its first start where there is none before. */
function startBefore(from: Row, to: Row): number {
  const first = to.times[0] ?? 0;
  return from.times.findLast((time) => time <= first) ?? from.times[0] ?? 0;
}

const left = 210;
const right = 950;
const width = 1_080;
const top = 30;
const rowHeight = 22;

function drawTimeline(rows: readonly Row[], couplings: readonly Coupling[]): SafeHtml {
  const x = scaleLinear([0, DAY], [left, right]);
  const y = (index: number): number => top + index * rowHeight + rowHeight / 2;
  const position = new Map(rows.map((row, index) => [row, index]));
  const height = top + rows.length * rowHeight + 8;
  const hours = Array.from({ length: 13 }, (_, index) => index * 2);
  const grid = hours.map((hour) => html`<path class="grid" d="M${x(hour * 60)} ${top - 4}V${height - 4}"/><text class="tick" x="${x(hour * 60)}" y="16">${timeText((hour * 60) % DAY)}</text>`);
  const link = linkVertical<unknown, { from: [number, number]; to: [number, number] }, [number, number]>()
    .source(({ from }) => from)
    .target(({ to }) => to)
    .digits(1);
  const lines = couplings.map(({ from, to, kind }) => {
    const start: [number, number] = [x(startBefore(from, to)), y(position.get(from) ?? 0)];
    const end: [number, number] = [x(to.times[0] ?? 0), y(position.get(to) ?? 0) + (start[1] < y(position.get(to) ?? 0) ? -6 : 6)];
    return html`<path class="edge link-${kind}" d="${link({ from: start, to: end }) ?? ''}" marker-end="url(#arrow)"/>`;
  });
  const marks = rows.map((row, index) => {
    const label = clampMiddle(visible(row.dagId), 26);
    const drawn = row.isOften
      ? html`<rect class="s-${row.mode}" x="${x(row.times[0] ?? 0).toFixed(1)}" y="${y(index) - 3}" width="${(x(row.times.at(-1) ?? 0) - x(row.times[0] ?? 0)).toFixed(1)}" height="6" rx="3"/>`
      : html`${row.times.map((time) => html`<circle class="s-${row.mode}" cx="${x(time).toFixed(1)}" cy="${y(index)}" r="4.5"/>`)}`;
    return html`<text class="row" x="${left - 12}" y="${y(index) + 4}">${label}</text>${drawn}<text class="days" x="${right + 14}" y="${y(index) + 4}">${row.days}</text>`;
  });
  return html`<svg class="timeline" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Starts of DAGs by their clocks within a day; the table says the same">${grid}${lines}${marks}</svg>`;
}

function timesText({ times, isOften }: Row): string {
  if (!isOften) return times.map(timeText).join(', ');
  return `${times.length} times, ${timeText(times[0] ?? 0)} to ${timeText(times.at(-1) ?? 0)}`;
}

/** Rows in which something is coupled come first when there are too many. */
function chosen(rows: readonly Row[], couplings: readonly Coupling[]): Row[] {
  const coupled = new Set(couplings.flatMap(({ from, to }) => [from, to]));
  const byTime = (a: Row, b: Row): number => (a.times[0] ?? 0) - (b.times[0] ?? 0) || compareText(a.dagId, b.dagId);
  const preferred = [...rows].sort((a, b) => Number(coupled.has(b)) - Number(coupled.has(a)) || byTime(a, b));
  return preferred.slice(0, MOST_ROWS).sort(byTime);
}

/** The starts of a day as marks, couplings as lines. */
export function scheduleChart(context: PlanContext): Chart | null {
  const { rows, zone, resting } = rowsOf(context);
  if (rows.length === 0) return null;
  const couplings = couplingsOf(rows, context);
  const shown = chosen(rows, couplings);
  const drawn = couplings.filter(({ from, to }) => shown.includes(from) && shown.includes(to));
  const leftOut = [
    rows.length > shown.length ? `${countOf(rows.length - shown.length, 'DAG')} of ${rows.length} are left out, those without a line first.` : '',
    resting === 0 ? '' : `${countOf(resting, 'clock')} ${resting === 1 ? 'starts' : 'start'} nothing in this week.`,
  ];
  return {
    id: 'chart-schedule',
    title: couplings.length === 0 ? 'When clocks start DAGs within a day' : `${countOf(couplings.length, 'DAG pair')} ${couplings.length === 1 ? 'relies' : 'rely'} on each other’s clock`,
    note: `Starts within a day in ${zone}, in the week from ${sampleWeekText} on. A line leads from a DAG to one that trusts that it ran before: by an ExternalTaskSensor on its logical date, or by nothing but the hour.`,
    legend: targets.filter((target) => shown.some(({ mode }) => mode === target)).map((mode) => ({ kind: mode, word: `ends as ${mode}` })),
    drawing: drawTimeline(shown, drawn),
    head: ['DAG', 'Starts', 'Days', 'Relied on by'],
    rows: shown.map((row) => {
      const after = couplings.filter(({ from }) => from === row);
      const relied = after.map(({ to, kind }, index) => {
        const gap = ((to.times[0] ?? 0) - startBefore(row, to)) * 60;
        return html`${index === 0 ? '' : ', '}${dagLink(to.dagId, context)} ${kind === 'sensor' ? 'by sensor' : 'by the hour'}${gap > 0 ? html`, ${describeDuration(gap)} later` : nothing}`;
      });
      return { label: dagLink(row.dagId, context), bars: null, cells: [html`${timesText(row)}`, html`${name(row.days)}`, html`${relied}`] };
    }),
    left: leftOut.filter((text) => text !== '').join(' '),
  };
}
