/** Formats of each command; the first is the default. */
export const formats = {
  graph: ['text', 'json', 'dot', 'mermaid'],
  analyze: ['text', 'json'],
  plan: ['markdown', 'text', 'json'],
  report: ['html', 'json', 'markdown', 'csv', 'svg'],
  check: ['text', 'github', 'summary', 'sarif', 'gitlab', 'junit', 'markdown', 'json'],
  rules: ['text', 'json'],
  explain: ['text', 'json'],
  contracts: ['text', 'json'],
} as const;

/** How hard Claude thinks. */
export const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;

export const parsers = ['auto', 'native', 'wasm'] as const;

export const ciSystems = ['github', 'gitlab', 'pre-commit'] as const;

export const failLevels = ['error', 'warning', 'note', 'never'] as const;

export const schemaNames = ['analysis', 'baseline', 'check', 'config', 'context', 'finding', 'graph', 'plan'] as const;
export type SchemaName = (typeof schemaNames)[number];
