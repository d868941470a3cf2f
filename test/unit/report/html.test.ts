import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { anchorsOf } from '../../../src/report/html/anchors.js';
import { renderHtml } from '../../../src/report/html/render.js';
import { escapeHtml, html, json, name } from '../../../src/report/html/safe.js';
import { inflatedPage } from './inflate.js';
import { emptyPlan, hostilePlan, hostileTexts, largePlan, ordinaryPlan } from './documents.js';

const templates = new URL('../../../src/report/templates/', import.meta.url);

describe('templates', () => {
  const names = readdirSync(templates).filter((file) => file.endsWith('.ejs'));

  test.each(names)('%s prints nothing unescaped but what the safe builders made', (file) => {
    const source = readFileSync(new URL(file, templates), 'utf8');
    const unescaped = [...source.matchAll(/<%-([\s\S]*?)%>/g)].map(([, expression = '']) => expression.trim());
    expect(unescaped.filter((expression) => !expression.endsWith('.html'))).toEqual([]);
  });

  test.each(names)('%s quotes every attribute and has no style or handler attribute', (file) => {
    const source = readFileSync(new URL(file, templates), 'utf8');
    expect(source).not.toMatch(/=<%/);
    expect(source).not.toMatch(/\s(?:style|on[a-z]+)=/);
  });
});

describe('the page', () => {
  test('is the same in every run', async () => {
    expect(await renderHtml(ordinaryPlan())).toBe(await renderHtml(ordinaryPlan()));
  });

  test('allows its own style and script by hash and nothing else', async () => {
    const page = await renderHtml(ordinaryPlan());
    const hash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(policy).toBe(
      `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
  });

  test('holds every fact of the plan', async () => {
    const plan = ordinaryPlan();
    const page = await renderHtml(plan);
    const facts = [
      plan.summary,
      ...plan.stages.flatMap((stage) => [stage.dag_id, stage.rationale, stage.stay_reason, stage.replay]),
      ...plan.phases.flatMap(({ title, goal, entry, exit, canary, rollback }) => [
        title, goal, ...entry, ...exit, canary.text, canary.metric, canary.stop_rule, rollback.switch, ...rollback.steps, rollback.replay,
      ]),
      ...plan.analysis.hazards.map((hazard) => hazard.cure),
      ...plan.questions.map(({ question }) => question),
      'give the Airflow Variable "tenant_schedule" with --variables FILE',
      'requirements.txt pins apache-airflow==2.11.2',
    ];
    expect(facts.filter((fact) => !page.includes(escapeHtml(fact)))).toEqual([]);
    const details = [...plan.analysis.evidence.map((evidence) => evidence.text), ...plan.analysis.hazards.map((hazard) => hazard.message)];
    const whole = await inflatedPage(page);
    expect(details.filter((fact) => !whole.includes(escapeHtml(fact)))).toEqual([]);
  });

  test('of an empty estate says so', async () => {
    expect(await renderHtml(emptyPlan())).toContain('No Python file was found either');
  });

  test('of 300 DAGs stays below 3 MB, and of 400 maps folders', async () => {
    expect(Buffer.byteLength(await renderHtml(largePlan(300)))).toBeLessThan(3_000_000);
    expect(await renderHtml(largePlan(400))).toContain('id="folder-1"');
  });

  test('holds no live markup of hostile text', async () => {
    const page = await inflatedPage(await renderHtml(hostilePlan()));
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(['<img', '\u202e', '\u001b', 'here <b>'].filter((live) => page.includes(live))).toEqual([]);
    expect(page.match(/<html|<\/html>|<\/body>/g)).toHaveLength(3);
  });

  test('gives every element an id of its own', async () => {
    for (const plan of [ordinaryPlan(), hostilePlan()]) {
      const ids = [...(await inflatedPage(await renderHtml(plan))).matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(ids.length).toBe(new Set(ids).size);
    }
  });

  test('leads only to ids that exist', async () => {
    for (const plan of [ordinaryPlan(), hostilePlan(), largePlan(400), emptyPlan()]) {
      const page = await inflatedPage(await renderHtml(plan));
      const ids = new Set([...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
      const dangling = [...page.matchAll(/\shref="#([^"]*)"/g)].map(([, id]) => id).filter((id) => !ids.has(id));
      expect(dangling).toEqual([]);
    }
  });
});

describe('anchors', () => {
  test('are safe, unique and independent of the other DAGs', () => {
    const ids = [...hostileTexts, 'a b', 'a-b', 'a/b', 'a.b', 'plain_id'];
    const anchors = anchorsOf(ids);
    const all = ids.map((id) => anchors(id) ?? '');
    expect(new Set(all).size).toBe(ids.length);
    expect(all.filter((anchor) => !/^dag-[A-Za-z0-9_.~-]*$/.test(anchor))).toEqual([]);
    expect(anchors('plain_id')).toBe('dag-plain_id');
    expect(anchorsOf(['a b'])('a b')).toBe(anchors('a b'));
    expect(anchors('not a DAG')).toBeUndefined();
  });
});

describe('safe HTML', () => {
  test('escapes text and attributes, the backtick too', () => {
    expect(escapeHtml(`<a b="c" d='e'>&\``)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;&#96;');
    expect(html`<p title="${'"'}">${'<'}${html`<b>${1}</b>`}</p>`.html).toBe('<p title="&quot;">&lt;<b>1</b></p>');
  });

  test('isolates, shows and cuts names', () => {
    expect(name('a\u202eb').html).toBe('<bdi>a\\u202eb</bdi>');
    expect(name('').html).toBe('<bdi>(empty)</bdi>');
    expect(name('x'.repeat(80), 10).html).toBe(`<bdi title="${'x'.repeat(80)}">${'x'.repeat(9)}…</bdi>`);
  });

  test('JSON can not end its element and comes back as it was', () => {
    const { html: text } = json(hostileTexts);
    expect(text).not.toMatch(/[<>&\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(hostileTexts);
  });
});
