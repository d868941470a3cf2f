// Runs generated Python programs in CPython and in our interpreter and compares what their variables hold.
//
//   npm run differential -- [--count N] [--seed S] [--failures N] [--unknowns N] [--templates] [--show SEED]
//
// --failures   failing programs after which the run ends; each is shrunk and printed
// --unknowns   so many programs of which not everything is known are named
// --templates  print how often each part of the grammar was used
// --show       only print the program of a seed
//
// PYTHON names the judge; python3 by default.

import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await createViteServer({ root, configFile: false, logLevel: 'error', appType: 'custom', server: { middlewareMode: true, watch: null, ws: false } });
try {
  const { main } = await server.ssrLoadModule('/test/differential/main.ts');
  process.exitCode = await main(process.argv.slice(2), (line) => console.log(line));
} finally {
  await server.close();
}
