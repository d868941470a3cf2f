import { parentPort, workerData } from 'node:worker_threads';
import { openFiles } from '../discover/files.js';
import type { Repository } from '../model/repository.js';
import { loadBinding } from '../parse/binding.js';
import type { ParserChoice } from '../parse/binding.js';
import { evaluateFiles } from './evaluate-files.js';

/** What a thread is given: the repository without its file access, which it opens for itself. */
export interface WorkerTask {
  readonly location: string;
  readonly repository: Omit<Repository, 'files' | 'location'>;
  readonly parser: ParserChoice;
  readonly files: readonly string[];
}

const task = workerData as WorkerTask;
const binding = await loadBinding(task.parser);
const repository: Repository = { ...task.repository, files: openFiles(task.location) };
const facts = evaluateFiles(repository, binding, task.files, () => parentPort?.postMessage({ kind: 'progress' }));
parentPort?.postMessage({ kind: 'facts', facts });
