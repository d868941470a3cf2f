import { parseArgs } from 'node:util';
import { programOf } from './programs.js';
import { PythonWorker, pythonCommand } from './python.js';
import { runSession, shrinkFailure, type Summary } from './session.js';

/** Unknowns among the observed values that we allow ourselves. */
const maximumUnknown = 0.02;

/** The command line of `npm run differential`; gives the exit code. */
export async function main(argv: readonly string[], say: (line: string) => void): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      count: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
      failures: { type: 'string', default: '5' },
      show: { type: 'string' },
      unknowns: { type: 'string', default: '0' },
      templates: { type: 'boolean', default: false },
    },
  });
  if (values.show !== undefined) {
    say(programOf(Number(values.show)).source);
    return 0;
  }
  const [count, seed] = [Number(values.count), Number(values.seed)];
  say(`${count.toString()} programs from seed ${seed.toString()}, judged by ${pythonCommand}`);
  const worker = new PythonWorker();
  try {
    const summary = await runSession(worker, { count, seed, maximumFailures: Number(values.failures) }, progressOf(count, say));
    for (const failure of summary.failures) {
      const small = await shrinkFailure(worker, failure);
      say(`\n--- seed ${failure.seed.toString()} differs\n${small.source}`);
      for (const { name, python, ours } of small.differences) say(`${name}\n  CPython: ${python}\n  ours:    ${ours}`);
    }
    for (const { seed: each, names } of summary.samples.slice(0, Number(values.unknowns))) say(`seed ${each.toString()}: not known: ${names.join(' ')}`);
    if (Number(values.unknowns) > 0) for (const [reason, times] of [...summary.reasons].sort(([, a], [, b]) => b - a).slice(0, 40)) say(`${times.toString().padStart(6)} ${reason}`);
    report(summary, values.templates, say);
    return summary.failures.length > 0 || summary.unknown > maximumUnknown * summary.observed ? 1 : 0;
  } finally {
    worker.stop();
  }
}

function progressOf(count: number, say: (line: string) => void): (done: number) => void {
  const step = Math.max(1, Math.ceil(count / 10 / 40)) * 40;
  return (done) => {
    if (done % step === 0 && count > 1000) say(`  ${done.toString()} of ${count.toString()}`);
  };
}

function report(summary: Summary, withTemplates: boolean, say: (line: string) => void): void {
  const { programs, observed, unknown, failures, tooSlow, refused, topics, templates } = summary;
  const sorted = (counts: ReadonlyMap<string, number>): (readonly [string, number])[] => [...counts].sort(([, a], [, b]) => b - a);
  say(`\ntopics: ${sorted(topics).map(([name, times]) => `${name} ${times.toString()}`).join(', ')}`);
  const groups = new Map<string, number>();
  for (const key of templates.keys()) {
    const group = key.slice(0, key.indexOf(':'));
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  say(`templates used: ${templates.size.toString()} (${sorted(groups).map(([name, size]) => `${name} ${size.toString()}`).join(', ')})`);
  if (withTemplates) for (const [template, times] of sorted(templates)) say(`${times.toString().padStart(8)} ${JSON.stringify(template)}`);
  const share = observed === 0 ? 0 : (100 * unknown) / observed;
  say(`programs ${programs.toString()} (too slow for CPython ${tooSlow.toString()}, refused by its compiler ${refused.toString()}), values observed ${observed.toString()}, unknown ${unknown.toString()} = ${share.toFixed(2)} % (allowed ${(100 * maximumUnknown).toString()} %), programs with differences ${failures.length.toString()}`);
}
