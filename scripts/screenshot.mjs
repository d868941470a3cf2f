// Takes the README's picture of the example report: the first screen at 1440 pixels, light.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const reports = path.join(path.dirname(path.dirname(fileURLToPath(import.meta.url))), 'reports');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto(pathToFileURL(path.join(reports, 'retail-platform.html')).href);
  await page.screenshot({ path: path.join(reports, 'screenshot.png') });
} finally {
  await browser.close();
}
