import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Quantity } from '../../../src/model/controls.js';
import { PlanDocument } from '../../../src/model/plan.js';
import { renderHtml } from '../../../src/report/html/render.js';
import { inflatedPage } from './inflate.js';

/** Each number on the page, counted anew from the JSON by other means than the page's. */

const plan = PlanDocument.parse(JSON.parse(readFileSync(new URL('../../../reports/retail-platform.json', import.meta.url), 'utf8')));
const { analysis, stages, phases, contracts } = plan;
const page = await inflatedPage(await renderHtml(plan));

const count = <Item>(items: readonly Item[], is: (item: Item) => boolean): number => items.filter(is).length;
const text = (html: string): string => html.replace(/<[^>]*>/g, ' ').replaceAll('&#39;', "'").replace(/\s+/g, ' ').trim();

/** The text of the element with an id, or of a view. */
function view(id: string): string {
  const start = page.indexOf(`id="${id}"`);
  const rest = page.slice(start);
  const end = rest.slice(1).search(/<(?:section|div|article) class="view|<\/main>/);
  return rest.slice(0, end);
}

const tiles = [...view('overview').matchAll(/<span class="what">([\s\S]*?)<\/a>/g)].map(([, tile = '']) => text(tile));

/** Rows of a chart's table, as the texts of their cells. */
function rowsOf(chart: string): string[][] {
  const body = new RegExp(`id="${chart}"[\\s\\S]*?<tbody>([\\s\\S]*?)</tbody>`).exec(page)?.[1] ?? '';
  return [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<(?:th|td)(?: [^>]*)?>([\s\S]*?)<\/(?:th|td)>/g)].filter(([whole]) => !whole.includes('graph-cell')).map(([, cell = '']) => text(cell)),
  );
}

const moving = stages.filter(({ today, target }) => today !== target && today !== 'event' && (target === 'event' || target === 'hybrid'));
const rankOf = new Map((analysis.ranking ?? []).map((rank) => [rank.dag_id, rank.factors]));
const seconds = ({ value, unit }: Quantity): number => value * { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 }[unit as 'seconds'];
const latencies = moving.flatMap(({ dag_id }) => rankOf.get(dag_id)?.latency.value ?? []);
const limits = moving.map(({ controls }) => Math.max(...(controls?.routes ?? []).map(({ contract }) => seconds(contracts.find(({ id }) => id === contract)?.slo ?? { value: NaN, unit: 'seconds', origin: 'default', source: '-' }))));
const lowerMedian = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.ceil(values.length / 2) - 1] ?? NaN;

describe('the numbers of the first screen are those of the document', () => {
  test('five of them', () => {
    expect(tiles).toHaveLength(5);
  });

  test('DAGs by readiness', () => {
    const of = (verdict: string): number => count(analysis.verdicts, (each) => each.verdict === verdict);
    expect(tiles[0]).toBe(`DAGs ready to move ${of('ready')} of ${analysis.graph.dags.length} ${of('needs_work')} need work ${of('stay_on_cron')} belong on cron ${of('event_driven')} on events already`);
  });

  test('the wait today and afterwards', () => {
    const hours = (value: number): string => `${Math.round(value / 360) / 10} h`;
    expect(tiles[1]).toContain(`${hours(lowerMedian(latencies))} today → at most ${hours(lowerMedian(limits))} afterwards`);
    expect(tiles[1]).toContain(`${moving.length} DAGs that move`);
  });

  test('slot hours', () => {
    const held = moving.map(({ dag_id }) => rankOf.get(dag_id)?.slot_hours.value ?? 0);
    expect(tiles[2]).toContain(`${Math.round(held.reduce((sum, value) => sum + value, 0) * 10) / 10} h`);
    expect(tiles[2]).toContain(`${count(held, (value) => value > 0)} DAGs`);
  });

  test('hazards by severity', () => {
    const of = (severity: string): number => count(analysis.hazards, (hazard) => hazard.severity === severity);
    expect(tiles[3]).toContain(`Hazards ${analysis.hazards.length} ${of('high')} high ${of('medium')} medium ${of('low')} low`);
  });

  test('what is known exactly', () => {
    const exact = count(analysis.graph.dags, ({ status }) => status === 'exact');
    expect(tiles[4]).toContain(`${Math.floor((exact / analysis.graph.dags.length) * 100)} % ${exact} exact`);
  });
});

describe('the numbers of the charts are those of the document', () => {
  test('waits: each DAG once before and once after', () => {
    const rows = rowsOf('chart-waits');
    const ends = [60, 300, 900, 3_600, 14_400, 43_200, 86_400, Infinity];
    const between = (values: readonly number[], index: number): number => count(values, (value) => value > (ends[index - 1] ?? -1) && value <= (ends[index] ?? 0));
    expect(rows.map(([, today]) => Number(today))).toEqual(ends.map((_, index) => between(latencies, index)));
    expect(rows.map(([, , after]) => Number(after))).toEqual(ends.map((_, index) => between(limits, index)));
  });

  test('slot hours by DAG', () => {
    const held = moving.flatMap(({ dag_id }) => [[dag_id, rankOf.get(dag_id)?.slot_hours.value ?? 0] as const]).filter(([, value]) => value > 0);
    expect(new Map(rowsOf('chart-slots').map(([id = '', , value]) => [id, Number(value)]))).toEqual(new Map(held));
  });

  test('hazards by kind and severity', () => {
    const rows = rowsOf('chart-hazards');
    expect(rows).toHaveLength(new Set(analysis.hazards.map(({ rule }) => rule)).size);
    for (const [kind = '', ...counts] of rows) {
      const rule = kind.split(' ')[0];
      expect(counts.map(Number)).toEqual(['high', 'medium', 'low'].map((severity) => count(analysis.hazards, (hazard) => hazard.rule === rule && hazard.severity === severity)));
    }
  });

  test.each(['folder', 'owner'])('readiness by %s adds up to all DAGs', (by) => {
    const rows = rowsOf(`chart-${by}`);
    const sum = rows.flatMap(([, ...counts]) => counts.map(Number)).reduce((total, value) => total + value, 0);
    expect(sum).toBe(analysis.verdicts.length);
    const keys = analysis.graph.dags.map((dag) => (by === 'owner' ? dag.owner : dag.file.replace(/\/[^/]*$/, '')));
    expect(new Set(rows.map(([key]) => key))).toEqual(new Set(keys));
  });

  test('the timeline has every DAG that a cron starts in its week', () => {
    const rows = rowsOf('chart-schedule');
    expect(rows.find(([id]) => id === 'daily_sales_close')).toEqual(['daily_sales_close', '05:00', 'every day', expect.stringContaining('ledger_postings by the hour')]);
    const crons = analysis.graph.dags.filter(({ schedule }) => schedule.kind === 'cron' || (schedule.kind === 'assets_or_time' && schedule.time.kind === 'cron'));
    const resting = /(\d+) clocks? starts? nothing/.exec(view('charts'))?.[1] ?? '0';
    expect(rows.length + Number(resting)).toBe(crons.length);
  });
});

describe('the numbers of the plan are those of the document', () => {
  test('of views in the bar at the top', () => {
    const bar = [...page.matchAll(/<li><a href="#(\w+)">[^<]*<span class="n">([\d,]+)<\/span>/g)].map(([, id, value]) => [id, Number(value?.replace(',', ''))]);
    expect(Object.fromEntries(bar)).toEqual({
      dags: analysis.graph.dags.length,
      phases: phases.length,
      contracts: contracts.length,
      runbook: plan.runbook.length,
      hazards: analysis.hazards.length,
      questions: plan.questions.length,
      unknowns: expect.any(Number),
    });
  });

  test('of phases: DAGs, hours of work, canary, rollback', () => {
    const gists = [...page.matchAll(/<span class="muted gist">([\s\S]*?)<\/span>/g)].map(([, gist = '']) => text(gist));
    const hours = phases.map(({ tasks }) => tasks.reduce((sum, { effort }) => sum + effort.value, 0));
    phases.forEach(({ emits, changes, canary, rollback }, index) => {
      const days = canary.hours % 24 === 0 ? canary.hours / 24 : canary.hours;
      expect(gists[index]).toMatch(new RegExp(`· ${Math.max(emits.length, changes.length)} DAGs? · ${hours[index]} hours? of work · canary ${days} (?:day|hour)`));
      expect(page).toContain(`Rollback to ${rollback.to} <span class="muted">${rollback.minutes} min`);
    });
    expect(text(view('phases'))).toContain(`${hours.reduce((sum, value) => sum + value, 0)} hours of work`);
  });

  test('of questions, the one that unlocks most first', () => {
    const shown = [...view('questions').matchAll(/<div class="cost"><strong>([\d,]+)/g)].map(([, value]) => Number(value));
    expect(shown).toEqual(plan.questions.map(({ unlocks }) => unlocks.length).toSorted((a, b) => b - a));
  });

  test('of the score', () => {
    expect(text(view('about'))).toContain(`${Math.round(plan.score.total)} of 100`);
  });
});

describe('the page of the example', () => {
  const facts = [
    ...contracts.flatMap(({ event, description, dedupe_key, evolution, compatibility }) => [event, description, ...dedupe_key, ...evolution, compatibility]),
    ...contracts.flatMap(({ payload }) => Object.entries(payload.properties).flatMap(([field, { description }]) => [field, description])),
    ...plan.runbook.flatMap(({ title, detect, decide, act, verify }) => [title, ...detect, ...decide, ...act, ...verify]),
    ...phases.flatMap(({ tasks, decides, goal }) => [...tasks.map((task) => task.text), decides.name, goal]),
    ...stages.flatMap(({ controls }) =>
      controls === null
        ? []
        : [
            ...controls.guarantee_rests_on, controls.ordering.out_of_order, controls.dedupe.store, controls.dedupe.guard, controls.backpressure.overflow, controls.backpressure.queue,
            ...controls.retries.map(({ action }) => action), controls.dead_letter.where, ...controls.dead_letter.redrive, ...controls.dead_letter.triage,
            ...controls.routes.flatMap(({ channel, subscription, filter, entry }) => [channel, subscription, filter, entry]),
            ...(controls.fan_in === null ? [] : [controls.fan_in.late, controls.fan_in.partial, controls.fan_in.on_timeout]),
          ],
    ),
  ];

  test('says every fact of contracts, runbook, phases and operation without the script', async () => {
    const plain = await renderHtml(plan);
    const shown = text(plain.replaceAll('<wbr>', '')).replaceAll('&quot;', '"').replaceAll('&#96;', '`').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    // A long filter is cut where it is shown; the contract's JSON has it whole.
    const missing = facts.map((fact) => fact.replace(/\s+/g, ' ').trim().slice(0, 250)).filter((fact) => !shown.includes(fact));
    expect(missing).toEqual([]);
  });

  test('is no larger than 600 kB', () => {
    // As the built tool makes it, whose scripts are minified: CI keeps the file current.
    expect(statSync(new URL('../../../reports/retail-platform.html', import.meta.url)).size).toBeLessThanOrEqual(600_000);
  });
});
