/** Shown below the help of each command. */
export const mainExamples = `
Without a command: analyse PATH, plan, write reports/<name>.html and .json, print a summary.

Examples:
  dag2event path/to/repository
  dag2event path/to/dags --variables variables.json --env ENVIRONMENT=prod
  dag2event graph path/to/repository --unknowns
  dag2event plan path/to/repository --offline --format json --output plan.json
  dag2event report plan.json --output report.html
  dag2event check path/to/repository --base main

Exit codes: 0 clean, 1 findings (check), 2 usage or configuration, 3 incomplete (check).
`;

export const commandExamples = {
  graph: `
Examples:
  dag2event graph path/to/repository
  dag2event graph path/to/repository --unknowns
  dag2event graph path/to/repository --format dot | dot -Tsvg > dags.svg
`,
  analyze: `
Examples:
  dag2event analyze path/to/repository
  dag2event analyze path/to/repository --format json --output analysis.json
`,
  plan: `
Examples:
  dag2event plan path/to/repository --offline
  dag2event plan analysis.json --format json --output plan.json
`,
  report: `
Examples:
  dag2event report path/to/repository
  dag2event report plan.json --output report.html
  dag2event report plan.json --format markdown --output -
  dag2event report path/to/repository --diff last-month.json --open
  dag2event report path/to/repository --split public/
`,
  contracts: `
Exit codes: 0 clean, 1 conflicts between an edit and the plan (diff: a change that breaks old events), 2 usage, 3 a file can't be read.

Examples:
  dag2event contracts path/to/repository --out contracts
  dag2event contracts diff contracts.old contracts
`,
  check: `
Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 incomplete: something could not be read or compared.

Examples:
  dag2event check path/to/repository
  dag2event check --base main
  dag2event check --format sarif=dag2event.sarif --format text --fail-on warning
`,
  index: `
With it a repository is judged among the others of a company without checking them out: a schedule that changes here is
compared with the sensors there, and what they announce has a producer.

Examples:
  dag2event index path/to/ingest --name ingest --output ingest.index.json
  dag2event check path/to/marts --estate ingest.index.json --base main
`,
  merge: `
Shares hold facts, not findings: what one DAG does to another is only known when all are there.

Examples:
  dag2event check . --shard 1/2 --output facts-1.json
  dag2event check . --shard 2/2 --output facts-2.json
  dag2event merge facts-1.json facts-2.json --format sarif=dag2event.sarif --format text
`,
  baseline: `
Findings in the baseline don't count for \`check\`. What is gone is left out, what is new comes in, and reasons, owners and
days of expiry that stand in it stay.

Examples:
  dag2event baseline
  dag2event baseline path/to/repository --reason "before the migration" --owner data-platform --expires 2027-06-30
`,
} as const;
