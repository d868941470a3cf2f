// The layers of src/README.md as data. The flow is
//   discover -> parse -> evaluate -> graph -> infer -> plan -> report | check
// and a layer imports what stands to its left, never what stands to its right.

/** What each folder of src may import besides itself, npm packages and src/errors.ts. */
const mayImport = {
  model: [],
  util: [],
  knowledge: ['model'],
  discover: ['model', 'util', 'knowledge'],
  parse: ['model', 'util', 'knowledge', 'discover'],
  evaluate: ['model', 'util', 'knowledge', 'discover', 'parse'],
  graph: ['model', 'util', 'knowledge', 'discover', 'parse', 'evaluate'],
  infer: ['model', 'util', 'knowledge', 'graph'],
  plan: ['model', 'util', 'knowledge', 'graph', 'infer'],
  // A stored document can be rendered or checked without the stages that made it.
  report: ['model', 'util', 'knowledge'],
  check: ['model', 'util', 'knowledge'],
  emit: ['model', 'util', 'knowledge'],
  options: ['model', 'util'],
  cache: ['model', 'util', 'discover'],
  commands: ['model', 'util', 'knowledge', 'options', 'cache', 'plan', 'report', 'check', 'emit'],
};

const layers = Object.entries(mayImport).map(([layer, others]) => ({
  name: `layer-${layer}`,
  comment: `${layer} may import ${['itself', ...others].join(', ')} and errors.ts only.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: {
    path: '^src/',
    pathNot: [
      `^src/(${[layer, ...others].join('|')})/`,
      '^src/errors\\.ts$',
      ...(layer === 'commands' ? ['^src/(pipeline|cached-graph|changes|directives|estate|shards|rules)\\.ts$'] : []),
    ],
  },
}));

/** A foreign library lives in one place, so that it can be replaced there. */
const onlyIn = (name, library, folder, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: folder },
  to: { path: library },
});

export default {
  forbidden: [
    ...layers,
    {
      name: 'no-cycles',
      comment: 'A cycle means that two files are one thought: join or part them.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    onlyIn('tree-sitter-in-parse', '(tree-sitter)', '^src/parse/', 'Only parse/ knows tree-sitter; its trees stop there.'),
    onlyIn('graphlib-in-graph', '@dagrejs/graphlib', '^src/graph/', 'Only graph/ knows graphlib.'),
    onlyIn('sdk-in-client', '@anthropic-ai/sdk', '^src/plan/claude/client\\.ts$', 'One file talks to Claude.'),
    onlyIn('sql-parser-in-one-file', '@polyglot-sql', '^src/infer/sql/parser\\.ts$', 'One file knows the SQL library; its trees are read as plain data.'),
    onlyIn('templates-in-report', '(node_modules/ejs|@viz-js)', '^src/report/', 'Only report/ renders.'),
    onlyIn(
      'files-at-the-edge',
      '^(node:)?(fs|fs/promises|child_process|http|https|net)$',
      '^src/(cache|discover|parse|commands|options)/|^src/report/html/assets\\.ts$|^src/graph/pool\\.ts$|^src/load-program\\.ts$|^src/knowledge/library/sources\\.ts$',
      'Files are read where the repository, the grammar, templates, tables and options are found; nothing else touches them.',
    ),
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports is dead.',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/(cli|index|worker)\\.ts$', '^src/report/templates/'] },
      to: {},
    },
    {
      name: 'no-undeclared-packages',
      comment: 'What is imported is declared in package.json, and not only for development.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'], pathNot: '@types' },
    },
    {
      name: 'resolvable',
      comment: 'Every import leads somewhere.',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: 'tree-sitter' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
