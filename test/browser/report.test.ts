import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anchorsOf } from '../../src/report/html/anchors.js';
import { renderHtml } from '../../src/report/html/render.js';
import { PlanDocument } from '../../src/model/plan.js';
import { emptyPlan, hostilePlan, largePlan, ordinaryPlan } from '../unit/report/documents.js';
import { canRunBrowser, launchBrowser } from './chromium.js';

/** The committed example: it has something of everything that a plan can hold. */
const example = PlanDocument.parse(JSON.parse(readFileSync(new URL('../../reports/retail-platform.json', import.meta.url), 'utf8')));
const plans = { ordinary: ordinaryPlan(), empty: emptyPlan(), hostile: hostilePlan(), large: largePlan(), example };
type PlanName = keyof typeof plans;
const names = ['ordinary', 'empty', 'hostile', 'large', 'example'] as const satisfies readonly PlanName[];
const widths = [1440, 390] as const;
const schemes = ['light', 'dark'] as const;
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** Scripts for the page are texts: the tests are typed for Node, which has no document. */
const openEverything = `for (const details of document.querySelectorAll('details')) details.open = true;`;
/** The views of a page: each kind once, and the first DAGs. */
const viewIds = `[...document.querySelectorAll('.view:not(.dag)'), ...[...document.querySelectorAll('.view.dag')].slice(0, 3)].map((view) => view.id)`;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Opened {
  readonly page: Page;
  readonly messages: string[];
  readonly requests: string[];
}

describe.skipIf(!canRunBrowser())('the HTML report in Chromium', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dag2event-report-'));
  let browser: Browser;

  const urlOf = (name: PlanName): string => pathToFileURL(path.join(folder, `${name}.html`)).href;

  async function open(name: PlanName, options: BrowserContextOptions = {}, hash = ''): Promise<Opened> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    const messages: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(String(error)));
    page.on('dialog', (dialog) => {
      messages.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => requests.push(request.url()));
    if (options.javaScriptEnabled !== false) {
      await page.addInitScript(
        `window.violations = [];
         document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));`,
      );
    }
    await page.goto(urlOf(name) + hash);
    return { page, messages, requests };
  }

  /** Goes to a view by its address and waits until it is shown. */
  async function goTo(page: Page, id: string): Promise<void> {
    await page.evaluate(`location.hash = ${JSON.stringify(encodeURIComponent(id))}`);
    await page.locator(`[id="${id}"]`).waitFor({ state: 'visible' });
    await page.locator(`[id="${id}"]:not([data-chunk])`).waitFor();
  }

  beforeAll(async () => {
    for (const name of names) writeFileSync(path.join(folder, `${name}.html`), await renderHtml(plans[name]));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const name of names) {
    for (const width of widths) {
      for (const colorScheme of schemes) {
        test(`${name} at ${width} px, ${colorScheme}: quiet, offline, not wider than the window`, async () => {
          const { page, messages, requests } = await open(name, { viewport: { width, height: 900 }, colorScheme });
          expect(messages).toEqual([]);
          expect(requests).toEqual([urlOf(name)]);
          expect(await page.evaluate('window.violations')).toEqual([]);
          expect(await page.evaluate('window.hacked')).toBeUndefined();
          const scrollWidth = await page.evaluate('document.documentElement.scrollWidth');
          expect(scrollWidth).toBeLessThanOrEqual(width);
          await page.context().close();
        });
      }
    }
  }

  test('a page with everything opened is not wider than a phone', async () => {
    for (const name of ['ordinary', 'hostile', 'example'] as const) {
      const { page } = await open(name, { viewport: { width: 390, height: 900 } });
      await page.evaluate(openEverything);
      // 720 is a desktop's window at 200 % zoom.
      for (const width of [720, 390, 320]) {
        await page.setViewportSize({ width, height: 900 });
        for (const id of await page.evaluate<string[]>(viewIds)) {
          await goTo(page, id);
          expect({ id, width: Number(await page.evaluate('document.documentElement.scrollWidth')) <= width }).toEqual({ id, width: true });
        }
      }
      await page.context().close();
    }
  });

  test('hostile text stays text when it is hovered, focused and clicked', async () => {
    const { page, messages, requests } = await open('hostile', { viewport: { width: 1440, height: 900 } });
    await page.evaluate(openEverything);
    await page.evaluate(`for (const element of document.querySelectorAll('body *')) {
      element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
      element.dispatchEvent(new FocusEvent('focus'));
    }`);
    for (const link of (await page.locator('svg.map a').all()).slice(0, 6)) await link.dispatchEvent('click');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('img, iframe, object, embed, link, base, form').count()).toBe(0);
    expect(messages).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(urlOf('hostile')))).toEqual([]);
    await page.context().close();
  });

  test('the policy blocks what is injected', async () => {
    const { page } = await open('ordinary');
    await page.evaluate(`
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="window.hacked = 1"><p style="color:red">x</p>');
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 2';
      document.body.append(script);`);
    await expect.poll(() => page.evaluate('window.violations')).toContain('script-src-elem');
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    await page.context().close();
  });

  test('everything can be read without JavaScript', async () => {
    for (const name of ['ordinary', 'large'] as const) {
      const { page } = await open(name, { javaScriptEnabled: false, viewport: { width: 390, height: 900 } });
      const text = await page.locator('table.dags').innerText();
      const missing = plans[name].stages.map((stage) => stage.dag_id).filter((dagId) => !text.includes(dagId));
      expect(missing).toEqual([]);
      expect(await page.locator('#filters').isVisible()).toBe(false);
      await page.context().close();
    }
  });

  test('without JavaScript a link to a DAG opens its section', async () => {
    const { page } = await open('ordinary', { javaScriptEnabled: false });
    await page.locator('table.dags a', { hasText: 'mart_sales' }).first().click();
    await expect.poll(() => page.locator('#dag-mart_sales').isVisible()).toBe(true);
    await page.context().close();
  });

  test('a deep link opens the section of its DAG, whatever its name', async () => {
    const anchors = anchorsOf(plans.hostile.stages.map((stage) => stage.dag_id));
    for (const { dag_id } of plans.hostile.stages) {
      const anchor = anchors(dag_id) ?? '';
      const { page } = await open('hostile', {}, `#${encodeURIComponent(anchor)}`);
      const section = page.locator(`[id="${anchor}"]`);
      expect(await section.count()).toBe(1);
      expect(await section.isVisible()).toBe(true);
      await page.context().close();
    }
  });

  test('search and filters narrow the table', async () => {
    const { page } = await open('ordinary', { viewport: { width: 1440, height: 900 } }, '#dags');
    const rows = page.locator('table.dags tbody tr:visible');
    await page.getByLabel('Search').fill('inventory');
    const found = (await rows.allInnerTexts()).filter((text) => text.toLowerCase().includes('inventory'));
    expect(found.length).toBeGreaterThanOrEqual(plans.ordinary.stages.filter((stage) => stage.dag_id.includes('inventory')).length);
    expect(await rows.count()).toBe(found.length);
    await page.getByLabel('Search').fill('no such dag');
    expect(await page.locator('#filter-none').isVisible()).toBe(true);
    await page.getByLabel('Search').fill('');
    await page.getByLabel('Ends as').selectOption('hybrid');
    expect(await rows.count()).toBe(plans.ordinary.stages.filter((stage) => stage.target === 'hybrid').length);
    await page.context().close();
  });

  test('one view is shown at a time, and a link, the way back and the search of the browser change it', async () => {
    const { page } = await open('ordinary', { viewport: { width: 1440, height: 900 } });
    const shown = (): Promise<unknown> => page.evaluate(`[...document.querySelectorAll('.view:not([hidden])')].map((view) => view.id)`);
    expect(await shown()).toEqual(['overview']);
    await page.locator('.top nav a', { hasText: 'Hazards' }).click();
    await expect.poll(shown).toEqual(['hazards']);
    expect(await page.locator('.top nav a[aria-current]').allInnerTexts()).toEqual([expect.stringContaining('Hazards')]);
    await page.goBack();
    await expect.poll(shown).toEqual(['overview']);
    await page.evaluate(`document.querySelector('#dag-mart_sales').dispatchEvent(new Event('beforematch', { bubbles: true }))`);
    expect(await shown()).toEqual(['dag-mart_sales']);
    expect(page.url()).toContain('#dag-mart_sales');
    await page.context().close();
  });

  test('what lies compressed is written out in full, texts that DAGs share too', async () => {
    const { page } = await open('example', {}, '#dag-daily_sales_close');
    await page.locator('[data-views="complete"]').waitFor();
    const view = page.locator('#dag-daily_sales_close');
    await page.evaluate(openEverything);
    const text = (await view.innerText()).replace(/\s+/g, ' ');
    const stage = plans.example.stages.find(({ dag_id }) => dag_id === 'daily_sales_close');
    const evidence = plans.example.analysis.evidence.filter(({ dag_id, line }) => dag_id === 'daily_sales_close' && line !== undefined && text.includes(line));
    const facts = [stage?.replay, stage?.controls?.dedupe.guard, stage?.controls?.ordering.out_of_order, ...(stage?.controls?.retries ?? []).map(({ action }) => action)];
    expect(facts.filter((fact) => !text.includes(fact ?? '-'))).toEqual([]);
    expect(evidence.length).toBeGreaterThan(5);
    expect(await view.locator('a[href^="#~"]').count()).toBe(0);
    await page.context().close();
  });

  test('forced colours and reduced motion leave everything in its place', async () => {
    const { page, messages } = await open('example', { viewport: { width: 1280, height: 900 }, forcedColors: 'active' });
    expect(await page.evaluate(`matchMedia('(forced-colors: active)').matches && getComputedStyle(document.documentElement).scrollBehavior`)).toBe('auto');
    expect(await page.locator('.numbers .value').allInnerTexts()).toHaveLength(5);
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.badge')).borderTopStyle`)).toBe('solid');
    expect(messages).toEqual([]);
    await page.context().close();
  });

  test('an outline leads through a long view', async () => {
    const { page } = await open('example', { viewport: { width: 390, height: 800 } }, '#dag-daily_sales_close');
    await page.locator('#dag-daily_sales_close .outline a', { hasText: 'Hazards' }).click();
    await expect.poll(() => page.locator('#dag-daily_sales_close h3', { hasText: 'Hazards' }).evaluate((heading) => Math.abs((heading as unknown as { getBoundingClientRect(): { top: number } }).getBoundingClientRect().top) < 300)).toBe(true);
    expect(await page.locator('#dag-daily_sales_close').isVisible()).toBe(true);
    await page.context().close();
  });

  test('the map leads by keyboard to a DAG and shows what depends on it', async () => {
    const { page } = await open('ordinary', { viewport: { width: 1440, height: 900 } });
    const node = page.locator('svg.map a', { hasText: 'staging_orders' });
    await node.focus();
    const traced = await page.locator('svg.map .node.on .label').allTextContents();
    expect(traced).toContain('ingest_orders');
    expect(traced).toContain('mart_sales');
    expect(traced).not.toContain('retention');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#dag-staging_orders').isVisible()).toBe(true);
    await page.context().close();
  });

  test('the numbers at the top are those of the document', async () => {
    const { page } = await open('ordinary');
    const values = await page.locator('.numbers .value').allInnerTexts();
    const { stages, analysis } = plans.ordinary;
    const ready = analysis.verdicts.filter(({ verdict }) => verdict === 'ready').length;
    const exact = analysis.graph.dags.filter(({ status }) => status === 'exact').length;
    expect(values).toEqual([
      `${ready} of ${stages.length}`,
      expect.stringMatching(/^(not known|–)$/),
      '0 h',
      String(analysis.hazards.length),
      `${Math.round((exact / stages.length) * 100)} %`,
    ]);
    await page.context().close();
  });

  for (const name of ['ordinary', 'empty', 'hostile', 'example'] as const) {
    for (const colorScheme of schemes) {
      test(`axe finds nothing on ${name}, ${colorScheme}`, async () => {
        const { page } = await open(name, { viewport: { width: 1280, height: 900 }, colorScheme, bypassCSP: true });
        await page.evaluate(openEverything);
        await page.addScriptTag({ content: axeSource });
        for (const id of await page.evaluate<string[]>(viewIds)) {
          await goTo(page, id);
          const violations = await page.evaluate(`axe
            .run({ runOnly: { type: 'tag', values: ${JSON.stringify(axeTags)} } })
            .then((result) => result.violations.map(({ id, nodes }) => id + ': ' + nodes.length + ', first ' + nodes[0].html))`);
          expect({ id, violations }).toEqual({ id, violations: [] });
        }
        await page.context().close();
      }, 120_000);
    }
  }

  test('the page prints, with what is closed and without what is only for a screen', async () => {
    const { page } = await open('ordinary');
    await page.locator('[data-views="complete"]').waitFor();
    await page.emulateMedia({ media: 'print' });
    const bytes = await page.pdf({ format: 'A4' });
    expect(bytes.length).toBeGreaterThan(20_000);
    expect(await page.locator('#dag-mart_sales').innerText()).toContain('five sources');
    expect(await page.locator('#theme').isVisible()).toBe(false);
    await page.context().close();
  });
});
