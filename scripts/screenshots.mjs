// Takes full-page screenshots of a report: node scripts/screenshots.mjs HTML [OUTDIR]
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [report, folder = 'test/screenshots'] = process.argv.slice(2);
if (report === undefined) {
  process.stderr.write('usage: node scripts/screenshots.mjs HTML [OUTDIR]\n');
  process.exit(2);
}

const widths = [1440, 390];
const schemes = ['light', 'dark'];
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
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: launchArguments,
});
try {
  for (const width of widths) {
    for (const colorScheme of schemes) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' });
      await page.goto(pathToFileURL(path.resolve(report)).href);
      const file = path.join(folder, `${path.basename(report, '.html')}-${width}-${colorScheme}.png`);
      await page.screenshot({ path: file, fullPage: true });
      process.stdout.write(`${file}\n`);
      await page.close();
    }
  }
} finally {
  await browser.close();
}
