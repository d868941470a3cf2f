/** A resource of a dbt project as Cosmos keeps it. Selecting changes tags and test flags, so each rendering has its own. */
export interface DbtNode {
  readonly id: string;
  /** `model`, `seed`, `test`, ...: dbt has more types than Cosmos renders. */
  readonly type: string;
  readonly dependsOn: readonly string[];
  /** Parts of the folder that `file` lies in: the project, or one of its packages. */
  readonly base: readonly string[];
  /** Parts of the path of the file that defines it. */
  readonly file: readonly string[];
  readonly packageName: string | undefined;
  tags: readonly unknown[];
  readonly config: Readonly<Record<string, unknown>>;
  readonly hasFreshness: boolean;
  readonly fullName: string | undefined;
  hasTest: boolean;
  hasNonDetachedTest: boolean;
}

export type DbtNodes = ReadonlyMap<string, DbtNode>;

/** What follows type and package in the id: `model.shop.orders.v2` is `orders.v2`. */
export function resourceName(node: DbtNode): string {
  return node.id.split('.').slice(2).join('.');
}

/** The name that ids of tasks and groups are made of. */
export function nodeName(node: DbtNode): string {
  return resourceName(node).replaceAll('.', '_');
}

/** Parts of a path as `pathlib` splits it: `..` stays. */
export function pathParts(text: string): string[] {
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return text.startsWith('/') ? ['/', ...parts] : parts;
}

/** `left / right`: an absolute path on the right replaces what stands left. */
export function joinParts(left: readonly string[], right: readonly string[]): readonly string[] {
  return right[0] === '/' ? right : [...left, ...right];
}

/** Parts of the path of the file that defines a node. */
export function filePath(node: DbtNode): readonly string[] {
  return joinParts(node.base, node.file);
}

/** A path as text. */
export function textOfParts(parts: readonly string[]): string {
  return parts[0] === '/' ? `/${parts.slice(1).join('/')}` : parts.length === 0 ? '.' : parts.join('/');
}

/** An object of JSON, empty for anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own entry of an object of JSON. */
export function entry(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

/** What the project's authors wrote for Cosmos about a node: `config.meta.cosmos`. */
export function cosmosMeta(node: DbtNode): Readonly<Record<string, unknown>> {
  return objectOf(entry(objectOf(entry(node.config, 'meta')), 'cosmos'));
}
