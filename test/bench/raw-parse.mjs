// The whole analysis over the raw parse of the same texts, warm and in one thread.

import { loadRawParser } from './raw-parser.mjs';
import { median, repeatTogether } from './repeat.mjs';
import { printTable } from './table.mjs';

/** Prints one row per corpus. */
export async function compareWithParse({ corpora, sources, size, say }) {
  const rawParse = await loadRawParser(sources.binding.name);
  const rows = corpora.map((corpus) => rowOf(corpus, { sources, rawParse, rounds: size.rounds }));
  say(`analysis : raw tree-sitter parse (${sources.binding.name}), warm, one thread, medians in ms`);
  printTable(say, ['', 'files', 'KB', 'raw parse', 'own tree', 'analysis', 'discover', 'ratio'], rows);
}

function rowOf(corpus, { sources, rawParse, rounds }) {
  const { openRepository, parseModule, evaluateFiles, assembleGraph, binding } = sources;
  const open = () => openRepository({ path: corpus.root, dagsRoot: corpus.dagsRoot, airflowVersion: corpus.airflow, environment: new Map() });
  const repository = open();
  const analyse = (using) => assembleGraph(repository, using.name, [...evaluateFiles(repository, using, repository.dagFiles)]);
  const texts = textsThatAreParsed(binding, analyse);
  const times = repeatTogether(
    {
      raw: () => texts.forEach((text) => rawParse(text)),
      tree: () => texts.forEach((text) => parseModule(binding, 'file.py', text)),
      analysis: () => analyse(binding),
      discover: () => open(),
    },
    rounds,
  );
  const [raw, tree, analysis, discover] = ['raw', 'tree', 'analysis', 'discover'].map((name) => median(times[name]));
  const kilobytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1024;
  const milliseconds = [raw, tree, analysis, discover].map((time) => time.toFixed(2));
  return [corpus.title, texts.length, kilobytes.toFixed(0), ...milliseconds, (analysis / raw).toFixed(2)];
}

/** What the analysis hands to the parser, each text once: DAG files and the modules that they import. */
function textsThatAreParsed(binding, analyse) {
  const texts = new Set();
  analyse({
    ...binding,
    withCursor(source, use) {
      texts.add(source);
      return binding.withCursor(source, use);
    },
  });
  return [...texts];
}
