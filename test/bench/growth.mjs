// How time and memory grow with the number of files.

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeEstate } from './estate.mjs';
import { medianOf, runGraph, runNode } from './processes.mjs';
import { printTable } from './table.mjs';

const airflow = '3.2.2';
const stagesScript = fileURLToPath(new URL('./stages.mjs', import.meta.url));

/** Prints a row per estate, the growth from the first to the last, and what the later stages take on the last. */
export function measureGrowth({ size, parser, say }) {
  const folder = mkdtempSync(join(tmpdir(), 'dag2event-bench-'));
  try {
    const estates = size.estates.map((count) => ({ output: join(folder, `${count}.json`), root: join(folder, String(count)), count }));
    const measured = estates.map((estate) => measure(estate, { runs: size.runs, parser }));
    printGrowth(say, measured, size.runs);
    printLast(say, estates.at(-1), { runs: size.runs, parser });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measure({ output, root, count }, { runs, parser }) {
  const { dagsRoot, bytes } = writeEstate(root, count);
  const taken = medianOf(runs, () => runGraph({ root, dagsRoot, airflow, output, parser, jobs: 1 }));
  return { count, bytes, milliseconds: taken.milliseconds, processor: taken.processor, megabytes: taken.megabytes, perFile: taken.milliseconds / count };
}

function printGrowth(say, measured, runs) {
  const rows = measured.map(({ count, bytes, milliseconds, processor, megabytes, perFile }) => [
    `${count} files`,
    (bytes / 1024).toFixed(0),
    (milliseconds / 1000).toFixed(2),
    processor.toFixed(2),
    perFile.toFixed(2),
    megabytes.toFixed(0),
  ]);
  const [first, last] = [measured[0], measured.at(-1)];
  const growth = [`growth x ${last.count / first.count}`, ...['bytes', 'milliseconds', 'processor', 'perFile', 'megabytes'].map((key) => (last[key] / first[key]).toFixed(2))];
  say(`dag2event graph on generated estates, whole process, one thread, median of ${runs}`);
  printTable(say, ['', 'KB', 's', 'CPU s', 'ms per file', 'peak MB'], [...rows, growth]);
}

function printLast(say, { output, root, count }, { runs, parser }) {
  const threads = availableParallelism();
  const dagsRoot = join(root, 'dags');
  const threaded = medianOf(runs, () => runGraph({ root, dagsRoot, airflow, output, parser, jobs: threads }));
  const stages = runNode([stagesScript, output]);
  const { infer, plan } = JSON.parse(stages.stdout);
  say();
  say(`the ${count} files further, whole processes`);
  printTable(say, ['', 's', 'peak MB'], [
    [`graph, ${threads} threads`, (threaded.milliseconds / 1000).toFixed(2), threaded.megabytes.toFixed(0)],
    [`infer (graph document of ${(statSync(output).size / 2 ** 20).toFixed(0)} MB)`, (infer / 1000).toFixed(2), ''],
    ['plan, offline', (plan / 1000).toFixed(2), stages.megabytes.toFixed(0)],
  ]);
}
