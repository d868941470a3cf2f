import type { MessagePort } from 'node:worker_threads';
import { openFiles } from '../discover/files.js';
import type { Repository } from '../model/repository.js';
import { loadBinding } from '../parse/binding.js';
import type { ParserChoice } from '../parse/binding.js';
import { evaluateFiles } from './evaluate-files.js';

/** What a thread is given: the repository without its file access, which it opens for itself. */
export interface ThreadTask {
  readonly location: string;
  readonly repository: Omit<Repository, 'files' | 'location'>;
  readonly parser: ParserChoice;
  readonly files: readonly string[];
}

/** The work of one thread: evaluates its files and sends what they gave. */
export async function runThread(task: ThreadTask, port: MessagePort): Promise<void> {
  const binding = await loadBinding(task.parser);
  const repository: Repository = { ...task.repository, files: openFiles(task.location) };
  const facts = evaluateFiles(repository, binding, task.files, () => port.postMessage({ kind: 'progress' }));
  port.postMessage({ kind: 'facts', facts });
}
