// Precision and recall of lineage and clock couplings over the labelled DAGs in fixtures/lineage.
//
//   npm run lineage -- [--show]
//
// --show   each case that isn't found as it is labelled

import { fileURLToPath } from 'node:url';
import { createViteServer } from 'vitest/node';

const root = fileURLToPath(new URL('../..', import.meta.url));
const server = await createViteServer({ root, configFile: false, logLevel: 'error', appType: 'custom', server: { middlewareMode: true, watch: null, ws: false } });
try {
  const { labelledCases, score, rates } = await server.ssrLoadModule('/test/lineage/main.ts');
  const scored = [];
  for (const each of labelledCases()) scored.push(await score(each));
  if (process.argv.includes('--show')) {
    for (const { group, name, missed, wrong, problems } of scored) if (missed.length + wrong.length + problems.length > 0) console.log(`${group}: ${name}\n  missed ${missed.join(', ')}\n  wrong ${wrong.join(', ')}\n  ${problems.join('; ')}`);
  }
  for (const { name, cases, precision, recall } of rates(scored)) console.log(`${name.padEnd(10)} cases ${cases}  precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}`);
} finally {
  await server.close();
}
