import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether the browser tests can run here. On CI they must, so that a missing browser fails them. */
export function canRunBrowser(): boolean {
  if (existsSync(executablePath) || process.env['CI'] === 'true') return true;
  process.stdout.write(`browser tests skipped: no Chromium at ${executablePath} (set CHROMIUM to its path)\n`);
  return false;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
