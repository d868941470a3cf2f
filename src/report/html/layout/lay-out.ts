import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { fromGraphviz, toGraphviz } from './graphviz.js';
import { simpleLayout } from './simple.js';
import type { Layout, LayoutRequest } from './types.js';

/**
 * Lays graphs out with Graphviz in a worker thread. Graphviz's time grows faster than the graph and its call can't be
 * interrupted, so there is a size limit (the same on every machine: same input, same bytes) and, behind it, a deadline
 * that only guards against a hang. Whatever Graphviz doesn't answer gets the simple layout.
 */

/** Graphviz needs about a second for 1,500 nodes of a usual map. */
const MOST_NODES = 1_500;
const MOST_EDGES = 4_000;
const DEADLINE_MILLISECONDS = 10_000;

const Answer = z.object({ index: z.int().min(0), output: z.string() });

function isForGraphviz({ nodes, edges }: LayoutRequest): boolean {
  return nodes.length <= MOST_NODES && edges.length <= MOST_EDGES;
}

/** Answers by index of the source; incomplete when the worker fails or the deadline passes. */
function askGraphviz(sources: readonly string[], deadline: number): Promise<Map<number, string>> {
  return new Promise((resolve) => {
    const answers = new Map<number, string>();
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: sources, execArgv: [] });
    const finish = (): void => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answers);
    };
    // eslint-disable-next-line no-restricted-globals -- only a hang of the foreign engine ever lets it fire
    const timer = setTimeout(finish, deadline);
    worker.on('message', (message: unknown) => {
      const answer = Answer.safeParse(message);
      if (answer.success) answers.set(answer.data.index, answer.data.output);
      if (answers.size === sources.length) finish();
    });
    worker.on('error', finish);
    worker.on('exit', finish);
  });
}

function read(output: string | undefined, request: LayoutRequest): Layout | undefined {
  return output === undefined || output === '' ? undefined : fromGraphviz(output, request);
}

/** A layout per request, in their order. */
export async function layOut(
  requests: readonly LayoutRequest[],
  deadline = DEADLINE_MILLISECONDS,
): Promise<Layout[]> {
  const asked = requests.filter((request) => request.nodes.length > 0 && isForGraphviz(request));
  const answers = asked.length === 0 ? new Map<number, string>() : await askGraphviz(asked.map(toGraphviz), deadline);
  return requests.map((request) => read(answers.get(asked.indexOf(request)), request) ?? simpleLayout(request));
}
