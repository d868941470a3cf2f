import { NameIndex } from './names.js';
import type { ApiName } from './names.js';
import { acceptedParameters, operatorFacts } from './operators.js';
import type { OperatorFacts } from './operators.js';
import { isTabulated } from './scope.js';
import { signatureOf } from './signatures.js';
import type { ParameterFacts } from './signatures.js';
import { entryOf, readTable } from './table.js';
import type { ApiTable, ApiVersion, JsonScalar } from './table.js';

export { configurationDefault } from './configuration.js';
export { airflowReleaseDate, earlierArguments, earlierName, isEarlierModule, providerOf } from './history.js';
export type { EarlierName, ReleaseGap } from './history.js';
export { legacyAlias } from './legacy.js';
export type { ApiKind, ApiName } from './names.js';
export type { OperatorFacts } from './operators.js';
export type { ParameterFacts } from './signatures.js';
export type { ApiVersion, JsonScalar } from './table.js';

export interface DecoratorFacts {
  /** Canonical path of the operator class that the decorator makes. */
  path: string;
  operatorName: string;
  templateFields: readonly string[] | null;
  /** Whether the decorator takes `multiple_outputs`. */
  multipleOutputs: boolean;
}

/** What importing and constructing things from one real Airflow gives. Paths may be canonical or importable aliases. */
export interface AirflowApi {
  version: ApiVersion;
  /** Whether the module itself imports. */
  hasModule(module: string): boolean;
  /** Whether the table can say that something is absent from the module: false for providers it hasn't seen. */
  knowsModule(module: string): boolean;
  /** The release of a provider that was inspected. */
  providerRelease(name: string): string | undefined;
  /** What `from module import name` binds; undefined when that import fails. */
  resolve(module: string, name: string): ApiName | undefined;
  /** The canonical path of a dotted path whose last part is imported from the rest, or the path itself. */
  canonicalPath(path: string): string;
  operator(path: string): OperatorFacts | undefined;
  /** Every keyword that the operator's construction accepts; null when the class is unknown. */
  acceptedParameters(path: string): ReadonlySet<string> | null;
  /** `@task.<name>`; undefined for modifiers such as `run_if`. */
  decorator(name: string): DecoratorFacts | undefined;
  signature(path: string): readonly ParameterFacts[] | undefined;
  /** Members of an enum, or of a class that only groups constants. */
  enumMembers(path: string): Readonly<Record<string, JsonScalar>> | undefined;
  /** A module constant that JSON can say. */
  value(path: string): unknown;
}

/** The table nearest to an Airflow version: 3.x reads 3.2, all else 2.11, whose shims still know 1.10's import paths. */
export function airflowApi(version: string): AirflowApi {
  const table: ApiVersion = Number.parseInt(version, 10) >= 3 ? '3.2' : '2.11';
  let api = apis.get(table);
  if (api === undefined) apis.set(table, (api = buildApi(table, readTable(table))));
  return api;
}

/** The tables never change: what is read off them once serves every run. */
const apis = new Map<ApiVersion, AirflowApi>();

function buildApi(version: ApiVersion, table: ApiTable): AirflowApi {
  const names = new NameIndex(table);
  const canonicalPath = (path: string): string => {
    const dot = path.lastIndexOf('.');
    return names.resolve(path.slice(0, dot), path.slice(dot + 1))?.path ?? path;
  };
  return {
    version,
    hasModule: (module) => names.hasModule(module),
    knowsModule: (module) => isTabulated(table, module),
    providerRelease: (name) => entryOf(table.about.providers, name),
    resolve: (module, name) => names.resolve(module, name),
    canonicalPath,
    operator: remember((path) => operatorFacts(table, path) ?? operatorFacts(table, canonicalPath(path))),
    acceptedParameters: remember((path) => acceptedParameters(table, path) ?? acceptedParameters(table, canonicalPath(path))),
    decorator: remember((name) => decoratorFacts(table, name)),
    signature: remember((path) => signatureOf(table, path) ?? signatureOf(table, canonicalPath(path))),
    enumMembers: (path) => entryOf(table.enums, path) ?? entryOf(table.enums, canonicalPath(path)),
    value: (path) => entryOf(table.values, path) ?? entryOf(table.values, canonicalPath(path)),
  };
}

function decoratorFacts(table: ApiTable, name: string): DecoratorFacts | undefined {
  const operator = operatorFacts(table, entryOf(table.decorators, name)?.operator ?? '');
  if (!operator) return undefined;
  return {
    path: operator.path,
    operatorName: operator.operatorName,
    templateFields: operator.templateFields,
    multipleOutputs: acceptedParameters(table, operator.path)?.has('multiple_outputs') ?? false,
  };
}

/** A function of a path that is computed once per path that the table knows: there is no end of others. */
function remember<T>(compute: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const remembered = known.get(path);
    if (remembered !== undefined) return remembered;
    const value = compute(path);
    if (value !== undefined && value !== null) known.set(path, value);
    return value;
  };
}
