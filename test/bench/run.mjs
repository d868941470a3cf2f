// Measures the built tool (dist) and prints ratios. Nothing is asserted: what a machine takes is no property of the code.
//
//   npm run bench -- [--quick] [--no-airflow] [--parser NAME] [--only PART]
//
// --quick       sizes for a CI machine: few repetitions, estates of 100 and 1,000 files
// --no-airflow  without Python: no comparison with a DagBag, and our own example repository alone
// --parser      native or wasm; by default the native binding, and the WebAssembly one where it can't load
// --only        one part: parse, dagbag or growth
//
// The parts, in this order:
//   parse   warm, in one thread: the whole analysis (read, parse, evaluate, graph) over the raw tree-sitter parse
//   dagbag  as whole processes: `dag2event graph` over a load by Airflow's own DagBag
//   growth  as whole processes: time per file and peak memory from a small to a large generated estate
//
// The Airflow environments are those of `npm run conformance`; they are made when they are not there.

import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { availableParallelism, cpus } from 'node:os';
import { openCorpora, project } from './corpora.mjs';
import { compareWithDagBag } from './dagbag.mjs';
import { measureGrowth } from './growth.mjs';
import { compareWithParse } from './raw-parse.mjs';
import { readSources } from './sources.mjs';

const say = (line = '') => console.log(line);

const sizes = {
  full: { rounds: { least: 12, most: 60 }, runs: 3, estates: [500, 5000] },
  quick: { rounds: { least: 6, most: 12 }, runs: 1, estates: [100, 1000] },
};

const parts = {
  parse: compareWithParse,
  dagbag: compareWithDagBag,
  growth: measureGrowth,
};

function readOptions() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      'no-airflow': { type: 'boolean', default: false },
      parser: { type: 'string', default: 'auto' },
      only: { type: 'string' },
    },
  });
  if (!['auto', 'native', 'wasm'].includes(values.parser)) throw new Error('--parser is native or wasm');
  if (values.only !== undefined && !Object.hasOwn(parts, values.only)) {
    throw new Error(`--only is one of ${Object.keys(parts).join(', ')}`);
  }
  return { parser: values.parser, only: values.only, hasAirflow: !values['no-airflow'], size: sizes[values.quick ? 'quick' : 'full'] };
}

async function main() {
  const options = readOptions();
  const chosen = Object.keys(parts).filter((name) => options.only === undefined || options.only === name);
  const corpora = chosen.some((name) => name !== 'growth') ? openCorpora(options.hasAirflow, say) : [];
  const sources = await readSources(join(project, 'dist'), options.parser);
  say(`Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, parser ${sources.binding.name}`);
  for (const name of chosen) {
    say();
    await parts[name]({ ...options, corpora, sources, say });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
