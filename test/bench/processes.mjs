// Whole processes: how long they take and how much memory they need at most.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { median } from './repeat.mjs';
import { project } from './corpora.mjs';

const peakScript = new URL('./peak.mjs', import.meta.url).href;

/** What a Node script as a process of its own takes, with what it printed. */
export function runNode(args) {
  const start = performance.now();
  const result = spawnSync(process.execPath, ['--import', peakScript, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const milliseconds = performance.now() - start;
  if (result.status === 2 || result.status === null) throw new Error(`${args.join(' ')} failed\n${result.stderr}`);
  return { milliseconds, ...readUsage(result.output[3]), stdout: result.stdout };
}

/** What a measured process says about itself: peak memory and the processor's seconds. */
export function readUsage(text) {
  const { kilobytes, processor, ...others } = JSON.parse(text);
  return { megabytes: kilobytes / 1024, processor, ...others };
}

/** `dag2event graph` on a folder, its document written to `output`. */
export function runGraph({ root, dagsRoot, airflow, output, parser, jobs }) {
  const inputs = ['--dags-root', dagsRoot, '--airflow-version', airflow, '--parser', parser];
  const threads = jobs === undefined ? [] : ['--jobs', String(jobs)];
  return runNode([join(project, 'dist', 'cli.js'), 'graph', root, ...inputs, ...threads, '--format', 'json', '--output', output, '--quiet', '--no-cache']);
}

/** Medians over some runs of one process. */
export function medianOf(runs, run) {
  const all = Array.from({ length: runs }, run);
  const medians = ['milliseconds', 'processor', 'megabytes'].map((key) => [key, median(all.map((each) => each[key]))]);
  return { ...all[0], ...Object.fromEntries(medians) };
}
