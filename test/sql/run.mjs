// Compares the tables that we see read and written in SQL with what sqlglot sees, over the corpus in test/sql/corpus.
//
//   npm run sql -- [--show]
//
// --show   each statement that isn't read the same
//
// sqlglot comes from PyPI into .cache/sql, once.

import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';
import { judgePython } from './environment.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await createViteServer({ root, configFile: false, logLevel: 'error', appType: 'custom', server: { middlewareMode: true, watch: null, ws: false } });
try {
  const { compare, table } = await server.ssrLoadModule('/test/sql/main.ts');
  const verdicts = await compare(judgePython((line) => console.error(line)));
  if (process.argv.includes('--show')) {
    for (const { dialect, sql, result, ours, judge } of verdicts) if (result !== 'same') console.log(`${result} [${dialect}] ${sql}\n  ours  ${JSON.stringify(ours)}\n  judge ${JSON.stringify(judge)}`);
  }
  for (const { name, judged, same, unknown, other, share } of table(verdicts)) {
    console.log(`${name.padEnd(10)} judged ${judged}  same ${same}  unknown ${unknown}  other ${other}  ${(share * 100).toFixed(1)} %`);
  }
} finally {
  await server.close();
}
