import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Observation, Trace } from '../discover/trace.js';
import type { Repository } from '../model/repository.js';
import type { ParserChoice } from '../parse/binding.js';
import type { FileFacts } from './file-facts.js';
import type { ThreadTask } from './thread.js';

/** Below this number of files a thread takes longer to start than it saves. */
const MIN_FILES_PER_JOB = 50;

/** How many threads are worth while; 1 means none besides the own. */
export function threadsFor(repository: Repository, jobs: number): number {
  const script = fileURLToPath(new URL('../worker.js', import.meta.url));
  // Uncompiled (in a test of the sources) there is no script that a thread could run.
  if (repository.location === undefined || !existsSync(script)) return 1;
  return Math.max(1, Math.min(jobs, Math.ceil(repository.dagFiles.length / MIN_FILES_PER_JOB)));
}

interface ThreadsOptions {
  readonly parser: ParserChoice;
  readonly threads: number;
  readonly trace?: Trace | undefined;
  readonly onProgress: () => void;
}

/** Evaluates DAG files in threads. Each file's facts are the same whichever thread reads it, so the order is the files'. */
export async function evaluateInThreads(
  repository: Repository,
  { parser, threads, trace, onProgress }: ThreadsOptions,
): Promise<FileFacts[]> {
  const { files: _files, location = '', ...rest } = repository;
  const size = Math.ceil(repository.dagFiles.length / threads);
  const groups = Array.from({ length: threads }, (_each, index) => repository.dagFiles.slice(index * size, (index + 1) * size));
  const tasks = groups.filter((group) => group.length > 0).map((files): ThreadTask => ({ location, repository: rest, parser, files, isTraced: trace !== undefined }));
  const results = await Promise.all(tasks.map((task) => runThread(task, onProgress)));
  for (const { seen, isSteady } of results) trace?.add(seen, isSteady);
  return results.flatMap(({ facts }) => facts);
}

interface ThreadResult {
  readonly facts: FileFacts[];
  readonly seen: Observation[];
  readonly isSteady: boolean;
}

type Message = { kind: 'progress' } | ({ kind: 'facts' } & ThreadResult);

async function runThread(task: ThreadTask, onProgress: () => void): Promise<ThreadResult> {
  return await new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../worker.js', import.meta.url), { workerData: task });
    let result: ThreadResult | undefined;
    worker.on('message', (message: Message) => {
      if (message.kind === 'facts') result = message;
      else onProgress();
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      if (result === undefined) reject(new Error('a worker thread ended without a result'));
      else resolve(result);
    });
  });
}
