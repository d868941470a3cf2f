import { readBody, type Entry } from '../evaluate/bodies/read.js';
import type { BodyFact } from '../model/graph.js';
import { isSecretName, redactText } from '../util/redact.js';

/** Facts of everything that a task runs, without the secrets that stand in its text. */
export function bodyFacts(entries: readonly Entry[]): BodyFact[] {
  return entries.flatMap(readBody).map((fact) => ({
    ...fact,
    name: redactText(fact.name),
    detail: redactText(fact.detail),
    ...(fact.arguments === undefined ? {} : { arguments: redactAll(fact.arguments) }),
    ...(fact.receiver === undefined ? {} : { receiver: redactAll(fact.receiver) }),
  }));
}

function redactAll(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, text]) => [name, isSecretName(name) ? '<redacted>' : redactText(text)]));
}
