// The built stages of the tool, loaded from dist.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The functions that the parts measure, and the parser's binding that all of them use. */
export async function readSources(dist, parser) {
  const load = (file) => import(pathToFileURL(join(dist, file)).href);
  const [binding, parse, open, build, evaluate] = await Promise.all(
    ['parse/binding.js', 'parse/parse.js', 'discover/open.js', 'graph/build.js', 'graph/evaluate-files.js'].map(load),
  ).catch((cause) => {
    throw new Error('dist is not there or not whole: run npm run build', { cause });
  });
  return {
    binding: await binding.loadBinding(parser),
    parseModule: parse.parseModule,
    openRepository: open.openRepository,
    evaluateFiles: evaluate.evaluateFiles,
    assembleGraph: build.assembleGraph,
  };
}
