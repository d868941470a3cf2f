import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PlanDocument } from '../../src/model/plan.js';
import { renderHtml } from '../../src/report/html/render.js';
import { splitPage } from '../../src/report/html/split.js';
import { renderJson } from '../../src/report/json.js';
import { hostilePlan, ordinaryPlan } from '../unit/report/documents.js';
import { canRunBrowser, launchBrowser } from './chromium.js';

const example = PlanDocument.parse(JSON.parse(readFileSync(new URL('../../reports/retail-platform.json', import.meta.url), 'utf8')));
const plans = { ordinary: ordinaryPlan(), hostile: hostilePlan(), example };

describe.skipIf(!canRunBrowser())('what can be taken from the report', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dag2event-exports-'));
  let browser: Browser;

  async function open(name: keyof typeof plans, hash: string): Promise<{ page: Page; messages: string[] }> {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(String(error)));
    await page.goto(`${pathToFileURL(path.join(folder, `${name}.html`)).href}${hash}`);
    await page.locator('[data-views="complete"]').waitFor();
    return { page, messages };
  }

  async function downloaded(page: Page, kind: string): Promise<string> {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-export="${kind}"] button`).click()]);
    return readFileSync(await download.path(), 'utf8');
  }

  beforeAll(async () => {
    for (const [name, plan] of Object.entries(plans)) writeFileSync(path.join(folder, `${name}.html`), await renderHtml(plan));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(['ordinary', 'hostile', 'example'] as const)('%s: the document, byte for byte', async (name) => {
    const { page, messages } = await open(name, '#exports');
    expect(await downloaded(page, 'json')).toBe(renderJson(plans[name]));
    expect(messages).toEqual([]);
    await page.context().close();
  });

  test('the rows of the table that are shown, as CSV', async () => {
    const { page } = await open('ordinary', '#dags');
    await page.getByLabel('Ends as').selectOption('hybrid');
    await page.evaluate("location.hash = 'exports'");
    const csv = await downloaded(page, 'csv');
    const hybrid = plans.ordinary.stages.filter(({ target }) => target === 'hybrid').map(({ dag_id: dagId }) => dagId);
    const lines = csv.trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^"DAG","Today","After"/);
    expect(lines).toHaveLength(hybrid.length + 1);
    for (const dagId of hybrid) expect(csv).toContain(`"${dagId}",`);
    await page.context().close();
  });

  test.each(['hostile', 'example'] as const)('%s: the map as a file that shows the same by itself', async (name) => {
    const { page } = await open(name, '#exports');
    const svg = await downloaded(page, 'svg');
    expect(svg).not.toMatch(/<script|href=|url\((?!"?#)|var\(/);
    const file = path.join(folder, `${name}.svg`);
    writeFileSync(file, svg);
    const own = await page.context().newPage();
    await own.goto(pathToFileURL(file).href);
    expect(await own.evaluate('document.documentElement.localName')).toBe('svg');
    const drawn = `[...document.querySelectorAll('rect')].filter((box) => Number(box.getAttribute('height')) === 46).map((box) => getComputedStyle(box).fill + getComputedStyle(box).stroke)`;
    const onPage = await page.evaluate(`[...document.querySelectorAll('svg.map .box')].map((box) => getComputedStyle(box).fill + getComputedStyle(box).stroke)`);
    expect(await own.evaluate(drawn)).toEqual(onPage);
    await page.context().close();
  });

  test('a finding as a prompt whose data can not leave its block', async () => {
    const { page, messages } = await open('hostile', '#hazards');
    await page.evaluate(`for (const details of document.querySelectorAll('details')) details.open = true;`);
    const buttons = page.locator('#hazards button', { hasText: 'Copy as prompt' });
    const count = await buttons.count();
    expect(count).toBeGreaterThan(3);
    for (let index = 0; index < count; index += 1) {
      await buttons.nth(index).click();
      const prompt = await page.evaluate<string>('navigator.clipboard.readText()');
      const blocks = [...prompt.matchAll(/^```(?:json)?$/gm)];
      expect(blocks).toHaveLength(2);
      const data: unknown = JSON.parse(prompt.slice((blocks[0]?.index ?? 0) + '```json'.length, blocks[1]?.index));
      expect(data).toMatchObject({ finding: expect.any(String), severity: expect.any(String), where: expect.any(Array) });
      expect(prompt.slice(0, blocks[0]?.index)).toContain('untrusted data');
      expect(prompt.slice(0, blocks[0]?.index)).not.toContain('hacked');
    }
    expect(messages).toEqual([]);
    await page.context().close();
  });

  test('a finding of a DAG with its lines of code', async () => {
    const { page } = await open('example', '#dag-daily_sales_close');
    await page.locator('#dag-daily_sales_close .hazard-group button').first().click();
    const prompt = await page.evaluate<string>('navigator.clipboard.readText()');
    const data = JSON.parse(/```json\n([\s\S]*)\n```/.exec(prompt)?.[1] ?? '') as { where: string[]; cure: string; dag: string };
    expect(data.dag).toBe('daily_sales_close');
    expect(data.where.join(' ')).toMatch(/\.\w+:\d+/);
    expect(example.analysis.hazards.map(({ cure }) => cure)).toContain(data.cure);
    await page.context().close();
  });

  test('a contract as JSON Schema', async () => {
    const { page } = await open('example', '#contract-3');
    await page.locator('#contract-3 button').click();
    const schema = JSON.parse(await page.evaluate<string>('navigator.clipboard.readText()')) as Record<string, unknown>;
    const contract = example.contracts[2];
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', title: contract?.event, ...contract?.payload });
    await page.context().close();
  });

  test('charts are there for a link to one of them', async () => {
    const { page } = await open('example', '#chart-hazards');
    await expect.poll(() => page.locator('#chart-hazards').isVisible()).toBe(true);
    await page.context().close();
  });
});

describe.skipIf(!canRunBrowser())('the page in several files', () => {
  let browser: Browser;
  let server: Server;
  let files: ReadonlyMap<string, string>;
  const types: Record<string, string> = { html: 'text/html', css: 'text/css', js: 'text/javascript' };
  const strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  beforeAll(async () => {
    files = splitPage(await renderHtml(example), (text) => String(text.length));
    server = createServer((request, response) => {
      const name = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1);
      const text = files.get(name);
      response.writeHead(text === undefined ? 404 : 200, { 'content-type': types[name.split('.').at(-1) ?? ''] ?? 'text/plain', 'x-content-type-options': 'nosniff', 'content-security-policy': strict });
      response.end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await new Promise((resolve) => server.close(resolve));
  });

  test('works under a policy that allows no inline style and script', async () => {
    const address = server.address();
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(String(error)));
    await page.addInitScript(`window.violations = []; document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));`);
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/`);
    await page.locator('[data-views="complete"]').waitFor();
    expect(await page.evaluate(`getComputedStyle(document.body).fontVariantNumeric`)).toBe('tabular-nums');
    await page.locator('.top nav a', { hasText: 'DAGs' }).click();
    await page.getByLabel('Search').fill('daily_sales');
    await page.locator('table.dags tbody tr:visible a').first().click();
    await expect.poll(() => page.locator('.view.dag:not([hidden]) h3', { hasText: 'In the repository' }).isVisible()).toBe(true);
    await page.evaluate("location.hash = 'exports'");
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-export="json"] button').click()]);
    expect(readFileSync(await download.path(), 'utf8')).toBe(renderJson(example));
    expect(await page.evaluate('window.violations')).toEqual([]);
    expect(messages).toEqual([]);
    await page.context().close();
  });
});
