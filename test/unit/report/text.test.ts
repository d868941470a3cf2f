import { describe, expect, test } from 'vitest';
import { unknownCures } from '../../../src/model/unknown-cures.js';
import { onlyUnknowns } from '../../../src/report/facts/unknown-document.js';
import { rankUnknowns } from '../../../src/report/facts/unknown-ranking.js';
import { countPlan } from '../../../src/report/facts/numbers.js';
import { describeSchedule } from '../../../src/report/facts/schedule.js';
import { grouped, percent } from '../../../src/report/facts/plural.js';
import { renderJson } from '../../../src/report/json.js';
import { renderAnalysisText } from '../../../src/report/text/analysis.js';
import { renderGraphText } from '../../../src/report/text/graph.js';
import { renderPlanText } from '../../../src/report/text/plan.js';
import { renderSummary } from '../../../src/report/text/summary.js';
import { columns, textWidth, wrap } from '../../../src/report/text/terminal.js';
import { renderUnknowns } from '../../../src/report/text/unknowns.js';
import { clamp, visible } from '../../../src/report/visible.js';
import { emptyPlan, hostilePlan, makeDag, makeGraph, ordinaryPlan } from './documents.js';

const plain = { color: false };
const ordinary = ordinaryPlan();
const hostile = hostilePlan();
const { analysis } = hostile;

// eslint-disable-next-line no-control-regex -- what must not be in the output
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f]/;

describe('terminal text', () => {
  const outputs: [string, string][] = [
    ['graph', renderGraphText(analysis.graph, plain)],
    ['unknowns', renderUnknowns(analysis.graph)],
    ['analysis', renderAnalysisText(analysis, plain)],
    ['plan', renderPlanText(hostile, plain)],
    ['summary', renderSummary(hostile, plain)],
  ];

  test.each(outputs)('of the hostile estate holds no control character: %s', (_, text) => {
    expect(text).not.toMatch(controls);
    expect(text.endsWith('\n')).toBe(true);
    expect(Buffer.from(text).toString()).toBe(text);
  });

  test('with colours holds only our own escape sequences', () => {
    const text = renderGraphText(analysis.graph, { color: true });
    expect(text).toContain('\u001b[1m');
    // eslint-disable-next-line no-control-regex -- our own sequences
    expect(text.replace(/\u001b\[(?:1|2|22|3[1-6]|39)m/g, '')).not.toMatch(controls);
  });

  test('aligns columns by what a terminal shows', () => {
    expect(columns([['日本', 'a'], ['x', 'b']])).toEqual(['日本  a', 'x     b']);
    expect(textWidth('\u001b[1mab\u001b[22m')).toBe(2);
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });
});

describe('the summary', () => {
  test('fits 80 columns, for hostile text too', () => {
    for (const plan of [ordinary, hostile, emptyPlan()]) {
      const widths = renderSummary(plan, plain).split('\n').map(textWidth);
      expect(Math.max(...widths)).toBeLessThanOrEqual(80);
    }
  });

  test('says the numbers of the document', () => {
    expect(renderSummary(ordinary, plain)).toMatchInlineSnapshot(`
      "retail-platform
      DAGs       25: 22 exact (88 %), 2 partial, 1 opaque
      Plan       15 leave cron for events, 4 get events beside the clock, 5 stay on
                 cron, 1 manual
      Triggers   19 × end of a DAG, 3 × GCS object, 2 × S3 object, 1 × change data
                 capture, 1 × Kafka message, 1 × SQS message, 1 × webhook
      Hazards    3 high, 3 medium, 2 low; 1 of them on DAGs that stay on cron
      Phases     4
      Questions  2 to answer
      Refused    1 file, first dags/legacy/report_py2.py:7
      Unknown    3 DAGs - missing Variable: Variable "tenant_schedule" is not known
      Cure       give the Airflow Variable "tenant_schedule" with --variables FILE
      "
    `);
  });
});

describe('numbers', () => {
  test('of a plan are those of its parts', () => {
    const numbers = countPlan(ordinary);
    expect(Object.values(numbers.targets).reduce((sum, count) => sum + count)).toBe(ordinary.stages.length);
    expect(Object.values(numbers.graph.status).reduce((sum, count) => sum + count)).toBe(ordinary.analysis.graph.dags.length);
    expect(numbers.sources.reduce((sum, { count }) => sum + count, 0)).toBe(ordinary.analysis.candidates.length);
  });

  test('never round to a false all or nothing', () => {
    expect(percent(999, 1000)).toBe('99 %');
    expect(percent(1, 1000)).toBe('1 %');
    expect(percent(0, 10)).toBe('0 %');
    expect(percent(10, 10)).toBe('100 %');
    expect(percent(0, 0)).toBe('–');
    expect(grouped(1234567)).toBe('1,234,567');
  });
});

describe('unknowns', () => {
  const fact = { kind: 'missing_variable' as const, reason: 'Variable "x" is not given', file: 'dags/a.py', line: 3 };
  const graph = makeGraph({
    dags: [
      makeDag('a', { status: 'partial', unknowns: [fact] }),
      makeDag('b', { status: 'partial', unknowns: [fact, { ...fact, kind: 'random', reason: 'uuid4()' }] }),
    ],
  });

  test('are ranked by the DAGs they cost', () => {
    expect(rankUnknowns(graph).map(({ kind, dagIds }) => [kind, dagIds])).toEqual([
      ['missing_variable', ['a', 'b']],
      ['random', ['b']],
    ]);
  });

  test('come with their cure, which names what is missing', () => {
    expect(renderUnknowns(graph)).toContain('give the Airflow Variable "x" with --variables FILE');
    expect(renderUnknowns(graph)).toContain(unknownCures.random);
    expect(renderUnknowns(makeGraph())).toBe('Nothing is unknown.\n');
  });

  test('are one line for each cause, and say which DAGs it alone would make exact', () => {
    const module = (name: string, line: number) => ({ kind: 'missing_module' as const, reason: `module ${name} is not in the repository`, file: 'dags/a.py', line });
    const ranked = makeGraph({
      dags: [
        makeDag('a', { status: 'partial', unknowns: [module('company.a', 1), module('company.b.c', 2)] }),
        makeDag('b', { status: 'partial', unknowns: [module('company.a', 1), fact] }),
        makeDag('c', { status: 'partial', unknowns: [{ ...fact, reason: 'the time zone of the schedule: Variable "x" is not known' }] }),
        makeDag('d', { status: 'partial', unknowns: [{ ...fact, reason: 'Variable y is not known' }, fact] }),
      ],
      inputs: [{ kind: 'variable', name: 'x', state: 'missing', places: [{ file: 'dags/a.py', line: 3 }] }],
    });
    expect(rankUnknowns(ranked).map(({ reason, dagIds, unlockedDagIds, places }) => [reason, dagIds, unlockedDagIds, places.length])).toEqual([
      ['Variable "x" is not known', ['b', 'c', 'd'], ['c'], 1],
      ['module company is not in the repository', ['a', 'b'], ['a'], 2],
      ['Variable y is not known', ['d'], [], 1],
    ]);
    const text = renderUnknowns(ranked);
    expect(text).toContain('  give --variables: 3 DAGs, 2 of them exact with it alone\n  add the missing modules: 2 DAGs, 1 of them exact with it alone\n');
    expect(text).toContain('2 DAGs, 1 of them exact with it alone - missing module: module company is\n     not in the repository');
    expect(text.endsWith('Asked for and not given:\n  Variable x  dags/a.py:3\n')).toBe(true);
    expect(JSON.parse(JSON.stringify(onlyUnknowns(ranked)))).toMatchObject({
      remedies: [{ remedy: 'give --variables', dags: ['b', 'c', 'd'], exact_with_it_alone: ['c', 'd'] }, { kinds: ['missing_module'] }],
      ranking: [{ kind: 'missing_variable', dags: ['b', 'c', 'd'], exact_with_it_alone: ['c'] }, {}, {}],
    });
  });
});

describe('schedules', () => {
  test.each([
    [{ kind: 'cron', expression: '0 4 * * *', timezone: 'UTC', timetable: 't' }, '0 4 * * *'],
    [{ kind: 'cron', expression: '0 0 * * *', preset: '@daily', timezone: 'Europe/Zurich', timetable: 't' }, '@daily (0 0 * * *) Europe/Zurich'],
    [{ kind: 'delta', seconds: 21_600, timetable: 't' }, 'every 6 hours'],
    [{ kind: 'none', timetable: 't' }, 'none (manual or triggered)'],
    [
      {
        kind: 'assets',
        timetable: 't',
        assets: { any: [{ all: [{ asset: { name: 'a', uri: 's3://a' } }, { asset: { name: '', uri: 's3://b' } }] }, { alias: 'c' }] },
      },
      'assets: (a & s3://b) | alias c',
    ],
  ] as const)('%j', (schedule, text) => {
    expect(describeSchedule(structuredClone(schedule) as Parameters<typeof describeSchedule>[0])).toBe(text);
  });
});

describe('JSON', () => {
  test('keeps the order of keys and ends with a line feed', () => {
    expect(renderJson({ b: 1, a: [2] })).toBe('{\n  "b": 1,\n  "a": [\n    2\n  ]\n}\n');
    expect(JSON.parse(renderJson(hostile))).toEqual(hostile);
  });
});

describe('visible text', () => {
  test('shows what is hidden and keeps what is read', () => {
    expect(visible('a\u0000b\u001b\u007f\u009b\u202e\ufeff')).toBe('a␀b␛␡\\u009b\\u202e\\ufeff');
    expect(visible('👩‍👩‍👧 né')).toBe('👩‍👩‍👧 né');
    expect(visible('\ud800')).toBe('\\ud800');
  });

  test('is cut between characters', () => {
    expect(clamp('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 2)).toBe('👩‍👩‍👧…');
    expect(clamp('abc', 3)).toBe('abc');
  });
});
