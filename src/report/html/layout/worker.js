// Runs Graphviz away from the main thread, because its call can't be interrupted: the caller ends the thread instead.
// Plain JavaScript, since a worker is started from the file itself, compiled or not.
import { parentPort, workerData } from 'node:worker_threads';
import { instance } from '@viz-js/viz';

const viz = await instance();
workerData.forEach((source, index) => {
  let output = '';
  try {
    output = viz.render(source, { format: 'json0' }).output ?? '';
  } catch {
    // An engine failure of one graph is answered by an empty text: the caller draws that graph by itself.
  }
  parentPort.postMessage({ index, output });
});
