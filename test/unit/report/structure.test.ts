import { expect, test } from 'vitest';
import { renderHtml } from '../../../src/report/html/render.js';
import { ordinaryPlan } from './documents.js';
import { inflatedPage } from './inflate.js';

/** Views, headings, table heads and charts of a page in their order: what a reader finds where, not how it looks. */
function structureOf(page: string): string {
  const body = page.slice(page.indexOf('<body>'));
  const parts = body.matchAll(/<(?:section|div|article) class="view[^"]*" id="([^"]*)"|<(h[1-4])[^>]*>([\s\S]*?)<\/h[1-4]>|<thead[^>]*>([\s\S]*?)<\/thead>|<(nav|table|svg)\b[^>]*?(?:class="([^"]*)")?[^>]*>/g);
  const text = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
  return [...parts]
    .flatMap(([, view, heading, title, head, element, className]) => {
      if (view !== undefined) return ['', `view ${view}`];
      if (heading !== undefined) return [`${'  '.repeat(Number(heading.slice(1)))}${heading} ${text(title ?? '')}`];
      if (head !== undefined) return [`    columns: ${[...head.matchAll(/<th[^>]*>([\s\S]*?)<\/th>/g)].map(([, cell = '']) => text(cell)).join(' | ')}`];
      return element === 'svg' && !['map', 'graph', 'timeline'].includes(className ?? '') ? [] : [`    ${element ?? ''} ${className ?? ''}`.trimEnd()];
    })
    .join('\n');
}

test('the structure of a page stays as it is', async () => {
  await expect(`${structureOf(await inflatedPage(await renderHtml(ordinaryPlan())))}\n`).toMatchFileSnapshot('structure.txt');
});
