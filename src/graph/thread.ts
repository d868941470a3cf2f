import type { MessagePort } from 'node:worker_threads';
import { openFiles } from '../discover/files.js';
import { Trace } from '../discover/trace.js';
import type { Repository } from '../model/repository.js';
import { loadBinding } from '../parse/binding.js';
import type { ParserChoice } from '../parse/binding.js';
import { evaluateAll } from './evaluate-files.js';
import type { FileFacts } from './file-facts.js';

/** What a thread is given: the repository without its file access, which it opens for itself. */
export interface ThreadTask {
  readonly location: string;
  readonly repository: Omit<Repository, 'files' | 'location'>;
  readonly parser: ParserChoice;
  readonly files: readonly string[];
  readonly isTraced: boolean;
}

/** The work of one thread: evaluates its files and sends what they gave. */
export async function runThread(task: ThreadTask, port: MessagePort): Promise<void> {
  const binding = await loadBinding(task.parser);
  const trace = task.isTraced ? new Trace() : undefined;
  const repository: Repository = { ...task.repository, files: openFiles(task.location, trace) };
  const facts: FileFacts[] = [];
  await evaluateAll(repository, binding, task.files, (each) => {
    facts.push(each);
    port.postMessage({ kind: 'progress' });
  });
  port.postMessage({ kind: 'facts', facts, isSteady: trace?.isSteady ?? true, seen: trace?.observations() ?? [] });
}
