import { createRequire } from 'node:module';

/** One thing that an operator reads or writes: `uri_template` names keyword arguments in braces. */
export interface OperatorResource {
  kind: string;
  kwargs: readonly string[];
  uri_template: string;
}

/** What an operator class reads and writes by its arguments. A row of `operators_io.json`. */
export interface OperatorKnowledge {
  class: string;
  module: string;
  inputs: readonly OperatorResource[];
  outputs: readonly OperatorResource[];
  /** Arguments that change how it writes: `replace`, `write_disposition`, `method`, ... */
  flags: readonly string[];
}

/** The table of operator classes; its rows are ours and are checked against their shape by a test. */
export const operatorTable = createRequire(import.meta.url)('./operators_io.json') as readonly OperatorKnowledge[];

const operatorsByName: ReadonlyMap<string, OperatorKnowledge> = new Map(operatorTable.map((row) => [row.class, row]));

/** The row of an operator class by its name. */
export function operatorNamed(name: string): OperatorKnowledge | undefined {
  return operatorsByName.get(name);
}
