// Takes screenshots of every kind of view of a report, and its print: node scripts/screenshots.mjs HTML [OUTDIR]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [report, folder = 'test/screenshots'] = process.argv.slice(2);
if (report === undefined) {
  process.stderr.write('usage: node scripts/screenshots.mjs HTML [OUTDIR]\n');
  process.exit(2);
}

const widths = [1440, 768, 390];
const schemes = ['light', 'dark'];
/** The DAG with most to tell stands for all of them. */
const viewIds = `(() => {
  const views = [...document.querySelectorAll('.view')];
  const dags = views.filter((view) => view.classList.contains('dag'));
  const longest = dags.toSorted((a, b) => b.textContent.length - a.textContent.length)[0];
  return [...views.filter((view) => !view.classList.contains('dag')), ...(longest ? [longest] : [])].map((view) => view.id);
})()`;
// Nothing but the page itself may be loaded, and a container has no sandbox and no GPU.
const launchArguments = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

mkdirSync(folder, { recursive: true });
const name = path.basename(report, '.html');
const url = pathToFileURL(path.resolve(report)).href;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: launchArguments });
const told = (file) => process.stdout.write(`${file}\n`);

async function open(options) {
  const page = await browser.newPage({ reducedMotion: 'reduce', ...options });
  await page.goto(url);
  await page.locator('[data-views="complete"]').waitFor();
  return page;
}

try {
  for (const width of widths) {
    for (const colorScheme of schemes) {
      const page = await open({ viewport: { width, height: 900 }, colorScheme });
      for (const id of await page.evaluate(viewIds)) {
        await page.evaluate(`location.hash = ${JSON.stringify(encodeURIComponent(id))}`);
        await page.locator(`[id="${id}"]`).waitFor({ state: 'visible' });
        const file = path.join(folder, `${name}-${id.replace(/[^\w-]/g, '_')}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
        told(file);
      }
      await page.close();
    }
  }
  const page = await open({});
  const file = path.join(folder, `${name}-print.pdf`);
  await page.pdf({ path: file, format: 'A4', printBackground: true });
  told(file);
} finally {
  await browser.close();
}
