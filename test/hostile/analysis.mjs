// The whole analysis of mutants, watched from outside: a thread that hangs can't watch itself.

import { Worker } from 'node:worker_threads';

/** Longer than any budget of the evaluator lets one file take, on a machine that is busy with other things. */
const HANG_MILLISECONDS = 60_000;

export function startAnalysis() {
  let worker = newWorker();
  return {
    /** Crashes and hangs as { index, error }. */
    run: async (sources) => {
      const failures = await watch(worker, sources);
      if (failures.some((failure) => failure.isFatal)) {
        await worker.terminate();
        worker = newWorker();
      }
      return failures;
    },
    stop: () => worker.terminate(),
  };
}

const newWorker = () => new Worker(new URL('./analysis-worker.mjs', import.meta.url));

function watch(worker, sources) {
  return new Promise((resolve) => {
    let done = 0;
    let timer;
    // Only our own listeners: a worker without any of Node's own never answers again.
    const finish = (failures) => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(failures);
    };
    const restart = () => {
      clearTimeout(timer);
      timer = setTimeout(() => finish([{ index: done, error: 'hang', isHang: true, isFatal: true }]), HANG_MILLISECONDS);
    };
    const onMessage = (message) => {
      if (message.crashes !== undefined) finish(message.crashes);
      else {
        done = message.done;
        restart();
      }
    };
    const onError = (error) => finish([{ index: done, error: String(error?.stack ?? error), isFatal: true }]);
    const onExit = (code) => finish([{ index: done, error: `the thread ended with code ${code}`, isFatal: true }]);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    restart();
    worker.postMessage(sources);
  });
}
