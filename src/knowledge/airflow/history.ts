import { createRequire } from 'node:module';

import { entryOf } from './table.js';
import type { OperatorEntry } from './table.js';

const require = createRequire(import.meta.url);

/** Between which releases of a provider something went: the last that was seen with it, the first without and its date. */
export interface ReleaseGap {
  readonly last: string;
  readonly gone: string;
  readonly date: string;
}

/** A name that older releases of a provider had and today's don't. */
export interface EarlierName extends ReleaseGap {
  /** Where it was defined, when it was imported from another module. */
  readonly path?: string;
  /** Of an operator that is gone: what its last release took and templated. */
  readonly operator?: OperatorEntry;
}

/** Arguments that an operator has lost, and those that it requires by now. */
export interface EarlierArguments {
  readonly lost?: Readonly<Record<string, ReleaseGap>>;
  readonly late?: Readonly<Record<string, ReleaseGap>>;
}

interface History {
  readonly inspected: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<string, EarlierName>>;
  readonly arguments: Readonly<Record<string, EarlierArguments>>;
  readonly airflow: Readonly<Record<string, string>>;
}

/** Read only for what today's table doesn't know: most runs never load it. */
const history = (): History => require('./history.json') as History;

export function earlierName(path: string): EarlierName | undefined {
  return path.startsWith('airflow.providers.') ? entryOf(history().names, path) : undefined;
}

/** Whether older releases of a provider had a module of which today's have nothing. */
export function isEarlierModule(module: string): boolean {
  return module.startsWith('airflow.providers.') && Object.keys(history().names).some((path) => path.startsWith(`${module}.`));
}

export function earlierArguments(path: string): EarlierArguments {
  return (path.startsWith('airflow.providers.') ? entryOf(history().arguments, path) : undefined) ?? {};
}

/** The day on which an Airflow release came out, `YYYY-MM-DD`. */
export function airflowReleaseDate(version: string): string | undefined {
  return entryOf(history().airflow, version);
}

/** The provider package that a module belongs to, as in `apache-airflow-providers-NAME`. */
export function providerOf(path: string): string | undefined {
  const isPart = (name: string): boolean => path.startsWith(`airflow.providers.${name.replaceAll('-', '.')}.`);
  return Object.keys(history().inspected).filter(isPart).sort((a, b) => b.length - a.length)[0];
}
