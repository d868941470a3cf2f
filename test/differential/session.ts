import { compareOutcomes, type Difference } from './compare.js';
import { runOurs } from './ours.js';
import { programOf } from './programs.js';
import type { PythonWorker } from './python.js';
import { shrink } from './shrink.js';

export interface Failure {
  readonly seed: number;
  readonly source: string;
  readonly differences: readonly Difference[];
}

export interface Summary {
  readonly programs: number;
  readonly tooSlow: number;
  /** Programs that CPython's compiler refuses: slips of the grammar, which tell nothing. */
  readonly refused: number;
  readonly observed: number;
  readonly unknown: number;
  readonly failures: readonly Failure[];
  /** How often each topic and template was used. */
  readonly topics: ReadonlyMap<string, number>;
  readonly templates: ReadonlyMap<string, number>;
  /** Programs whose values are not all known, for a look at what is missing. */
  /** Why values are not known, by how many. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly samples: readonly { readonly seed: number; readonly names: readonly string[] }[];
}

/** Programs that CPython works on while we work on others. */
const batchSize = 40;

export interface Options {
  readonly count: number;
  readonly seed: number;
  /** Failures after which the run ends. */
  readonly maximumFailures: number;
}

/** Runs the programs of consecutive seeds in both interpreters. */
export async function runSession(worker: PythonWorker, { count, seed, maximumFailures }: Options, progress: (done: number) => void = () => undefined): Promise<Summary> {
  let [tooSlow, refused, observed, unknown, done] = [0, 0, 0, 0, 0];
  const failures: Failure[] = [];
  const topics = new Map<string, number>();
  const templates = new Map<string, number>();
  const reasons = new Map<string, number>();
  const samples: { seed: number; names: readonly string[] }[] = [];
  while (done < count && failures.length < maximumFailures) {
    const seeds = Array.from({ length: Math.min(batchSize, count - done) }, (_, index) => seed + done + index);
    const batch = seeds.map((each) => ({ seed: each, program: programOf(each) }));
    const answers = batch.map(({ program }) => worker.run(program.source));
    for (const [index, { seed: own, program }] of batch.entries()) {
      for (const topic of program.topics) topics.set(topic, (topics.get(topic) ?? 0) + 1);
      for (const [template, times] of program.uses) templates.set(template, (templates.get(template) ?? 0) + times);
      const python = await answers[index];
      if (python === undefined) {
        tooSlow += 1;
        continue;
      }
      if (python.raised?.[0] === 'SyntaxError') {
        refused += 1;
        continue;
      }
      const { differences, ...counts } = compareOutcomes(python, runOurs(program.source));
      observed += counts.observed;
      unknown += counts.unknown.length;
      for (const reason of counts.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (counts.unknown.length > 0) samples.push({ seed: own, names: counts.unknown });
      if (differences.length > 0) failures.push({ seed: own, source: program.source, differences });
    }
    done += seeds.length;
    progress(done);
  }
  return { programs: done, tooSlow, refused, observed, unknown, failures, topics, templates, reasons, samples };
}

/** The smallest program that differs like a failing one: in a variable of the same kind of difference. */
export async function shrinkFailure(worker: PythonWorker, failure: Failure): Promise<Failure> {
  const [first] = failure.differences;
  let differences = failure.differences;
  const differ = async (candidate: string): Promise<boolean> => {
    const python = await worker.run(candidate);
    if (python === undefined || python.raised?.[0] === 'SyntaxError' || python.raised?.[0] === 'IndentationError') return false;
    const found = compareOutcomes(python, runOurs(candidate)).differences.filter((each) => each.name === first?.name);
    if (found.length === 0) return false;
    differences = found;
    return true;
  };
  const source = await shrink(failure.source, differ);
  await differ(source);
  return { seed: failure.seed, source, differences };
}
