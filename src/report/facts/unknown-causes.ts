import type { UnknownFact, UnknownKind } from '../../model/unknown.js';
import { unknownCures } from '../../model/unknown-cures.js';

/** What a user would have to do something about: unknowns with one cause are one line. */
export interface Cause {
  readonly kind: UnknownKind;
  /** Says the cause; equal texts of one kind are one cause. */
  readonly text: string;
  /** What would make it known, naming the Variable or module itself. */
  readonly unlock: string;
}

interface CauseRule {
  /** The name that the cause is about, as the first group. */
  readonly subject: RegExp;
  readonly text: (name: string) => string;
  readonly unlock: (name: string) => string;
}

/** Kinds whose reasons name a thing. A kind that isn't here is caused by its own reason. */
const causeRules: Partial<Record<UnknownKind, CauseRule>> = {
  connection: {
    subject: /connection (\S+) is read/,
    text: (name) => `connection ${name} is read while files are parsed`,
    unlock: () => unknownCures.connection,
  },
  environment: {
    subject: /environment variable (\S+) is/,
    text: (name) => `environment variable ${name} is not known`,
    unlock: (name) => `give it with --env ${name}=VALUE`,
  },
  missing_module: {
    subject: /module ([\w.]+) is not in the repository/,
    text: (name) => `module ${topOf(name)} is not in the repository`,
    unlock: (name) => `add ${topOf(name)} to the repository, or point --dags-root at the folder that holds it`,
  },
  missing_variable: {
    subject: /Variable (.+?) (?:is not|was exported)/,
    text: (name) => `Variable ${name} is not known`,
    unlock: (name) => `give the Airflow Variable ${name} with --variables FILE`,
  },
  secret: {
    subject: /((?:environment variable|Variable) .+?) holds a secret/,
    text: (name) => `${name} holds a secret, which is not read`,
    unlock: () => unknownCures.secret,
  },
};

function topOf(module: string): string {
  return module.split('.')[0] ?? module;
}

/** What an unknown comes down to. */
export function causeOf({ kind, reason }: Pick<UnknownFact, 'kind' | 'reason'>): Cause {
  const rule = causeRules[kind];
  const name = rule?.subject.exec(reason)?.[1];
  if (rule === undefined || name === undefined) return { kind, text: reason, unlock: unknownCures[kind] };
  return { kind, text: rule.text(name), unlock: rule.unlock(name) };
}

/** The option or deed that cures a kind, in the few words of a list's heading. */
export const remedies: Record<UnknownKind, string> = {
  budget: 'simplify loops and recursion',
  condition: 'give what the conditions depend on',
  connection: 'keep connections out of parsing',
  dynamic_import: 'import by literal names',
  environment: 'give --env',
  escape: 'build DAGs inside the repository',
  external_data: 'keep what shapes DAGs in the repository',
  file_unreadable: 'make files readable',
  loop: 'make the source of loops known',
  missing_module: 'add the missing modules',
  missing_variable: 'give --variables',
  mutation: 'give what the conditions depend on',
  not_modelled: 'use functions that are modelled',
  opaque_library: 'use libraries that are modelled',
  parse: 'write valid Python',
  random: 'use constants instead of random values',
  runtime_value: 'keep values of runs out of the structure',
  secret: 'give stand-ins for secrets with --env',
  time: 'use constants instead of the clock',
  unsupported_syntax: 'use simpler language forms',
  version: 'give --airflow-version',
};
