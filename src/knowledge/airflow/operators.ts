import { earlierName } from './history.js';
import { entryOf, words } from './table.js';
import type { ApiTable, JsonScalar, OperatorEntry } from './table.js';

export interface OperatorFacts {
  path: string;
  /** Class name. */
  name: string;
  /** What Airflow shows as the task's operator: the class name, or `@task.<name>` and the like. */
  operatorName: string;
  /** Null when only an instance knows them. */
  templateFields: readonly string[] | null;
  /** Nearest first, mixins included, ending with BaseOperator; empty for BaseOperator itself. */
  bases: readonly string[];
  /** Of its own `__init__`, with `*` and `**`; null when it inherits `__init__`. */
  parameters: readonly string[] | null;
  /** Own parameters that have no default. */
  required: readonly string[];
  /** Own parameters whose default is a JSON scalar; a parameter in neither list has another default. */
  defaults: Readonly<Record<string, JsonScalar>>;
  templateExtensions: readonly string[];
  isSensor: boolean;
}

/** Facts of the operator class at a canonical path. */
export function operatorFacts(table: ApiTable, path: string): OperatorFacts | undefined {
  const entry = entryOf(table.operators, path) ?? earlierName(path)?.operator;
  if (!entry) return undefined;
  const name = path.slice(path.lastIndexOf('.') + 1);
  const marked = words(entry.init);
  return {
    path,
    name,
    operatorName: entry.operator_name ?? name,
    templateFields: entry.fields,
    bases: basesOf(table, path, entry),
    parameters: entry.init === undefined ? null : marked.map(unmarked),
    required: marked.filter((parameter) => parameter.endsWith('!')).map(unmarked),
    defaults: { ...nullDefaults(marked), ...entry.defaults },
    templateExtensions: entry.template_ext ?? [],
    isSensor: entry.sensor ?? false,
  };
}

/**
 * Every keyword that constructing the operator accepts: `__init__` by `__init__` along the bases, as long as each
 * passes the rest on by `**`. Null for a class that the table doesn't know.
 */
export function acceptedParameters(table: ApiTable, path: string): ReadonlySet<string> | null {
  const entry = entryOf(table.operators, path) ?? earlierName(path)?.operator;
  if (!entry) return null;
  const accepted = new Set<string>();
  for (const class_ of [path, ...basesOf(table, path, entry)]) {
    const marked = initOf(table, class_);
    // A mixin that doesn't pass arguments on stands behind BaseOperator in the real order: it never gets them.
    if (marked === undefined || (table.operators[class_] === undefined && earlierName(class_)?.operator === undefined && !marked.includes('**'))) continue;
    for (const parameter of marked) if (!parameter.startsWith('*')) accepted.add(unmarked(parameter));
    if (!marked.includes('**')) break;
  }
  return accepted;
}

function basesOf(table: ApiTable, path: string, entry: OperatorEntry): readonly string[] {
  const root = table.about.base_operator;
  return path === root ? [] : [...words(entry.bases), root];
}

function initOf(table: ApiTable, path: string): readonly string[] | undefined {
  const init = (entryOf(table.operators, path) ?? earlierName(path)?.operator)?.init ?? entryOf(table.mixins, path);
  return init === undefined ? undefined : words(init);
}

function nullDefaults(marked: readonly string[]): Record<string, null> {
  const plain = marked.filter((parameter) => !/[!~*]$/.test(parameter));
  return Object.fromEntries(plain.map((parameter) => [parameter, null]));
}

function unmarked(parameter: string): string {
  return parameter.replace(/[!~]$/, '');
}
