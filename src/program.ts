// What the build joins into one script: the command line, and what its threads do.
import type { MessagePort } from 'node:worker_threads';
import type { ThreadTask } from './graph/thread.js';

export { runCommandLine } from './commands/program.js';

export async function runThread(task: ThreadTask, port: MessagePort): Promise<void> {
  const thread = await import('./graph/thread.js');
  await thread.runThread(task, port);
}
