// Thread that analyses mutants; says which one it is at, so that a hang has a name.

import { parentPort } from 'node:worker_threads';
import { buildGraph } from '../../dist/graph/build.js';

parentPort.on('message', (sources) => void analyse(sources));

async function analyse(sources) {
  const bytes = sources.map((source) => Buffer.from(source));
  const names = sources.map((_source, index) => `mutant_${String(index).padStart(4, '0')}.py`);
  const known = new Map(names.map((name, index) => [name, bytes[index]]));
  const crashes = [];
  try {
    const graph = await buildGraph(repository(names, known), { parser: 'auto', jobs: 1, onProgress: (done) => parentPort.postMessage({ done }) });
    for (const fact of unknownsOf(graph)) if (fact.reason.includes('which is a bug')) crashes.push({ index: names.indexOf(fact.file), error: fact.reason });
  } catch (error) {
    crashes.push({ index: -1, error: error instanceof Error ? error.stack : String(error) });
  }
  parentPort.postMessage({ crashes });
}

function* unknownsOf(value) {
  if (Array.isArray(value)) for (const each of value) yield* unknownsOf(each);
  else if (value !== null && typeof value === 'object') {
    if (typeof value.reason === 'string' && typeof value.file === 'string') yield value;
    for (const each of Object.values(value)) yield* unknownsOf(each);
  }
}

function repository(names, known) {
  return {
    name: 'mutants',
    dagsRoot: '',
    dagFiles: names,
    skippedFiles: [],
    unreadable: [],
    importRoots: [''],
    files: {
      read: (file) => known.get(file),
      kind: (path) => (known.has(path) ? 'file' : path === '' ? 'directory' : undefined),
      list: (folder) => (folder === '' ? names : []),
    },
    airflowVersion: { version: '2.11.2', source: 'option', detail: '' },
    inputs: { variables: new Map(), environment: new Map(), connections: new Map() },
  };
}
