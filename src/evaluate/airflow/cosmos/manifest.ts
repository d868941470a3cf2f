import { oncePerRun } from '../../library/define.js';
import type { Runtime } from '../../runtime.js';
import { entry, isObject, objectOf, pathParts } from './node.js';
import type { DbtNode, DbtNodes } from './node.js';

/** A manifest that isn't shaped as dbt writes it: what Cosmos makes of such a one is not told here. */
export class ManifestMistake extends Error {}

const manifests = {};

/**
 * Nodes, sources and exposures of a dbt manifest by id, in its order. A manifest can have tens of megabytes (more than
 * `MAX_DATA_BYTES` isn't read at all) of which most is SQL: only what shapes a DAG is kept, once per run and file.
 */
export function readManifest(rt: Runtime, file: string, bytes: Uint8Array): readonly Resource[] {
  const known = oncePerRun(rt, manifests, () => new Map<string, readonly Resource[] | ManifestMistake>());
  const before = known.get(file) ?? attempt(file, bytes);
  known.set(file, before);
  if (before instanceof ManifestMistake) throw before;
  return before;
}

function attempt(file: string, bytes: Uint8Array): readonly Resource[] | ManifestMistake {
  try {
    return resourcesOf(JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)));
  } catch (error) {
    if (error instanceof ManifestMistake) return error;
    if (error instanceof SyntaxError || error instanceof TypeError) return new ManifestMistake(`${file} is not JSON`);
    throw error;
  }
}

/** A resource of a manifest, without the folder of the project that it is rendered with. */
export interface Resource extends Omit<DbtNode, 'base' | 'tags' | 'hasTest' | 'hasNonDetachedTest'> {
  readonly tags: readonly unknown[];
  readonly isOfPackage: boolean;
}

function resourcesOf(manifest: unknown): readonly Resource[] {
  if (!isObject(manifest)) throw new ManifestMistake('the manifest is no object');
  const project = entry(objectOf(entry(manifest, 'metadata')), 'project_name') ?? undefined;
  const all = new Map<string, unknown>();
  for (const section of ['nodes', 'sources', 'exposures']) {
    for (const [id, value] of Object.entries(objectOf(entry(manifest, section)))) all.set(id, value);
  }
  return [...all].flatMap(([id, value]) => resourceOf(id, objectOf(value), project));
}

function resourceOf(id: string, value: Readonly<Record<string, unknown>>, project: unknown): Resource[] {
  const file = entry(value, 'original_file_path');
  // Models of other projects have no file: Cosmos leaves them out.
  if (file === undefined || file === null || file === '') return [];
  const type = entry(value, 'resource_type');
  const parts = id.split('.');
  if (typeof file !== 'string' || typeof type !== 'string' || parts.length < 3 || parts.slice(0, 2).includes('') || parts.slice(2).join('.') === '') {
    throw new ManifestMistake(`${id} is not shaped as dbt writes it`);
  }
  const packageName = entry(value, 'package_name');
  const fullName = entry(value, 'fqn');
  return [
    {
      id,
      type: type.toLowerCase(),
      dependsOn: texts(id, entry(objectOf(entry(value, 'depends_on')), 'nodes') ?? []),
      file: pathParts(file.replaceAll('\\', '/')),
      packageName: typeof packageName === 'string' ? packageName : undefined,
      isOfPackage: typeof packageName === 'string' && packageName !== '' && project !== undefined && packageName !== project,
      tags: listOf(id, entry(value, 'tags') ?? []),
      config: objectOf(entry(value, 'config') ?? {}),
      hasFreshness: type === 'source' && isEffective(entry(value, 'freshness')),
      fullName: Array.isArray(fullName) && fullName.length > 0 ? texts(id, fullName).join('.') : undefined,
    },
  ];
}

function listOf(id: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new ManifestMistake(`${id} is not shaped as dbt writes it`);
  return value;
}

function texts(id: string, value: unknown): readonly string[] {
  const list = listOf(id, value);
  if (!list.every((each) => typeof each === 'string')) throw new ManifestMistake(`${id} is not shaped as dbt writes it`);
  return list;
}

/** Whether a source's freshness says anything: dbt writes the empty form as an object of nulls. */
function isEffective(freshness: unknown): boolean {
  return Object.values(objectOf(freshness)).some((each) => Object.values(objectOf(each)).some((part) => part !== null));
}

/** The nodes of a project that lies in a folder, fresh ones that a selection may change. */
export function nodesOf(resources: readonly Resource[], project: readonly string[], packages: readonly string[]): DbtNodes {
  return new Map(
    resources.map(({ isOfPackage, ...rest }) => {
      const base = isOfPackage ? [...project, ...packages, rest.packageName ?? ''] : project;
      return [rest.id, { ...rest, base, hasTest: false, hasNonDetachedTest: false }];
    }),
  );
}
