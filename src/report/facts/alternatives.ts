import type { Dag } from '../../model/graph.js';
import { describeConditions } from '../../util/condition-text.js';

/** What an argument of a DAG may be and when, in one line each. */
export function describeAlternatives(dag: Dag): { readonly name: string; readonly text: string }[] {
  return Object.entries(dag.alternatives ?? {}).map(([name, values]) => {
    const parts = values.map(({ value, condition }) => {
      const when = condition === undefined ? '' : ` when ${describeConditions(condition)}`;
      return (typeof value === 'string' ? value : JSON.stringify(value)) + when;
    });
    return { name, text: parts.join('; ') };
  });
}
