import { describeDuration } from '../../facts/duration.js';
import { countOf } from '../../facts/plural.js';
import { medianOf } from '../../facts/waits.js';
import type { DagWait } from '../../facts/waits.js';
import { html, nothing } from '../safe.js';
import { barsOf } from './chart.js';
import type { Chart } from './chart.js';

/** Upper ends of the steps, seconds; each about four times the one before. */
const steps = [60, 300, 900, 3_600, 14_400, 43_200, 86_400, Infinity];
const words = ['up to 1 min', '1 to 5 min', '5 to 15 min', '15 to 60 min', '1 to 4 h', '4 to 12 h', '12 to 24 h', 'more than a day'];

/** The step that a wait falls into. */
export function stepOf(seconds: number): number {
  return steps.findIndex((end) => seconds <= end);
}

function titleOf(waits: readonly DagWait[]): string {
  const today = medianOf(waits.flatMap((wait) => wait.today ?? []));
  const after = medianOf(waits.flatMap((wait) => wait.after ?? []));
  if (today === null || after === null) return 'How long data waits for its DAG';
  return `Data waits ${describeDuration(today)} for its DAG today; afterwards an event may take ${describeDuration(after)}`;
}

/** How many DAGs wait how long, today and after. */
export function waitsChart(waits: readonly DagWait[]): Chart | null {
  if (waits.every(({ today, after }) => today === null && after === null)) return null;
  const countIn = (read: (wait: DagWait) => number | null): number[] =>
    steps.map((_, step) => waits.filter((wait) => {
      const seconds = read(wait);
      return seconds !== null && stepOf(seconds) === step;
    }).length);
  const [today, after] = [countIn((wait) => wait.today), countIn((wait) => wait.after)];
  const most = Math.max(...today, ...after);
  const unknown = waits.filter((wait) => wait.today === null).length;
  return {
    id: 'chart-waits',
    title: titleOf(waits),
    note: 'DAGs that move, by the time between data being ready and the start (medians in the title). Today is what is expected from schedules and sensors; afterwards is the most that the contracts allow, not what will be measured.',
    legend: [{ kind: 'cron', word: 'today, expected' }, { kind: 'event', word: 'after, at most' }],
    drawing: nothing,
    head: ['Wait', 'Today', 'After'],
    rows: words.map((word, step) => ({
      label: html`${word}`,
      bars: barsOf([[{ kind: 'cron', value: today[step] ?? 0 }], [{ kind: 'event', value: after[step] ?? 0 }]], most),
      cells: [html`${today[step] ?? 0}`, html`${after[step] ?? 0}`],
    })),
    left: unknown === 0 ? '' : `Of ${countOf(unknown, 'DAG')} nothing tells how long they wait today.`,
  };
}
